// SPDX-License-Identifier: BSL-1.0
// VERDICT no line is marked `// HERE it` for gcc
// CASE it: the batch is too small
#if defined(CASE_it)
static_assert(false, "the batch is too small");  // HERE it [clang]
#endif
