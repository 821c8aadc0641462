// SPDX-License-Identifier: BSL-1.0
// One decision over one pool, `decision_cost <variant> <times>`: how many instructions it takes is
// the difference of two runs of different length under callgrind, divided by the difference.
// `decision_cost shapes` lists the policies: each is a variant hand-SHAPE and guard-SHAPE.
// Prints how often the heap was asked for memory.
#include "shapes.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

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

// Opaque, as a removal is: the compiler may not look into it.
[[gnu::noinline]] void removal(std::uint64_t number) {
    removed += number;
    asm volatile("" : : : "memory");
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
template <class Check> void by_hand(std::uint64_t times, Check check) {
    repeat(times, [&](std::uint64_t asked) {
        if (!check(world.size, world.available, asked)) std::abort();
        removal(asked);
    });
}

bool run(const char* variant, std::uint64_t times) {
    const auto is = [&](const char* name) { return std::strcmp(variant, name) == 0; };
#define SHAPE(NAME)                                                            \
    if (is("hand-" #NAME)) return by_hand(times, shapes::NAME::careful), true; \
    if (is("guard-" #NAME)) return guarded<shapes::NAME::policy>(times), true;
    FOR_EACH_SHAPE(SHAPE)
#undef SHAPE
    if (is("loop")) return repeat(times, removal), true;
    const auto guard = shearpin::guard<shapes::floor_95::policy>(removal, [] { return world; });
    if (is("tried"))
        repeat(times, [&](std::uint64_t asked) {
            if (!guard.try_call(asked)) std::abort();
        });
    else if (is("refused-by-value"))
        repeat(times, [&](std::uint64_t asked) {
            if (guard.try_call(asked + 10)) std::abort();
        });
    else if (is("refused-by-throwing"))
        repeat(times, [&](std::uint64_t asked) {
            try {
                guard(asked + 10);
                std::abort();
            } catch (const shearpin::removal_refused&) {
            }
        });
    else
        return false;
    return true;
}

}  // namespace

// What one call adds to the function that it stands in, of a guard that is there and of one that is
// made there.
constexpr auto see_world = [] { return world; };
extern "C" void one_call_of_a_guard(
    const shearpin::guard_for<shapes::floor_95::policy, void (*)(std::uint64_t),
                              decltype(see_world)>& guard,
    std::uint64_t asked) {
    guard(asked);
}
extern "C" void one_guarded_call(std::uint64_t asked) {
    const auto guard = shearpin::guard<shapes::floor_95::policy>(removal, [] { return world; });
    guard(asked);
}
extern "C" void one_call_without_guard(std::uint64_t asked) { removal(asked); }

int main(int argc, char** argv) {
    if (argc == 2 && std::strcmp(argv[1], "shapes") == 0) {
#define SHAPE(NAME) std::puts(#NAME);
        FOR_EACH_SHAPE(SHAPE)
        return 0;
    }
    if (argc != 3 || !run(argv[1], std::strtoull(argv[2], nullptr, 10))) return 2;
    std::printf("%llu allocations\n", static_cast<unsigned long long>(allocations));
}
