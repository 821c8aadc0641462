// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/detail/fnv1a.hpp>
#include <shearpin/detail/meta.hpp>
#include <shearpin/instant.hpp>
#include <shearpin/store.hpp>
#include <shearpin/testing/journal.hpp>

#include <memory>
#include <utility>

namespace shearpin::inline v1::testing {

/// A byte store that writes down each call of another one, before and after it.
template <byte_store Store> class recorded_store {
public:
    /// The longest document that the other store takes, in bytes; 1 MiB where it does not say.
    static constexpr std::size_t capacity = [] {
        if constexpr (requires { std::size_t{Store::capacity}; })
            return std::size_t{Store::capacity};
        else
            return std::size_t{1} << 20;
    }();
    recorded_store(Store inner, std::shared_ptr<journal> written)
        : inner_(std::move(inner)), written_(std::move(written)), client_(new_client()) {}

    /// The other store's document. Throws where the journal cannot be written, as the next two do.
    loaded load() {
        begin("load", 0, 0);
        loaded answer = inner_.load();
        end(answer.readable ? "done" : "failed", answer.version, hash(answer.bytes));
        return answer;
    }
    /// Replaces the other store's document where its version is `expected`.
    stored store(const std::string& bytes, std::uint64_t expected) {
        begin("store", expected, hash(bytes));
        const stored answer = inner_.store(bytes, expected);
        end(word(answer.what), answer.version, hash(bytes));
        return answer;
    }
    /// The same, where the other store has it; the journal tells no difference.
    stored store_lazily(const std::string& bytes, std::uint64_t expected)
        requires requires(Store& store) { store.store_lazily(bytes, expected); }
    {
        begin("store", expected, hash(bytes));
        const stored answer = inner_.store_lazily(bytes, expected);
        end(word(answer.what), answer.version, hash(bytes));
        return answer;
    }
    /// As the other store says. Nothing is written down of it.
    bool is_newest(std::uint64_t version)
        requires requires(Store& store) { bool{store.is_newest(version)}; }
    {
        return inner_.is_newest(version);
    }
    /// As the other store says; false where it says nothing.
    [[nodiscard]] bool is_remote() const {
        if constexpr (requires(const Store& store) { bool{store.is_remote()}; })
            return inner_.is_remote();
        else
            return false;
    }
    /// The other store's time, where it has a clock. Nothing is written down of it.
    instant now()
        requires requires(Store& store) {
            { store.now() } -> detail::same_as<instant>;
        }
    {
        return inner_.now();
    }

private:
    [[nodiscard]] static std::uint64_t hash(const std::string& bytes) noexcept {
        return detail::fnv1a(text_view(bytes.data(), bytes.size()));
    }
    [[nodiscard]] static const char* word(stored::outcome what) noexcept {
        switch (what) {
            case stored::outcome::done:
                return "done";
            case stored::outcome::conflict:
                return "conflict";
            case stored::outcome::unknown:
                return "unknown";
            case stored::outcome::failed:
                break;
        }
        return "failed";
    }
    void begin(const char* what, std::uint64_t expected, std::uint64_t content) {
        written_->line(
            spaced('>', client_, ++number_, monotonic_nanoseconds(), what, expected, content));
    }
    void end(const char* how, std::uint64_t version, std::uint64_t content) {
        const std::uint64_t now = monotonic_nanoseconds();
        written_->line(spaced('<', client_, number_, now, how, version, content));
    }

    Store inner_;
    std::shared_ptr<journal> written_;
    std::uint64_t client_;
    std::uint64_t number_ = 0;
};

}  // namespace shearpin::inline v1::testing
