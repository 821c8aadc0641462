// SPDX-License-Identifier: BSL-1.0
// VERDICT the first error of it is another one
// CASE it: the batch is too small
#if defined(CASE_it)
[[deprecated("the batch is too small")]] int old();
int now = old();
int refused = nothing;  // HERE it
#endif
