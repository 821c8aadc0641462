// SPDX-License-Identifier: BSL-1.0
// 11. A permit in a function's signature: the removal that cannot be reached unguarded.
//
// A guard protects the calls that go through it. Half a year later somebody needs the function that
// drops volumes, finds it in the header, and calls it. So the function asks for a permit: only a
// guard can make one, of just this policy, and it is good for one call and for what was admitted.
#include <shearpin/shearpin.hpp>

#include <cstdio>
#include <utility>
#include <vector>

namespace storage {

constexpr auto policy = shearpin::policy{shearpin::max_batch(3), shearpin::min_remaining(4)};

using volumes = std::vector<int>;

// This is the signature that everybody sees. Without a permit, no call of it compiles.
void drop(shearpin::permit<policy> permit, volumes& from, const volumes& chosen) {
    std::move(permit).spend(chosen);  // before the first one goes: is it these, and no more?
    for (const int volume : chosen) std::erase(from, volume);
    std::printf("dropped %zu, %zu are left\n", chosen.size(), from.size());
}

/// A step between guard and removal that got it wrong: it adds one to what was admitted.
void drop_with_snapshots(shearpin::permit<policy> permit, volumes& from, const volumes& chosen) {
    volumes more = chosen;
    more.push_back(100);
    drop(std::move(permit), from, more);
}

}  // namespace storage

int main() {
    storage::volumes all{1, 2, 3, 4, 5, 6, 7, 8};
    const auto state = [&] { return shearpin::pool{.size = 8, .available = all.size()}; };

    // The guard makes the permit and hands it over as the first argument. Where two arguments could
    // be what is removed, the call says which: `targets`.
    auto drop = shearpin::guard<storage::policy>(storage::drop, state);
    drop(all, shearpin::targets(storage::volumes{1, 2}));

    if (const auto done = drop.try_call(all, shearpin::targets(storage::volumes{3, 4, 5, 6}));
        !done)
        std::puts(done.error().message().c_str());

    auto with_snapshots = shearpin::guard<storage::policy>(storage::drop_with_snapshots, state);
    try {
        with_snapshots(all, shearpin::targets(storage::volumes{3}));
    } catch (const shearpin::removal_refused& refused) {
        std::puts(refused.what());  // from inside, so it does not claim that nothing was removed
    }
    std::printf("%zu are left\n", all.size());
}
