// SPDX-License-Identifier: BSL-1.0
// What the compiler says of a mistake in the text of a policy.
#pragma once

#include <shearpin/detail/literal_rules.hpp>

namespace shearpin::inline v1 {

/// The text of a literal, as a template argument; and what is wrong with one, in an error of the
/// compiler.
template <std::size_t N> struct policy_text {
    char letters[N]{};  ///< the zero at the end among them
    consteval policy_text(const char (&literal)[N]) noexcept {
        for (std::size_t at = 0; at != N; ++at) letters[at] = literal[at];
    }
    consteval policy_text(text_view words) noexcept {
        for (std::size_t at = 0; at != words.size(); ++at) letters[at] = words.data()[at];
        letters[N - 1] = '\0';  // clang prints no text whose end was never written
    }
    /// Without the zero at the end.
    [[nodiscard]] constexpr text_view view() const noexcept { return {letters, N - 1}; }
};

// What the compiler says of a policy's text: where in it the mistake stands, and what it is. None
// of these is ever defined. g++ prints the whole message, clang the pieces of it, since it cuts
// text in a type after 36 characters; clang before version 15 prints no text there, so it gets the
// mistake's name, which is a sentence, and the nearest word, letter by letter.
/// Counted from 1.
template <count> struct at_line;
/// Counted from 1, in characters.
template <count> struct at_column;
#if defined(__clang_major__) && __clang_major__ < 15
/// The nearest word, letter by letter.
template <char...> struct did_you_mean;
/// The mistake, and where it stands.
template <class Line, class Column, policy_mistake What, class Nearest>
struct policy_text_error;  // see examples/errors.md
#else
/// The mistake in words, and where it stands.
template <class Line, class Column, policy_text... Message>
struct policy_text_error;  // see examples/errors.md
#endif

namespace detail {

template <policy_text Text> struct literal_source {
    static constexpr text_view text = Text.view();
};

/// The mistake of this number.
template <class Read, std::size_t Which> struct literal_mistake {
    static constexpr const text_mistake& what = Read::read.wrong.found[Which];
    static constexpr text_place place = place_in(Read::text, what.at);
};

#if defined(__clang_major__) && __clang_major__ < 15
template <class Mistake, class Read, std::size_t... Is>
policy_text_error<at_line<Mistake::place.line>, at_column<Mistake::place.column>,
                  Mistake::what.what, did_you_mean<Mistake::what.nearest.data()[Is]...>>
    literal_flaw_of(indexes<Is...>);
template <class Read, std::size_t Which>
using literal_flaw = decltype(detail::literal_flaw_of<literal_mistake<Read, Which>, Read>(
    make_indexes<literal_mistake<Read, Which>::what.nearest.size()>{}));
#else
/// The message, in pieces of whole words that the compiler prints whole.
template <class Mistake, class Read> struct literal_message {
    static constexpr fixed_text<511> words = [] {
        fixed_text<511> all;
        all.write([](writer& out) { detail::say(Mistake::what, Read::text, out); });
        return all;
    }();
    struct cut {
        std::size_t number = 0;
        std::size_t begin[66]{};
    };
    static constexpr cut pieces = [] {
#if defined(__clang__)
        constexpr std::size_t longest = 32;
#else
        constexpr std::size_t longest = 511;
#endif
        cut made;
        std::size_t first = 0;
        while (words.size() - first > longest) {
            std::size_t end = first + longest;
            while (end > first + longest / 4 && words.data()[end] != ' ') --end;
            made.begin[++made.number] = first = end;
        }
        made.begin[++made.number] = words.size();
        return made;
    }();
    template <std::size_t I>
    static constexpr std::size_t size = pieces.begin[I + 1] - pieces.begin[I];
    template <std::size_t I>
    static constexpr policy_text<size<I> + 1> piece{
        text_view(words.data() + pieces.begin[I], size<I>)};
};
template <class Mistake, class Read, std::size_t... Is>
policy_text_error<at_line<Mistake::place.line>, at_column<Mistake::place.column>,
                  literal_message<Mistake, Read>::template piece<Is>...>
    literal_flaw_of(indexes<Is...>);
template <class Read, std::size_t Which>
using literal_flaw = decltype(detail::literal_flaw_of<literal_mistake<Read, Which>, Read>(
    make_indexes<literal_message<literal_mistake<Read, Which>, Read>::pieces.number>{}));
#endif

/// The first mistake, as a type that is never defined.
template <class Read> using first_literal_flaw = literal_flaw<Read, Read::read.wrong.first()>;

}  // namespace detail

}  // namespace shearpin::inline v1
