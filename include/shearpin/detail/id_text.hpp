// SPDX-License-Identifier: BSL-1.0
// What ids are made of: the name of their kind, their letters, and why a text is none.
#pragma once

#include <shearpin/count.hpp>
#include <shearpin/detail/digit.hpp>
#include <shearpin/text.hpp>

#include <compare>
#include <cstddef>

namespace shearpin::inline v1::detail {

// Never defined: the names are the compiler's messages.
void the_name_of_a_kind_is_made_of_small_letters_digits_and_underscores();  // examples/errors.md
void this_is_no_text_of_an_id();              // see examples/errors.md
void this_number_does_not_fit_into_the_id();  // see examples/errors.md

constexpr bool is_small_letter(char letter) noexcept { return letter >= 'a' && letter <= 'z'; }
constexpr bool is_letter_or_digit(char letter) noexcept {
    return is_small_letter(letter) || is_digit(letter) || (letter >= 'A' && letter <= 'Z');
}
constexpr bool is_id_letter(char letter) noexcept {
    return is_letter_or_digit(letter) || letter == '-' || letter == '_' || letter == '.' ||
           letter == '@' || letter == '+';
}

/// The name of a kind, as a template argument. Its member is public because it must be.
template <std::size_t N> struct kind_name {
    char letters[N] = {};

    consteval kind_name(const char (&literal)[N]) {
        if (literal[N - 1] != '\0' || !is_small_letter(literal[0]))
            the_name_of_a_kind_is_made_of_small_letters_digits_and_underscores();
        for (std::size_t at = 0; at + 1 < N; ++at) {
            const char letter = literal[at];
            if (!is_small_letter(letter) && !is_digit(letter) && letter != '_')
                the_name_of_a_kind_is_made_of_small_letters_digits_and_underscores();
            letters[at] = letter;
        }
    }
    [[nodiscard]] constexpr text_view view() const noexcept { return {letters, N - 1}; }
};

/// The letters of a text id. Trivial to copy; what is not used is zero, so that equal texts are
/// equal objects.
class id_letters {
public:
    static constexpr std::size_t room = 127;

    constexpr id_letters() noexcept = default;
    constexpr explicit id_letters(text_view given) noexcept
        : size_(static_cast<unsigned char>(given.size())) {
        for (std::size_t at = 0; at != given.size(); ++at) letters_[at] = given.data()[at];
    }
    [[nodiscard]] constexpr text_view view() const noexcept { return {letters_, size_}; }

    friend constexpr bool operator==(const id_letters&, const id_letters&) noexcept = default;
    friend constexpr std::strong_ordering operator<=>(const id_letters& left,
                                                      const id_letters& right) noexcept {
        const std::size_t shared = left.size_ < right.size_ ? left.size_ : right.size_;
        for (std::size_t at = 0; at != shared; ++at)
            if (left.letters_[at] != right.letters_[at])
                return static_cast<unsigned char>(left.letters_[at]) <=>
                       static_cast<unsigned char>(right.letters_[at]);
        return left.size_ <=> right.size_;
    }

private:
    char letters_[room] = {};
    unsigned char size_ = 0;
};

/// Why a text is no id.
enum class id_flaw : unsigned char {
    none,
    empty,
    too_long,
    bad_start,
    bad_letter,
    other_kind,
    no_number,
    too_large
};

/// What was found in a text: where its own part begins, and what is wrong with it and where.
struct read_id {
    text_view own;  ///< without the prefix of the kind
    id_flaw flaw = id_flaw::none;
    std::size_t at = 0;
};

/// Takes "host:" from the front of "host:db-7". Another kind in front is a flaw.
constexpr read_id without_kind(text_view given, text_view kind) noexcept {
    for (std::size_t at = 0; at != given.size(); ++at)
        if (given.data()[at] == ':') {
            if (!(text_view(given.data(), at) == kind)) return {given, id_flaw::other_kind, at};
            return {{given.data() + at + 1, given.size() - at - 1}, id_flaw::none, 0};
        }
    return {given, id_flaw::none, 0};
}

constexpr read_id read_letters(text_view own) noexcept {
    if (own.empty()) return {own, id_flaw::empty, 0};
    if (own.size() > id_letters::room) return {own, id_flaw::too_long, 0};
    for (std::size_t at = 0; at != own.size(); ++at)
        if (!is_id_letter(own.data()[at])) return {own, id_flaw::bad_letter, at};
    if (!is_letter_or_digit(own.data()[0])) return {own, id_flaw::bad_start, 0};
    return {own, id_flaw::none, 0};
}
constexpr read_id read_text_id(text_view given, text_view kind) noexcept {
    const read_id found = without_kind(given, kind);
    return found.flaw == id_flaw::none ? read_letters(found.own) : found;
}

/// What of an integer type is its own number: the bounds by way of 64 bits.
template <class Value> constexpr bool fits_into(bool negative, count size) noexcept {
    constexpr count bits = sizeof(Value) * 8;
    if constexpr (signed_integer<Value>)
        return size <= (count{1} << (bits - 1)) - (negative ? 0 : 1);
    else
        return !negative && (bits == 64 || size <= (count{1} << (bits % 64)) - 1);
}
template <class Value> constexpr Value made_of(bool negative, count size) noexcept {
    return static_cast<Value>(negative ? ~size + 1 : size);
}

/// A number in decimal digits, in the one way in which it is written: no sign but a minus, no
/// zeros in front.
template <class Value>
constexpr read_id read_number_id(text_view given, text_view kind, Value& into) noexcept {
    read_id found = without_kind(given, kind);
    if (found.flaw != id_flaw::none) return found;
    if (found.own.empty()) return {found.own, id_flaw::empty, 0};
    const bool negative = found.own.data()[0] == '-';
    const std::size_t start = negative ? 1 : 0;
    count size = 0;
    if (start == found.own.size()) return {found.own, id_flaw::no_number, 0};
    for (std::size_t at = start; at != found.own.size(); ++at) {
        const char letter = found.own.data()[at];
        if (!is_digit(letter)) return {found.own, id_flaw::no_number, at};
    }
    if (found.own.data()[start] == '0' && found.own.size() != 1)
        return {found.own, id_flaw::no_number, start};
    for (std::size_t at = start; at != found.own.size(); ++at) {
        const count digit = static_cast<count>(found.own.data()[at] - '0');
        if (size > (~count{0} - digit) / 10) return {found.own, id_flaw::too_large, 0};
        size = size * 10 + digit;
    }
    if (!fits_into<Value>(negative, size)) return {found.own, id_flaw::too_large, 0};
    into = made_of<Value>(negative, size);
    return found;
}

/// A letter of the user's text, where it can be shown on a terminal without harm.
constexpr void put_shown(writer& out, char letter) noexcept {
    if (letter >= ' ' && letter <= '~')
        out.put(text_view(&letter, 1));
    else
        out.put("(byte ").put(count{static_cast<unsigned char>(letter)}).put(")");
}
constexpr void put_shown(writer& out, text_view given) noexcept {
    constexpr std::size_t most = 60;
    out.put("\"");
    for (std::size_t at = 0; at != given.size() && at != most; ++at)
        put_shown(out, given.data()[at]);
    out.put(given.size() > most ? "...\"" : "\"");
}

constexpr void explain(const read_id& found, text_view kind, writer& out) noexcept {
    if (found.flaw == id_flaw::other_kind) {
        put_shown(out, found.own);
        out.put(" is of the kind ");
        put_shown(out, text_view(found.own.data(), found.at));
        out.put("; the kind ").put(kind).put(" is wanted here");
        return;
    }
    if (found.flaw == id_flaw::empty) {
        out.put("an id of the kind ").put(kind).put(" must not be empty");
        return;
    }
    put_shown(out, found.own);
    out.put(" is no id of the kind ").put(kind).put(": ");
    if (found.flaw == id_flaw::too_long)
        out.put("it has ").put(found.own.size()).put(" characters; at most 127 are allowed");
    else if (found.flaw == id_flaw::bad_start)
        out.put("it must begin with a letter or a digit");
    else if (found.flaw == id_flaw::too_large)
        out.put("the number is out of range");
    else if (found.flaw == id_flaw::no_number)
        out.put("it must be a whole number in decimal digits, without zeros in front");
    else {
        put_shown(out, text_view(found.own.data() + found.at, 1));
        out.put(" at character ").put(found.at + 1);
        out.put("; letters of ASCII, digits and - _ . @ + are allowed");
    }
}

}  // namespace shearpin::inline v1::detail
