// SPDX-License-Identifier: BSL-1.0
// Whether a store is one: what <shearpin/store.hpp> promises of it, tried from outside. It needs no
// test framework; each line that it returns is something that is wrong.
//
//     const auto wrong = shearpin::testing::check_store([] { return my_store::open("tests"); });
//     for (const std::string& each : wrong) std::puts(each.c_str());
//     return wrong.empty() ? 0 : 1;
#pragma once

#include <shearpin/any_store.hpp>
#include <shearpin/testing/contenders.hpp>
#include <shearpin/testing/judge_budget.hpp>
#include <shearpin/testing/judge_store.hpp>
#include <shearpin/testing/recorded_store.hpp>
#include <shearpin/testing/store_basics.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <fstream>
#include <functional>
#include <memory>
#include <thread>

namespace shearpin::inline v1::testing {

/// How hard a store is tried, and with which faults.
struct conformance_options {
    int threads = 4;    ///< of this process, which use the store at the same time
    int processes = 2;  ///< children made by fork(), which open() the store anew; 0: none
    int turns = 40;     ///< of each of them
    /// Where the history of a failure is kept; nothing may be there. Empty: a name under /tmp,
    /// which is told.
    std::string history{};
    /// Runs in a thread of its own while many use the store, for faults that you can cause: stops
    /// the server, cuts the network. It must come back by itself.
    std::function<void()> disturb{};
};

/// Has many users work at the same time: processes first, since fork() and threads do not go well
/// together. False where a child failed.
inline bool all_at_once(const conformance_options& how, const std::function<void()>& work) {
    std::vector<pid_t> children;
    bool is_well = true;
    for (int number = 0; number != how.processes; ++number) {
        const pid_t child = ::fork();
        if (child == 0) {
            try {
                work();
                ::_exit(0);
            } catch (...) {
                ::_exit(1);
            }
        }
        if (child > 0)
            children.push_back(child);
        else
            is_well = false;
    }
    std::vector<std::thread> threads;
    std::vector<std::exception_ptr> thrown(static_cast<std::size_t>(how.threads) + 1);
    const auto run = [&](std::size_t at, auto&& what) {
        try {
            what();
        } catch (...) {
            thrown[at] = std::current_exception();
        }
    };
    for (std::size_t at = 0; at + 1 != thrown.size(); ++at)
        threads.emplace_back([&run, &work, at] { run(at, work); });
    if (how.disturb) threads.emplace_back([&] { run(thrown.size() - 1, how.disturb); });
    for (auto& each : threads) each.join();
    for (const pid_t child : children) {
        int status = 0;
        if (::waitpid(child, &status, 0) != child || status != 0) is_well = false;
    }
    for (const auto& each : thrown)
        if (each) is_well = false;
    return is_well;
}

/// Judges what was written down, after all of it has ended.
inline std::vector<std::string> judge_journal(const conformance_options& how, bool with_processes) {
    history happened;
    std::ifstream lines(how.history);
    happened.read(lines);
    std::vector<std::string> wrong = store_judge::judge(happened.operations);
    const std::vector<std::string> more = budget_judge::judge(
        happened, {budget_limit, static_cast<std::uint64_t>(budget_window.in_nanoseconds())});
    wrong.insert(wrong.end(), more.begin(), more.end());
    count admitted = 0;
    for (const asked_removal& each : happened.removals)
        if (!each.id.empty()) ++admitted;
    const int users = how.threads + (with_processes ? how.processes : 0);
    const count wanted = static_cast<count>(how.turns) * static_cast<count>(users);
    if (!how.disturb && admitted < budget_limit && admitted < wanted)
        wrong.push_back("of a budget of " + std::to_string(budget_limit) + " only " +
                        std::to_string(admitted) + " were let go, though nothing was in the way");
    return wrong;
}

/// `open()` gives a store of one document, the same one each time; it is called in several threads
/// and processes. The document is replaced by all kinds of bytes, so it must be one for tests.
///
/// memory_store keeps no bytes and ends with its process: of it, and of any other that is no
/// byte_store, one ledger is made, and its threads share a budget.
template <class Open>
[[nodiscard]] std::vector<std::string> check_store(Open open, conformance_options how = {}) {
    using store_type = decltype(open());
    std::vector<std::string> wrong;
    const auto add = [&](const std::vector<std::string>& more) {
        wrong.insert(wrong.end(), more.begin(), more.end());
    };
    if (how.history.empty()) how.history = "/tmp/shearpin-history-" + std::to_string(new_client());
    const auto written = std::make_shared<journal>(how.history);
    const auto list = [&](auto& looking) {
        if (const std::string why = list_entries(looking, *written); !why.empty())
            wrong.push_back("the ledger's entries cannot be listed: " + why);
    };

    if constexpr (byte_store<store_type>) {
        add(store_basics<Open>::check(open));
        if (!wrong.empty()) {  // the rest would only say the same, less clearly
            ::unlink(how.history.c_str());
            return wrong;
        }
        const auto recorded = [&] { return recorded_store<any_store>(any_store(open()), written); };
        if (!all_at_once(how, [&] { replace_often(recorded(), how.turns); }))
            wrong.push_back("a user of the store threw an exception or was killed");
        // The empty document is a new ledger.
        auto emptied = recorded();
        for (int turn = 0; turn != 100; ++turn) {
            const loaded found = emptied.load();
            if (!found.readable) continue;
            if (found.bytes.empty()) break;
            static_cast<void>(emptied.store("", found.version));
        }
        const auto spend = [&] {
            ledger own{recorded()};
            spend_budget(own, *written, how.turns);
        };
        if (!all_at_once(how, spend))
            wrong.push_back("a user of the ledger threw an exception or was killed");
        ledger looking{recorded()};
        list(looking);
    } else {
        ledger own{open()};
        conformance_options threads_only = how;
        threads_only.processes = 0;
        if (!all_at_once(threads_only, [&] { spend_budget(own, *written, how.turns); }))
            wrong.push_back("a user of the ledger threw an exception");
        list(own);
    }

    add(judge_journal(how, byte_store<store_type>));
    if (wrong.empty())
        ::unlink(how.history.c_str());
    else
        wrong.push_back("the history is kept in " + how.history);
    return wrong;
}

}  // namespace shearpin::inline v1::testing
