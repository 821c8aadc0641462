// SPDX-License-Identifier: BSL-1.0
// A run that is killed, at every step of the removal and at every system call of the store, is
// taken up again: nothing is removed twice, and nothing is lost.
#include "temporary_folder.hpp"
#include "waves_testing.hpp"

#include <shearpin/file_store.hpp>

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>

using namespace waves_testing;
using shearpin::stop_reason;

namespace {

/// A folder of its own for each test, with a ledger, and a list of what is gone.
struct scene {
    temporary_folder folder;
    scene() {
        shearpin::file_store made = shearpin::file_store::create(ledger());
        REQUIRE(made.load().readable);
    }

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

using posix = shearpin::detail::posix_system;
/// Before each system call that a store makes on its file there is a step, and in the midst of each
/// write.
struct stepping_system : posix {
    static inline steps* step = nullptr;
    static inline bool in_the_midst = false;

    static void take_step() {
        if (step != nullptr) (*step)();
    }
    static long open(const char* path) noexcept {
        take_step();
        return posix::open(path);
    }
    static long lock(int file) noexcept {
        take_step();
        return posix::lock(file);
    }
    static long unlock(int file) noexcept {
        take_step();
        return posix::unlock(file);
    }
    static long read_at(int file, void* to, std::size_t length, std::uint64_t at) noexcept {
        take_step();
        return posix::read_at(file, to, length, at);
    }
    static long write_at(int file, const void* from, std::size_t length,
                         std::uint64_t at) noexcept {
        take_step();
        in_the_midst = !in_the_midst && length > 1;
        return posix::write_at(file, from, in_the_midst ? length / 2 : length, at);
    }
    static long sync_data(int file) noexcept {
        take_step();
        return posix::sync_data(file);
    }
};
using stepping_store = shearpin::basic_file_store<stepping_system>;

template <class Store = shearpin::file_store, class F>
auto with_guard(const scene& on, steps& step, F use) {
    shearpin::ledger record{Store::open(on.ledger())};
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

/// Does it in a process of its own until that is killed; false where it came to its end.
template <class F> bool is_killed(F body) {
    const ::pid_t child = ::fork();
    if (child == 0) ::_exit(body() ? 0 : 1);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    if (WIFEXITED(status)) CHECK(WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}
bool is_killed_at(const scene& on, int kill_at, const rows& all) {
    return is_killed([&] {
        steps step{kill_at};
        return with_guard(on, step, [&](auto& remove, auto&) {
            return remove.in_waves(all, with_steps(step)).finished();
        });
    });
}
bool is_killed_in_store_at(const scene& on, int kill_at, const rows& all) {
    return is_killed([&] {
        steps in_store{kill_at};
        steps elsewhere;
        stepping_system::step = &in_store;
        return with_guard<stepping_store>(on, elsewhere, [&](auto& remove, auto&) {
            return remove.in_waves(all, with_steps(elsewhere)).finished();
        });
    });
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

/// How many of the rows of an open entry are gone, as a person finds out and says.
template <class Ledger>
shearpin::count resolve_by_looking(Ledger& record, const shearpin::ledger_entry& open,
                                   const std::map<int, int>& gone) {
    const rows those = rows_of(open.reason);
    shearpin::count removed = 0;
    for (const int row : those) removed += gone.count(row);
    const auto how = removed == 0              ? shearpin::resolution::nothing_removed
                     : removed == those.size() ? shearpin::resolution::everything_removed
                                               : shearpin::resolution::removed(removed);
    CHECK(record.resolve(open.id, how, "bob", "looked").empty());
    return removed;
}

/// How a run stood when it was killed.
struct standings {
    int not_begun = 0;
    int between_waves = 0;
    int nothing_of_a_wave = 0;
    int some_of_a_wave = 0;
    int all_of_a_wave = 0;
};

/// Takes up a run that was killed, and does all the rest.
void take_up(const scene& on, const rows& all, standings& met) {
    steps step;
    with_guard(on, step, [&](auto& remove, auto& record) {
        const auto before = on.gone();
        // The plan of the first moment, as it stands in a change ticket.
        const std::string ticket = "0000000000000001-0123456789abcdef-0123456789abcdef";
        CHECK(remove.resume(ticket, all, with_steps(step)).stopped_because() ==
              stop_reason::changed);
        const std::string run = remove.plan(all).made_from().text();
        const shearpin::ledger_listing listing = record.entries();
        REQUIRE(listing.readable);
        if (listing.entries.empty()) {
            ++met.not_begun;
            const auto none = remove.resume(run, all, with_steps(step));
            CHECK(none.stopped_because() == stop_reason::no_such_run);
            CHECK(on.gone().empty());
            CHECK(remove.in_waves(all, with_steps(step)).finished());
            return;
        }
        auto options = with_steps(step);
        if (const auto* const open = find_open(listing)) {
            // Nothing is repeated blindly: it is listed, and nothing goes.
            const auto doubtful = remove.resume(run, all, options);
            CHECK(doubtful.stopped_because() == stop_reason::in_doubt);
            REQUIRE(doubtful.doubts().size() == 1);
            const rows those = rows_of(open->reason);
            CHECK(doubtful.doubts()[0] ==
                  "targets " + std::to_string(those.front()) + "-" + std::to_string(those.back()) +
                      ": reserved by process " + open->process +
                      ", which ended before it was over; ledger entry " + open->id +
                      ": find out, and resolve it on the ledger");
            CHECK(doubtful.in_doubt() == those.size());
            CHECK(doubtful.removed() == static_cast<std::size_t>(those.front() - 1));
            CHECK(on.gone() == before);
            const shearpin::count removed = resolve_by_looking(record, *open, before);
            ++(removed == 0              ? met.nothing_of_a_wave
               : removed == those.size() ? met.all_of_a_wave
                                         : met.some_of_a_wave);
            if (0 < removed && removed < those.size()) {
                const auto which = remove.resume(run, all, options);
                CHECK(which.stopped_because() == stop_reason::in_doubt);
                REQUIRE(which.doubts().size() == 1);
                CHECK(which.doubts()[0].find("a person says that some are gone, and not which") !=
                      std::string::npos);
                CHECK(on.gone() == before);
            }
        } else {
            ++met.between_waves;
        }
        const auto is_gone = [&](shearpin::count place) {
            return before.count(static_cast<int>(place) + 1) != 0;
        };
        options.is_gone = is_gone;
        const auto report = remove.resume(run, all, options);
        CHECK(report.finished());
        CHECK(report.removed() == all.size());
        CHECK(report.removed_before() == before.size());
        // And once more: there is nothing left to do.
        const auto again = remove.resume(report.run(), all, options);
        CHECK(again.finished());
        CHECK(again.waves() == 0);
        CHECK(again.removed() == all.size());
    });
}

std::map<int, int> once_each(const rows& all) {
    std::map<int, int> once;
    for (const int row : all) once[row] = 1;
    return once;
}

/// Kills a run of these rows at its first step, its second and so on, each taken up then, until one
/// comes to its end; that is after more than so many.
template <class IsKilled>
standings kill_everywhere(IsKilled is_killed, const rows& all, int fewest) {
    standings met;
    for (int kill_at = 1;; ++kill_at) {
        CAPTURE(kill_at);
        const scene on;
        if (!is_killed(on, kill_at, all)) {
            CHECK(kill_at > fewest);
            return met;
        }
        take_up(on, all, met);
        CHECK(on.gone() == once_each(all));
    }
}

}  // namespace

TEST_CASE("killed: at every step of the removal, and each row goes exactly once") {
    const standings met = kill_everywhere(is_killed_at, numbered(8), 25);
    CHECK(met.not_begun > 0);
    CHECK(met.between_waves > 0);
    CHECK(met.nothing_of_a_wave > 0);
    CHECK(met.some_of_a_wave > 0);
    CHECK(met.all_of_a_wave > 0);
}

TEST_CASE("killed: at every system call of the store, and each row goes exactly once") {
    const standings met = kill_everywhere(is_killed_in_store_at, numbered(4), 50);
    CHECK(met.not_begun > 0);
    CHECK(met.between_waves > 0);
    CHECK(met.nothing_of_a_wave > 0);
    CHECK(met.all_of_a_wave > 0);
}

TEST_CASE("killed: again and again, when it is taken up too, and each row goes exactly once") {
    std::mt19937_64 random(17);
    const rows all = numbered(8);
    for (int round = 0; round != 25; ++round) {
        CAPTURE(round);
        const scene on;
        bool killed = true;
        for (int attempt = 0; killed; ++attempt) {
            CAPTURE(attempt);
            REQUIRE(attempt < 100);
            const auto gone = on.gone();
            {
                shearpin::ledger record{shearpin::file_store::open(on.ledger())};
                const shearpin::ledger_listing listing = record.entries();
                if (const auto* const open = find_open(listing))
                    resolve_by_looking(record, *open, gone);
            }
            const int kill_at = 1 + static_cast<int>(random() % 60);
            const bool in_store = random() % 2 == 0;
            killed = is_killed([&] {
                steps counted{kill_at};
                steps elsewhere;
                stepping_system::step = in_store ? &counted : nullptr;
                steps& step = in_store ? elsewhere : counted;
                return with_guard<stepping_store>(on, step, [&](auto& remove, auto& record) {
                    auto options = with_steps(step);
                    const auto is_gone = [&](shearpin::count place) {
                        return gone.count(static_cast<int>(place) + 1) != 0;
                    };
                    options.is_gone = is_gone;
                    if (record.entries().entries.empty())
                        return remove.in_waves(all, options).finished();
                    return remove.resume(remove.plan(all).made_from().text(), all, options)
                        .finished();
                });
            });
            for (const auto& each : on.gone()) CHECK(each.second == 1);
        }
        CHECK(on.gone() == once_each(all));
    }
}
