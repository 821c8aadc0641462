// SPDX-License-Identifier: BSL-1.0
// Each half must be told in the words of its own version.
#include <cstdio>
#include <string>

std::string older();
std::string newer();

int main() {
    const std::string old_words = older(), new_words = newer();
    std::printf("older: %s\nnewer: %s\n", old_words.c_str(), new_words.c_str());
    const bool old_is_old = old_words.find("removal refused") == 0;
    const bool new_is_new = new_words.find("removal rejected") == 0;
    return old_is_old && new_is_new ? 0 : 1;
}
