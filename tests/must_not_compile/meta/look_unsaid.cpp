// SPDX-License-Identifier: BSL-1.0
// VERDICT does not say where to look
// LOOK the.dictionary
// Only a later error would say it.
// CASE it: unmarked
#include "look.hpp"
#if defined(CASE_it)
auto refused = made<unmarked<3>>();  // HERE it
auto another = made<never_admitted<3>>();
#endif
