// SPDX-License-Identifier: BSL-1.0
// The names that some tutorials use, and no guard: compiled with this folder before include/, they
// are the same programs without one. For the size of a program with a guard and without.
#pragma once

#include <cstdint>
#include <exception>
#include <utility>

namespace shearpin {

using count = std::uint64_t;
struct pool {
    count size = 0;
    count available = 0;
};
struct removed {
    count amount = 0;
};

namespace literals {
constexpr int operator""_pct(unsigned long long percent) { return static_cast<int>(percent); }
}  // namespace literals

struct min_remaining {
    constexpr explicit min_remaining(int) {}
};
struct max_batch {
    constexpr explicit max_batch(int) {}
};
template <class... Rules> struct policy {
    constexpr explicit policy(const Rules&...) {}
};

struct removal_refused : std::exception {};
struct no_text {
    [[nodiscard]] const char* c_str() const { return ""; }
};
struct no_refusal {
    [[nodiscard]] no_text message() const { return {}; }
};
struct always_done {
    explicit operator bool() const { return true; }
    [[nodiscard]] no_refusal error() const { return {}; }
};

template <class Removal> class not_guarded {
public:
    explicit not_guarded(Removal wrapped) : removal_(std::move(wrapped)) {}
    template <class... Args> decltype(auto) operator()(Args&&... arguments) const {
        return removal_(std::forward<Args>(arguments)...);
    }
    template <class... Args> always_done try_call(Args&&... arguments) const {
        removal_(std::forward<Args>(arguments)...);
        return {};
    }
    template <class Count> not_guarded counting(const Count&) && { return std::move(*this); }
    not_guarded named(const char*) && { return std::move(*this); }

private:
    Removal removal_;
};
template <const auto&, class Removal, class World>
not_guarded<Removal> guard(Removal removal, const World&) {
    return not_guarded<Removal>(std::move(removal));
}

}  // namespace shearpin
