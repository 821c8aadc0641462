// SPDX-License-Identifier: BSL-1.0
// Stores by name, for a program that learns when it runs where its ledger is:
//   etcd://HOST:PORT[,HOST:PORT]/KEY[?deadline=SECONDS&margin=SECONDS]     or etcds:// for TLS
//   postgres://[USER@]HOST[:PORT]/DATABASE?ledger=NAME[&table=NAME&deadline=SECONDS
//       &margin=SECONDS&...]
// anything else is a file.
#pragma once

#include <shearpin/any_store.hpp>
#include <shearpin/time.hpp>

#include <string>

namespace shearpin_stores {

/// What a name says, and what the environment adds to it: passwords belong into no command line.
/// For etcd that is ETCDCTL_USER (USER or USER:PASSWORD), ETCDCTL_PASSWORD, ETCDCTL_CACERT,
/// ETCDCTL_CERT and ETCDCTL_KEY, as for etcdctl; for PostgreSQL what libpq takes, as ~/.pgpass and
/// PGPASSWORD.
///
/// Each of these throws std::invalid_argument, with a text for the person who wrote the name, where
/// it is none, or is one of a server whose client library this program was built without. What is
/// wrong with the ledger itself, or that its server cannot be reached, the store says when it is
/// loaded.
[[nodiscard]] bool names_a_server(const std::string& name);
[[nodiscard]] shearpin::any_store open_store(const std::string& name);
[[nodiscard]] shearpin::any_store create_store(const std::string& name);
/// By how much the clocks may differ that those who share this ledger go by: on a server 2 seconds,
/// unless the name says another. For etcd those are the users' own clocks; for PostgreSQL each
/// one's view of the server's.
[[nodiscard]] shearpin::duration margin_of(const std::string& name);

}  // namespace shearpin_stores
