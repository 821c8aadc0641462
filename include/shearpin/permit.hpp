// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/checks.hpp>
#include <shearpin/detail/culprits.hpp>
#include <shearpin/detail/distinct.hpp>
#include <shearpin/detail/run_time_policy.hpp>
#include <shearpin/respond.hpp>
#include <shearpin/result.hpp>

namespace shearpin::inline v1 {

template <const auto& Policy> class permit;

namespace detail {

/// Whether this stands for all policies: then its permit is any_permit.
template <const auto& Policy>
inline constexpr bool takes_any_policy = is_same<bare<decltype(Policy)>, run_time_policy>;

/// What a permit and the guarded call that made it share. On the heap: either may end first, and
/// a permit that got away must find out that its call has ended.
class permit_record {
public:
    explicit permit_record(const amounts& what_was_admitted, place of_call) noexcept
        : admitted_(what_was_admitted), where_(of_call) {}
    permit_record(const permit_record&) = delete;
    permit_record& operator=(const permit_record&) = delete;

    void share() noexcept { __atomic_fetch_add(&holders_, 1U, __ATOMIC_RELAXED); }
    void release() noexcept {
        if (__atomic_sub_fetch(&holders_, 1U, __ATOMIC_ACQ_REL) == 0) destroy_(this);
    }
    void end() noexcept { __atomic_store_n(&ended_, true, __ATOMIC_RELEASE); }
    [[nodiscard]] bool ended() const noexcept { return __atomic_load_n(&ended_, __ATOMIC_ACQUIRE); }

    void spend_on(count how_many) noexcept {
        __atomic_store_n(&spent_on_, how_many, __ATOMIC_RELEASE);
    }
    [[nodiscard]] maybe<count> spent_on() const noexcept {
        const count how_many = __atomic_load_n(&spent_on_, __ATOMIC_ACQUIRE);
        return how_many == not_spent ? maybe<count>{} : maybe<count>{how_many};
    }

    [[nodiscard]] const amounts& admitted() const noexcept { return admitted_; }
    [[nodiscard]] const place& where() const noexcept { return where_; }

    /// Whether the permit is for this target. Where targets of this type are not known to it (only
    /// a number was admitted, or they were of another type or have no order), it cannot tell, and
    /// says yes.
    template <class T> [[nodiscard]] bool covers(const T& target) const {
        return kind_ != &kind_of<T> || covers_(*this, &target);
    }

    template <class T> static constexpr char kind_of = 0;

protected:
    ~permit_record() = default;
    void (*destroy_)(permit_record*) = nullptr;
    bool (*covers_)(const permit_record&, const void*) = nullptr;
    const char* kind_ = nullptr;

private:
    amounts admitted_;
    place where_;
    unsigned holders_ = 1;
    bool ended_ = false;
    static constexpr count not_spent = ~count{0};
    count spent_on_ = not_spent;
};

struct counted_permit final : permit_record {
    counted_permit(const amounts& what_was_admitted, place of_call) noexcept
        : permit_record(what_was_admitted, of_call) {
        destroy_ = [](permit_record* self) { delete static_cast<counted_permit*>(self); };
    }
};

/// A record that knows the targets: a sorted copy, since the removal may move the caller's away.
template <class T> class listed_permit final : public permit_record {
public:
    template <class R>
    listed_permit(const amounts& what_was_admitted, place of_call, R& list)
        : permit_record(what_was_admitted, of_call),
          targets_(list_size(list)),
          number_(list_size(list)) {
        destroy_ = [](permit_record* self) { delete static_cast<listed_permit*>(self); };
        covers_ = [](const permit_record& self, const void* target) {
            return static_cast<const listed_permit&>(self).find(*static_cast<const T*>(target));
        };
        kind_ = &kind_of<T>;
        if (targets_.get() == nullptr) return;
        count filled = 0;
        for (auto at = list_begin(list); at != list_end(list) && filled != number_; ++at, ++filled)
            targets_.get()[filled] = *at;
        detail::sort(targets_.get(), filled,
                     [](const T& left, const T& right) { return before(left, right); });
    }
    [[nodiscard]] bool complete() const noexcept { return targets_.get() != nullptr; }

private:
    [[nodiscard]] bool find(const T& target) const {
        count low = 0;
        for (count high = number_; low != high;) {
            const count middle = low + (high - low) / 2;
            if (before(targets_.get()[middle], target))
                low = middle + 1;
            else
                high = middle;
        }
        return low != number_ && !before(target, targets_.get()[low]);
    }

    scratch<T> targets_;
    count number_;
};

template <class T>
concept listable = ordered<T> && requires(T& left, const T& right) {
    T();
    left = right;
};

/// The guarded call's end of a permit: makes it, and ends it when the call is over.
template <const auto& Policy> class permit_desk {
public:
    template <class Asked> permit_desk(const Asked& asked, const amounts& admitted, place of_call) {
        if constexpr (Asked::has_targets) {
            using target = typename Asked::target;
            if constexpr (listable<target>) {
                auto* made =
                    new (std::nothrow) listed_permit<target>(admitted, of_call, asked.targets());
                if (made != nullptr && !made->complete())
                    made->release();
                else
                    record_ = made;
                return;
            }
        }
        record_ = new (std::nothrow) counted_permit(admitted, of_call);
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
    permit(const permit&) = delete;
    permit& operator=(const permit&) = delete;
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
    /// and for targets of a type that the guard was not given or that has no `<`.
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
