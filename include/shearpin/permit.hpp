// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/checks/permit.hpp>
#include <shearpin/detail/culprits.hpp>
#include <shearpin/detail/permit_record.hpp>
#include <shearpin/detail/run_time_policy.hpp>
#include <shearpin/respond.hpp>
#include <shearpin/result.hpp>

namespace shearpin::inline v1 {

template <const auto& Policy> class permit;

namespace detail {

/// Whether this stands for all policies: then its permit is any_permit.
template <const auto& Policy>
inline constexpr bool takes_any_policy = is_same<bare<decltype(Policy)>, run_time_policy>;

/// The guarded call's end of a permit: makes it, and ends it when the call is over.
template <const auto& Policy> class permit_desk {
public:
    template <class Asked> permit_desk(const Asked& asked, const amounts& admitted) {
        if constexpr (Asked::has_targets) {
            using target = typename Asked::target;
            if constexpr (listable<target>) {
                auto* made = new (std::nothrow) listed_permit<target>(admitted, asked.targets());
                if (made != nullptr && !made->complete())
                    made->release();
                else
                    record_ = made;
                return;
            }
        }
        record_ = new (std::nothrow) counted_permit(admitted);
    }
    permit_desk(const permit_desk&) = delete;
    permit_desk& operator=(const permit_desk&) = delete;
    ~permit_desk() {
        if (record_ == nullptr) return;
        record_->end();
        record_->release();
    }
    [[nodiscard]] bool has_memory() const noexcept { return record_ != nullptr; }
    /// How many the permit was spent on; nothing where it was not.
    [[nodiscard]] maybe<count> spent_on() const noexcept { return record_->spent_on(); }
    [[nodiscard]] permit<Policy> issue() const noexcept { return permit<Policy>(record_); }

private:
    permit_record* record_ = nullptr;
};

}  // namespace detail

/// Proof that a guard with this policy admitted a removal, and of how much. A removal that takes
/// one as its first parameter cannot be reached but through its guard: nothing else can make a
/// permit. It is used up by spending it.
///
///     void drop_volumes(shearpin::permit<policy> permit, std::span<const int> volumes) {
///         std::move(permit).spend(volumes);
///         ...
///     }
template <const auto& Policy>
class [[nodiscard("what is not spent was not removed under this permit")]] permit {
    template <class What> static constexpr bool spendable = detail::can_say<detail::bare<What>>;

public:
    permit(permit&& other) noexcept : record_(other.record_) { other.record_ = nullptr; }
    /// Any permit is an any_permit (see any_permit.hpp).
    template <const auto& Other>
        requires detail::takes_any_policy<Policy>
    permit(permit<Other>&& other) noexcept : record_(other.record_) {
        other.record_ = nullptr;
    }
    permit(const permit&) = delete;             // see examples/errors.md
    permit& operator=(const permit&) = delete;  // see examples/errors.md
    permit& operator=(permit&& other) noexcept {
        if (this != &other) {
            if (record_ != nullptr) record_->release();
            record_ = other.record_;
            other.record_ = nullptr;
        }
        return *this;
    }
    ~permit() {
        if (record_ != nullptr) record_->release();
    }

    /// How many targets were admitted; 0 where this one has been moved from or spent.
    [[nodiscard]] shearpin::count count() const noexcept {
        return record_ != nullptr ? record_->admitted().heads : 0;
    }
    /// The same in all three measures. Over several pools there is no one amount: all three are the
    /// number of targets then.
    [[nodiscard]] amounts admitted() const noexcept {
        return record_ != nullptr ? record_->admitted() : amounts{};
    }
    /// Whether this target is one of those that were admitted. Always true where only a number was,
    /// or targets of a type that has no `<`. Text is compared as text; of another type than the
    /// guard was given, it is none of them.
    template <class T> [[nodiscard]] bool covers(const T& target) const {
        return record_ != nullptr && record_->covers(target);
    }

    /// Uses the permit up for these targets, or for so many, and refuses (throws removal_refused)
    /// what is more than was admitted or was not among it, a second time, and after the guarded
    /// call has ended. Call it before removing: `std::move(permit).spend(volumes)`.
    template <class What, class Response = default_response>
        requires(spendable<What> && !detail::is_same<Response, cannot_throw>)
    void spend(What&& what, place here = place::here()) && {
        const result<void> outcome =
            static_cast<permit&&>(*this).try_spend(static_cast<What&&>(what), here);
        if (!outcome) Response{}.template refuse<void>(outcome.error());
    }

    /// The same, with the refusal returned.
    template <class What>
        requires spendable<What>
    result<void> try_spend(What&& what, place here = place::here()) && {
        const auto asked = detail::read_asked(what);
        refusal why(here, asked.heads(), refusal::aftermath::maybe_some_removed);
        const permit held(static_cast<permit&&>(*this));
        if (held.record_ == nullptr) {
            why.found().add({checks::spent_twice{}, {}, 0, asked.heads()});
            return why;
        }
        if (held.record_->ended()) why.found().add({checks::spent_late{}, {}, 0, asked.heads()});
        const shearpin::count admitted_heads = held.record_->admitted().heads;
        if (asked.heads() > admitted_heads)
            why.found().add(
                {checks::spent_too_much(admitted_heads), {}, admitted_heads, asked.heads()});
        if constexpr (decltype(asked)::has_targets) check_targets(*held.record_, asked, why);
        if (!why.violations().empty()) return why;
        held.record_->spend_on(asked.heads());
        return {};
    }

    template <class What, class Response = default_response>
        requires(spendable<What> && detail::is_same<Response, cannot_throw>)
    without_exceptions_use_try_spend<What> spend(What&& what) &&;
    template <class What>
        requires(!spendable<What>)
    targets_must_be_an_integer_or_a_sized_range<What> spend(What&& what) &&;
    template <class What>
        requires(!spendable<What>)
    targets_must_be_an_integer_or_a_sized_range<What> try_spend(What&& what) &&;

    template <class What> say_std_move_of_the_permit_to_spend_it<What> spend(What&& what) const&;
    template <class What>
    say_std_move_of_the_permit_to_spend_it<What> try_spend(What&& what) const&;

private:
    friend class detail::permit_desk<Policy>;
    template <const auto& Other> friend class permit;
    explicit permit(detail::permit_record* shared) noexcept : record_(shared) { shared->share(); }

    template <class Asked>
    static void check_targets(const detail::permit_record& record, const Asked& asked,
                              refusal& why) {
        detail::culprits others;
        shearpin::count position = 0;
        for (auto at = detail::list_begin(asked.targets()); at != detail::list_end(asked.targets());
             ++at, ++position)
            if (!record.covers(*at)) others.add(*at, position);
        if (others.number() != 0)
            why.found()
                .add({checks::spent_on_others{}, {}, 0, others.number()})
                .with_targets(others.text());
    }

    detail::permit_record* record_;
};

}  // namespace shearpin::inline v1
