// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/facts.hpp>
#include <shearpin/maybe.hpp>
#include <shearpin/rule.hpp>
#include <shearpin/text.hpp>

#include <cstddef>

namespace shearpin::inline v1 {

namespace detail {

/// What a violation still knows of its rule after the rule's type is gone.
struct rule_words {
    text_view name;
    void (*spell)(const void* rule_copy, writer&);
    void (*explain)(const void* rule_copy, const facts&, writer&);
    bool all_or_nothing;  // how much was asked explains nothing
    bool can_be_lifted;   // by an override
    bool asks_for_words;
};

/// A rule is copied into the violation, so that its words can be made when somebody reads them.
/// One that does not fit is told by its name alone.
inline constexpr std::size_t rule_room = 56;
template <class R>
inline constexpr bool rule_fits =
    __is_trivially_copyable(R) && sizeof(R) <= rule_room && alignof(R) <= 8;

template <class R>
inline constexpr bool is_all_or_nothing = requires { requires R::all_or_nothing; };

template <class R> inline constexpr bool is_liftable = requires { requires R::can_be_lifted; };
template <class R> inline constexpr bool is_for_words = requires { requires R::asks_for_words; };

template <class R>
inline constexpr rule_words words_of{
    R::name,
    [](const void* rule_copy, writer& out) {
        if constexpr (rule_fits<R>)
            detail::spell(*static_cast<const R*>(rule_copy), out);
        else
            out.put(R::name);
    },
    [](const void* rule_copy, const facts& known, writer& out) {
        if constexpr (rule_fits<R> && requires(const R& each) { each.explain(known, out); })
            static_cast<const R*>(rule_copy)->explain(known, out);
    },
    is_all_or_nothing<R>,
    is_liftable<R>,
    is_for_words<R>,
};

}  // namespace detail

/// One broken rule: which, of which pool, what it allows now, and how much was asked of it.
class violation {
public:
    violation() noexcept {}  // the text buffers have no value until something is written to them

    template <class R>
    violation(const R& broken, const facts& known, count limit_now, count asked,
              text_view pool_name = {})
        : violation(detail::words_of<R>, detail::measure_of<R>(), known, limit_now, asked,
                    pool_name) {
        for_good_ = detail::at_best(broken, known) < asked || detail::is_for_words<R>;
        if (!for_good_) retry_after_ = detail::retry_after(broken, known, asked);
        if constexpr (__is_empty(R))
            rule_copy_[0] = 0;  // its one byte has no value, and gcc warns of copying it
        else if constexpr (detail::rule_fits<R>)
            __builtin_memcpy(rule_copy_, &broken, sizeof(R));
        if (!ends_with_the_call()) return;
        // So the words are made now.
        if constexpr (requires(writer& out) { broken.explain(known, out); })
            said_.write([&](writer& out) { broken.explain(known, out); });
        known_.history = nullptr;
        known_.request = nullptr;
        known_.lifted = nullptr;
    }

    /// The rule's name: "max_batch". Lives as long as the program.
    [[nodiscard]] text_view rule() const noexcept { return words_->name; }
    /// Whether an override could lift it: the policy marks it as overridable(...).
    [[nodiscard]] bool can_be_lifted() const noexcept { return words_->can_be_lifted; }
    /// Whether it looks at what a person says, and would be satisfied by other words.
    [[nodiscard]] bool asks_for_words() const noexcept { return words_->asks_for_words; }
    /// The rule as it is written: "max_batch(5)".
    [[nodiscard]] fixed_text<127> stated() const {
        fixed_text<127> spelled;
        spelled.write([&](writer& out) { words_->spell(rule_copy_, out); });
        return spelled;
    }
    /// The pool's name, at most 63 characters of it; empty where the pool has none.
    [[nodiscard]] text_view pool() const& noexcept { return pool_; }
    [[nodiscard]] fixed_text<63> pool() && noexcept { return pool_; }
    /// The targets that are at fault, where it is they: "db-7, db-9 and 12 more".
    [[nodiscard]] text_view targets() const& noexcept { return targets_; }
    [[nodiscard]] fixed_text<63> targets() && noexcept { return targets_; }

    /// The largest amount that the rule allows now, in the rule's measure.
    [[nodiscard]] count limit() const noexcept { return limit_; }
    /// How much was asked of this pool, in the rule's measure.
    [[nodiscard]] count requested() const noexcept { return asked_; }
    /// What the limit and what was asked are measured in.
    [[nodiscard]] measure measured() const noexcept { return measured_; }
    /// What the rule looked at, but for what ends with the call: history, request and overrides.
    [[nodiscard]] const facts& seen() const& noexcept { return known_; }
    [[nodiscard]] facts seen() && noexcept { return known_; }

    /// Waiting cannot help: this much is never allowed for a pool of this size.
    [[nodiscard]] bool for_good() const noexcept { return for_good_; }
    /// When this much may go as far as this rule is concerned, where the rule knows.
    [[nodiscard]] maybe<duration> retry_after() const noexcept { return retry_after_; }

    /// One line: "index: min_remaining(95%): 20 of 20 serve and 19 must stay, so 1 may
    /// go; asked 2". A control character in a name is shown as \n or \x1b, so that no name can look
    /// like a line of the refusal.
    void describe(writer& out) const {
        out.put_line([this](writer& to) { describe_line(to); });
    }

    /// For who refuses: of which pool. More than 63 characters of its name are cut.
    violation& in_pool(text_view pool_name) noexcept {
        pool_ = pool_name;
        return *this;
    }
    /// For who refuses: which targets are at fault. More than 63 characters are cut.
    violation& with_targets(text_view names) noexcept {
        targets_ = names;
        return *this;
    }

    /// What is said of it, in place of what the rule explains.
    violation& saying(text_view words) noexcept {
        said_ = words;
        return *this;
    }

private:
    // What is the same for each rule, once in a program.
    [[gnu::noinline]] violation(const detail::rule_words& words, measure measured_in,
                                const facts& known, count limit_now, count asked,
                                text_view pool_name) noexcept
        : words_(&words),
          known_(known),
          limit_(limit_now),
          asked_(asked),
          measured_(measured_in),
          pool_(pool_name) {}

    /// What was seen points at what the call holds.
    [[nodiscard]] bool ends_with_the_call() const noexcept {
        return known_.history != nullptr || known_.request != nullptr || known_.lifted != nullptr;
    }

    void describe_line(writer& out) const {
        if (!pool_.empty()) out.put(pool_).put(": ");
        words_->spell(rule_copy_, out);
        out.put(": ");
        if (!targets_.empty()) out.put(targets_).put(": ");
        const std::size_t before = out.wanted();  // also where nothing fits
        if (said_.empty())
            words_->explain(rule_copy_, known_, out);
        else
            out.put(said_);
        if (out.wanted() == before) out.put(limit_).put(" may go now");
        if (words_->all_or_nothing) return;
        out.put("; asked ");
        detail::put_amount(out, asked_);
    }

    const detail::rule_words* words_ = nullptr;
    facts known_{};
    count limit_ = 0;
    count asked_ = 0;
    measure measured_ = measure::amount;
    bool for_good_ = false;
    maybe<duration> retry_after_{};
    alignas(8) unsigned char rule_copy_[detail::rule_room];
    fixed_text<63> pool_;
    fixed_text<63> targets_;
    fixed_text<255> said_;
};

}  // namespace shearpin::inline v1
