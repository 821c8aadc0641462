// SPDX-License-Identifier: BSL-1.0
// 9. Two processes and one ledger: also when one of them is killed half-way.
//
// The nightly job and a person at a terminal remove from the same pool, each with a tool of its
// own. Neither knows of the other, and a process that is killed in the middle can tell nobody how
// much it had done. They share a ledger, which is a file: what is to go is written there first,
// and what was never said to be over counts as gone until a person has looked.
#include <shearpin/file_store.hpp>
#include <shearpin/shearpin.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace {

constexpr const char* path = "removals.ledger";
constexpr auto policy = shearpin::policy{shearpin::min_remaining(6)};

void show(const auto& done) {
    if (done)
        std::puts("  removed");
    else
        std::puts(done.error().message().c_str());
    std::fflush(stdout);
}

template <class F> void in_another_process(const char* who, F body) {
    std::printf("%s:\n", who);
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        body();
        std::_Exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
}

shearpin::count number_that_serve() {  // a look at the world, not at the ledger
    FILE* const file = std::fopen("serving", "r");
    unsigned long number = 0;
    if (file == nullptr || std::fscanf(file, "%lu", &number) != 1) std::abort();
    std::fclose(file);
    return number;
}
void write_number_that_serve(shearpin::count number) {
    FILE* const file = std::fopen("serving", "w");
    if (file == nullptr || std::fprintf(file, "%ju", number) < 0) std::abort();
    std::fclose(file);
}

/// What each of the tools does: open the ledger, and remove.
template <class F> void remove_by(const char* who, F removal, unsigned how_many) {
    shearpin::ledger ledger{shearpin::file_store::open(path)};
    auto remove = shearpin::guard<policy>(removal, [] {
                      return shearpin::pool{.size = 10, .available = number_that_serve()};
                  }).with_ledger(ledger, "replicas");
    show(remove.asking({.actor = who, .reason = "spare capacity"}).try_call(how_many));
}

}  // namespace

int main() {
    write_number_that_serve(10);
    // Made once, by name, when the tool is set up. To open one that is missing is a refusal, so
    // that a lost file is no fresh budget.
    {
        const auto made_once = shearpin::file_store::create(path);
    }

    const auto take_out = [](unsigned number) {
        write_number_that_serve(number_that_serve() - number);
    };
    in_another_process("the job removes 2", [&] { remove_by("nightly", take_out, 2); });

    in_another_process("the job is killed while it removes 2", [&] {
        remove_by("nightly", [](unsigned) { std::_Exit(9); }, 2);  // had it begun? nobody knows
    });

    std::puts("a person removes 1:");
    remove_by("ann", take_out, 1);  // 8 serve by the look of it, and perhaps only 6

    // What is left open can be listed, and the person who has looked says how it ended.
    shearpin::ledger ledger{shearpin::file_store::open(path)};
    for (const auto& entry : ledger.entries().entries) {
        if (entry.state != shearpin::entry_state::open) continue;
        std::printf("open: %ju of %s, by %s for %s\n", entry.pools[0].removed.amount,
                    entry.pools[0].pool.c_str(), entry.actor.c_str(), entry.reason.c_str());
        const auto trouble = ledger.resolve(entry.id, shearpin::resolution::nothing_removed, "ann",
                                            "both answer, so it had not begun");
        if (!trouble.empty()) std::printf("%s\n", trouble.c_str());
    }
    std::puts("the person again:");
    remove_by("ann", take_out, 1);
}
