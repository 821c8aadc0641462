// SPDX-License-Identifier: BSL-1.0
// Kills workers (SIGKILL) at any moment while others go on, over one ledger file. Each tells
// through a pipe what it is about to do and what it was told, so that what was acted on is counted
// apart. At last the same with a store that looks at no version, which has to be convicted.
//   file_kill <file>
#include <shearpin/file_store.hpp>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace {

using shearpin::file_store;
using shearpin::stored;

/// Stores over whatever another process has stored since.
class looks_at_no_version {
public:
    static looks_at_no_version open(const std::string& path) {
        return looks_at_no_version(file_store::open(path));
    }
    shearpin::loaded load() { return inner_.load(); }
    stored store(const std::string& bytes, std::uint64_t expected) {
        for (;;) {
            const stored answer = inner_.store(bytes, expected);
            if (answer.what != stored::outcome::conflict) return answer;
            expected = inner_.load().version;
        }
    }
    stored store_lazily(const std::string& bytes, std::uint64_t expected) {
        return store(bytes, expected);
    }

private:
    explicit looks_at_no_version(file_store&& inner) : inner_(std::move(inner)) {}
    file_store inner_;
};

/// "<reserved> <settled> ", and enough pages that many are killed within a write.
struct tallies {
    unsigned long reserved = 0, settled = 0;

    [[nodiscard]] std::string document() const {
        const auto fill = static_cast<char>('a' + (reserved + settled) % 26);
        return std::to_string(reserved) + " " + std::to_string(settled) + " " +
               std::string(300'000, fill);
    }
    static tallies read(const std::string& bytes) {
        tallies read;
        if (bytes.empty()) return read;
        if (std::sscanf(bytes.c_str(), "%lu %lu ", &read.reserved, &read.settled) != 2 ||
            bytes != read.document()) {
            std::puts("holds what was never stored");
            std::exit(1);
        }
        return read;
    }
};

void say(int pipe, char what) {
    if (::write(pipe, &what, 1) != 1) ::_exit(3);
}

/// Reserves and settles until it is killed.
template <class Store> [[noreturn]] void work(const std::string& path, int pipe) {
    Store store = Store::open(path);
    for (bool settles = false;;) {
        const shearpin::loaded found = store.load();
        if (!found.readable) {
            std::printf("refused: %s\n", found.why.c_str());
            std::fflush(stdout);
            say(pipe, 'X');
            ::_exit(4);
        }
        tallies next = tallies::read(found.bytes);
        ++(settles ? next.settled : next.reserved);
        say(pipe, settles ? 's' : 'r');
        const stored answer = settles ? store.store_lazily(next.document(), found.version)
                                      : store.store(next.document(), found.version);
        if (answer.what == stored::outcome::conflict) {
            say(pipe, 'c');
        } else if (answer.what == stored::outcome::done) {
            say(pipe, settles ? 'S' : 'R');
            settles = !settles;
        } else {
            std::printf("not stored: %s\n", answer.why.c_str());
            std::fflush(stdout);
            say(pipe, 'X');
            ::_exit(4);
        }
    }
}

struct verdict {
    bool is_well = false;   ///< all that was acknowledged is there, and nothing that nobody tried
    bool has_lost = false;  ///< a reservation that was acknowledged is not there
};

template <class Store> verdict trial(const std::string& path, int rounds) {
    ::unlink(path.c_str());
    file_store watching = file_store::create(path);
    int ends[2];
    if (::pipe(ends) != 0) std::exit(2);

    std::mt19937 random(4);
    std::vector<pid_t> workers;
    const auto start = [&] {
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(ends[0]);  // so that nobody goes on when this program is gone
            work<Store>(path, ends[1]);
        }
        return child;
    };
    for (int number = 0; number != 3; ++number) workers.push_back(start());

    // Every letter is counted, so that none of those who live waits for the pipe.
    std::map<char, unsigned long> told;
    const auto listen = [&](unsigned long letters) {
        for (; letters != 0; --letters) {
            char what = 0;
            if (::read(ends[0], &what, 1) != 1) std::exit(2);
            ++told[what];
            if (what == 'X') return false;
        }
        return true;
    };
    bool is_well = true;
    std::uint64_t version = 0;
    for (int round = 0; round != rounds && is_well; ++round) {
        is_well = listen(random() % 40);
        const std::size_t which = random() % workers.size();
        ::kill(workers[which], SIGKILL);
        ::waitpid(workers[which], nullptr, 0);
        const shearpin::loaded found = watching.load();
        if (!found.readable) std::printf("refused: %s\n", found.why.c_str());
        if (found.version < version) std::puts("the version went back");
        is_well = is_well && found.readable && found.version >= version;
        version = found.version;
        workers[which] = start();
    }
    for (const pid_t worker : workers) {
        ::kill(worker, SIGKILL);
        ::waitpid(worker, nullptr, 0);
    }
    ::close(ends[1]);
    for (char what = 0; ::read(ends[0], &what, 1) == 1;) ++told[what];

    const shearpin::loaded found = file_store::open(path).load();
    if (!found.readable) std::printf("refused: %s\n", found.why.c_str());
    const tallies left = tallies::read(found.bytes);
    ::close(ends[0]);
    std::printf("reserved: %lu acknowledged, %lu kept, %lu tried; settled: %lu, %lu, %lu\n",
                told['R'], left.reserved, told['r'], told['S'], left.settled, told['s']);
    is_well = is_well && found.readable && told['X'] == 0 && told['R'] > 60 &&
              left.reserved >= told['R'] && left.reserved <= told['r'] && left.settled <= told['s'];
    ::unlink(path.c_str());
    return {is_well, found.readable && told['R'] > left.reserved};
}

}  // namespace

int main(int count, char** words) {
    if (count != 2) return 2;
    if (!trial<file_store>(words[1], 60).is_well) return 1;
    std::puts("control, which looks at no version:");
    const verdict careless = trial<looks_at_no_version>(words[1], 30);
    if (careless.is_well || !careless.has_lost) {
        std::puts("NOT CONVICTED");
        return 1;
    }
    return 0;
}
