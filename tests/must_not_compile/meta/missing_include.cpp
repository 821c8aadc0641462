// SPDX-License-Identifier: BSL-1.0
// VERDICT the first error of it is another one
// CASE it: the batch is too small
#if defined(CASE_it)
#include "no_such_header.hpp"
static_assert(false, "the batch is too small");  // HERE it
#endif
