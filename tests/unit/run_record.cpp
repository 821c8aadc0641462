// SPDX-License-Identifier: BSL-1.0
// What a ledger says of a run, letter by letter: a run that one program has begun, a later one has
// to find.
#include <shearpin/detail/hex.hpp>
#include <shearpin/detail/run_record.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using shearpin::text_view;
using shearpin::detail::fingerprint_maker;
using shearpin::detail::noted_wave;
using shearpin::detail::read_wave;
using shearpin::detail::run_name;

bool is_wave(const std::string& reason) {
    noted_wave wave;
    return read_wave(reason, wave);
}

}  // namespace

TEST_CASE("fingerprints are FNV-1a of 64 bits, of lengths, letters and numbers") {
    CHECK(shearpin::detail::fnv1a("") == 0xcbf2'9ce4'8422'2325);  // the vectors of its authors
    CHECK(shearpin::detail::fnv1a("a") == 0xaf63'dc4c'8601'ec8c);
    CHECK(shearpin::detail::fnv1a("foobar") == 0x8594'4171'f739'67e8);
    // Computed by other means: each number, as which a length goes, is eight bytes, the least
    // first.
    CHECK(fingerprint_maker().value() == 0xcbf2'9ce4'8422'2325);
    CHECK(fingerprint_maker().add("rows").value() == 0xb964'47e4'87f3'8f64);
    CHECK(fingerprint_maker().add(shearpin::count{300}).value() == 0x8007'b7aa'a41a'4b4e);
    CHECK(fingerprint_maker().add("a").add("bc").value() == 0xba1e'1f0e'0704'd8ea);
    CHECK(fingerprint_maker().add("a").add("bc").value() !=
          fingerprint_maker().add("ab").add("c").value());
    CHECK(shearpin::detail::run_of(300, "rows") == 0xfe3d'1654'fe72'a59f);
    fingerprint_maker of_number, of_text;
    add_name(of_number, 7);
    add_name(of_text, std::string("7"));
    CHECK(of_number.value() == 0x529a'1bdc'8ff5'16c9);
    CHECK(of_text.value() == 0x529a'1bdc'8ff5'16c9);
}

TEST_CASE("sixteen characters are digits of a hexadecimal number, and no other character is") {
    const std::string digits = "0123456789abcdef";  // as they are written: capitals are none
    for (int each = 0; each != 256; ++each) {
        const char letter = static_cast<char>(each);
        const std::size_t found = digits.find(letter);
        const int expected = found == std::string::npos ? -1 : static_cast<int>(found);
        CAPTURE(each);
        CHECK(shearpin::detail::value_of_hex(letter) == expected);
    }
}

TEST_CASE("a number is sixteen hexadecimal digits, also as a constant") {
    using shearpin::detail::spell_hex;
    static_assert(text_view(spell_hex(0x0123'4567'89ab'cdef)) == "0123456789abcdef");
    static_assert(text_view(spell_hex(0xfedc'ba98'7654'3210)) == "fedcba9876543210");
    CHECK(spell_hex(0) == "0000000000000000");
    CHECK(spell_hex(~std::uint64_t{0}) == "ffffffffffffffff");
}

TEST_CASE("a run's name is what it removes and when it began") {
    CHECK(run_name{0x0123'4567'89ab'cdef, 0x6924'a1b0}.text() == "0123456789abcdef@6924a1b0");
    CHECK(run_name{0, 0}.text() == "0000000000000000@00000000");
    CHECK(run_name{1, 0xffff'ffff}.text() == "0000000000000001@ffffffff");
    CHECK(run_name{1, 0x1'0000'0000}.text() == "0000000000000001@0000000100000000");
}

TEST_CASE("a wave is written and read: the run, the targets from the first on, what for") {
    using shearpin::detail::wave_reason;
    const std::string run = run_name{0x0123'4567'89ab'cdef, 0x6924'a1b0}.text();
    CHECK(wave_reason(run, 10, 5, "CHG-17") == "run 0123456789abcdef@6924a1b0 11-15: CHG-17");
    CHECK(wave_reason(run, 0, 1, "") == "run 0123456789abcdef@6924a1b0 1-1");
    CHECK(wave_reason("", 10, 5, "CHG-17") == "CHG-17");
    CHECK(wave_reason(run, 10, 5, std::string(200, 'x')).size() == 159);
    noted_wave wave;
    REQUIRE(read_wave(wave_reason(run, 10, 5, "CHG-17"), wave));
    CHECK(wave.run.what == 0x0123'4567'89ab'cdef);
    CHECK(wave.run.began == 0x6924'a1b0);
    CHECK(wave.targets.from == 10);
    CHECK(wave.targets.to == 15);
    REQUIRE(read_wave(wave_reason(run, 0, 1, ""), wave));
    CHECK(wave.targets.from == 0);
    CHECK(wave.targets.to == 1);
    REQUIRE(read_wave("run 1@f 10-18446744073709551615", wave));
    CHECK(wave.run.what == 1);
    CHECK(wave.run.began == 15);
    CHECK(wave.targets.to == 18446744073709551615u);
}

TEST_CASE("a run is its waves, and of a wave of more targets than it has nothing is one") {
    using shearpin::ledger_entry;
    const run_name run{0x17, 0x6924'a1b0};
    const auto entry = [](const std::string& reason) {
        ledger_entry made;
        made.state = shearpin::entry_state::settled;
        made.targets = 2;
        made.reason = reason;
        return made;
    };
    const auto reached = [&](shearpin::count number, const std::vector<ledger_entry>& all) {
        const shearpin::detail::run_entries found(all, run, number);
        CHECK(found.found() == (found.reached() != 0));
        CHECK(found.all().size() == found.reached() / 2);
        return found.reached();
    };
    const std::vector<ledger_entry> two{entry("run " + run.text() + " 1-2"),
                                        entry("run " + run.text() + " 3-4: CHG-17")};
    CHECK(reached(5, two) == 4);
    CHECK(reached(4, two) == 4);
    CHECK(reached(3, two) == 2);
    CHECK(reached(1, two) == 0);
    CHECK(reached(5, {}) == 0);
    CHECK(reached(5, {entry("run " + run_name{0x17, 0x6924'a1b1}.text() + " 1-2"),
                      entry("run " + run_name{0x18, 0x6924'a1b0}.text() + " 1-2"),
                      entry("CHG-17")}) == 0);
}

TEST_CASE(
    "a run is found if its waves are among the youngest 64 that are over, or there are fewer") {
    using shearpin::entry_state;
    using shearpin::ledger_entry;
    const run_name run{0x17, 0x6924'a1b0};
    const auto entry = [](entry_state state, shearpin::count targets, const std::string& reason) {
        ledger_entry made;
        made.state = state;
        made.targets = targets;
        made.reason = reason;
        return made;
    };
    const std::string first = "run " + run.text() + " 1-2";
    const auto found = [&](const std::vector<ledger_entry>& all) {
        return shearpin::detail::run_entries(all, run, 2).found();
    };
    // What came to nothing is no removal: of a wave that did, only all that is over tells.
    std::vector<ledger_entry> all{entry(entry_state::open, 1, ""),
                                  entry(entry_state::resolved, 0, first)};
    for (int other = 0; other != 63; ++other) all.push_back(entry(entry_state::settled, 1, ""));
    CHECK(found(all));
    for (const auto& one_more :
         {entry(entry_state::settled, 0, ""), entry(entry_state::resolved, 1, ""),
          entry(entry_state::unknown, 1, ""), entry(entry_state::settled, 1, "")}) {
        all.push_back(one_more);
        CHECK_FALSE(found(all));
        all.pop_back();
    }
    for (const auto& nothing :
         {entry(entry_state::open, 1, ""), entry(entry_state::resolved, 0, "")}) {
        all.insert(all.begin(), nothing);
        CHECK(found(all));
    }
    // Of one that is over, those behind it.
    all[all.size() - 64] = entry(entry_state::settled, 2, first);
    CHECK(found(all));
    all.push_back(entry(entry_state::settled, 1, ""));
    CHECK_FALSE(found(all));
}

TEST_CASE("of what is in doubt a person is told how it stands, and what to do") {
    using shearpin::entry_state;
    using shearpin::process_life;
    shearpin::ledger_entry entry;
    entry.id = "0f";
    entry.process = "1234@db7/99";
    const auto told = [&](entry_state state, process_life life) {
        entry.state = state;
        entry.life = life;
        return shearpin::detail::doubt_text(entry, {3, 6});
    };
    const std::string resolve = "; ledger entry 0f: find out, and resolve it on the ledger";
    CHECK(told(entry_state::open, process_life::lives) ==
          "targets 4-6: being removed at this moment by process 1234@db7/99" + resolve);
    CHECK(told(entry_state::open, process_life::ended) ==
          "targets 4-6: reserved by process 1234@db7/99, which ended before it was over" + resolve);
    // Of another machine's it cannot be said that it has ended: it may be removing just now.
    CHECK(told(entry_state::open, process_life::not_known) ==
          "targets 4-6: reserved by process 1234@db7/99, of which this machine cannot tell whether "
          "it still runs" +
              resolve);
    for (const auto life : {process_life::lives, process_life::ended}) {
        CHECK(told(entry_state::unknown, life) ==
              "targets 4-6: ended with an exception, so perhaps some are gone" + resolve);
        CHECK(told(entry_state::resolved, life) ==
              "targets 4-6: a person says that some are gone, and not which; ledger entry 0f: say "
              "which, by .is_gone");
    }
}

TEST_CASE("what is no wave is not taken for one") {
    CHECK(is_wave("run 1@f 1-1"));
    for (const char* reason : {"",
                               "run",
                               "run ",
                               "runs 1@f 1-1",
                               " run 1@f 1-1",
                               "Run 1@f 1-1",
                               "run 1",
                               "run 1@",
                               "run 1@f",
                               "run 1@f ",
                               "run 1@f 1",
                               "run 1@f 1-",
                               "run 1@f -1",
                               "run @f 1-1",
                               "run 1@ 1-1",
                               "run 1 f 1-1",
                               "run 1@f  1-1",
                               "run 1@f 1 1",
                               "run g@f 1-1",
                               "run 1@F 1-1",
                               "run 1@f a-b",
                               "run 1@f 1-a",
                               "run 1@f 0-1",
                               "run 1@f 2-1",
                               "1@f 1-1",
                               "CHG-17"}) {
        CAPTURE(reason);
        CHECK_FALSE(is_wave(reason));
    }
    CHECK(is_wave("run 1@f 2-2 and whatever else"));
    // No number is longer than that: what follows is not a hyphen.
    CHECK(is_wave("run 1@f 00000000000000000001-1"));
    CHECK_FALSE(is_wave("run 1@f 000000000000000000001-1"));
}
