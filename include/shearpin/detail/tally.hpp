// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/facts.hpp>
#include <shearpin/policies.hpp>

#include <cstddef>
#include <vector>

namespace shearpin::inline v1::detail {

/// What a selection asks of one pool, and what was seen of it.
template <class Pool, class Seen> struct pool_share {
    Pool pool;
    amounts asked{};
    count last_target =
        0;  // its position + 1, so that a pool that one target names twice counts once
    [[no_unique_address]] Seen seen{};
};

/// The pools that a selection touches, in the order in which it touches them. A hash table with
/// open addressing, of the touched pools alone: memory and time go with the batch.
template <class Pool, class Seen> class tally {
public:
    using share = pool_share<Pool, Seen>;

    /// The share of this pool, which is there from now on.
    template <class Name> share& of(const Name& pool_name) {
        if constexpr (hashable<Pool>) {
            if (shares_.size() * 2 >= index_.size()) grow();
            std::size_t& at = index_[slot_of(pool_name)];
            if (at == 0) {
                shares_.push_back(share{Pool(pool_name)});
                at = shares_.size();
            }
            return shares_[at - 1];
        } else {
            for (share& each : shares_)
                if (same_pool(each.pool, pool_name)) return each;
            shares_.push_back(share{Pool(pool_name)});
            return shares_.back();
        }
    }

    [[nodiscard]] const std::vector<share>& shares() const noexcept { return shares_; }
    [[nodiscard]] std::vector<share>& shares() noexcept { return shares_; }

private:
    template <class Key>
    static constexpr bool hashable = c_string<Key> || requires(const Key& key) {
        { std::hash<Key>{}(key) } -> converts_to<std::size_t>;
    };

    /// C strings are told apart as text: one pool may be named from several places.
    static count hash(const Pool& pool_name) {
        if constexpr (c_string<Pool>) {
            // FNV-1a: <string_view>, which has a hash of text, is dear to include.
            count mixed = 0xcbf2'9ce4'8422'2325;
            for (const char letter : text_view(pool_name))
                mixed = (mixed ^ static_cast<unsigned char>(letter)) * 0x100'0000'01b3;
            return mixed;
        } else {
            return std::hash<Pool>{}(pool_name);
        }
    }
    std::size_t slot_of(const Pool& pool_name) const {
        // Fibonacci hashing spreads hashes that differ in few bits, such as those of integers.
        const std::size_t mask = index_.size() - 1;
        std::size_t slot = (hash(pool_name) * 0x9e37'79b9'7f4a'7c15) >> 20 & mask;
        while (index_[slot] != 0 && !same_pool(shares_[index_[slot] - 1].pool, pool_name))
            slot = (slot + 1) & mask;
        return slot;
    }
    void grow() {
        index_.assign(index_.empty() ? 16 : index_.size() * 2, 0);
        for (std::size_t at = 0; at != shares_.size(); ++at)
            index_[slot_of(shares_[at].pool)] = at + 1;
    }

    std::vector<share> shares_;
    std::vector<std::size_t> index_;  // position in shares_ + 1; 0 is free
};

}  // namespace shearpin::inline v1::detail
