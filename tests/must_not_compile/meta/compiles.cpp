// SPDX-License-Identifier: BSL-1.0
// VERDICT it compiles
// A file that compiles, although it prints the words that are waited for.
// CASE it: the batch is too small
#if defined(CASE_it)
#pragma message "error: the batch is too small"
int refused;  // HERE it
#endif
