// SPDX-License-Identifier: BSL-1.0
// One system call fails, where that is known to matter, and what the store makes of it: a write, a
// sync, the creation. Every call of many fails in file_store_faults.cpp.
#include <shearpin/file_store.hpp>

#include <doctest/doctest.h>

#include "crash_sweep.hpp"

namespace {

using shearpin::stored;
using simulated::fault;
using simulated::ledger_path;

using store = shearpin::basic_file_store<simulated::system>;

simulated::disk new_disk() {
    simulated::disk world;
    simulated::system::reset(world);
    (void)store::create(ledger_path);
    return world;
}

}  // namespace

TEST_CASE("a write that fails may still be whole, as the rest stood there before") {
    simulated::disk world = new_disk();
    simulated::system::reset(world);
    store one = store::open(ledger_path);
    const std::string rest(1000, 'z');
    REQUIRE(one.store("1" + rest, 0).what == stored::outcome::done);
    REQUIRE(one.store("2" + rest, 1).what == stored::outcome::done);
    // The write comes after the lock, the status, the header and two fronts.
    world.planned = {fault::kind::partly_then_error, world.calls + 5, -EIO, false, false};
    const stored answer = one.store("3" + rest, 2);
    CHECK(answer.what == stored::outcome::unknown);
    CHECK(answer.why ==
          "ledger file /ledger cannot be written (input/output error). Is the disk full, or "
          "failing? Look at the kernel's log.");
    CHECK(one.load().bytes == "3" + rest);

    // Where it is not, nothing was replaced.
    world.planned = {fault::kind::partly_then_error, world.calls + 5, -EIO, false, false};
    CHECK(one.store("4" + std::string(1000, 'y'), 3).what == stored::outcome::failed);
    CHECK(one.load().bytes == "3" + rest);
}

TEST_CASE("a sync that fails once is made up for; one that goes on failing is said") {
    simulated::disk world = new_disk();
    simulated::system::reset(world);
    store one = store::open(ledger_path);
    REQUIRE(one.store("first", 0).what == stored::outcome::done);

    struct sync_fault {
        bool for_ever;
        stored::outcome expected;
    };
    for (const auto& [for_ever, expected] :
         {sync_fault{false, stored::outcome::done}, sync_fault{true, stored::outcome::unknown}}) {
        const std::uint64_t version = one.load().version;
        // The sync comes after the lock, the status, the header, two fronts and the write.
        world.planned = {fault::kind::error, world.calls + 6, -EIO, for_ever, false};
        const stored answer = one.store("second", version);
        CHECK(answer.what == expected);
        if (for_ever) {
            CHECK(answer.why ==
                  "ledger file /ledger cannot be written (input/output error). Is "
                  "the disk full, or failing? Look at the kernel's log.");
            // What is in the page cache now is not shown to anybody.
            CHECK_FALSE(one.load().readable);
            CHECK_FALSE(store::open(ledger_path).load().readable);
        }
        world.planned = {};
        const shearpin::loaded after = one.load();
        CHECK(after.readable);
        CHECK(after.bytes == "second");
    }
}

TEST_CASE("creation: each call fails, and no file is left behind") {
    for (const long error : {-EIO, -ENOSPC, -EINTR}) {
        for (const bool for_ever : {false, true}) {
            for (long call = 0;; ++call) {
                simulated::disk world;
                simulated::system::reset(world);
                world.planned = {fault::kind::error, call, error, for_ever, false};
                store made = store::create(ledger_path);
                const bool came = world.calls > call;
                world.planned = {};
                const shearpin::loaded answer = made.load();
                if (!came) {
                    CHECK(answer.readable);
                    break;
                }
                if (answer.readable) {
                    CHECK(store::open(ledger_path).load().readable);
                } else if (world.files.count(ledger_path) != 0) {
                    // Only where it could not even be removed, or was complete before.
                    CHECK(!answer.why.empty());
                }
                if (!for_ever && error != -EINTR && !made.load().readable && call < 40)
                    CHECK(world.files.count(ledger_path) == 0);
                CHECK(world.trouble == "");
            }
        }
    }
}

TEST_CASE("the power goes during creation: nothing, a refusal, or an empty document") {
    simulated::disk world;
    simulated::system::reset(world);
    std::vector<simulated::file> left;
    world.changed = [&] { left.push_back(world.files[ledger_path]); };
    store made = store::create(ledger_path);
    REQUIRE(made.load().readable);
    REQUIRE(left.size() > 30);
    CHECK(left.back().name_synced);
    long readable = 0, refused = 0;
    for (const auto& state : left) {
        simulated::for_each_image(state, 1, [&](const simulated::file& image) {
            simulated::disk after;
            after.files[ledger_path] = image;
            simulated::system::reset(after);
            store found = store::open(ledger_path);
            const shearpin::loaded answer = found.load();
            if (answer.readable) {
                ++readable;
                CHECK(answer.version == 0);
                CHECK(answer.bytes == "");
                CHECK(found.store("first", 0).what == stored::outcome::done);
            } else {
                ++refused;
                CHECK(found.store("first", 0).what == stored::outcome::failed);
            }
        });
    }
    CHECK(readable > 1);
    CHECK(refused > 30);
}
