// SPDX-License-Identifier: BSL-1.0
// The same decision (95 % of the size stays, 5 at most) by other means, `rivals_cost <means>
// <times>`: instructions as for decision_cost.
#include "shapes.hpp"

#include <boost/contract.hpp>
#include <boost/safe_numerics/safe_integer.hpp>
#include <gsl/assert>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

namespace {

std::uint64_t removed = 0;
[[gnu::noinline]] void removal(std::uint64_t number) {
    removed += number;
    asm volatile("" : : : "memory");
}
shearpin::pool world{200, 200};

template <class Decide> void repeat(std::uint64_t times, Decide decide) {
    for (std::uint64_t turn = 0; turn != times; ++turn) {
        asm volatile("" : : "r"(&world) : "memory");
        decide(1 + turn % 2);
    }
}

bool is_fine(std::uint64_t asked) {
    return shapes::floor_95::careful(world.size, world.available, asked);
}

/// Checked arithmetic in place of wide products: it throws where one does not fit.
bool is_fine_by_safe_numbers(std::uint64_t asked) {
    using safe = boost::safe_numerics::safe<std::uint64_t>;
    const safe size = world.size;
    const safe available = world.available;
    if (asked == 0 || asked > 5 || ((world.size | world.available) >> 63) != 0) return false;
    if (asked > available) return false;
    return (available - asked) * 100 >= size * 95;
}

using rule = std::function<bool(const shearpin::pool&, std::uint64_t)>;
const std::vector<rule> rules{
    [](const shearpin::pool& there, std::uint64_t asked) {
        return shapes::sound(there.size, there.available, asked);
    },
    [](const shearpin::pool& there, std::uint64_t asked) {
        return shapes::wide{there.available - asked} * 100 >= shapes::wide{there.size} * 95;
    },
    [](const shearpin::pool&, std::uint64_t asked) { return asked <= 5; }};

void contracted(std::uint64_t asked) {
    boost::contract::check checked =
        boost::contract::function().precondition([&] { BOOST_CONTRACT_ASSERT(is_fine(asked)); });
    removal(asked);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const std::uint64_t times = std::strtoull(argv[2], nullptr, 10);
    const std::string means = argv[1];
    if (means == "loop")
        repeat(times, removal);
    else if (means == "hand")
        repeat(times, [](std::uint64_t asked) {
            if (!is_fine(asked)) std::abort();
            removal(asked);
        });
    else if (means == "shearpin") {
        const auto guard = shearpin::guard<shapes::floor_95::policy>(removal, [] { return world; });
        repeat(times, [&](std::uint64_t asked) { guard(asked); });
    } else if (means == "gsl::Expects")
        repeat(times, [](std::uint64_t asked) {
            Expects(is_fine(asked));
            removal(asked);
        });
    else if (means == "SafeNumerics")
        repeat(times, [](std::uint64_t asked) {
            if (!is_fine_by_safe_numbers(asked)) std::abort();
            removal(asked);
        });
    else if (means == "std::function")
        repeat(times, [](std::uint64_t asked) {
            for (const rule& each : rules)
                if (!each(world, asked)) std::abort();
            removal(asked);
        });
    else if (means == "Boost.Contract")
        repeat(times, contracted);
    else
        return 2;
    std::printf("%llu\n", static_cast<unsigned long long>(removed));
}
