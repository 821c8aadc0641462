// SPDX-License-Identifier: BSL-1.0
// VERDICT accepted
// LOOK the.dictionary
// CASE it @own: unmarked
#include "look.hpp"
#if defined(CASE_it)
auto refused = made<unmarked<3>>();  // HERE it
#endif
