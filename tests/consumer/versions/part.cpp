// SPDX-License-Identifier: BSL-1.0
// A half of a program, built with one version of the library; the other half has another.
#include <shearpin/core.hpp>

#include <string>

inline constexpr auto policy = shearpin::policy{shearpin::max_batch(2)};

/// What this half is told when it asks for too much.
std::string PART() {
    auto drop = shearpin::guard<policy>([](unsigned) {},
                                        [] { return shearpin::pool{.size = 9, .available = 9}; });
    const auto done = drop.try_call(3U);
    return done ? "admitted" : std::string(done.error().message());
}
