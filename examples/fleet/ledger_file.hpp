// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/file_store.hpp>
#include <shearpin/ledger.hpp>

#include <memory>
#include <string>

namespace fleet {

/// The record of what was removed, in a file that everyone who removes shares.
class ledger_file {
public:
    using record = shearpin::ledger<shearpin::file_store>;

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
    ledger_file(const std::string& path, shearpin::file_store store)
        : path_(path), record_(std::move(store)) {}

    std::string path_;
    record record_;
};

}  // namespace fleet
