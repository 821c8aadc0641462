// SPDX-License-Identifier: BSL-1.0
// VERDICT the control does not compile
// CASE it: the batch is too small
#if !defined(CASE_it)
static_assert(false, "the control is broken");
#else
static_assert(false, "the batch is too small");  // HERE it
#endif
