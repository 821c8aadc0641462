// SPDX-License-Identifier: BSL-1.0
// When the power goes or a process is killed, at any moment: an old or a new document, never a
// mixture, never an empty one, never one that forgets what was acted on.
#include <shearpin/file_store.hpp>

#include <doctest/doctest.h>

#include <cstring>

#include "crash_sweep.hpp"

namespace {

using simulated::crash_sweep;
using simulated::for_each_sequence;

using store = shearpin::basic_file_store<simulated::system>;

/// Leaves the sync out.
struct never_syncs : simulated::system {
    static long sync_data(int) { return 0; }
};
/// Every note is lost.
struct forgets_notes : simulated::system {
    static long write_at(int file, const void* from, std::size_t length, std::uint64_t at) {
        if (length == 2 * shearpin::detail::file_block_size) return static_cast<long>(length);
        return simulated::system::write_at(file, from, length, at);
    }
};

struct never_syncs_or_notes : forgets_notes {
    static long sync_data(int) { return 0; }
};

/// The simple form: two slots written in turn, settlements without a sync. It loses a reservation
/// that was acted on: reserved in B, settled in A without a sync; then the next reservation is torn
/// over B while A is not on the disk.
class in_turn {
public:
    template <class P> static in_turn create(const P&) {
        in_turn made(simulated::system::create("/ledger"));
        const std::string zeros(32768, '\0');
        simulated::system::lock(made.file_);
        simulated::system::write_at(made.file_, zeros.data(), zeros.size(), 0);
        simulated::system::sync_data(made.file_);
        simulated::system::unlock(made.file_);
        return made;
    }
    template <class P> static in_turn open(const P&) {
        return in_turn(simulated::system::open("/ledger"));
    }
    shearpin::loaded load() {
        shearpin::loaded newest;
        newest.readable = true;
        simulated::system::lock(file_);
        for (std::uint64_t slot = 0; slot != 2; ++slot) {
            head found;
            std::string bytes(8192, '\0');
            if (simulated::system::read_at(file_, &found, sizeof found, slot * 16384) <
                static_cast<long>(sizeof found))
                continue;
            bytes.resize(static_cast<std::size_t>(simulated::system::read_at(
                file_, bytes.data(), found.length < 8192 ? found.length : 0,
                slot * 16384 + sizeof found)));
            if (sum(found, bytes) != found.checksum || found.version <= newest.version) continue;
            newest.version = found.version;
            newest.bytes = bytes;
        }
        simulated::system::unlock(file_);
        return newest;
    }
    shearpin::stored store(const std::string& bytes, std::uint64_t expected) {
        return replace(bytes, expected, true);
    }
    shearpin::stored store_lazily(const std::string& bytes, std::uint64_t expected) {
        return replace(bytes, expected, false);
    }

private:
    struct head {
        std::uint64_t version = 0, length = 0, checksum = 0;
    };
    explicit in_turn(long file) : file_(static_cast<int>(file)) {}
    static std::uint64_t sum(const head& of, const std::string& bytes) {
        return shearpin::detail::crc32c(reinterpret_cast<const unsigned char*>(bytes.data()),
                                        bytes.size()) +
               of.version * 31 + of.length;
    }
    shearpin::stored replace(const std::string& bytes, std::uint64_t expected, bool is_synced) {
        head next{expected + 1, bytes.size(), 0};
        next.checksum = sum(next, bytes);
        std::string all(sizeof next, '\0');
        std::memcpy(all.data(), &next, sizeof next);
        all += bytes;
        simulated::system::lock(file_);
        simulated::system::write_at(file_, all.data(), all.size(), next.version % 2 * 16384);
        if (is_synced) simulated::system::sync_data(file_);
        simulated::system::unlock(file_);
        shearpin::stored answer;
        answer.what = shearpin::stored::outcome::done;
        answer.version = next.version;
        return answer;
    }
    int file_;
};

}  // namespace

TEST_CASE("the power goes at any moment, and every byte may be the last that was written") {
    crash_sweep<store> sweep;
    for_each_sequence(
        "Ss", 5, [&](const std::string& operations) { sweep.power_loss(operations, 1, false); });
    CHECK(sweep.violation == "");
    CHECK(sweep.images > 5'000);
    MESSAGE("contents of the disk: " << sweep.images);
}

TEST_CASE("the power goes while documents of several pages are written") {
    crash_sweep<store> sweep;
    for_each_sequence(
        "SsBb", 3, [&](const std::string& operations) { sweep.power_loss(operations, 61, false); });
    CHECK(sweep.violation == "");
    CHECK(sweep.images > 5'000);
    MESSAGE("contents of the disk: " << sweep.images);
}

TEST_CASE("the power goes again while the file is read for the first time") {
    crash_sweep<store> sweep;
    const auto run = [&](const std::string& operations) { sweep.power_loss(operations, 89, true); };
    for_each_sequence("Ss", 3, run);
    for_each_sequence("SsB", 2, run);
    CHECK(sweep.violation == "");
    CHECK(sweep.images > 5'000);
    MESSAGE("contents of the disk: " << sweep.images);
}

TEST_CASE("a process is killed at any moment; another one goes on, and then the power goes") {
    crash_sweep<store> sweep;
    for_each_sequence("SsBb", 3, [&](const std::string& operations) {
        for (const char* afterwards : {"", "S", "sS"}) sweep.kill(operations, afterwards, 1021);
    });
    CHECK(sweep.violation == "");
    CHECK(sweep.images > 5'000);
    MESSAGE("contents of the disk: " << sweep.images);
}

TEST_CASE("where every note is lost, nothing else is") {
    crash_sweep<shearpin::basic_file_store<forgets_notes>> sweep;
    for_each_sequence(
        "Ss", 4, [&](const std::string& operations) { sweep.power_loss(operations, 7, false); });
    CHECK(sweep.violation == "");
    CHECK(sweep.images > 500);
}

TEST_CASE("control: without the sync, what was acted on is lost, and the notes tell") {
    crash_sweep<shearpin::basic_file_store<never_syncs>> told;
    crash_sweep<shearpin::basic_file_store<never_syncs_or_notes>> untold;
    for_each_sequence("Ss", 2, [&](const std::string& operations) {
        told.power_loss(operations, 7, false);
        untold.power_loss(operations, 7, false);
    });
    CHECK(told.violation.find("its newest document is lost") != std::string::npos);
    CHECK(untold.violation.find("has forgotten what was acted on") != std::string::npos);
}

TEST_CASE("two slots written in turn lose a reservation that was acted on; ours do not") {
    // Reserve, settle (unsynced), reserve: with 'S' first, so that both slots are in use.
    crash_sweep<in_turn> simple;
    for (const char* operations : {"S", "SS", "Ss", "sS"}) simple.power_loss(operations, 1, false);
    CHECK(simple.violation == "");
    simple.power_loss("SsS", 1, false);
    CHECK(simple.violation == "SsS: has forgotten what was acted on");

    crash_sweep<store> ours;
    ours.power_loss("SsS", 1, false);
    CHECK(ours.violation == "");
    CHECK(ours.images > 100);
}

TEST_CASE("one sync a store, none a lazy one, and none more in the long run") {
    simulated::disk world;
    simulated::system::reset(world);
    store one = store::create(simulated::ledger_path);
    std::uint64_t version = 0;
    const long before = world.syncs;
    for (int turn = 0; turn != 50; ++turn) {
        const auto reserved = one.store("reserved", version);
        const auto settled = one.store_lazily("settled", reserved.version);
        REQUIRE(settled.what == shearpin::stored::outcome::done);
        version = settled.version;
        (void)one.load();
    }
    for (int turn = 0; turn != 50; ++turn) version = one.store("reserved", version).version;
    CHECK(version == 150);
    CHECK(world.syncs - before == 100);
}
