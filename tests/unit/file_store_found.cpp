// SPDX-License-Identifier: BSL-1.0
// A file that others have left behind, whole or in the middle of something, and a store that opens
// it anew while one of its calls fails: it forgets nothing, hands out nothing that never was, and
// is well again when the calls are.
#include <shearpin/file_store.hpp>

#include <doctest/doctest.h>

#include "crash_sweep.hpp"

namespace {

using shearpin::stored;
using simulated::fault;
using simulated::ledger_path;
using store = shearpin::basic_file_store<simulated::system>;

struct left_behind {
    simulated::file file;
    simulated::record documents;
};

/// What the disk may hold after a power cut in the last of these operations, `step` bytes apart.
std::vector<left_behind> files_after(const std::string& operations, std::size_t step) {
    std::vector<left_behind> states, files;
    simulated::disk world;
    simulated::system::reset(world);
    simulated::crash_sweep<store> run;
    simulated::record documents;
    {
        store one = store::create(ledger_path);
        for (std::size_t at = 0; at != operations.size(); ++at) {
            if (at + 1 == operations.size())
                world.changed = [&] { states.push_back({world.files[ledger_path], documents}); };
            run.perform(one, documents, operations[at]);
        }
        world.changed = nullptr;
    }
    states.push_back({world.files[ledger_path], documents});
    CHECK(run.violation == "");
    simulated::images_seen seen;
    for (const left_behind& state : states)
        simulated::for_each_image(state.file, step, [&](const simulated::file& image) {
            if (seen.is_new(image, state.documents)) files.push_back({image, state.documents});
        });
    return files;
}

struct counts {
    long struck = 0, refused = 0;
    std::string wrong;
};

/// Opens it, reads it and writes it while the call of this number fails, and then while none does;
/// false where so many calls are not made.
bool try_with(const left_behind& found, const fault& plan, counts& so_far) {
    simulated::disk world;
    world.files[ledger_path] = found.file;
    simulated::system::reset(world);
    simulated::record documents = found.documents;
    const auto complain = [&](const std::string& what) {
        if (so_far.wrong.empty() && !what.empty()) so_far.wrong = what;
    };
    std::size_t which = 0;
    world.planned = plan;
    {
        store one = store::open(ledger_path);
        const shearpin::loaded read = one.load();
        if (read.readable) {
            complain(documents.judge(read, which));
            if (!so_far.wrong.empty()) return false;
            documents.was_read(which);
            documents.add('S', which);
            const stored answer = one.store(documents.documents.back().bytes, read.version);
            if (answer.what == stored::outcome::done)
                documents.acted_on = documents.documents.size() - 1;
            else
                documents.documents.back().failed = answer.what == stored::outcome::failed;
            so_far.refused += answer.what != stored::outcome::done;
        } else {
            complain(read.why.empty() ? "a refusal without a reason" : "");
            ++so_far.refused;
        }
        if (world.calls <= plan.at_call) return false;
        ++so_far.struck;
        world.planned = {};
        const shearpin::loaded again = one.load();
        if (again.readable) complain(documents.judge(again, which));
    }
    store another = store::open(ledger_path);
    const shearpin::loaded last = another.load();
    complain(documents.judge(last, which));
    if (another.store("and on", last.version).what != stored::outcome::done)
        complain("cannot be written when nothing fails any more");
    complain(world.trouble);
    return true;
}

counts try_all(const std::vector<left_behind>& files, fault plan) {
    counts all;
    for (const left_behind& found : files)
        for (plan.at_call = 0; all.wrong.empty() && try_with(found, plan, all); ++plan.at_call) {
        }
    return all;
}

}  // namespace

TEST_CASE("each call fails over each file that a power cut leaves") {
    for (const char* const operations : {"S", "SS", "Ss", "SSs", "Sss", "SB", "SsS", "SbS"}) {
        const auto files = files_after(operations, 2039);
        for (const bool for_ever : {false, true}) {
            const counts all = try_all(files, {fault::kind::error, 0, -EIO, for_ever, false});
            CAPTURE(operations);
            CHECK(all.wrong == "");
            CHECK(all.struck > 20);
            CHECK(all.refused > 10);
        }
    }
}

TEST_CASE("a file ends where it is read, and takes no more where it is written") {
    for (const char* const operations : {"SS", "SSs", "SB"}) {
        // In pieces, and then nothing more: no error is told of either.
        const counts all = try_all(files_after(operations, 2039),
                                   {fault::kind::partly_then_error, 0, 0, false, false});
        CAPTURE(operations);
        CHECK(all.wrong == "");
        CHECK(all.struck > 20);
        CHECK(all.refused > 10);
    }
}

TEST_CASE("a base that is damaged is not relied on: the lazy document over it is synced first") {
    simulated::disk world;
    simulated::system::reset(world);
    {
        store first = store::create(ledger_path);
        REQUIRE(first.store("base", 0).what == stored::outcome::done);
        REQUIRE(first.store_lazily("lazy", 1).what == stored::outcome::done);
    }
    // The base is in slot 1, as each document goes to the other slot than the one before.
    char& in_base = world.files[ledger_path]
                        .pages[shearpin::detail::slot_at(1) / simulated::page_size]
                        .seen[194];
    REQUIRE(in_base == 's');
    in_base = 'c';
    store one = store::open(ledger_path);
    const shearpin::loaded lazy = one.load();
    REQUIRE(lazy.bytes == "lazy");
    const long before = world.syncs;
    REQUIRE(one.store("on it", lazy.version).what == stored::outcome::done);
    CHECK(world.syncs == before + 2);  // the lazy one, and then the new one
    CHECK(store::open(ledger_path).load().bytes == "on it");
}
