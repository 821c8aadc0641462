// SPDX-License-Identifier: BSL-1.0
// A ledger file that was changed from outside, and what a store makes of it.
#pragma once

#include <shearpin/file_store.hpp>

#include <doctest/doctest.h>

#include <string>

#include "crash_sweep.hpp"

namespace simulated {

using store_of_it = shearpin::basic_file_store<system>;

struct kept {
    simulated::file file;
    record documents;
};

/// A file after these operations, with every bit of it on the disk.
inline kept file_after(const std::string& operations) {
    disk world;
    system::reset(world);
    crash_sweep<store_of_it> run;
    kept made;
    store_of_it one = store_of_it::create(ledger_path);
    for (const char operation : operations) run.perform(one, made.documents, operation);
    CHECK(run.violation == "");
    made.file = world.files[ledger_path];
    made.file.sync();
    return made;
}

struct verdict {
    bool is_refused = false;
    std::string wrong, why;
};

inline verdict look_at(const file& changed, const record& documents) {
    disk world;
    world.files[ledger_path] = changed;
    system::reset(world);
    store_of_it one = store_of_it::open(ledger_path);
    const shearpin::loaded found = one.load();
    verdict told;
    told.why = found.why.c_str();
    if (found.readable) {
        std::size_t which = 0;
        told.wrong = documents.judge(found, which);
        return told;
    }
    told.is_refused = true;
    for (std::uint64_t version = 0; version != 8; ++version)
        if (one.store("over it", version).what != shearpin::stored::outcome::failed)
            told.wrong = "a file that was refused could be written";
    if (told.why.find("ledger file /ledger ") != 0) told.wrong = "the refusal names no file";
    if (told.why.size() > 250) told.wrong = "the refusal is cut off";
    const auto& left = world.files[ledger_path];
    for (const auto& [number, page] : left.pages)
        if (changed.pages.count(number) == 0 || changed.pages.at(number).seen != page.seen)
            told.wrong = "a file that was refused was written to";
    return told;
}

constexpr std::size_t slot_0 = 4096;
constexpr std::size_t slot_1 = slot_0 + shearpin::detail::slot_size;

}  // namespace simulated
