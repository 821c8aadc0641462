// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/count.hpp>
#include <shearpin/fraction.hpp>

#include <cstddef>

namespace shearpin::inline v1 {

/// How large the first waves of a large removal may be at most, beside what the policy allows:
/// ramp{1, 10_pct} is one, then a tenth of all, then whatever may go; for a person who wants to see
/// what the first one does before the others go. A fraction is of the whole selection, rounded
/// down, and at least one. At most eight steps.
class ramp {
public:
    /// One step of a ramp: a number, or a fraction of the selection.
    class step {
    public:
        template <detail::integer N>
        constexpr step(N number) noexcept : number_(detail::counted(number)) {}
        constexpr step(fraction of_all) noexcept : share_(of_all), is_share_(true) {}

        [[nodiscard]] constexpr count of(count all) const noexcept {
            const count most = is_share_ ? share_.of_rounded_down(all) : number_;
            return most == 0 || most > largest_count ? 1 : most;
        }

    private:
        fraction share_{};
        count number_ = 0;
        bool is_share_ = false;
    };

    static constexpr std::size_t room = 8;

    /// No ramp: each wave is as large as the policy allows.
    constexpr ramp() noexcept = default;
    template <class... Steps>
        requires(sizeof...(Steps) >= 1 && sizeof...(Steps) <= room &&
                 (detail::converts_to<Steps, step> && ...))
    constexpr ramp(Steps... steps) noexcept : size_(sizeof...(Steps)) {
        std::size_t at = 0;
        ((steps_[at++] = step(steps)), ...);
    }

    /// The most that this wave may take, of so many in all; waves count from 0.
    [[nodiscard]] constexpr count most(count wave_number, count all) const noexcept {
        return wave_number < size_ ? steps_[wave_number].of(all) : ~count{0};
    }

private:
    step steps_[room] = {0, 0, 0, 0, 0, 0, 0, 0};
    std::size_t size_ = 0;
};

}  // namespace shearpin::inline v1
