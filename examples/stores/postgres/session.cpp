// SPDX-License-Identifier: BSL-1.0
#include "session.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace shearpin_stores {

namespace {

using clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

struct clearing {
    void operator()(PGresult* each) const { ::PQclear(each); }
};
using result = std::unique_ptr<PGresult, clearing>;

/// libpq's messages end with a line break, and may have several lines.
std::string first_line(const char* message) {
    std::string text = message == nullptr ? "" : message;
    const std::size_t from = text.find_first_not_of(" \n");
    if (from == std::string::npos) return "no answer";
    text = text.substr(from, text.find('\n', from) - from);
    return text;
}

/// The `options` that the user's connection names, such as a search_path.
std::string own_settings(const std::string& connection) {
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> all(
        ::PQconninfoParse(connection.c_str(), nullptr), &::PQconninfoFree);
    for (const PQconninfoOption* each = all.get(); each != nullptr && each->keyword != nullptr;
         ++each)
        if (std::strcmp(each->keyword, "options") == 0 && each->val != nullptr) return each->val;
    return {};
}

}  // namespace

std::string session::quoted(const std::string& name) {
    std::string text = "\"";
    for (const char letter : name)
        text += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    return text + '"';
}

/// False after the deadline.
bool session::wait_for(short events, time_point until) {
    for (;;) {
        const auto left = std::chrono::ceil<milliseconds>(until - clock::now());
        struct pollfd each{::PQsocket(connection_.get()), events, 0};
        const int found =
            ::poll(&each, 1, static_cast<int>(std::max(left, milliseconds(0)).count()));
        if (found > 0) return true;
        if (found == 0 || errno != EINTR) return false;
    }
}

bool session::connect(time_point until, std::string& why) {
    // What is given later wins: it must be the server that takes writes, since a standby's copy may
    // lag behind, and the settings on which `done` rests are not left to the role's or the
    // server's.
    const std::string timeout = std::to_string(options_.deadline.count());
    const std::string settings =
        own_settings(options_.connection) +
        " -c synchronous_commit=on -c default_transaction_isolation=read\\ committed"
        " -c lock_timeout=" +
        timeout + " -c statement_timeout=" + timeout;
    const char* const names[] = {"dbname", "target_session_attrs", "options", "application_name",
                                 nullptr};
    const char* const values[] = {options_.connection.c_str(), "read-write", settings.c_str(),
                                  "shearpin", nullptr};
    connection_.reset(::PQconnectStartParams(names, values, 1));
    if (!connection_) {
        why = "no memory";
        return false;
    }
    for (PostgresPollingStatusType next = PGRES_POLLING_WRITING; next != PGRES_POLLING_OK;) {
        if (next == PGRES_POLLING_FAILED || ::PQstatus(connection_.get()) == CONNECTION_BAD) {
            why = first_line(::PQerrorMessage(connection_.get()));
            connection_.reset();
            return false;
        }
        if (!wait_for(next == PGRES_POLLING_READING ? POLLIN : POLLOUT, until)) {
            why = "no connection within " + std::to_string(options_.deadline.count()) + " ms";
            connection_.reset();
            return false;
        }
        next = ::PQconnectPoll(connection_.get());
    }
    if (::PQsetnonblocking(connection_.get(), 1) != 0) {
        why = first_line(::PQerrorMessage(connection_.get()));
        connection_.reset();
        return false;
    }
    // A warning is how PostgreSQL says that it has not waited for its standbys after all.
    ::PQsetNoticeReceiver(
        connection_.get(),
        [](void* self, const PGresult* notice) {
            const char* const severity =
                ::PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
            if (severity == nullptr || std::strcmp(severity, "WARNING") == 0)
                static_cast<session*>(self)->was_warned_ = true;
        },
        this);
    return true;
}

session::reply session::lost(const std::string& why) {
    connection_.reset();
    reply answer;
    answer.how = ending::unknown;
    answer.why = why;
    return answer;
}

session::reply session::run(const std::string& sql, const std::vector<parameter>& given,
                            time_point until) {
    std::vector<const char*> values;
    std::vector<int> lengths;
    std::vector<int> formats;
    for (const parameter& each : given) {
        values.push_back(each.is_null ? nullptr : each.bytes.c_str());
        lengths.push_back(static_cast<int>(each.bytes.size()));
        formats.push_back(each.is_binary ? 1 : 0);
    }
    PGconn* const open = connection_.get();
    was_warned_ = false;
    if (::PQsendQueryParams(open, sql.c_str(), static_cast<int>(given.size()), nullptr,
                            values.data(), lengths.data(), formats.data(), 1) == 0)
        return lost(first_line(::PQerrorMessage(open)));
    for (;;) {
        const int left = ::PQflush(open);
        if (left == 0) break;
        if (left < 0) return lost(first_line(::PQerrorMessage(open)));
        if (!wait_for(POLLIN | POLLOUT, until)) return lost("no answer in time");
        if (::PQconsumeInput(open) == 0) return lost(first_line(::PQerrorMessage(open)));
    }
    reply answer;
    for (;;) {
        while (::PQisBusy(open) != 0) {
            if (!wait_for(POLLIN, until)) return lost("no answer in time");
            if (::PQconsumeInput(open) == 0) return lost(first_line(::PQerrorMessage(open)));
        }
        const result found(::PQgetResult(open));
        if (!found) break;
        // What comes last counts: an error of the commit comes after the rows that it takes back.
        const ExecStatusType status = ::PQresultStatus(found.get());
        if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
            answer.how = ending::answered;
            for (int row = 0; row != ::PQntuples(found.get()); ++row) {
                std::vector<std::string> cells;
                for (int at = 0; at != ::PQnfields(found.get()); ++at)
                    cells.emplace_back(
                        ::PQgetvalue(found.get(), row, at),
                        static_cast<std::size_t>(::PQgetlength(found.get(), row, at)));
                answer.rows.push_back(std::move(cells));
            }
            continue;
        }
        answer.rows.clear();
        const char* const state = ::PQresultErrorField(found.get(), PG_DIAG_SQLSTATE);
        const char* const message = ::PQresultErrorField(found.get(), PG_DIAG_MESSAGE_PRIMARY);
        answer.state = state == nullptr ? "" : state;
        answer.why = first_line(message != nullptr ? message : ::PQerrorMessage(open));
        // A server that ends a session (57P..), or itself, may have committed before.
        const bool is_over = answer.state.empty() || answer.state.compare(0, 3, "57P") == 0 ||
                             answer.state.compare(0, 2, "08") == 0 ||
                             answer.state.compare(0, 2, "XX") == 0;
        answer.how = is_over ? ending::unknown : ending::not_done;
    }
    // Until the server is ready for the next one, this one may not be committed.
    if (::PQstatus(open) == CONNECTION_BAD)  // its last words are better than libpq's
        return lost(answer.why.empty() ? "the connection was lost" : answer.why);
    if (answer.how == ending::answered && was_warned_) {
        answer.how = ending::unknown;
        answer.why = "the server warned that it may not be durable";
    }
    return answer;
}

session::reply session::ask(const std::string& sql, const std::vector<parameter>& given) {
    const time_point until = clock::now() + options_.deadline;
    for (bool is_again = false;; is_again = true) {
        const bool was_open = connection_ != nullptr;
        reply answer;
        if (!was_open && !connect(until, answer.why)) return answer;
        answer = run(sql, given, until);
        if (answer.how != ending::unknown || !was_open || is_again || clock::now() >= until)
            return answer;
    }
}

session::reply session::tell(const std::string& sql, const std::vector<parameter>& given) {
    const time_point until = clock::now() + options_.deadline;
    reply answer;
    if (!connection_ && !connect(until, answer.why)) return answer;
    return run(sql, given, until);
}

}  // namespace shearpin_stores
