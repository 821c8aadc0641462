// SPDX-License-Identifier: BSL-1.0
// VERDICT the first error of it is another one
// clang says "did you mean 'limits'?", goes on, and prints the right error second.
// CASE it @context: the batch is too small
struct limits {
    int batch;
};
template <limits Chosen>
struct guard {
    static_assert(Chosen.batch > 0, "the batch is too small");
};
#if defined(CASE_it)
guard<limts{0}> refused;  // HERE it
#endif
