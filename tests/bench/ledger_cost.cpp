// SPDX-License-Identifier: BSL-1.0
// What a ledger costs, against the least that anyone could write by hand for the same job.
//   ledger_cost memory-hand|memory-ledger <removals>   for instruction counts
//   ledger_cost memory-ratio <removals>                times, in turns, of one run
//   ledger_cost file-ratio <file> <removals>           times, in turns, of one run
// Ratios are of medians: the machine's noise reaches both sides alike.
#include <shearpin/file_store.hpp>
#include <shearpin/shearpin.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

namespace {

constexpr shearpin::count in_an_hour = 1000;
inline constexpr auto policy = shearpin::policy{shearpin::max_rate(in_an_hour, shearpin::duration::hours(1))};
inline constexpr auto roomy = shearpin::policy{shearpin::max_rate(1'000'000'000, shearpin::duration::hours(1))};

shearpin::pool all_there() { return {.size = 1'000'000, .available = 1'000'000}; }

/// A sliding limit as one writes it: in one process, forgotten with it, told to nobody.
class by_hand {
public:
    bool remove(std::int64_t now) {
        const std::lock_guard lock(mutex_);
        while (!removed_.empty() && removed_.front().at + 3'600'000'000'000 <= now) {
            sum_ -= removed_.front().amount;
            removed_.pop_front();
        }
        if (sum_ + 1 > 1'000'000'000) return false;
        sum_ += 1;
        removed_.push_back({now, 1});
        return true;
    }

private:
    struct removal {
        std::int64_t at;
        shearpin::count amount;
    };
    std::mutex mutex_;
    std::deque<removal> removed_;
    shearpin::count sum_ = 0;
};

/// Every removal ten seconds after the last one, so that 360 lie in the window at any time. Read from the machine's
/// clock all the same, as both sides have to.
class hurried_clock {
public:
    shearpin::time_point now() const {
        const shearpin::time_point real = shearpin::wall_clock.now();
        return real + shearpin::duration::seconds(10 * turn);
    }
    std::int64_t turn = 0;
};

using steady = std::chrono::steady_clock;
double nanoseconds_since(steady::time_point start) {
    return std::chrono::duration<double, std::nano>(steady::now() - start).count();
}
double median(std::vector<double>& of) {
    std::nth_element(of.begin(), of.begin() + static_cast<std::ptrdiff_t>(of.size() / 2), of.end());
    return of[of.size() / 2];
}

int memory(bool with_ledger, long number) {
    hurried_clock clock;
    by_hand hand;
    shearpin::ledger ledger{shearpin::memory_store{}};
    auto remove =
        shearpin::guard<roomy>([](unsigned) {}, all_there).with_ledger(ledger, "rows").with_clock(clock);
    for (long at = 0; at != number; ++at) {
        ++clock.turn;
        if (with_ledger)
            remove(1u);
        else if (!hand.remove(clock.now().since_epoch().in_nanoseconds()))
            std::abort();
    }
    std::puts("done");
    return 0;
}

int memory_ratio(long number) {
    hurried_clock clock;
    by_hand hand;
    shearpin::ledger ledger{shearpin::memory_store{}};
    auto remove =
        shearpin::guard<roomy>([](unsigned) {}, all_there).with_ledger(ledger, "rows").with_clock(clock);
    std::vector<double> guarded;
    std::vector<double> bare;
    constexpr int in_a_turn = 100;
    for (long at = 0; at != number / in_a_turn; ++at) {
        auto start = steady::now();
        for (int each = 0; each != in_a_turn; ++each) {
            ++clock.turn;
            if (!hand.remove(clock.now().since_epoch().in_nanoseconds())) std::abort();
        }
        bare.push_back(nanoseconds_since(start) / in_a_turn);
        start = steady::now();
        for (int each = 0; each != in_a_turn; ++each) {
            ++clock.turn;
            remove(1u);
        }
        guarded.push_back(nanoseconds_since(start) / in_a_turn);
    }
    const double one = median(guarded);
    const double other = median(bare);
    std::printf("reserve and settle in memory, ns: by hand %.0f   ledger %.0f   ratio %.2f\n", other, one, one / other);
    return 0;
}

/// Says how many bytes each reservation wrote.
class watched_store {
public:
    watched_store(shearpin::file_store inner, std::size_t& bytes) : inner_(std::move(inner)), bytes_(&bytes) {}
    shearpin::loaded load() { return inner_.load(); }
    shearpin::stored store(const std::string& bytes, std::uint64_t expected) {
        *bytes_ = bytes.size();
        return inner_.store(bytes, expected);
    }
    shearpin::stored store_lazily(const std::string& bytes, std::uint64_t expected) {
        return inner_.store_lazily(bytes, expected);
    }
    shearpin::instant now() const { return inner_.now(); }

private:
    shearpin::file_store inner_;
    std::size_t* bytes_;
};

int file_ratio(const std::string& path, long number) {
    std::size_t bytes = 0;
    shearpin::ledger ledger{watched_store{shearpin::file_store::create(path), bytes}};
    auto start_removal =
        shearpin::guard<policy>([](unsigned) {}, all_there).with_ledger(ledger, "rows");

    // The least that makes the same bytes durable: written over in a file that is as long as it will ever be.
    const std::string other_path = path + ".bare";
    const int bare_file = ::open(other_path.c_str(), O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0600);
    const std::vector<char> content(2u << 20, 'x');
    if (bare_file < 0 || ::write(bare_file, content.data(), content.size()) != ssize_t(content.size()) ||
        ::fsync(bare_file) != 0) {
        std::perror(other_path.c_str());
        return 1;
    }
    std::vector<double> reserving;
    std::vector<double> settling;
    std::vector<double> bare;
    std::vector<double> sizes;
    for (long at = 0; at != number; ++at) {
        auto start = steady::now();
        auto started = start_removal.reserve(1u);
        reserving.push_back(nanoseconds_since(start) / 1000);
        if (!started) {
            std::puts(started.error().message().c_str());
            return 1;
        }
        start = steady::now();
        const shearpin::store_trouble trouble = std::move(*started).settle();
        settling.push_back(nanoseconds_since(start) / 1000);
        if (!trouble.empty()) return 1;
        start = steady::now();
        if (::pwrite(bare_file, content.data(), bytes, 0) != ssize_t(bytes) || ::fdatasync(bare_file) != 0) return 1;
        bare.push_back(nanoseconds_since(start) / 1000);
        sizes.push_back(static_cast<double>(bytes));
    }
    ::close(bare_file);
    std::remove(other_path.c_str());
    std::remove(path.c_str());
    const double least = median(bare);
    const double reserve = median(reserving);
    const double settle = median(settling);
    std::printf("a removal on a file of %.0f bytes, us: pwrite and fdatasync of them %.0f   reserve %.0f, ratio %.2f   "
                "settle %.0f, both %.2f\n",
                median(sizes), least, reserve, reserve / least, settle, (reserve + settle) / least);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string what = argc > 1 ? argv[1] : "";
    if (argc == 3 && what == "memory-hand") return memory(false, std::atol(argv[2]));
    if (argc == 3 && what == "memory-ledger") return memory(true, std::atol(argv[2]));
    if (argc == 3 && what == "memory-ratio") return memory_ratio(std::atol(argv[2]));
    if (argc == 4 && what == "file-ratio") return file_ratio(argv[2], std::atol(argv[3]));
    std::fputs("usage: ledger_cost memory-hand|memory-ledger|memory-ratio <removals>\n"
               "       ledger_cost file-ratio <new file> <removals>\n",
               stderr);
    return 2;
}
