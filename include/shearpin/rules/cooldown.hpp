// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/detail/refused.hpp>
#include <shearpin/history.hpp>
#include <shearpin/rule.hpp>

namespace shearpin::inline v1 {

/// A rest after every removal: nothing may go while one is under way, and until this long after the
/// last one was settled; then anything. Exactly that long after, it may. Needs a ledger and a
/// clock.
class cooldown {
public:
    static constexpr text_view name = "cooldown";
    static constexpr bool once = true;
    static constexpr bool all_or_nothing = true;
    static constexpr need needs = need::history | need::clock;

    consteval cooldown(duration rest)
        SHEARPIN_REFUSED_IF(rest <= duration{}, "cooldown: the time must be longer than zero")
        : rest_(detail::written_window<cooldown>(rest)) {}

    /// From data. Nothing where the rest is not longer than zero.
    [[nodiscard]] static constexpr maybe<cooldown> from(duration rest) noexcept {
        if (rest <= duration{}) return {};
        return cooldown(rest, read{});
    }

    [[nodiscard]] constexpr duration looks_back() const noexcept { return rest_; }

    [[nodiscard]] constexpr count limit(const facts& known) const noexcept {
        if (known.history == nullptr || under_way(known)) return 0;
        const maybe<duration> since = known.history->since_last();
        return since && *since < rest_ ? 0 : ~count{0};
    }
    [[nodiscard]] constexpr maybe<duration> retry_after(const facts& known, count) const noexcept {
        if (known.history == nullptr || under_way(known)) return {};
        return known.history->until_rested(rest_);
    }

    constexpr void spell(writer& out) const noexcept {
        out.put("cooldown(");
        rest_.spell(out);
        out.put(")");
    }
    constexpr void explain(const facts& known, writer& out) const noexcept {
        if (known.history == nullptr) {
            out.put("when something was last removed is not known; give the guard a ledger");
        } else if (under_way(known)) {
            out.put("a removal is under way, or was never settled; see the ledger's open entries");
        } else if (const maybe<duration> ago = known.history->since_last()) {
            const duration second = duration::seconds(1);
            out.put("the last removal was ");
            if (duration{} < *ago && *ago < second)
                out.put("less than 1s");
            else  // rounded down, so that it is never as long as the rest
                duration::seconds(ago->in_nanoseconds() / second.in_nanoseconds()).spell(out);
            out.put(" ago");
        } else {
            out.put("nothing was removed that is remembered");
        }
    }

    /// How long the rest is.
    [[nodiscard]] constexpr duration rest() const noexcept { return rest_; }
    friend constexpr bool operator==(const cooldown&, const cooldown&) noexcept = default;

private:
    struct read {};
    constexpr cooldown(duration rest, read) noexcept : rest_(rest) {}

    [[nodiscard]] static constexpr bool under_way(const facts& known) noexcept {
        const amounts& open = known.history->open();
        return (open.amount | open.heads | open.serving) != 0;
    }

    duration rest_;
};

}  // namespace shearpin::inline v1
