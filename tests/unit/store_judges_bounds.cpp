// SPDX-License-Identifier: BSL-1.0
// The judges of histories at the bounds of what they know for certain: what happened at the same
// time, in another order than it was written down, or by nobody who is known.
#include "store_judges_testing.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace store_judges_testing;

namespace {

/// Version 5 is there, and somebody has seen it.
const std::string start = "> 1 1 10 load 0 0\n< 1 1 20 done 5 500\n";
/// Somebody sees version 6.
const std::string six = "> 9 1 80 load 0 0\n< 9 1 90 done 6 600\n";

}  // namespace

// --- Of a store ---

TEST_CASE("a judge says no more than it is asked for, and twenty lines where nobody says") {
    std::string stores = start;
    std::string removals;
    for (int number = 1; number != 30; ++number) {
        const std::string name = "2 " + std::to_string(number);
        stores += "> " + name + " 30 load 0 0\n< " + name + " 40 done 4 1\n";
        removals += removal(number, 10 * number, "a" + std::to_string(number));
    }
    const history of_stores =
        read(start + six + "> 9 2 99 load 0 0\n< 9 2 100 done 4 1\n" + stores);
    const history of_removals = read(removals);
    CHECK(store_judge::judge(of_stores.operations).size() == 20);
    CHECK(store_judge::judge(of_stores.operations, 2).size() == 2);
    CHECK(budget_judge::judge(of_removals, {3, 100}).size() == 20);
    CHECK(budget_judge::judge(of_removals, {3, 100}, 2).size() == 2);
}

TEST_CASE("two stores that were given one version, of the same bytes") {
    CHECK(judged(start + "> 2 1 30 store 5 600\n< 2 1 40 done 6 600\n"
                         "> 3 1 30 store 5 600\n< 3 1 40 done 6 600\n") ==
          "version 6 was given to two stores;");
}

TEST_CASE("what a store expected that did not store was not there for that") {
    CHECK(judged(start + "> 2 1 30 store 7 1\n< 2 1 40 failed 0 1\n"
                         "> 1 2 50 store 5 600\n< 1 2 60 done 8 600\n") == "");
}

TEST_CASE("of two unknown stores of the same bytes each has stored one version") {
    const std::string both =
        "> 2 1 30 store 5 600\n< 2 1 40 unknown 0 600\n"
        "> 3 1 30 store 5 600\n< 3 1 40 unknown 0 600\n";
    CHECK(judged(start + both + six) == "");
    CHECK(judged(start + both + six + "> 9 2 91 load 0 0\n< 9 2 92 done 7 600\n") ==
          "version 7 was stored on top of version 5, and so lost version 6;");
}

TEST_CASE("who stored a version wanted to store its bytes, and on top of an older one") {
    // A load stores nothing, whatever it has failed to read.
    CHECK(judged(start + "> 2 1 30 load 0 0\n< 2 1 40 failed 0 600\n" + six) ==
          "version 6 was stored by nobody;");
    CHECK(judged(start + "> 2 1 30 store 5 700\n< 2 1 40 failed 0 700\n" + six) ==
          "version 6 was stored by nobody;");
    CHECK(judged(start + "> 2 1 30 store 6 600\n< 2 1 40 unknown 0 600\n" + six) ==
          "version 6 was stored by nobody;");
}

TEST_CASE("what is seen in the moment when it is stored is sound") {
    CHECK(judged(start + "> 3 1 40 store 5 600\n< 3 1 50 unknown 0 600\n"
                         "> 2 1 30 load 0 0\n< 2 1 40 done 6 600\n") == "");
    CHECK(judged(start + "> 3 1 41 store 5 600\n< 3 1 50 unknown 0 600\n"
                         "> 2 1 30 load 0 0\n< 2 1 40 done 6 600\n") ==
          "version 6 was seen before it was stored;");
}

TEST_CASE("nobody has seen the version that a conflict tells") {
    CHECK(judged(start +
                 "> 2 1 30 store 5 600\n< 2 1 40 done 6 600\n"
                 "> 3 1 30 store 5 700\n< 3 1 45 conflict 9 700\n" +
                 six) == "");
}

TEST_CASE("calls are judged in the order of their times, in whatever order they were written") {
    const std::string store = "> 2 1 12 store 5 600\n< 2 1 40 done 6 600\n";
    const std::string slow = "> 3 1 11 load 0 0\n< 3 1 95 done 5 500\n";
    // The line of the slow call's end stands before that of one that ended sooner.
    CHECK(judged(slow + store + "> 4 1 50 load 0 0\n< 4 1 60 done 5 500\n") ==
          "a load saw version 5 after version 6 had been seen;");
    // And what began late before what began early.
    CHECK(judged(six + store + start) == "");
}

TEST_CASE("who begins in the moment when a version is seen may see the one before") {
    const std::string store = start + "> 2 1 30 store 5 600\n< 2 1 40 done 6 600\n";
    CHECK(judged(store + "> 3 1 40 load 0 0\n< 3 1 50 done 5 500\n") == "");
    CHECK(judged(store + "> 3 1 41 load 0 0\n< 3 1 50 done 5 500\n") ==
          "a load saw version 5 after version 6 had been seen;");
}

TEST_CASE("a document may have version 0") {
    CHECK(judged("> 1 1 10 load 0 0\n< 1 1 20 done 0 1\n") == "");
}

TEST_CASE("a store on top of what was replaced before it began is told so") {
    CHECK(judged(start + "> 2 1 30 store 5 600\n< 2 1 40 done 6 600\n"
                         "> 3 1 50 store 5 700\n< 3 1 60 done 7 700\n") ==
          "version 7 was stored on top of version 5, and so lost version 6;"
          "a store on top of version 5 after version 6 had been seen;");
}

// --- Of conflicts ---

TEST_CASE("a conflict is excused by a store of which nobody knows, unless that came later") {
    const std::string unknown = "> 4 1 12 store 5 900\n< 4 1 14 unknown 0 900\n";
    const std::string conflict = "> 3 1 30 store 5 700\n< 3 1 40 conflict 0 700\n";
    const std::string wrong =
        "a store on top of version 5 answered conflict, and nobody had replaced that;";
    CHECK(judged(unknown + start + conflict) == "");
    CHECK(judged(start + conflict) == wrong);
    // Of this one it is known what it stored, and that it began too late.
    const std::string late = "> 4 1 60 store 5 600\n< 4 1 70 unknown 0 600\n";
    CHECK(judged(start + conflict + late + six) == wrong);
    for (const std::string begin : {"39", "40", "60"})
        CHECK(judged(start + conflict + "> 4 1 " + begin + " store 5 600\n< 4 1 70 done 6 600\n") ==
              (begin == "39" ? "" : wrong));
    // A load that has not answered replaces nothing.
    CHECK(judged("> 1 1 10 load 0 0\n< 1 1 20 done 0 500\n> 4 1 12 load 0 0\n"
                 "> 3 1 30 store 0 700\n< 3 1 40 conflict 0 700\n") ==
          "a store on top of version 0 answered conflict, and nobody had replaced that;");
}

TEST_CASE("who only failed was in nobody's way, and needs nobody who was faster") {
    CHECK(judged(start + "> 3 1 30 store 5 700\n< 3 1 40 failed 0 700\n") == "");
}

TEST_CASE("of a version that nobody has seen it is not known whether it was replaced") {
    CHECK(judged("> 3 1 30 store 9 700\n< 3 1 40 conflict 0 700\n") == "");
    CHECK(judged(start + "> 3 1 30 store 5 700\n< 3 1 40 conflict 0 700\n" + six) ==
          "version 6 was stored by nobody;");
}

// --- Of a budget ---

TEST_CASE("a budget of which nobody has said anything lets nothing go") {
    CHECK(joined(budget_judge::judge(read(removal(1, 10, "a")), budget{})) ==
          "removal a was admitted as the 1. of 0;");
    CHECK(budget{}.window == 0);
}

TEST_CASE("what was refused is not missed on the ledger") {
    CHECK(weighed("? 1 1 10 1\n- 1 1 11\na 7 30\nA 7 31\n") == "");
}

TEST_CASE("what is admitted in the moment when somebody looks need not have been there") {
    const std::string one = "? 1 1 10 1\n+ 1 1 30 a\n";
    CHECK(weighed(one + "a 7 30\nA 7 40\n") == "");
    CHECK(weighed(one + "a 7 31\nA 7 40\n") == "removal a was lost: the ledger does not list it;");
    // Nor may a list be judged that was not read to its end, however long ago that was.
    CHECK(weighed(one + "a 7 31\n") == "");
}

TEST_CASE("what is over counts until the window is over") {
    const std::string one = removal(1, 10, "a", 20);
    CHECK(weighed(one + "a 7 30\nA 7 120\n") == "");
    CHECK(weighed(one + "a 7 30\nA 7 119\n") == "removal a was lost: the ledger does not list it;");
    const std::string three = one + removal(2, 12, "b", 20) + removal(3, 14, "c", 20);
    CHECK(weighed(three + "? 1 4 90 1\n+ 1 4 120 d\n") == "");
    CHECK(weighed(three + "? 1 4 90 1\n+ 1 4 119 d\n") == "removal d was admitted as the 4. of 3;");
}

TEST_CASE("a call that took long may have decided when it began") {
    // Those of before have aged when it ends, and those that are sooner done have not.
    const std::string three =
        removal(1, 10, "a", 20) + removal(2, 12, "b", 20) + removal(3, 14, "c", 20);
    constexpr long hours = 10'000'000'000'000;
    CHECK(weighed(three + "? 1 4 30 1\n+ 1 4 " + std::to_string(hours) + " d\n") == "");
    CHECK(weighed("? 1 4 30 1\n+ 1 4 " + std::to_string(hours) + " d\n" + three +
                  removal(5, 100, "e")) == "removal e was admitted as the 4. of 3;");
}

TEST_CASE("removals are weighed in the order in which they were admitted") {
    CHECK(weighed(removal(4, 110, "d", 130) + removal(1, 10, "a", 20) + removal(2, 12, "b", 22) +
                  removal(3, 14, "c", 24)) == "removal d was admitted as the 4. of 3;");
    std::string at_once;
    for (int number = 1; number != 200; ++number)
        at_once += removal(number, 10, "a" + std::to_string(number));
    CHECK(joined(budget_judge::judge(read(at_once), {199, 100})) == "");
    CHECK(joined(budget_judge::judge(read(at_once), {198, 100})) ==
          "in all 199 were admitted of 198;");
}

TEST_CASE("it does not matter who was first where nothing has aged") {
    const std::string both = "? 1 1 1010 2\n? 1 2 1011 2\n+ 1 1 1020 a\n";
    CHECK(weighed(both + "+ 1 2 1021 b\n") == "in all 4 were admitted of 3;");
    const std::string settled = both + "s 1 1 1030\nS 1 1 1031\n";
    CHECK(weighed(settled + "+ 1 2 1129 b\n") == "in all 4 were admitted of 3;");
    CHECK(weighed(settled + "+ 1 2 1130 b\n") == "");
}

// --- Of what is read ---

TEST_CASE("what is no line of a history is named") {
    CHECK_THROWS_WITH(read("a 7 30\nhello\n"), "not a line of a history: hello");
    CHECK_THROWS_WITH(read("? 1 1 5 1\nx 1 1 10\n"), "not a line of a history: x 1 1 10");
    CHECK_THROWS_WITH(read("\n"), "not a line of a history: ");
}
