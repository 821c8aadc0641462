// SPDX-License-Identifier: BSL-1.0
// A type for the ids of each kind of resource, so that the id of a site cannot be given where that
// of an app is meant.
#pragma once

#include <shearpin/detail/id_text.hpp>
#include <shearpin/maybe.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>  // declares std::hash

namespace shearpin::inline v1 {

/// An id that was read from text, or why the text is none.
template <class Id> class [[nodiscard("the text may be no id")]] parsed_id {
public:
    [[nodiscard]] constexpr bool has_value() const noexcept { return id_.has_value(); }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return id_.has_value(); }
    /// The id. Where there is none this traps: ask has_value() first.
    [[nodiscard]] constexpr const Id& operator*() const& noexcept { return *id_; }
    [[nodiscard]] constexpr Id operator*() && noexcept { return *id_; }
    [[nodiscard]] constexpr const Id* operator->() const noexcept { return &*id_; }

    /// Why the text is no id, in words for a person; empty where it is one.
    [[nodiscard]] constexpr fixed_text<255> why() const noexcept { return why_; }

private:
    template <detail::kind_name Kind, class Value> friend class id;
    constexpr explicit parsed_id(const Id& found) noexcept : id_(found) {}
    constexpr parsed_id(const detail::read_id& found, text_view kind) noexcept {
        why_.write([&](writer& out) { detail::explain(found, kind, out); });
    }

    maybe<Id> id_;
    fixed_text<255> why_;
};

/// The id of one kind of resource:
///
///     using host_id = shearpin::id<"host">;                     // text
///     using volume_id = shearpin::id<"volume", std::uint64_t>;  // a number
///
/// Ids of two kinds are two types: nothing converts one into the other, or text into either. They
/// are made from a literal or a number in the code, `host_id("db-7")`, which is checked when it is
/// compiled, and from text at the edge of the program by `host_id::parse(text)`.
///
/// A text id has 1 to 127 characters: ASCII letters, digits and `- _ . @ +`, the first of them a
/// letter or a digit (so it is never an option, a path or a wildcard). Letters are compared as
/// they are, capitals and small ones apart. A number is written in decimal digits, without zeros
/// in front. 128 bytes, or as many as the number has; no heap.
template <detail::kind_name Kind, class Value = detail::id_letters> class id {
    static constexpr bool is_text = detail::is_same<Value, detail::id_letters>;
    static_assert(is_text || detail::integer<Value>, "an id is text or a whole number");

public:
    /// What it is the id of: "host".
    static constexpr text_view kind() noexcept { return Kind.view(); }

    /// No id of anything: no text, or the number 0. No text that is parsed gives it, but for "0".
    constexpr id() noexcept = default;

    template <std::size_t N>
        requires(is_text)
    explicit consteval id(const char (&literal)[N]) : value_(text_view(literal, N - 1)) {
        if (detail::read_letters(text_view(literal, N - 1)).flaw != detail::id_flaw::none)
            detail::this_is_no_text_of_an_id();
    }
    /// Of just this type: nothing that would convert, such as a fraction, a truth or a character.
    template <detail::same_as<Value> N>
        requires(!is_text)
    explicit constexpr id(N number) noexcept : value_(number) {}
    /// A number that is written in the code and is of another type; one that does not fit does not
    /// compile.
    template <detail::integer N>
        requires(!is_text && !detail::is_same<N, Value>)
    explicit consteval id(N number) : value_(static_cast<Value>(number)) {
        const bool negative = number < N{};
        const count size = detail::counted(number);
        if (!detail::fits_into<Value>(negative, negative ? ~size + 1 : size))
            detail::this_number_does_not_fit_into_the_id();
    }

    /// From text at the edge of the program, a command line or a file: "db-7", or with its kind,
    /// "host:db-7". Another kind in front is refused by name.
    static constexpr parsed_id<id> parse(text_view given) noexcept {
        id made;
        detail::read_id found;
        if constexpr (is_text) {
            found = detail::read_text_id(given, kind());
            if (found.flaw == detail::id_flaw::none) made.value_ = Value(found.own);
        } else {
            found = detail::read_number_id(given, kind(), made.value_);
        }
        if (found.flaw != detail::id_flaw::none) return parsed_id<id>(found, kind());
        return parsed_id<id>(made);
    }

    /// The number, where it is one.
    [[nodiscard]] constexpr Value number() const noexcept
        requires(!is_text)
    {
        return value_;
    }
    /// With its kind: "host:db-7". What parse() reads.
    [[nodiscard]] constexpr fixed_text<255> spelled() const noexcept {
        fixed_text<255> text;
        text.write([this](writer& out) {
            out.put(kind()).put(":");
            put(out);
        });
        return text;
    }
    /// Without its kind: "db-7". This is how a refusal names it.
    friend constexpr fixed_text<detail::id_letters::room> to_text(const id& which) noexcept {
        fixed_text<detail::id_letters::room> text;
        text.write([&](writer& out) { which.put(out); });
        return text;
    }

    friend constexpr bool operator==(const id&, const id&) noexcept = default;
    friend constexpr std::strong_ordering operator<=>(const id&, const id&) noexcept = default;

    /// FNV-1a of the text or of the number's bytes.
    [[nodiscard]] constexpr std::uint64_t hash() const noexcept {
        std::uint64_t mixed = 0xcbf2'9ce4'8422'2325U;
        const auto mix = [&mixed](unsigned char byte) {
            mixed = (mixed ^ byte) * 0x100'0000'01b3U;
        };
        if constexpr (is_text)
            for (const char letter : value_.view()) mix(static_cast<unsigned char>(letter));
        else
            for (unsigned bits = 0; bits != sizeof(Value) * 8; bits += 8)
                mix(static_cast<unsigned char>(detail::counted(value_) >> bits));
        return mixed;
    }

private:
    constexpr void put(writer& out) const noexcept {
        if constexpr (is_text) {
            out.put(value_.view());
        } else {
            const bool negative = value_ < Value{};
            const count size = detail::counted(value_);
            out.put(negative ? "-" : "").put(negative ? ~size + 1 : size);
        }
    }

    Value value_{};
};

}  // namespace shearpin::inline v1

/// So that ids can be keys of the standard's unordered containers.
template <shearpin::detail::kind_name Kind, class Value>
struct std::hash<shearpin::id<Kind, Value>> {
    [[nodiscard]] constexpr std::size_t operator()(
        const shearpin::id<Kind, Value>& which) const noexcept {
        return which.hash();
    }
};
