// SPDX-License-Identifier: BSL-1.0
// fleet create-ledger: makes a new record of removals. A subcommand and not an option of `remove`:
// in a line that is called again it would make a fresh budget of a ledger that was lost.
#include <iostream>
#include <memory>

#include "../ledger_file.hpp"
#include "../report.hpp"
#include "options.hpp"

namespace fleet {

namespace {

std::function<exit_status()> add(options& takes) {
    const auto path = std::make_shared<std::string>();
    takes.other("FILE", *path, "where it is to be: a file of 2 MiB on a local file system, or on a server\n"
                "for those of several machines: etcd://HOST:PORT[,HOST:PORT]/KEY or\n"
                "postgres://HOST/DATABASE?ledger=NAME. Passwords come from\n"
                "ETCDCTL_USER and ETCDCTL_PASSWORD, from ~/.pgpass or PGPASSWORD");
    takes.example(
        "Once, before the first removal. Everyone who removes then says --ledger FILE.\n"
        "  fleet create-ledger /var/lib/fleet/removals.ledger");
    return [path] {
        ledger_file::create(*path);
        // The name of one on a server has signs that a shell would take for its own.
        const char* const quote = path->find_first_of("?&,") == std::string::npos ? "" : "'";
        std::cout << "created " << *path << ", which remembers nothing yet; from now on: --ledger "
                  << quote << *path << quote << '\n';
        flush(std::cout, "but it is created");
        return exit_status::done;
    };
}

const command registered(50, "create-ledger", "make a new record of removals, for limits over time",
                         add);

}  // namespace

}  // namespace fleet
