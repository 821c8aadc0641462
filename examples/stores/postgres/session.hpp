// SPDX-License-Identifier: BSL-1.0
// Calls of PostgreSQL by libpq with a deadline, also where the server is frozen.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace shearpin_stores {

struct postgres_options {
    /// As libpq takes it: "host=db1 dbname=ops user=fleet" or "postgres://fleet@db1/ops". Passwords
    /// are best left to ~/.pgpass or PGPASSWORD.
    std::string connection;
    std::string ledger;  ///< its name: a row of the table
    std::string table = "shearpin_ledgers";
    /// Of a load or a store as a whole, with connecting where that is needed.
    std::chrono::milliseconds deadline{5000};
};

class session {
public:
    explicit session(postgres_options options) : options_(std::move(options)) {}

    enum class ending : unsigned char {
        answered,
        not_done,  ///< it never began, or was rolled back
        unknown,   ///< it may be done, or may still be
    };
    struct reply {
        ending how = ending::not_done;
        std::vector<std::vector<std::string>> rows{};
        std::string state{};  ///< PostgreSQL's code of the error; empty where it is another one
        std::string why{};    ///< unless it was answered
    };
    struct parameter {
        std::string bytes;
        bool is_binary = false;
        bool is_null = false;
    };

    /// What may be asked twice: where the connection turns out to be gone, once more over a new
    /// one.
    [[nodiscard]] reply ask(const std::string& sql, const std::vector<parameter>& given);
    /// What must not be sent twice.
    [[nodiscard]] reply tell(const std::string& sql, const std::vector<parameter>& given);

    [[nodiscard]] const postgres_options& options() const noexcept { return options_; }
    /// A name as SQL takes it, whatever is in it.
    [[nodiscard]] static std::string quoted(const std::string& name);

private:
    using time_point = std::chrono::steady_clock::time_point;
    struct closing {
        void operator()(PGconn* each) const { ::PQfinish(each); }
    };

    bool connect(time_point until, std::string& why);
    bool wait_for(short events, time_point until);
    reply run(const std::string& sql, const std::vector<parameter>& given, time_point until);
    reply lost(const std::string& why);

    postgres_options options_;
    std::unique_ptr<PGconn, closing> connection_{};
    bool was_warned_ = false;
};

}  // namespace shearpin_stores
