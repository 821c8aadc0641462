// SPDX-License-Identifier: BSL-1.0
// What the users of the conformance test do, and what they write down of it, to be read back.
#include <shearpin/testing/contenders.hpp>
#include <shearpin/testing/history.hpp>

#include <doctest/doctest.h>

#include <unistd.h>

#include <algorithm>
#include <fstream>
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
};
struct keeping_store {
    kept* of;
    loaded load() const {
        const std::string newest = of->documents.empty() ? "" : of->documents.back();
        return {newest, of->documents.size(), of->is_readable, {}};
    }
    stored store(const std::string& bytes, std::uint64_t expected) const {
        ++of->stores;
        if (expected != of->documents.size()) return {stored::outcome::conflict, expected, {}};
        of->documents.push_back(bytes);
        return {stored::outcome::done, of->documents.size(), {}};
    }
};

/// A journal of a test's own.
struct written_down {
    std::string path = "/tmp/shearpin-contenders-" + std::to_string(::getpid());
    mutable journal lines{path};
    written_down() = default;
    written_down(const written_down&) = delete;
    written_down& operator=(const written_down&) = delete;
    ~written_down() { ::unlink(path.c_str()); }

    std::string text() const {
        std::ifstream from(path);
        std::ostringstream all;
        all << from.rdbuf();
        return all.str();
    }
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

TEST_CASE("two clients have two numbers, of 63 bits that any may have set") {
    std::set<std::uint64_t> numbers;
    std::uint64_t in_any = 0;
    std::uint64_t in_all = ~std::uint64_t{0};
    for (int client = 0; client != 200; ++client) {
        const std::uint64_t number = new_client();
        numbers.insert(number);
        in_any |= number;
        in_all &= number;
    }
    CHECK(numbers.size() == 200);
    CHECK(in_any == (std::uint64_t{1} << 63) - 1);
    CHECK(in_all == 0);
}

TEST_CASE("the time of a journal goes on in nanoseconds, of all processes alike") {
    struct timespec read{};
    REQUIRE(::clock_gettime(CLOCK_MONOTONIC, &read) == 0);
    const std::uint64_t seconds = static_cast<std::uint64_t>(read.tv_sec);
    const std::uint64_t before = seconds * 1'000'000'000 + static_cast<std::uint64_t>(read.tv_nsec);
    const std::uint64_t now = monotonic_nanoseconds();
    CHECK(before <= now);
    CHECK(now - before < 60'000'000'000);
}

TEST_CASE("a line of a journal has its parts with a blank between them") {
    CHECK(spaced('>', 17, std::uint64_t{3}, "store", std::string("x")) == "> 17 3 store x");
}

TEST_CASE("a journal goes on with what is there") {
    const written_down written;
    written.lines.line("a 1 2");
    {
        journal more(written.path);
        more.line("A 1 3");
    }
    CHECK(written.text() == "a 1 2\nA 1 3\n");
}

TEST_CASE("of what nobody has written down nothing is known") {
    const operation call;
    CHECK(!call.is_store);
    CHECK(call.what == operation::outcome::none);
    CHECK(call.begin == 0);
    CHECK(call.end == never);
    CHECK(call.expected == 0);
    CHECK(call.version == 0);
    CHECK(call.content == 0);
    const asked_removal removal;
    CHECK(removal.amount == 0);
    CHECK(removal.begin == 0);
    CHECK(removal.end == never);
    CHECK(removal.settle_begin == never);
    CHECK(removal.settle_end == never);
    CHECK(removal.resolve_begin == never);
    const audit listed;
    CHECK(listed.begin == 0);
    CHECK(listed.end == never);
}

TEST_CASE("a history is read as it was written, and more of it later") {
    history happened;
    std::istringstream first(
        "> 1 2 30 store 4 55\n< 1 2 40 conflict 6 55\n? 1 1 10 9\n+ 1 1 11 x\ns 1 1 12\nS 1 1 13\n"
        "r x 90\nr x 95\na 8 20\ne 8 x 9\n? 3 1 14 2\n- 3 1 15\n> 1 3 50 load 0 0\n"
        "< 1 3 60 done 6 77\n");
    happened.read(first);
    std::istringstream second(
        "A 8 25\n> 1 4 70 load 0 0\n< 1 4 80 failed 0 0\n> 2 1 71 store 6 1\n"
        "< 2 1 99 unknown 0 1\n");
    happened.read(second);
    REQUIRE(happened.operations.size() == 4);
    const operation& store = happened.operations[0];
    CHECK(store.is_store);
    CHECK(store.what == operation::outcome::conflict);
    CHECK(store.begin == 30);
    CHECK(store.end == 40);
    CHECK(store.expected == 4);
    CHECK(store.version == 6);
    CHECK(store.content == 55);
    CHECK(!happened.operations[1].is_store);
    CHECK(happened.operations[1].what == operation::outcome::done);
    CHECK(happened.operations[1].content == 77);
    CHECK(happened.operations[2].what == operation::outcome::failed);
    CHECK(happened.operations[3].what == operation::outcome::unknown);
    REQUIRE(happened.removals.size() == 2);
    const asked_removal& whole = happened.removals[0];
    CHECK(whole.id == "x");
    CHECK(whole.amount == 9);
    CHECK(whole.begin == 10);
    CHECK(whole.end == 11);
    CHECK(whole.settle_begin == 12);
    CHECK(whole.settle_end == 13);
    CHECK(whole.resolve_begin == 90);
    CHECK(happened.removals[1].id == "");
    CHECK(happened.removals[1].end == 15);
    CHECK(happened.removals[1].settle_end == never);
    REQUIRE(happened.audits.size() == 1);
    CHECK(happened.audits[0].begin == 20);
    CHECK(happened.audits[0].end == 25);
    CHECK(happened.audits[0].amounts.at("x") == 9);
}
