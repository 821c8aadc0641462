// SPDX-License-Identifier: BSL-1.0
// The JSON of events and plans, byte by byte.
#include <shearpin/detail/json.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

using shearpin::text_view, shearpin::detail::json_writer;

namespace {

std::string written(text_view value) { return json_writer().element(value).text(); }

template <class T>
concept can_be_member = requires(json_writer& out, T value) { out.member("a", value); };
static_assert(can_be_member<std::uint64_t> && can_be_member<bool> && can_be_member<std::string>);
static_assert(!can_be_member<int> && !can_be_member<double> && !can_be_member<const int*>);

}  // namespace

TEST_CASE("JSON: commas stand between members and elements, and nowhere else") {
    json_writer out;
    out.open('[').open('{').close('}').open('{');
    out.member("a", std::uint64_t{0}).member("b", ~std::uint64_t{0});
    out.member("c", true).member("d", false).member_if("e", "").member_if("f", "g");
    out.key("h").open('[').element("i").element("j").close(']').close('}').close(']');
    CHECK(out.text() ==
          R"([{},{"a":0,"b":18446744073709551615,"c":true,"d":false,"f":"g","h":["i","j"]}])");
    CHECK(json_writer().member("k", "true").text() == R"("k":"true")");
}

TEST_CASE("JSON: what no text may hold as it is") {
    CHECK(written("\" \\ / ~") == R"("\" \\ / ~")");
    CHECK(written("\n\t\x01\x1f \x7f") == R"("\n\u0009\u0001\u001f \u007f")");
    CHECK(written(text_view("\0", 1)) == R"("\u0000")");
}

TEST_CASE("JSON: what is no UTF-8 becomes U+FFFD, also where a text ends within a character") {
    const std::string no = "\xef\xbf\xbd";
    CHECK(written("\x80\x80\x80\x80") == "\"" + no + no + no + no + "\"");
    CHECK(written(text_view("\xc3\xa4", 1)) == "\"" + no + "\"");
    CHECK(written(text_view("\xe2\x82\xac", 2)) == "\"" + no + no + "\"");
    CHECK(written("\xe2\x82\xac\xc3\xa4") == "\"\xe2\x82\xac\xc3\xa4\"");
}
