// SPDX-License-Identifier: BSL-1.0
// VERDICT the first error of it names this line, but stands elsewhere
// CASE it: the batch is too small
template <int Size>
struct batch {
    static_assert(Size > 0, "the batch is too small");
};
#if defined(CASE_it)
batch<0> refused;  // HERE it
#endif
