// SPDX-License-Identifier: BSL-1.0
// A program of somebody else that uses what its standard library has. It prints how large the
// library's types are, which is the same with each standard, and on standard error what it could
// try here.
#include <shearpin/shearpin.hpp>
#include <shearpin/standard.hpp>

#include <cstdio>
#include <cstdlib>
#include <utility>

inline constexpr auto policy = shearpin::policy{shearpin::max_batch(2)};

namespace {

constexpr auto nine = [] { return shearpin::pool{.size = 9, .available = 9}; };
[[maybe_unused]] void expect(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "wrong: %s\n", what);
    std::exit(1);
}

}  // namespace

int main() {
    [[maybe_unused]] auto drop =
        shearpin::guard<policy>([](int number) { return 10 * number; }, nine);
    [[maybe_unused]] auto tell = shearpin::guard<policy>([](int) {}, nine);
    int kept = 7;
    [[maybe_unused]] auto refer = shearpin::guard<policy>([&](int) -> int& { return kept; }, nine);

#if defined(__cpp_lib_source_location)
    std::fputs("source_location ", stderr);
    const auto here = std::source_location::current();
    const auto refused_here = drop.try_call(3, shearpin::place_of(here));
    expect(!refused_here && refused_here.error().where().line() == here.line(), "place_of");
#endif
#if defined(__cpp_lib_expected)
    std::fputs("expected ", stderr);
    const auto got = shearpin::to_expected(drop.try_call(2));
    expect(got.has_value() && *got == 20, "to_expected of a value");
    const auto refused = shearpin::to_expected(drop.try_call(3));
    expect(!refused && refused.error().max_removable() == 2, "to_expected of a refusal");
    expect(shearpin::to_expected(tell.try_call(1)).has_value(), "to_expected of nothing");
    expect(!shearpin::to_expected(tell.try_call(4)), "to_expected of nothing, refused");
    expect(shearpin::to_expected(refer.try_call(1)).value() == &kept, "to_expected of a reference");
#endif
#if defined(__cpp_lib_format)
    std::fputs("format ", stderr);
    const auto outcome = drop.try_call(3);
    expect(std::format("{}", outcome.error()) == std::string(outcome.error().message()), "refusal");
    const auto first = outcome.error().violations()[0];
    expect(std::format("{:>10}|{}", first.rule(), first.stated()) == " max_batch|max_batch(2)",
           "texts");
#endif
    std::fputs("\n", stderr);
    std::printf(
        "refusal %zu, violation %zu, result<int> %zu, decision %zu, place %zu, request %zu, "
        "permit %zu, facts %zu, event %zu\n",
        sizeof(shearpin::refusal), sizeof(shearpin::violation), sizeof(shearpin::result<int>),
        sizeof(shearpin::decision), sizeof(shearpin::place), sizeof(shearpin::request),
        sizeof(shearpin::permit<policy>), sizeof(shearpin::facts), sizeof(shearpin::event));
}
