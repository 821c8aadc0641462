// SPDX-License-Identifier: BSL-1.0
// Whether the windows of several freezes together leave nothing of another window open.
#pragma once

#include <shearpin/detail/stated_rule.hpp>
#include <shearpin/policy.hpp>

#include <cstddef>
#include <cstdint>

namespace shearpin::inline v1::detail {

/// Calls `each(stated, at)` for the rules of the library in a policy, in their order, with their
/// places among all of its rules.
template <class Policy, class F> constexpr void for_each_stated(const Policy& rules, F each) {
    std::size_t at = 0;
    rules.for_each([&]<class R>(const R& one) {
        if constexpr (textual<R>) each(detail::state(one), at);
        ++at;
    });
}

/// The freezes of a policy that end, those that an override may lift among them where that is said.
/// One that never ends is no matter of several: by itself it is stricter, which is asked before.
template <class Policy> class frozen_time {
public:
    constexpr frozen_time(const Policy& rules, bool with_liftable) noexcept
        : rules_(rules), with_liftable_(with_liftable) {}
    /// Without the one at this place, nor those behind it that are its equals: of two that are
    /// alike the later is pointless, and not the earlier as well.
    constexpr frozen_time(const Policy& rules, const stated_rule& without,
                          std::size_t which) noexcept
        : rules_(rules), with_liftable_(without.liftable), without_(&without), which_(which) {}

    /// No moment of the window is open. A window without its last moment is closed by others of
    /// the kind if its first moment is, and each in it at which one of the others ends: if any is
    /// open, then so is one of these. For ever is every week.
    [[nodiscard]] constexpr bool closes(const window& all) const {
        return all.is_weekly() || all.is_always() ? closes_week(all) : closes_dates(all);
    }

private:
    static constexpr std::int64_t first_monday = 4 * day_ns;  // 1970-01-01 was a Thursday

    [[nodiscard]] constexpr bool counts(const stated_rule& one, std::size_t at) const {
        if (one.kind != rule_kind::freeze || one.closed.ends_never()) return false;
        if (one.liftable && !with_liftable_) return false;
        return at < which_ || !(one == *without_);
    }
    template <class F> constexpr void each(F with) const {
        detail::for_each_stated(rules_, [&](const stated_rule& one, std::size_t at) {
            if (counts(one, at)) with(one.closed);
        });
    }
    [[nodiscard]] static constexpr time_point moment(std::int64_t nanoseconds) {
        return time_point::since_epoch(duration::nanoseconds(nanoseconds));
    }
    [[nodiscard]] constexpr bool closed_at(std::int64_t when, bool only_weekly) const {
        bool closed = false;
        each([&](const window& one) {
            if (only_weekly && !one.is_weekly()) return;
            closed = closed || one.contains(moment(when));
        });
        return closed;
    }

    [[nodiscard]] constexpr bool closes_week(const window& week) const {
        bool all = closed_at(first_monday + week.beginning().in_nanoseconds(), true);
        each([&](const window& one) {
            if (!one.is_weekly()) return;
            const std::int64_t end = first_monday + one.ending().in_nanoseconds();
            if (week.contains(moment(end))) all = all && closed_at(end, true);
        });
        return all;
    }
    /// Where dates begin, nothing becomes open. From where they end, the weeks are alike until
    /// others begin or end: so the first week after each end is enough.
    [[nodiscard]] constexpr bool closes_dates(const window& dates) const {
        bool all = true;
        const auto look_from = [&](std::int64_t edge) {
            if (!dates.contains(moment(edge))) return;
            all = all && closed_at(edge, false);
            each([&](const window& one) {
                if (!one.is_weekly()) return;
                const std::int64_t wait =
                    one.ending().in_nanoseconds() - moment_of_week(moment(edge));
                std::int64_t end = 0;
                if (__builtin_add_overflow(edge, wait < 0 ? wait + week_ns : wait, &end)) return;
                if (dates.contains(moment(end))) all = all && closed_at(end, false);
            });
        };
        look_from(dates.beginning().in_nanoseconds());
        // Also of a weekly one, whose end is a moment like others then.
        each([&](const window& one) { look_from(one.ending().in_nanoseconds()); });
        return all;
    }

    const Policy& rules_;
    bool with_liftable_;
    const stated_rule* without_ = nullptr;
    std::size_t which_ = ~std::size_t{0};
};

}  // namespace shearpin::inline v1::detail
