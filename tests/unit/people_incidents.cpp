// SPDX-License-Identifier: BSL-1.0
// Removals that were within every number and still not what was meant, told as they were.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <compare>
#include <concepts>
#include <string>
#include <string_view>
#include <vector>

namespace {

bool names_rule(const shearpin::decision& decided, std::string_view rule) {
    if (decided.admitted()) return false;
    for (const shearpin::violation& each : decided.why().violations())
        if (each.rule() == rule) return true;
    return false;
}

struct site_id {
    int number;
    friend auto operator<=>(const site_id&, const site_id&) = default;
};
struct app_id {
    int number;
    friend auto operator<=>(const app_id&, const app_id&) = default;
};

}  // namespace

// Wrong kind. ATLASSIAN-2022, 5 April 2022: the ids of 883 sites were given where the ids of the
// applications on them were meant; the interface took both.
// https://www.atlassian.com/engineering/post-incident-review-april-2022-outage
TEST_CASE("sites were given where applications were meant") {
    constexpr static auto policy = shearpin::policy{shearpin::max_batch(1000)};
    int deleted = 0;
    const auto everything = [] { return shearpin::pool{200'000, 200'000}; };
    std::vector<site_id> sites;
    std::vector<app_id> apps;
    for (int number = 0; number != 883; ++number) {
        sites.push_back({number});
        apps.push_back({number});
    }
    // An id type for each kind: the guard of one does not take the other, when it is compiled.
    auto remove_apps = shearpin::guard<policy>(
        [&](const std::vector<app_id>& list) { deleted += static_cast<int>(list.size()); },
        everything);
    const auto takes = [](auto& guarded, const auto& list) {
        return requires {
            { guarded.check(list) } -> std::same_as<shearpin::decision>;
        };
    };
    CHECK(takes(remove_apps, apps));
    CHECK(remove_apps.check(apps).admitted());
    CHECK(!takes(remove_apps, sites));
    // Where one call takes both kinds, the list of what is meant is of another kind.
    auto remove_any = shearpin::guard<policy>(
        [&](const std::vector<site_id>& list) { deleted += static_cast<int>(list.size()); },
        everything);
    CHECK(remove_any.check(sites).admitted());  // no number is against it
    CHECK(names_rule(remove_any.asking({.expected = apps}).check(sites),
                     "expectation_of_another_kind"));
    CHECK(deleted == 0);
}

// Wrong kind. AZDO-2023, 24 May 2023: a call that deletes a server stood in place of the one that
// deletes a database, and took 17 production databases with it.
// https://www.datacenterdynamics.com/en/news/microsoft-azure-outage-in-brazil-caused-by-typo/
TEST_CASE("a server was deleted in place of a snapshot database") {
    constexpr static auto policy = shearpin::policy{shearpin::max_batch(50)};
    std::vector<std::string> server{"snapshot-1"};
    for (int number = 1; number <= 17; ++number)
        server.push_back("production-" + std::to_string(number));
    const std::vector<std::string> meant{"snapshot-1"};
    int deleted = 0;
    auto remove = shearpin::guard<policy>([&](const std::vector<std::string>&) { ++deleted; },
                                          [] { return shearpin::pool{500, 500}; });
    const auto decided = remove.asking({.expected = meant}).try_call(server);
    REQUIRE(!decided.has_value());
    const std::string told(decided.error().message());
    CHECK(told.find("1 was expected, and 18 are selected") != std::string::npos);
    CHECK(told.find("production-1, production-2") != std::string::npos);
    CHECK(deleted == 0);
    CHECK(remove.asking({.expected = meant}).try_call(meant).has_value());
}

// Wrong environment. GITHUB-2010, 14 November 2010: the test run was pointed at production, and
// destroyed and re-created its database. https://github.blog/news-insights/today-s-outage/
// TRAVIS-2018, 13 March 2018: a forgotten DATABASE_URL in an old terminal; every table of the
// production database was truncated. https://blog.travis-ci.com/2018-04-03-incident-post-mortem
TEST_CASE("the tests' clean-up ran against production") {
    constexpr static auto policy = shearpin::policy{shearpin::unlimited};
    struct database {
        std::string where;
        [[nodiscard]] bool contains(std::string_view) const { return true; }
        [[nodiscard]] std::vector<std::string_view> pools_of(std::string_view) const {
            return {"tables"};
        }
        [[nodiscard]] shearpin::pool state(std::string_view) const { return {3, 3}; }
        [[nodiscard]] const std::string& environment() const { return where; }
    };
    const std::vector<std::string> tables{"builds", "jobs", "users"};
    int truncated = 0;
    const auto truncate = [&](const std::vector<std::string>&) { ++truncated; };
    auto production = shearpin::guard<policy>(truncate, database{"production"});
    auto test = shearpin::guard<policy>(truncate, database{"test"});
    const auto clean_up = [&](auto& guarded) {
        return guarded.asking({.actor = "ci", .environment = "test"}).try_call(tables);
    };
    const auto refused = clean_up(production);
    REQUIRE(!refused.has_value());
    CHECK(std::string(refused.error().message()).find("meant for test, but this is production") !=
          std::string::npos);
    CHECK(truncated == 0);
    CHECK(clean_up(test).has_value());
    CHECK(truncated == 1);
}

// Matched more than meant. KPMG-2020, August 2020: one user was to be taken out of a retention
// policy; it was applied to all 145,000, and their personal chats were deleted.
// https://office365itpros.com/2020/08/26/teams-retention-error-removes-data/
TEST_CASE("one user was meant, and all were matched") {
    constexpr static auto policy = shearpin::policy{shearpin::needs_expected()};
    std::vector<int> everybody;
    for (int user = 0; user != 145'000; ++user) everybody.push_back(user);
    int deleted = 0;
    auto remove = shearpin::guard<policy>([&](const std::vector<int>&) { ++deleted; },
                                          [] { return shearpin::pool{145'000, 145'000}; });
    CHECK(names_rule(remove.check(everybody), "needs_expected"));
    const auto refused = remove.asking({.expected = 1}).try_call(everybody);
    REQUIRE(!refused.has_value());
    CHECK(std::string(refused.error().message()).find("1 was expected, and 145000 are selected") !=
          std::string::npos);
    CHECK(deleted == 0);
    CHECK(remove.asking({.expected = 1}).try_call(std::vector<int>{4711}).has_value());
}

// Approved by oneself. CF-R2-2025A, 6 February 2025: a complaint about one endpoint was answered by
// disabling the whole gateway; a second person was not needed, and is since then.
// https://blog.cloudflare.com/cloudflare-incident-on-february-6-2025/
TEST_CASE("the person who removed it was the person who approved it") {
    constexpr static auto policy = shearpin::policy{shearpin::approvals(1, shearpin::above(0))};
    int disabled = 0;
    auto disable =
        shearpin::guard<policy>([&](int) { ++disabled; }, [] { return shearpin::pool{1, 1}; });
    CHECK(names_rule(disable.check(1), "approvals"));
    const auto refused =
        disable.asking({.actor = "abuse-desk-1", .approvers = {"abuse-desk-1"}}).try_call(1);
    REQUIRE(!refused.has_value());
    CHECK(std::string(refused.error().message())
              .find("not counting abuse-desk-1, whose removal it is") != std::string::npos);
    CHECK(disabled == 0);
    CHECK(
        disable.asking({.actor = "abuse-desk-1", .approvers = {"lead-2"}}).try_call(1).has_value());
}
