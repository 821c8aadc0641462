// SPDX-License-Identifier: BSL-1.0
// VERDICT it has this twice for clang
// CASE it: the batch is too small
#if defined(CASE_it)
int innocent;  // HERE it [clang]
static_assert(false, "the batch is too small");  // HERE it
#endif
