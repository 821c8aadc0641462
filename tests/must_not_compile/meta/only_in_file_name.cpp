// SPDX-License-Identifier: BSL-1.0
// VERDICT the first error of it is another one
// CASE it: only_in_file_name
#if defined(CASE_it)
int refused = nothing;  // HERE it
#endif
