// SPDX-License-Identifier: BSL-1.0
// What the users of the conformance test do, and what they write down of it, to be read back.
#include "store_journals_testing.hpp"

#include <shearpin/testing/contenders.hpp>
#include <shearpin/testing/history.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace shearpin::testing;
using shearpin::count, shearpin::duration, shearpin::loaded, shearpin::stored;

namespace {

/// What was stored, in its order.
struct kept {
    std::vector<std::string> documents;
    bool is_readable = true;
    int stores = 0;
    int most_stores = 1'000'000;
};
struct keeping_store {
    kept* of;
    loaded load() const {
        const std::string newest = of->documents.empty() ? "" : of->documents.back();
        return {newest, of->documents.size(), of->is_readable, {}};
    }
    stored store(const std::string& bytes, std::uint64_t expected) const {
        if (++of->stores > of->most_stores) return {stored::outcome::failed, 0, {}};
        if (expected != of->documents.size()) return {stored::outcome::conflict, expected, {}};
        of->documents.push_back(bytes);
        return {stored::outcome::done, of->documents.size(), {}};
    }
};

/// A journal of a test's own.
struct written_down : store_journals_testing::written_down {
    /// Of each line the first letter.
    std::string kinds() const {
        std::istringstream from(text());
        std::string all, line;
        while (std::getline(from, line)) all += line.substr(0, 1);
        return all;
    }
    history happened() const {
        std::istringstream from(text());
        history read;
        read.read(from);
        return read;
    }
};

std::string repeated(const std::string& what, int times) {
    std::string all;
    for (int time = 0; time != times; ++time) all += what;
    return all;
}

}  // namespace

TEST_CASE("who replaces a document often stores no two that are equal, short ones and long ones") {
    kept here;
    replace_often(keeping_store{&here}, 400);
    REQUIRE(here.documents.size() == 400);
    const std::set<std::string> different(here.documents.begin(), here.documents.end());
    CHECK(different.size() == 400);
    const auto is_long = [](const std::string& each) { return each.size() >= 100'000; };
    const auto is_short = [](const std::string& each) { return each.size() < 400; };
    const auto longs = std::count_if(here.documents.begin(), here.documents.end(), is_long);
    const auto shorts = std::count_if(here.documents.begin(), here.documents.end(), is_short);
    CHECK(longs > 0);
    CHECK(longs < shorts);  // a store is not to be kept busy by copying
    CHECK(longs + shorts == 400);
}

TEST_CASE("what cannot be read is not replaced") {
    kept here;
    here.is_readable = false;
    replace_often(keeping_store{&here}, 5);
    CHECK(here.stores == 0);
}

TEST_CASE("who spends a budget writes down what it asked for, was given and has settled") {
    const written_down written;
    shearpin::ledger ledger{shearpin::memory_store{}};
    journal& lines = written.lines;
    const std::uint64_t before = monotonic_nanoseconds();
    spend_budget(ledger, lines, 3);
    CHECK(list_entries(ledger, lines) == "");
    const std::uint64_t after = monotonic_nanoseconds();
    CHECK(written.kinds() == "?+sS?+sS?+sSaeeeA");
    const history happened = written.happened();
    REQUIRE(happened.removals.size() == 3);
    REQUIRE(happened.audits.size() == 1);
    std::uint64_t last = before;
    for (const asked_removal& each : happened.removals) {
        CHECK(each.amount == 1);
        CHECK(last <= each.begin);
        CHECK(each.begin <= each.end);
        CHECK(each.end <= each.settle_begin);
        CHECK(each.settle_begin <= each.settle_end);
        CHECK(each.resolve_begin == never);
        CHECK(happened.audits[0].amounts.at(each.id) == 1);
        last = each.settle_end;
    }
    CHECK(last <= happened.audits[0].begin);
    CHECK(happened.audits[0].begin <= happened.audits[0].end);
    CHECK(happened.audits[0].end <= after);
}

TEST_CASE("who spends a budget ends where it is spent") {
    const written_down written;
    shearpin::ledger ledger{shearpin::memory_store{}};
    spend_budget(ledger, written.lines, 100);
    CHECK(written.kinds() == repeated("?+sS", 60) + "?-");
    CHECK(budget_limit == 60);
    CHECK(budget_window == duration::hours(1));
}

TEST_CASE("who spends a budget asks again where the ledger cannot say") {
    const written_down written;
    kept here;
    here.is_readable = false;
    shearpin::ledger ledger{keeping_store{&here}};
    journal& lines = written.lines;
    spend_budget(ledger, lines, 3);
    CHECK(written.kinds() == "?-?-?-");
    CHECK(written.happened().removals[2].id == "");
    CHECK(list_entries(ledger, lines) == "the ledger's store cannot be read, and does not say why");
    CHECK(written.kinds() == "?-?-?-a");
    CHECK(written.happened().audits.at(0).end == never);
}

TEST_CASE("what could not be settled is not written down as settled") {
    const written_down written;
    kept here;
    here.most_stores = 1;
    shearpin::ledger ledger{keeping_store{&here}};
    spend_budget(ledger, written.lines, 1);
    CHECK(written.kinds() == "?+s");
    CHECK(written.happened().removals.at(0).settle_end == never);
}
