// SPDX-License-Identifier: BSL-1.0
// VERDICT accepted
// LOOK the.dictionary
// Where to look stands behind a declaration that a note points at, so an excerpt shows it.
// CASE it: never_admitted
#include "look.hpp"
#if defined(CASE_it)
auto refused = made<never_admitted<3>>();  // HERE it
#endif
