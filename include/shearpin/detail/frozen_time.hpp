// SPDX-License-Identifier: BSL-1.0
// Whether the windows of several freezes together leave nothing of another window open.
#pragma once

#include <shearpin/detail/stated_rule.hpp>
#include <shearpin/policy.hpp>

namespace shearpin::inline v1::detail {

/// Calls `each(stated)` for the rules of the library in a policy, in their order.
template <class Policy, class F> constexpr void for_each_stated(const Policy& rules, F each) {
    rules.for_each([&]<class R>(const R& one) {
        if constexpr (textual<R>) each(detail::state(one));
    });
}

/// The freezes of a policy, those that an override may lift among them where that is said; without
/// one of them, where that is said.
template <class Policy> class frozen_time {
public:
    constexpr frozen_time(const Policy& rules, bool with_liftable,
                          const stated_rule* without = nullptr) noexcept
        : rules_(rules), with_liftable_(with_liftable), without_(without) {}

    /// No moment of the window is open. A window without its last moment is closed by others of
    /// the kind if its first moment is, and each in it at which one of the others ends: if any is
    /// open, then so is one of these.
    [[nodiscard]] constexpr bool closes(const window& all) const {
        if (all.ends_never()) return closes_for_ever();
        if (all.is_weekly()) return closes_week(all);
        return closes_dates(all);
    }

private:
    static constexpr std::int64_t first_monday = 4 * day_ns;  // 1970-01-01 was a Thursday

    template <class F> constexpr void each(F with) const {
        detail::for_each_stated(rules_, [&](const stated_rule& one) {
            if (one.kind != rule_kind::freeze || (one.liftable && !with_liftable_)) return;
            if (without_ == nullptr || !(one == *without_)) with(one.closed);
        });
    }
    [[nodiscard]] static constexpr time_point moment(std::int64_t nanoseconds) {
        return time_point::since_epoch(duration::nanoseconds(nanoseconds));
    }
    [[nodiscard]] constexpr bool closed_at(std::int64_t when, bool only_weekly) const {
        bool closed = false;
        each([&](const window& one) {
            if (only_weekly && !one.is_weekly() && !one.is_always()) return;
            closed = closed || one.contains(moment(when));
        });
        return closed;
    }

    [[nodiscard]] constexpr bool closes_for_ever() const {
        bool some = false;
        bool all = true;
        each([&](const window& one) {
            if (!one.is_weekly() && !one.is_always()) return;
            some = true;
            if (one.is_weekly())
                all = all && closed_at(first_monday + one.ending().in_nanoseconds(), true);
        });
        return some && all;
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
    /// Between two ends of dates the weeks are all alike, so the first week after each is enough.
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
        each([&](const window& one) {
            if (one.is_weekly()) return;  // of one that never ends the ends are moments like others
            look_from(one.beginning().in_nanoseconds());
            look_from(one.ending().in_nanoseconds());
        });
        return all;
    }

    const Policy& rules_;
    bool with_liftable_;
    const stated_rule* without_;
};

}  // namespace shearpin::inline v1::detail
