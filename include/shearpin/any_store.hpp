// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/detail/machine_clock.hpp>
#include <shearpin/detail/meta.hpp>
#include <shearpin/store.hpp>

#include <memory>
#include <utility>

namespace shearpin::inline v1 {

namespace detail {
template <class Store> constexpr bool takes_a_mebibyte() {
    if constexpr (requires { std::size_t{Store::capacity}; })
        return Store::capacity >= std::size_t{1} << 20;
    else
        return true;
}
}  // namespace detail

/// Any byte store, as one type: for a program that learns when it runs where its ledger is. Where
/// the store has no clock, the machine's is used.
class any_store {
public:
    template <byte_store Store>
    explicit any_store(Store store) : held_(std::make_unique<holding<Store>>(std::move(store))) {}

    /// The newest document, from the store that is held.
    [[nodiscard]] loaded load() { return held_->load(); }
    /// Replaces the document where its version is `expected`; see byte_store.
    [[nodiscard]] stored store(const std::string& bytes, std::uint64_t expected) {
        return held_->store(bytes, expected);
    }
    /// As store(), where the store that is held has none of its own.
    [[nodiscard]] stored store_lazily(const std::string& bytes, std::uint64_t expected) {
        return held_->store_lazily(bytes, expected);
    }
    /// The store's time; this machine's, where the store has no clock.
    [[nodiscard]] instant now() { return held_->now(); }
    /// False where the store does not say.
    [[nodiscard]] bool is_remote() const { return held_->is_remote(); }
    /// False where the store does not say, so that the document is loaded.
    [[nodiscard]] bool is_newest(std::uint64_t version) { return held_->is_newest(version); }

private:
    struct holder {
        virtual ~holder() = default;
        virtual loaded load() = 0;
        virtual stored store(const std::string& bytes, std::uint64_t expected) = 0;
        virtual stored store_lazily(const std::string& bytes, std::uint64_t expected) = 0;
        virtual instant now() = 0;
        [[nodiscard]] virtual bool is_remote() const = 0;
        virtual bool is_newest(std::uint64_t version) = 0;
    };
    template <class Store> struct holding final : holder {
        static_assert(detail::takes_a_mebibyte<Store>(),
                      "any_store: a ledger would not know that this store takes less than 1 MiB");
        explicit holding(Store given) : inner(std::move(given)) {}
        loaded load() override { return inner.load(); }
        stored store(const std::string& bytes, std::uint64_t expected) override {
            return inner.store(bytes, expected);
        }
        stored store_lazily(const std::string& bytes, std::uint64_t expected) override {
            if constexpr (requires { inner.store_lazily(bytes, expected); })
                return inner.store_lazily(bytes, expected);
            else
                return inner.store(bytes, expected);
        }
        instant now() override {
            if constexpr (requires {
                              { inner.now() } -> detail::same_as<instant>;
                          })
                return inner.now();
            else
                return detail::read_machine_clocks();
        }
        [[nodiscard]] bool is_remote() const override {
            if constexpr (requires { bool{inner.is_remote()}; })
                return inner.is_remote();
            else
                return false;
        }
        bool is_newest(std::uint64_t version) override {
            if constexpr (requires { bool{inner.is_newest(version)}; })
                return inner.is_newest(version);
            else
                return false;
        }
        Store inner;
    };

    std::unique_ptr<holder> held_;
};

}  // namespace shearpin::inline v1
