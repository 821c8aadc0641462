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
    store_trouble why;          ///< empty where there is one
};

/// What a store answers when it is asked to replace the document.
struct stored {
    /// What became of the document.
    enum class outcome : unsigned char {
        done,      ///< replaced, durably as far as the store promises that
        conflict,  ///< the version is another one: nothing was replaced
        unknown,   ///< it may have been replaced or not, or may still be, as when a server goes
                   ///< away. It counts as replaced until the document is seen again
        failed,    ///< nothing was replaced, and `why` says why
    };
    outcome what = outcome::failed;  ///< `failed` until something else is known
    std::uint64_t version = 0;       ///< of the document as it is now, where it is known
    store_trouble why;               ///< where it failed, or nobody knows: why
};

/// A byte store: any linearizable compare-and-set over one document.
///   - `loaded load()`: the newest document. It sees every store that was done before it began, by
///     whomever: not a copy that may lag behind, such as a replica's;
///   - `stored store(const std::string& bytes, std::uint64_t expected)`: replaces the document when
///     its version is `expected`, in one step that nobody can see half of, and gives it a higher
///     one, below 2^63. Versions never go back, and no two documents ever have the same. Bytes are
///     any bytes, and none is a document, too.
///
/// The outcome of store() has to be true, whatever happens to the network, the server and the disk:
///   - `done` only when no failure that the store promises to survive can take it back;
///   - `conflict` and `failed` only when this call has not replaced the document and never will,
///     however late what it has sent arrives;
///   - `unknown` for all the rest: a time-out, a connection that is lost, an answer that cannot be
///     read. It is no failure. The ledger looks whether its reservation is there, and stores it
///     again where it is not; where it cannot find out, the caller is refused, and what may have
///     been stored counts as spent until a person resolves it. A store that says `failed` in place
///     of `unknown` lets somebody ask again while the first one counts; one that says it in place
///     of `done` loses nothing but is wrong; one that says `done` in place of either lets go what
///     nobody counts.
/// It does not try again by itself after it has sent something: a second try that finds a conflict
/// cannot tell whether the first one was it.
///
/// Neither call may wait for ever: a store over a network has a deadline. A document that is
/// missing is not readable, and never an empty one: whoever lost the ledger has not won a new
/// budget. So one function makes the document, by name and once, as an empty one, and another opens
/// it.
///
/// It may have
///   - `instant now()`: its own clock, in place of the guard's. Where the clocks of the users may
///     differ, it is best the server's, or earlier, and never later. It may be called by several
///     threads at once, also while another function runs;
///   - `bool is_newest(std::uint64_t version)`: true where the newest document has this version and
///     can be read, where that costs less than load(). Whenever it is not sure, false;
///   - `bool is_remote() const`: true where load() costs a round trip over a network. While nobody
///     else writes, the ledger then reserves in one: it judges by what it has seen last, and a
///     store() that replaces just that proves that it was still so. Whatever else comes of it, it
///     looks, asks the world again and judges anew. With any store, a thread that would have to
///     wait for another one who uses the store judges like that;
///   - `static constexpr std::size_t capacity`: the longest document that it takes, in bytes. A
///     longer one has failed. Without it, 1 MiB;
///   - `stored store_lazily(bytes, expected)`: the same without waiting until it is durable, for
///     settlements, whose loss can only refuse more. Whatever else is in the document is stored
///     once more, by store(), before anybody acts on it.
/// All other calls of one store object are made by one thread at a time.
///
/// Whether a store keeps all this, `check_store` of <shearpin/testing/store_conformance.hpp> tries.
template <class S>
concept byte_store = requires(S& store, const std::string& bytes, std::uint64_t expected) {
    { store.load() } -> detail::same_as<loaded>;
    { store.store(bytes, expected) } -> detail::same_as<stored>;
};

}  // namespace shearpin::inline v1
