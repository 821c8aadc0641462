// SPDX-License-Identifier: BSL-1.0
// VERDICT accepted
// CASE it [gcc] @context: static assertion failed: the batch is too small.*'\(0 > 0\)'
// CASE it [clang] @context: static.assert(ion)? failed due to requirement.*the batch is too small
template <int Size>
struct batch {
    static_assert(Size > 0, "the batch is too small");
};
batch<1> control;
#if defined(CASE_it)
batch<0> refused;  // HERE it
#endif
