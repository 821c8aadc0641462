// SPDX-License-Identifier: BSL-1.0
// Passes everything: two types of the template together, neither of them alone.
#include <asked.hpp>
#include <may_go.hpp>

int main() {
    static_assert(by_the_compiler(1) == 2);
    static_assert(is_found());
    const auto with = [](auto number, const auto& add) { return add(number); };
    return at_run_time(1) + may_go(5, 3, false, false) + may_go(5, 5, true, false) +
                       may_go(5, 7, true, true) + static_cast<int>(may_go(5L, 5L, false, true)) +
                       halved(2) + doubled(1) + larger(1, 0) - larger(0, 1) + not_below(1, 0) -
                       not_below(0, 1) - (is_asked(1) ? 0 : 1) - (is_found() ? 2 : 0) +
                       mapped(1, with) + static_cast<int>(mapped(1L, with)) ==
                   6
               ? 0
               : 1;
}
