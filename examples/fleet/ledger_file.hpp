// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/any_store.hpp>
#include <shearpin/ledger.hpp>

#include <memory>
#include <string>

namespace fleet {

/// The record of what was removed, which everyone who removes shares: in a file, in etcd or in
/// PostgreSQL, as its name says (see ../stores/named_store.hpp).
class ledger_file {
public:
    using record = shearpin::ledger<shearpin::any_store>;

    /// Opens one that is there. One that is missing or cannot be read is a failure: it is never
    /// taken for an empty one.
    static std::shared_ptr<ledger_file> open(const std::string& path);
    /// Makes one where nothing is yet; anything else is a failure.
    static void create(const std::string& path);

    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] record& removals() noexcept { return record_; }
    /// All that it remembers; a failure where it cannot be read.
    [[nodiscard]] std::vector<shearpin::ledger_entry> entries();

private:
    ledger_file(const std::string& path, shearpin::any_store store, shearpin::duration margin)
        : path_(path), record_(std::move(store), {.margin = margin}) {}

    std::string path_;
    record record_;
};

}  // namespace fleet
