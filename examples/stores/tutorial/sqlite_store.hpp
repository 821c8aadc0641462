// SPDX-License-Identifier: BSL-1.0
// A store of your own, in the least that it takes: a row of an SQLite database.
#pragma once

#include <shearpin/store.hpp>

#include <sqlite3.h>

#include <memory>
#include <string_view>

class sqlite_store {
public:
    explicit sqlite_store(const char* path) {
        sqlite3* opened = nullptr;
        ::sqlite3_open(path, &opened);  // also where it fails, and then everything below does
        database_.reset(opened);
        ::sqlite3_busy_timeout(opened, 5000);  // the deadline
        ::sqlite3_exec(opened, "PRAGMA synchronous = EXTRA", nullptr, nullptr, nullptr);
    }
    shearpin::loaded load() {  // a missing table or row is not readable, never an empty document
        const auto sql = prepare("SELECT document, version FROM ledger");
        if (::sqlite3_step(sql.get()) != SQLITE_ROW) return {{}, 0, false, why()};
        const auto* bytes = static_cast<const char*>(::sqlite3_column_blob(sql.get(), 0));
        const auto length = static_cast<std::size_t>(::sqlite3_column_bytes(sql.get(), 0));
        return {{bytes == nullptr ? "" : bytes, length},
                static_cast<std::uint64_t>(::sqlite3_column_int64(sql.get(), 1)),
                true,
                {}};
    }
    shearpin::stored store(const std::string& bytes, std::uint64_t expected) {
        if (bytes.size() > std::size_t{1} << 20)
            return {outcome::failed, 0, std::string_view("too long")};
        const auto sql = prepare(  // one statement is one transaction
            "UPDATE ledger SET document = ?, version = version + 1 WHERE version = ?");
        ::sqlite3_bind_blob64(sql.get(), 1, bytes.data(), bytes.size(), SQLITE_STATIC);
        ::sqlite3_bind_int64(sql.get(), 2, static_cast<sqlite3_int64>(expected));
        const int ended = ::sqlite3_step(sql.get());
        if (ended == SQLITE_BUSY || ended == SQLITE_READONLY) return {outcome::failed, 0, why()};
        if (ended != SQLITE_DONE) return {outcome::unknown, 0, why()};  // perhaps on the disk
        if (::sqlite3_changes(database_.get()) == 0) return {outcome::conflict, 0, {}};
        return {outcome::done, expected + 1, {}};
    }

private:
    using outcome = shearpin::stored::outcome;
    struct closing {
        void operator()(sqlite3* each) const { ::sqlite3_close(each); }
        void operator()(sqlite3_stmt* each) const { ::sqlite3_finalize(each); }
    };
    std::unique_ptr<sqlite3_stmt, closing> prepare(const char* text) {
        sqlite3_stmt* made = nullptr;
        ::sqlite3_prepare_v2(database_.get(), text, -1, &made, nullptr);
        return std::unique_ptr<sqlite3_stmt, closing>(made);
    }
    shearpin::store_trouble why() { return std::string_view(::sqlite3_errmsg(database_.get())); }
    std::unique_ptr<sqlite3, closing> database_;
};
