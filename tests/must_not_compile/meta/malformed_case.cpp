// SPDX-License-Identifier: BSL-1.0
// VERDICT this is no CASE, HERE or FLAGS line
// CASE it (gcc): the batch is too small
#if defined(CASE_it)
static_assert(false, "the batch is too small");  // HERE it
#endif
