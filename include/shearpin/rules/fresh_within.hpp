// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/detail/refused.hpp>
#include <shearpin/maybe.hpp>
#include <shearpin/rule.hpp>

namespace shearpin::inline v1 {

namespace detail {
// Never defined: the name is the compiler's message.
template <class Rule> void an_age_must_be_longer_than_zero();  // see examples/errors.md
}  // namespace detail

/// Nothing may go on the strength of an old look: zero when the observation is older than this, is
/// incomplete or says no time; otherwise unlimited. Exactly this old is fresh. An observation from
/// the future is taken for the difference of two clocks, up to the same duration: further ahead,
/// its time is wrong. Needs a clock, and a world that returns an `observation`.
class fresh_within {
public:
    static constexpr text_view name = "fresh_within";
    static constexpr bool once = true;
    static constexpr bool all_or_nothing = true;
    static constexpr need needs = need::clock | need::observation_time;

    consteval fresh_within(duration longest_age)
        SHEARPIN_REFUSED_IF(longest_age <= duration{},
                            "fresh_within: the age must be longer than zero")
        : longest_age_(longest_age) {
        if (longest_age <= duration{}) detail::an_age_must_be_longer_than_zero<fresh_within>();
    }

    /// From data. Nothing where the age is not longer than zero.
    [[nodiscard]] static constexpr maybe<fresh_within> from(duration longest_age) noexcept {
        if (longest_age <= duration{}) return {};
        return fresh_within(longest_age, read{});
    }

    [[nodiscard]] constexpr count limit(const facts& known) const noexcept {
        if (!known.complete || !known.observed_at.known() || !known.now.known()) return 0;
        const bool fresh = known.now - known.observed_at <= longest_age_ && !ahead(known);
        return fresh ? ~count{0} : 0;
    }

    constexpr void spell(writer& out) const noexcept {
        out.put("fresh_within(");
        longest_age_.spell(out);
        out.put(")");
    }
    constexpr void explain(const facts& known, writer& out) const noexcept {
        if (known.complete && known.observed_at.known() && !known.now.known()) {
            out.put("the time is not known; give the guard a clock that knows it");
            return;
        }
        if (!known.complete)
            out.put("the observation is incomplete");
        else if (!known.observed_at.known())
            out.put("the observation says no time");
        else if (ahead(known)) {
            out.put("the observation is ");
            (known.observed_at - known.now).readable().spell(out);
            out.put(" in the future, which is another clock or another unit");
        } else {
            out.put("the observation is ");
            (known.now - known.observed_at).readable().spell(out);
            out.put(" old");
        }
        out.put("; look again");
    }

    /// How old an observation may be at most.
    [[nodiscard]] constexpr duration longest_age() const noexcept { return longest_age_; }
    friend constexpr bool operator==(const fresh_within&, const fresh_within&) noexcept = default;

private:
    [[nodiscard]] constexpr bool ahead(const facts& known) const noexcept {
        return known.observed_at - known.now > longest_age_;
    }
    struct read {};
    constexpr fresh_within(duration longest_age, read) noexcept : longest_age_(longest_age) {}

    duration longest_age_;
};

}  // namespace shearpin::inline v1
