// SPDX-License-Identifier: BSL-1.0
// Is it a store? This says what is wrong with it, and ends with 0 where nothing is.
#include <shearpin/testing/store_conformance.hpp>

#include <unistd.h>

#include <cstdio>
#include <string>

#include "sqlite_store.hpp"

int main() {
    const std::string path = "/tmp/sqlite-store-" + std::to_string(::getpid());
    sqlite3* made = nullptr;  // once, and by name: the table, with one empty document
    if (::sqlite3_open(path.c_str(), &made) != SQLITE_OK ||
        ::sqlite3_exec(made,
                       "CREATE TABLE ledger (document BLOB, version INTEGER);"
                       "INSERT INTO ledger VALUES (x'', 1)",
                       nullptr, nullptr, nullptr) != SQLITE_OK)
        return 2;
    ::sqlite3_close(made);
    const auto wrong = shearpin::testing::check_store([&] { return sqlite_store(path.c_str()); });
    for (const std::string& each : wrong) std::puts(each.c_str());
    ::unlink(path.c_str());
    return wrong.empty() ? 0 : 1;
}
