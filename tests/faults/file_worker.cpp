// SPDX-License-Identifier: BSL-1.0
// A program that works on a ledger file while something breaks it, and one that looks afterwards.
//   file_worker create <file>           creates it; prints why not
//   file_worker run <file> <report>     opens it and stores documents; writes down what it was told
//   file_worker unsynced <file> <report>  the same; takes a sync that failed for one that did not
//   file_worker check <file> <report>   0: all that was acted on is there; 3: refused; 1: wrong
#include <shearpin/file_store.hpp>

#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

namespace {

using shearpin::file_store;
using shearpin::stored;

/// Of two pages, and told apart in every byte.
std::string document(unsigned long number) {
    return std::to_string(number) + std::string(5000, static_cast<char>('a' + number % 26));
}

int create(const char* path) {
    file_store store = file_store::create(path);
    const shearpin::loaded found = store.load();
    if (!found.readable) std::printf("%s\n", found.why.c_str());
    return found.readable ? 0 : 3;
}

struct ignores_failed_syncs : shearpin::detail::posix_system {
    static long sync_data(int file) noexcept {
        static_cast<void>(posix_system::sync_data(file));
        return 0;
    }
};

template <class Store> int run(const char* path, const char* report_path) {
    std::ofstream report(report_path);
    Store store = Store::open(path);
    for (unsigned long number = 1; number != 9; ++number) {
        const shearpin::loaded found = store.load();
        if (!found.readable) {
            report << "refused " << number << " " << found.why.c_str() << std::endl;
            continue;
        }
        const bool is_lazy = number % 3 == 2;
        const stored answer = is_lazy ? store.store_lazily(document(number), found.version)
                                      : store.store(document(number), found.version);
        const char* const words[] = {"done ", "conflict ", "unknown ", "failed "};
        if (answer.what == stored::outcome::done && is_lazy)
            report << "lazy ";
        else
            report << words[static_cast<int>(answer.what)];
        report << number << " " << answer.why.c_str() << std::endl;
    }
    return 0;
}

int check(const char* path, const char* report_path) {
    file_store store = file_store::open(path);
    const shearpin::loaded found = store.load();
    if (!found.readable) {
        std::printf("%s\n", found.why.c_str());
        return 3;
    }
    unsigned long number = 0;
    for (const char letter : found.bytes) {
        if (letter < '0' || letter > '9') break;
        number = number * 10 + static_cast<unsigned long>(letter - '0');
    }
    if (found.bytes != (number == 0 ? std::string() : document(number))) {
        std::printf("holds what was never stored\n");
        return 1;
    }
    std::ifstream report(report_path);
    std::string line;
    unsigned long lines = 0;
    while (std::getline(report, line)) {
        ++lines;
        const auto space = line.find(' ');
        const std::string word = line.substr(0, space);
        const unsigned long which = std::stoul(line.substr(space));
        const bool has_reason = line.size() > space + 5;
        if ((word == "done" && which > number) || (word == "failed" && which == number) ||
            word == "conflict" || (word != "done" && word != "lazy" && !has_reason)) {
            std::printf("holds %lu, and was told: %s\n", number, line.c_str());
            return 1;
        }
    }
    if (lines != 8) {
        std::printf("the report has %lu lines\n", lines);
        return 1;
    }
    // And it can be written.
    const stored answer = store.store(document(99), found.version);
    if (answer.what != stored::outcome::done) std::printf("%s\n", answer.why.c_str());
    return answer.what == stored::outcome::done ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
    const std::string_view what = count > 2 ? words[1] : "";
    if (what == "create") return create(words[2]);
    if (what == "run" && count == 4) return run<file_store>(words[2], words[3]);
    if (what == "unsynced" && count == 4)
        return run<shearpin::basic_file_store<ignores_failed_syncs>>(words[2], words[3]);
    if (what == "check" && count == 4) return check(words[2], words[3]);
    std::fputs("usage: file_worker create|run|unsynced|check <file> [<report>]\n", stderr);
    return 2;
}
