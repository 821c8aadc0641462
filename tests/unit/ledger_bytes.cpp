// SPDX-License-Identifier: BSL-1.0
// Numbers, texts and times as bytes: each comes back, in as few bytes as it needs, and of what is
// cut off or too large nothing is believed.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace ledger_testing;
using shearpin::text_view;
using shearpin::detail::byte_sink;
using shearpin::detail::byte_source;
using shearpin::detail::instant_steps;

namespace {

template <class Write> std::string written(Write write) {
    byte_sink sink;
    write(sink);
    return std::string(sink.bytes());
}
std::string number(std::uint64_t value) {
    return written([&](byte_sink& sink) { sink.number(value); });
}
/// What is read as a number, which has to be all of it.
bool is_number(const std::string& bytes, std::uint64_t expected) {
    byte_source source(bytes);
    return source.number() == expected && source.good() && source.at_end();
}
template <class Read> bool is_refused(const std::string& bytes, Read read) {
    byte_source source(bytes);
    const auto found = read(source);
    CHECK(found == decltype(found){});
    CHECK((source.good() || source.at_end()));
    CHECK((source.good() || source.number() == 0));  // and nothing more comes of it
    return !source.good();
}

}  // namespace

TEST_CASE("every number takes a byte for seven of its bits, and comes back") {
    for (unsigned bits = 0; bits != 64; ++bits)
        for (const int beside : {-1, 0, 1}) {
            const std::uint64_t value =
                (std::uint64_t{1} << bits) + static_cast<std::uint64_t>(std::int64_t{beside});
            std::size_t expected = 1;
            for (std::uint64_t rest = value >> 7; rest != 0; rest >>= 7) ++expected;
            CHECK(number(value).size() == expected);
            CHECK(is_number(number(value), value));
        }
    CHECK(number(~std::uint64_t{0}) == std::string(9, '\xff') + '\x01');
    CHECK(number(300) == "\xac\x02");
}

TEST_CASE("a number that is cut off, or is none of 64 bits, is refused") {
    const auto read = [](byte_source& source) { return source.number(); };
    CHECK(is_refused("", read));
    for (std::size_t length = 1; length != 10; ++length)
        CHECK(is_refused(std::string(length, '\xff'), read));
    CHECK(is_refused(std::string(9, '\xff') + '\x02', read));
    CHECK(is_refused(std::string(9, '\x80') + '\x02', read));
    CHECK(is_refused(std::string(10, '\xff') + '\x01', read));
    CHECK(is_refused(std::string(9, '\x80') + "\x81\x01", read));
    CHECK(is_number(std::string(9, '\x80') + '\x01', std::uint64_t{1} << 63));
}

TEST_CASE("a number below another, and how many of something follow") {
    const auto below_5 = [](byte_source& source) { return source.below(5); };
    CHECK(is_refused(number(5), below_5));
    CHECK_FALSE(is_refused(number(0), below_5));
    const std::string of_4 = number(4);
    byte_source four(of_4);
    CHECK(four.below(5) == 4);
    const auto at_most_3 = [](byte_source& source) { return source.how_many(3); };
    CHECK(is_refused(number(4) + "abcd", at_most_3));
    CHECK(is_refused(number(3) + "ab", at_most_3));  // each takes a byte at least
    const std::string of_3 = number(3) + "abc";
    byte_source three(of_3);
    CHECK(three.how_many(3) == 3);
    CHECK(three.good());
}

TEST_CASE("texts and numbers of a fixed width") {
    const std::string of_text = written([](byte_sink& sink) {
        sink.text("abc");
        sink.fixed<8>(0x0102'0304'0506'0708);
        sink.fixed<4>(0xfefd'fcfb);
        sink.text("");
    });
    CHECK(of_text == std::string("\3abc\x08\7\6\5\4\3\2\1\xfb\xfc\xfd\xfe\0", 17));
    byte_source source(of_text);
    CHECK(source.text(3) == text_view("abc"));
    CHECK(source.fixed<8>() == 0x0102'0304'0506'0708);
    CHECK(source.fixed<4>() == 0xfefd'fcfb);
    CHECK(source.text(0) == text_view(""));
    CHECK(source.good());
    CHECK(source.at_end());
    byte_source longer(of_text);
    CHECK(longer.text(2).empty());
    CHECK_FALSE(longer.good());
    CHECK(is_refused("1234567", [](byte_source& short_one) { return short_one.fixed<8>(); }));
    CHECK(is_refused("", [](byte_source& none) { return none.fixed<4>(); }));
    // However much is written, in pieces of whatever length.
    std::string expected;
    const std::string all = written([&](byte_sink& sink) {
        for (std::size_t length = 0; length < 3000; length += 7) {
            const std::string piece(length, static_cast<char>('a' + length % 26));
            sink.text(piece);
            expected += number(length) + piece;
        }
    });
    CHECK(all == expected);
}

TEST_CASE("whatever is the last that finds room, what comes behind it does as well") {
    const duration farthest = duration::nanoseconds(INT64_MIN);
    const instant moment{time_point::since_epoch(farthest), farthest, 7};
    const auto each_kind = [&](byte_sink& sink, int kind) {
        instant_steps steps;
        if (kind == 0) sink.number(~std::uint64_t{0});
        if (kind == 1) sink.length_of_time(farthest);
        if (kind == 2) sink.fixed<8>(~std::uint64_t{0});
        if (kind == 3) sink.moment(time_point::since_epoch(farthest));
        if (kind == 4) sink.moment(moment, ~std::size_t{0} >> 1, steps);
        if (kind == 5) sink.text("abcdef");
    };
    const std::string behind(std::size_t{1} << 20, 'x');
    // A sink grows by some 1000 bytes: each kind stands once at each place around its end.
    for (std::size_t before = 980; before != 1040; ++before)
        for (int kind = 0; kind != 6; ++kind) {
            const std::string all = written([&](byte_sink& sink) {
                for (std::size_t at = 0; at != before; ++at) sink.fixed<1>('a');
                each_kind(sink, kind);
                sink.text(behind);
            });
            const std::string alone = written([&](byte_sink& sink) { each_kind(sink, kind); });
            const bool is_whole =
                all == std::string(before, 'a') + alone + number(behind.size()) + behind;
            CHECK(is_whole);
        }
}

TEST_CASE("lengths of time and differences are short around zero, whatever their sign") {
    const auto nanoseconds = [](std::int64_t value) {
        const duration given = duration::nanoseconds(value);
        const std::string bytes = written([&](byte_sink& sink) { sink.length_of_time(given); });
        byte_source source(bytes);
        CHECK(source.length_of_time() == given);
        CHECK(source.good());
        return bytes;
    };
    CHECK(nanoseconds(0) == std::string(1, '\0'));
    CHECK(nanoseconds(-1) == "\1");
    CHECK(nanoseconds(1) == "\2");
    CHECK(nanoseconds(-64).size() == 1);
    CHECK(nanoseconds(64).size() == 2);
    CHECK(nanoseconds(INT64_MAX).size() == 10);
    CHECK(nanoseconds(INT64_MIN).size() == 10);
    for (const std::uint64_t from : {std::uint64_t{0}, std::uint64_t{500}, ~std::uint64_t{0}})
        for (const std::uint64_t value :
             {std::uint64_t{0}, std::uint64_t{499}, ~std::uint64_t{0}}) {
            const std::string bytes = written([&](byte_sink& sink) {
                shearpin::detail::byte_pen pen =
                    sink.pen(shearpin::detail::byte_pen::longest_number);
                pen.difference(value, from);
                sink.take(pen);
            });
            byte_source source(bytes);
            CHECK(source.difference(from) == value);
        }
}

TEST_CASE("moments follow each other in steps, known or not, of boots that are there") {
    const std::vector<std::uint64_t> boots{0, 7};
    const instant moments[] = {{time_point::since_epoch(hour), minute, 7},
                               {time_point::since_epoch(hour + second), minute + second, 7},
                               {},
                               {time_point::since_epoch(minute), {}, 0}};
    const std::string bytes = written([&](byte_sink& sink) {
        instant_steps steps;
        for (const instant& each : moments) sink.moment(each, each.boot == 7 ? 1 : 0, steps);
    });
    byte_source source(bytes);
    instant_steps steps;
    for (const instant& each : moments) CHECK(source.moment(boots, steps) == each);
    CHECK(source.good());
    CHECK(source.at_end());
    // Both clocks run alike, so that of the second one only how much it is later takes room.
    const std::string one = written([](byte_sink& sink) {
        instant_steps from{1000, 10};
        sink.moment(
            {time_point::since_epoch(duration::nanoseconds(1005)), duration::nanoseconds(15), 7}, 1,
            from);
    });
    CHECK(one == std::string("\3\xa\0", 3));
    const auto moment = [&](byte_source& each) {
        instant_steps none;
        return each.moment(boots, none);
    };
    CHECK(is_refused(std::string("\4\0\0", 3), moment));
    CHECK(is_refused(std::string("\3\2", 2), moment));
    CHECK_FALSE(is_refused(std::string("\0\0\0", 3), moment));

    for (const time_point when : {time_point{}, time_point::since_epoch(hour)}) {
        const std::string of_wall = written([&](byte_sink& sink) { sink.moment(when); });
        byte_source wall(of_wall);
        CHECK(wall.moment() == when);
        CHECK(wall.at_end());
    }
    CHECK(is_refused(std::string("\2\0", 2), [](byte_source& each) { return each.moment(); }));
}
