// SPDX-License-Identifier: BSL-1.0
#include "postgres_store.hpp"

#include <string_view>

namespace shearpin_stores {

namespace {

using shearpin::stored;

/// Binary, as PostgreSQL sends 64-bit integers.
std::int64_t read_integer(const std::string& bytes) {
    std::uint64_t value = 0;
    for (const char each : bytes) value = value << 8 | static_cast<unsigned char>(each);
    return static_cast<std::int64_t>(value);
}
session::parameter binary(std::uint64_t number) {
    session::parameter made{std::string(8, '\0'), true, false};
    for (std::size_t at = 8; at-- != 0; number >>= 8)
        made.bytes[at] = static_cast<char>(number & 255);
    return made;
}
/// Whole microseconds: no floating point decides anything.
constexpr const char* servers_time = "(extract(epoch from clock_timestamp()) * 1000000)::bigint";
shearpin::time_point read_time(const std::string& bytes) {
    return shearpin::time_point::since_epoch(
        shearpin::duration::nanoseconds(read_integer(bytes) * 1000));
}

}  // namespace

postgres_store postgres_store::create(const postgres_options& options) {
    postgres_store made(options);
    const auto failed = [&](const session::reply& answer) {
        made.trouble_ = made.told(answer.how == session::ending::unknown
                                      ? "may be created or not; open it to see. " + answer.why
                                      : "cannot be created. " + answer.why);
        return std::move(made);
    };
    // Looked for first, since who may write to the table need not be allowed to create one.
    auto answer =
        made.session_->ask("SELECT to_regclass($1) IS NULL", {{made.table(), false, false}});
    if (answer.how != session::ending::answered) return failed(answer);
    if (answer.rows.at(0).at(0) == std::string(1, '\1')) {
        answer = made.session_->tell(
            "CREATE TABLE IF NOT EXISTS " + made.table() +
                " (name text PRIMARY KEY, identity uuid NOT NULL DEFAULT gen_random_uuid(), "
                "version bigint NOT NULL, document bytea NOT NULL)",
            {});
        // Somebody else may create it at the same moment.
        const bool is_there = answer.state == "23505" || answer.state == "42P07";
        if (answer.how != session::ending::answered && !is_there) return failed(answer);
    }
    answer = made.session_->tell("INSERT INTO " + made.table() +
                                     " (name, version, document) VALUES ($1, 1, '') "
                                     "ON CONFLICT DO NOTHING RETURNING version",
                                 {{options.ledger, false, false}});
    if (answer.how != session::ending::answered) return failed(answer);
    if (answer.rows.empty()) made.trouble_ = made.told("is already there, and was left as it is");
    return made;
}

shearpin::loaded postgres_store::load() {
    shearpin::loaded answer;
    answer.why = trouble_;
    if (!trouble_.empty()) return answer;
    const shearpin::duration asked = server_clock::ask();
    const session::reply found =
        session_->ask("SELECT version, document, identity, pg_is_in_recovery(), " +
                          std::string(servers_time) + " FROM " + table() + " WHERE name = $1",
                      {{session_->options().ledger, false, false}});
    const bool has_no_table = found.state == "42P01";
    if (found.how != session::ending::answered && !has_no_table) {
        answer.why = told("cannot be read. " + found.why);
        return answer;
    }
    if (found.rows.empty()) {
        answer.why = told(
            "is not there. If there never was one, create it; if there was, find out what was "
            "removed lately: a new ledger has forgotten it");
        return answer;
    }
    const std::vector<std::string>& row = found.rows.at(0);
    if (row.at(3) != std::string(1, '\0')) {
        answer.why = told("cannot be read from a standby, whose copy may lag behind");
        return answer;
    }
    if (identity_.empty()) identity_ = row.at(2);
    if (identity_ != row.at(2)) {
        answer.why = told(
            "was deleted and created anew while it was in use; find out what was removed lately");
        return answer;
    }
    clock_->heard(read_time(row.at(4)), asked);
    answer.version = static_cast<std::uint64_t>(read_integer(row.at(0)));
    answer.bytes = row.at(1);
    answer.readable = true;
    return answer;
}

stored postgres_store::store(const std::string& bytes, std::uint64_t expected) {
    stored answer;
    answer.why = trouble_;
    if (!trouble_.empty()) return answer;
    if (bytes.size() > capacity) {
        answer.why = told("takes 1 MiB, and the document is longer");
        return answer;
    }
    if (expected >= std::uint64_t{1} << 63) {  // no row has such a version
        answer.what = stored::outcome::conflict;
        return answer;
    }
    const shearpin::duration asked = server_clock::ask();
    // Before the first load there is no identity to compare, and no version to expect either.
    const session::reply found = session_->tell(
        "UPDATE " + table() +
            " SET version = version + 1, document = $3 WHERE name = $1 AND "
            "version = $2::bigint AND ($4::uuid IS NULL OR identity = $4::uuid) RETURNING "
            "version, " +
            std::string(servers_time),
        {{session_->options().ledger, false, false},
         binary(expected),
         {bytes, true, false},
         {identity_, true, identity_.empty()}});
    if (found.how == session::ending::unknown) {
        answer.what = stored::outcome::unknown;
        answer.why = told("may be written or not. " + found.why);
    } else if (found.how == session::ending::not_done) {
        answer.why = told("cannot be written. " + found.why);
    } else if (found.rows.empty()) {
        answer.what = stored::outcome::conflict;
    } else {
        clock_->heard(read_time(found.rows.at(0).at(1)), asked);
        answer.what = stored::outcome::done;
        answer.version = static_cast<std::uint64_t>(read_integer(found.rows.at(0).at(0)));
    }
    return answer;
}

shearpin::store_trouble postgres_store::told(const std::string& what) const {
    return std::string_view("the ledger " + session_->options().ledger + " in PostgreSQL " + what);
}

}  // namespace shearpin_stores
