// SPDX-License-Identifier: BSL-1.0
// The calls of a guard for removals that are larger than its policy allows at once. All of them
// take a number, or a list of all targets, in the order in which they are to go. They need what
// shearpin.hpp brings: plan.hpp and waves.hpp.
#pragma once

#include <shearpin/detail/call_site.hpp>

namespace shearpin::inline v1 {
struct plan_options;  // in plan.hpp
}  // namespace shearpin::inline v1

namespace shearpin::inline v1::detail {

template <class Policy, class Removal, class World, class Options, class List>
constexpr auto find_waves_flaw();  // in wave_flaws.hpp
/// What is wrong with a plan or a run of these targets: void, or a type that is never defined.
template <class Guard, class List>
using waves_flaw = typename decltype(Guard::template find_all_flaw<List>())::type;
template <class Guard, class List>
concept sound_waves = is_same<waves_flaw<Guard, List>, void>;
template <class Guard, class List>
concept flawed_waves = !is_same<waves_flaw<Guard, List>, void>;

// As for the calls, each comes twice: for what is sound, and for what is flawed, where the type
// that it returns is the compiler's message. Self is Guard, looked into at the call only.
template <class Guard> class wave_site {
public:
    /// How all of it would go, and when; see plan.hpp. Nothing is removed and nothing reserved.
    template <class List, class Self = Guard>
        requires sound_waves<Self, List>
    [[nodiscard]] auto plan(List&& all_targets, place call_place = place::here()) const {
        return self<Self>().plan_at(all_targets, nullptr, call_place);
    }
    /// The same with a soak or a ramp: remove.plan(hosts, {.soak = 5min, .ramp = {1, 10_pct}}).
    template <class List, class Self = Guard>
        requires sound_waves<Self, List>
    [[nodiscard]] auto plan(List&& all_targets, const plan_options& how,
                            place call_place = place::here()) const {
        return self<Self>().plan_at(all_targets, &how, call_place);
    }
    template <class List, class Self = Guard, class Flaw = waves_flaw<Self, List>>
        requires flawed_waves<Self, List>
    Flaw plan(List&& all_targets) const;
    template <class List, class Self = Guard, class Flaw = waves_flaw<Self, List>>
        requires flawed_waves<Self, List>
    Flaw plan(List&& all_targets, const plan_options& how) const;

private:
    template <class Self> [[nodiscard]] constexpr const Self& self() const noexcept {
        return static_cast<const Self&>(*this);
    }
};

}  // namespace shearpin::inline v1::detail
