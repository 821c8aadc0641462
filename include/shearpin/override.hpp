// SPDX-License-Identifier: BSL-1.0
// An exception to one rule, for one removal: bounded, expiring, with a reason, and by name.
#pragma once

#include <shearpin/detail/static_errors.hpp>
#include <shearpin/facts.hpp>
#include <shearpin/request.hpp>
#include <shearpin/rule.hpp>
#include <shearpin/text.hpp>

#include <cstddef>

namespace shearpin::inline v1 {

/// What an override says. All of it but the pool and the id must be given.
struct override_terms {
    count up_to = 0;           ///< what the rule's limit is lifted to, in the rule's measure
    time_point until{};        ///< valid before this moment; without it, never
    fixed_text<159> reason{};  ///< why; an override without a reason lifts nothing
    spoken_word pool{};        ///< of which pool; over several pools it must be named
    spoken_word id{};          ///< what makes it one and the same; by default, its reason
};

class override_grant;
namespace detail {
template <class R> override_grant make_grant(const override_terms& terms);
}

/// A limit that may be lifted once. Made by override_once<rule>; it cannot be copied, since the
/// copy could be used again. It is spent by the removal that needed it; where the guard has a
/// ledger, for all users of that ledger, and else for this object alone.
class [[nodiscard]] override_grant {
public:
    override_grant(const override_grant&) = delete;             // see examples/errors.md
    override_grant& operator=(const override_grant&) = delete;  // see examples/errors.md

    /// The name of the rule that it lifts: "max_batch".
    [[nodiscard]] text_view rule() const noexcept { return rule_; }
    /// What it says, as it was given.
    [[nodiscard]] const override_terms& terms() const noexcept { return terms_; }
    /// What makes it one and the same: its id, or where there is none its reason.
    [[nodiscard]] text_view identity() const noexcept {
        return terms_.id.empty() ? text_view(terms_.reason) : text_view(terms_.id);
    }
    /// Whether this object is used up. What is spent on a ledger by another process is found out by
    /// the removal.
    [[nodiscard]] bool spent() const noexcept { return __atomic_load_n(&spent_, __ATOMIC_ACQUIRE); }

    /// Whether it is for this type of rule.
    template <class R> [[nodiscard]] bool is_for() const noexcept { return kind_ == &kind_of<R>; }
    /// Whether it may be used on this pool at this time. An unknown time is too late.
    [[nodiscard]] bool valid(text_view pool_name, bool is_the_only_pool,
                             time_point now) const noexcept {
        if (spent() || terms_.reason.empty()) return false;
        if (!terms_.pool.fits() || !terms_.id.fits()) return false;
        if (!terms_.until.known() || !now.known() || !(now < terms_.until)) return false;
        return terms_.pool.empty() ? is_the_only_pool : terms_.pool == pool_name;
    }

    /// Uses it up; false where somebody else was faster.
    [[nodiscard]] bool spend() const noexcept {
        return !__atomic_exchange_n(&spent_, true, __ATOMIC_ACQ_REL);
    }

private:
    template <class R> friend override_grant detail::make_grant(const override_terms& terms);
    override_grant(const char* kind, text_view rule_name, const override_terms& terms) noexcept
        : kind_(kind), rule_(rule_name), terms_(terms) {}

    template <class R> static constexpr char kind_of = 0;

    const char* kind_;
    text_view rule_;
    override_terms terms_;
    mutable bool spent_ = false;
};

namespace detail {
template <class R> override_grant make_grant(const override_terms& terms) {
    return override_grant(&override_grant::template kind_of<R>, R::name, terms);
}
}  // namespace detail

/// Lifts the limit of the rules of this type, once:
///     auto lift = shearpin::override_once<shearpin::max_batch>(
///         {.up_to = 8, .until = clock.now() + 1h, .reason = "CHG-17"});
///     remove.asking({.actor = "ann"}).overriding(lift)(eight_hosts);
/// Only rules that the policy marks as overridable(...) are reached; the others are hard.
template <class R>
    requires rule<R>
[[nodiscard]] override_grant override_once(const override_terms& terms) noexcept {
    return detail::make_grant<R>(terms);
}

template <class R>
    requires(!rule<R>)
override_once_takes_the_type_of_a_rule<R> override_once(const override_terms& terms);

/// The overrides of one call that are valid for one pool now; what facts.lifted points at.
class lifted_limits {
public:
    /// At most so many overrides are for one call.
    static constexpr std::size_t room = 4;

    /// Adds one that is valid; beyond `room` it is left out, and lifts nothing. Refers to it.
    void add(const override_grant& valid_one) noexcept {
        if (size_ != room) grants_[size_++] = &valid_one;
    }
    /// How high the limit of rules of this type is lifted; 0 where it is not.
    template <class R> [[nodiscard]] count up_to() const noexcept {
        count highest = 0;
        for (std::size_t at = 0; at != size_; ++at)
            if (grants_[at]->template is_for<R>())
                highest = detail::larger(highest, grants_[at]->terms().up_to);
        return highest;
    }
    /// Whether just this object was added, not one that says the same.
    [[nodiscard]] bool has(const override_grant& given) const noexcept {
        for (std::size_t at = 0; at != size_; ++at)
            if (grants_[at] == &given) return true;
        return false;
    }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }  ///< at most `room`
    [[nodiscard]] const override_grant& operator[](std::size_t at) const noexcept {
        return *grants_[at];
    }

private:
    const override_grant* grants_[room] = {};
    std::size_t size_ = 0;
};

}  // namespace shearpin::inline v1
