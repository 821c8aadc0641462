// SPDX-License-Identifier: BSL-1.0
// VERDICT accepted
// CASE it: deleted (member )?function.*'?remove
struct guard {
    void remove(int) {}
    void remove(const char*) = delete;
};
int main() {
    guard{}.remove(1);
#if defined(CASE_it)
    guard{}.remove("all");  // HERE it
#endif
}
