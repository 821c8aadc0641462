// SPDX-License-Identifier: BSL-1.0
// The ids of reservations: random, so that no two ever are the same.
#pragma once

#include <shearpin/detail/claims.hpp>
#include <shearpin/maybe.hpp>

#include <errno.h>
#include <sys/random.h>

namespace shearpin::inline v1::detail {

/// Nothing where the operating system gives no random numbers.
[[nodiscard]] inline maybe<reservation_id> random_id() noexcept {
    reservation_id made;
    unsigned char* const bytes = reinterpret_cast<unsigned char*>(&made);
    for (std::size_t filled = 0; filled != sizeof made;) {
        const ssize_t got = ::getrandom(bytes + filled, sizeof made - filled, 0);
        if (got < 0 && errno != EINTR) return {};
        if (got > 0) filled += static_cast<std::size_t>(got);
    }
    return made;
}

/// Nothing where it is not 32 hexadecimal digits.
[[nodiscard]] inline maybe<reservation_id> parse_reservation_id(text_view digits) noexcept {
    if (digits.size() != 32) return {};
    reservation_id made;
    for (std::size_t at = 0; at != 32; ++at) {
        char digit = digits.data()[at];
        if ('A' <= digit && digit <= 'F') digit = static_cast<char>(digit - 'A' + 'a');
        const int value = value_of_hex(digit);
        if (value < 0) return {};
        std::uint64_t& half = at < 16 ? made.high : made.low;
        half = half << 4 | static_cast<std::uint64_t>(value);
    }
    return made;
}

}  // namespace shearpin::inline v1::detail
