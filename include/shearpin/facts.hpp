// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/pool.hpp>
#include <shearpin/time.hpp>

namespace shearpin::inline v1 {

/// All that a rule may look at. How much is asked for is not among it: a limit that saw the request
/// would not be monotone (if 5 may go, 4 may).
struct facts {
    shearpin::pool pool{};     ///< what is there, judged as if all that is leaving had left
    time_point now{};          ///< unknown unless the guard has a clock
    time_point observed_at{};  ///< unknown unless the world says when it looked
    bool complete = true;      ///< false when the world says that it did not see everything
};

/// What a rule's limit is compared with.
enum class measure : unsigned char {
    serving,  ///< the amount of the targets that serve now; broken ones are free
    amount,   ///< the amount of all of them
    heads,    ///< how many targets
};

/// One removal in the three measures. Where every target counts one and serves, they are equal.
struct amounts {
    count serving = 0;
    count amount = 0;
    count heads = 0;

    [[nodiscard]] constexpr count operator[](measure which) const noexcept {
        return which == measure::serving ? serving : which == measure::amount ? amount : heads;
    }
    [[nodiscard]] static constexpr amounts of(count number) noexcept {
        return {number, number, number};
    }
};

/// What a rule must be given beside the pool. A policy with a rule that needs what its guard does
/// not have does not compile.
enum class need : unsigned char {
    nothing = 0,
    clock = 1,             ///< the time
    observation_time = 2,  ///< a world that returns an `observation`
};
constexpr need operator|(need left, need right) noexcept {
    return static_cast<need>(static_cast<unsigned char>(left) | static_cast<unsigned char>(right));
}
constexpr bool includes(need all, need one) noexcept {
    return (static_cast<unsigned char>(all) & static_cast<unsigned char>(one)) != 0;
}

}  // namespace shearpin::inline v1
