// SPDX-License-Identifier: BSL-1.0
// Of what a person says beside the selection.
#pragma once

#include <shearpin/checks/selection.hpp>

namespace shearpin::inline v1::checks {

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

}  // namespace shearpin::inline v1::checks
