// SPDX-License-Identifier: BSL-1.0
// The random ids of reservations, where the operating system gives random numbers only in parts, or
// not at all.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <string>

#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace ledger_testing;

namespace {

/// What getrandom does in this thread.
struct {
    int error = 0;  ///< it gives this, so many times; 0: no byte
    int times = 0;
    std::size_t at_most = 256;  ///< it gives no more bytes at once
    unsigned char next = 0;     ///< these, counted up; 0: random ones
    unsigned int flags = 0;     ///< how it was asked last
} thread_local chance;

struct chance_is_back {
    ~chance_is_back() { chance = {}; }
};

}  // namespace

/// In place of the C library's.
extern "C" ssize_t getrandom(void* to, std::size_t length, unsigned int flags) {
    chance.flags = flags;
    if (chance.times != 0) {
        --chance.times;
        errno = chance.error;
        return chance.error == 0 ? 0 : -1;
    }
    if (length > chance.at_most) length = chance.at_most;
    if (chance.next == 0) return ::syscall(SYS_getrandom, to, length, flags);
    for (std::size_t byte = 0; byte != length; ++byte)
        static_cast<unsigned char*>(to)[byte] = chance.next++;
    return static_cast<ssize_t>(length);
}

TEST_CASE_TEMPLATE("without random numbers nothing is reserved, and that is said", Store,
                   shearpin::memory_store, byte_memory) {
    const chance_is_back after;
    shearpin::ledger<Store> ledger{Store{}};
    const noted before = ledger.note();
    chance.error = ENOSYS;
    chance.times = 1;
    const auto refused = reserve(ledger, at(hour), "rows", 6);
    CHECK(refused.what == reserving::failed);
    CHECK(std::string(refused.why) ==
          "the operating system gives no random numbers (getrandom), so that a reservation cannot "
          "be told from others");
    CHECK(ledger.note().version == before.version);
    CHECK(ledger.entries().entries.empty());
    CHECK(reserve(ledger, at(hour), "rows", 6).what == reserving::reserved);  // it does again
}

TEST_CASE("an id is drawn whole, however often that is interrupted, and in whatever parts") {
    const chance_is_back after;
    chance.error = EINTR;
    chance.times = 3;
    chance.at_most = 5;
    chance.next = 1;
    const auto drawn = shearpin::detail::random_id();
    REQUIRE(drawn);
    CHECK(shearpin::detail::spell_id(*drawn) == "0807060504030201100f0e0d0c0b0a09");
    CHECK(chance.times == 0);
    CHECK(chance.next == 17);
    CHECK(chance.flags == 0);  // it waits until the machine has numbers that nobody can guess
    chance.error = 0;
    chance.times = 2;
    CHECK(shearpin::detail::random_id());
    CHECK(chance.times == 0);
    chance.error = EAGAIN;
    chance.times = 1;
    CHECK_FALSE(shearpin::detail::random_id());
}

TEST_CASE("a ledger in memory draws once, and counts from then on") {
    const chance_is_back after;
    shearpin::ledger ledger{shearpin::memory_store{}};
    chance.next = 1;
    const auto first = reserve(ledger, at(hour), "rows", 6);
    chance.error = ENOSYS;
    chance.times = 1'000'000;
    const auto second_one = reserve(ledger, at(hour), "rows", 6);
    REQUIRE(first.what == reserving::reserved);
    REQUIRE(second_one.what == reserving::reserved);
    CHECK(second_one.id.high == first.id.high);
    CHECK(second_one.id.low == first.id.low + 1);
    CHECK(first.id == reservation_id{0x0807'0605'0403'0201, 1});
}

TEST_CASE("an id that is written has 32 hexadecimal digits, small or capital ones, and no more") {
    using shearpin::detail::parse_reservation_id;
    const std::string small = "0123456789abcdef";
    const std::string capital = "0123456789ABCDEF";
    for (int each = 0; each != 256; ++each) {
        CAPTURE(each);
        const char letter = static_cast<char>(each);
        const std::size_t value = std::min(small.find(letter), capital.find(letter));
        for (const std::size_t at : {0U, 15U, 16U, 31U}) {
            std::string digits(32, '0');
            digits[at] = letter;
            const auto read = parse_reservation_id(digits);
            REQUIRE(read.has_value() == (value != std::string::npos));
            if (!read) continue;
            const std::uint64_t half = std::uint64_t{value} << (at % 16 == 0 ? 60 : 0);
            CHECK(read->high == (at < 16 ? half : 0));
            CHECK(read->low == (at < 16 ? 0 : half));
        }
    }
    CHECK_FALSE(parse_reservation_id(small + small + "0"));
    CHECK_FALSE(parse_reservation_id(shearpin::text_view((small + small).data(), 31)));
    CHECK_FALSE(parse_reservation_id(""));
}
