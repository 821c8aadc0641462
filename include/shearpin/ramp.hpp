// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/count.hpp>
#include <shearpin/fraction.hpp>
#include <shearpin/maybe.hpp>
#include <shearpin/text.hpp>

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

        /// From text: "5", or "10%", "2/3" of all. Nothing where it is anything else, such as a
        /// fraction over 1, or a fraction that could be taken for a number ("0.5").
        [[nodiscard]] static constexpr maybe<step> parse(text_view written) noexcept;

        /// How many of so many in all: at least one.
        [[nodiscard]] constexpr count of(count all) const noexcept {
            const count most = is_share_ ? share_.of_rounded_down(all) : number_;
            return most == 0 || most > largest_count ? 1 : most;
        }

    private:
        friend class ramp;
        [[nodiscard]] constexpr bool is_zero() const noexcept {
            return is_share_ ? share_.numerator() == 0 : number_ == 0;
        }

        fraction share_{};
        count number_ = 0;
        bool is_share_ = false;
    };

    /// The most steps.
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

    /// From data: a list of steps, or of numbers, or of fractions. Nothing where wrong_with()
    /// says why: none or over eight of them, a step of zero, a negative one.
    template <class Steps> [[nodiscard]] static constexpr maybe<ramp> from(const Steps& steps) {
        if (!wrong_with(steps).empty()) return {};
        ramp made;
        for (const step each : steps) made.steps_[made.size_++] = each;
        return made;
    }
    /// Why `from` makes no ramp of a list, for a person: "step 2 of the ramp is 0; ...". Empty
    /// where it makes one.
    template <class Steps>
    [[nodiscard]] static constexpr fixed_text<95> wrong_with(const Steps& steps) {
        count number = 0;
        count zero = 0;
        count beyond = 0;
        for (const step each : steps) {
            ++number;
            if (zero == 0 && each.is_zero()) zero = number;
            if (beyond == 0 && each.number_ > largest_count) beyond = number;
        }
        fixed_text<95> told;
        if (number == 0) told = "a ramp has at least one step; without any, leave it out";
        if (number > room)
            told.write([&](writer& out) {
                out.put("a ramp has at most ").put(room).put(" steps, and these are ").put(number);
            });
        if (zero != 0)
            told.write([&](writer& out) {
                out.put("step ").put(zero).put(" of the ramp is 0; a wave takes at least one");
            });
        if (beyond != 0)
            told.write([&](writer& out) {
                out.put("step ").put(beyond).put(" of the ramp is negative, or no amount");
            });
        return told;
    }

    /// The most that this wave may take, of so many in all; waves count from 0.
    [[nodiscard]] constexpr count most(count wave_number, count all) const noexcept {
        return wave_number < size_ ? steps_[wave_number].of(all) : ~count{0};
    }

private:
    step steps_[room] = {0, 0, 0, 0, 0, 0, 0, 0};
    std::size_t size_ = 0;
};

constexpr maybe<ramp::step> ramp::step::parse(text_view written) noexcept {
    count number = 0;
    bool is_number = !written.empty();
    bool is_share = false;
    for (const char letter : written) {
        is_share = is_share || letter == '%' || letter == '/';
        is_number = is_number && letter >= '0' && letter <= '9';
        if (!is_number) continue;
        const auto digit = static_cast<count>(letter - '0');
        if (number > (largest_count - digit) / 10) return {};
        number = number * 10 + digit;
    }
    if (is_number) return step(number);
    if (!is_share) return {};
    const maybe<fraction> share = fraction::parse(written);
    return share ? maybe<step>(*share) : maybe<step>();
}

}  // namespace shearpin::inline v1
