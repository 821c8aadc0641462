// SPDX-License-Identifier: BSL-1.0
// What one user alone can see of a byte store.
#pragma once

#include <shearpin/detail/meta.hpp>
#include <shearpin/instant.hpp>
#include <shearpin/store.hpp>

#include <string>
#include <vector>

namespace shearpin::inline v1::testing {

/// Part of check_store(). Replaces the document many times.
template <class Open> class store_basics {
public:
    /// The type of the store that is tried.
    using store_type = decltype(detail::declval<Open&>()());
    /// What a store says became of the document.
    using outcome = stored::outcome;

    /// What is wrong, one line each; empty where nothing is. Calls open() twice, for two stores of
    /// one document.
    [[nodiscard]] static std::vector<std::string> check(Open& open) {
        store_basics made(open);
        made.check_all();
        return std::move(made.found_);
    }

private:
    explicit store_basics(Open& open) : open_(open), store_(open()), other_(open()) {}

    void say(const std::string& text) { found_.push_back(text); }
    static std::string quoted(const std::string& why) {
        return why.empty() ? "" : " (" + why + ")";
    }

    void check_all() {
        seen_ = store_.load();
        if (!seen_.readable)
            return say("load: the document cannot be read" + quoted(std::string(seen_.why)) +
                       "; open() must give a store of a document that is there");
        check_replacing();
        check_bytes();
        check_looking();
        check_lazy();
        check_clock();
    }

    /// Replaces what was seen last; false where the store does not say that it has.
    bool replace(const std::string& bytes, const std::string& what, bool is_lazy = false) {
        const std::uint64_t before = seen_.version;
        stored answer;
        if constexpr (requires { store_.store_lazily(bytes, before); })
            answer = is_lazy ? store_.store_lazily(bytes, before) : store_.store(bytes, before);
        else
            answer = store_.store(bytes, before);
        if (answer.what != outcome::done) {
            say("store: " + what + " is not stored, though nobody else writes" +
                quoted(std::string(answer.why)));
            return false;
        }
        if (answer.version <= before || answer.version >= std::uint64_t{1} << 63)
            say("store: after version " + std::to_string(before) + " comes version " +
                std::to_string(answer.version) + "; it must be higher, and below 2^63");
        seen_ = {bytes, answer.version, true, {}};
        see(store_, what);
        see(other_, what + ", to another store object,");
        return true;
    }
    void see(store_type& store, const std::string& what) {
        const loaded found = store.load();
        if (!found.readable)
            say("load: " + what + " cannot be read back" + quoted(std::string(found.why)));
        else if (found.bytes != seen_.bytes)
            say("load: " + what + " is not the same, to the byte, when it is read back");
        else if (found.version != seen_.version)
            say("load: " + what + " has version " + std::to_string(found.version) +
                ", and store said " + std::to_string(seen_.version));
    }

    void check_replacing() {
        if (!replace("a document", "a short document")) return;
        const std::uint64_t old = seen_.version;
        replace("another", "a second document");
        for (const std::uint64_t expected : {old, seen_.version + 1, std::uint64_t{0}}) {
            if (expected == seen_.version) continue;
            const stored answer = store_.store("not this", expected);
            if (answer.what != outcome::conflict)
                say("store: where version " + std::to_string(expected) + " is expected and " +
                    std::to_string(seen_.version) + " is there, it must answer conflict");
            see(store_, "what a conflict must leave alone");
        }
        // Other stores go on from the newest one, and this one notices.
        const stored theirs = other_.store("theirs", seen_.version);
        if (theirs.what != outcome::done) return say("store: another store object cannot write");
        if (store_.store("not this", seen_.version).what != outcome::conflict)
            say("store: what another store object replaced meanwhile must be a conflict");
        seen_ = {"theirs", theirs.version, true, {}};
        see(store_, "what another store object has stored");
    }

    void check_bytes() {
        std::string every;
        for (int turn = 0; turn != 3; ++turn)
            for (int byte = 0; byte != 256; ++byte) every += static_cast<char>(byte);
        replace(every, "a document of all bytes");
        replace(std::string(3, '\0'), "a document of zeros");
        replace("", "an empty document");
        replace("\\x41\\\\ '\"%$1\r\n\t", "a document of what needs escapes");
        for (const std::size_t size : {std::size_t{1}, std::size_t{4095}, std::size_t{70'001}})
            if (size <= capacity()) replace(filled(size), std::to_string(size) + " bytes");
        replace(filled(capacity()), "a document as long as the store's capacity");
        const stored answer = store_.store(filled(capacity() + 1), seen_.version);
        if (answer.what == outcome::done)
            seen_ = {filled(capacity() + 1), answer.version, true, {}};
        else if (answer.what != outcome::failed || answer.why.empty())
            say("store: a document that is too long must be answered by failed, and why");
        see(store_, "the document after one that is too long");
        replace("", "an empty document");
    }
    static constexpr std::size_t capacity() {
        if constexpr (requires { std::size_t{store_type::capacity}; })
            return store_type::capacity;
        else
            return std::size_t{1} << 20;  // a ledger's longest document
    }
    static std::string filled(std::size_t size) {
        std::string bytes;
        bytes.reserve(size);
        std::uint32_t state = 7;
        while (bytes.size() != size)
            bytes += static_cast<char>((state = state * 1'664'525 + 1'013'904'223) >> 24);
        return bytes;
    }

    void check_looking() {
        if constexpr (requires { bool{store_.is_newest(seen_.version)}; }) {
            const std::uint64_t old = seen_.version;
            const stored theirs = other_.store("newer", old);
            if (theirs.what != outcome::done) return;
            seen_ = {"newer", theirs.version, true, {}};
            if (store_.is_newest(old)) say("is_newest: true of a version that is not");
            if (store_.is_newest(theirs.version + 1))
                say("is_newest: true of a version that never was");
        }
    }
    void check_lazy() {
        if constexpr (requires { store_.store_lazily(seen_.bytes, seen_.version); }) {
            replace("lazily", "a document that was stored lazily", true);
            const std::uint64_t old = seen_.version;
            replace("at once", "a document on top of it");
            if (store_.store_lazily("not this", old).what != outcome::conflict)
                say("store_lazily: where another version is there, it must answer conflict");
        }
    }
    void check_clock() {
        if constexpr (requires {
                          { store_.now() } -> detail::same_as<instant>;
                      }) {
            const instant before = store_.now();
            replace("later", "a document");
            const instant after = store_.now();
            if (!before.wall.known() || !after.wall.known())
                say("now: no time, after a document was read");
            else if (after.wall < before.wall || after.since_boot < before.since_boot)
                say("now: it goes back");
        }
    }

    Open& open_;
    store_type store_;
    store_type other_;
    loaded seen_;
    std::vector<std::string> found_;
};

}  // namespace shearpin::inline v1::testing
