// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/count.hpp>
#include <shearpin/detail/refused.hpp>
#include <shearpin/maybe.hpp>
#include <shearpin/text.hpp>

namespace shearpin::inline v1 {

class fraction;

namespace detail {

// Never defined: the names are the compiler's messages.
void a_fraction_needs_a_denominator_of_at_least_1();        // see examples/errors.md
void a_fraction_must_not_be_negative();                     // see examples/errors.md
void a_fraction_must_not_be_more_than_1();                  // see examples/errors.md
void a_fraction_has_a_denominator_of_at_most_4294967295();  // see examples/errors.md

constexpr count common_divisor(count left, count right) noexcept {
    while (right != 0) {
        const count rest = left % right;
        left = right;
        right = rest;
    }
    return left;
}

template <class N, class D> constexpr count lowest_denominator(N over, D under) noexcept {
    if constexpr (integer<N> && integer<D>)
        return under == 0 ? 1 : counted(under) / common_divisor(counted(over), counted(under));
    else
        return 1;
}

}  // namespace detail

/// An exact fraction between 0 and 1, in lowest terms; the denominator fits in 32 bits (nine
/// decimal digits), so that no product below ever overflows. No floating point is involved.
class fraction {
public:
    constexpr fraction() noexcept = default;

    /// Written in code: fraction(1, 3). What is not between 0 and 1 does not compile.
    template <detail::integer N, detail::integer D>
    consteval fraction(N over, D under)
        SHEARPIN_REFUSED_IF(detail::is_zero(under), "a fraction needs a denominator of at least 1")
            SHEARPIN_REFUSED_IF(detail::is_negative(over) || detail::is_negative(under),
                                "a fraction must not be negative")
                SHEARPIN_REFUSED_IF(detail::is_more(over, under),
                                    "a fraction must not be more than 1")
                    SHEARPIN_REFUSED_IF(
                        detail::lowest_denominator(over, under) > 0xffff'ffff,
                        "in lowest terms a fraction has a denominator of at most 4294967295")
        : fraction(detail::counted(over), detail::counted(under), reduced{}) {
        if (under == 0) detail::a_fraction_needs_a_denominator_of_at_least_1();
        if constexpr (detail::signed_integer<N>)
            if (over < 0) detail::a_fraction_must_not_be_negative();
        if constexpr (detail::signed_integer<D>)
            if (under < 0) detail::a_fraction_must_not_be_negative();
        if (detail::counted(over) > detail::counted(under))
            detail::a_fraction_must_not_be_more_than_1();
        if (den_ > 0xffff'ffff) detail::a_fraction_has_a_denominator_of_at_most_4294967295();
    }
    template <class N, class D>
        requires(!detail::integer<N> || !detail::integer<D>)
    consteval fraction(N over, D under)
        SHEARPIN_REFUSED("a fraction is made of two whole numbers, such as fraction(1, 3)", over,
                         under);

    /// From data; nothing where it is no fraction between 0 and 1.
    template <detail::integer Over, detail::integer Under>
    [[nodiscard]] static constexpr maybe<fraction> from(Over over, Under under) noexcept {
        if (detail::negative(over) || detail::negative(under) || under == 0) return {};
        if (detail::counted(over) > detail::counted(under)) return {};
        const fraction made(detail::counted(over), detail::counted(under), reduced{});
        if (made.den_ > 0xffff'ffff) return {};
        return made;
    }

    /// From text: "95%", "99.9%", "0.66", "2/3", "1". Nothing where it is anything else.
    [[nodiscard]] static constexpr maybe<fraction> parse(text_view written) noexcept;

    /// Of the fraction in lowest terms; at most the denominator.
    [[nodiscard]] constexpr count numerator() const noexcept { return num_; }
    /// Of the fraction in lowest terms; from 1 to 4294967295.
    [[nodiscard]] constexpr count denominator() const noexcept { return den_; }

    /// The smallest count that is at least this fraction of `whole`. Exact for every whole:
    /// whole = q * den + r, so the fraction of it is q * num + r * num / den, and r * num < 2^64.
    [[nodiscard]] constexpr count of_rounded_up(count whole) const noexcept {
        // What may go is often a unit fraction (5 % = 1/20) where what must stay (95 %) is none;
        // then one division is enough.
        if (den_ - num_ == 1) return whole - whole / den_;
        return whole / den_ * num_ + (whole % den_ * num_ + (den_ - 1)) / den_;
    }

    /// The largest count that is at most this fraction of `whole`.
    [[nodiscard]] constexpr count of_rounded_down(count whole) const noexcept {
        if (num_ == 1) return whole / den_;
        return whole / den_ * num_ + whole % den_ * num_ / den_;
    }

    /// part >= of_rounded_up(whole), for every part and every whole. Two products in twice the
    /// width are cheaper than the divisions, unless one division is enough.
    [[nodiscard, gnu::always_inline]] constexpr bool is_reached_by(count part,
                                                                   count whole) const noexcept {
#ifdef __SIZEOF_INT128__
        __extension__ using wide = unsigned __int128;
        if (den_ - num_ != 1) return wide{part} * den_ >= wide{whole} * num_;
#endif
        return part >= of_rounded_up(whole);
    }

    /// "95%", "99.9%"; "1/3" where percent would not be exact in six decimals.
    constexpr void spell(writer& out) const noexcept {
        const count scale = 1'000'000;
        if (100 * scale % den_ != 0) {
            out.put(num_).put("/").put(den_);
            return;
        }
        const count millionths = 100 * scale / den_ * num_;
        out.put(millionths / scale);
        count rest = millionths % scale;
        if (rest != 0) {
            char digits[6] = {};
            count used = 0;
            for (count unit = scale / 10; rest != 0; unit /= 10, ++used) {
                digits[used] = static_cast<char>('0' + rest / unit);
                rest %= unit;
            }
            out.put(".").put(text_view(digits, used));
        }
        out.put("%");
    }

    friend constexpr bool operator==(const fraction&, const fraction&) noexcept = default;
    friend constexpr bool operator<(const fraction& left, const fraction& right) noexcept {
        return left.num_ * right.den_ < right.num_ * left.den_;  // each product is below 2^64
    }

private:
    struct reduced {};
    constexpr fraction(count over, count under, reduced) noexcept {
        const count shared = detail::common_divisor(over, under);
        if (shared == 0) return;
        num_ = over / shared;
        den_ = under / shared;
    }

    count num_ = 0;
    count den_ = 1;
};

namespace detail {

/// A decimal number read exactly: digits, at most one point, nothing else.
struct decimal {
    count digits = 0;
    count scale = 1;
    bool valid = false;
};

constexpr decimal read_decimal(text_view written) noexcept {
    decimal read;
    bool point = false;
    bool any = false;
    for (const char letter : written) {
        if (letter == '\'') continue;  // the digit separator of C++ literals
        if (letter == '.' && !point) {
            point = true;
            continue;
        }
        if (letter < '0' || letter > '9' || read.digits > 999'999'999 || read.scale > 999'999'999)
            return {};
        read.digits = read.digits * 10 + static_cast<count>(letter - '0');
        if (point) read.scale *= 10;
        any = true;
    }
    read.valid = any;
    return read;
}

constexpr maybe<fraction> percent(const decimal& read) noexcept {
    return read.valid ? fraction::from(read.digits, read.scale * 100) : maybe<fraction>{};
}

template <char... Letters> inline constexpr char spelling[] = {Letters..., '\0'};
template <char... Letters>
inline constexpr decimal literal =
    read_decimal(text_view(spelling<Letters...>, sizeof...(Letters)));

// Never defined: what the compiler says of a percentage that is none.
template <count... NumberOrFraction> struct percent_written;
template <class Written> struct a_percentage_is_at_most_100;  // see examples/errors.md
template <char... Written>
struct a_percentage_is_written_in_decimal_digits;  // see examples/errors.md

template <char... Letters> struct not_a_percentage {
    static constexpr decimal read = literal<Letters...>;
    using written = choose<read.scale == 1, percent_written<read.digits>,
                           percent_written<read.digits, read.scale>>;
    using type = choose<read.valid, a_percentage_is_at_most_100<written>,
                        a_percentage_is_written_in_decimal_digits<Letters...>>;
};

}  // namespace detail

constexpr maybe<fraction> fraction::parse(text_view written) noexcept {
    if (written.empty()) return {};
    for (const char letter : written)
        if (letter == '\'') return {};  // fine in a C++ literal, strange in a file
    const std::size_t last = written.size() - 1;
    if (written.data()[last] == '%')
        return detail::percent(detail::read_decimal({written.data(), last}));
    for (std::size_t at = 0; at != written.size(); ++at) {
        if (written.data()[at] != '/') continue;
        const auto over = detail::read_decimal({written.data(), at});
        const auto under = detail::read_decimal({written.data() + at + 1, last - at});
        if (!over.valid || !under.valid || over.scale != 1 || under.scale != 1) return {};
        return from(over.digits, under.digits);
    }
    const auto plain = detail::read_decimal(written);
    return plain.valid ? from(plain.digits, plain.scale) : maybe<fraction>{};
}

/// A fraction with its rounding turned round, for rebuilding another tool's semantics. Every rule
/// rounds to the safe side unless it is given one of these by name.
struct rounded_up_fraction {
    fraction value;  ///< the fraction, as exact as any
};
/// The same, downwards.
struct rounded_down_fraction {
    fraction value;  ///< the fraction, as exact as any
};
/// Makes one that is rounded up where a cap would round down: max_unavailable(round_up(25_pct)).
constexpr rounded_up_fraction round_up(fraction value) noexcept { return {value}; }
/// Makes one that is rounded down where a floor would round up.
constexpr rounded_down_fraction round_down(fraction value) noexcept { return {value}; }

inline namespace literals {

/// 95_pct, 99.9_pct: an exact percentage; over 100 does not compile.
template <char... Letters>
    requires(detail::percent(detail::literal<Letters...>).has_value())
consteval fraction operator""_pct() noexcept {
    return *detail::percent(detail::literal<Letters...>);
}

template <char... Letters>
    requires(!detail::percent(detail::literal<Letters...>).has_value())
typename detail::not_a_percentage<Letters...>::type operator""_pct();

}  // namespace literals

}  // namespace shearpin::inline v1
