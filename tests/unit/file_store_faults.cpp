// SPDX-License-Identifier: BSL-1.0
// Every system call fails, once and for ever, in every way: what the store then says is true, and
// nothing that was acted on is lost, also when the power goes after that.
#include <shearpin/file_store.hpp>

#include <doctest/doctest.h>

#include "crash_sweep.hpp"

namespace {

using shearpin::stored;
using simulated::crash_sweep;
using simulated::fault;
using simulated::for_each_image;
using simulated::for_each_sequence;
using simulated::ledger_path;

using store = shearpin::basic_file_store<simulated::system>;

/// Syncs again after a sync that failed, as if that could make up for it.
struct only_syncs_again : simulated::system {
    static long sync_data(int file) {
        const long first = simulated::system::sync_data(file);
        return first < 0 ? simulated::system::sync_data(file) : first;
    }
};

simulated::disk new_disk() {
    simulated::disk world;
    simulated::system::reset(world);
    (void)store::create(ledger_path);
    return world;
}

template <class Store> class fault_sweep {
public:
    std::string violation;
    long struck = 0;    ///< faults that came to pass
    long refused = 0;   ///< operations that did not succeed because of them
    long survived = 0;  ///< operations that did in spite of them

    void run(const std::string& operations, fault plan) {
        for (plan.at_call = 0; violation.empty(); ++plan.at_call)
            if (!run_once(operations, plan)) return;
    }

private:
    /// False where the operations need fewer calls than that.
    bool run_once(const std::string& operations, const fault& plan) {
        simulated::disk world = fresh_;
        simulated::system::reset(world);
        simulated::record documents;
        std::vector<std::pair<simulated::file, simulated::record>> states;
        world.calls = 0;
        world.planned = plan;
        world.changed = [&] { states.emplace_back(world.files[ledger_path], documents); };
        {
            Store faulty = Store::open(ledger_path);
            for (const char operation : operations) perform(faulty, documents, operation);
            if (world.calls <= plan.at_call) return false;
            ++struck;
            world.planned = {};
            // The same store goes on, where it can, now that nothing fails any more.
            perform(faulty, documents, 'S');
        }
        world.changed = nullptr;
        states.emplace_back(world.files[ledger_path], documents);
        look_again(world.files[ledger_path], documents);
        for (const auto& state : states)
            for_each_image(state.first, 1021, [&](const simulated::file& image) {
                if (violation.empty() && seen_.is_new(image, state.second))
                    look_again(image, state.second);
            });
        if (!violation.empty())
            violation += " (" + operations + ", call " + std::to_string(plan.at_call) + ", error " +
                         std::to_string(plan.error) + (plan.for_ever ? " for ever)" : ")");
        if (!world.trouble.empty()) violation += world.trouble;
        return true;
    }

    void perform(Store& faulty, simulated::record& documents, char operation) {
        const shearpin::loaded before = faulty.load();
        if (!before.readable) {
            ++refused;
            if (before.why.empty()) complain("a refusal without a reason");
            return;
        }
        std::size_t which = 0;
        complain(documents.judge(before, which));
        if (!violation.empty()) return;
        documents.was_read(which);
        documents.add(operation, which);
        auto& next = documents.documents.back();
        const std::string bytes = next.bytes;
        const stored answer = next.lazy ? faulty.store_lazily(bytes, before.version)
                                        : faulty.store(bytes, before.version);
        if (answer.what == stored::outcome::done) {
            ++survived;
            if (!next.lazy) documents.acted_on = documents.documents.size() - 1;
            return;
        }
        ++refused;
        if (answer.why.empty()) complain("a refusal without a reason");
        if (answer.what == stored::outcome::conflict) complain("a conflict with nobody");
        if (answer.what == stored::outcome::failed) next.failed = true;
    }

    void look_again(const simulated::file& left, const simulated::record& documents) {
        simulated::disk world;
        world.files[ledger_path] = left;
        simulated::system::reset(world);
        Store another = Store::open(ledger_path);
        const shearpin::loaded found = another.load();
        std::size_t which = 0;
        complain(documents.judge(found, which));
        if (another.store("and on", found.version).what != stored::outcome::done)
            complain("cannot be written when nothing fails any more");
    }

    void complain(const std::string& what) {
        if (violation.empty() && !what.empty()) violation = what;
    }

    simulated::images_seen seen_;
    simulated::disk fresh_ = new_disk();
};

void tell(const fault_sweep<store>& sweep) {
    CHECK(sweep.violation == "");
    MESSAGE(sweep.struck << " faults struck; operations: " << sweep.refused << " refused, "
                         << sweep.survived << " done in spite of them");
}

}  // namespace

TEST_CASE("each call fails: refusals, no lies, nothing lost") {
    fault_sweep<store> sweep;
    for (const long error : {-EIO, -ENOSPC, -EINTR})
        for (const bool for_ever : {false, true})
            for_each_sequence("SsB", error == -EIO ? 3 : 2, [&](const std::string& operations) {
                sweep.run(operations, {fault::kind::error, 0, error, for_ever, false});
            });
    tell(sweep);
    CHECK(sweep.struck > 1000);
    CHECK(sweep.refused > 1000);
    CHECK(sweep.survived > 1000);
}

TEST_CASE("after a sync that failed the pages are thrown out, and the old ones are read again") {
    fault_sweep<store> sweep;
    for (const bool for_ever : {false, true})
        for_each_sequence("SsBb", 3, [&](const std::string& operations) {
            sweep.run(operations, {fault::kind::error, 0, -EIO, for_ever, true});
        });
    tell(sweep);
    CHECK(sweep.refused > 100);
    CHECK(sweep.survived > 100);
}

TEST_CASE("short reads and writes, and short ones before an error") {
    fault_sweep<store> sweep;
    for (const fault& plan : {fault{fault::kind::partly, 0, 0, false, false},
                              fault{fault::kind::partly_then_error, 0, -ENOSPC, false, false},
                              fault{fault::kind::partly_then_error, 0, -ENOSPC, true, false}})
        for_each_sequence("SsB", 3,
                          [&](const std::string& operations) { sweep.run(operations, plan); });
    tell(sweep);
    CHECK(sweep.refused > 100);
    CHECK(sweep.survived > 1000);
}

TEST_CASE("short for ever is only slower") {
    fault_sweep<store> sweep;
    sweep.run("sS", {fault::kind::partly, 0, 0, true, false});
    tell(sweep);
    CHECK(sweep.refused == 0);
}

TEST_CASE("control: to sync again without writing again loses what was acted on") {
    fault_sweep<shearpin::basic_file_store<only_syncs_again>> sweep;
    for_each_sequence("SsB", 3, [&](const std::string& operations) {
        sweep.run(operations, {fault::kind::error, 0, -EIO, false, false});
    });
    CHECK(sweep.violation.find("its newest document is lost") != std::string::npos);
}
