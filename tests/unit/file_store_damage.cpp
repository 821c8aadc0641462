// SPDX-License-Identifier: BSL-1.0
// A file that was changed from outside, in any of its bytes or its length: a refusal that leaves it
// as it is, or a document that forgets nothing that was acted on.
#include <shearpin/file_store.hpp>

#include <doctest/doctest.h>

#include "changed_file.hpp"

namespace {

using simulated::file_after;
using simulated::kept;
using simulated::look_at;
using simulated::slot_0;
using simulated::slot_1;
using simulated::verdict;

}  // namespace

TEST_CASE("every byte is changed to something else") {
    for (const char* operations : {"", "S", "SS", "Ss", "SSs", "SsSsS", "SB"}) {
        const kept whole = file_after(operations);
        REQUIRE(look_at(whole.file, whole.documents).wrong == "");
        long refused = 0, changed = 0;
        std::string wrong;
        for (const auto& [number, page] : whole.file.pages) {
            for (std::size_t byte = 0; byte != simulated::page_size; ++byte) {
                const char was = page.seen[byte];
                // Behind what is written a change cannot matter; one value is enough there.
                const bool is_live = byte < 512 || was != '\0';
                for (const int mask : {0x01, 0x80, 0xff, 0x10, 0x5a}) {
                    if (!is_live && mask != 0xff) continue;
                    simulated::file damaged = whole.file;
                    damaged.pages[number].seen[byte] = static_cast<char>(was ^ mask);
                    const verdict told = look_at(damaged, whole.documents);
                    ++changed;
                    refused += told.is_refused;
                    if (wrong.empty() && !told.wrong.empty())
                        wrong = told.wrong + " at " + std::to_string(number) + ":" +
                                std::to_string(byte);
                }
            }
        }
        CAPTURE(operations);
        CHECK(wrong == "");
        CHECK(changed > 5'000);
        // At least the file's own header cannot be changed in any byte.
        CHECK(refused >= 64 * 5);
    }
}

TEST_CASE("a change of the newest document that was acted on is always seen") {
    const kept whole = file_after("SS");  // the second one is in slot 0
    for (std::size_t byte = 2 * 64; byte != 3 * 64 + whole.documents.documents[2].bytes.size();
         ++byte) {
        for (int mask = 1; mask != 256; ++mask) {
            simulated::file damaged = whole.file;
            char& changed = damaged.pages[slot_0 / 4096].seen[byte];
            changed = static_cast<char>(changed ^ mask);
            const verdict told = look_at(damaged, whole.documents);
            REQUIRE(told.is_refused);
            REQUIRE(told.why ==
                    "ledger file /ledger is damaged: its newest document is lost. It was left as "
                    "it is. Find out what was removed lately before you create it anew: a new "
                    "ledger has forgotten it.");
        }
    }
}

TEST_CASE("cut off at any length, or longer than it was") {
    const kept whole = file_after("SBs");
    std::string wrong;
    long refused = 0, tried = 0;
    const auto try_length = [&](std::uint64_t length) {
        simulated::file cut = whole.file;
        cut.size = length;
        for (auto& [number, page] : cut.pages)
            for (std::size_t byte = 0; byte != simulated::page_size; ++byte)
                if (number * simulated::page_size + byte >= length) page.seen[byte] = '\0';
        const verdict told = look_at(cut, whole.documents);
        ++tried;
        refused += told.is_refused;
        if (!told.wrong.empty()) wrong = told.wrong + " at " + std::to_string(length);
        return told.why;
    };
    for (std::uint64_t length = 0; length < 8192; length += length < 600 ? 1 : 97)
        try_length(length);
    for (const std::uint64_t length :
         {std::uint64_t{slot_1 - 1}, std::uint64_t{slot_1}, std::uint64_t{slot_1 + 100},
          shearpin::detail::ledger_file_size - 1, shearpin::detail::ledger_file_size + 1})
        try_length(length);
    CHECK(wrong == "");
    CHECK(refused == tried);
    CHECK(try_length(0) ==
          "ledger file /ledger holds nothing: its creation goes on right now or "
          "was cut short, or it was emptied. If nobody is creating it, find out "
          "what was removed lately, and create it anew.");
    CHECK(try_length(13) ==
          "ledger file /ledger is not a ledger of Shearpin, or is cut off. It "
          "was left as it is. Is this the right path?");
    CHECK(try_length(5000) ==
          "ledger file /ledger is cut off, or longer than it was made. It was "
          "left as it is. Find out what was removed lately before you create "
          "it anew: a new ledger has forgotten it.");
}
