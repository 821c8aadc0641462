// SPDX-License-Identifier: BSL-1.0
// What is wrong with a guard over several pools, found when it is compiled.
#pragma once

#include <shearpin/detail/selection.hpp>

namespace shearpin::inline v1::detail {

/// One entry of constant policies, as a constant policy of its own.
template <class Constant, std::size_t I> struct policy_entry {
    static constexpr const auto& get() noexcept { return Constant::get().template at<I>().rules; }
};

template <class Source, class World> struct several_pools_flaws {
    template <class Constant, std::size_t I = 0> static constexpr auto find_policy_flaw() {
        if constexpr (is_policy<Source>) {
            return policy_flaw<Constant>::find();
        } else if constexpr (I == Source::size) {
            using twice = typename decltype(find_twice<Constant, 0, 1>())::type;
            if constexpr (is_same<twice, void>)
                return find_never<Constant, 0>();
            else
                return tag<twice>{};
        } else {
            using clash = typename decltype(policy_flaw<policy_entry<Constant, I>>::template find_clash<
                                            0, 0>())::type;
            if constexpr (is_same<clash, void>)
                return find_policy_flaw<Constant, I + 1>();
            else
                return tag<clash>{};
        }
    }

    /// That nothing may ever go from one of several pools is a policy; of all of them it is none.
    template <class Constant, std::size_t I> static constexpr auto find_never() {
        if constexpr (I == Source::size) {
            return tag<void>{};
        } else {
            using flaw = typename decltype(policy_flaw<policy_entry<Constant, I>>::template find_never<
                                           0>())::type;
            if constexpr (is_same<flaw, void> || I + 1 == Source::size)
                return tag<flaw>{};
            else
                return find_never<Constant, I + 1>();
        }
    }

    template <class Policy, class Options, class Asked> static constexpr auto find_flaw() {
        if constexpr (!Asked::has_targets) {
            return tag<an_inventory_needs_targets_not_a_number<bare<World>>>{};
        } else {
            using target = typename Asked::target;
            using lacking = typename decltype(find_lacking<World, target>())::type;
            if constexpr (!is_same<lacking, void>) {
                return tag<lacking>{};
            } else if constexpr (!detail::speaks_of<Source, pool_of<World, target>>()) {
                return tag<no_policy_names_pools_of_this_type<pool_of<World, target>>>{};
            } else {
                using needs =
                    typename decltype(find_needs<
                                      Policy, Options,
                                      dates_states<World, pool_of<World, target>>>())::type;
                if constexpr (!is_same<needs, void>)
                    return tag<needs>{};
                else
                    return find_targets_flaw<Options, Asked>();
            }
        }
    }

    /// Which pools a batch touches is not known before it runs.
    template <class Policy, count Request> static constexpr auto find_batch_flaw() {
        return tag<void>{};
    }

private:
    template <class Constant, std::size_t I, std::size_t J> static constexpr auto find_twice() {
        if constexpr (I + 1 >= Source::size) {
            return tag<void>{};
        } else if constexpr (J == Source::size) {
            return find_twice<Constant, I + 1, I + 2>();
        } else {
            constexpr const auto& left = Constant::get().template at<I>().pool;
            constexpr const auto& right = Constant::get().template at<J>().pool;
            if constexpr (same_pool(left, right))
                return tag<two_policies_for_one_pool<I, J>>{};
            else
                return find_twice<Constant, I, J + 1>();
        }
    }

    template <class Policy, class Options, bool Dated, std::size_t I = 0>
    static constexpr auto find_needs() {
        if constexpr (!Policy::known) {
            return tag<void>{};
        } else if constexpr (is_policy<Source>) {
            return find_needs_flaw<Policy, Options, Dated>();
        } else if constexpr (I == Source::size) {
            return tag<void>{};
        } else {
            using flaw =
                typename decltype(find_needs_flaw<policy_entry<Policy, I>, Options, Dated>())::type;
            if constexpr (is_same<flaw, void>)
                return find_needs<Policy, Options, Dated, I + 1>();
            else
                return tag<flaw>{};
        }
    }
};

}  // namespace shearpin::inline v1::detail
