// SPDX-License-Identifier: BSL-1.0
// How often a change was tried that did not come to be stored, and whether one of these tries
// perhaps was.
#pragma once

#include <shearpin/detail/ledger_flaws.hpp>
#include <shearpin/detail/waiters.hpp>

namespace shearpin::inline v1::detail {

/// Each time that others are faster they get on, so it is worth to try many times; but where the
/// store does not say what it has done, not more than thrice.
class attempts {
public:
    [[nodiscard]] bool again(const commit_answer& after) noexcept {
        is_perhaps_lazy_ = is_perhaps_lazy_ || after.is_perhaps_lazy;
        if (after.what == commit_outcome::again) return ++overtaken_ < 1000;
        if (after.what != commit_outcome::unknown) return false;
        return ++unknown_ < 3;
    }
    /// Whether it is perhaps stored.
    [[nodiscard]] bool any_unknown() const noexcept { return unknown_ != 0 || is_perhaps_lazy_; }
    /// And that perhaps not durably.
    [[nodiscard]] bool is_perhaps_lazy() const noexcept { return is_perhaps_lazy_; }
    /// Never empty, as a store need not say why.
    [[nodiscard]] static store_trouble reason(const store_trouble& why) noexcept {
        return why.empty() ? store_trouble(ledger_texts::busy) : why;
    }
    [[nodiscard]] store_trouble told(const store_trouble& why) const noexcept {
        return any_unknown() ? in_doubt(reason(why)) : reason(why);
    }

private:
    int overtaken_ = 0;
    int unknown_ = 0;
    bool is_perhaps_lazy_ = false;
};

}  // namespace shearpin::inline v1::detail
