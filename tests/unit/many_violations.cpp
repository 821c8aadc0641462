// SPDX-License-Identifier: BSL-1.0
// The part of a list of violations that asks for memory.
#include <shearpin/detail/many_violations.hpp>

#include <shearpin/rules/max_batch.hpp>

#include "support.hpp"

#include <initializer_list>

#include <doctest/doctest.h>

#include <sys/resource.h>

using shearpin::count;
using shearpin::violation;
using shearpin::violations_list;

namespace {

violation numbered(count number) {
    return support::broken(shearpin::max_batch(5), shearpin::pool{10, 10}, number);
}

/// 1, 2, 3, ... `number`, asked for in this order.
violations_list list_of(count number) {
    violations_list list;
    for (count each = 1; each <= number; ++each) list.add_any(numbered(each));
    return list;
}

bool in_order(const violations_list& list, count number) {
    count expected = 0;
    for (const violation& each : list)
        if (each.requested() != ++expected || each.stated() != "max_batch(5)") return false;
    return list.size() == number && expected == number && list.left_out() == 0;
}

}  // namespace

TEST_CASE("many violations: all are kept, however many") {
    for (const count number :
         std::initializer_list<count>{0, 1, 7, 8, 9, 15, 16, 17, 32, 33, 100, 1000}) {
        CAPTURE(number);
        CHECK(in_order(list_of(number), number));
    }
}

TEST_CASE("many violations: what add_any returns is the one that is kept") {
    violations_list list = list_of(8);
    list.add_any(numbered(9)).in_pool("index");
    list.add_any(numbered(10)).in_pool("placement");
    CHECK(list[8].pool() == "index");
    CHECK(list[9].pool() == "placement");
    CHECK(list[7].pool().empty());
}

TEST_CASE("many violations: one of the list itself can be added to it") {
    violations_list list = list_of(8);
    list.add_any(list[0]);
    CHECK(list[8].requested() == 1);
    list = list_of(16);
    list.add_any(list[15]);  // the memory that it is in is given back
    CHECK(list.size() == 17);
    CHECK(list[16].requested() == 16);
}

TEST_CASE("many violations: copies own what they hold, with memory and without") {
    for (const count from : std::initializer_list<count>{0, 3, 8, 9, 20})
        for (const count to : std::initializer_list<count>{0, 3, 8, 9, 20}) {
            CAPTURE(from);
            CAPTURE(to);
            violations_list list = list_of(to);
            {
                const violations_list source = list_of(from);
                list = source;
                const violations_list copy(source);
                CHECK(in_order(copy, from));
            }
            CHECK(in_order(list, from));
            const auto& same = list;
            list = same;
            CHECK(in_order(list, from));
            // A copy goes on where the first stopped.
            list.add_any(numbered(from + 1));
            list.add_any(numbered(from + 2));
            CHECK(in_order(list, from + 2));
        }
}

TEST_CASE("many violations: add does not ask for memory, but uses what is there") {
    violations_list list = list_of(9);
    for (count each = 10; each <= 16; ++each) list.add(numbered(each));
    CHECK(in_order(list, 16));
    list.add(numbered(17));
    CHECK(list.size() == 16);
    CHECK(list.left_out() == 1);
}

// The sanitizers do not hand out a null pointer where memory ends; they end the program.
#if defined(__SANITIZE_ADDRESS__)
#define MEMORY_ENDS_THE_PROGRAM
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MEMORY_ENDS_THE_PROGRAM
#endif
#endif
#if !defined(MEMORY_ENDS_THE_PROGRAM)
TEST_CASE("many violations: where memory ends, the rest is counted as left out") {
    const int answer = support::in_a_child([] {
        const rlimit little{std::size_t{64} << 20, std::size_t{64} << 20};
        if (::setrlimit(RLIMIT_AS, &little) != 0) return 1;
        violations_list list;
        const count number = 2 * little.rlim_cur / sizeof(violation);
        for (count each = 1; each <= number; ++each) list.add_any(numbered(each));
        if (list.size() + list.left_out() != number || list.left_out() == 0) return 2;
        if (list.size() < violations_list::inline_room) return 3;
        for (std::size_t at = 0; at != list.size(); ++at)
            if (list[at].requested() != at + 1) return 4;
        // There is no room for a copy of it either, which tells so in the same way.
        const violations_list copy = list;
        if (copy.size() + copy.left_out() != number || copy.size() == 0) return 5;
        return 0;
    });
    CHECK(answer == 0);
}
#endif
