// SPDX-License-Identifier: BSL-1.0
// Of what is selected, of the pool that it is of, and of what was removed of it: the checks that
// every guard makes.
#pragma once

#include <shearpin/rule.hpp>

namespace shearpin::inline v1::checks {

/// For good, unless it says otherwise: the same call again would be refused again.
struct check {
    static constexpr bool all_or_nothing = true;
    constexpr count at_best(const facts&) const noexcept { return 0; }
};

struct empty_selection : check {
    static constexpr text_view name = "empty_selection";
    void explain(const facts&, writer& out) const {
        out.put("nothing is selected, and nothing never means everything");
    }
};

struct impossible_request : check {
    static constexpr text_view name = "impossible_request";
    void explain(const facts&, writer& out) const {
        out.put("a negative amount, or 2^63 and more");
    }
};

struct impossible_pool {
    static constexpr bool all_or_nothing = true;
    static constexpr text_view name = "impossible_pool";
    void explain(const facts& known, writer& out) const {
        out.put("size ");
        detail::put_amount(out, known.pool.size);
        out.put(" and available ");
        detail::put_amount(out, known.pool.available);
        out.put(": a negative number, or 2^63 and more; look again");
    }
};

struct incomplete_observation {
    static constexpr bool all_or_nothing = true;
    static constexpr text_view name = "incomplete_observation";
    void explain(const facts&, writer& out) const {
        out.put("not all of the pool was seen; look again");
    }
};

struct more_than_available {
    static constexpr text_view name = "more_than_available";
    static constexpr measure measures = measure::serving;
    /// What is refused is more than serves now.
    constexpr count at_best(const facts& known) const noexcept { return known.pool.size; }
    void explain(const facts& known, writer& out) const {
        out.put("only ").put(known.pool.available).put(" of ").put(known.pool.size).put(" serve");
    }
};

struct named_twice : check {
    static constexpr text_view name = "named_twice";
    void explain(const facts&, writer& out) const { out.put("selected more than once"); }
};

struct size_is_not_the_number : check {
    static constexpr text_view name = "size_is_not_the_number";
    void explain(const facts&, writer& out) const {
        out.put("the list's size() is not how many targets stand in it");
    }
};

struct not_compared {
    static constexpr bool all_or_nothing = true;
    static constexpr text_view name = "not_compared";
    void explain(const facts&, writer& out) const {
        out.put("no memory to look for targets that are named twice");
    }
};

struct no_memory {
    static constexpr bool all_or_nothing = true;
    static constexpr text_view name = "no_memory";
    void explain(const facts&, writer& out) const { out.put("no memory for a permit"); }
};

/// The decision was no, and when its reasons were looked for there was none: memory that had been
/// short was there again, or the targets' `<` or a rule does not say the same thing twice.
struct reason_gone {
    static constexpr bool all_or_nothing = true;
    static constexpr text_view name = "reason_gone";
    void explain(const facts&, writer& out) const {
        out.put("the reason was gone when it was looked for; ask again");
    }
};

struct removed_too_much : check {
    static constexpr text_view name = "removed_too_much";
    count admitted;
    count told;
    constexpr removed_too_much(count how_many_were_admitted, count how_many_were_told) noexcept
        : admitted(how_many_were_admitted), told(how_many_were_told) {}
    void explain(const facts&, writer& out) const {
        out.put(admitted).put(" were admitted, and the removal says that it removed ");
        detail::put_amount(out, told);
        if (told > largest_count) out.put(", which is no amount");
    }
};

}  // namespace shearpin::inline v1::checks
