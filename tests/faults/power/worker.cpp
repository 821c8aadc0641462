// SPDX-License-Identifier: BSL-1.0
// Runs in the machine whose power goes. What it prints is all that the host knows:
//   worker list FOLDER                       what stands on the ledgers there: "L", "E", at last
//   "Z" worker work FOLDER NAME SEED             reserves and settles until the power goes worker
//   --unsynced work FOLDER NAME SEED  the same with a store that leaves the sync out
// A line in small letters tells what is begun, one in capitals what is done: "C" created, "R"
// reserved, "S" settled, "N" refused, for the floor is reached; "X" is what must not be.
#include <shearpin/file_store.hpp>
#include <shearpin/shearpin.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

namespace {

// The pool looks full for ever, so that nothing but the ledger keeps it from running dry.
constexpr shearpin::pool world{.size = 1000, .available = 1000};
constexpr auto policy = shearpin::policy{
    shearpin::min_remaining(400),
    shearpin::max_rate(900, shearpin::duration::hours(24))};  // so that it is remembered for a day

struct never_syncs : shearpin::detail::posix_system {
    static long sync_data(int) noexcept { return 0; }
};

/// A whole line, by one call, so that those of several workers do not mix.
[[gnu::format(printf, 1, 2)]] void say(const char* form, ...) {
    char line[512];
    std::va_list values;
    va_start(values, form);
    const int length = std::vsnprintf(line, sizeof line - 1, form, values);
    va_end(values);
    if (length < 0) std::abort();
    auto size = static_cast<std::size_t>(length);
    if (size > sizeof line - 2) size = sizeof line - 2;
    std::replace(line, line + size, '\n', ' ');
    line[size++] = '\n';
    if (::write(1, line, size) != static_cast<ssize_t>(size)) std::abort();
}

std::string path_of(const std::string& folder, unsigned long number) {
    return folder + "/ledger." + std::to_string(number);
}
bool is_there(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

/// Of one that was only being created, nothing may be left.
unsigned long last_of(const std::string& folder) {
    unsigned long last = 0;
    for (unsigned long number = 1; number != last + 9; ++number)
        if (is_there(path_of(folder, number))) last = number;
    return last;
}

int list(const std::string& folder) {
    const unsigned long last = last_of(folder);
    for (unsigned long number = 1; number <= last; ++number) {
        if (!is_there(path_of(folder, number))) continue;
        shearpin::ledger ledger{shearpin::file_store::open(path_of(folder, number))};
        const shearpin::ledger_listing found = ledger.entries();
        if (!found.readable) {
            say("L %lu refused %s", number, found.why.c_str());
            continue;
        }
        say("L %lu read", number);
        for (const shearpin::ledger_entry& each : found.entries)
            say("E %lu %s %s %llu %llu", number, each.id.c_str(),
                each.state == shearpin::entry_state::open      ? "open"
                : each.state == shearpin::entry_state::settled ? "settled"
                                                               : "other",
                static_cast<unsigned long long>(each.targets),
                static_cast<unsigned long long>(each.pools.at(0).removed.amount));
    }
    say("Z %lu", last);
    return 0;
}

template <class System> class work {
public:
    work(std::string folder, const char* name, unsigned long seed)
        : folder_(std::move(folder)), name_(name), random_(seed) {}

    /// One ledger after the other, each until its floor is reached.
    [[noreturn]] void go_on() {
        using store = shearpin::basic_file_store<System>;
        for (unsigned long number = std::max(last_of(folder_), 1UL);; ++number) {
            const std::string path = path_of(folder_, number);
            if (!is_there(path)) {
                say("c %s %lu", name_, number);
                if (store::create(path).load().readable) say("C %s %lu", name_, number);
            }
            shearpin::ledger ledger{store::open(path)};
            // The other worker may be creating it, and what a cut has left half created is no
            // ledger.
            for (int turn = 0; turn != 20 && !ledger.entries().readable; ++turn) ::usleep(20'000);
            if (ledger.entries().readable) use(ledger, number);
        }
    }

private:
    template <class Ledger> void use(Ledger& ledger, unsigned long number) {
        shearpin::system_clock clock;
        auto guard = shearpin::guard<policy>([](unsigned) {}, [] { return world; })
                         .with_ledger(ledger, "pool")
                         .with_clock(clock)
                         .shows_after(shearpin::duration::hours(24));
        for (;;) {
            const auto asked = static_cast<unsigned>(1 + random_() % 6);
            say("r %s %lu %u", name_, number, asked);
            auto started = guard.reserve(asked);
            if (!started) {
                const bool is_floor = started.error().violations()[0].rule() == "min_remaining";
                say("%c %s %lu %u %s", is_floor ? 'N' : 'X', name_, number, asked,
                    is_floor ? "" : std::string(started.error().message().c_str()).c_str());
                return;
            }
            const std::string id = started->id().c_str();
            say("R %s %lu %s %u", name_, number, id.c_str(), asked);
            if (random_() % 8 == 0) {  // stays open
                static_cast<void>(new auto(std::move(*started)));
                continue;
            }
            // As much as was reserved, less or more.
            const auto done = random_() % 2 == 0 ? asked : static_cast<unsigned>(random_() % 9);
            say("s %s %lu %s %u", name_, number, id.c_str(), done);
            const auto trouble = std::move(*started).settle(shearpin::removed{done});
            if (trouble.empty())
                say("S %s %lu %s %u", name_, number, id.c_str(), done);
            else
                say("X %s %lu %s", name_, number, trouble.c_str());
        }
    }

    std::string folder_;
    const char* name_;
    std::mt19937_64 random_;
};

}  // namespace

int main(int count, char** words) {
    const bool unsynced = count > 1 && std::string_view(words[1]) == "--unsynced";
    words += unsynced;
    count -= unsynced;
    const std::string_view what = count > 1 ? words[1] : "";
    if (what == "list" && count == 3) return list(words[2]);
    if (what == "work" && count == 5) {
        const unsigned long seed = std::strtoul(words[4], nullptr, 10);
        if (unsynced) work<never_syncs>(words[2], words[3], seed).go_on();
        work<shearpin::detail::posix_system>(words[2], words[3], seed).go_on();
    }
    std::fputs("usage: worker list FOLDER | worker [--unsynced] work FOLDER NAME SEED\n", stderr);
    return 2;
}
