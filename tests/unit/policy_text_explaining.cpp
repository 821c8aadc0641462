// SPDX-License-Identifier: BSL-1.0
// What people read of a policy: what it means, and what a change of it means.
#include <shearpin/policy_text.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace shearpin::literals;
using shearpin::parse_policy;

namespace {

std::string explained(const std::string& text) {
    const auto read = parse_policy(text);
    return read.has_value() ? explain(read.value()) : read.error().message();
}
std::string changed(const std::string& before, const std::string& after) {
    return diff(parse_policy(before).value(), parse_policy(after).value());
}
constexpr const char* not_proved =
    "The new policy is not proved to be at least as strict as the old one.\n";
constexpr const char* is_looser = "The old policy is at least as strict: the new one is looser.\n";
constexpr const char* is_stricter = "The new policy is at least as strict as the old one.\n";

struct half_at_once {
    static constexpr shearpin::text_view name = "half_at_once";
    [[nodiscard]] constexpr shearpin::count limit(const shearpin::facts& known) const {
        return known.pool.available / 2;
    }
};

template <class T>
concept can_be_explained = requires(const T& all) { shearpin::explain(all); };
template <class T>
concept can_be_written =
    requires(const T& all, shearpin::writer& out) { shearpin::explain(all, out); };
static_assert(can_be_explained<shearpin::read_policies> && !can_be_explained<half_at_once>);
static_assert(can_be_written<shearpin::read_policies> && !can_be_written<half_at_once>);

}  // namespace

TEST_CASE("each rule in a plain sentence") {
    CHECK(explained("min_remaining(3)") == "After a removal, at least 3 must still serve.\n");
    CHECK(explained("min_remaining(95%)") ==
          "After a removal, at least 95% of the pool's size (rounded up) must still serve.\n");
    CHECK(explained("min_remaining(round_down(1/3))") ==
          "After a removal, at least 1/3 of the pool's size (rounded down) must still serve.\n");
    CHECK(explained("min_remaining(80%, of_peak(24h))") ==
          "After a removal, at least 80% (rounded up) of the largest size that the pool had in the "
          "last 1d must still serve. Of a pool that the ledger has never seen, nothing may go.\n");
    CHECK(explained("min_remaining(80%, of_peak(24h), baseline(200))") ==
          "After a removal, at least 80% (rounded up) of the largest size that the pool had in the "
          "last 1d must still serve. Of a pool that the ledger has never seen, the size is taken "
          "to be at least 200.\n");
    CHECK(explained("max_unavailable(25%, at_least(1))") ==
          "At most 25% of the pool's size (rounded down, but at least 1) may be out at the same "
          "time, counting what is out already.\n");
    CHECK(explained("quorum()") == "More than half of the members must still serve.\n");
    CHECK(explained("quorum(membership::shrinks)") ==
          "Members leave for good one at a time, and only while more than half of those that are "
          "then left serve.\n");
    CHECK(explained("max_batch(round_up(5%))") ==
          "One call may remove at most 5% of the pool's size (rounded up).\n");
    CHECK(explained("max_targets(5)") ==
          "One call may name at most 5 targets, whatever each of them counts.\n");
    CHECK(explained("max_pools(1)") == "One call may touch at most 1 of the pools.\n");
    CHECK(explained("max_rate(20, 1h)") ==
          "At most 20 may go within any 1h; what is being removed counts from the start.\n");
    CHECK(
        explained("cooldown(5min)") ==
        "Nothing may go while a removal is under way, nor within 5min after the last one ended.\n");
    CHECK(explained("max_in_flight(5)") ==
          "At most 5 may be under way at the same time, by everyone together.\n");
    CHECK(explained("freeze(fri 16:00, mon 08:00)") ==
          "Nothing may be removed in any week from fri 16:00 until mon 08:00 (UTC).\n");
    CHECK(explained("freeze(2026-12-20, 2027-01-04T08:00Z)") ==
          "Nothing may be removed from 2026-12-20T00:00Z until 2027-01-04T08:00Z.\n");
    CHECK(explained("freeze()") ==
          "Nothing may be removed, ever.\n"
          "Warning: under this policy nothing can ever be removed.\n");
    CHECK(explained("fresh_within(30s)") ==
          "What is known of the pool must be complete, and no older than 30s.\n");
    CHECK(explained("approvals(2, above(3))") ==
          "More than 3 may go only if 2 other people agree.\n");
    CHECK(explained("approvals(1, above(0))") ==
          "More than 0 may go only if 1 other person agrees.\n");
    CHECK(explained("needs_expected()") ==
          "The request must say how many targets, or which, it expects to remove.\n");
    CHECK(explained("unlimited") == "There is no limit but what is always checked.\n");
    CHECK(
        explained("overridable(max_batch(5))") ==
        "One call may remove at most 5. An override may lift this once, by name, for a reason.\n");
    CHECK(explain(shearpin::policy{half_at_once{}}) ==
          "half_at_once: a rule of this program's own.\n");
}

TEST_CASE("rules that never matter, and policies that admit nothing, are told") {
    CHECK(explained("max_batch(5)\noverridable(max_batch(10))") ==
          "One call may remove at most 5.\n"
          "One call may remove at most 10. An override may lift this once, by name, for a "
          "reason.\n"
          "Note: overridable(max_batch(10)) never matters: max_batch(5) is always at least as "
          "strict.\n");
    CHECK(explained("min_remaining(0), max_batch(5)") ==
          "After a removal, at least 0 must still serve.\n"
          "One call may remove at most 5.\n"
          "Note: min_remaining(0) never matters: what it refuses is refused anyway.\n");
    CHECK(explained("max_batch(0)") ==
          "One call may remove at most 0.\n"
          "Warning: under this policy nothing can ever be removed.\n");
}

TEST_CASE("an explanation is a constant where the policy is") {
    constexpr auto text = [] {
        shearpin::fixed_text<255> made;
        made.write([](shearpin::writer& out) { explain("max_batch(5), quorum()"_policy, out); });
        return made;
    }();
    CHECK(text ==
          "One call may remove at most 5.\nMore than half of the members must still serve.\n");
}

TEST_CASE("what a change means, rule by rule") {
    CHECK(changed("max_batch(5), quorum()", "quorum(), max_batch(5)") == "No rule has changed.\n");
    CHECK(changed("max_batch(5)", "max_batch(8)") ==
          std::string("max_batch(5) → max_batch(8): looser\n") + is_looser);
    CHECK(changed("max_batch(8)", "max_batch(5)") ==
          std::string("max_batch(8) → max_batch(5): stricter\n") + is_stricter);
    CHECK(changed("max_batch(5)", "max_batch(5%)") ==
          std::string("max_batch(5) → max_batch(5%): stricter for some pools or times, looser for "
                      "others\n") +
              not_proved);
    CHECK(changed("max_batch(5)", "overridable(max_batch(5))") ==
          std::string("max_batch(5) → overridable(max_batch(5)): looser\n") + is_looser);
    CHECK(changed("max_rate(20, 1h)", "max_rate(20, 2h)") ==
          std::string("max_rate(20, 1h) → max_rate(20, 2h): stricter\n") + is_stricter);
    CHECK(changed("max_batch(5), cooldown(5min)", "max_batch(5), quorum()") ==
          std::string("gone: cooldown(5min)\nnew: quorum()\n") + not_proved);
    CHECK(changed("max_batch(5)", "max_batch(5), quorum()") ==
          std::string("new: quorum()\n") + is_stricter);
    CHECK(changed("max_batch(5), quorum()", "max_batch(5)") ==
          std::string("gone: quorum()\n") + is_looser);
    CHECK(changed("max_batch(5), min_remaining(0)", "max_batch(5)") ==
          "gone: min_remaining(0)\nBoth policies admit the same.\n");
    CHECK(changed("freeze(fri 16:00, mon 08:00)", "freeze(fri 12:00, mon 08:00)") ==
          std::string("gone: freeze(fri 16:00, mon 08:00)\nnew: freeze(fri 12:00, mon 08:00)\n") +
              is_stricter);
    // Numbers become numbers and percentages percentages, whatever the order.
    CHECK(changed("min_remaining(3), min_remaining(95%)", "min_remaining(90%), min_remaining(4)") ==
          std::string("min_remaining(3) → min_remaining(4): stricter\n"
                      "min_remaining(95%) → min_remaining(90%): looser\n") +
              not_proved);
    CHECK(diff(shearpin::policy{half_at_once{}, shearpin::max_batch(5)},
               shearpin::policy{shearpin::max_batch(5)}) ==
          std::string("gone: half_at_once\n") + is_looser);
}

TEST_CASE("what a change means in numbers") {
    const std::vector<shearpin::sized_pool> pools = {{"index", 200}, {"billing", 10}};
    CHECK(diff("min_remaining(95%), max_batch(5)"_policy, "min_remaining(90%), max_batch(8)"_policy,
               pools) == std::string("min_remaining(95%) → min_remaining(90%): looser\n"
                                     "max_batch(5) → max_batch(8): looser\n") +
                             is_looser +
                             "index: largest batch 5 → 8, floor 190 → 180\n"
                             "billing: largest batch 0 → 1, floor 10 → 9\n");
    CHECK(diff("quorum(), max_rate(5%, 1h)"_policy,
               "quorum(), max_rate(5%, at_least(1), 1h), max_pools(1)"_policy,
               pools) == std::string("max_rate(5%, 1h) → max_rate(5%, at_least(1), 1h): looser\n"
                                     "new: max_pools(1)\n") +
                             not_proved +
                             "index: largest batch 10, floor 101\n"
                             "billing: largest batch 0 → 1, floor 6\n");
}
