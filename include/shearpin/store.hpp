// SPDX-License-Identifier: BSL-1.0
// What a ledger is kept in: one small document, with a version, that can be replaced when nobody
// else has replaced it meanwhile. Any linearizable compare-and-set is such a store.
#pragma once

#include <shearpin/detail/meta.hpp>
#include <shearpin/store_trouble.hpp>

#include <cstdint>
#include <string>

namespace shearpin::inline v1 {

/// What a store answers when it is asked for the document.
struct loaded {
    std::string bytes;          ///< the document; as it was stored, to the byte
    std::uint64_t version = 0;  ///< grows by every store; an empty document may have any, such as 0
    bool readable = false;      ///< false: there is no document, and `why` says why
    store_trouble why;
};

/// What a store answers when it is asked to replace the document.
struct stored {
    enum class outcome : unsigned char {
        done,      ///< replaced, durably as far as the store promises that
        conflict,  ///< the version is another one: nothing was replaced
        unknown,   ///< it may have been replaced or not, as when a server goes away. It counts as
                   ///< replaced until the document is seen again
        failed,    ///< nothing was replaced, and `why` says why
    };
    outcome what = outcome::failed;
    std::uint64_t version = 0;  ///< of the document as it is now, where it is known
    store_trouble why;
};

/// A byte store:
///   - `loaded load()`: the newest document. It sees every store that was done before it began;
///   - `stored store(const std::string& bytes, std::uint64_t expected)`: replaces the document when
///     its version is `expected`, in one step that nobody can see half of, and gives it a higher
///     one, below 2^63. For all that is running, versions never go back, and no two documents ever
///     have the same.
/// It may have
///   - `instant now()`: its own clock, which the ledger then uses in place of the guard's. It may
///   be
///     called by several threads at once, also while another function runs;
///   - `bool is_newest(std::uint64_t version)`: true where the newest document has this version and
///     can be read, where that costs less than load(). Whenever it is not sure, false;
///   - `static constexpr std::size_t capacity`: the longest document that it takes, in bytes;
///   - `stored store_lazily(bytes, expected)`: the same without waiting until it is durable, for
///     settlements, whose loss can only refuse more.
/// All other calls of one store object are made by one thread at a time.
template <class S>
concept byte_store = requires(S& store, const std::string& bytes, std::uint64_t expected) {
    { store.load() } -> detail::same_as<loaded>;
    { store.store(bytes, expected) } -> detail::same_as<stored>;
};

}  // namespace shearpin::inline v1
