// SPDX-License-Identifier: BSL-1.0
// Texts that end or go wrong in the middle of a rule: each is told where, and what was to stand
// there.
#include <shearpin/policy_text.hpp>

#include <doctest/doctest.h>

#include <string>

using shearpin::parse_policies, shearpin::parse_policy, shearpin::to_string;

namespace {

/// "1:11: what is wrong", of the first mistake of a text that has one alone.
std::string mistake(const std::string& text) {
    const auto read = parse_policy(text);
    if (read.has_value()) return "nothing";
    if (read.error().size() != 1) return read.error().in_file("several");
    const std::string all = read.error().in_file("");
    return all.substr(1);
}
std::string mistake_of_pools(const std::string& text) {
    const auto read = parse_policies(text);
    if (read.has_value()) return "nothing";
    return read.error().in_file("").substr(1);
}

// As the compiler finds it, which would not read beyond a word.
constexpr char hours[] = {'1', '6'};
constexpr char year[] = {'2', '0', '2', '6'};
constexpr char nearly_a_date[] = {'2', '0', '2', '6', '-', '1', '2', '-', '2'};
static_assert(!shearpin::detail::read_time_of_day({hours, sizeof hours}));
static_assert(!shearpin::detail::read_moment({year, sizeof year}));
static_assert(!shearpin::detail::read_moment({nearly_a_date, sizeof nearly_a_date}));

}  // namespace

TEST_CASE("a rule that breaks off is told at its end") {
    const auto broken = [](const std::string& text, const std::string& expected,
                           const std::string& found = "nothing") {
        CAPTURE(text);
        const std::string place = "1:" + std::to_string(text.size() + 1);
        CHECK(mistake(text) == place + ": expected " + expected + ", and found " + found);
    };
    broken("max_batch(", "a whole number, or a percentage such as 5% or round_up(5%)");
    broken("max_batch(round_up", "( and a percentage");
    broken("max_batch(round_up(", "a percentage or a fraction, such as 95%, 99.9% or 2/3");
    broken("max_batch(round_up(5%", ")");
    broken("max_batch(5%,", "at_least(n) or )");
    broken("max_batch(5%, at_least", "(");
    broken("max_batch(5%, at_least(", "a whole number, such as 1");
    broken("max_batch(5%, at_least(1", ")");
    broken("max_pools(", "a whole number, such as 1");
    broken("max_rate(5%, at_least(1)", "a comma and a window of time, such as 1h");
    broken("max_rate(5,", "a length of time, such as 1h30min");
    broken("cooldown(", "a length of time, such as 1h30min");
    broken("min_remaining(80%, of_peak", "(");
    broken("min_remaining(80%, of_peak(", "a length of time, such as 1h30min");
    broken("min_remaining(80%, of_peak(1h", ")");
    broken("min_remaining(80%, of_peak(1h),", "baseline(n) or )");
    broken("min_remaining(80%, of_peak(1h), baseline(", "a whole number, such as 200");
    broken("min_remaining(80%, of_peak(1h), baseline(9", ")");
    broken("approvals(", "a number of people, such as 2");
    broken("approvals(2, above", "(");
    broken("approvals(2, above(", "a whole number, such as 3");
    broken("approvals(2, above(3", ")");
    broken("freeze(",
           "a date such as 2026-12-20, or a day of the week (mon, tue, wed, thu, fri, sat, sun) "
           "and a time such as fri 16:00");
    broken("freeze(2026-12-20,",
           "a date or a moment in UTC that exists, such as 2026-12-20 or 2026-12-20T08:00Z");
    broken("freeze(fri 16:00", "a comma and when the window ends");
    broken("overridable", "( as in overridable(max_batch(5))");
    broken("overridable(", "a rule, such as max_batch(5)");
    broken("overridable(max_batch(", "a whole number, or a percentage such as 5% or round_up(5%)");
}

TEST_CASE("what is no number where a number has to stand") {
    CHECK(mistake("max_pools(-)") == "1:11: expected a whole number, such as 1, and found \"-\"");
    CHECK(mistake("max_rate(-1, 1h)") == "1:10: \"-1\" is negative, and a limit is not");
    CHECK(mistake("max_pools(one)") ==
          "1:11: expected a whole number, such as 1, and found \"one\"");
    CHECK(mistake("max_pools(-1)") == "1:11: \"-1\" is negative, and a limit is not");
    CHECK(mistake("max_batch(5%, at_least(x))") ==
          "1:24: expected a whole number, such as 1, and found \"x\"");
    CHECK(mistake("approvals(two, above(3))") ==
          "1:11: expected a number of people, such as 2, and found \"two\"");
    CHECK(mistake("max_batch(round_up 5%)") ==
          "1:19: expected ( and a percentage, and found \"5%\"");
    CHECK(mistake("max_batch(round_up(5% 3))") == "1:22: expected ), and found \"3\"");
    CHECK(mistake("min_remaining(80%, of_peak(1h), base(9))") ==
          "1:33: expected baseline(n) or ), and found \"base\"; did you mean baseline?");
}

TEST_CASE("what is no percentage where one has to stand") {
    const std::string share =
        "expected a percentage or a fraction, such as 95%, 99.9% or 2/3, and found ";
    CHECK(mistake("max_batch(round_up())") == "1:20: " + share + "\")\"");
    CHECK(mistake("max_batch(round_up(0.5))") == "1:20: " + share + "\"0.5\"");
    CHECK(mistake("max_batch(round_up(/2))") == "1:20: " + share + "\"/2\"");
    CHECK(mistake("max_batch(99.99999999999999%)") == "1:11: " + share + "\"99.99999999999999%\"");
    CHECK(mistake("max_batch(5.0000000001%)") == "1:11: " + share + "\"5.0000000001%\"");
    CHECK(mistake("max_batch(round_up(-5%))") == "1:20: \"-5%\" is negative, and a limit is not");
}

TEST_CASE("lengths of time that no 64 bits hold, and units that there are not") {
    const std::string too_long = "\": a length of time is longer than zero, and at most 292 years";
    CHECK(mistake("cooldown(106751d24h)") == "1:10: \"106751d24h" + too_long);
    CHECK(mistake("cooldown(106752d)") == "1:10: \"106752d" + too_long);
    const std::string none =
        "\" is no length of time; it is whole numbers with d, h, min, s, ms, us or ns, longest "
        "first, such as 1h30min";
    CHECK(mistake("cooldown(99999999999999999999)") == "1:10: \"99999999999999999999" + none);
    CHECK(mistake("cooldown(5M)") == "1:10: \"5M" + none + "; did you mean min?");
    CHECK(mistake("cooldown(5nss)") == "1:10: \"5nss" + none + "; did you mean ns?");
    CHECK(mistake("cooldown(5n)") == "1:10: \"5n" + none);
    CHECK(mistake("cooldown(5sces)") == "1:10: \"5sces" + none + "; did you mean s?");
}

TEST_CASE("moments that look like one but for a sign") {
    for (const char* const text : {"2026-12-20T08.00Z",
                                   "2026-12-20T0Z",
                                   "2026-12-20Tx8:00Z",
                                   "2026-12-20T0x:00Z",
                                   "2026-12-20T08:00.5Z",
                                   "2026-12-20T08:00x30Z",
                                   "2026-12-20T08:00:61Z",
                                   "2026-12-20T08:00:00Z5Z",
                                   "2026-12-20T08:00:00x5Z",
                                   "2026-12-20T08:00:00.x5Z",
                                   "2026-12-20t08:00Z",
                                   "2026/12-20",
                                   "2026-12/20",
                                   "2x26-12-20",
                                   "20:6-12-20",
                                   "2026-0<-20",
                                   "2026-12-1:",
                                   "2026-12-20T08:00x",
                                   "9999-12-20",
                                   "0000-12-20",
                                   "2026-x2-20",
                                   "2026-12-x0",
                                   "2262-04-12",
                                   "1677-09-21",
                                   "1677-09-20",
                                   "2262-04-11T23:47:16.854775808Z"}) {
        const std::string found = text;
        CAPTURE(found);
        CHECK(mistake("freeze(" + found + ", 2261-01-01)") ==
              "1:8: \"" + found +
                  "\" is not a date or a moment in UTC that exists, such as 2026-12-20 or "
                  "2026-12-20T08:00Z");
    }
    CHECK(mistake("freeze(2026-12-20, 2026-12-2x)") ==
          "1:20: \"2026-12-2x\" is not a date or a moment in UTC that exists, such as 2026-12-20 "
          "or 2026-12-20T08:00Z");
}

TEST_CASE("times of day that look like one but for a sign") {
    for (const char* const text : {"x6:00", "1x:00", "16", "16.00", "16:xx", "16:00.5", "16:00x30",
                                   "16:00:61", "16:00:00x5", "16:00:00.", "16:00:00.x"}) {
        const std::string found = text;
        CAPTURE(found);
        CHECK(mistake("freeze(fri " + found + ", mon 08:00)") ==
              "1:12: expected a time of day in UTC, such as 16:00, between 00:00 and 24:00, and "
              "found \"" +
                  found + "\"");
    }
    CHECK(mistake("freeze(fri 16:00 mon 08:00)") ==
          "1:17: expected a comma and when the window ends, and found \"mon\"");
}

TEST_CASE("a text ends where its view does, whatever stands behind it") {
    const std::string rule = "freeze(fri 16:00, mon 08:00:30)";
    const auto read = parse_policy({rule.data(), rule.find("0)")});
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().in_file("") ==
          ":1:23: expected a time of day in UTC, such as 16:00, between 00:00 and 24:00, and found "
          "\"08:00:3\"");
    const auto in_front_of = [](const std::string& text, const std::string& rest) {
        const std::string all = text + rest;
        const auto found = parse_policy({all.data(), text.size()});
        REQUIRE_FALSE(found.has_value());
        return found.error().in_file("");
    };
    CHECK(in_front_of("max_batch(5", "7)") == ":1:12: expected ), and found nothing");
    CHECK(in_front_of("cooldown(", "5min)") ==
          ":1:10: expected a length of time, such as 1h30min, and found nothing");
    CHECK(in_front_of("cooldown(5", "7min)").find(":1:10: \"5\" is no length of time") == 0);
    CHECK(in_front_of("max_pools(", "-1)") ==
          ":1:11: expected a whole number, such as 1, and found nothing");
    CHECK(in_front_of("freeze(", "2026-12-20, 2026-12-21)").find("or a day of the week") !=
          std::string::npos);
    CHECK(in_front_of("\xef\xbb", "\xbfquorum()").find("there is no rule \"\xef\xbb\"") !=
          std::string::npos);
    CHECK(in_front_of("m\xc3", "\xa4").find("there is no rule \"m\xc3\"") != std::string::npos);
    const std::string pool = "pool \"a\" { quorum() }";
    CHECK(parse_policies({pool.data(), 5}).error().in_file("") ==
          ":1:6: expected the name of a pool, such as index or \"north east\", and found nothing");
}

TEST_CASE("a membership by its short name") {
    CHECK(mistake("quorum(stays)") ==
          "1:8: expected ), membership::shrinks or membership::stays, and found \"stays\"; did "
          "you mean membership::stays?");
}

TEST_CASE("a word that is none at all is near to nothing") {
    CHECK(mistake("__(5)").substr(0, 47) == "1:1: there is no rule \"__\"; the rules are min_r");
}

TEST_CASE("what was found is shown in whole characters") {
    // 36 letters, and then one of three bytes where the text is cut.
    const std::string before(36, 'a');
    CHECK(mistake(before + "\xe2\x82\xac" + "bcdef(5)").find("\"" + before + "...\"") !=
          std::string::npos);
    CHECK(mistake(before + "\xc3\xa5" + "bcdef(5)").find("\"" + before + "...\"") !=
          std::string::npos);
    for (const std::size_t size : {40U, 41U}) {
        const std::string word(size, 'a');
        const std::string shown = size == 40 ? word : word.substr(0, 37) + "...";
        CHECK(mistake(word + "(5)").find("no rule \"" + shown + "\"") != std::string::npos);
    }
    // Of bytes that begin no character nothing is left to show.
    CHECK(mistake(std::string(41, '\x80') + "(5)").find("there is no rule \"...\"") !=
          std::string::npos);
}

TEST_CASE("names of pools that break off or are none") {
    const std::string end =
        "expected \" at the end of the pool's name, in the same line, and found ";
    CHECK(mistake_of_pools("pool \"index") == "1:12: " + end + "nothing");
    CHECK(mistake_of_pools("pool \"index\n{ quorum() }").substr(0, 6 + end.size()) ==
          "1:12: " + end);
    const std::string name =
        "expected the name of a pool, such as index or \"north east\", and found ";
    CHECK(mistake_of_pools("pool in\x7f{ quorum() }").substr(0, 5 + name.size()) == "1:6: " + name);
    CHECK(mistake_of_pools("pool {").substr(0, 5 + name.size()) == "1:6: " + name);
    CHECK(mistake_of_pools("pool a { quorum()") ==
          "1:18: expected } after the rules of the pool, and found nothing");
    // What follows a pool that cannot be read is read again from the next pool that begins a line.
    const std::string twice = mistake_of_pools("pool { quorum()\n  \tpool a { qorum() }\n");
    CHECK(twice.find("2:13: there is no rule \"qorum\"") != std::string::npos);
}

TEST_CASE("what follows a mistake is read again where a rule can begin") {
    // A comment that ends the text, and a quotation mark where none can stand.
    CHECK(mistake("max_bach(5) # and no more") ==
          "1:1: there is no rule \"max_bach\"; did you mean max_batch?");
    CHECK(mistake("max_batch(5\"") == "1:12: expected ), and found \"\"\"");
    // In a parenthesis a rule begins at the start of a line alone; outside of it after a blank,
    // too.
    CHECK(mistake("max_bach(5 quorum() )") ==
          "1:1: there is no rule \"max_bach\"; did you mean max_batch?");
    CHECK(mistake("max_bach(5\nquorum()") ==
          "1:1: there is no rule \"max_bach\"; did you mean max_batch?");
    CHECK(parse_policy("max_bach(5\nquorun()").error().size() == 1);
    CHECK(parse_policy("max_bach(5\nfreeze(mon)").error().size() == 2);
    CHECK(parse_policy("max_bach(5 freeze(mon)").error().size() == 1);
    CHECK(parse_policy("max_bach(5) freeze(mon)").error().size() == 3);  // and no comma
    CHECK(parse_policy("max_bach(5)freeze(mon)").error().size() == 1);
    CHECK(parse_policy("max_bach\"freeze(mon)").error().size() == 1);
    CHECK(parse_policy("max_pools(\nfreeze(mon)").error().size() == 2);
    CHECK(mistake_of_pools("pool a { max_bach(5) #}").find("expected } after the rules") !=
          std::string::npos);
}

TEST_CASE("a comment, or a pool's name in quotation marks, needs no blank before it") {
    CHECK(to_string(parse_policy("unlimited#nothing is asked").value()) ==
          to_string(parse_policy("unlimited").value()));
    CHECK(mistake_of_pools("pool\"web\"{max_batch(5)}") == "nothing");
    CHECK(mistake_of_pools("pool\"web\"{max_batch(5)}#all") == "nothing");
}

TEST_CASE("that a pool has no end is told, unless there are mistakes enough") {
    std::string text = "pool web {\n";
    for (int line = 0; line != 200; ++line) text += "max_bach(5)\n";
    CHECK(parse_policies(text).error().size() == 20);
    CHECK(mistake_of_pools(text).find("} after the rules of the pool") == std::string::npos);
    CHECK(mistake_of_pools("pool web {\nmax_batch(5)\n").find("} after the rules of the pool") !=
          std::string::npos);
}
