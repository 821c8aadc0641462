// SPDX-License-Identifier: BSL-1.0
// 13. A rule of one's own: one function from facts to a limit.
//
// The floor of a cache is not a share of its nodes. It is what the traffic of this hour needs, with
// one node to spare. No library has that rule; here it is ten lines, and everything else (all rules
// named in a refusal, composition, planning, checks when it is compiled) works with it.
#include <shearpin/shearpin.hpp>

#include <cstdio>
#include <vector>

using namespace shearpin::literals;

namespace {

/// Requests a second, from wherever the tool gets them. A rule may look at what it refers to; what
/// it cannot know it should treat as the worst.
struct traffic_now {
    bool known = true;
    shearpin::count requests = 0;
};
traffic_now traffic;

class carries_the_traffic {
public:
    static constexpr shearpin::text_view name = "carries_the_traffic";
    static constexpr auto measures = shearpin::measure::serving;  // broken nodes are free

    constexpr explicit carries_the_traffic(shearpin::count requests_per_node)
        : per_node_(requests_per_node) {}

    [[nodiscard]] shearpin::count limit(const shearpin::facts& known) const {
        if (!traffic.known) return 0;
        const shearpin::count stay = needed();
        return known.pool.available > stay ? known.pool.available - stay : 0;
    }
    /// How it is written, with its numbers; without this, its name.
    void spell(shearpin::writer& out) const { out.put(name).put("(").put(per_node_).put(")"); }
    /// The numbers behind the limit, for who has to understand a refusal at night.
    void explain(const shearpin::facts& known, shearpin::writer& out) const {
        if (!traffic.known) {
            out.put("the traffic is not known, so none may go");
            return;
        }
        out.put(traffic.requests).put(" requests a second need ").put(needed());
        out.put(" nodes with one to spare, and ").put(known.pool.available).put(" serve");
    }

private:
    [[nodiscard]] shearpin::count needed() const {
        return (traffic.requests + per_node_ - 1) / per_node_ + 1;
    }
    shearpin::count per_node_;
};

constexpr auto cache_policy = shearpin::policy{
    carries_the_traffic(1000),
    shearpin::max_batch(10_pct),
};

void show(const auto& done) {
    if (!done) std::puts(done.error().message().c_str());
}

}  // namespace

int main() {
    shearpin::count serving = 40;
    auto stop = shearpin::guard<cache_policy>(
        [&](const std::vector<int>& nodes) {
            serving -= nodes.size();
            std::printf("stopped %zu, %ju serve\n", nodes.size(), serving);
        },
        [&] { return shearpin::pool{.size = 40, .available = serving}; });

    traffic.requests = 20'000;  // at night 21 nodes are enough
    show(stop.try_call(std::vector<int>{1, 2, 3, 4}));

    traffic.requests = 33'500;  // in the evening it is another matter
    show(stop.try_call(std::vector<int>{5, 6, 7}));

    traffic.known = false;
    show(stop.try_call(std::vector<int>{5}));
}
