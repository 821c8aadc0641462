// SPDX-License-Identifier: BSL-1.0
// Days of the calendar, in UTC.
#pragma once

#include <shearpin/detail/refused.hpp>
#include <shearpin/time.hpp>

namespace shearpin::inline v1 {

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
/// The formula is Howard Hinnant's `days_from_civil`
/// (howardhinnant.github.io/date_algorithms.html).
constexpr std::int64_t days_since_epoch(int in_year, unsigned in_month, unsigned on_day) noexcept {
    const std::int64_t shifted = std::int64_t{in_year} - (in_month <= 2 ? 1 : 0);
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    const std::int64_t year_of_era = shifted - era * 400;
    const std::int64_t day_of_year =
        (153 * (std::int64_t{in_month} + (in_month > 2 ? -3 : 9)) + 2) / 5 + std::int64_t{on_day} -
        1;
    const std::int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

namespace detail {
// Never defined: the names are the compiler's messages.
void this_date_does_not_exist();               // see examples/errors.md
void a_date_lies_in_the_years_1970_to_2200();  // see examples/errors.md

constexpr bool is_date(int in_year, unsigned in_month, unsigned on_day) noexcept {
    constexpr unsigned lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = in_year % 4 == 0 && (in_year % 100 != 0 || in_year % 400 == 0);
    return in_month >= 1 && in_month <= 12 && on_day >= 1 &&
           on_day <= lengths[in_month - 1] + (in_month == 2 && leap ? 1U : 0U);
}

}  // namespace detail

/// A day of the calendar, in UTC: date(2026, 12, 24). One that does not exist, or that lies outside
/// of the years 1970 to 2200, does not compile.
class date {
public:
    consteval date(int in_year, unsigned in_month, unsigned on_day)
        SHEARPIN_REFUSED_IF(in_year < 1970 || in_year > 2200,
                            "a date lies in the years 1970 to 2200")
            SHEARPIN_REFUSED_IF(!detail::is_date(in_year, in_month, on_day),
                                "there is no such date; it is date(year, month, day)")
        : year_(in_year), month_(in_month), day_(on_day) {
        if (in_year < 1970 || in_year > 2200) detail::a_date_lies_in_the_years_1970_to_2200();
        if (!detail::is_date(in_year, in_month, on_day)) detail::this_date_does_not_exist();
    }

    /// Its first moment, 00:00 UTC.
    [[nodiscard]] constexpr time_point begins() const noexcept {
        return time_point::since_epoch(duration::days(days_since_epoch(year_, month_, day_)));
    }

private:
    int year_;
    unsigned month_;
    unsigned day_;
};

/// A day of the week, in UTC.
enum class weekday : unsigned char {
    monday,
    tuesday,
    wednesday,
    thursday,
    friday,
    saturday,
    sunday
};

namespace detail {

/// ".25", of nanoseconds; nothing of none.
constexpr void spell_part_of_second(count nanoseconds, writer& out) noexcept {
    if (nanoseconds == 0) return;
    char digits[9] = {};
    count used = 0;
    for (count unit = 100'000'000; nanoseconds != 0; unit /= 10, ++used) {
        digits[used] = static_cast<char>('0' + nanoseconds / unit);
        nanoseconds %= unit;
    }
    out.put(".").put(text_view(digits, used));
}

}  // namespace detail

/// How exactly a moment is written.
enum class utc_format : unsigned char {
    exact,    ///< "2026-12-24T08:00Z", with seconds and parts of one where they are not zero
    seconds,  ///< "2026-12-24T08:00:00Z", always with seconds and never with parts of one
};

/// Writes a moment in UTC (ISO 8601), "unknown" where it is. What is written exactly is what the
/// text of a policy takes.
constexpr void spell_utc(time_point when, writer& out,
                         utc_format how = utc_format::exact) noexcept {
    if (!when.known()) {
        out.put("unknown");
        return;
    }
    const std::int64_t moment = when.since_epoch().in_nanoseconds();
    // Before 1970 too, a moment belongs to the second that it is in and to the day that it is in.
    const std::int64_t total = moment / 1'000'000'000 - (moment % 1'000'000'000 < 0 ? 1 : 0);
    const std::int64_t since_epoch = total / 86400 - (total % 86400 < 0 ? 1 : 0);
    const std::int64_t second = total - since_epoch * 86400;
    // The inverse formula is `civil_from_days` from the same source.
    const std::int64_t day_number = since_epoch + 719468;
    const std::int64_t era = day_number / 146097;  // no moment is before the year 1677
    const std::int64_t day_of_era = day_number - era * 146097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
    const std::int64_t day_of_month = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    const std::int64_t month_number = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    const auto two = [&](text_view before, std::int64_t number) {
        out.put(before).put(number < 10 ? "0" : "").put(static_cast<count>(number));
    };
    out.put(static_cast<count>(year_of_era + era * 400 + (month_number <= 2 ? 1 : 0)));
    two("-", month_number);
    two("-", day_of_month);
    two("T", second / 3600);
    two(":", second / 60 % 60);
    std::int64_t of_second = moment % 1'000'000'000;
    if (of_second < 0) of_second += 1'000'000'000;
    const bool exact = how == utc_format::exact;
    if (!exact || second % 60 != 0 || of_second != 0) two(":", second % 60);
    if (exact) detail::spell_part_of_second(static_cast<count>(of_second), out);
    out.put("Z");
}

/// The same as text: utc_text(now) is "2026-11-24T18:00:07Z".
[[nodiscard]] constexpr fixed_text<31> utc_text(time_point when,
                                                utc_format how = utc_format::seconds) noexcept {
    fixed_text<31> text;
    text.write([&](writer& out) { spell_utc(when, out, how); });
    return text;
}

}  // namespace shearpin::inline v1
