// SPDX-License-Identifier: BSL-1.0
// Texts that are cut where they are too long: the longest that is told whole, and one letter more.
#include <shearpin/detail/culprits.hpp>
#include <shearpin/detail/one_line.hpp>
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using shearpin::count, shearpin::policy, shearpin::pool, shearpin::text_view;

namespace {

/// Written as so many letters, of which the last is its own.
struct long_winded {
    static constexpr std::string_view name = "long_winded";
    int letters;
    char last;
    count limit(const shearpin::facts&) const { return 5; }
    void spell(shearpin::writer& out) const {
        out.put(std::string(static_cast<std::size_t>(letters) - 1, 'x')).put(std::string(1, last));
    }
};

/// What a plan says of the policy that it was made from.
std::uint64_t policy_hash(int letters, char last) {
    return shearpin::guard(
               policy{long_winded{letters, last}}, [](int) {}, [] { return pool{9, 9}; })
        .plan(1)
        .made_from()
        .policy;
}

/// The name of its pool that a plan tells.
std::string told_name(const std::string& name) {
    return shearpin::guard(
               policy{shearpin::max_batch(5)}, [](int) {}, [] { return pool{9, 9}; })
        .named(name)
        .plan(1)
        .pools()[0]
        .name;
}

}  // namespace

TEST_CASE("who is at fault: a name of 46 letters and a million more are told whole") {
    shearpin::detail::culprits found;
    const std::string name(46, 'a');
    found.add(text_view(name), 0);
    for (int more = 0; more != 1'000'000; ++more) found.add(text_view("b"), 1);
    CHECK(std::string(found.text()) == name + " and 1000000 more");
}

TEST_CASE("a name in one line: 255 letters are told whole, and no more") {
    const std::string whole(255, 'a');
    CHECK(shearpin::detail::in_one_line(text_view(whole)) == whole);
    CHECK(shearpin::detail::in_one_line(text_view(whole + "a")) == std::string(252, 'a') + "...");
}

TEST_CASE("the name of a pool in a plan: 63 letters are told whole, and no more") {
    const std::string whole(63, 'a');
    CHECK(told_name(whole) == whole);
    CHECK(told_name(whole + "a") == std::string(60, 'a') + "...");
}

TEST_CASE("a plan is another one where two rules of 255 letters differ in the last") {
    CHECK(policy_hash(255, 'a') == policy_hash(255, 'a'));
    CHECK(policy_hash(255, 'a') != policy_hash(255, 'b'));
    CHECK(policy_hash(256, 'a') == policy_hash(256, 'b'));  // of which the end is not looked at
}
