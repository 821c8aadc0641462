// SPDX-License-Identifier: BSL-1.0
// VERDICT CASE it does not say what clang prints
// CASE it [gcc]: the batch is too small
#if defined(CASE_it)
static_assert(false, "the batch is too small");  // HERE it
#endif
