// SPDX-License-Identifier: BSL-1.0
// What a permit knows: how much was admitted, and for which targets.
#pragma once

#include <shearpin/detail/distinct.hpp>
#include <shearpin/facts.hpp>
#include <shearpin/maybe.hpp>

namespace shearpin::inline v1::detail {

/// Targets that are text are compared as text, whatever their type.
template <class T>
concept text_target = string_like<T> || c_string<T>;
template <class T> struct spent_as {
    using type = T;
};
template <text_target T> struct spent_as<T> {
    using type = text_view;
};

/// What a permit and the guarded call that made it share. On the heap: either may end first, and
/// a permit that got away must find out that its call has ended.
class permit_record {
public:
    explicit permit_record(const amounts& what_was_admitted) noexcept
        : admitted_(what_was_admitted) {}
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

    /// Whether the permit is for this target. Where it knows no targets (only a number was
    /// admitted, or they have no order), it cannot tell, and says yes.
    template <class T> [[nodiscard]] bool covers(const T& target) const {
        if (kind_ == nullptr) return true;
        if constexpr (text_target<T>) {
            const text_view text(target);
            return kind_ == &kind_of<text_view> && covers_(*this, &text);
        } else {
            return kind_ == &kind_of<T> && covers_(*this, &target);
        }
    }

    /// Its address stands for the type. Visible, so that it is one in all libraries of a program.
    template <class T> [[gnu::visibility("default")]] static constexpr char kind_of = 0;

protected:
    ~permit_record() = default;
    void (*destroy_)(permit_record*) = nullptr;
    bool (*covers_)(const permit_record&, const void*) = nullptr;
    const char* kind_ = nullptr;

private:
    amounts admitted_;
    unsigned holders_ = 1;
    bool ended_ = false;
    static constexpr count not_spent = ~count{0};
    count spent_on_ = not_spent;
};

struct counted_permit final : permit_record {
    explicit counted_permit(const amounts& what_was_admitted) noexcept
        : permit_record(what_was_admitted) {
        destroy_ = [](permit_record* self) { delete static_cast<counted_permit*>(self); };
    }
};

/// A record that knows the targets: a sorted copy, since the removal may move the caller's away.
template <class T> class listed_permit final : public permit_record {
public:
    template <class R>
    listed_permit(const amounts& what_was_admitted, R& list)
        : permit_record(what_was_admitted), targets_(list_size(list)), number_(list_size(list)) {
        destroy_ = [](permit_record* self) { delete static_cast<listed_permit*>(self); };
        covers_ = [](const permit_record& self, const void* target) {
            return static_cast<const listed_permit&>(self).find(
                *static_cast<const typename spent_as<T>::type*>(target));
        };
        kind_ = &kind_of<typename spent_as<T>::type>;
        if (targets_.get() == nullptr) return;
        count filled = 0;
        for (auto at = list_begin(list); at != list_end(list) && filled != number_; ++at, ++filled)
            targets_.get()[filled] = *at;
        number_ = filled;  // a list that has changed may have fewer than it says
        detail::sort(targets_.get(), number_,
                     [](const T& left, const T& right) { return stands_before(left, right); });
    }
    [[nodiscard]] bool complete() const noexcept { return targets_.get() != nullptr; }

private:
    template <class Left, class Right>
    static bool stands_before(const Left& left, const Right& right) {
        if constexpr (text_target<T>)
            return text_before(text_view(left), text_view(right));
        else
            return before(left, right);
    }
    [[nodiscard]] bool find(const typename spent_as<T>::type& target) const {
        const count place_of_target = find_place(
            targets_.get(), number_, [&](const T& item) { return stands_before(item, target); });
        return place_of_target != number_ &&
               !stands_before(target, targets_.get()[place_of_target]);
    }

    scratch<T> targets_;
    count number_;
};

template <class T>
concept listable = ordered<T> && requires(T& left, const T& right) {
    T();
    left = right;
};

}  // namespace shearpin::inline v1::detail
