// SPDX-License-Identifier: BSL-1.0
// VERDICT the first error of it is another one
// The words stand in a comment on the very line of another error, which excerpts would show before its note.
// CASE it: the batch is too small
#if defined(CASE_it)
int removed(int);
int refused = removed();  /* the batch is too small */  // HERE it
#endif
