// SPDX-License-Identifier: BSL-1.0
// A ledger's document put together by hand, number by number, so that it can be what no ledger
// writes.
#pragma once

#include "ledger_testing.hpp"

#include <initializer_list>
#include <string>

namespace ledger_by_hand {

using shearpin::detail::ledger_changes;
using shearpin::detail::ledger_decoder;

/// Seven bits a byte, the highest bit says that more follow.
inline std::string number(std::uint64_t value) {
    std::string made;
    for (; value >= 128; value /= 128) made += static_cast<char>(value % 128 + 128);
    return made + static_cast<char>(value);
}
inline std::string numbers(std::initializer_list<std::uint64_t> values) {
    std::string made;
    for (const std::uint64_t each : values) made += number(each);
    return made;
}
inline std::string text(std::size_t length, char letter = 't') {
    return number(length) + std::string(length, letter);
}
inline std::string times(std::size_t how_often, const std::string& what) {
    std::string made;
    for (std::size_t turn = 0; turn != how_often; ++turn) made += what;
    return made;
}
inline const std::string no_time(3, '\0');  // of a moment: of no boot, and not known

// What is written of a pool behind its name: windows, what was forgotten, sizes.
struct pool_by_hand {
    std::string name = text(1, 'p');
    std::string windows = numbers({0, 0});
    std::string forgotten = numbers({0, 0});
    std::string forgotten_size = number(0);
    std::string sizes = number(0);
    [[nodiscard]] std::string bytes() const {
        return name + windows + forgotten + forgotten_size + sizes;
    }
};

// How a record stands, as its first number says it.
inline constexpr std::uint64_t an_open = 0, an_unknown = 1, a_settled = 2, a_resolved = 3,
                               an_annulled = 4;

/// A record of the first process, reserved in version 1.
struct record_by_hand {
    std::uint64_t head;
    std::string id = std::string(16, 'i');
    std::string how_many = numbers({1, 1});
    std::string texts = numbers({0, 0});
    std::string reserved = number(2 * 1) + no_time;
    std::string ended = number(2 * 1) + no_time;  // one version later
    std::string said = number(3) + no_time + numbers({0, 0});
    std::string parts = numbers({1, 0, 1});
    [[nodiscard]] std::string bytes() const {
        std::string made = number(head) + id + how_many + texts + reserved;
        if (head % 8 != an_open) made += ended;
        if (head % 8 == a_resolved || head % 8 == an_annulled) made += said;
        return made + parts;
    }
};
inline std::string records(std::initializer_list<record_by_hand> all) {
    std::string made = number(all.size());
    for (const record_by_hand& each : all) made += each.bytes();
    return made;
}

// Texts that are there to be named.
inline constexpr std::uint64_t of_63 = 1, of_64 = 2, of_95 = 3, of_96 = 4, of_255 = 5;

/// A document of version 9 with one pool and one process.
struct by_hand {
    std::string boots = number(1) + std::string(8, '\0');
    std::string texts = number(6) + text(0) + text(63) + text(64) + text(95) + text(96) + text(255);
    std::string margin = number(0);
    std::string pools = number(1) + pool_by_hand().bytes();
    std::string processes = number(1) + numbers({0, 0, 0, 0, 0});
    std::string spent = number(0);
    std::string open = number(0);
    std::string log = number(0);
    std::string annulled = number(0);
    std::string behind;

    [[nodiscard]] std::string refusal(ledger_changes& made) const {
        std::string bytes("shearpin\0\0\0\0\1\0\0\0", 16);
        bytes += boots + texts + margin + pools + processes + spent + open + log + annulled;
        bytes += behind;
        const std::uint32_t sum =
            shearpin::detail::checksum_of({bytes.data() + 12, bytes.size() - 12});
        for (std::size_t byte = 0; byte != 4; ++byte)
            bytes[8 + byte] = static_cast<char>(sum >> (8 * byte) & 255);
        return std::string(ledger_decoder::decode(bytes, 9, made));
    }
    [[nodiscard]] bool is_read() const {
        ledger_changes made;
        return refusal(made).empty();
    }
    [[nodiscard]] bool is_refused() const {
        ledger_changes made;
        return refusal(made) ==
               "the ledger is damaged: its records contradict each other. It is left as it is; "
               "find out what was removed lately, and start a new ledger";
    }
};

}  // namespace ledger_by_hand
