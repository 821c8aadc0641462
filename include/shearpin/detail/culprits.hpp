// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/count.hpp>
#include <shearpin/targets.hpp>
#include <shearpin/text.hpp>

namespace shearpin::inline v1::detail {

/// The names of the targets that are at fault: "db-7, db-9 and 12 more".
class culprits {
public:
    /// `position` is its place in the selection, for a target that has no name.
    template <class T> void add(const T& target, count position) {
        ++number_;
        if (shown_ != number_ - 1) return;
        fixed_text<room> name;
        name.write([&](writer& out) {
            if (!put_name(out, target)) out.put("#").put(position + 1);
        });
        if (names_.size() + (shown_ == 0 ? 0 : 2) + name.size() > room) return;
        fixed_text<room> longer;
        longer.write([&](writer& out) { out.put(names_).put(shown_ == 0 ? "" : ", ").put(name); });
        names_ = longer;
        ++shown_;
    }

    [[nodiscard]] count number() const noexcept { return number_; }
    [[nodiscard]] fixed_text<63> text() const noexcept {
        fixed_text<63> all;
        all.write([this](writer& out) {
            out.put(names_);
            if (shown_ != number_) out.put(" and ").put(number_ - shown_).put(" more");
        });
        return all;
    }

private:
    static constexpr std::size_t room = 46;  // and 17 for " and 1000000 more"
    fixed_text<room> names_;
    count number_ = 0;
    count shown_ = 0;
};

}  // namespace shearpin::inline v1::detail
