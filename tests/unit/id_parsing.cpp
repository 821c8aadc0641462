// SPDX-License-Identifier: BSL-1.0
// Ids from text at the edge of the program: what is taken, what is not, and what a person reads.
#include <shearpin/id.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace {

using host_id = shearpin::id<"host">;
using site_id = shearpin::id<"site">;
using volume_id = shearpin::id<"volume", std::uint64_t>;
using slot_id = shearpin::id<"slot", std::int8_t>;

template <class Id> std::string why(std::string_view text) {
    const auto parsed = Id::parse(text);
    CHECK(parsed.has_value() == parsed.why().empty());
    CHECK(static_cast<bool>(parsed) == parsed.has_value());
    return std::string(parsed.why());
}

}  // namespace

TEST_CASE("text of the edge becomes an id, with its kind before it or not") {
    CHECK(*host_id::parse("db-7") == host_id("db-7"));
    CHECK(*host_id::parse("host:db-7") == host_id("db-7"));
    CHECK(*host_id::parse(std::string("10.0.0.7")) == host_id("10.0.0.7"));
    CHECK(*host_id::parse("A_b.c-d@e+f") == host_id("A_b.c-d@e+f"));
    CHECK(std::string(to_text(*host_id::parse(std::string(127, 'x')))) == std::string(127, 'x'));
    CHECK(std::string(host_id::parse(host_id("db-7").spelled())->spelled()) == "host:db-7");
    static_assert(*host_id::parse("db-7") == host_id("db-7"));
    CHECK(why<host_id>("db-7").empty());
}

TEST_CASE("letters are those of ASCII, from the first to the last, and none of their neighbours") {
    for (const char* const text : {"a", "z", "A", "Z", "0", "9", "zZ9-_.@+"}) {
        CAPTURE(text);
        CHECK(host_id::parse(text).has_value());
    }
    for (const char* const text :
         {"`", "{", "[", "/", ":", "@", "a`", "a{", "a[", "a/", "a,", "a^"}) {
        CAPTURE(text);
        CHECK_FALSE(host_id::parse(text).has_value());
    }
    for (const char* const text : {"@a", "-a", "_a", ".a", "+a"}) {
        CAPTURE(text);
        CHECK(why<host_id>(text).find("it must begin with a letter or a digit") !=
              std::string::npos);
    }
}

TEST_CASE("numbers are read in the one way in which they are written") {
    CHECK(volume_id::parse("0")->number() == 0);
    CHECK(volume_id::parse("volume:42")->number() == 42);
    CHECK(volume_id::parse("18446744073709551615")->number() == 18446744073709551615U);
    CHECK(slot_id::parse("-128")->number() == -128);
    CHECK(slot_id::parse("127")->number() == 127);
    for (int number = -128; number != 128; ++number)
        CHECK(slot_id::parse(std::to_string(number))->number() == number);
}

TEST_CASE("another kind is refused by name: a site was given for an app once") {
    CHECK(why<host_id>("site:eu-1") ==
          R"("site:eu-1" is of the kind "site"; the kind host is wanted here)");
    CHECK(why<site_id>("app:eu-1") ==
          R"("app:eu-1" is of the kind "app"; the kind site is wanted here)");
    CHECK(why<volume_id>("snapshot:7") ==
          R"("snapshot:7" is of the kind "snapshot"; the kind volume is wanted here)");
    CHECK(why<host_id>(":db-7") == R"(":db-7" is of the kind ""; the kind host is wanted here)");
    CHECK(why<host_id>("Host:db-7") ==
          R"("Host:db-7" is of the kind "Host"; the kind host is wanted here)");
}

TEST_CASE("what is no id says why") {
    CHECK(why<host_id>("") == "an id of the kind host must not be empty");
    CHECK(why<host_id>("host:") == "an id of the kind host must not be empty");
    CHECK(why<volume_id>("") == "an id of the kind volume must not be empty");
    CHECK(why<host_id>("-rf") ==
          R"("-rf" is no id of the kind host: it must begin with a letter or a digit)");
    CHECK(why<host_id>("db 7") == R"("db 7" is no id of the kind host: " " at character 3; )"
                                  "letters of ASCII, digits and - _ . @ + are allowed");
    CHECK(why<host_id>("*") == R"("*" is no id of the kind host: "*" at character 1; )"
                               "letters of ASCII, digits and - _ . @ + are allowed");
    CHECK(why<host_id>("a/../b").find("\"/\" at character 2") != std::string::npos);
    CHECK(why<host_id>("host:db:7").find("\":\" at character 3") != std::string::npos);
    CHECK(why<host_id>("db\n7") ==
          "\"db(byte 10)7\" is no id of the kind host: \"(byte 10)\" at character 3; "
          "letters of ASCII, digits and - _ . @ + are allowed");
    CHECK(why<host_id>(std::string_view("a\0b", 3)).find("(byte 0)") != std::string::npos);
    CHECK(why<host_id>("b\xc3\xbc").find("\"(byte 195)\" at character 2") != std::string::npos);
    CHECK(why<host_id>("~").find("\"~\" at character 1") != std::string::npos);
    CHECK(why<host_id>("\x7f").find("\"(byte 127)\" at character 1") != std::string::npos);
    CHECK(why<host_id>(std::string(60, '*')).find("\"" + std::string(60, '*') + "\" is no id") ==
          0);
    CHECK(why<host_id>(std::string(128, 'x')) ==
          "\"" + std::string(60, 'x') +
              "...\" is no id of the kind host: it has 128 characters; at most 127 are allowed");
}

TEST_CASE("what is no number says why") {
    const std::string no_number =
        " is no id of the kind volume: it must be a whole number in decimal digits, "
        "without zeros in front";
    for (const char* text :
         {"x", "7x", "+7", " 7", "7 ", "007", "00", "0x7", "7.0", "1e3", "-0", "-"})
        CHECK(why<volume_id>(text) == "\"" + std::string(text) + "\"" + no_number);
    CHECK(why<volume_id>("-1") ==
          R"("-1" is no id of the kind volume: the number is out of range)");
    CHECK(why<volume_id>("18446744073709551616") ==
          R"("18446744073709551616" is no id of the kind volume: the number is out of range)");
    CHECK(!why<volume_id>("99999999999999999999999").empty());
    CHECK(!why<slot_id>("128").empty());
    CHECK(!why<slot_id>("-129").empty());
}
