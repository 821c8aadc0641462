// SPDX-License-Identifier: BSL-1.0
#include "confirmation.hpp"

#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <string>

#include "numbers.hpp"

namespace fleet {

bool is_confirmed(std::size_t hosts) {
    if (::isatty(STDIN_FILENO) == 0 || ::isatty(STDERR_FILENO) == 0) return true;
    std::fprintf(stderr, "To remove %s, type the number of hosts: ", hosts == 1 ? "it" : "them");
    std::string answer;
    std::getline(std::cin, answer);
    if (read_count(answer) == shearpin::count{hosts}) return true;
    std::fprintf(stderr, "fleet: that is not the number; nothing was removed\n");
    return false;
}

}  // namespace fleet
