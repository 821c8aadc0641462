// SPDX-License-Identifier: BSL-1.0
// What is said of a text that is no policy: where, what, and what was probably meant.
#include "guard_child.hpp"

#include <shearpin/policy_text.hpp>

#include <doctest/doctest.h>

#include <string>

using shearpin::parse_policies, shearpin::parse_policy, shearpin::policy_mistake;

namespace {

/// "1:11: what is wrong", a line for each mistake.
std::string wrong(const std::string& text) {
    const auto read = parse_policy(text);
    if (read.has_value()) return "nothing";
    const std::string all = read.error().in_file("f");
    std::string without;  // the file's name
    for (std::size_t at = 0; at < all.size(); ++at) {
        if ((at == 0 || all[at - 1] == '\n') && all.compare(at, 2, "f:") == 0) at += 2;
        without += all[at];
    }
    return without;
}
std::string wrong_pools(const std::string& text) {
    const auto read = parse_policies(text);
    if (read.has_value()) return "nothing";
    return read.error().in_file("f");
}

const std::string rules_are =
    "; the rules are min_remaining, max_unavailable, quorum, max_batch, max_targets, max_pools, "
    "max_rate, cooldown, max_in_flight, freeze, fresh_within, approvals, needs_expected, "
    "overridable, unlimited";
const std::string cap = "expected a whole number, or a percentage such as 5% or round_up(5%)";

}  // namespace

TEST_CASE("no rules are no policy") {
    const std::string none =
        "there is no rule here, and no rules are no policy; to allow everything write unlimited";
    CHECK(wrong("") == "1:1: " + none);
    CHECK(wrong("\n\n  # nothing\n") == "4:1: " + none);
    CHECK(wrong("\xef\xbb\xbf") == "1:2: " + none);
}

TEST_CASE("a word that is no rule: what was probably meant, or all that there are") {
    const auto meant = [](const char* text, const char* nearest) {
        CAPTURE(text);
        const std::string word = std::string(text).substr(0, std::string(text).find('('));
        CHECK(wrong(text) ==
              "1:1: there is no rule \"" + word + "\"; did you mean " + nearest + "?");
    };
    meant("max_bach(5)", "max_batch");
    meant("maxbatch(5)", "max_batch");
    meant("MAX_BATCH(5)", "max_batch");
    meant("max-batch(5)", "max_batch");
    meant("max_bacth(5)", "max_batch");
    meant("max_batches(5)", "max_batch");
    meant("min_remaning(5)", "min_remaining");
    meant("min_rem(5)", "min_remaining");
    meant("cool_down(5min)", "cooldown");
    meant("max_unavail(2)", "max_unavailable");
    meant("qorum()", "quorum");
    meant("freez()", "freeze");
    meant("frozen()", "freeze");
    meant("aproval(2, above(3))", "approvals");
    meant("need_expected()", "needs_expected");
    meant("max_rates(20, 1h)", "max_rate");
    meant("unlimted", "unlimited");
    meant("override(max_batch(5))", "overridable");
    CHECK(wrong("dont(5)") == "1:1: there is no rule \"dont\"" + rules_are);
    CHECK(wrong("überall(5)") == "1:1: there is no rule \"überall\"" + rules_are);
    CHECK(wrong("overridable(max_bach(5))") ==
          "1:13: there is no rule \"max_bach\"; did you mean max_batch?");
    CHECK(wrong("a\x01z(5)") == "1:1: there is no rule \"a\\x01z\"" + rules_are);
    CHECK(wrong("a_word_that_goes_on_and_on_without_an_end_to_it(5)") ==
          "1:1: there is no rule \"a_word_that_goes_on_and_on_without_an...\"" + rules_are);
}

TEST_CASE("numbers and percentages that are none") {
    CHECK(wrong("max_batch(-1)") == "1:11: \"-1\" is negative, and a limit is not");
    CHECK(wrong("max_batch(-1%)") == "1:11: \"-1%\" is negative, and a limit is not");
    CHECK(wrong("max_batch(9223372036854775808)") ==
          "1:11: \"9223372036854775808\" is too large; a number is below 9223372036854775808 "
          "(2^63)");
    CHECK(wrong("min_remaining(99999999999999999999)").find("is too large") != std::string::npos);
    CHECK(wrong("min_remaining(101%)") ==
          "1:15: \"101%\" is more than all of it; a percentage is between 0% and 100%");
    CHECK(wrong("min_remaining(100.1%)") ==
          "1:15: \"100.1%\" is more than all of it; a percentage is between 0% and 100%");
    const std::string no_fraction =
        " is no fraction of a pool; it is between 0 and 1, and its denominator between 1 and "
        "4294967295";
    CHECK(wrong("max_batch(3/2)") == "1:11: \"3/2\"" + no_fraction);
    CHECK(wrong("max_batch(1/0)") == "1:11: \"1/0\"" + no_fraction);
    CHECK(wrong("max_batch(1/4294967296)") == "1:11: \"1/4294967296\"" + no_fraction);
    CHECK(wrong("max_batch(0.00000001%)") == "1:11: \"0.00000001%\"" + no_fraction);
    CHECK(wrong("max_batch(0.5)") == "1:11: " + cap + ", and found \"0.5\"");
    CHECK(wrong("max_batch(5x)") == "1:11: " + cap + ", and found \"5x\"");
    CHECK(wrong("max_batch(five)") == "1:11: " + cap + ", and found \"five\"");
    CHECK(wrong("max_batch()") == "1:11: " + cap + ", and found \")\"");
    CHECK(wrong("max_batch(5'000)") == "1:11: " + cap + ", and found \"5'000\"");
    CHECK(wrong("max_batch(5%%)") ==
          "1:11: expected a percentage or a fraction, such as 95%, 99.9% or 2/3, and found "
          "\"5%%\"");
    CHECK(wrong("max_batch(.%)") ==
          "1:11: expected a percentage or a fraction, such as 95%, 99.9% or 2/3, and found "
          "\".%\"");
    CHECK(wrong("max_batch(roundup(5%))") ==
          "1:11: " + cap + ", and found \"roundup\"; did you mean round_up?");
    CHECK(wrong("min_remaining(round_up(5%))") ==
          "1:15: expected a whole number, or a percentage such as 95% or round_down(95%), and "
          "found \"round_up\"");
    CHECK(wrong("max_pools(50%)") == "1:11: expected a whole number, such as 1, and found \"50%\"");
}

TEST_CASE("what belongs to a percentage, and to nothing else") {
    const std::string least =
        "at_least(n) goes with a percentage or a fraction, such as 5%, at_least(1); a number, and "
        "what is rounded up, never needs it";
    CHECK(wrong("max_batch(5, at_least(1))") == "1:14: " + least);
    CHECK(wrong("max_batch(round_up(5%), at_least(1))") == "1:25: " + least);
    CHECK(wrong("max_rate(5, at_least(1), 1h)") == "1:13: " + least);
    CHECK(wrong("max_batch(5%, at_least(0))") == "1:24: at_least(0) adds nothing; leave it out");
    CHECK(wrong("max_batch(5%, atleast(1))") ==
          "1:15: expected at_least(n) or ), and found \"atleast\"; did you mean at_least?");
    const std::string peak =
        "of_peak(time) goes with a percentage or a fraction, such as 80%, of_peak(24h)";
    CHECK(wrong("min_remaining(5, of_peak(1h))") == "1:18: " + peak);
    CHECK(wrong("min_remaining(round_down(5%), of_peak(1h))") == "1:31: " + peak);
    CHECK(wrong("min_remaining(80%, of_peak(24h), baseline(0))") ==
          "1:43: baseline(0) is none; leave it out, or state the size of a pool that the ledger "
          "has never seen");
    CHECK(wrong("min_remaining(80%, peak(24h))") ==
          "1:20: expected of_peak(time) or ), and found \"peak\"; did you mean "
          "of_peak?");
}

TEST_CASE("lengths of time that are none") {
    const auto no_time = [](const char* written, const char* nearest) {
        const std::string found = written;
        CAPTURE(found);
        CHECK(wrong("cooldown(" + found + ")") ==
              "1:10: \"" + found +
                  "\" is no length of time; it is whole numbers with d, h, min, s, ms, us or ns, "
                  "longest first, such as 1h30min" +
                  (*nearest == '\0' ? "" : "; did you mean " + std::string(nearest) + "?"));
    };
    no_time("5m", "min");
    no_time("5minutes", "min");
    no_time("5Hours", "h");
    no_time("5sec", "s");
    no_time("5days", "d");
    no_time("5", "");
    no_time("5h3", "");
    no_time("1min1h", "");
    no_time("1h1h", "");
    no_time("1.5h", "");
    no_time("5y", "");
    CHECK(wrong("cooldown(h)") ==
          "1:10: expected a length of time, such as 1h30min, and found \"h\"");
    const std::string zero = "\": a length of time is longer than zero, and at most 292 years";
    CHECK(wrong("cooldown(0s)") == "1:10: \"0s" + zero);
    CHECK(wrong("cooldown(106752d)") == "1:10: \"106752d" + zero);
    CHECK(wrong("cooldown(99999999999999999999ns)") == "1:10: \"99999999999999999999ns" + zero);
    CHECK(wrong("max_rate(20)") ==
          "1:12: expected a comma and a window of time, such as 1h, and found \")\"");
    CHECK(wrong("max_rate(20 per 1h)") ==
          "1:12: expected a comma and a window of time, such as 1h, and found \"per\"");
}

TEST_CASE("windows that are none") {
    const std::string no_moment =
        " is not a date or a moment in UTC that exists, such as 2026-12-20 or 2026-12-20T08:00Z";
    for (const char* const text :
         {"2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "20261220", "2026-12-20T08:00",
          "2026-12-20T25:00Z", "2026-12-20T08:60Z", "2026-12-20T8:00Z", "2026-12-20T24:01Z",
          "2026-12-20T08:00:00.Z", "1600-01-01", "2300-01-01", "2026-12-20T08:00:00.1234567890Z"}) {
        CAPTURE(text);
        CHECK(wrong("freeze(" + std::string(text) + ", 2263-01-01)") ==
              "1:8: \"" + std::string(text) + "\"" + no_moment);
    }
    CHECK(wrong("freeze(2026-12-20, 2026-12-20)") ==
          "1:20: the window ends with \"2026-12-20\", and must end after it begins");
    CHECK(wrong("freeze(2026-12-20)") ==
          "1:18: expected a comma and when the window ends, and found \")\"");
    const std::string day =
        "expected a date such as 2026-12-20, or a day of the week (mon, tue, wed, thu, fri, sat, "
        "sun) and a time such as fri 16:00, and found ";
    CHECK(wrong("freeze(friday 16:00, mon 08:00)") ==
          "1:8: " + day + "\"friday\"; did you mean fri?");
    CHECK(wrong("freeze(Fri 16:00, mon 08:00)") == "1:8: " + day + "\"Fri\"; did you mean fri?");
    CHECK(wrong("freeze(fri 16:00, 2026-12-20)") == "1:19: " + day + "\"2026-12-20\"");
    CHECK(wrong("freeze(fri 4pm, mon 08:00)") ==
          "1:12: expected a time of day in UTC, such as 16:00, between 00:00 and 24:00, and found "
          "\"4pm\"");
    CHECK(wrong("freeze(fri, mon)") ==
          "1:11: expected a time of day in UTC, such as 16:00, between 00:00 and 24:00, and found "
          "\",\"");
}

TEST_CASE("people and memberships") {
    CHECK(wrong("approvals(0, above(3))") ==
          "1:11: \"0\" is not a number of people who approve; it is between 1 and 8");
    CHECK(wrong("approvals(9, above(3))") ==
          "1:11: \"9\" is not a number of people who approve; it is between 1 and 8");
    CHECK(wrong("approvals(2)") ==
          "1:12: expected a comma and above(n), the amount that may go without them, and found "
          "\")\"");
    CHECK(wrong("approvals(2, 3)") ==
          "1:14: expected above(n), the amount that may go without them, and found \"3\"");
    CHECK(wrong("quorum(shrinks)") ==
          "1:8: expected ), membership::shrinks or membership::stays, and found \"shrinks\"; did "
          "you mean membership::shrinks?");
    CHECK(wrong("quorum(3)") ==
          "1:8: expected ), membership::shrinks or membership::stays, and found \"3\"");
}

TEST_CASE("what is not closed, not separated, or too much") {
    CHECK(wrong("max_batch(5") == "1:12: expected ), and found nothing");
    CHECK(wrong("max_batch(5\nmax_targets(6)") == "1:12: expected ), and found \"max_targets\"");
    CHECK(wrong("max_batch 5") == "1:10: expected ( as in max_batch(5), and found \"5\"");
    CHECK(wrong("freeze") ==
          "1:7: expected ( as in freeze(fri 16:00, mon 08:00), and found nothing");
    CHECK(wrong("max_batch(5, 7)") == "1:14: expected at_least(n) or ), and found \"7\"");
    CHECK(wrong("max_batch(5) max_targets(6)") ==
          "1:14: expected a comma or a line break before \"max_targets\", which begins another "
          "rule");
    CHECK(wrong("max_batch(5);") ==
          "1:13: expected a comma or a line break after the rule, and found \";\"");
    CHECK(wrong("max_batch(5))") ==
          "1:13: expected a comma or a line break after the rule, and found \")\"");
    CHECK(wrong("max_batch(5),, max_targets(6)") ==
          "1:14: expected a rule, such as max_batch(5), and found \",\"");
    CHECK(wrong(", max_batch(5)") == "1:1: expected a rule, such as max_batch(5), and found \",\"");
    CHECK(wrong("overridable(overridable(max_batch(5)))") ==
          "1:13: this rule is overridable already; write it once");
    CHECK(wrong("overridable(max_batch(5)") == "1:25: expected ), and found nothing");
    CHECK(wrong("pool index { max_batch(5) }") ==
          "1:1: \"pool\" begins the rules of a pool, and this is read as one policy; read it with "
          "parse_policies, or write the rules alone");
}

TEST_CASE("what contradicts itself: the line of the first, at the place of the second") {
    CHECK(wrong("max_batch(5)\nquorum()\nmax_batch(4)") ==
          "3:1: max_batch stands already in line 1; which of the two is meant?");
    CHECK(wrong("min_remaining(95%), min_remaining(90%)") ==
          "1:21: min_remaining stands already in line 1; which of the two is meant?");
    CHECK(wrong("cooldown(1h)\ncooldown(2h)").find("cooldown stands already") != std::string::npos);
    CHECK(wrong("overridable(max_batch(5)), overridable(max_batch(6))") ==
          "1:28: max_batch stands already in line 1; which of the two is meant?");
    CHECK(wrong("unlimited\nmax_batch(5)") ==
          "2:1: unlimited, and another rule in line 1; which of the two is meant?");
    CHECK(wrong("max_batch(5)\nunlimited") ==
          "2:1: unlimited, and another rule in line 1; which of the two is meant?");
    CHECK(wrong("min_remaining(95%), min_remaining(3)") == "nothing");
    CHECK(wrong("max_rate(5, 1h), max_rate(20, 1d)") == "nothing");
    CHECK(wrong("max_batch(5), overridable(max_batch(4))") == "nothing");
    CHECK(wrong("freeze(fri 16:00, mon 08:00), freeze(2026-12-20, 2026-12-24)") == "nothing");
}

TEST_CASE("all mistakes of a text at once, in their order") {
    CHECK(wrong("min_remaining(101%)\n"
                "max_bach(5)   # how many\n"
                "cooldown(5m), max_rate(20, 0h)\n"
                "freeze(fri 16:00,\n"
                "       monday 08:00)\n"
                "max_targets(5\n"
                "quorum()\n") ==
          "1:15: \"101%\" is more than all of it; a percentage is between 0% and 100%\n"
          "2:1: there is no rule \"max_bach\"; did you mean max_batch?\n"
          "3:10: \"5m\" is no length of time; it is whole numbers with d, h, min, s, ms, us or "
          "ns, longest first, such as 1h30min; did you mean min?\n"
          "3:28: \"0h\": a length of time is longer than zero, and at most 292 years\n"
          "5:8: expected a date such as 2026-12-20, or a day of the week (mon, tue, wed, thu, fri, "
          "sat, sun) and a time such as fri 16:00, and found \"monday\"; did you mean mon?\n"
          "6:14: expected ), and found \"quorum\"");
}

TEST_CASE("one mistake, as a program sees it") {
    const auto read = parse_policy("min_remaining(95%)\n  max_bach(5)\n");
    REQUIRE_FALSE(read.has_value());
    REQUIRE(read.error().size() == 1);
    CHECK(read.error().line() == 2);
    CHECK(read.error().column() == 3);
    CHECK(read.error()[0].line() == 2);
    CHECK(read.error()[0].column() == 3);
    CHECK(read.error()[0].what() == policy_mistake::there_is_no_such_rule);
    CHECK(read.error()[0].message() == "there is no rule \"max_bach\"; did you mean max_batch?");
    CHECK(read.error().message() ==
          "line 2, column 3: there is no rule \"max_bach\"; did you mean max_batch?");
    CHECK(read.error().in_file("index.policy") ==
          "index.policy:2:3: there is no rule \"max_bach\"; did you mean max_batch?");
}

TEST_CASE("columns count characters, not bytes") {
    CHECK(wrong("max_batch(5) # äöü\n\xc3\xa4(5), mäx(5)").substr(0, 5) == "2:1: ");
    CHECK(wrong("max_batch(5) \xe2\x82\xac").substr(0, 6) == "1:14: ");
    CHECK(parse_policy("\xc3\xa4, quorun()").error()[1].column() == 4);
}

TEST_CASE("twenty mistakes are enough") {
    std::string text;
    for (int number = 0; number != 1000; ++number) text += "bad\n";
    const auto read = parse_policy(text);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().size() == 20);
    CHECK(read.error()[19].line() == 20);
    const std::string all = read.error().message();
    const std::string end = "\nthere may be more; reading stopped here";
    CHECK(all.substr(all.size() - end.size()) == end);
    CHECK(wrong("bad").find("there may be more") == std::string::npos);
}

TEST_CASE("texts that are too long are not read, and none takes long") {
    const std::string start = "max_batch(5)\n";
    std::string longest = start + std::string(65'536 - start.size(), ' ');
    CHECK(parse_policy(longest).has_value());
    longest += ' ';
    CHECK(wrong(longest) == "1:1: the text is longer than 65536 characters, so it was not read");
    CHECK(wrong_pools(longest) ==
          "f:1:1: the text is longer than 65536 characters, so it was not read");
    // Each of these would take minutes if what stands before were looked at again and again.
    for (const std::string piece : {"(",
                                    "\n",
                                    " ",
                                    "#\n",
                                    "max_batch(",
                                    "overridable(",
                                    "a ",
                                    ",",
                                    "{",
                                    "}",
                                    "\"",
                                    "pool a{",
                                    "5",
                                    "\xff",
                                    "freeze(\n",
                                    "(\n",
                                    "( ",
                                    "pool\n",
                                    "max_batch(5)\n",
                                    "max_batch(5) max_batch(5) "}) {
        std::string text;
        while (text.size() + piece.size() <= 65'536) text += piece;
        CAPTURE(piece);
        CHECK_FALSE(parse_policy(text).has_value());
        CHECK_FALSE(parse_policies(text).has_value());
    }
}

TEST_CASE("at most 256 rules") {
    std::string text;
    for (int number = 0; number != 256; ++number)
        text += "max_rate(5, " + std::to_string(number + 1) + "s)\n";
    CHECK(parse_policy(text).has_value());
    text += "quorum()";
    CHECK(wrong(text) ==
          "257:1: there are more than 256 rules, or more than 1024 pools; what follows was not "
          "read");
}

TEST_CASE("whoever takes a policy that was not read, or mistakes that are none, is stopped") {
    const shearpin::parsed<int> read = 7;
    const shearpin::parsed<int> wrong = shearpin::policy_errors();
    CHECK(read.value() == 7);
    CHECK(shearpin::parsed<int>(7).value() == 7);
    CHECK(wrong.error().size() == 0);
    CHECK(in_child([&] { static_cast<void>(read.error()); }).signal != 0);
    CHECK(in_child([&] { static_cast<void>(wrong.value()); }).signal != 0);
    CHECK(in_child([&] { static_cast<void>(*wrong); }).signal != 0);
    CHECK(in_child([] {
              static_cast<void>(shearpin::parsed<int>(shearpin::policy_errors()).value());
          }).signal != 0);
}
