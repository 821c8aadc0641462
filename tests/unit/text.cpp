// SPDX-License-Identifier: BSL-1.0
#include <shearpin/text.hpp>

#include <array>
#include <new>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <doctest/doctest.h>

using shearpin::fixed_text;
using shearpin::text_view;
using shearpin::writer;

namespace {

/// What a buffer of that size holds after `what` was put into it.
std::string put_into(std::size_t capacity, text_view what) {
    std::vector<char> buffer(capacity + 1, '#');
    writer out(buffer.data(), capacity);
    out.put(what);
    const std::string held = out.written();
    CHECK(buffer[capacity] == '#');  // nothing beyond the end was touched
    return held;
}

// What is no text is none of these, and none of these is anything else.
static_assert(std::is_convertible_v<std::string, text_view> &&
              !std::is_convertible_v<std::vector<int>, text_view>);
static_assert(std::is_convertible_v<std::string, fixed_text<8>> &&
              !std::is_convertible_v<std::vector<int>, fixed_text<8>>);
static_assert(std::is_convertible_v<text_view, std::string> &&
              !std::is_convertible_v<text_view, int>);
static_assert(std::is_convertible_v<fixed_text<8>, std::string> &&
              !std::is_convertible_v<fixed_text<8>, int>);
template <class Text, class Other>
concept can_be_compared = requires(const Text& text, const Other& other) { text == other; };
static_assert(can_be_compared<text_view, std::string> &&
              !can_be_compared<text_view, std::vector<int>>);
static_assert(can_be_compared<fixed_text<8>, std::string> &&
              !can_be_compared<fixed_text<8>, std::vector<int>>);

struct no_stream {};
template <class Stream, class T>
concept goes_to = requires(Stream& out, const T& what) { out << what; };
static_assert(goes_to<std::ostream, text_view> && goes_to<std::ostream, fixed_text<8>>);
static_assert(!goes_to<no_stream, text_view> && !goes_to<no_stream, fixed_text<8>>);
namespace all_names {
using namespace shearpin;
template <class T>
concept goes_to_a_stream = requires(std::ostream& out, const T& what) { out << what; };
static_assert(goes_to_a_stream<text_view> && !goes_to_a_stream<std::array<char, 3>>);
}  // namespace all_names

}  // namespace

TEST_CASE("text_view: from literals and from any string") {
    static_assert(text_view("abc").size() == 3 && text_view().empty() && text_view("").empty());
    const std::string owner = "hosts";
    CHECK(text_view(owner) == "hosts");
    CHECK(text_view(std::string_view("hosts")) == owner);
    CHECK(text_view(owner).data() == owner.data());
    CHECK(text_view("abc", 2) == "ab");
    CHECK(text_view(fixed_text<8>("abc")).size() == 3);
    CHECK(text_view(std::string_view{}).empty());
    const char* const none = nullptr;
    CHECK(text_view(none).empty());
    CHECK(std::string(text_view(none)).empty());
    static_assert(text_view(static_cast<const char*>(nullptr)) == text_view(""));
}

TEST_CASE("text: no C string comes before every other, and not before itself") {
    const char* const none = nullptr;
    using shearpin::detail::text_before;
    CHECK(text_before(none, ""));
    CHECK_FALSE(text_before("", none));
    CHECK_FALSE(text_before(none, none));
    CHECK(text_before("", "a"));
    CHECK_FALSE(text_before("a", ""));
    for (const bool as_views : {false, true}) {
        const auto before = [&](const char* left, const char* right) {
            return as_views ? text_before(text_view(left), text_view(right))
                            : text_before(left, right);
        };
        CHECK(before("ab", "ac"));
        CHECK(before("ab", "abc"));
        CHECK(before("az", "ba"));
        CHECK(before("a", "\xc3"));
        CHECK_FALSE(before("ac", "ab"));
        CHECK_FALSE(before("abc", "ab"));
        CHECK_FALSE(before("ba", "az"));
        CHECK_FALSE(before("ab", std::string("ab").c_str()));
    }
}

TEST_CASE("text_view: to the user's strings") {
    const std::string string = text_view("abc");
    const std::string_view view = text_view("abc");
    CHECK(string == "abc");
    CHECK(view == "abc");
    static_assert(!std::is_convertible_v<text_view, std::vector<char>>);
}

TEST_CASE("text_view: compared by length and content") {
    static_assert(text_view("abc") == text_view("abc"));
    static_assert(text_view("abc") != text_view("abd"));
    static_assert(text_view("abc") != text_view("ab"));
    static_assert(text_view("ab") != text_view("abc"));
    static_assert(text_view() != text_view("a"));
    static_assert(text_view("") == text_view());
    CHECK(text_view("a\0b", 3) != text_view("a\0c", 3));
    CHECK(text_view("abc") == std::string("abc"));
    CHECK(std::string_view("abc") == text_view("abc"));
    CHECK(text_view("abc") != std::string("abd"));
}

TEST_CASE("text_view: a range of its characters") {
    std::string copy;
    for (const char letter : text_view("abc")) copy += letter;
    CHECK(copy == "abc");
}

TEST_CASE("writer: what fits is whole") {
    CHECK(put_into(5, "abcde") == "abcde");
    CHECK(put_into(6, "abcde") == "abcde");
    CHECK(put_into(0, "") == "");
}

TEST_CASE("writer: what does not fit is cut, and the end says so") {
    CHECK(put_into(5, "abcdef") == "ab...");
    CHECK(put_into(3, "abcdef") == "...");
    CHECK(put_into(2, "abcdef") == "ab");  // no room even for the dots
    CHECK(put_into(0, "abcdef") == "");
}

TEST_CASE("writer: says whether something was cut, and stays cut") {
    char buffer[4] = {};
    writer out(buffer, sizeof(buffer));
    out.put("abcd");
    CHECK_FALSE(out.cut());
    out.put("");
    CHECK_FALSE(out.cut());
    CHECK(out.written() == "abcd");
    out.put("e");
    CHECK(out.cut());
    CHECK(out.written() == "a...");
    out.put("").put("fgh");
    CHECK(out.cut());
    CHECK(out.written() == "a...");  // asked again, the same
}

TEST_CASE("writer: numbers") {
    const auto number = [](std::uint64_t given) {
        fixed_text<20> text;
        text.write([&](writer& out) { out.put(given); });
        return std::string(text);
    };
    CHECK(number(0) == "0");
    CHECK(number(7) == "7");
    CHECK(number(10) == "10");
    CHECK(number(9223372036854775808u) == "9223372036854775808");
    CHECK(number(18446744073709551615u) == "18446744073709551615");
}

TEST_CASE("writer: calls can be chained") {
    char buffer[16] = {};
    writer out(buffer, sizeof(buffer));
    CHECK(out.put("a").put(1).put("b").written() == "a1b");
}

TEST_CASE("writer: a line stays one line, whatever is put into it") {
    fixed_text<63> text;
    text.write([](writer& out) {
        out.put("a\nb");
        out.put_line([](writer& line) {
            line.put("c\n\r\t\x1b[2J\x7f").put("\\ \xc3\xa9");
            line.put_line([](writer& inner) { inner.put("\n"); });
            line.put(text_view("\0", 1)).put("\n");
        });
        out.put("\n");
    });
    CHECK(text == "a\nbc\\n\\r\\t\\x1b[2J\\x7f\\ \xc3\xa9\\n\\x00\\n\n");
    writer nowhere(nullptr, 0);
    nowhere.put_line([](writer& line) { line.put("\x1b"); });
    CHECK(nowhere.wanted() == 4);
    char few[3];
    writer narrow(few, sizeof few);
    narrow.put_line([](writer& line) { line.put("\n\n"); });
    CHECK(narrow.written() == "...");
}

TEST_CASE("fixed_text: what was written before an exception is kept, and ends with a zero") {
    fixed_text<15> text("a longer text");
    CHECK_THROWS_AS(text.write([](writer& out) {
        out.put("short");
        throw 1;
    }),
                    int);
    CHECK(text == "short");
    CHECK(text.c_str()[5] == '\0');
}

TEST_CASE("fixed_text: owns its characters and ends with a zero") {
    std::string source = "index";
    fixed_text<8> text{text_view(source)};
    source = "#####";
    CHECK(text == "index");
    CHECK(text.size() == 5);
    CHECK(std::string(text.c_str()) == "index");
    CHECK_FALSE(text.empty());
    CHECK(fixed_text<8>().empty());
    CHECK(*fixed_text<8>().c_str() == '\0');
    // Also where other letters stood before.
    alignas(fixed_text<8>) unsigned char memory[sizeof(fixed_text<8>)];
    for (unsigned char& each : memory) each = '#';
    CHECK(*(::new (static_cast<void*>(memory)) fixed_text<8>)->c_str() == '\0');
}

TEST_CASE("fixed_text: full, and cut") {
    CHECK(fixed_text<5>("index") == "index");
    CHECK(std::string(fixed_text<5>("index").c_str()) == "index");
    CHECK(fixed_text<5>("placement") == "pl...");
    CHECK(std::string(fixed_text<5>("placement").c_str()) == "pl...");
    CHECK(fixed_text<0>("placement").empty());
}

TEST_CASE("fixed_text: copies are copies, longer or shorter") {
    fixed_text<16> first("placement");
    fixed_text<16> second = first;
    first = fixed_text<16>("index");
    CHECK(first == "index");
    CHECK(second == "placement");
    second = first;
    CHECK(std::string(second.c_str()) == "index");
    const auto& same = second;
    second = same;
    CHECK(second == "index");
}

TEST_CASE("fixed_text: write replaces") {
    fixed_text<16> text("placement");
    text.write([](writer& out) { out.put("index"); });
    CHECK(text == "index");
    text.write([](writer&) {});
    CHECK(text.empty());
}

TEST_CASE("fixed_text: compares with the texts of the user, and with its own kind") {
    const fixed_text<16> text("index");
    CHECK(text == "index");
    CHECK(text != "placement");
    CHECK("index" == text);
    CHECK(text == std::string("index"));
    CHECK(text == std::string_view("index"));
    CHECK(text == fixed_text<16>("index"));
    CHECK(text != fixed_text<16>("placement"));
    CHECK(text == fixed_text<31>("index"));
    CHECK(text == text_view("index"));
}

TEST_CASE("fixed_text: a constant") {
    constexpr fixed_text<8> text("abc");
    static_assert(text.size() == 3 && text_view(text) == "abc");
    constexpr fixed_text<8> copy = text;
    static_assert(copy == "abc");
    CHECK(std::string(copy) == "abc");
}

TEST_CASE("text: goes to any stream") {
    std::ostringstream out;
    out << text_view("a view") << ", " << fixed_text<16>("a text") << ", " << 3;
    CHECK(out.str() == "a view, a text, 3");
    CHECK((std::ostringstream() << text_view()).str() == "");
}
