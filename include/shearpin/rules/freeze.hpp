// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/calendar.hpp>
#include <shearpin/detail/refused.hpp>
#include <shearpin/maybe.hpp>
#include <shearpin/rule.hpp>

namespace shearpin::inline v1 {

namespace detail {

// Never defined: the names are the compiler's messages.
void a_window_must_end_after_it_begins();    // see examples/errors.md
void a_time_of_day_is_between_0h_and_24h();  // see examples/errors.md

inline constexpr std::int64_t day_ns = 86'400'000'000'000;
inline constexpr std::int64_t week_ns = 7 * day_ns;

/// Nanoseconds since Monday 00:00 UTC. 1970-01-01 was a Thursday.
constexpr std::int64_t moment_of_week(time_point when) noexcept {
    const std::int64_t since_monday =
        (when.since_epoch().in_nanoseconds() % week_ns + 3 * day_ns) % week_ns;
    return since_monday < 0 ? since_monday + week_ns : since_monday;
}

constexpr bool is_time_of_day(duration given) noexcept {
    return duration{} <= given && given <= duration::days(1);
}

constexpr std::int64_t moment_of(weekday on_day, duration time_of_day) noexcept {
    return (static_cast<std::int64_t>(on_day) * day_ns + time_of_day.in_nanoseconds()) % week_ns;
}

consteval std::int64_t written_moment(weekday on_day, duration time_of_day) {
    if (!is_time_of_day(time_of_day)) a_time_of_day_is_between_0h_and_24h();
    return moment_of(on_day, time_of_day);
}

}  // namespace detail

/// A span of time, without its last moment: freeze(window) allows nothing in it.
class window {
public:
    /// All the time.
    static constexpr window always() noexcept { return window(kind::always, 0, 0); }

    /// From the first moment of one day up to, and without, the first moment of another, in UTC.
    static consteval window dates(date first_day, date day_after)
        SHEARPIN_REFUSED_IF(!(first_day.begins() < day_after.begins()),
                            "a window must end after it begins") {
        return between(first_day.begins(), day_after.begins());
    }
    /// From one moment up to, and without, another.
    static consteval window between(time_point beginning, time_point ending)
        SHEARPIN_REFUSED_IF(!(beginning < ending), "a window must end after it begins") {
        if (!(beginning < ending)) detail::a_window_must_end_after_it_begins();
        return window(kind::dates, beginning.since_epoch().in_nanoseconds(),
                      ending.since_epoch().in_nanoseconds());
    }

    /// Every week, in UTC, from a day and time up to, and without, another: weekly(friday, 16h,
    /// monday, 8h). The same moment twice is the whole week.
    static consteval window weekly(weekday from_day, duration from_time, weekday to_day,
                                   duration to_time)
        SHEARPIN_REFUSED_IF(!detail::is_time_of_day(from_time) || !detail::is_time_of_day(to_time),
                            "a time of day is between 0h and 24h") {
        return window(kind::weekly, detail::written_moment(from_day, from_time),
                      detail::written_moment(to_day, to_time));
    }

    /// From data. Nothing where the window would not end after it begins, or a time of day is none.
    [[nodiscard]] static constexpr maybe<window> read(time_point beginning,
                                                      time_point ending) noexcept {
        if (!beginning.known() || !ending.known() || !(beginning < ending)) return {};
        return window(kind::dates, beginning.since_epoch().in_nanoseconds(),
                      ending.since_epoch().in_nanoseconds());
    }

    /// The same of a weekly one.
    [[nodiscard]] static constexpr maybe<window> read(weekday from_day, duration from_time,
                                                      weekday to_day, duration to_time) noexcept {
        if (!detail::is_time_of_day(from_time) || !detail::is_time_of_day(to_time)) return {};
        return window(kind::weekly, detail::moment_of(from_day, from_time),
                      detail::moment_of(to_day, to_time));
    }

    /// Whether this moment is in it. Ask of a known one only: an unknown one is taken for 1970.
    [[nodiscard]] constexpr bool contains(time_point when) const noexcept {
        if (kind_ == kind::dates) {
            const std::int64_t moment = when.since_epoch().in_nanoseconds();
            return begin_ <= moment && moment < end_;
        }
        const std::int64_t moment = detail::moment_of_week(when);
        if (begin_ < end_) return begin_ <= moment && moment < end_;
        return begin_ <= moment || moment < end_;  // over the end of the week, or all of it
    }

    /// How long after `when`, which is inside, it ends; nothing where it never does.
    [[nodiscard]] constexpr maybe<duration> remaining(time_point when) const noexcept {
        if (ends_never()) return {};
        if (kind_ == kind::dates) return duration::nanoseconds(end_) - when.since_epoch();
        const std::int64_t left = end_ - detail::moment_of_week(when);
        return duration::nanoseconds(left > 0 ? left : left + detail::week_ns);
    }

    /// Whether it is all the time, or the whole week.
    [[nodiscard]] constexpr bool ends_never() const noexcept {
        return begin_ == end_;  // which no dates are
    }
    /// Whether it comes again every week.
    [[nodiscard]] constexpr bool is_weekly() const noexcept { return kind_ == kind::weekly; }
    /// Whether it was made as all the time; a weekly one of the whole week was not.
    [[nodiscard]] constexpr bool is_always() const noexcept { return kind_ == kind::always; }
    /// Of a weekly one: how long after Monday 00:00 it begins; else how long after 1970.
    [[nodiscard]] constexpr duration beginning() const noexcept {
        return duration::nanoseconds(begin_);
    }
    /// Of one of dates: how long after 1970 it ends.
    [[nodiscard]] constexpr duration ending() const noexcept { return duration::nanoseconds(end_); }
    /// Of a weekly one: how long after Monday 00:00 it ends.
    [[nodiscard]] constexpr duration end_of_week_moment() const noexcept {
        return duration::nanoseconds(end_);
    }

    /// "always", "2026-12-20T00:00Z, 2027-01-04T00:00Z", "fri 16:00, mon 08:00".
    constexpr void spell(writer& out) const noexcept {
        if (kind_ == kind::always) {
            out.put("always");
        } else if (kind_ == kind::dates) {
            spell_utc(time_point::since_epoch(duration::nanoseconds(begin_)), out);
            out.put(", ");
            spell_utc(time_point::since_epoch(duration::nanoseconds(end_)), out);
        } else {
            spell_moment(begin_, out);
            out.put(", ");
            spell_moment(end_, out);
        }
    }

    friend constexpr bool operator==(const window&, const window&) noexcept = default;

private:
    enum class kind : unsigned char { always, dates, weekly };
    constexpr window(kind which, std::int64_t beginning, std::int64_t ending) noexcept
        : begin_(beginning), end_(ending), kind_(which) {}

    static constexpr void spell_moment(std::int64_t moment, writer& out) noexcept {
        constexpr text_view days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
        const auto second = static_cast<count>(moment % detail::day_ns / 1'000'000'000);
        const auto two = [&](text_view before, count number) {
            out.put(before).put(number < 10 ? "0" : "").put(number);
        };
        out.put(days[moment / detail::day_ns]);
        two(" ", second / 3600);
        two(":", second / 60 % 60);
        const auto of_second = static_cast<count>(moment % 1'000'000'000);
        if (second % 60 != 0 || of_second != 0) two(":", second % 60);
        detail::spell_part_of_second(of_second, out);
    }

    std::int64_t begin_;
    std::int64_t end_;
    kind kind_;
};

/// Nothing may go in the window: freeze(window::dates(date(2026, 12, 20), date(2027, 1, 4))),
/// freeze(window::weekly(weekday::friday, 16h, weekday::monday, 8h)), or freeze() for a pool of
/// which nothing may ever be removed. Times are UTC. Needs a clock, but for freeze().
class freeze {
public:
    static constexpr text_view name = "freeze";
    static constexpr bool all_or_nothing = true;

    constexpr freeze() noexcept : window_(window::always()) {}
    constexpr explicit freeze(window closed) noexcept : window_(closed) {}

    /// The clock, unless the window never ends.
    [[nodiscard]] constexpr need needs_now() const noexcept {
        return window_.ends_never() ? need::nothing : need::clock;
    }

    [[nodiscard]] constexpr count limit(const facts& known) const noexcept {
        return !known.now.known() || window_.contains(known.now) ? 0 : ~count{0};
    }
    [[nodiscard]] constexpr count at_best(const facts&) const noexcept {
        return window_.ends_never() ? 0 : ~count{0};
    }
    [[nodiscard]] constexpr maybe<duration> retry_after(const facts& known, count) const noexcept {
        if (!known.now.known()) return {};
        return window_.remaining(known.now);
    }

    constexpr void spell(writer& out) const noexcept {
        out.put("freeze(");
        if (!(window_ == window::always())) window_.spell(out);
        out.put(")");
    }
    constexpr void explain(const facts& known, writer& out) const noexcept {
        if (window_.ends_never())
            out.put("nothing may ever be removed");
        else if (!known.now.known())
            out.put("the time is not known; give the guard a clock that knows it");
        else
            out.put("nothing may be removed in this window");
    }

    /// The window in which nothing may go.
    [[nodiscard]] constexpr const window& closed() const noexcept { return window_; }
    friend constexpr bool operator==(const freeze&, const freeze&) noexcept = default;

private:
    window window_;
};

}  // namespace shearpin::inline v1
