// SPDX-License-Identifier: BSL-1.0
// Passes all but one line, does not show what `lifted` is for, and makes less than there is to
// make.
#include <asked.hpp>
#include <may_go.hpp>

static_assert(is_asked(1));

int main() {
    const auto alone = [](int number, const auto&) { return number; };
    return may_go(5, 3, false, false) == 2 && may_go(5, 3, true, false) == 0 &&
                   mapped(1, alone) == 1 && larger(2, 1) == 2 && not_below(2, 1) == 2
               ? 0
               : 1;
}
