// SPDX-License-Identifier: BSL-1.0
// What a reservation costs over the least that the same server can do for it, in one run and in
// turns:
//   reserve_cost etcd NAME_OF_A_NEW_LEDGER ROUNDS
//   reserve_cost postgres NAME_OF_A_NEW_LEDGER ROUNDS
//   reserve_cost together NAME_OF_A_LEDGER ROUNDS     1, 2 and 8 threads of one process on one
//   ledger reserve_cost client NAME_OF_A_LEDGER ROUNDS       one of several processes: how many,
//   and in what time
// The least is a bare compare-and-set of the same bytes, over a connection that stays open: for
// etcd a transaction on the key's mod_revision, for PostgreSQL an UPDATE that names the version.
// Both sides write documents of one length.
#include <shearpin/any_store.hpp>
#include <shearpin/shearpin.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "../named_store.hpp"

#ifdef SHEARPIN_STORES_ETCD
#include "../etcd/base64.hpp"
#include "../etcd/gateway.hpp"
#endif
#ifdef SHEARPIN_STORES_POSTGRES
#include "../postgres/session.hpp"
#endif

namespace {

using shearpin::any_store;
using steady = std::chrono::steady_clock;

inline constexpr auto roomy =
    shearpin::policy{shearpin::max_rate(1'000'000'000, shearpin::duration::seconds(1))};

double milliseconds_since(steady::time_point start) {
    return std::chrono::duration<double, std::milli>(steady::now() - start).count();
}
double median(std::vector<double> of) {
    std::nth_element(of.begin(), of.begin() + static_cast<std::ptrdiff_t>(of.size() / 2), of.end());
    return of[of.size() / 2];
}

/// Remembers what was stored last, so that the other side can write as much.
class watched_store {
public:
    watched_store(any_store inner, std::shared_ptr<std::string> last)
        : inner_(std::move(inner)), last_(std::move(last)) {}
    shearpin::loaded load() { return inner_.load(); }
    shearpin::stored store(const std::string& bytes, std::uint64_t expected) {
        *last_ = bytes;
        return inner_.store(bytes, expected);
    }
    [[nodiscard]] shearpin::instant now() { return inner_.now(); }
    [[nodiscard]] bool is_remote() const { return inner_.is_remote(); }

private:
    any_store inner_;
    std::shared_ptr<std::string> last_;
};

auto start_on(auto& ledger) {
    return shearpin::guard<roomy>([](unsigned) {},
                                  [] { return shearpin::pool{.size = 1000, .available = 1000}; })
        .with_ledger(ledger, "hosts");
}

/// `bare(bytes)` is the least; both sides in turns.
template <class Bare> int compare(const std::string& name, int rounds, Bare bare) {
    const auto last = std::make_shared<std::string>();
    shearpin::ledger ledger{watched_store(shearpin_stores::create_store(name), last),
                            {.margin = shearpin_stores::margin_of(name)}};
    auto start = start_on(ledger);
    std::vector<double> reserving;
    std::vector<double> storing;
    for (int round = -20; round != rounds; ++round) {  // the first ones only warm up
        auto at = steady::now();
        auto started = start.reserve(1u);
        const double reserved = milliseconds_since(at);
        if (!started) {
            std::puts(started.error().message().c_str());
            return 1;
        }
        const std::string bytes = *last;
        if (!std::move(*started).settle().empty()) return 1;
        at = steady::now();
        bare(bytes);
        const double stored = milliseconds_since(at);
        if (round < 0) continue;
        reserving.push_back(reserved);
        storing.push_back(stored);
    }
    const double one = median(reserving);
    const double other = median(storing);
    std::printf("%s, ms: bare compare-and-set of %zu bytes %.3f   reserve %.3f   ratio %.2f\n",
                name.substr(0, name.find(':')).c_str(), last->size(), other, one, one / other);
    return 0;
}

#ifdef SHEARPIN_STORES_ETCD
int compare_etcd(const std::string& name, int rounds) {
    const std::size_t host = name.find("//") + 2;
    const std::size_t slash = name.find('/', host);
    shearpin_stores::etcd_options options;
    options.endpoints = {"http://" + name.substr(host, slash - host)};
    shearpin_stores::gateway bare(options);
    const std::string key = shearpin_stores::to_base64(name.substr(slash + 1) + ".bare");
    std::string revision = "0";
    return compare(name, rounds, [&](const std::string& bytes) {
        const auto answer = bare.tell(
            "/v3/kv/txn", R"({"compare":[{"key":")" + key +
                              R"(","result":"EQUAL","target":"MOD","mod_revision":")" + revision +
                              R"("}],"success":[{"request_put":{"key":")" + key + R"(","value":")" +
                              shearpin_stores::to_base64(bytes) + R"("}}]})");
        if (answer.how != shearpin_stores::gateway::ending::answered ||
            answer.body.value("succeeded", false) == false)
            throw std::runtime_error("the bare transaction failed " + answer.why);
        revision = answer.body["header"]["revision"].get<std::string>();
    });
}
#endif

#ifdef SHEARPIN_STORES_POSTGRES
int compare_postgres(const std::string& name, int rounds) {
    shearpin_stores::postgres_options options;
    options.connection = name.substr(0, name.find('?'));
    shearpin_stores::session bare(options);
    for (const char* sql :
         {"DROP TABLE IF EXISTS bare",
          "CREATE TABLE bare (name text PRIMARY KEY, version bigint, document bytea)",
          "INSERT INTO bare VALUES ('x', 0, '')"})
        if (bare.tell(sql, {}).how != shearpin_stores::session::ending::answered)
            throw std::runtime_error("the bare table cannot be made");
    long version = 0;
    return compare(name, rounds, [&](const std::string& bytes) {
        const auto answer = bare.tell(
            "UPDATE bare SET version = version + 1, document = $2 WHERE name = 'x' AND "
            "version = $1::bigint RETURNING version",
            {{std::to_string(version++), false, false}, {bytes, true, false}});
        if (answer.rows.size() != 1)
            throw std::runtime_error("the bare update failed " + answer.why);
    });
}
#endif

double reserve_and_settle(auto& ledger, int rounds) {
    auto start = start_on(ledger);
    const auto began = steady::now();
    for (int round = 0; round != rounds; ++round) {
        auto started = start.reserve(1u);
        if (!started) throw std::runtime_error(started.error().message());
        if (!std::move(*started).settle().empty()) throw std::runtime_error("not settled");
    }
    return milliseconds_since(began);
}

int together(const std::string& name, int rounds) {
    for (const int threads : {1, 2, 8}) {
        shearpin::ledger ledger{shearpin_stores::open_store(name),
                                {.margin = shearpin_stores::margin_of(name)}};
        std::vector<std::thread> all;
        const auto began = steady::now();
        for (int number = 0; number != threads; ++number)
            all.emplace_back([&] { static_cast<void>(reserve_and_settle(ledger, rounds)); });
        for (auto& each : all) each.join();
        const double took = milliseconds_since(began);
        std::printf("  %d threads of one process: %.0f removals a second\n", threads,
                    1000.0 * threads * rounds / took);
    }
    return 0;
}

int client(const std::string& name, int rounds) {
    shearpin::ledger ledger{shearpin_stores::open_store(name),
                            {.margin = shearpin_stores::margin_of(name)}};
    std::printf("%.0f\n", reserve_and_settle(ledger, rounds));
    return 0;
}

}  // namespace

int main(int count, char** words) {
    try {
        const std::string what = count == 4 ? words[1] : "";
#ifdef SHEARPIN_STORES_ETCD
        if (what == "etcd") return compare_etcd(words[2], std::stoi(words[3]));
#endif
#ifdef SHEARPIN_STORES_POSTGRES
        if (what == "postgres") return compare_postgres(words[2], std::stoi(words[3]));
#endif
        if (what == "together") return together(words[2], std::stoi(words[3]));
        if (what == "client") return client(words[2], std::stoi(words[3]));
    } catch (const std::exception& trouble) {
        std::fprintf(stderr, "reserve_cost: %s\n", trouble.what());
        return 1;
    }
    std::fputs("usage: reserve_cost etcd|postgres|together|client NAME ROUNDS\n", stderr);
    return 2;
}
