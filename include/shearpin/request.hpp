// SPDX-License-Identifier: BSL-1.0
// What the person says beside what the code selected.
#pragma once

#include <shearpin/count.hpp>
#include <shearpin/targets.hpp>
#include <shearpin/text.hpp>

#include <cstddef>
#include <initializer_list>

namespace shearpin::inline v1 {

/// The name of a person or of an environment: at most 63 characters. A longer one is not cut, since
/// two names could become one by that: it does not fit, and a request with such a word is refused.
class spoken_word {
public:
    constexpr spoken_word() noexcept = default;
    constexpr spoken_word(text_view given) noexcept : text_(given), fits_(given.size() <= 63) {}
    constexpr spoken_word(const char* literal) noexcept : spoken_word(text_view(literal)) {}
    template <detail::string_like S>
        requires(!detail::one_of<S, spoken_word, text_view>)
    constexpr spoken_word(const S& string) noexcept : spoken_word(text_view(string)) {}

    /// False where it was longer than 63 characters.
    [[nodiscard]] constexpr bool fits() const noexcept { return fits_; }
    [[nodiscard]] constexpr const char* data() const noexcept { return text_.data(); }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return text_.size(); }
    [[nodiscard]] constexpr bool empty() const noexcept { return text_.empty(); }
    [[nodiscard]] constexpr operator text_view() const noexcept { return text_; }

    friend constexpr bool operator==(const spoken_word& left, const spoken_word& right) noexcept {
        return left.text_ == right.text_ && left.fits_ && right.fits_;
    }

private:
    fixed_text<63> text_;
    bool fits_ = true;
};

/// The names of the people who agreed, at most eight; the list owns them. Made from a list in
/// braces or from any range of strings; never from two pointers, so that {"ann", "bob"} is two
/// people.
class names {
public:
    /// The most people.
    static constexpr std::size_t room = 8;

    constexpr names() noexcept {}
    constexpr names(std::initializer_list<text_view> given) noexcept { take(given); }
    template <class R>
        requires(detail::list_class<R> && !detail::is_same<R, names>)
    constexpr names(const R& given) noexcept {
        take(given);
    }

    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0 && fits_; }
    [[nodiscard]] constexpr const spoken_word* begin() const noexcept { return names_; }
    [[nodiscard]] constexpr const spoken_word* end() const noexcept { return names_ + size_; }
    /// False where there were more than eight, or one of more than 63 characters: such a list is
    /// refused as a whole.
    [[nodiscard]] constexpr bool fits() const noexcept { return fits_; }

private:
    template <class R> constexpr void take(const R& given) noexcept {
        for (const auto& each : given) {
            const spoken_word one{text_view(each)};
            if (size_ == room || !one.fits()) {
                fits_ = false;
                return;
            }
            names_[size_++] = one;
        }
    }

    spoken_word names_[room];
    std::size_t size_ = 0;
    bool fits_ = true;
};

/// How many targets the person expects, or which. A list is referred to, so it must outlive the
/// call; of a view as small as a std::span the view itself is kept. A temporary list does not
/// compile.
class expectation {
    template <class R>
    static constexpr bool is_small_view =
        __is_trivially_copyable(R) && sizeof(R) <= 16 && alignof(R) <= 8;

    /// Its targets are looked up where they are.
    template <class R>
    static constexpr bool keeps_targets =
        detail::is_lvalue<decltype(*detail::list_begin(detail::declval<const R&>()))>;

public:
    constexpr expectation() noexcept = default;
    /// So many. A negative number is expected by nobody, and refused like any other that differs.
    template <detail::integer N>
    constexpr expectation(N number) noexcept : count_(detail::counted(number)), given_(true) {}
    /// These, in any order. Targets are compared by `<`.
    template <class R>
        requires(detail::list_class<R> && !detail::string_like<R> && keeps_targets<R>)
    expectation(const R& list) noexcept
        : count_(detail::list_size(list)), kind_(&kind_of<compared<R>>), given_(true) {
        if constexpr (is_small_view<R>)
            __builtin_memcpy(view_, &list, sizeof(R));
        else
            list_ = &list;
        walk_ = [](const void* from, void* context, void (*each)(void*, const void*)) {
            for (const auto& one : *static_cast<const R*>(from))
                if constexpr (detail::is_same<compared<R>, text_view>) {
                    const text_view as_text(one);
                    each(context, &as_text);
                } else {
                    each(context, &one);
                }
        };
    }
    template <class R>
        requires(detail::list_class<R> && !detail::string_like<R> && !keeps_targets<R>)
    expectation(const R& list) __attribute__((
        unavailable("the expected list makes its targets when it is walked: give one "
                    "that holds them, such as a vector; see examples/errors.md")));
    template <class R>
        requires(detail::list_class<R> && keeps_targets<R> && !is_small_view<R>)
    expectation(const R&& temporary) __attribute__((unavailable(
        "the expected list is a temporary: give it a name first; see examples/errors.md")));

    /// Whether anything is expected.
    [[nodiscard]] constexpr bool given() const noexcept { return given_; }
    /// How many targets are expected; of a list, its length when it was given.
    [[nodiscard]] constexpr count number() const noexcept { return count_; }
    /// Whether it is a list, with which the targets themselves are compared.
    [[nodiscard]] constexpr bool names_targets() const noexcept { return walk_ != nullptr; }
    /// Whether it is a list of targets of this type; for text of any type, ask for text_view.
    template <class T> [[nodiscard]] constexpr bool is_of() const noexcept {
        return kind_ == &kind_of<T>;
    }
    /// Calls each(target) for the targets of the list. T must be its type: ask is_of<T>() first.
    template <class T, class F> void for_each(F each) const {
        const void* const from = list_ != nullptr ? list_ : static_cast<const void*>(view_);
        walk_(from, &each, [](void* context, const void* one) {
            (*static_cast<F*>(context))(*static_cast<const T*>(one));
        });
    }

private:
    template <class T> static constexpr char kind_of = 0;
    template <class R> using compared = detail::compared_as<detail::target_of<const R>>;

    count count_ = 0;
    const void* list_ = nullptr;  // null where the view is kept
    alignas(8) unsigned char view_[16] = {};
    const char* kind_ = nullptr;
    void (*walk_)(const void*, void*, void (*)(void*, const void*)) = nullptr;
    bool given_ = false;
};

/// What the person says beside the selection; every part may be left out.
///     remove.asking({.expected = 3, .actor = "ann", .reason = "CHG-17"})(hosts);
/// Names are what the caller's program says they are: claims, not authentication.
struct request {
    expectation expected{};     ///< how many targets, or which; another selection is refused
    spoken_word actor{};        ///< whose removal it is
    names approvers{};          ///< who else agreed to it
    fixed_text<159> reason{};   ///< what for; goes to the ledger and to the observer
    spoken_word environment{};  ///< where: another environment than the inventory's is refused
};

}  // namespace shearpin::inline v1
