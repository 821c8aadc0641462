// SPDX-License-Identifier: BSL-1.0
// VERDICT the regex of it matches everything
// CASE it: .*
#if defined(CASE_it)
static_assert(false, "the batch is too small");  // HERE it
#endif
