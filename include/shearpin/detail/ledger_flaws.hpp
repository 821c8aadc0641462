// SPDX-License-Identifier: BSL-1.0
// Why a ledger does not do what it is asked, in words.
#pragma once

#include <shearpin/detail/ledger_record.hpp>

namespace shearpin::inline v1::detail {

namespace ledger_texts {

inline constexpr text_view full =
    "the ledger is full of removals that are not settled or cannot be put together; resolve those "
    "that are left over (see its entries), or start a new ledger";
inline constexpr text_view not_open =
    "the ledger has no open entry for this removal: it was settled before, or is another ledger's";
inline constexpr text_view look_again =
    "so much has happened on the ledger since it was first looked at that it has forgotten a part "
    "of "
    "it; look again";
inline constexpr text_view reached_behind =
    "the world's numbers are older than what the ledger remembers, so that it cannot tell what "
    "they "
    "do not show yet; look again, nearer to now";
inline constexpr text_view older =
    "the ledger is older than what was read of it before, as after restoring a backup; what was "
    "removed since is not on it, so find that out and start a new ledger";

inline constexpr text_view many_pools =
    "the ledger knows 4096 pools, and no more fit; start another ledger for the others";
inline constexpr text_view many_overrides =
    "the ledger holds 1024 spent overrides that have not expired, and no more fit; give overrides "
    "an "
    "earlier end";
inline constexpr text_view long_override =
    "the id of an override is longer than 255 characters, or its rule or pool longer than 63";
inline constexpr text_view long_name =
    "the name of a pool is longer than 63 characters, so that the ledger could not tell it from "
    "others";
inline constexpr text_view not_believed =
    "a pool's size, or what is to be removed of it, is 2^63 or more, which is taken for a negative "
    "number";
inline constexpr text_view no_such_entry = "there is no entry with this id on the ledger";
inline constexpr text_view not_in_doubt =
    "how this removal ended is known already; see its entry on the ledger";
inline constexpr text_view still_lives =
    "the process that reserved this still runs and may be removing; only that everything was "
    "removed "
    "can be said of it until it has ended";
inline constexpr text_view no_random_id =
    "the operating system gives no random numbers (getrandom), so that a reservation cannot be "
    "told "
    "from others";
inline constexpr text_view resolved_meanwhile =
    "a person has resolved this removal before it was settled; see its entry on the ledger";
inline constexpr text_view busy =
    "others have written to the ledger a thousand times while this waited for its turn; try again";
inline constexpr text_view unreadable = "the ledger's store cannot be read, and does not say why";
inline constexpr text_view unwritable =
    "the ledger cannot be stored, and the store does not say why";
inline constexpr text_view large_version =
    "the ledger's store does not give every document a higher version, below 2^63";
inline constexpr text_view not_an_id = "the id of an entry is 32 hexadecimal digits";
inline constexpr text_view who_and_why = "say who resolves this entry, and why";

}  // namespace ledger_texts

/// For a reservation that may have been stored or not.
[[nodiscard]] inline store_trouble in_doubt(text_view why) noexcept {
    store_trouble text;
    text.write([&](writer& out) {
        out.put(
               "it may be on the ledger or not, and counts until a person resolves its entry, if "
               "it "
               "is; nothing was removed. ")
            .put(why);
    });
    return text;
}

/// What is wrong with a claim, whoever judges it; empty text where nothing is.
[[nodiscard]] inline text_view find_claim_flaw(const claim& asked) noexcept {
    if (asked.heads > largest_count) return ledger_texts::not_believed;
    for (std::size_t at = 0; at != asked.number; ++at) {
        const pool_claim& each = asked.pools[at];
        if (each.pool.size() > longest_name) return ledger_texts::long_name;
        if (each.size > largest_count || each.asked.serving > largest_count ||
            each.asked.amount > largest_count || each.asked.heads > largest_count)
            return ledger_texts::not_believed;
    }
    return {};
}

[[nodiscard]] inline bool overrides_fit(const claim& asked) noexcept {
    for (std::size_t at = 0; at != asked.overrides_number; ++at) {
        const spent_override& each = asked.overrides[at];
        if (each.rule.size() > longest_name || each.pool.size() > longest_name ||
            each.id.size() > longest_override_id)
            return false;
    }
    return true;
}

}  // namespace shearpin::inline v1::detail
