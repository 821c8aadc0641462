// SPDX-License-Identifier: BSL-1.0
// One decision over one pool, `decision_cost <variant> <times>`: how many instructions it takes is
// the difference of two runs of different length under callgrind, divided by the difference.
// Prints how often the heap was asked for memory.
#include <shearpin/core.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

using namespace shearpin::literals;

namespace {

std::uint64_t allocations = 0;
std::uint64_t removed = 0;

}  // namespace

void* operator new(std::size_t bytes) {
    ++allocations;
    if (void* memory = std::malloc(bytes)) return memory;
    std::abort();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

inline constexpr auto unit = shearpin::policy{shearpin::min_remaining(95_pct), shearpin::max_batch(5)};
inline constexpr auto odd = shearpin::policy{shearpin::min_remaining(96.3_pct), shearpin::max_batch(5)};
inline constexpr auto plain = shearpin::policy{shearpin::min_remaining(150), shearpin::max_batch(5)};

// Opaque, as a removal is: the compiler may not look into it.
[[gnu::noinline]] void removal(std::uint64_t number) {
    removed += number;
    asm volatile("" : : : "memory");
}

// What a careful person writes by hand: every check that the guard makes, and products that cannot
// overflow.
template <unsigned Numerator, unsigned Denominator>
[[gnu::always_inline]] inline bool careful(std::uint64_t size, std::uint64_t available, std::uint64_t asked) {
    if (asked == 0 || asked > 5) return false;
    if (((size | available) >> 63) != 0) return false;
    if (asked > available) return false;
    __extension__ using wide = unsigned __int128;
    return wide{available - asked} * Denominator >= wide{size} * Numerator;
}
[[gnu::always_inline]] inline bool careful_plain(std::uint64_t size, std::uint64_t available, std::uint64_t asked) {
    if (asked == 0 || asked > 5) return false;
    if (((size | available) >> 63) != 0) return false;
    return asked <= available && available - asked >= 150;
}

shearpin::pool world{200, 200};

template <class Decide> void repeat(std::uint64_t times, Decide decide) {
    for (std::uint64_t turn = 0; turn != times; ++turn) {
        asm volatile("" : : "r"(&world) : "memory");  // the world may have changed
        decide(1 + turn % 2);
    }
}

template <const auto& Policy> void guarded(std::uint64_t times) {
    const auto guard = shearpin::guard<Policy>(removal, [] { return world; });
    repeat(times, [&](std::uint64_t asked) { guard(asked); });
}
template <const auto& Policy> void tried(std::uint64_t times) {
    const auto guard = shearpin::guard<Policy>(removal, [] { return world; });
    repeat(times, [&](std::uint64_t asked) {
        if (!guard.try_call(asked)) std::abort();
    });
}
template <class Check> void by_hand(std::uint64_t times, Check check) {
    repeat(times, [&](std::uint64_t asked) {
        if (!check(world.size, world.available, asked)) std::abort();
        removal(asked);
    });
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const std::uint64_t times = std::strtoull(argv[2], nullptr, 10);
    const auto is = [&](const char* variant) { return std::strcmp(argv[1], variant) == 0; };
    if (is("loop")) repeat(times, removal);
    else if (is("hand-95%")) by_hand(times, careful<95, 100>);
    else if (is("guard-95%")) guarded<unit>(times);
    else if (is("try-95%")) tried<unit>(times);
    else if (is("hand-96.3%")) by_hand(times, careful<963, 1000>);
    else if (is("guard-96.3%")) guarded<odd>(times);
    else if (is("hand-150")) by_hand(times, careful_plain);
    else if (is("guard-150")) guarded<plain>(times);
    else if (is("refused-by-value")) {
        const auto guard = shearpin::guard<unit>(removal, [] { return world; });
        repeat(times, [&](std::uint64_t asked) {
            if (guard.try_call(asked + 10)) std::abort();
        });
    } else return 2;
    std::printf("%llu allocations\n", static_cast<unsigned long long>(allocations));
}
