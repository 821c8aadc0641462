// SPDX-License-Identifier: BSL-1.0
// VERDICT there is no CASE line for other
// CASE it: the batch is too small
#if defined(CASE_it) || defined(CASE_other)
static_assert(false, "the batch is too small");  // HERE it
#endif
