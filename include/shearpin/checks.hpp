// SPDX-License-Identifier: BSL-1.0
// The checks that no policy has to ask for. Each is shaped like a rule of limit zero, so that a
// refusal tells it like one: a name, and the words that explain it.
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
    constexpr count at_best(const facts& known) const noexcept {
        return known.pool.size > known.pool.available ? known.pool.size : known.pool.available;
    }
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

struct unexpected_number : check {
    static constexpr text_view name = "unexpected_number";
    constexpr unexpected_number(count expected, count selected) noexcept
        : expected_(expected), selected_(selected) {}
    void explain(const facts&, writer& out) const {
        detail::put_amount(out, expected_);
        out.put(expected_ == 1 ? " was" : " were").put(" expected, and ").put(selected_);
        out.put(selected_ == 1 ? " is" : " are").put(" selected");
    }

private:
    count expected_;
    count selected_;
};

struct unexpected_target : check {
    static constexpr text_view name = "unexpected_target";
    void explain(const facts&, writer& out) const { out.put("selected, but not expected"); }
};

struct expected_but_missing : check {
    static constexpr text_view name = "expected_but_missing";
    void explain(const facts&, writer& out) const { out.put("expected, but not selected"); }
};

struct expectation_of_another_kind : check {
    static constexpr text_view name = "expectation_of_another_kind";
    void explain(const facts&, writer& out) const {
        out.put("the expected list is of another type than the selected targets");
    }
};

struct wrong_environment : check {
    static constexpr text_view name = "wrong_environment";
    constexpr wrong_environment(text_view meant, text_view actual) noexcept
        : meant_(meant), actual_(actual) {}
    /// The texts are the caller's: this is called while they are there.
    void explain(const facts&, writer& out) const {
        out.put("meant for ").put(meant_);
        if (actual_.empty())
            out.put(", but nothing says which environment this is");
        else
            out.put(", but this is ").put(actual_);
    }

private:
    text_view meant_;
    text_view actual_;
};

struct said_too_much : check {
    static constexpr text_view name = "said_too_much";
    void explain(const facts&, writer& out) const {
        out.put("a name in the request has over 63 characters, or there are over 8 approvers");
    }
};

struct override_unusable : check {
    static constexpr text_view name = "override_unusable";
    enum class reason : unsigned char {
        spent,
        no_reason,
        too_long,
        no_end,
        no_time,
        expired,
        hard,
        pool_not_named,
        other_pool,
        beyond_four
    };
    constexpr override_unusable(text_view of_rule, reason why, text_view for_pool = {}) noexcept
        : rule_(of_rule), pool_(for_pool), why_(why) {}
    /// The pool's name is the caller's: this is called while it is there.
    void explain(const facts&, writer& out) const {
        constexpr text_view words[] = {
            " is spent; give another, with an id or a reason of its own",
            " gives no reason, so it lifts nothing",
            " has an id or a pool of more than 63 characters",
            " has no end; say until when it is valid",
            " has an end, and the time is not known; give the guard a clock",
            " has expired",
            " cannot help: the policy does not say overridable(",
            " names no pool, and this guard is over several",
            " is for ",
            " came after four others, and a call takes four"};
        out.put("the override of ").put(rule_).put(words[static_cast<unsigned char>(why_)]);
        if (why_ == reason::hard) out.put(rule_).put(") of this rule");
        if (why_ == reason::other_pool) out.put(pool_).put(", which is another pool");
    }

private:
    text_view rule_;
    text_view pool_;
    reason why_;
};

struct override_spent_meanwhile : check {
    static constexpr text_view name = "override_spent_meanwhile";
    void explain(const facts&, writer& out) const {
        out.put("another call used the override at this moment");
    }
};

struct ledger_unavailable {
    static constexpr text_view name = "ledger_unavailable";
    static constexpr bool all_or_nothing = true;
    void explain(const facts&, writer& out) const {
        out.put("what was removed before cannot be known");
    }
};

struct ledger_is_busy {
    static constexpr text_view name = "ledger_is_busy";
    static constexpr bool all_or_nothing = true;
    void explain(const facts&, writer& out) const {
        out.put("others wrote to it all the time while this call looked; try again");
    }
};

struct pool_without_a_name : check {
    static constexpr text_view name = "pool_without_a_name";
    void explain(const facts&, writer& out) const {
        out.put("a ledger knows pools by name, of at most 63 characters");
    }
};

struct unexplained_bypass : check {
    static constexpr text_view name = "unexplained_bypass";
    void explain(const facts&, writer& out) const {
        out.put("a removal without the ledger needs an actor and a reason");
    }
};

struct unknown_target : check {
    static constexpr text_view name = "unknown_target";
    void explain(const facts&, writer& out) const { out.put("not in the inventory"); }
};

struct protected_target : check {
    static constexpr text_view name = "protected_target";
    void explain(const facts&, writer& out) const { out.put("protected, never to be removed"); }
};

struct serves_no_pool : check {
    static constexpr text_view name = "serves_no_pool";
    void explain(const facts&, writer& out) const {
        out.put("in no pool, so no policy speaks of it; give spares a pool of their own");
    }
};

struct no_policy : check {
    static constexpr text_view name = "no_policy";
    void explain(const facts&, writer& out) const { out.put("no policy speaks of this pool"); }
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

struct spent_too_much {
    static constexpr text_view name = "spent_too_much";
    count admitted;
    constexpr explicit spent_too_much(count how_many_were_admitted) noexcept
        : admitted(how_many_were_admitted) {}
    constexpr count at_best(const facts&) const noexcept { return 0; }
    void explain(const facts&, writer& out) const { out.put("the permit is for ").put(admitted); }
};

struct spent_on_others : check {
    static constexpr text_view name = "spent_on_others";
    void explain(const facts&, writer& out) const {
        out.put("the permit was given for other targets");
    }
};

struct spent_twice : check {
    static constexpr text_view name = "spent_twice";
    void explain(const facts&, writer& out) const { out.put("the permit is used up"); }
};

struct spent_late : check {
    static constexpr text_view name = "spent_late";
    void explain(const facts&, writer& out) const {
        out.put("the guarded call that the permit was made for has ended");
    }
};

}  // namespace shearpin::inline v1::checks
