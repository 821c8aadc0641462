// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/rule.hpp>

namespace shearpin::inline v1 {

/// What a removal does to the membership that a quorum is counted on.
enum class membership : unsigned char {
    stays,   ///< members are taken down and come back: the majority is of the same size
    shrinks  ///< members are removed for good: the majority is of what is then left
};

/// More than half must still serve. quorum(): members are taken down, membership stays; limit:
/// available - (size / 2 + 1). quorum(membership::shrinks): members leave for good, one at a time,
/// judged on the membership that there is then, as etcd's --strict-reconfig-check does (server.go,
/// mayRemoveMember).
class quorum {
public:
    static constexpr text_view name = "quorum";
    static constexpr bool once = true;
    static constexpr measure measures = measure::serving;

    constexpr quorum() noexcept = default;
    constexpr explicit quorum(membership what_happens) noexcept
        : shrinks_(what_happens == membership::shrinks) {}

    [[nodiscard]] constexpr count limit(const facts& known) const noexcept {
        const count there = known.pool.available;
        if (!shrinks_) return detail::minus(there, majority(known.pool.size));
        return there >= 1 && there - 1 >= majority(detail::minus(known.pool.size, 1)) ? 1 : 0;
    }
    [[nodiscard]] constexpr count at_best(const facts& known) const noexcept {
        return limit(
            {.pool = {known.pool.size, detail::larger(known.pool.size, known.pool.available)}});
    }

    constexpr void spell(writer& out) const noexcept {
        out.put(shrinks_ ? "quorum(membership::shrinks)" : "quorum()");
    }
    constexpr void explain(const facts& known, writer& out) const noexcept {
        out.put(known.pool.available).put(" of ").put(known.pool.size).put(" members serve and ");
        if (!shrinks_) {
            out.put(majority(known.pool.size)).put(" are a majority");
            detail::put_so(out, limit(known));
            return;
        }
        out.put("the ").put(detail::minus(known.pool.size, 1)).put(" that are left need ");
        out.put(majority(detail::minus(known.pool.size, 1)));
        detail::put_so(out, limit(known));
    }

    /// Whether members are removed for good, so that the membership shrinks with them.
    [[nodiscard]] constexpr bool shrinks() const noexcept { return shrinks_; }
    friend constexpr bool operator==(const quorum&, const quorum&) noexcept = default;

private:
    static constexpr count majority(count members) noexcept { return members / 2 + 1; }

    bool shrinks_ = false;
};

}  // namespace shearpin::inline v1
