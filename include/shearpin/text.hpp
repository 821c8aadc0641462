// SPDX-License-Identifier: BSL-1.0
// Text without <string>: a view, a bounded buffer that owns its characters, and a writer into one.
// All of them convert to and from the user's own string types.
#pragma once

#include <shearpin/detail/meta.hpp>

#include <cstddef>
#include <cstdint>

namespace shearpin::inline v1 {

namespace detail {

template <class S>
concept string_like = __is_class(S) && requires(const S& given) {
    { given.data() } -> same_as<const char*>;
    { given.size() } -> same_as<std::size_t>;
};

/// Text that ends with the object that holds it, as a std::string does and a view does not.
template <class S>
concept owning_text = string_like<S> && !__is_trivially_copyable(S);

/// Text that is compared by address unless one takes care: `const char*`, an array of characters.
template <class S>
concept c_string = !__is_class(S) && converts_to<const S&, const char*>;

/// The order of the text of two C strings, wherever it stands.
constexpr bool text_before(const char* left, const char* right) noexcept {
    if (left == nullptr || right == nullptr) return left == nullptr && right != nullptr;
    while (*left != '\0' && *left == *right) {
        ++left;
        ++right;
    }
    return static_cast<unsigned char>(*left) < static_cast<unsigned char>(*right);
}

template <class S>
concept made_from_text = __is_class(S) && __is_constructible(S, const char*, std::size_t);

}  // namespace detail

/// A view of characters that live elsewhere. Made from a literal or from any string type that has
/// data() and size(); converts to std::string and std::string_view.
class text_view {
public:
    constexpr text_view() noexcept = default;
    /// A null pointer is text without characters.
    constexpr text_view(const char* literal) noexcept {
        if (literal == nullptr) return;
        data_ = literal;
        size_ = __builtin_strlen(literal);
    }
    constexpr text_view(const char* first_char, std::size_t how_many) noexcept
        : data_(first_char), size_(how_many) {}
    template <detail::string_like S>
    constexpr text_view(const S& string) noexcept : data_(string.data()), size_(string.size()) {}

    [[nodiscard]] constexpr const char* data() const noexcept { return data_; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] constexpr const char* begin() const noexcept { return data_; }
    [[nodiscard]] constexpr const char* end() const noexcept { return data_ + size_; }

    template <detail::made_from_text S> [[nodiscard]] constexpr operator S() const {
        return S(data_, size_);
    }

    friend constexpr bool operator==(text_view left, text_view right) noexcept {
        if (left.size_ != right.size_) return false;
        for (std::size_t at = 0; at != left.size_; ++at)
            if (left.data_[at] != right.data_[at]) return false;
        return true;
    }
    // Exact in both arguments: a std::string_view could otherwise be compared in two ways.
    template <detail::string_like S>
        requires(!detail::is_same<S, text_view>)
    friend constexpr bool operator==(text_view left, const S& right) noexcept {
        return left == text_view(right);
    }

private:
    const char* data_ = "";
    std::size_t size_ = 0;
};

namespace detail {

/// The order of two texts, by their bytes.
constexpr bool text_before(text_view left, text_view right) noexcept {
    for (std::size_t at = 0; at != left.size() && at != right.size(); ++at)
        if (left.data()[at] != right.data()[at])
            return static_cast<unsigned char>(left.data()[at]) <
                   static_cast<unsigned char>(right.data()[at]);
    return left.size() < right.size();
}

}  // namespace detail

/// Writes text into a buffer of fixed size. What does not fit is cut, and the end says so.
class writer {
public:
    constexpr writer(char* buffer, std::size_t capacity) noexcept
        : at_(buffer), end_(buffer + capacity), begin_(buffer) {}

    /// Writes the text; what does not fit is cut.
    [[gnu::noinline]] constexpr writer& put(text_view what) noexcept {
        for (const char letter : what)
            if (one_line_ && (static_cast<unsigned char>(letter) < ' ' || letter == '\x7f'))
                put_control(static_cast<unsigned char>(letter));
            else
                put_letter(letter);
        return *this;
    }

    /// Keeps all that `write_to(writer&)` puts in one line: control characters, which could be
    /// taken for the end of it or move a terminal's cursor, are put as \n or \x1b.
    template <class F> constexpr void put_line(F write_to) {
        const bool outer = one_line_;
        one_line_ = true;
        write_to(*this);
        one_line_ = outer;
    }

    /// Writes the number in decimal digits.
    [[gnu::noinline]] constexpr writer& put(std::uint64_t number) noexcept {
        char digits[20] = {};
        std::size_t used = 0;
        do {
            digits[used++] = static_cast<char>('0' + number % 10);
            number /= 10;
        } while (number != 0);
        char forward[20] = {};
        for (std::size_t at = 0; at != used; ++at) forward[at] = digits[used - 1 - at];
        return put(text_view(forward, used));
    }

    /// The characters so far; where some did not fit, the last three are "...".
    [[nodiscard]] constexpr text_view written() noexcept {
        if (cut_ && at_ - begin_ >= 3) at_[-1] = at_[-2] = at_[-3] = '.';
        return text_view(begin_, static_cast<std::size_t>(at_ - begin_));
    }
    /// Whether something did not fit.
    [[nodiscard]] constexpr bool cut() const noexcept { return cut_; }
    /// How many characters still fit.
    [[nodiscard]] constexpr std::size_t room() const noexcept {
        return static_cast<std::size_t>(end_ - at_);
    }
    /// How many characters were put, those that did not fit among them.
    [[nodiscard]] constexpr std::size_t wanted() const noexcept { return wanted_; }

private:
    constexpr void put_letter(char letter) noexcept {
        ++wanted_;
        if (at_ == end_)
            cut_ = true;
        else
            *at_++ = letter;
    }
    constexpr void put_control(unsigned char letter) noexcept {
        constexpr char hex[] = "0123456789abcdef";
        put_letter('\\');
        if (letter == '\n' || letter == '\r' || letter == '\t') {
            put_letter(letter == '\n' ? 'n' : letter == '\r' ? 'r' : 't');
            return;
        }
        put_letter('x');
        put_letter(hex[letter >> 4]);
        put_letter(hex[letter & 15]);
    }

    char* at_;
    char* end_;
    char* begin_;
    std::size_t wanted_ = 0;
    bool cut_ = false;
    bool one_line_ = false;
};

/// Text of at most N characters that owns them: no heap, cheap to copy, always zero-terminated.
template <std::size_t N> class fixed_text {
public:
    constexpr fixed_text() noexcept {
        // At run time only what is used gets a value; a constant must have one everywhere.
        if (__builtin_is_constant_evaluated())
            for (char& letter : chars_) letter = '\0';
        chars_[0] = '\0';
    }
    constexpr fixed_text(text_view given_text) noexcept : fixed_text() {
        if (given_text.size() <= N)
            copy(given_text.data(), given_text.size());
        else
            write([&](writer& out) { out.put(given_text); });
    }
    constexpr fixed_text(const char* literal) noexcept : fixed_text(text_view(literal)) {}
    template <detail::string_like S>
        requires(!detail::one_of<S, fixed_text, text_view>)
    constexpr fixed_text(const S& string) noexcept : fixed_text(text_view(string)) {}
    constexpr fixed_text(const fixed_text& other) noexcept : fixed_text() {
        copy(other.chars_, other.size_);
    }
    constexpr fixed_text& operator=(const fixed_text& other) noexcept {
        copy(other.chars_, other.size_);
        return *this;
    }

    /// Replaces the text by what `write_to(writer&)` writes; by what it has written so far where it
    /// throws.
    template <class F> constexpr void write(F write_to) {
        struct ending {
            fixed_text& text;
            writer out;
            constexpr ~ending() {
                text.size_ = out.written().size();
                text.chars_[text.size_] = '\0';
            }
        } open{*this, writer(chars_, N)};
        write_to(open.out);
    }

    /// Ends with a zero. Lives as long as this text, unchanged.
    [[nodiscard]] constexpr const char* c_str() const noexcept { return chars_; }
    [[nodiscard]] constexpr const char* data() const noexcept { return chars_; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }

    [[nodiscard]] constexpr operator text_view() const noexcept { return {chars_, size_}; }
    template <detail::made_from_text S>
        requires(!detail::is_same<S, text_view>)
    [[nodiscard]] constexpr operator S() const {
        return S(chars_, size_);
    }

    friend constexpr bool operator==(const fixed_text& left, text_view right) noexcept {
        return text_view(left) == right;
    }
    friend constexpr bool operator==(const fixed_text& left, const fixed_text& right) noexcept {
        return text_view(left) == text_view(right);
    }
    friend constexpr bool operator==(const fixed_text& left, const char* right) noexcept {
        return text_view(left) == text_view(right);
    }
    template <detail::string_like S>
        requires(!detail::one_of<S, fixed_text, text_view>)
    friend constexpr bool operator==(const fixed_text& left, const S& right) noexcept {
        return text_view(left) == text_view(right);
    }

private:
    constexpr void copy(const char* from, std::size_t how_many) noexcept {
        size_ = how_many;
        for (std::size_t at = 0; at != how_many; ++at) chars_[at] = from[at];
        chars_[how_many] = '\0';
    }

    std::size_t size_ = 0;
    char chars_[N + 1];
};

/// Writes to anything that has write(const char*, n), such as a std::ostream.
template <class Stream, detail::one_of<text_view> Text>
    requires requires(Stream& out, Text what) { out.write(what.data(), 1L); }
Stream& operator<<(Stream& out, Text what) {
    out.write(what.data(), static_cast<long>(what.size()));
    return out;
}
/// The same.
template <class Stream, std::size_t N>
    requires requires(Stream& out) { out.write("", 1L); }
Stream& operator<<(Stream& out, const fixed_text<N>& what) {
    return out << text_view(what);
}

}  // namespace shearpin::inline v1
