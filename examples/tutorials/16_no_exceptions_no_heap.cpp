// SPDX-License-Identifier: BSL-1.0
// 16. No exceptions, no heap: a guard in firmware, or in the path that must not allocate.
//
// This program is compiled with -fno-exceptions -fno-rtti, and any request for memory ends it. A
// guard over one pool needs neither: the answer of a call is a value, and a refusal keeps its words
// in itself. What happens on a refusal is chosen where the guard is made, and is part of its type.
#include <shearpin/core.hpp>
#include <shearpin/terminating.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <span>

using namespace shearpin::literals;

namespace {
bool no_more_memory = false;
}

void* operator new(std::size_t size) {
    if (no_more_memory) {
        std::fputs("somebody asked for memory\n", stderr);
        std::abort();
    }
    void* const given = std::malloc(size);
    if (given == nullptr) std::abort();
    return given;
}
void operator delete(void* given) noexcept { std::free(given); }
void operator delete(void* given, std::size_t) noexcept { std::free(given); }

namespace {

constexpr auto sector_policy = shearpin::policy{
    shearpin::max_batch(4),
    shearpin::min_remaining(25_pct),  // wear levelling needs as many to spare
};

unsigned in_use = 64;
void erase_sectors(std::span<const unsigned> sectors) {
    in_use -= static_cast<unsigned>(sectors.size());
    std::printf("erased %zu, %u are in use\n", sectors.size(), in_use);
}
shearpin::pool flash() { return {.size = 64, .available = in_use}; }

}  // namespace

int main() {
    no_more_memory = true;

    // As a value.
    auto erase = shearpin::guard<sector_policy>(erase_sectors, flash);
    const std::array<unsigned, 3> three{1, 2, 3};
    const unsigned some[] = {4, 5, 6, 7, 8};
    if (const auto done = erase.try_call(three); !done) return 1;
    if (const auto done = erase.try_call(std::span<const unsigned>(some)); !done) {
        const shearpin::refusal& why = done.error();
        std::puts(why.message().c_str());
        // For a machine: a code and numbers, without the words.
        for (const shearpin::violation& each : why.violations())
            std::printf("rule %s limit %ju asked %ju\n", each.rule().data(), each.limit(),
                        each.requested());
    }

    // By a function of yours, whose result is the call's.
    auto erase_or_tell = shearpin::guard<sector_policy>(
                             [](std::span<const unsigned> sectors) {
                                 erase_sectors(sectors);
                                 return true;
                             },
                             flash)
                             .on_refusal([](const shearpin::refusal& why) {
                                 std::printf("refused, %ju may go\n", why.max_removable());
                                 return false;
                             });
    if (!erase_or_tell(std::span<const unsigned>(some))) std::puts("(and the program goes on)");

    // By the end of the program: .or_terminate() prints the refusal and aborts.
    auto erase_or_die = shearpin::guard<sector_policy>(erase_sectors, flash).or_terminate();
    erase_or_die(three);

    // A batch whose size the compiler knows is judged by the compiler: erase.try_call(some) has
    // five, four is the most, and it does not compile. See 17.
}
