// SPDX-License-Identifier: BSL-1.0
// Kept inputs, for a fuzzer that is called as `fuzzer --corpus FILE...`, or as
// `fuzzer --corpus=NUMBER FILE...` where fewer than that many are too few.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace fuzz {

inline bool is_asked_for_corpus(int number, char** arguments) {
    const std::string_view how = number > 1 ? arguments[1] : "";
    return how == "--corpus" || how.substr(0, 9) == "--corpus=";
}

/// Calls check(std::string) with each of the files that are named; one that cannot be read ends it.
template <class Check> int check_corpus(int number, char** arguments, Check check) {
    for (int at = 2; at < number; ++at) {
        std::ifstream file(arguments[at], std::ios::binary);
        std::string input((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
        if (!file) {
            std::fprintf(stderr, "cannot be read: %s\n", arguments[at]);
            std::abort();
        }
        check(static_cast<std::string&&>(input));
    }
    std::printf("%d inputs of the corpus\n", number - 2);
    const std::string_view how = arguments[1];
    const int kept = how == "--corpus" ? 1 : std::atoi(arguments[1] + 9);
    if (number - 2 < kept) std::printf("%d were kept when tests/fuzz/run wrote it\n", kept);
    return kept < 1 || number - 2 < kept ? 1 : 0;
}

}  // namespace fuzz
