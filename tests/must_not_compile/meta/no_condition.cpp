// SPDX-License-Identifier: BSL-1.0
// VERDICT nothing depends on defined\(CASE_it\)
// CASE it: the batch is too small
#if defined(SOMETHING_ELSE)
static_assert(false, "the batch is too small");  // HERE it
#endif
