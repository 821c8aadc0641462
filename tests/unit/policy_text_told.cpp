// SPDX-License-Identifier: BSL-1.0
// Texts with all that is said of each: what is wrong, and what is then still read.
#include <shearpin/policy_text.hpp>

#include <doctest/doctest.h>

#include <string>

namespace {

struct told {
    const char* text;
    const char* said;
};

/// Without the names of all rules.
std::string without_names(std::string all) {
    const std::string names = "; the rules are ";
    for (std::size_t at = all.find(names); at != std::string::npos; at = all.find(names))
        all.erase(at, all.find('\n', at) - at);
    return all;
}
template <class Read> std::string said_of(const Read& read) {
    return read.has_value() ? to_string(*read) : without_names(read.error().in_file(""));
}

}  // namespace

TEST_CASE("what is said of a text that is read as one policy") {
    for (const told& each :
         {told{"other_pools { quorum() } every_pool { max_pools(1) }",
               ":1:1: \"other_pools\" begins the rules of a pool, and this is read as one policy; "
               "read it with parse_policies, or write the rules alone"},
          told{"pool \"a b\" { quorum() }",
               ":1:1: \"pool\" begins the rules of a pool, and this is read as one policy; read it "
               "with parse_policies, or write the rules alone"},
          told{"quorum() pool a { quorum() }",
               ":1:10: expected a comma or a line break after the rule, and found \"pool\"\n"
               ":1:19: quorum stands already in line 1; which of the two is meant?\n"
               ":1:28: expected a comma or a line break after the rule, and found \"}\""},
          told{"cooldown(1h0min)", "cooldown(1h)"},
          told{", pool a { quorum() }",
               ":1:1: expected a rule, such as max_batch(5), and found \",\"\n"
               ":1:3: \"pool\" begins the rules of a pool, and this is read as one policy; read it "
               "with parse_policies, or write the rules alone"},
          told{"max_bach(5 # x )\nqorum()",
               ":1:1: there is no rule \"max_bach\"; did you mean max_batch?"},
          told{"max_batch(5); , qorum()",
               ":1:13: expected a comma or a line break after the rule, and found \";\"\n"
               ":1:17: there is no rule \"qorum\"; did you mean quorum?"},
          told{"max_batch(5 }quorum()", ":1:12: expected ), and found \"}\""},
          told{"cooldown(5m_)",
               ":1:10: \"5m_\" is no length of time; it is whole numbers with d, h, min, s, ms, us "
               "or ns, longest first, such as 1h30min; did you mean ms?"},
          told{"every_pool { quorum() } every_pool { quorum() }",
               ":1:1: \"every_pool\" begins the rules of a pool, and this is read as one policy; "
               "read it with parse_policies, or write the rules alone"},
          told{"max_batch(-)",
               ":1:11: expected a whole number, or a percentage such as 5% or round_up(5%), and "
               "found \"-\""},
          told{"max_bach(5{ qorum()",
               ":1:1: there is no rule \"max_bach\"; did you mean max_batch?\n"
               ":1:13: there is no rule \"qorum\"; did you mean quorum?"},
          told{"max_bach(5)),qorum()",
               ":1:1: there is no rule \"max_bach\"; did you mean max_batch?\n"
               ":1:14: there is no rule \"qorum\"; did you mean quorum?"},
          told{"freeze(fri 08:00:5, mon 08:00)",
               ":1:12: expected a time of day in UTC, such as 16:00, between 00:00 and 24:00, and "
               "found \"08:00:5\""},
          told{"freeze(fri 08:00:60, mon 08:00)",
               ":1:12: expected a time of day in UTC, such as 16:00, between 00:00 and 24:00, and "
               "found \"08:00:60\""},
          told{"overridable(unlimited), max_batch(5)", "overridable(unlimited), max_batch(5)"},
          told{"overidable(max_batcry_h(5))\never_pool { max_pools(1) }",
               ":1:1: there is no rule \"overidable\"; did you mean overridable?\n"
               ":2:1: there is no rule \"ever_pool\"\n"
               ":2:26: expected a comma or a line break after the rule, and found \"}\""},
          told{"maxv_rate(5%, at_least(1), 71d2h)\npol a { quorm() }um() }",
               ":1:1: there is no rule \"maxv_rate\"; did you mean max_rate?\n"
               ":2:1: there is no rule \"pol\"\n"
               ":2:9: there is no rule \"quorm\"; did you mean quorum?\n"
               ":2:18: there is no rule \"um\""},
          told{"# a c{omment",
               ":1:13: there is no rule here, and no rules are no policy; to allow everything "
               "write unlimited"},
          told{"max_batch(round_up(5%))\nfreeze(sun 24:00, mon 00:0c)",
               ":2:23: expected a time of day in UTC, such as 16:00, between 00:00 and 24:00, and "
               "found \"00:0c\""},
          told{"other_pools { max_batch(1",
               ":1:1: \"other_pools\" begins the rules of a pool, and this is read as one policy; "
               "read it with parse_policies, or write the rules alone"},
          told{"max_batch(101%\n)cooldown(5m),frreeze()",
               ":1:11: \"101%\" is more than all of it; a percentage is between 0% and 100%\n"
               ":2:15: there is no rule \"frreeze\"; did you mean freeze?"},
          told{"pol a { ", ":1:1: there is no rule \"pol\""},
          told{"quorum()\napprovals(2, ",
               ":2:13: expected above(n), the amount that may go without them, and found nothing"},
          told{"overridable(max_batch(o))",
               ":1:23: expected a whole number, or a percentage such as 5% or round_up(5%), and "
               "found \"o\""},
          told{"max_batch(1/4294967296) max_bah(5)\ncooldown(",
               ":1:11: \"1/4294967296\" is no fraction of a pool; it is between 0 and 1, and its "
               "denominator between 1 and 4294967295\n"
               ":2:10: expected a length of time, such as 1h30min, and found nothing"},
          told{"fresh_within(30s)\nunlimited\nmax_rate(20, 1h)",
               ":2:1: unlimited, and another rule in line 1; which of the two is meant?"}}) {
        CAPTURE(each.text);
        CHECK(said_of(shearpin::parse_policy(each.text)) == each.said);
    }
}

TEST_CASE("what is said of a text that is read as a file, which may have several pools") {
    for (
        const told& each : {
            told{"other_pools { quorum() } every_pool { max_pools(1) }",
                 "other_pools {\n"
                 "    quorum()\n"
                 "}\n"
                 "every_pool {\n"
                 "    max_pools(1)\n"
                 "}\n"
                 ""},
            told{"pool \"a b\" { quorum() }",
                 "pool \"a b\" {\n"
                 "    quorum()\n"
                 "}\n"
                 ""},
            told{"cooldown(1h0min)",
                 "other_pools {\n"
                 "    cooldown(1h)\n"
                 "}\n"
                 ""},
            told{"pool a { quorum() },",
                 "pool a {\n"
                 "    quorum()\n"
                 "}\n"
                 ""},
            told{", pool a { quorum() }",
                 ":1:1: expected pool NAME {, other_pools { or every_pool {, and found \",\""},
            told{"pool a { max_bach(5} pool b { qorum() }",
                 ":1:10: there is no rule \"max_bach\"; did you mean max_batch?\n"
                 ":1:31: there is no rule \"qorum\"; did you mean quorum?"},
            told{"pool a { quorum() } pool \"a\" { quorum() }",
                 ":1:26: the pool \"a\" has its rules already, in line 1"},
            told{"pool a { quorum() }, , pool b { quorum() }",
                 ":1:22: expected pool NAME {, other_pools { or every_pool {, and found \",\""},
            told{"every_pool { quorum() } every_pool { quorum() }",
                 ":1:25: the pool \"every_pool\" has its rules already, in line 1"},
            told{
                "max_bach(5{ qorum()",
                ":1:1: \"max_bach\" stands outside of a pool; write pool NAME { ... }, other_pools "
                "{ ... } or every_pool { ... }"},
            told{"overridable(unlimited), max_batch(5)",
                 "other_pools {\n"
                 "    overridable(unlimited)\n"
                 "    max_batch(5)\n"
                 "}\n"
                 ""},
            told{"pool a { quorum()\npool b { quorum() }",
                 ":2:1: expected } after the rules of the pool, and found \"pool\""},
            told{"overidable(max_batcry_h(5))\never_pool { max_pools(1) }",
                 ":1:1: \"overidable\" stands outside of a pool; write pool NAME { ... }, "
                 "other_pools { ... } or every_pool { ... }"},
            told{"maxv_rate(5%, at_least(1), 71d2h)\npol a { quorm() }um() }",
                 ":1:1: \"maxv_rate\" stands outside of a pool; write pool NAME { ... }, "
                 "other_pools "
                 "{ ... } or every_pool { ... }\n"
                 ":2:18: \"um\" stands outside of a pool; write pool NAME { ... }, other_pools { "
                 "... "
                 "} or every_pool { ... }"},
            told{"other_pools { max_batch(1",
                 ":1:26: expected ), and found nothing\n"
                 ":1:26: expected } after the rules of the pool, and found nothing"},
            told{"pool",
                 ":1:5: expected the name of a pool, such as index or \"north east\", and found "
                 "nothing"},
            told{"pol a { ",
                 ":1:1: \"pol\" stands outside of a pool; write pool NAME { ... }, other_pools { "
                 "... "
                 "} or every_pool { ... }; did you mean pool?"},
            told{"pool a  pool a{max_batch(10v1%)",
                 ":1:7: expected { and the pool's rules, and found \"pool\""},
            told{
                "pool a { freeze(fri 16:00, mon 08:00:)0) }",
                ":1:32: expected a time of day in UTC, such as 16:00, between 00:00 and 24:00, and "
                "found \"08:00:\""},
            told{"pool a { pool index { min_remaining(95%)s max_batch(5) }",
                 ":1:10: expected } after the rules of the pool, and found \"pool\"\n"
                 ":1:41: expected a comma or a line break after the rule, and found \"s\""},
            told{"pool a { quorum() }\npool b { max_pools(9), max_batch(1), max_batch(2) }",
                 ":2:38: max_batch stands already in line 2; which of the two is meant?"},
            told{"pool a { quorum() } pool a { qorum() }",
                 ":1:26: the pool \"a\" has its rules already, in line 1\n"
                 ":1:30: there is no rule \"qorum\"; did you mean quorum?"},
            told{"pool a { max_batch(0) }", "pool a {\n    max_batch(0)\n}\n"},
        }) {
        CAPTURE(each.text);
        CHECK(said_of(shearpin::parse_policy_file(each.text)) == each.said);
    }
}

TEST_CASE("a text of 65536 characters is read, and no longer one") {
    const std::string none =
        ":2:1: there is no rule here, and no rules are no policy; to allow everything write "
        "unlimited";
    const std::string long_one =
        ":1:1: the text is longer than 65536 characters, so it was not read";
    std::string text = "#" + std::string(65'534, ' ') + "\n";
    CHECK(said_of(shearpin::parse_policy(text)) == none);
    CHECK(said_of(shearpin::parse_policies(text)) == none);
    CHECK(said_of(shearpin::parse_policy_file(text)) == none);
    text += "\n";
    CHECK(said_of(shearpin::parse_policy(text)) == long_one);
    CHECK(said_of(shearpin::parse_policies(text)) == long_one);
    CHECK(said_of(shearpin::parse_policy_file(text)) == long_one);
}

TEST_CASE("where nothing was read, nothing more is wrong") {
    CHECK_FALSE(shearpin::policy_errors().may_be_more());
    CHECK(shearpin::policy_errors().size() == 0);
}

TEST_CASE("a pool's name stands in quotation marks where it is more than a word") {
    const auto written = [](shearpin::text_view name) {
        const std::string all =
            to_string(shearpin::policies{shearpin::for_pool(name, shearpin::quorum())});
        return all.substr(0, all.find("{\n"));
    };
    CHECK(written("a!~") == "pool a!~ ");
    for (const std::string sign : {" ", ",", "(", ")", "{", "}", "#"})
        CHECK(written("a" + sign) == "pool \"a" + sign + "\" ");
    CHECK(written("") == "pool \"\" ");
    for (const char* const name : {"a\"b",
                                   "a\x01"
                                   "b",
                                   "a\tb", "a\nb", "a\rb"})
        CHECK(written(name) == "pool \"a?b\" ");
}
