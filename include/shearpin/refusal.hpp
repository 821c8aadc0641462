// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/place.hpp>
#include <shearpin/violations.hpp>

namespace shearpin::inline v1 {

/// The three answers of a guard.
enum class answer : unsigned char {
    admitted,         ///< it may go
    refused_for_now,  ///< the same request may pass later, when time has passed or capacity is back
    refused_for_good,  ///< waiting will not help: ask for less, or for something else
};

/// The text of a refusal. What does not fit is cut, and says so.
using refusal_text = fixed_text<2047>;

/// Why a removal may not go: every rule that it breaks, what may go instead, and whose call it was.
class [[nodiscard]] refusal {
public:
    /// What has happened to the targets when the refusal is made.
    enum class aftermath : unsigned char {
        nothing_removed,     ///< it was refused before the removal was called
        maybe_some_removed,  ///< it comes from inside the removal
        too_much_removed,    ///< it comes from after the removal, which tells of too much
        goes_on_in_shadow,   ///< it was only told to the observer, and the removal goes on
        how_much_is_unknown  ///< it comes from after the removal, which tells of no amount
    };

    refusal(place of_call, count asked, aftermath so_far = aftermath::nothing_removed) noexcept
        : where_(of_call), asked_(asked), aftermath_(so_far) {}

    /// Where the guard was called.
    [[nodiscard]] const place& where() const& noexcept { return where_; }
    [[nodiscard]] place where() && noexcept { return where_; }
    /// How much was asked for; over several pools, how many targets.
    [[nodiscard]] count requested() const noexcept { return asked_; }
    /// How much may go now. Where the guard was given targets: that many from the front of them.
    [[nodiscard]] count max_removable() const noexcept { return may_go_; }

    /// Every broken rule. Asked of a refusal that is about to end, the list is the caller's own.
    [[nodiscard]] const violations_list& violations() const& noexcept { return violations_; }
    [[nodiscard]] violations_list violations() && noexcept { return violations_; }

    /// Refused for now, or for good.
    [[nodiscard]] answer kind() const noexcept {
        for (const violation& each : violations_)
            if (each.for_good()) return answer::refused_for_good;
        return violations_.left_out_for_good() ? answer::refused_for_good : answer::refused_for_now;
    }
    /// How long to wait before the same request may go; empty where it never may, or where a broken
    /// rule does not know.
    [[nodiscard]] maybe<duration> retry_after() const noexcept {
        duration longest;
        if (violations_.left_out() != 0) return {};
        for (const violation& each : violations_) {
            const maybe<duration> wait = each.retry_after();
            if (!wait) return {};
            if (longest < *wait) longest = *wait;
        }
        return longest;
    }
    /// Whether it was refused before the removal was called.
    [[nodiscard]] bool nothing_removed() const noexcept {
        return aftermath_ == aftermath::nothing_removed;
    }

    /// The whole story for a tired person, in a few lines of plain text.
    [[nodiscard]] refusal_text message() const {
        refusal_text told;
        told.write([this](writer& out) { describe(out); });
        return told;
    }
    /// The same, into a buffer of any size. Where not all broken rules fit, some are left out and
    /// counted, so that what to do and whose call it was is always told.
    void describe(writer& out) const {
        describe_answer(out);
        // 40: "  - and 18446744073709551615 more"
        const std::size_t reserved = length_of([this](writer& to) { describe_end(to); }) + 40;
        std::size_t told = 0;
        for (const violation& each : violations_) {
            if (length_of([&](writer& to) { describe_line(each, to); }) + reserved > out.room())
                break;
            describe_line(each, out);
            ++told;
        }
        const count untold = violations_.size() - told + violations_.left_out();
        if (untold != 0) out.put("  - and ").put(untold).put(" more\n");
        describe_end(out);
    }

    /// For who refuses: the list to which broken rules are added.
    violations_list& found() noexcept { return violations_; }
    /// For who refuses: it is only told, and the message says that the removal goes on.
    void goes_on_in_shadow() noexcept { aftermath_ = aftermath::goes_on_in_shadow; }
    /// For who refuses: how much may go now.
    void may_go(count this_much) noexcept { may_go_ = this_much; }
    /// For who refuses: how many targets may go now, from the front of those that were given.
    void may_go_first(count this_many) noexcept {
        may_go_ = this_many;
        in_order_ = true;
    }

private:
    template <class F> static std::size_t length_of(F write_to) {
        writer nowhere(nullptr, 0);
        write_to(nowhere);
        return nowhere.wanted();
    }

    void describe_answer(writer& out) const {
        out.put(aftermath_ == aftermath::nothing_removed
                    ? "removal refused, nothing was removed: asked for "
                : aftermath_ == aftermath::maybe_some_removed
                    ? "removal stopped, some of it may be done: asked for "
                : aftermath_ == aftermath::goes_on_in_shadow
                    ? "removal refused in shadow, so it goes on all the same: asked for "
                : aftermath_ == aftermath::how_much_is_unknown
                    ? "the removal is over, and how much was removed is not known: asked for "
                    : "more was removed than was admitted: asked for ");
        detail::put_amount(out, asked_);
        // Of an empty selection there is no part that may go.
        const bool was_judged = nothing_removed() || aftermath_ == aftermath::goes_on_in_shadow;
        if (was_judged && (!in_order_ || asked_ != 0)) {
            if (may_go_ == 0)
                out.put(", none of it");
            else if (in_order_ && may_go_ == 1)
                out.put(", only the first");
            else
                out.put(in_order_ ? ", only the first " : ", ").put(may_go_);
            out.put(" may go now");
        }
        out.put("\n");
    }

    static void describe_line(const violation& broken, writer& out) {
        out.put("  - ");
        broken.describe(out);
        out.put("\n");
    }

    void describe_end(writer& out) const {
        if (nothing_removed()) describe_way_out(out);
        out.put("  called at ").put(where_.file()).put(":").put(where_.line());
        out.put(" in ");
        describe_function(out);
    }

    /// The function's name without the template arguments that g++ adds, which can fill a screen.
    void describe_function(writer& out) const {
        const text_view name = where_.function();
        std::size_t length = 0;
        while (length != name.size() && (name.data()[length] != '<' || length == 0)) ++length;
        const bool is_operator = text_view(name.data(), length) == text_view("operator");
        out.put(is_operator ? name : text_view(name.data(), length));
    }

    void describe_way_out(writer& out) const {
        if (kind() == answer::refused_for_good) {
            out.put("  waiting will not help; the request itself must change\n");
        } else if (const maybe<duration> wait = retry_after()) {
            out.put("  try again in ");
            wait->readable().spell(out);
            out.put("\n");
        } else {
            out.put("  it may pass later; how soon is not known\n");
        }
    }

    place where_;
    count asked_;
    count may_go_ = 0;
    aftermath aftermath_;
    bool in_order_ = false;
    violations_list violations_;
};

}  // namespace shearpin::inline v1
