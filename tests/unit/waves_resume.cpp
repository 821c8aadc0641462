// SPDX-License-Identifier: BSL-1.0
// A run that was killed is taken up again: what is settled is skipped, what is in doubt is asked
// about, and nothing is removed twice.
#include "waves_testing.hpp"

#include <shearpin/file_store.hpp>

#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

using namespace waves_testing;
using shearpin::stop_reason;
using words = std::vector<std::string>;

namespace {

constexpr auto threes = shearpin::policy{shearpin::max_batch(3), shearpin::max_rate(1000, 24h)};

/// A folder of its own for each test, with a ledger, and a list of what is gone.
struct scene {
    std::filesystem::path folder;
    scene() {
        std::string name =
            (std::filesystem::temp_directory_path() / "shearpin-").string() + std::string(6, 'X');
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        folder = name;
        shearpin::file_store made = shearpin::file_store::create(ledger());
        REQUIRE(made.load().readable);
    }
    ~scene() { std::filesystem::remove_all(folder); }
    scene(const scene&) = delete;
    scene& operator=(const scene&) = delete;

    [[nodiscard]] std::filesystem::path ledger() const { return folder / "rows.ledger"; }
    [[nodiscard]] std::filesystem::path list() const { return folder / "gone"; }
    void remove(int row) const {
        std::ofstream(list(), std::ios::app) << row << '\n' << std::flush;
    }
    [[nodiscard]] std::map<int, int> gone() const {
        std::map<int, int> times;
        std::ifstream in(list());
        for (int row = 0; in >> row;) ++times[row];
        return times;
    }
};

/// Counts the steps of a run, and kills the process at one of them.
struct steps {
    int kill_at = 0;
    int taken = 0;
    void operator()() {
        if (++taken == kill_at) ::raise(SIGKILL);
    }
};
struct stepping_clock {
    steps* step;
    [[nodiscard]] shearpin::time_point now() const { return shearpin::wall_clock.now(); }
    [[nodiscard]] shearpin::instant read() const { return shearpin::wall_clock.read(); }
    void wait(shearpin::duration) const { (*step)(); }
};

template <class F> auto with_guard(const scene& on, steps& step, F use) {
    shearpin::ledger record{shearpin::file_store::open(on.ledger())};
    const stepping_clock clock{&step};
    auto remove = shearpin::guard<threes>(
                      [&](const rows& some) {
                          step();
                          for (const int row : some) {
                              on.remove(row);
                              step();
                          }
                      },
                      [&] {
                          step();
                          return shearpin::pool{100, 100 - on.gone().size()};
                      })
                      .with_ledger(record, "rows")
                      .with_clock(clock);
    return use(remove, record);
}

shearpin::wave_options with_steps(steps& step) {
    return {.soak = 1ms,
            .healthy =
                [&step] {
                    step();
                    return true;
                },
            .on_progress = [&step] { step(); }};
}

/// Runs in a process of its own until it is killed; false where it came to its end.
bool is_killed_at(const scene& on, int kill_at, const rows& all) {
    const ::pid_t child = ::fork();
    if (child == 0) {
        steps step{kill_at};
        const bool finished = with_guard(on, step, [&](auto& remove, auto&) {
            return remove.in_waves(all, with_steps(step)).finished();
        });
        ::_exit(finished ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    if (WIFEXITED(status)) CHECK(WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

const shearpin::ledger_entry* find_open(const shearpin::ledger_listing& listing) {
    for (const auto& each : listing.entries)
        if (each.state == shearpin::entry_state::open) return &each;
    return nullptr;
}

/// The rows that an entry of a run is for: "run 0123456789abcdef@6924a1b0 4-6".
rows rows_of(const std::string& reason) {
    const std::size_t begin = reason.find(' ', 4) + 1;
    const int first = std::stoi(reason.substr(begin));
    const int last = std::stoi(reason.substr(reason.find('-', begin) + 1));
    rows all;
    for (int row = first; row <= last; ++row) all.push_back(row);
    return all;
}

}  // namespace

TEST_CASE("resume: killed at every step, and each row goes exactly once") {
    const rows all = numbered(8);
    int kinds[4] = {};  // of not begun, nothing, some and all of an open wave removed
    for (int kill_at = 1;; ++kill_at) {
        CAPTURE(kill_at);
        const scene on;
        if (!is_killed_at(on, kill_at, all)) {
            CHECK(kill_at > 25);
            break;
        }
        steps step;
        with_guard(on, step, [&](auto& remove, auto& record) {
            const auto before = on.gone();
            // The plan of the first moment, as it stands in a change ticket.
            const std::string ticket = "0000000000000001-0123456789abcdef-0123456789abcdef";
            CHECK(remove.resume(ticket, all, with_steps(step)).stopped_because() ==
                  stop_reason::changed);
            std::string run = remove.plan(all).made_from().text();
            const shearpin::ledger_listing listing = record.entries();
            if (listing.entries.empty()) {
                ++kinds[0];
                const auto none = remove.resume(run, all, with_steps(step));
                CHECK(none.stopped_because() == stop_reason::no_such_run);
                CHECK(on.gone().empty());
                CHECK(remove.in_waves(all, with_steps(step)).finished());
            } else if (const auto* const open = find_open(listing)) {
                // Nothing is repeated blindly: it is listed, and nothing goes.
                const auto doubtful = remove.resume(run, all, with_steps(step));
                CHECK(doubtful.stopped_because() == stop_reason::in_doubt);
                REQUIRE(doubtful.doubts().size() == 1);
                const rows those = rows_of(open->reason);
                CHECK(doubtful.doubts()[0] ==
                      "targets " + std::to_string(those.front()) + "-" +
                          std::to_string(those.back()) + ": reserved by process " + open->process +
                          ", which ended before it was over; ledger entry " + open->id +
                          ": find out, and resolve it on the ledger");
                CHECK(doubtful.in_doubt() == those.size());
                CHECK(doubtful.removed() == static_cast<std::size_t>(those.front() - 1));
                CHECK(on.gone() == before);
                // A person finds out what was removed, and says it.
                shearpin::count removed = 0;
                for (const int row : those) removed += before.count(row);
                ++kinds[removed == 0 ? 1 : removed == those.size() ? 3 : 2];
                const auto how = removed == 0 ? shearpin::resolution::nothing_removed
                                 : removed == those.size()
                                     ? shearpin::resolution::everything_removed
                                     : shearpin::resolution::removed(removed);
                CHECK(record.resolve(open->id, how, "bob", "looked").empty());
                auto options = with_steps(step);
                if (0 < removed && removed < those.size()) {
                    const auto which = remove.resume(run, all, options);
                    CHECK(which.stopped_because() == stop_reason::in_doubt);
                    REQUIRE(which.doubts().size() == 1);
                    CHECK(
                        which.doubts()[0].find("a person says that some are gone, and not which") !=
                        std::string::npos);
                    CHECK(on.gone() == before);
                }
                const auto is_gone = [&](shearpin::count place) {
                    return before.count(static_cast<int>(place) + 1) != 0;
                };
                options.is_gone = is_gone;
                const auto report = remove.resume(run, all, options);
                CHECK(report.finished());
                CHECK(report.removed() == 8);
            } else {
                const auto report = remove.resume(run, all, with_steps(step));
                CHECK(report.finished());
                CHECK(report.removed() == 8);
                run = report.run();
            }
            // And once more: there is nothing left to do.
            if (!listing.entries.empty()) {
                auto options = with_steps(step);
                const auto is_gone = [](shearpin::count) { return true; };
                options.is_gone = is_gone;
                const auto again = remove.resume(run, all, options);
                CHECK(again.finished());
                CHECK(again.waves() == 0);
                CHECK(again.removed() == 8);
            }
            return 0;
        });
        std::map<int, int> once;
        for (const int row : all) once[row] = 1;
        CHECK(on.gone() == once);
    }
    for (const int each : kinds) CHECK(each > 0);
}

TEST_CASE("resume: a process that still lives is not overtaken") {
    table on;
    auto remove = on.guard<threes>();
    std::string inside;
    on.in_removal = [&](const rows&) {
        if (!inside.empty()) return;
        const auto report = remove.resume(remove.plan(numbered(4)).made_from().text(), numbered(4),
                                          {.healthy = well});
        CHECK(report.stopped_because() == stop_reason::in_doubt);
        inside = report.doubts()[0];
    };
    CHECK(remove.in_waves(numbered(4), {.healthy = well}).finished());
    CHECK(inside.find("targets 1-3: being removed at this moment by process ") == 0);
}

TEST_CASE_TEMPLATE("resume: after an exception, a bad health and a stop", Store, BOTH_STORES) {
    table<Store> on;
    auto remove = on.template guard<threes>();
    on.in_removal = [&](const rows& some) {
        if (some[0] == 4) throw std::runtime_error("no");
    };
    const auto first = remove.in_waves(numbered(10), {.healthy = well});
    CHECK(first.stopped_because() == stop_reason::removal_failed);
    const auto doubtful = remove.resume(first.run(), numbered(10), {.healthy = well});
    CHECK(doubtful.stopped_because() == stop_reason::in_doubt);
    CHECK(doubtful.run() == first.run());
    CHECK(doubtful.removed() == 3);
    CHECK(doubtful.in_doubt() == 3);
    CHECK(doubtful.remaining() == 4);
    REQUIRE(doubtful.doubts().size() == 1);
    CHECK(doubtful.doubts()[0].find("targets 4-6: ended with an exception, so perhaps some are "
                                    "gone; ledger entry ") == 0);
    // Nor does another run of the same targets begin meanwhile.
    const auto anew = remove.in_waves(numbered(10), {.healthy = well});
    CHECK(anew.stopped_because() == stop_reason::in_doubt);
    CHECK(anew.waves() == 0);
    REQUIRE(anew.doubts().size() == 1);
    CHECK(anew.doubts()[0] == doubtful.doubts()[0] + ", and then resume run " + first.run());
    const auto resolve = [&](const shearpin::resolution& how) {
        for (const auto& each : on.record.entries().entries)
            if (each.state == shearpin::entry_state::unknown)
                CHECK(on.record.resolve(each.id, how, "bob", "looked", {on.clock.now(), {}, 0})
                          .empty());
    };
    resolve(shearpin::resolution::nothing_removed);
    on.in_removal = nullptr;
    int looks = 0;
    const auto second =
        remove.resume(first.run(), numbered(10), {.healthy = [&] { return ++looks < 2; }});
    CHECK(second.stopped_because() == stop_reason::unhealthy);
    CHECK(second.removed() == 6);
    CHECK(on.gone == numbered(6));
    const auto third = remove.resume(first.run(), numbered(10), {.healthy = well});
    CHECK(third.finished());
    CHECK(third.removed() == 10);
    CHECK(third.waves() == 2);
    CHECK(third.removed_before() == 6);
    CHECK(third.text() == "removed 10 of 10 targets, 6 of them before, in 2 waves\n");
    CHECK(on.gone == numbered(10));
    CHECK(remove.resume(first.run(), numbered(10), {.healthy = well}).waves() == 0);
}

TEST_CASE("resume: of some that are gone, each is asked about") {
    table on;
    auto remove = on.guard<threes>();
    on.in_removal = [&](const rows& some) {
        if (some[0] == 4) throw std::runtime_error("no");
    };
    const auto first = remove.in_waves(numbered(7), {.healthy = well});
    const auto entry = on.record.entries().entries.back();
    CHECK(on.record
              .resolve(entry.id, shearpin::resolution::removed(1), "bob", "looked",
                       {on.clock.now(), {}, 0})
              .empty());
    on.in_removal = nullptr;
    std::vector<shearpin::count> asked;
    const auto report = remove.resume(first.run(), numbered(7),
                                      {.healthy = well, .is_gone = [&](shearpin::count place) {
                                           asked.push_back(place);
                                           return place == 4;
                                       }});
    CHECK(report.finished());
    CHECK(asked == std::vector<shearpin::count>{3, 4, 5});
    CHECK(on.gone == rows{1, 2, 3, 4, 6, 7});
    // What was taken up again is not asked about any more.
    asked.clear();
    CHECK(remove
              .resume(first.run(), numbered(7),
                      {.healthy = well,
                       .is_gone =
                           [&](shearpin::count) {
                               asked.push_back(0);
                               return false;
                           }})
              .waves() == 0);
    CHECK(asked.empty());
}

TEST_CASE("resume: nothing of another run, and nothing that the ledger may have forgotten") {
    table on;
    on.there = {100'000, 100'000};
    auto remove = on.guard<threes>();
    int looks = 0;
    const auto stopped = remove.in_waves(numbered(9), {.healthy = [&] { return ++looks < 3; }});
    CHECK(stopped.removed() == 6);
    CHECK(remove.resume(stopped.run(), numbered(8), {.healthy = well}).changes() ==
          words{"the targets, or the name of their pool: not those of the run " + stopped.run()});
    CHECK(remove.resume("CHG-17", numbered(9), {.healthy = well}).doubts() ==
          words{"\"CHG-17\" is no name of a run and no fingerprint"});
    const std::string other = stopped.run().substr(0, 17) + "00000001";
    const auto unknown = remove.resume(other, numbered(9), {.healthy = well});
    CHECK(unknown.stopped_because() == stop_reason::no_such_run);
    CHECK(unknown.text().find("the ledger does not remember the last wave of the run " + other) !=
          std::string::npos);
    // The same removal in another week is another run; a plan's text means the youngest.
    on.clock.advance(shearpin::duration::days(7));
    looks = 0;
    const auto later = remove.in_waves(numbered(9), {.healthy = [&] { return ++looks < 2; }});
    CHECK(later.removed() == 3);
    CHECK(later.run() != stopped.run());
    const auto by_plan = remove.plan(numbered(9)).made_from().text();
    int begun = 0;
    const auto youngest =
        remove.resume(by_plan, numbered(9), {.healthy = [&] { return ++begun < 2; }});
    CHECK(youngest.run() == later.run());
    CHECK(youngest.removed() == 6);
    // 64 others later it may have forgotten the last wave, and then nothing goes.
    for (int other_one = 0; other_one != 64; ++other_one) remove(rows{1000 + other_one});
    const auto forgotten = remove.resume(later.run(), numbered(9), {.healthy = well});
    CHECK(forgotten.stopped_because() == stop_reason::no_such_run);
    CHECK(forgotten.waves() == 0);
}

TEST_CASE("resume: what the removal had left stays left, and is told") {
    table on;
    auto remove =
        shearpin::guard<threes>(
            [&](const rows& some) { return shearpin::removed{some[0] == 4 ? 2U : some.size()}; },
            [&] { return on.there; })
            .with_ledger(on.record, "rows")
            .with_clock(on.clock);
    int looks = 0;
    const auto first = remove.in_waves(numbered(9), {.healthy = [&] { return ++looks < 3; }});
    CHECK(first.removed() == 5);
    const auto second = remove.resume(first.run(), numbered(9), {.healthy = well});
    CHECK(second.stopped_because() == stop_reason::removed_less);
    CHECK(second.removed() == 8);
    CHECK(second.remaining() == 1);
}

TEST_CASE("resume: a number, of which the first so many are done") {
    rows gone;
    table on;
    auto remove =
        shearpin::guard<threes>([&](int some) { gone.push_back(some); }, [&] { return on.there; })
            .with_ledger(on.record, "rows")
            .with_clock(on.clock);
    int looks = 0;
    const auto first = remove.in_waves(8, {.healthy = [&] { return ++looks < 2; }});
    CHECK(remove.resume(first.run(), 8, {.healthy = well}).finished());
    CHECK(gone == rows{3, 3, 2});
}
