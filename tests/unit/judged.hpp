// SPDX-License-Identifier: BSL-1.0
// Compares a rule, and the policy of that rule alone, with what the oracle says of it.
#pragma once

#include <shearpin/policy.hpp>

#include "oracle.hpp"
#include "support.hpp"

#include <array>
#include <random>
#include <string>

namespace judged {

/// Numbers of every length, and often those at which something could happen.
class numbers {
public:
    explicit numbers(std::uint64_t seed) : random_(seed) {}

    std::uint64_t any() {
        constexpr std::uint64_t edges[] = {0,
                                           std::uint64_t{1} << 31,
                                           std::uint64_t{1} << 32,
                                           oracle::largest / 2,
                                           oracle::largest,
                                           oracle::no_limit};
        const std::uint64_t choice = random_();
        // Near an edge, on either side of it; from 0 down is from 2^64 down.
        if (choice % 4 == 0) return edges[choice / 4 % 6] + random_() % 7 - 3;
        return random_() >> (choice / 4 % 64);
    }
    std::uint64_t up_to(std::uint64_t most) {
        return most == oracle::no_limit ? random_() : random_() % (most + 1);
    }
    /// Mostly what is below 2^63, sometimes what is not believed.
    std::uint64_t size() {
        const std::uint64_t number = any();
        return up_to(15) == 0 ? number : number & oracle::largest;
    }
    /// Mostly a bit less than the size.
    oracle::world world() {
        const std::uint64_t of_size = size();
        switch (up_to(4)) {
            case 0:
                return {of_size, size()};
            case 1:
                return {of_size, of_size};
            case 2:
                return {of_size, of_size - up_to(of_size < 9 ? of_size : 9)};
            default:
                return {of_size, up_to(of_size)};
        }
    }
    oracle::share share() {
        const std::uint64_t under = (random_() & 0xffff'ffff) >> up_to(31) | 1;
        switch (up_to(3)) {
            case 0:
                return {under - up_to(under < 3 ? under : 3), under};
            case 1:
                return {up_to(under < 3 ? under : 3), under};
            default:
                return {up_to(under), under};
        }
    }

private:
    std::mt19937_64 random_;
};

inline std::string text(oracle::world seen) {
    return std::to_string(seen.available) + " of " + std::to_string(seen.size);
}

/// What is different for this rule and this pool, or nothing: its limit, what is admitted of the
/// amounts that are asked, and the most that may go.
template <class R, class Requests>
std::string difference(const R& rule, oracle::world seen, oracle::u64 expected,
                       const Requests& requests) {
    const shearpin::facts known{.pool = {seen.size, seen.available}};
    const auto told = [&](const char* what, oracle::u64 number) {
        return support::told([&](shearpin::writer& out) { shearpin::detail::spell(rule, out); }) +
               ", " + text(seen) + ", expected " + std::to_string(expected) + ", " + what + " " +
               std::to_string(number);
    };
    if (rule.limit(known) != expected) return told("limit", rule.limit(known));
    if (shearpin::detail::at_best(rule, known) < expected)
        return told("at best", shearpin::detail::at_best(rule, known));
    const shearpin::policy rules{rule};
    const bool believed = seen.size <= oracle::largest && seen.available <= oracle::largest;
    const oracle::u64 most =
        !believed ? 0 : (expected < seen.available ? expected : seen.available);
    if (rules.max_removable(known) != most)
        return told("most that may go", rules.max_removable(known));
    for (const oracle::u64 asked : requests) {
        const bool answer = rules.admits(known.pool, asked);
        if (answer != oracle::admits(seen, expected, asked)) return told("asked", asked);
        // If this much may go, then one less may.
        if (answer && asked > 1 && !rules.admits(known.pool, asked - 1))
            return told("not monotone at", asked);
    }
    return {};
}

/// At, below and above the limit, at zero, at all that there is, and at the ends of the integers.
inline std::array<oracle::u64, 13> edges(oracle::world seen, oracle::u64 expected,
                                         numbers& random) {
    return {0,
            1,
            2,
            expected - 1,
            expected,
            expected + 1,
            seen.available,
            seen.available + 1,
            random.any(),
            oracle::largest,
            oracle::largest + 1,
            oracle::no_limit - 1,
            oracle::no_limit};
}

/// 0, 1, ... `last`.
class all_up_to {
public:
    explicit constexpr all_up_to(oracle::u64 last) : last_(last) {}
    struct iterator {
        oracle::u64 at;
        constexpr oracle::u64 operator*() const { return at; }
        constexpr iterator& operator++() {
            ++at;
            return *this;
        }
        constexpr bool operator!=(const iterator& other) const { return at != other.at; }
    };
    constexpr iterator begin() const { return {0}; }
    constexpr iterator end() const { return {last_ + 1}; }

private:
    oracle::u64 last_;
};

}  // namespace judged
