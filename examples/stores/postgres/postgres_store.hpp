// SPDX-License-Identifier: BSL-1.0
// A ledger in a row of PostgreSQL, for whoever can reach the server.
#pragma once

#include <shearpin/store.hpp>

#include <memory>

#include "server_clock.hpp"
#include "session.hpp"

namespace shearpin_stores {

/// A byte store, with the server's clock: give the ledger a margin of 2 seconds, by which two
/// users' views of it may differ (server_clock). Its compare-and-set is one UPDATE that names the
/// version, committed synchronously, whatever the role's settings are. What the server has
/// committed stays, as long as its disk does; across a failover, as far as its standbys are
/// synchronous.
class postgres_store {
public:
    static constexpr std::size_t capacity = std::size_t{1} << 20;

    /// A new ledger, and the table for it where there is none. The row must not exist.
    [[nodiscard]] static postgres_store create(const postgres_options& options);
    /// A ledger that is there. A missing row or table is refused, and so is a row that was deleted
    /// and made anew after it was first read: whoever lost the ledger has not won a new budget.
    [[nodiscard]] static postgres_store open(const postgres_options& options) {
        return postgres_store(options);
    }

    [[nodiscard]] shearpin::loaded load();
    [[nodiscard]] shearpin::stored store(const std::string& bytes, std::uint64_t expected);
    [[nodiscard]] shearpin::instant now() const { return clock_->now(); }
    /// A look is worth it, too, when the server's clock has not been heard for long.
    [[nodiscard]] bool is_remote() const { return clock_->is_fresh(); }

private:
    explicit postgres_store(const postgres_options& options)
        : session_(std::make_unique<session>(options)), clock_(std::make_unique<server_clock>()) {}
    [[nodiscard]] shearpin::store_trouble told(const std::string& what) const;
    [[nodiscard]] std::string table() const { return session::quoted(session_->options().table); }

    std::unique_ptr<session> session_;
    std::unique_ptr<server_clock> clock_;
    std::string identity_{};  // of the row; empty: not seen yet
    shearpin::store_trouble trouble_{};
};

}  // namespace shearpin_stores
