// SPDX-License-Identifier: BSL-1.0
// What a guard and its ledger say to each other.
#pragma once

#include <shearpin/detail/hex.hpp>
#include <shearpin/facts.hpp>
#include <shearpin/history.hpp>
#include <shearpin/store_trouble.hpp>
#include <shearpin/text.hpp>

#include <cstddef>
#include <cstdint>

namespace shearpin::inline v1::detail {

/// What a removal takes of one pool.
struct pool_claim {
    text_view pool;
    amounts asked{};
    count size = 0;     ///< as the world said it just now
    duration window{};  ///< the longest that a rule of this pool's policy looks back
};

/// The one and only use of an override.
struct spent_override {
    text_view rule;
    text_view pool;
    text_view id;
    time_point until{};
};

/// What a removal asks a ledger to note. The overrides are read after the judge has run, which
/// finds out the ones that are used.
struct claim {
    const pool_claim* pools = nullptr;
    std::size_t number = 0;
    text_view actor;
    text_view reason;
    const spent_override* overrides = nullptr;
    std::size_t overrides_number = 0;
    /// How many targets in all. They may lie in several pools; 0 is as many as in the largest of
    /// them, which is safe, and too much where they are spread.
    count heads = 0;
};

/// A pool's past, as of one look at the ledger.
struct pool_past {
    shearpin::history history{};
    /// What may be in the pool's numbers and is not there any more, or soon will not be.
    amounts gone{};
};

/// The first look at a ledger, before the world is asked.
struct noted {
    std::uint64_t version = 0;
    bool readable = false;
    store_trouble why;
    /// The store was not asked: this is what was seen of it last. It was the newest all the same
    /// where it can be replaced, or is found to be so, afterwards.
    bool is_guess = false;
};

enum class reserving : unsigned char {
    reserved,    ///< on the ledger
    refused,     ///< the judge said no
    look_again,  ///< the ledger has forgotten something that the first look needs: start over
    failed,      ///< the ledger cannot be read or written; `why` says why
};

/// Random, so that a retry knows its own.
struct reservation_id {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    friend constexpr bool operator==(const reservation_id&,
                                     const reservation_id&) noexcept = default;
};

/// As people write it: 32 hexadecimal digits.
[[nodiscard]] inline fixed_text<32> spell_id(const reservation_id& id) noexcept {
    fixed_text<32> digits;
    digits.write([&](writer& out) { out.put(spell_hex(id.high)).put(spell_hex(id.low)); });
    return digits;
}

struct reserve_answer {
    reserving what = reserving::failed;
    reservation_id id{};
    store_trouble why;
    bool world_is_behind = false;  ///< with look_again: the world's numbers are too old
};

/// How much was really removed, as far as the removal told.
struct settlement {
    enum class kind : unsigned char {
        whole,    ///< as much as was reserved
        heads,    ///< so many of the targets
        unknown,  ///< an exception: perhaps some, perhaps all
    };
    kind what = kind::whole;
    count number = 0;
};

}  // namespace shearpin::inline v1::detail
