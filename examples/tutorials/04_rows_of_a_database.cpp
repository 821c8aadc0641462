// SPDX-License-Identifier: BSL-1.0
// 4. Rows of a database: the DELETE whose WHERE was forgotten.
//
// A statement does not say how many rows it will take. So they are counted with the same condition,
// in the same transaction, and the guard decides between the count and the DELETE. Nobody else can
// write in between: what was counted is what goes.
#include <shearpin/core.hpp>

#include <sqlite3.h>

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

namespace {

struct close_database {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};
using database = std::unique_ptr<sqlite3, close_database>;

/// Runs a statement; the first value of its first row, or 0.
shearpin::count run(sqlite3* db, const std::string& sql) {
    sqlite3_stmt* prepared = nullptr;
    shearpin::count value = 0;
    if (sqlite3_prepare_v2(db, sql.c_str(), -1, &prepared, nullptr) == SQLITE_OK &&
        sqlite3_step(prepared) == SQLITE_ROW)
        value = static_cast<shearpin::count>(sqlite3_column_int64(prepared, 0));
    if (sqlite3_finalize(prepared) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db));
    return value;
}

struct transaction {  // rolled back unless it is committed, so also when a call is refused
    explicit transaction(sqlite3* handle) : db(handle) { run(db, "BEGIN IMMEDIATE"); }
    transaction(const transaction&) = delete;
    transaction& operator=(const transaction&) = delete;
    ~transaction() {
        if (sqlite3_get_autocommit(db) == 0)
            sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
    }
    void commit() { run(db, "COMMIT"); }
    sqlite3* db;
};

constexpr auto orders_policy = shearpin::policy{
    shearpin::max_batch(50),
    shearpin::min_remaining(500),  // a table that is nearly empty is a mistake, however it came
};

}  // namespace

int main() {
    sqlite3* handle = nullptr;
    if (sqlite3_open(":memory:", &handle) != SQLITE_OK) return 1;
    const database db(handle);
    run(db.get(), "CREATE TABLE orders(id INTEGER PRIMARY KEY, day INTEGER)");
    run(db.get(),
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
        "INSERT INTO orders SELECT i, i / 20 FROM n");

    const auto rows = [&] { return run(db.get(), "SELECT count(*) FROM orders"); };
    auto delete_orders =
        shearpin::guard<orders_policy>(
            [&](const std::string& where) {
                run(db.get(), "DELETE FROM orders WHERE " + where);
                return shearpin::removed{static_cast<unsigned>(sqlite3_changes(db.get()))};
            },
            [&] { return shearpin::pool{.size = rows(), .available = rows()}; })
            // A text is not a number of rows, so a second function says how many are meant.
            .counting([&](const std::string& where) {
                return run(db.get(), "SELECT count(*) FROM orders WHERE " + where);
            })
            .named("orders");

    for (const char* where : {"day < 2", "1 = 1", "day = 999"}) {
        std::printf("DELETE FROM orders WHERE %s\n", where);
        transaction work(db.get());
        if (const auto done = delete_orders.try_call(std::string(where)); done) {
            work.commit();
            std::printf("deleted %u\n", static_cast<unsigned>(done->amount));
        } else {
            std::puts(done.error().message().c_str());
        }
    }
    std::printf("%u rows are left\n", static_cast<unsigned>(rows()));
}
