// SPDX-License-Identifier: BSL-1.0
// What a ledger takes, of one run: reserve and settle in memory, with so many records in the
// window, by one and two threads; and on a file, against the least that makes as many bytes
// durable, against SQLite (WAL, synchronous=FULL), and by eight threads on one floor. `history_time
// --file=FOLDER [benchmark's options]`: a folder on the disk that is meant.
#include <shearpin/file_store.hpp>
#include <shearpin/shearpin.hpp>

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstring>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace {

std::string folder = ".";

shearpin::pool all_there() { return {.size = 1'000'000'000, .available = 1'000'000'000}; }

inline constexpr auto policy = shearpin::policy{
    shearpin::min_remaining(1), shearpin::max_rate(1'000'000'000, shearpin::duration::hours(1))};

/// Goes on by a step with each look, so that as many records lie in the window of an hour as are
/// wanted, however fast the machine is.
class stepping_clock {
public:
    explicit stepping_clock(std::int64_t in_an_hour)
        : step_(3'600'000'000'000 / in_an_hour / looks_of_a_call) {}
    shearpin::time_point now() const { return read().wall; }
    shearpin::instant read() const {
        const auto gone =
            shearpin::duration::nanoseconds(step_ * looks_.fetch_add(1, std::memory_order_relaxed));
        return {start + gone, gone, 1};
    }

private:
    static constexpr shearpin::time_point start =
        shearpin::time_point::since_epoch(shearpin::duration::days(20'000));
    static constexpr std::int64_t looks_of_a_call = 3;  // to ask the world, to reserve, to settle
    std::int64_t step_;
    mutable std::atomic<std::int64_t> looks_{0};
};

// One ledger for all threads of a benchmark, filled before the clock runs.
std::unique_ptr<stepping_clock> shared_clock;
std::unique_ptr<shearpin::ledger<shearpin::memory_store>> shared_ledger;

void in_memory(benchmark::State& state) {
    if (state.thread_index() == 0) {
        shared_clock = std::make_unique<stepping_clock>(state.range(0));
        shared_ledger =
            std::make_unique<shearpin::ledger<shearpin::memory_store>>(shearpin::memory_store{});
        auto fill = shearpin::guard<policy>([](unsigned) {}, all_there)
                        .with_ledger(*shared_ledger, "rows")
                        .with_clock(*shared_clock);
        for (std::int64_t at = 0; at != state.range(0) + 100; ++at) fill(1u);
    }
    for (auto _ : state) {
        auto remove = shearpin::guard<policy>([](unsigned) {}, all_there)
                          .with_ledger(*shared_ledger, "rows")
                          .with_clock(*shared_clock);
        remove(1u);
    }
    if (state.thread_index() == 0)
        state.counters["records"] = static_cast<double>(shared_ledger->entries().entries.size());
}
BENCHMARK(in_memory)->Arg(10)->Arg(100)->Arg(1'000)->Arg(10'000);
BENCHMARK(in_memory)->Arg(1'000)->Threads(2)->UseRealTime();

// --- on a file ---

std::unique_ptr<shearpin::ledger<shearpin::file_store>> file_ledger;

void on_a_file(benchmark::State& state) {
    const std::string path = folder + "/ledger";
    if (state.thread_index() == 0) {
        std::remove(path.c_str());
        file_ledger = std::make_unique<shearpin::ledger<shearpin::file_store>>(
            shearpin::file_store::create(path));
    }
    for (auto _ : state) {
        auto remove =
            shearpin::guard<policy>([](unsigned) {}, all_there).with_ledger(*file_ledger, "rows");
        remove(1u);
    }
    state.SetItemsProcessed(state.iterations());
    if (state.thread_index() == 0) std::remove(path.c_str());
}
BENCHMARK(on_a_file)->Iterations(2'000)->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(on_a_file)->Iterations(250)->Threads(8)->UseRealTime()->Unit(benchmark::kMicrosecond);

/// The same bytes as a ledger of some hundred records, written over and synced.
void bare_fdatasync(benchmark::State& state) {
    const std::string path = folder + "/bare";
    const std::vector<char> content(1u << 20, 'x');
    const int file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0 || ::write(file, content.data(), content.size()) != ssize_t(content.size()) ||
        ::fsync(file) != 0) {
        state.SkipWithError("cannot write there");
        return;
    }
    const auto bytes = static_cast<std::size_t>(state.range(0));
    for (auto _ : state)
        if (::pwrite(file, content.data(), bytes, 0) != ssize_t(bytes) || ::fdatasync(file) != 0)
            state.SkipWithError("cannot write there");
    state.SetItemsProcessed(state.iterations());
    ::close(file);
    std::remove(path.c_str());
}
BENCHMARK(bare_fdatasync)
    ->Arg(8 * 1024)
    ->Arg(64 * 1024)
    ->Iterations(1'000)
    ->UseRealTime()
    ->Unit(benchmark::kMicrosecond);

/// A row for each removal, and a sum over the window before it, in one transaction.
void sqlite(benchmark::State& state) {
    const std::string path = folder + "/removals.db";
    for (const char* suffix : {"", "-wal", "-shm"}) std::remove((path + suffix).c_str());
    sqlite3* db = nullptr;
    sqlite3_stmt* begin = nullptr;
    sqlite3_stmt* sum = nullptr;
    sqlite3_stmt* add = nullptr;
    sqlite3_stmt* commit = nullptr;
    const auto prepare = [&](const char* text, sqlite3_stmt** into) {
        return sqlite3_prepare_v2(db, text, -1, into, nullptr) == SQLITE_OK;
    };
    if (sqlite3_open(path.c_str(), &db) != SQLITE_OK ||
        sqlite3_exec(db,
                     "pragma journal_mode=wal; pragma synchronous=full;"
                     "create table removals(at integer primary key, amount integer not null)",
                     nullptr, nullptr, nullptr) != SQLITE_OK ||
        !prepare("begin immediate", &begin) ||
        !prepare("select total(amount) from removals where at > ?1 - 3600000000000", &sum) ||
        !prepare("insert into removals values(?1, 1)", &add) || !prepare("commit", &commit)) {
        state.SkipWithError(sqlite3_errmsg(db));
        return;
    }
    sqlite3_int64 now = 0;
    const auto step = [](sqlite3_stmt* what) {
        const int code = sqlite3_step(what);
        sqlite3_reset(what);
        return code == SQLITE_DONE || code == SQLITE_ROW;
    };
    for (auto _ : state) {
        now += 10'000'000'000;  // 360 of them in an hour
        sqlite3_bind_int64(sum, 1, now);
        sqlite3_bind_int64(add, 1, now);
        if (!step(begin) || !step(sum) || !step(add) || !step(commit))
            state.SkipWithError(sqlite3_errmsg(db));
    }
    state.SetItemsProcessed(state.iterations());
    for (sqlite3_stmt* each : {begin, sum, add, commit}) sqlite3_finalize(each);
    sqlite3_close(db);
    for (const char* suffix : {"", "-wal", "-shm"}) std::remove((path + suffix).c_str());
}
BENCHMARK(sqlite)->Iterations(1'000)->UseRealTime()->Unit(benchmark::kMicrosecond);

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && std::strncmp(argv[1], "--file=", 7) == 0) {
        folder = argv[1] + 7;
        argv[1] = argv[0];
        ++argv;
        --argc;
    }
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
}
