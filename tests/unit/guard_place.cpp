// SPDX-License-Identifier: BSL-1.0
// A refusal names the line of the call.
#include <shearpin/shearpin.hpp>
#include <shearpin/standard.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr auto policy = shearpin::policy{shearpin::max_batch(1)};
constexpr auto full = [] { return shearpin::pool{.size = 100, .available = 100}; };
auto remove_some = shearpin::guard<policy>([](const auto&...) {}, full);
auto remove_all = shearpin::guard<policy>([] {}, full).counting([] { return 2; });

shearpin::place direct(unsigned& line) {
    try {
        line = __LINE__ + 1;
        remove_some(2);
    } catch (const shearpin::removal_refused& refused) {
        return refused.why().where();
    }
    return shearpin::place::here("not refused", 0, "");
}

/// A user's helper, which hands its own caller's place on.
shearpin::decision helper(int number, shearpin::place where = shearpin::place::here()) {
    return remove_some.check(number, where);
}
/// and one that does not
shearpin::decision careless(int number, unsigned& line) {
    line = __LINE__ + 1;
    return remove_some.check(number);
}

struct user {
    unsigned line = 0;
    shearpin::decision from_constructor;
    user() : line(__LINE__), from_constructor(remove_some.check(2)) {}
    shearpin::decision operator<(int) const { return remove_some.check(2); }
    template <class T> shearpin::decision from_template(T number) const {
        return remove_some.check(number);
    }
};

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

TEST_CASE("file, line and function of the call") {
    unsigned line = 0;
    const auto where = direct(line);
    CHECK(where.line() == line);
    CHECK(std::string(where.file()) == __FILE__);
    CHECK(std::string(where.function()) == "direct");
}

TEST_CASE("for every number of arguments, and for every way to call") {
    const auto text = [](int) { return "x"; };
    const unsigned line = __LINE__;
    CHECK(remove_some.check(2).why().where().line() == line + 1);
    CHECK(remove_some.check(2, "b").why().where().line() == line + 2);
    CHECK(remove_some.check(2, "b", "c").why().where().line() == line + 3);
    CHECK(remove_some.check(2, "b", "c", "d").why().where().line() == line + 4);
    CHECK(remove_some.check(2, "b", "c", "d", "e").why().where().line() == line + 5);
    CHECK(remove_some.check(2, "b", "c", "d", "e", text(1)).why().where().line() == line + 6);
    CHECK(remove_some.try_call(2).error().where().line() == line + 7);
    CHECK(remove_some.try_call(2, "b").error().where().line() == line + 8);
    CHECK(remove_some.try_call(2, "b", "c").error().where().line() == line + 9);
    CHECK(remove_some.try_call(2, "b", "c", "d").error().where().line() == line + 10);
    CHECK(remove_some.try_call(2, "b", "c", "d", "e").error().where().line() == line + 11);
    CHECK(remove_some.try_call(2, "b", "c", "d", "e", "f").error().where().line() == line + 12);
    CHECK(remove_all.check().why().where().line() == line + 13);
}

TEST_CASE("a helper that hands a place on is not blamed") {
    const unsigned line = __LINE__;
    CHECK(helper(2).why().where().line() == line + 1);
    CHECK(std::string(helper(2).why().where().file()) == __FILE__);
    unsigned inside = 0;
    const auto decision = careless(2, inside);
    CHECK(decision.why().where().line() == inside);
    CHECK(std::string(decision.why().where().function()) == "careless");

    const auto given = shearpin::place::here("playbook.yml", 28, "remove_servers");
    CHECK(remove_some.check(2, given).why().where().line() == 28);
    const auto tried = remove_some.try_call(std::vector<int>{1, 2}, "x", given);
    CHECK(std::string(tried.error().where().file()) == "playbook.yml");
    CHECK(std::string(tried.error().where().function()) == "remove_servers");
}

TEST_CASE("from constructors, operators and templates") {
    const user mine;
    CHECK(mine.from_constructor.why().where().line() == mine.line);
    CHECK(ends_with(mine.from_constructor.why().message(), " in user"));
    CHECK(ends_with((mine < 1).why().message(), " in operator<"));
    // g++ adds the template's arguments, which can fill a screen: they are not told.
    CHECK(ends_with(mine.from_template(2).why().message(), " in from_template"));
    const auto in_lambda = [] { return remove_some.check(2); };
    CHECK(ends_with(in_lambda().why().message(), " in operator()"));
}

#if defined(__cpp_lib_source_location)
TEST_CASE("a std::source_location is a place, too") {
    const std::source_location where = std::source_location::current();
    const shearpin::place found = remove_some.check(2, shearpin::place_of(where)).why().where();
    CHECK(found.line() == where.line());
    CHECK(std::string(found.file()) == where.file_name());
}
#endif
