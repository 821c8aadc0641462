// SPDX-License-Identifier: BSL-1.0
// 7. Several systems on one server: 28 February 2017.
//
// A storage service's billing was slow, and an engineer was to take a few of its servers out, by a
// known-good command. One input was wrong, and it selected many more. Those servers carried two
// other systems too: the index of all objects, and the placement of new ones. Both lost so much
// that they had to be started anew, and a large part of the web was down for four hours.
// https://aws.amazon.com/message/41926/ (How many servers there were was never published. The
// numbers below are invented.)
#include <shearpin/shearpin.hpp>

#include <cstdio>
#include <map>
#include <string>
#include <vector>

using namespace shearpin::literals;

namespace {

/// What the tool knows of its servers. Any type that has these three functions will do.
struct inventory {
    std::map<std::string, std::vector<std::string>> serves;
    std::map<std::string, shearpin::pool> pools;

    [[nodiscard]] bool contains(const std::string& server) const { return serves.contains(server); }
    [[nodiscard]] const std::vector<std::string>& pools_of(const std::string& server) const {
        return serves.at(server);
    }
    [[nodiscard]] shearpin::pool state(const std::string& pool) const { return pools.at(pool); }

    void add(const std::string& server, const std::vector<std::string>& systems) {
        serves[server] = systems;
        for (const std::string& each : systems) {
            ++pools[each].size;
            ++pools[each].available;
        }
    }
    [[nodiscard]] std::vector<std::string> named_like(const std::string& prefix) const {
        std::vector<std::string> found;
        for (const auto& [server, systems] : serves)
            if (server.starts_with(prefix)) found.push_back(server);
        return found;
    }
};

// Each system has the floor that it needs. Billing itself could do without a half.
constexpr auto s3_policies = shearpin::policies{
    shearpin::for_pool("billing", shearpin::min_remaining(50_pct)),
    shearpin::for_pool("index", shearpin::min_remaining(95_pct)),
    shearpin::for_pool("placement", shearpin::min_remaining(90_pct)),
};

}  // namespace

int main() {
    inventory servers;
    for (int number = 10; number != 90; ++number) {
        const std::string name = "s" + std::to_string(number);
        if (number < 20)
            servers.add(name, {"billing"});
        else if (number < 40)
            servers.add(name, {"billing", "index", "placement"});
        else
            servers.add(name, {"index", "placement"});
    }

    auto take_out = shearpin::guard<s3_policies>(
        [&](const std::vector<std::string>& chosen) {
            for (const std::string& server : chosen)
                for (const std::string& pool : servers.serves[server])
                    --servers.pools[pool].available;
            std::printf("took out %zu servers\n", chosen.size());
        },
        servers);

    // The servers s10 to s19 carry nothing but billing.
    std::puts("take out s1");
    if (const auto done = take_out.try_call(servers.named_like("s1")); !done) return 1;

    // The wrong input. Of billing a few of these may still go; what it would do to the others is
    // seen because every pool of every server is judged, before the first server is touched.
    std::puts("take out s2");
    if (const auto done = take_out.try_call(servers.named_like("s2")); !done)
        std::puts(done.error().message().c_str());

    std::puts("take out s");
    if (const auto done = take_out.try_call(servers.named_like("s")); !done)
        std::puts(done.error().message().c_str());
}
