// SPDX-License-Identifier: BSL-1.0
// A program of its own, whose memory can be made to run out at any of its requests: what is not
// known for lack of memory is refused, and nothing is removed.
#include "memory.hpp"

#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>
#include <utility>
#include <vector>

namespace {

void* request(std::size_t size) noexcept {
    ++memory.requests;
    if (memory.fails != 0 &&
        (memory.all ? memory.requests >= memory.fails : memory.requests == memory.fails))
        return nullptr;
    void* const given = std::malloc(size == 0 ? 1 : size);
    if (given != nullptr) ++memory.live;
    return given;
}
void give_back(void* given) noexcept {
    if (given != nullptr) --memory.live;
    std::free(given);
}

}  // namespace

void* operator new(std::size_t size) {
    void* const given = request(size);
    if (given == nullptr) throw std::bad_alloc();
    return given;
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return request(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
    return memory.lists ? request(size) : nullptr;
}
void operator delete(void* given) noexcept { give_back(given); }
void operator delete[](void* given) noexcept { give_back(given); }
void operator delete(void* given, std::size_t) noexcept { give_back(given); }
void operator delete[](void* given, std::size_t) noexcept { give_back(given); }
void operator delete(void* given, const std::nothrow_t&) noexcept { give_back(given); }
void operator delete[](void* given, const std::nothrow_t&) noexcept { give_back(given); }

namespace {

constexpr auto policy = shearpin::policy{shearpin::max_batch(50)};
template <int Number> struct one_at_most {
    static constexpr shearpin::text_view name = "one_at_most";
    constexpr shearpin::count limit(const shearpin::facts&) const { return 1; }
};
constexpr auto many_rules = shearpin::policy{
    one_at_most<1>{}, one_at_most<2>{}, one_at_most<3>{},
    one_at_most<4>{}, one_at_most<5>{}, one_at_most<6>{},
    one_at_most<7>{}, one_at_most<8>{}, shearpin::approvals(1, shearpin::above(3))};
constexpr auto full = [] { return shearpin::pool{.size = 1000, .available = 1000}; };
constexpr auto at = shearpin::place::here("tool.cpp", 12, "drop_rows");

/// Runs `body` with the nth request failing; how many requests it made.
template <class F> long with_failure(long nth, bool all, F body) {
    const long live = memory.live;
    const long requests = failing(nth, all, body);
    CHECK(memory.live == live);  // nothing leaks, whatever failed
    return requests;
}

std::vector<int> ids(int number) {
    std::vector<int> list;
    for (int id = 0; id != number; ++id) list.push_back(id * 7 % 97);
    return list;
}

struct fleet {
    std::vector<std::string> shared{"billing", "index"};
    [[nodiscard]] bool contains(int) const { return true; }
    [[nodiscard]] const std::vector<std::string>& pools_of(int) const { return shared; }
    [[nodiscard]] shearpin::pool state(const std::string&) const { return {1000, 1000}; }
};

/// Each target serves all of thirty pools, of which nothing may go.
struct many_pools {
    std::vector<int> all;
    many_pools() {
        for (int pool = 0; pool != 30; ++pool) all.push_back(pool);
    }
    [[nodiscard]] bool contains(int) const { return true; }
    [[nodiscard]] const std::vector<int>& pools_of(int) const { return all; }
    [[nodiscard]] shearpin::pool state(int) const { return {2, 1}; }
};
constexpr auto keeps_one = shearpin::policy{shearpin::min_remaining(1)};

}  // namespace

TEST_CASE("a guard over one pool asks for no memory up to 32 targets, refused or not") {
    int calls = 0;
    auto remove = shearpin::guard<policy>([&](const std::vector<int>&) { ++calls; }, full);
    const auto few = ids(32);
    auto twice = few;
    twice[31] = twice[0];
    const auto none = std::vector<int>{};
    const long requests = with_failure(1, true, [&] {
        CHECK(remove.try_call(few).has_value());
        CHECK(!remove.check(twice).admitted());
        CHECK(!remove.check(none).admitted());
        CHECK(!remove.check(twice).why().message().empty());
    });
    CHECK(requests == 0);
    CHECK(calls == 1);
    const auto one_more = ids(33);
    CHECK(with_failure(1, true, [&] { CHECK(!remove.check(one_more).admitted()); }) != 0);
    auto by_number = shearpin::guard<policy>([&](int) { ++calls; }, full);
    CHECK(with_failure(1, true, [&] {
              CHECK(by_number.try_call(50).has_value());
              CHECK(!by_number.try_call(51).has_value());
          }) == 0);
}

TEST_CASE("where many targets cannot be compared, they are refused") {
    int calls = 0;
    auto remove = shearpin::guard<policy>([&](const std::vector<int>&) { ++calls; }, full);
    auto by_hash = shearpin::guard<policy>([&](const std::vector<int>&) { ++calls; }, full)
                       .distinct_by_hash([](int id) { return static_cast<std::size_t>(id); });
    const auto many = ids(40);
    const char* const expected =
        "removal refused, nothing was removed: asked for 40, none of it may go now\n"
        "  - not_compared: no memory to look for targets that are named twice\n"
        "  it may pass later; how soon is not known\n"
        "  called at tool.cpp:12 in drop_rows";
    with_failure(1, true, [&] {
        const auto refused = remove.try_call(many, at);
        CHECK(!refused.has_value());
        CHECK(refused.error().message() == shearpin::text_view(expected));
        CHECK(refused.error().violations()[0].limit() == 0);
        CHECK(refused.error().violations()[0].requested() == 1);
        CHECK(by_hash.check(many, at).why().message() == shearpin::text_view(expected));
    });
    CHECK(calls == 0);
    CHECK(with_failure(0, true, [&] { remove(many); }) == 1);
    CHECK(calls == 1);
    // So few are compared without any.
    const auto few = ids(32);
    CHECK(with_failure(1, true, [&] { CHECK(remove.check(few).admitted()); }) == 0);
}

TEST_CASE("memory that is there again when the reason is looked for does not leave it empty") {
    int calls = 0;
    auto remove = shearpin::guard<policy>([&](const std::vector<int>&) { ++calls; }, full);
    const auto many = ids(40);
    with_failure(1, false, [&] {
        const auto refused = remove.try_call(many, at);
        CHECK(!refused.has_value());
        CHECK(refused.error().message() ==
              shearpin::text_view(
                  "removal refused, nothing was removed: asked for 40, 50 may go now\n"
                  "  - reason_gone: the reason was gone when it was looked for; ask again\n"
                  "  it may pass later; how soon is not known\n"
                  "  called at tool.cpp:12 in drop_rows"));
    });
    CHECK(calls == 0);
}

TEST_CASE("where the selection cannot be compared with the list that was expected, it is refused") {
    int calls = 0;
    auto remove = shearpin::guard<policy>([&](const std::vector<int>&) { ++calls; }, full);
    const auto many = ids(20);
    const shearpin::request said{.expected = many};
    // Of the requests that the comparison makes, each fails, alone.
    for (long nth = 1; nth <= 2; ++nth)
        with_failure(nth, false, [&] {
            const auto refused = remove.asking(said).try_call(many, at);
            REQUIRE(!refused.has_value());
            CHECK(refused.error().violations()[0].rule() == shearpin::text_view("not_compared"));
            CHECK(refused.error().violations()[0].limit() == 0);
            CHECK(refused.error().violations()[0].requested() == 1);
        });
    // Of a list that is empty nothing is compared, and so no memory is needed.
    const std::vector<int> nobody;
    const auto two = ids(2);
    with_failure(1, true, [&] {
        const auto refused = remove.asking({.expected = nobody}).try_call(two);
        REQUIRE(!refused.has_value());
        CHECK(refused.error().violations()[0].rule() == shearpin::text_view("unexpected_number"));
        CHECK(refused.error().violations()[1].rule() == shearpin::text_view("unexpected_target"));
    });
    CHECK(calls == 0);
    CHECK(with_failure(0, true, [&] { remove.asking(said)(many); }) == 2);
    CHECK(calls == 1);
}

TEST_CASE("no memory for a permit: refused, and nothing is removed") {
    int calls = 0;
    auto by_number = shearpin::guard<policy>(
        [&](shearpin::permit<policy> given, int number) {
            std::move(given).spend(number);
            ++calls;
        },
        full);
    const shearpin::text_view expected =
        "removal refused, nothing was removed: asked for 3, none of it may go now\n"
        "  - no_memory: no memory for a permit\n"
        "  it may pass later; how soon is not known\n"
        "  called at tool.cpp:12 in drop_rows";
    with_failure(1, true, [&] {
        const auto refused = by_number.try_call(3, at);
        CHECK(!refused.has_value());
        CHECK(refused.error().message() == expected);
        CHECK(refused.error().violations()[0].limit() == 0);
        CHECK(refused.error().nothing_removed());
    });
    CHECK(calls == 0);
    CHECK(with_failure(0, true, [&] { by_number(3); }) == 1);
    CHECK(calls == 1);

    auto listed = shearpin::guard<policy>(
        [&](shearpin::permit<policy> given, const std::vector<int>& list) {
            std::move(given).spend(list);
            ++calls;
        },
        full);
    const auto three = ids(3);
    for (long nth = 1; nth != 3; ++nth) {  // the record, and its copy of the targets
        CAPTURE(nth);
        with_failure(nth, true, [&] {
            const auto refused = listed.try_call(three, at);
            CHECK(!refused.has_value());
            CHECK(refused.error().message() == expected);
        });
    }
    CHECK(calls == 1);
    CHECK(with_failure(3, true, [&] { listed(three); }) == 2);
    CHECK(calls == 2);
}

TEST_CASE("no memory for the permit of a wave ends the run, and nothing is removed") {
    int calls = 0;
    auto remove = shearpin::guard<policy>(
        [&](shearpin::permit<policy> given, int number) {
            std::move(given).spend(number);
            ++calls;
        },
        full);
    int refused = 0;
    bool is_enough = false;
    for (long nth = 1; !is_enough && nth != 100; ++nth) {
        CAPTURE(nth);
        calls = 0;
        with_failure(nth, false, [&] {
            try {
                const auto report = remove.in_waves(3, {.healthy = [] { return true; }});
                is_enough = report.finished();
                if (is_enough) return;
                CHECK(report.removed() == 0);
                CHECK(report.remaining() == 3);
                if (report.stopped_because() != shearpin::stop_reason::refused) return;
                REQUIRE(report.why() != nullptr);
                CHECK(report.why()->violations()[0].rule() == shearpin::text_view("no_memory"));
                CHECK(report.why()->nothing_removed());
                ++refused;
            } catch (const std::bad_alloc&) {  // before the first wave
            }
        });
        CHECK(calls == (is_enough ? 1 : 0));
    }
    CHECK(is_enough);
    CHECK(refused == 1);
}

TEST_CASE("permits that are dropped, kept, moved and assigned leave nothing behind") {
    with_failure(0, true, [] {
        std::vector<shearpin::permit<policy>> kept;
        auto remove = shearpin::guard<policy>(
            [&](shearpin::permit<policy> given, const std::vector<int>& list) {
                if (list.size() == 1) return;  // dropped
                kept.push_back(std::move(given));
                if (kept.size() == 3) {
                    kept[0] = std::move(kept[1]);
                    kept.erase(kept.begin() + 1);
                }
            },
            full);
        for (const int number : {1, 2, 3, 4}) remove(ids(number));
        CHECK(kept.size() == 2);
    });
}

TEST_CASE("whichever request fails, nothing is removed that was not judged") {
    int calls = 0;
    const fleet world;
    constexpr static auto policies = shearpin::policies{
        shearpin::for_pool("billing", shearpin::max_batch(50)),
        shearpin::for_pool("index", shearpin::max_batch(41)),
    };
    const auto removal = [&](shearpin::permit<policies> given, const std::vector<int>& list) {
        calls += std::move(given).try_spend(list).has_value() ? 1 : 1000;
    };
    auto remove = shearpin::guard<policies>(removal, world);
    for (const int number : {3, 40, 45}) {
        const auto list = ids(number);
        for (const bool all : {true, false}) {
            long nth = 1;
            for (bool failed = true; failed; ++nth) {
                CAPTURE(number);
                CAPTURE(nth);
                calls = 0;
                bool admitted = false;
                bool threw = false;
                const long requests = with_failure(nth, all, [&] {
                    try {
                        admitted = remove.try_call(list).has_value();
                    } catch (const std::bad_alloc&) {
                        threw = true;
                    }
                });
                failed = requests >= nth;
                CHECK(calls == (admitted ? 1 : 0));
                CHECK(!(admitted && threw));
                if (number == 45) CHECK(!admitted);
                if (!failed) CHECK(admitted == (number != 45));
                // One that the decision needed, and then it is no, or one that only the text of a
                // refusal needed.
                if (failed && number != 45) CHECK(!admitted);
            }
            CHECK(nth > 3);  // it was tried
        }
    }
}

TEST_CASE("where violations cannot be kept, they are counted") {
    const many_pools world;
    auto remove = shearpin::guard<keeps_one>([](const std::vector<int>&) {}, world);
    const std::vector<int> one{1};
    const auto plenty = remove.check(one);
    CHECK(plenty.why().violations().size() == 30);
    long left_out_seen = 0;
    for (long nth = 1; nth != 60; ++nth) {
        with_failure(nth, true, [&] {
            try {
                const auto decision = remove.check(one);
                CHECK(!decision.admitted());
                const auto& found = decision.why().violations();
                CHECK(found.size() + found.left_out() == 30);
                CHECK(decision.kind() == shearpin::answer::refused_for_now);
                if (found.left_out() != 0) ++left_out_seen;
                const shearpin::decision copy = decision;
                CHECK(copy.why().violations().size() + copy.why().violations().left_out() == 30);
            } catch (const std::bad_alloc&) {  // from the vector of pools: nothing was decided
            }
        });
    }
    CHECK(left_out_seen > 0);
}

TEST_CASE("what a decision holds is given back, also where it is given another") {
    const many_pools world;
    auto remove = shearpin::guard<keeps_one>([](const std::vector<int>&) {}, world);
    const std::vector<int> one{1};
    with_failure(0, true, [&] {
        const long before = memory.live;
        shearpin::decision first = remove.check(one);
        CHECK(memory.live > before);  // thirty violations do not fit into it
        shearpin::decision second = remove.check(one);
        second = first;
        CHECK(second.why().violations().size() == 30);
        first = shearpin::decision();
        CHECK(first.admitted());
        first = second;
        const auto& same = first;
        first = same;
        CHECK(first.why().violations().size() == 30);
        shearpin::violations_list list = first.why().violations();
        list = second.why().violations();
        const auto& same_list = list;
        list = same_list;
        CHECK(list.size() == 30);
    });
    with_failure(0, true, [&] {
        const shearpin::refusal why = remove.check(one).why();
        const long before = memory.live;
        {
            const shearpin::result<int> refused = why;
            const shearpin::result<int> copy = refused;
            CHECK(memory.live > before);
            CHECK(copy.error().violations().size() == 30);
        }
        CHECK(memory.live == before);
    });
    // With a ledger the reasons are kept from its lock until after it.
    shearpin::manual_clock clock;
    shearpin::ledger<shearpin::memory_store> record{shearpin::memory_store{}};
    auto remembering = shearpin::guard<keeps_one>([](const std::vector<int>&) {}, world)
                           .with_ledger(record)
                           .with_clock(clock);
    CHECK(!remembering.check(one).admitted());
    const long before = memory.live;
    CHECK(remembering.check(one).why().violations().size() == 30);
    CHECK(memory.live == before);
}

TEST_CASE("a list that claims an impossible size is refused, and no memory is asked for") {
    struct liar {
        std::vector<int> kept{1, 2, 3};
        std::size_t claimed;
        [[nodiscard]] std::size_t size() const { return claimed; }
        [[nodiscard]] auto begin() const { return kept.begin(); }
        [[nodiscard]] auto end() const { return kept.end(); }
    };
    constexpr static auto everything = shearpin::policy{shearpin::unlimited};
    int calls = 0;
    auto remove = shearpin::guard<everything>(
        [&](const liar&) { ++calls; },
        [] { return shearpin::pool{shearpin::largest_count, shearpin::largest_count}; });
    for (const std::size_t claimed : {std::size_t{1} << 61, std::size_t{1} << 62,
                                      static_cast<std::size_t>(shearpin::largest_count)}) {
        const liar list{.claimed = claimed};
        CHECK(with_failure(0, true, [&] {
                  const auto refused = remove.try_call(list);
                  CHECK(!refused.has_value());
                  CHECK(refused.error().violations()[0].rule() == "not_compared");
              }) == 0);
    }
    CHECK(calls == 0);
}

TEST_CASE("what a person has not said is found behind any number of other reasons") {
    shearpin::manual_clock clock;
    shearpin::count gone = 0;
    const auto remove =
        shearpin::guard<many_rules>([&](std::uint64_t number) { gone += number; },
                                    [] { return shearpin::pool{.size = 100, .available = 100}; })
            .with_clock(clock);
    for (const bool lists : {true, false}) {
        memory.lists = lists;
        const auto report = remove.in_waves(
            std::uint64_t{10},
            {.soak = shearpin::duration::seconds(1), .healthy = [] { return true; }});
        memory.lists = true;
        CHECK(!report.finished());
        CHECK(gone == 0);
    }
}
