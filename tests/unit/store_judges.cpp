// SPDX-License-Identifier: BSL-1.0
// The judges of histories, on histories that are written by hand.
#include "store_judges_testing.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace store_judges_testing;

TEST_CASE("a chain of stores and loads is sound") {
    CHECK(judged("> 1 1 10 load 0 0\n< 1 1 20 done 5 500\n> 1 2 30 store 5 600\n"
                 "< 1 2 40 done 6 600\n> 2 1 35 load 0 0\n< 2 1 36 done 5 500\n"
                 "> 2 2 50 store 5 700\n< 2 2 60 conflict 6 700\n") == "");
}

TEST_CASE("an unknown store that was stored, late, is sound; one that is seen earlier is not") {
    const std::string lost = "> 1 1 10 store 5 600\n< 1 1 20 unknown 0 600\n";
    CHECK(judged(lost + "> 2 1 5 load 0 0\n< 2 1 8 done 5 1\n"
                        "> 2 2 70 load 0 0\n< 2 2 80 done 6 600\n") == "");
    CHECK(judged(lost + "> 2 1 5 load 0 0\n< 2 1 8 done 5 1\n"
                        "> 2 2 6 load 0 0\n< 2 2 9 done 6 600\n") ==
          "version 6 was seen before it was stored;");
}

TEST_CASE("a store of a killed process may have been stored, and its last line may be cut off") {
    CHECK(judged("> 2 1 5 load 0 0\n< 2 1 8 done 5 1\n> 1 1 10 store 5 600\n"
                 "> 2 2 70 load 0 0\n< 2 2 80 done 6 600\n> 3 1 9") == "");
}

TEST_CASE("what is not linearizable is convicted") {
    const std::string start = "> 1 1 10 load 0 0\n< 1 1 20 done 5 500\n";
    CHECK(judged(start + "> 2 1 30 store 5 600\n< 2 1 40 done 6 600\n"
                         "> 3 1 30 store 5 700\n< 3 1 40 done 7 700\n") ==
          "version 7 was stored on top of version 5, and so lost version 6;");
    CHECK(judged(start + "> 2 1 30 store 5 600\n< 2 1 40 done 6 600\n"
                         "> 3 1 50 load 0 0\n< 3 1 60 done 5 500\n") ==
          "a load saw version 5 after version 6 had been seen;");
    CHECK(judged(start + "> 3 1 50 load 0 0\n< 3 1 60 done 6 600\n") ==
          "version 6 was stored by nobody;");
    CHECK(judged(start + "> 2 1 30 store 5 600\n< 2 1 40 failed 0 600\n"
                         "> 3 1 50 load 0 0\n< 3 1 60 done 6 600\n") ==
          "version 6 was stored by a call that answered failed;");
    const std::string twice = judged(start + "> 2 1 30 store 5 600\n< 2 1 40 done 5 600\n");
    CHECK(twice.find("version 5 was seen with two contents") == 0);
    CHECK(twice.find("version 5 was given to a store on top of version 5") != std::string::npos);
    CHECK(judged(start + "> 2 1 30 store 5 600\n< 2 1 40 conflict 0 600\n") ==
          "a store on top of version 5 answered conflict, and nobody had replaced that;");
}

TEST_CASE("what nobody saw before it was replaced needs nobody who stored it") {
    CHECK(judged("> 1 1 10 store 5 600\n< 1 1 20 done 6 600\n") == "");
}

TEST_CASE("what was replaced was there, whoever stored it and did not know") {
    CHECK(judged("> 1 1 10 load 0 0\n< 1 1 20 done 4 400\n> 1 2 30 store 4 500\n"
                 "< 1 2 40 unknown 0 500\n> 2 1 50 store 5 600\n< 2 1 60 done 6 600\n") == "");
}

TEST_CASE("calls that all begin at the same time are judged by when they ended") {
    std::string lines = "> 1 0 5 load 0 0\n< 1 0 8 done 5 1\n";
    for (int number = 1; number != 200; ++number) {
        const std::string name = "1 " + std::to_string(number);
        lines += "> " + name + " 10 load 0 0\n< " + name + " 20 done 5 1\n";
    }
    CHECK(judged(lines) == "");
    CHECK(judged(lines + "> 2 1 30 load 0 0\n< 2 1 40 done 4 1\n") ==
          "version 5 was stored by nobody;a load saw version 4 after version 5 had been seen;");
}

TEST_CASE("one store has stored one version, whatever else has the same bytes") {
    const std::string start = "> 1 1 5 load 0 0\n< 1 1 8 done 5 1\n";
    const std::string seen =
        "> 2 1 50 load 0 0\n< 2 1 60 done 6 600\n> 2 2 70 load 0 0\n< 2 2 80 done 7 600\n";
    for (const std::string how : {"done 6", "unknown 0"})
        CHECK(judged(start + "> 1 2 10 store 5 600\n< 1 2 20 " + how + " 600\n" + seen) ==
              "version 7 was stored by nobody;");
}

TEST_CASE("a conflict that was stored all the same is a lie") {
    CHECK(judged("> 1 1 5 load 0 0\n< 1 1 8 done 5 1\n> 1 2 10 store 5 600\n"
                 "< 1 2 20 conflict 0 600\n> 2 1 50 load 0 0\n< 2 1 60 done 6 600\n") ==
          "version 6 was stored by a call that answered conflict;");
}

TEST_CASE("what somebody of whom nothing is known has replaced may be a conflict at any time") {
    CHECK(judged("> 1 1 0 load 0 0\n< 1 1 0 done 5 500\n> 1 2 0 store 5 600\n"
                 "< 1 2 0 conflict 0 600\n> 2 1 50 load 0 0\n< 2 1 60 done 6 700\n") ==
          "version 6 was stored by nobody;");
}

TEST_CASE("an answer before its question, by a clock that went back, is judged by what it says") {
    CHECK(judged("> 1 1 50 load 0 0\n< 1 1 40 done 5 500\n") == "");
    CHECK(judged("> 1 1 5 load 0 0\n< 1 1 8 done 5 500\n> 1 2 10 store 5 600\n"
                 "< 1 2 20 done 6 600\n> 1 3 50 load 0 0\n< 1 3 40 done 5 500\n") ==
          "a load saw version 5 after version 6 had been seen;");
}

TEST_CASE("a budget that is kept") {
    CHECK(weighed(removal(1, 10, "a", 20) + removal(2, 12, "b", 22) + removal(3, 14, "c", 24) +
                  removal(4, 126, "d", 130)) == "");
    // What was refused, or of which nobody knows, was not removed.
    CHECK(weighed(removal(1, 10, "a") + removal(2, 12, "b") + removal(3, 14, "c") +
                  "? 1 4 20 1\n- 1 4 21\n? 1 5 30 1\n") == "");
}

TEST_CASE("a budget that is overdrawn") {
    CHECK(weighed(removal(1, 10, "a", 20) + removal(2, 12, "b", 22) + removal(3, 14, "c", 24) +
                  removal(4, 110, "d", 130)) == "removal d was admitted as the 4. of 3;");
    // What was never settled counts for ever, until a person has resolved it.
    const std::string open = removal(1, 10, "a") + removal(2, 12, "b") + removal(3, 14, "c");
    CHECK(weighed(open + removal(4, 9000, "d")) == "removal d was admitted as the 4. of 3;");
    CHECK(weighed(open + "r a 500\n" + removal(4, 9000, "d")) == "");
    CHECK(weighed(open + "r a 8950\n" + removal(4, 9000, "d")) ==
          "removal d was admitted as the 4. of 3;");
    // All at the same time, so that nobody can say who was first.
    const std::string together = "? 1 1 10 2\n? 1 2 11 2\n+ 1 1 20 a\n+ 1 2 21 b\n";
    CHECK(weighed(together) == "in all 4 were admitted of 3;");
    CHECK(weighed(together + "s 1 1 30\nS 1 1 31\n") == "in all 4 were admitted of 3;");
}

TEST_CASE("what is over for more than a minute counts no more, and what is not does") {
    constexpr long later = 70'000'000'000;
    const std::string one_is_over =
        removal(1, 10, "a", 20) + removal(2, 12, "b") + removal(3, 14, "c");
    CHECK(weighed(one_is_over + removal(4, later, "d")) == "");
    CHECK(weighed(one_is_over + removal(4, later, "d") + removal(5, later + 5, "e")) ==
          "removal e was admitted as the 4. of 3;");
}

TEST_CASE("what was resolved and is none of those removals changes nothing") {
    const std::string open = removal(1, 10, "a") + removal(2, 12, "b") + removal(3, 14, "c");
    CHECK(weighed(open + "r another 500\n" + removal(4, 9000, "d")) ==
          "removal d was admitted as the 4. of 3;");
}

TEST_CASE("what the ledger has lost") {
    const std::string one = removal(1, 10, "a", 20);
    CHECK(weighed(one + "a 7 30\ne 7 a 1\nA 7 31\n") == "");
    CHECK(weighed(one + "a 7 30\nA 7 31\n") == "removal a was lost: the ledger does not list it;");
    CHECK(weighed(one + "a 7 30\ne 7 a 2\nA 7 31\n") == "removal a took 1, and the ledger says 2;");
    CHECK(weighed(one + "a 7 30\n") == "");            // not listed to the end
    CHECK(weighed(one + "a 7 125\nA 7 126\n") == "");  // forgotten, as it may be
    CHECK(weighed("a 7 1\nA 7 2\n" + one) == "");
}

TEST_CASE("what is no history is not read as an empty one") {
    CHECK_THROWS(read("hello\n"));
    CHECK_THROWS(read("< 1 1 20 done 5 500\n"));
    CHECK_THROWS(read("> 1 x 20 load 0 0\n"));
}

TEST_CASE("a conflict is explained by a document of which only is known that it was replaced") {
    // Nobody in the history stored version 5 or saw it; somebody stored on top of it.
    CHECK(judged("> 1 1 0 load 0 0\n< 1 1 0 done 4 400\n> 1 2 0 store 4 500\n"
                 "< 1 2 0 conflict 5 500\n> 2 1 10 store 5 600\n< 2 1 11 done 6 600\n") == "");
}

TEST_CASE("a conflict is believed where the history cannot tell who was faster") {
    const std::string seen = "> 1 1 0 load 0 0\n< 1 1 2 done 5 500\n";
    const std::string conflict = "> 2 1 30 store 5 600\n< 2 1 40 conflict 0 600\n";
    CHECK(judged(seen + conflict) ==
          "a store on top of version 5 answered conflict, and nobody had replaced that;");
    // Nobody has seen what it was to be stored on.
    CHECK(judged("> 1 1 0 load 0 0\n< 1 1 2 done 4 400\n" + conflict) == "");
    // Somebody does not know whether he has replaced it, or was killed before he could say.
    const std::string perhaps = "> 3 1 10 store 5 700\n";
    CHECK(judged(seen + perhaps + "< 3 1 20 unknown 0 700\n" + conflict) == "");
    CHECK(judged(seen + perhaps + conflict) == "");
}
