// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/clock.hpp>
#include <shearpin/detail/distinct.hpp>
#include <shearpin/removed.hpp>
#include <shearpin/respond.hpp>
#include <shearpin/targets.hpp>

namespace shearpin::inline v1::detail {

/// All that can be chosen of a guard beside its policy, its removal and its world. The functions
/// make the options with one of them replaced.
template <class Clock, class Counter, class Distinct, class Response, class Told>
struct guard_options {
    using clock_type = Clock;
    using counter_type = Counter;
    using distinct_type = Distinct;
    using response_type = Response;
    using told_type = Told;

    [[no_unique_address]] Clock clock;
    [[no_unique_address]] Counter counter;
    [[no_unique_address]] Distinct distinct;
    [[no_unique_address]] Response response;
    [[no_unique_address]] Told told;
    text_view pool_name;

    template <class C>
    constexpr guard_options<C, Counter, Distinct, Response, Told> clocked(C chosen) && {
        return {chosen,
                static_cast<Counter&&>(counter),
                static_cast<Distinct&&>(distinct),
                static_cast<Response&&>(response),
                static_cast<Told&&>(told),
                pool_name};
    }
    template <class C>
    constexpr guard_options<Clock, C, Distinct, Response, Told> counted(C chosen) && {
        return {clock,
                static_cast<C&&>(chosen),
                static_cast<Distinct&&>(distinct),
                static_cast<Response&&>(response),
                static_cast<Told&&>(told),
                pool_name};
    }
    template <class D>
    constexpr guard_options<Clock, Counter, D, Response, Told> told_apart(D chosen) && {
        return {clock,
                static_cast<Counter&&>(counter),
                static_cast<D&&>(chosen),
                static_cast<Response&&>(response),
                static_cast<Told&&>(told),
                pool_name};
    }
    template <class R>
    constexpr guard_options<Clock, Counter, Distinct, R, Told> responding(R chosen) && {
        return {clock,
                static_cast<Counter&&>(counter),
                static_cast<Distinct&&>(distinct),
                static_cast<R&&>(chosen),
                static_cast<Told&&>(told),
                pool_name};
    }
    template <class T>
    constexpr guard_options<Clock, Counter, Distinct, Response, T> telling(T chosen) && {
        return {clock,
                static_cast<Counter&&>(counter),
                static_cast<Distinct&&>(distinct),
                static_cast<Response&&>(response),
                static_cast<T&&>(chosen),
                pool_name};
    }
};

template <class Response>
using default_options =
    guard_options<no_clock, counts_arguments, by_order, Response, told_by_result>;

}  // namespace shearpin::inline v1::detail
