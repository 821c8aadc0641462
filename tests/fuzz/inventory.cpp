// SPDX-License-Identifier: BSL-1.0
// The inventory of the example fleet, from texts of all kinds.
//   inventory INPUTS [SEED]
//       so many inputs: the same ones for the same seed
//   inventory --corpus FILE...
//       these inputs
//   with -fsanitize=fuzzer -DSHEARPIN_LIBFUZZER
//       a target of libFuzzer
// A text is refused with file and line, or is an inventory that says of each host, row and pool
// what inventory_again.hpp says, which reads the same text by other means; and refused is none that
// is one by that.
#include "corpus.hpp"
#include "inventory_again.hpp"

#include "../../examples/fleet/failure.hpp"
#include "../../examples/fleet/inventory.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace {

[[noreturn]] void fail(const char* what, const std::string& text) {
    std::fprintf(stderr, "%s, of this text:\n%s\n", what, text.c_str());
    std::abort();
}

const char* spelled(fleet::host_state state) {
    return state == fleet::host_state::in    ? "in"
           : state == fleet::host_state::out ? "out"
                                             : "removed";
}

void compare_table(const fleet::csv_table& table, const fuzz::inventory_again& again,
                   const std::string& text) {
    if (table.text() != text) fail("the text is another one", text);
    if (table.rows().size() != again.rows.size()) fail("other rows", text);
    for (std::size_t at = 0; at != again.rows.size(); ++at) {
        const fleet::csv_row& row = table.rows()[at];
        if (row.fields != again.rows[at].fields) fail("a row has other fields", text);
        if (row.line != again.rows[at].line || row.begin != again.rows[at].begin ||
            row.end != again.rows[at].end)
            fail("a row stands elsewhere", text);
    }
}

void compare_hosts(const fleet::inventory& read, const fuzz::inventory_again& again,
                   const std::string& text) {
    if (read.hosts().size() != again.hosts.size()) fail("other hosts", text);
    for (std::size_t at = 0; at != again.hosts.size(); ++at) {
        const fleet::host& host = read.hosts()[at];
        const fuzz::host_again& other = again.hosts[at];
        if (host.name != other.name || read.find(other.name) != &host) fail("another host", text);
        if (spelled(host.state) != other.state) fail("another state", text);
        if (read.contains(other.name) != (other.state != "removed"))
            fail("a host that is there and is not", text);
        if (read.is_available(other.name) != (other.state == "in"))
            fail("a host that serves and does not", text);
        if (host.is_protected != other.is_protected ||
            read.is_protected(other.name) != other.is_protected)
            fail("protected or not", text);
        if (host.pools != other.pools || read.pools_of(other.name) != other.pools)
            fail("a host of other pools", text);
        if (host.weights != other.weights) fail("another weight", text);
        for (std::size_t pool = 0; pool != other.pools.size(); ++pool)
            if (read.weight_of(other.name, other.pools[pool]) != other.weights[pool])
                fail("another weight", text);
        if (host.rows != other.rows) fail("a host of other rows", text);
    }
}

void compare_pools(const fleet::inventory& read, const fuzz::inventory_again& again,
                   const std::string& text) {
    if (read.pools_by_service() != again.by_service) fail("pools by other columns", text);
    if (read.pools().size() != again.pools.size()) fail("other pools", text);
    for (const auto& [name, other] : again.pools) {
        const auto found = read.pools().find(name);
        if (found == read.pools().end() || found->second.name != name) fail("other pools", text);
        const fleet::pool_entry& pool = found->second;
        if (pool.dc != other.dc || pool.cluster != other.cluster || pool.service != other.service)
            fail("a pool of other parts", text);
        if (pool.hosts != other.hosts) fail("a pool of other hosts", text);
        const shearpin::pool numbers{.size = other.listed, .available = other.serving};
        if (!(read.state(name) == numbers)) fail("other numbers", text);
    }
    if (read.environment() != again.environment) fail("another environment", text);
}

/// How often what is worth a comparison has been among the inventories.
struct tally {
    std::uint64_t inventories = 0, by_service = 0, removed = 0, out = 0, is_protected = 0,
                  weighed = 0, in_environment = 0, in_several_pools = 0, quoted = 0;

    void add(const fuzz::inventory_again& which, const std::string& text) {
        ++inventories;
        by_service += which.by_service;
        in_environment += !which.environment.empty();
        quoted += text.find('"') != std::string::npos;
        for (const fuzz::host_again& host : which.hosts) {
            removed += host.state == "removed";
            out += host.state == "out";
            is_protected += host.is_protected;
            weighed += host.weights[0] > 1;
            in_several_pools += host.pools.size() > 1;
        }
    }
    /// Where one of them is missing nothing was shown of it.
    [[nodiscard]] std::uint64_t rarest() const {
        return std::min({inventories, by_service, removed, out, is_protected, weighed,
                         in_environment, in_several_pools, quoted});
    }
};

void check(const std::string& text, tally& seen) {
    const auto again = fuzz::inventory_once_more(text);
    try {
        const auto table = fleet::csv_table::parse("hosts.csv", text);
        const auto inventory = fleet::inventory::read(table);
        if (!again) fail("taken, and is no inventory", text);
        compare_table(table, *again, text);
        compare_hosts(inventory, *again, text);
        compare_pools(inventory, *again, text);
        seen.add(*again, text);
    } catch (const fleet::failure& why) {
        if (again) fail("refused, and is an inventory", text);
        if (std::strncmp(why.what(), "hosts.csv:", 10) != 0) fail("refused without a place", text);
    }
}

}  // namespace

#if defined(SHEARPIN_LIBFUZZER)

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static tally seen;
    check({reinterpret_cast<const char*>(data), size}, seen);
    return 0;
}

#else

namespace {

/// What a column may say: mostly what it is for.
const char* any_field(const std::string& column, std::mt19937_64& random) {
    static const std::map<std::string, std::vector<const char*>> usual{
        {"host", {"h1", "h2", "h3", "h4", "\"h,5\"", "\"h\n6\"", " h1"}},
        {"pool", {"web", "index", "\"w\"\"eb\"", "web "}},
        {"state", {"in", "in", "", "out", "removed"}},
        {"weight", {"1", "7", "007", "1000000000", "\"30\""}},
        {"protected", {"yes", "no", "true", "false", ""}},
        {"environment", {"production"}},
        {"dc", {"ams", "fra"}},
        {"cluster", {"a", "b"}},
        {"service", {"web", "index"}}};
    static const std::vector<const char*> odd{"h1",
                                              "in",
                                              "yes",
                                              "0",
                                              "-1",
                                              "1000000001",
                                              "18446744073709551615",
                                              "9223372036854775807",
                                              "",
                                              "\"a\nb\"",
                                              "a/b",
                                              "a\rb",
                                              "staging",
                                              "x\ty"};
    const auto found = usual.find(column);
    const auto& those = found == usual.end() || random() % 16 == 0 ? odd : found->second;
    return those[random() % those.size()];
}

std::string any_text(std::mt19937_64& random) {
    const auto up_to = [&](std::size_t most) { return random() % (most + 1); };
    std::vector<std::string> columns{"host"};
    if (up_to(5) != 0) {
        columns.emplace_back("pool");
        if (up_to(3) != 0) columns.emplace_back("state");
    }
    if (columns.size() == 1 || up_to(9) == 0)
        for (const char* const part : {"dc", "cluster", "service"})
            if (up_to(19) != 0) columns.emplace_back(part);
    static const char* const others[] = {"state",       "weight", "protected",
                                         "environment", "note",   "pool"};
    for (std::size_t more = up_to(3); more != 0; --more) columns.emplace_back(others[up_to(5)]);
    if (up_to(3) == 0) std::shuffle(columns.begin(), columns.end(), random);
    std::vector<const char*> ends(20, "\n");
    ends[0] = ends[1] = "\r\n", ends[2] = "\n \n", ends[3] = "\r";
    std::string text;
    for (const std::string& column : columns) text.append(text.empty() ? "" : ",").append(column);
    text += ends[up_to(19)];
    for (std::size_t rows = up_to(5); rows != 0; --rows) {
        for (std::size_t at = 0; at != columns.size(); ++at)
            text.append(at == 0 ? "" : ",").append(any_field(columns[at], random));
        text += ends[up_to(19)];
    }
    static const char* const pieces[] = {"\"", ",", "\r", "\n", " ", "in", "\xef\xbb\xbf", "\"\""};
    for (std::size_t changes = up_to(3) == 0 ? 1 + up_to(2) : 0; changes != 0 && !text.empty();
         --changes) {
        const std::size_t where = up_to(text.size() - 1);
        switch (up_to(3)) {
            case 0:
                text[where] = static_cast<char>(up_to(255));
                break;
            case 1:
                text.erase(where, 1 + up_to(4));
                break;
            case 2:
                text.insert(where, pieces[up_to(7)]);
                break;
            default:
                text.resize(where);
        }
    }
    return text;
}

}  // namespace

int main(int number, char** arguments) {
    tally seen;
    if (fuzz::is_asked_for_corpus(number, arguments))
        return fuzz::check_corpus(number, arguments,
                                  [&](const std::string& text) { check(text, seen); });
    const std::uint64_t inputs = number > 1 ? std::strtoull(arguments[1], nullptr, 10) : 10'000;
    std::mt19937_64 random(number > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1);
    for (std::uint64_t done = 0; done != inputs; ++done) check(any_text(random), seen);
    std::printf(
        "%llu texts, of which %llu were inventories, as read once more; of what is in these the "
        "rarest was there %llu times\n",
        static_cast<unsigned long long>(inputs), static_cast<unsigned long long>(seen.inventories),
        static_cast<unsigned long long>(seen.rarest()));
    return inputs >= 1'000 && seen.rarest() * 100 < inputs ? 1 : 0;
}

#endif
