// SPDX-License-Identifier: BSL-1.0
// What the code says that is made of a policy file, without the file.
#include <shearpin/embedded_policy.hpp>

#include <doctest/doctest.h>

#include <type_traits>

using namespace shearpin::literals;

namespace {

namespace detail = shearpin::detail;

struct sound {
    static constexpr shearpin::text_view text = "min_remaining(95%)\nmax_batch(5)\n";
};
struct pools {
    static constexpr shearpin::text_view text = "pool index { max_batch(5) }\n";
};
struct flawed {
    static constexpr shearpin::text_view text = "max_batch(5)\nmax_bach(5)\n";
};

template <class Source, shearpin::count Line>
using said = decltype(shearpin::check_policy_line<Source, Line>());

}  // namespace

TEST_CASE("embedded_policy: the policy of the text, or the policies") {
    static_assert(shearpin::embedded_policy<sound>() ==
                  shearpin::policy{shearpin::min_remaining(95_pct), shearpin::max_batch(5)});
    constexpr auto all = shearpin::embedded_policy<pools>();
    static_assert(all.at<0>().pool == shearpin::text_view("index"));
    static_assert(all.at<0>().rules == shearpin::policy{shearpin::max_batch(5)});
    CHECK(all.size == 1);
}

TEST_CASE("embedded_policy: a mistake is told at its own line, and nothing at the others") {
    static_assert(shearpin::check_policy_line<sound, 1>());
    static_assert(shearpin::check_policy_line<sound, 2>());
    static_assert(shearpin::check_policy_line<flawed, 1>());
    static_assert(
        std::is_same_v<said<flawed, 2>, detail::literal_flaw<detail::read_source<flawed>, 0>>);
    static_assert(std::is_same_v<said<flawed, 1>, bool>);
    CHECK_FALSE(shearpin::embedded_policy<flawed>());
}
