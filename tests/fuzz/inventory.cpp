// SPDX-License-Identifier: BSL-1.0
// The inventory of the example fleet, from texts of all kinds.
//   inventory INPUTS [SEED]
//       so many inputs: the same ones for the same seed
//   inventory --corpus FILE...
//       these inputs
//   with -fsanitize=fuzzer -DSHEARPIN_LIBFUZZER
//       a target of libFuzzer
// A text is refused with file and line, or is an inventory whose numbers are those of its rows,
// counted once more here.
#include "corpus.hpp"

#include "../../examples/fleet/failure.hpp"
#include "../../examples/fleet/inventory.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <random>
#include <string>

namespace {

[[noreturn]] void fail(const char* what, const std::string& text) {
    std::fprintf(stderr, "%s, of this text:\n%s\n", what, text.c_str());
    std::abort();
}

/// Whether it is an inventory.
bool check(const std::string& text) {
    try {
        const auto table = fleet::csv_table::parse("hosts.csv", text);
        if (table.text() != text) fail("the text is another one", text);
        const auto inventory = fleet::inventory::read(table);
        std::map<std::string, shearpin::pool> counted;
        std::size_t rows = 0;
        for (const auto& host : inventory.hosts()) {
            if (host.pools.size() != host.weights.size() || host.pools.size() != host.rows.size())
                fail("a host without a weight or a row", text);
            rows += host.pools.size();
            for (std::size_t at = 0; at != host.pools.size(); ++at) {
                auto& pool = counted[host.pools[at]];
                pool.size += host.weights[at];
                if (host.state == fleet::host_state::in) pool.available += host.weights[at];
                if (host.rows[at] >= table.rows().size()) fail("a row that is not there", text);
                if (inventory.weight_of(host.name, host.pools[at]) != host.weights[at])
                    fail("another weight", text);
            }
            if (inventory.contains(host.name) != (host.state != fleet::host_state::removed))
                fail("a host that is there and is not", text);
        }
        if (rows != table.rows().size()) fail("a row that is of no host", text);
        if (counted.size() != inventory.pools().size()) fail("other pools", text);
        for (const auto& [name, numbers] : counted) {
            if (!(inventory.state(name) == numbers)) fail("other numbers", text);
            if (numbers.available > numbers.size || numbers.size > shearpin::largest_count)
                fail("more than there is", text);
        }
        return true;
    } catch (const fleet::failure& why) {
        if (std::strlen(why.what()) < 10) fail("refused without a reason", text);
        return false;
    }
}

}  // namespace

#if defined(SHEARPIN_LIBFUZZER)

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    check({reinterpret_cast<const char*>(data), size});
    return 0;
}

#else

namespace {

std::string any_text(std::mt19937_64& random) {
    const auto up_to = [&](std::size_t most) { return random() % (most + 1); };
    static const char* const columns[] = {"host", "pool",        "state", "weight",  "protected",
                                          "note", "environment", "dc",    "cluster", "service"};
    static const char* const fields[] = {"h1",
                                         "h2",
                                         "h3",
                                         "web",
                                         "index",
                                         "in",
                                         "out",
                                         "removed",
                                         "yes",
                                         "no",
                                         "1",
                                         "7",
                                         "0",
                                         "-1",
                                         "18446744073709551615",
                                         "9223372036854775807",
                                         "",
                                         "\"a,b\"",
                                         "\"a\"\"b\"",
                                         " h1",
                                         "production",
                                         "x\ty"};
    std::string text = up_to(5) == 0 ? "host" : "host,pool,state";
    std::size_t width = up_to(5) == 0 ? 1 : 3;
    if (text == "host") width = 1;
    for (std::size_t more = up_to(2); more != 0; --more, ++width)
        text += std::string(",") + columns[up_to(9)];
    text += "\n";
    for (std::size_t rows = up_to(6); rows != 0; --rows) {
        for (std::size_t at = 0; at != width; ++at) {
            if (at != 0) text += ",";
            if (at == 0)
                text += "h" + std::to_string(up_to(5));
            else if (at == 1)
                text += up_to(1) == 0 ? "web" : "index";
            else if (at == 2)
                text += up_to(2) == 0 ? "out" : "in";
            else
                text += fields[up_to(21)];
        }
        text += "\n";
    }
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
                text.insert(where, fields[up_to(21)]);
                break;
            default:
                text.resize(where);
        }
    }
    return text;
}

}  // namespace

int main(int number, char** arguments) {
    if (fuzz::is_asked_for_corpus(number, arguments))
        return fuzz::check_corpus(number, arguments, [](const std::string& text) { check(text); });
    const std::uint64_t inputs = number > 1 ? std::strtoull(arguments[1], nullptr, 10) : 10'000;
    std::mt19937_64 random(number > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1);
    std::uint64_t good = 0;
    for (std::uint64_t done = 0; done != inputs; ++done) good += check(any_text(random));
    std::printf("%llu texts, of which %llu were inventories\n",
                static_cast<unsigned long long>(inputs), static_cast<unsigned long long>(good));
    return inputs >= 1'000 && good * 50 < inputs ? 1 : 0;
}

#endif
