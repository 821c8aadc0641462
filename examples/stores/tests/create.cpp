// SPDX-License-Identifier: BSL-1.0
// Creates a ledger of this name, and says so, or why not:  create STORE
#include <cstdio>
#include <exception>
#include <string>

#include "../named_store.hpp"

int main(int count, char** words) {
    if (count != 2) return 2;
    try {
        const auto made = shearpin_stores::create_store(words[1]).load();
        if (!made.readable) std::fprintf(stderr, "create: %s\n", made.why.c_str());
        return made.readable ? 0 : 1;
    } catch (const std::exception& trouble) {
        std::fprintf(stderr, "create: %s\n", trouble.what());
        return 2;
    }
}
