// SPDX-License-Identifier: BSL-1.0
// The conformance test on a store of this name, which is replaced by all kinds of bytes:
//   conform STORE
//   conform --create STORE     creates it first
#include <shearpin/testing/store_conformance.hpp>

#include <cstdio>
#include <exception>
#include <string>

#include "../named_store.hpp"

int main(int count, char** words) {
    const bool creates = count == 3 && std::string(words[1]) == "--create";
    if (count != (creates ? 3 : 2)) {
        std::fputs("usage: conform [--create] STORE\n", stderr);
        return 2;
    }
    const std::string name = words[count - 1];
    try {
        if (creates) {
            const auto made = shearpin_stores::create_store(name).load();
            if (!made.readable) {
                std::printf("%s\n", std::string(made.why).c_str());
                return 1;
            }
        }
        const auto wrong =
            shearpin::testing::check_store([&] { return shearpin_stores::open_store(name); });
        for (const std::string& each : wrong) std::printf("%s\n", each.c_str());
        return wrong.empty() ? 0 : 1;
    } catch (const std::exception& trouble) {
        std::fprintf(stderr, "conform: %s\n", trouble.what());
        return 2;
    }
}
