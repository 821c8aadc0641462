// SPDX-License-Identifier: BSL-1.0
// A ledger under one key of etcd, for whoever can reach the cluster.
#pragma once

#include <shearpin/store.hpp>

#include <memory>

#include "gateway.hpp"

namespace shearpin_stores {

/// A byte store. Its version is the key's mod_revision, its compare-and-set a transaction. A loss
/// of fewer than half of the members is survived, since etcd answers when a majority has it on
/// disk; so is the loss of the one that is talked to, since there are others.
///
/// etcd has no clock: give the guard one, and the ledger a margin (ledger_options) by which the
/// clocks of its users may differ.
class etcd_store {
public:
    /// etcd takes 1.5 MiB by default, and the gateway as much in base64.
    static constexpr std::size_t capacity = std::size_t{1} << 20;

    /// A new ledger; the key must not exist.
    [[nodiscard]] static etcd_store create(const etcd_options& options);
    /// A ledger that is there. A missing key is refused, and so is one that was deleted and made
    /// anew after it was first read: whoever lost the ledger has not won a new budget.
    [[nodiscard]] static etcd_store open(const etcd_options& options) {
        return etcd_store(options);
    }

    [[nodiscard]] shearpin::loaded load();
    [[nodiscard]] shearpin::stored store(const std::string& bytes, std::uint64_t expected);
    [[nodiscard]] bool is_remote() const { return true; }

private:
    explicit etcd_store(const etcd_options& options)
        : gateway_(std::make_unique<gateway>(options)) {}
    [[nodiscard]] shearpin::store_trouble told(const std::string& what) const;

    std::unique_ptr<gateway> gateway_;
    std::uint64_t created_ = 0;  // the revision with which the key came; 0: not seen yet
    shearpin::store_trouble trouble_{};
};

}  // namespace shearpin_stores
