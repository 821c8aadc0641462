// SPDX-License-Identifier: BSL-1.0
#include "ledger_file.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "failure.hpp"
#include "named_store.hpp"

namespace fleet {

namespace {

/// Whether there is anything of this name; a link that leads nowhere is.
bool is_taken(const std::string& path) {
    struct stat found{};
    return ::lstat(path.c_str(), &found) == 0 || errno != ENOENT;
}
/// Whether there is a file; also one that cannot be looked at.
bool is_there(const std::string& path) {
    struct stat found{};
    return ::stat(path.c_str(), &found) == 0 || errno != ENOENT;
}

/// A ledger's store and margin, where `name` is a name of one.
template <class F> auto by_name(const std::string& name, F make) {
    try {
        return std::pair(make(name), shearpin_stores::margin_of(name));
    } catch (const std::invalid_argument& wrong) {
        bad_input(std::string("the ledger: ") + wrong.what());
    }
}

}  // namespace

std::shared_ptr<ledger_file> ledger_file::open(const std::string& path) {
    if (!shearpin_stores::names_a_server(path) && !is_there(path))
        bad_input("--ledger: there is no file " + path +
                  ". If there never was one, make it: fleet create-ledger " + path +
                  "\nfleet: If there was one, find out what was removed lately: a new ledger has "
                  "forgotten it");
    auto [store, margin] = by_name(path, shearpin_stores::open_store);
    const std::shared_ptr<ledger_file> opened(new ledger_file(path, std::move(store), margin));
    // What is wrong with it is told before anything else is asked.
    static_cast<void>(opened->entries());
    return opened;
}

void ledger_file::create(const std::string& path) {
    if (!shearpin_stores::names_a_server(path) && is_taken(path))
        bad_input(path + " is already there, and was left as it is. If it is a ledger, use it: " +
                  "--ledger " + path);
    auto [store, margin] = by_name(path, shearpin_stores::create_store);
    ledger_file made(path, std::move(store), margin);
    static_cast<void>(made.entries());
}

std::vector<shearpin::ledger_entry> ledger_file::entries() {
    shearpin::ledger_listing read = record_.entries();
    if (!read.readable) bad_input(std::string(std::string_view(read.why)));
    return std::move(read.entries);
}

}  // namespace fleet
