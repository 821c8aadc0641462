// SPDX-License-Identifier: BSL-1.0
// What a person reads when a removal over several pools is refused: every word of it.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace shearpin::literals;

namespace {

using hosts = std::vector<std::string>;

struct fleet {
    std::map<std::string, hosts, std::less<>> serves;
    std::map<std::string, shearpin::pool, std::less<>> pools;
    std::set<std::string> keep;
    [[nodiscard]] const hosts& pools_of(const std::string& host) const { return serves.at(host); }
    [[nodiscard]] bool contains(const std::string& host) const { return serves.count(host) != 0; }
    [[nodiscard]] shearpin::pool state(const std::string& pool) const { return pools.at(pool); }
    [[nodiscard]] bool is_protected(const std::string& host) const { return keep.count(host) != 0; }
    [[nodiscard]] int weight_of(const std::string& host, const std::string&) const {
        return host == "heavy" ? 30 : host == "odd" ? -2 : 1;
    }
};

constexpr auto policies = shearpin::policies{
    shearpin::for_pool("billing", shearpin::min_remaining(50_pct), shearpin::max_batch(10)),
    shearpin::for_pool("index", shearpin::min_remaining(95_pct), shearpin::max_targets(3)),
    shearpin::for_pool("placement", shearpin::max_unavailable(5_pct)),
    shearpin::for_pool("ring", shearpin::quorum()),
    shearpin::for_pool("vault", shearpin::freeze()),
};

fleet february() {
    fleet made;
    for (int id = 0; id != 20; ++id) {
        const auto host = "b" + std::to_string(id);
        made.serves[host] = {"billing"};
        if (id >= 10) made.serves[host] = {"billing", "index", "placement"};
    }
    made.serves["heavy"] = {"billing"};
    made.serves["odd"] = {"billing"};
    made.serves["spare"] = {};
    made.serves["r1"] = made.serves["r2"] = {"ring"};
    made.serves["v1"] = {"vault"};
    made.serves["a1"] = {"archive", "billing"};
    made.pools = {{"billing", {20, 20}}, {"index", {20, 20}}, {"placement", {40, 39}},
                  {"ring", {3, 3}},      {"vault", {9, 9}},   {"archive", {9, 9}}};
    made.keep = {"b0", "b1"};
    return made;
}

const std::string in_vain =
    "  waiting will not help; the request itself must change\n"
    "  called at playbook.cpp:28 in remove_servers";
const std::string some_time =
    "  it may pass later; how soon is not known\n"
    "  called at playbook.cpp:28 in remove_servers";

std::string refusal(const fleet& all, const hosts& list) {
    auto remove = shearpin::guard<policies>([](const hosts&) {}, all);
    const auto decision =
        remove.check(list, shearpin::place::here("playbook.cpp", 28, "remove_servers"));
    return decision.admitted() ? "" : std::string(decision.why().message());
}
std::string refusal(const hosts& list) { return refusal(february(), list); }

}  // namespace

TEST_CASE("February 2017, as its engineer would have read it") {
    CHECK(refusal({"b4", "b10", "b11", "b12"}) ==
          "removal refused, nothing was removed: asked for 4, only the first 2 may go now\n"
          "  - index: min_remaining(95%): 20 of 20 serve and 19 must stay, so 1 may go; asked 3\n"
          "  - placement: max_unavailable(5%): 1 of 40 are out already and 2 may be, so 1 may go; "
          "asked 3\n" +
              in_vain);
    CHECK(refusal({"b10", "b11"}) ==
          "removal refused, nothing was removed: asked for 2, only the first may go now\n"
          "  - index: min_remaining(95%): 20 of 20 serve and 19 must stay, so 1 may go; asked 2\n"
          "  - placement: max_unavailable(5%): 1 of 40 are out already and 2 may be, so 1 may go; "
          "asked 2\n" +
              in_vain);
    CHECK(refusal({"b4", "b10"}).empty());
}

TEST_CASE("every rule with its pool") {
    CHECK(refusal({"b10", "b11", "b12", "b13"}) ==
          "removal refused, nothing was removed: asked for 4, only the first may go now\n"
          "  - index: min_remaining(95%): 20 of 20 serve and 19 must stay, so 1 may go; asked 4\n"
          "  - index: max_targets(3): one call may name 3; asked 4\n"
          "  - placement: max_unavailable(5%): 1 of 40 are out already and 2 may be, so 1 may go; "
          "asked 4\n" +
              in_vain);
    CHECK(refusal({"heavy"}) ==
          "removal refused, nothing was removed: asked for 1, none of it may go now\n"
          "  - billing: more_than_available: only 20 of 20 serve; asked 30\n"
          "  - billing: min_remaining(50%): 20 of 20 serve and 10 must stay, so 10 may go; "
          "asked 30\n"
          "  - billing: max_batch(10): one call may take 10; asked 30\n" +
              in_vain);
    CHECK(refusal({"r1", "r2"}) ==
          "removal refused, nothing was removed: asked for 2, only the first may go now\n"
          "  - ring: quorum(): 3 of 3 members serve and 2 are a majority, so 1 may go; asked 2\n" +
              in_vain);
    CHECK(refusal({"v1"}) ==
          "removal refused, nothing was removed: asked for 1, none of it may go now\n"
          "  - vault: freeze(): nothing may ever be removed\n" +
              in_vain);
    fleet tired = february();
    tired.pools["index"] = {20, 18};
    CHECK(refusal(tired, {"b10"}) ==
          "removal refused, nothing was removed: asked for 1, none of it may go now\n"
          "  - index: min_remaining(95%): 18 of 20 serve and 19 must stay, so none may go; "
          "asked 1\n" +
              some_time);
}

TEST_CASE("every check that is always on") {
    CHECK(refusal({}) ==
          "removal refused, nothing was removed: asked for 0\n"
          "  - empty_selection: nothing is selected, and nothing never means everything\n" +
              in_vain);
    CHECK(refusal({"b4", "b5", "b4"}) ==
          "removal refused, nothing was removed: asked for 3, only the first 2 may go now\n"
          "  - named_twice: b4: selected more than once\n" +
              in_vain);
    CHECK(refusal({"b4", "x99", "x98"}) ==
          "removal refused, nothing was removed: asked for 3, only the first may go now\n"
          "  - unknown_target: x99, x98: not in the inventory\n" +
              in_vain);
    CHECK(refusal({"b0", "b4"}) ==
          "removal refused, nothing was removed: asked for 2, none of it may go now\n"
          "  - protected_target: b0: protected, never to be removed\n" +
              in_vain);
    CHECK(refusal({"spare"}) ==
          "removal refused, nothing was removed: asked for 1, none of it may go now\n"
          "  - serves_no_pool: spare: in no pool, so no policy speaks of it; give spares a pool of "
          "their own\n" +
              in_vain);
    CHECK(refusal({"b4", "a1"}) ==
          "removal refused, nothing was removed: asked for 2, only the first may go now\n"
          "  - archive: no_policy: no policy speaks of this pool\n" +
              in_vain);
    CHECK(refusal({"odd"}) ==
          "removal refused, nothing was removed: asked for 1, none of it may go now\n"
          "  - billing: impossible_request: a negative amount, or 2^63 and more\n"
          "  - billing: more_than_available: only 20 of 20 serve; asked -2\n"
          "  - billing: min_remaining(50%): 20 of 20 serve and 10 must stay, so 10 may go; "
          "asked -2\n"
          "  - billing: max_batch(10): one call may take 10; asked -2\n" +
              in_vain);
    fleet strange = february();
    strange.pools["billing"] = {~0ULL - 4, 7};
    CHECK(refusal(strange, {"b4"}) ==
          "removal refused, nothing was removed: asked for 1, none of it may go now\n"
          "  - billing: impossible_pool: size -5 and available 7: a negative number, or 2^63 and "
          "more; look again\n" +
              some_time);
    CHECK(refusal({"b0", "x99", "spare", "b5", "b5", "b1"}) ==
          "removal refused, nothing was removed: asked for 6, none of it may go now\n"
          "  - named_twice: b5: selected more than once\n"
          "  - unknown_target: x99: not in the inventory\n"
          "  - protected_target: b0, b1: protected, never to be removed\n"
          "  - serves_no_pool: spare: in no pool, so no policy speaks of it; give spares a pool of "
          "their own\n" +
              in_vain);
}

TEST_CASE("many broken pools: what does not fit is counted, and whose call it was is always told") {
    fleet many;
    hosts list;
    for (int id = 0; id != 60; ++id) {
        const auto pool = "pool-with-a-rather-long-name-" + std::to_string(id);
        many.serves["h" + std::to_string(id)] = {pool};
        many.pools[pool] = {4, 2};
        list.push_back("h" + std::to_string(id));
    }
    constexpr static auto policy = shearpin::policy{shearpin::min_remaining(75_pct)};
    auto remove = shearpin::guard<policy>([](const hosts&) {}, many);
    const auto decision =
        remove.check(list, shearpin::place::here("playbook.cpp", 28, "remove_servers"));
    CHECK(decision.why().violations().size() == 60);  // as values, all are there
    CHECK(decision.why().violations().left_out() == 0);
    const shearpin::decision copy = decision;
    CHECK(copy.why().violations().size() == 60);
    CHECK(copy.why().violations()[59].pool() == "pool-with-a-rather-long-name-59");
    std::string expected =
        "removal refused, nothing was removed: asked for 60, none of it may go now\n";
    for (int id = 0; id != 16; ++id)
        expected += "  - pool-with-a-rather-long-name-" + std::to_string(id) +
                    ": min_remaining(75%): 2 of 4 serve and 3 must stay, so none may go; asked 1\n";
    expected +=
        "  - and 44 more\n"
        "  it may pass later; how soon is not known\n"
        "  called at playbook.cpp:28 in remove_servers";
    CHECK(std::string(decision.why().message()) == expected);
}

TEST_CASE("long names of pools are cut, and say so") {
    fleet one;
    const std::string pool(100, 'p');
    one.serves["h"] = {pool};
    one.pools[pool] = {1, 1};
    CHECK(refusal(one, {"h"}) ==
          "removal refused, nothing was removed: asked for 1, none of it may go now\n"
          "  - " +
              std::string(60, 'p') + "...: no_policy: no policy speaks of this pool\n" + in_vain);
}
