// SPDX-License-Identifier: BSL-1.0
// What the static_assert of the header is for.
// CASE too_large @context: half: a number no larger than an int
#include <shearpin/shearpin.hpp>

int half_of_four = shearpin::half(4);

#if defined(CASE_too_large)
auto bad = shearpin::half(4LL);  // HERE too_large
#endif
