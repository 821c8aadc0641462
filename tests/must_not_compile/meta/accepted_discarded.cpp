// SPDX-License-Identifier: BSL-1.0
// VERDICT accepted
// CASE it: ignoring return value.*the answer must be read
[[nodiscard("the answer must be read")]] int decide() { return 0; }
int main() {
#if defined(CASE_it)
    decide();  // HERE it
#endif
}
