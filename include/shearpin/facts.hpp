// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/pool.hpp>
#include <shearpin/time.hpp>

namespace shearpin::inline v1 {

class history;        // history.hpp: what a ledger remembers of one pool
struct request;       // request.hpp: what the person says beside the selection
class lifted_limits;  // override.hpp: limits that are lifted once, by name

/// All that a rule may look at. How much is asked for is not among it: a limit that saw the request
/// would not be monotone (if 5 may go, 4 may).
struct facts {
    shearpin::pool pool{};     ///< what is there, judged as if all that is leaving had left
    time_point now{};          ///< unknown unless the guard has a clock
    time_point observed_at{};  ///< unknown unless the world says when it looked
    bool complete = true;      ///< false when the world says that it did not see everything
    count leaving = 0;         ///< what others are removing, taken off `pool.available` already
    const shearpin::history* history = nullptr;  ///< null where the guard has no ledger
    const shearpin::request* request = nullptr;  ///< null where nobody said anything
    bool past_the_ledger =
        false;  ///< the ledger is left out, by name: rules that need it are silent
    const shearpin::lifted_limits* lifted = nullptr;  ///< null where nothing is overridden
};

/// What a rule's limit is compared with.
enum class measure : unsigned char {
    serving,  ///< the amount of the targets that serve now; broken ones are free
    amount,   ///< the amount of all of them
    heads,    ///< how many targets
    pools,    ///< how many pools the removal touches; the same for each of them
};

/// One removal in the three measures. Where every target counts one and serves, they are equal.
struct amounts {
    count serving = 0;  ///< of the targets that serve now
    count amount = 0;   ///< of all of them
    count heads = 0;    ///< how many targets
    count pools = 1;    ///< of the whole removal; never summed

    [[nodiscard]] constexpr const count& operator[](measure which) const noexcept {
        return which == measure::serving  ? serving
               : which == measure::amount ? amount
               : which == measure::heads  ? heads
                                          : pools;
    }
    [[nodiscard]] constexpr count& operator[](measure which) noexcept {
        return which == measure::serving  ? serving
               : which == measure::amount ? amount
               : which == measure::heads  ? heads
                                          : pools;
    }
    /// So many targets of one pool, each of which counts one and serves.
    [[nodiscard]] static constexpr amounts of(count number) noexcept {
        return {number, number, number, 1};
    }
    /// Without the number of pools, which is no amount.
    constexpr amounts& operator+=(const amounts& more) noexcept {
        serving = detail::plus(serving, more.serving);
        amount = detail::plus(amount, more.amount);
        heads = detail::plus(heads, more.heads);
        return *this;
    }
    friend constexpr bool operator==(const amounts&, const amounts&) noexcept = default;
};

/// What a rule must be given beside the pool. A policy with a rule that needs what its guard does
/// not have does not compile.
enum class need : unsigned char {
    nothing = 0,           ///< no more than the pool
    clock = 1,             ///< the time
    observation_time = 2,  ///< a world that returns an `observation`
    history = 4,           ///< a ledger
    request = 8,           ///< what the person says; a guard always can ask, so it always compiles
};
/// Both needs.
constexpr need operator|(need left, need right) noexcept {
    return static_cast<need>(static_cast<unsigned char>(left) | static_cast<unsigned char>(right));
}
/// Whether one of several needs is this.
constexpr bool includes(need all, need one) noexcept {
    return (static_cast<unsigned char>(all) & static_cast<unsigned char>(one)) != 0;
}

}  // namespace shearpin::inline v1
