// SPDX-License-Identifier: BSL-1.0
// Passes all but one line, does not show what `lifted` is for, and makes less than there is to
// make.
#include <may_go.hpp>

int main() {
    const auto alone = [](int number, const auto&) { return number; };
    return may_go(5, 3, false, false) == 2 && may_go(5, 3, true, false) == 0 &&
                   mapped(1, alone) == 1
               ? 0
               : 1;
}
