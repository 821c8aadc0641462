// SPDX-License-Identifier: BSL-1.0
// 6. Containers and std::erase_if: the condition that was the wrong way round.
//
// A cache of sessions drops those that have expired. Somebody tidies the code up, and `<` becomes
// `>`. It compiles, the tests with three sessions pass, and in production everybody is logged out.
// What a condition selects is known by counting it first.
#include <shearpin/core.hpp>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>

using namespace shearpin::literals;

namespace {

struct session {
    int expires = 0;
};
using sessions = std::map<std::string, session>;

constexpr auto cache_policy = shearpin::policy{
    shearpin::max_batch(25_pct),      // a sweep a minute takes a few
    shearpin::min_remaining(10_pct),  // of what the cache usually holds
};

constexpr shearpin::count usual_number = 100;

}  // namespace

int main() {
    sessions cache;
    for (int user = 0; user != 100; ++user)
        cache["user" + std::to_string(user)] = session{.expires = 1000 + user};

    // The removal is std::erase_if itself, and counting is std::count_if with the same condition.
    auto sweep =
        shearpin::guard<cache_policy>(
            [](sessions& from, auto which) {
                return shearpin::removed{std::erase_if(from, which)};
            },
            [&] { return shearpin::pool{.size = usual_number, .available = cache.size()}; })
            .counting([](const sessions& in, auto which) {
                return static_cast<shearpin::count>(std::count_if(in.begin(), in.end(), which));
            })
            .named("sessions");

    const int now = 1010;
    const auto expired = [&](const auto& entry) { return entry.second.expires < now; };
    const auto tidied_up = [&](const auto& entry) { return entry.second.expires > now; };

    // What the removal returns comes back, and `removed` tells the guard how many it really were.
    const shearpin::removed swept = sweep(cache, expired);
    std::printf("swept %u, %zu are left\n", static_cast<unsigned>(swept.amount), cache.size());

    if (const auto done = sweep.try_call(cache, tidied_up); !done)
        std::puts(done.error().message().c_str());
    std::printf("%zu are left\n", cache.size());
}
