// SPDX-License-Identifier: BSL-1.0
// Stores documents of 1 MiB until the server takes no more:  fill STORE
// What it says last is why.
#include <cstdio>
#include <exception>
#include <string>

#include "../named_store.hpp"

int main(int count, char** words) {
    if (count != 2) return 2;
    try {
        shearpin::any_store store = shearpin_stores::open_store(words[1]);
        std::string long_one(std::size_t{1} << 20, '\0');
        for (int turn = 0; turn != 400; ++turn) {
            for (char& each : long_one) each = static_cast<char>(each * 5 + turn + 1);
            const shearpin::loaded found = store.load();
            if (!found.readable) {
                std::printf("%s\n", found.why.c_str());
                return 1;
            }
            const shearpin::stored answer = store.store(long_one, found.version);
            if (answer.what == shearpin::stored::outcome::done) continue;
            std::printf("after %d documents: %s\n", turn, answer.why.c_str());
            return 1;
        }
    } catch (const std::exception& trouble) {
        std::printf("fill: %s\n", trouble.what());
        return 2;
    }
    return 0;
}
