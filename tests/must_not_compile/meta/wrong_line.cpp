// SPDX-License-Identifier: BSL-1.0
// VERDICT the first error of it does not name this line
// CASE it @context: the batch is too small
#if defined(CASE_it)
int innocent;  // HERE it
static_assert(false, "the batch is too small");
#endif
