// SPDX-License-Identifier: BSL-1.0
// Passes all but one line, and does not show what `lifted` is for.
#include <may_go.hpp>

int main() { return may_go(5, 3, false, false) == 2 && may_go(5, 3, true, false) == 0 ? 0 : 1; }
