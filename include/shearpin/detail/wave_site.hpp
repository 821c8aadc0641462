// SPDX-License-Identifier: BSL-1.0
// The calls of a guard for removals that are larger than its policy allows at once. All of them
// take a number, or a list of all targets, in the order in which they are to go. They need what
// shearpin.hpp brings: plan.hpp and waves.hpp.
#pragma once

#include <shearpin/detail/call_site.hpp>
#include <shearpin/text.hpp>

namespace shearpin::inline v1 {
class plan;  // in plan.hpp
struct plan_options;
struct fingerprint;
struct wave_options;  // in waves.hpp
}  // namespace shearpin::inline v1

namespace shearpin::inline v1::detail {

/// What is said to a run.
struct run_terms {
    const wave_options* how = nullptr;       ///< null: one wave, and no questions
    const plan* approved = nullptr;          ///< the plan that it is to keep to,
    const fingerprint* made_from = nullptr;  ///< or what that was made from
    text_view resumes{};                     ///< the run that it goes on with
};

template <class Guard, class Policy, class Removal, class Options, class List>
constexpr auto find_waves_flaw();  // in wave_flaws.hpp
template <class Options, class List> constexpr auto find_resuming_flaw();
/// What is wrong with a plan or a run of these targets: void, or a type that is never defined.
template <class Guard, class List>
using waves_flaw = typename decltype(Guard::template find_all_flaw<List>())::type;
template <class Guard, class List>
concept sound_waves = is_same<waves_flaw<Guard, List>, void>;
/// The same of taking up a run of them again.
template <class Guard, class List>
using resume_flaw =
    typename decltype(find_resuming_flaw<typename Guard::options_type, List>())::type;
template <class Guard, class List>
concept sound_resume = is_same<resume_flaw<Guard, List>, void>;
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

    /// Removes all of it, in waves; see waves.hpp. Each wave is a call of this guard, judged on the
    /// world and the ledger as they are then; after it comes a soak, and a look at the health. It
    /// ends where the health is bad, the removal throws, waiting does not help, or somebody says
    /// stop; and says what is done, what is left and why it ended. Waits by the guard's clock, in
    /// this thread.
    ///
    /// What is wrong with the selection is found before the first wave, and then nothing is
    /// removed. That not all of it may ever go is not: look at plan(targets).complete() first.
    template <class List, class Self = Guard>
        requires sound_waves<Self, List>
    auto in_waves(List&& all_targets, const wave_options& how,
                  place call_place = place::here()) const {
        return self<Self>().run_at(all_targets, {.how = &how}, call_place);
    }
    template <class List, class Self = Guard, class Flaw = waves_flaw<Self, List>>
        requires flawed_waves<Self, List>
    Flaw in_waves(List&& all_targets, const wave_options& how) const;

    /// The same, if all that this plan was made from is still so: the targets, the rules and how
    /// the pools stand. If not, nothing is removed, and the report names what has changed. A plan
    /// that was approved elsewhere is given by what it was made from: fingerprint::parse(text).
    template <class List, class Self = Guard>
        requires sound_waves<Self, List>
    auto apply(const shearpin::plan& approved, List&& all_targets, const wave_options& how,
               place call_place = place::here()) const {
        return self<Self>().run_at(all_targets, {.how = &how, .approved = &approved}, call_place);
    }
    template <class List, class Self = Guard>
        requires sound_waves<Self, List>
    auto apply(const fingerprint& approved, List&& all_targets, const wave_options& how,
               place call_place = place::here()) const {
        return self<Self>().run_at(all_targets, {.how = &how, .made_from = &approved}, call_place);
    }
    template <class Approved, class List, class Self = Guard, class Flaw = waves_flaw<Self, List>>
        requires flawed_waves<Self, List>
    Flaw apply(const Approved& approved, List&& all_targets, const wave_options& how) const;

    /// Goes on with a run that was ended, by whatever: with all of its targets, as they were given
    /// to it, and its name, report.run(), or the text of the fingerprint of its plan, which is its
    /// last run. What it has removed, as the ledger remembers, is skipped. Where it is not
    /// known how one of its waves ended, nothing is removed and the report lists those: find out,
    /// say it by ledger.resolve(...), and resume it again.
    template <class List, class Self = Guard>
        requires sound_waves<Self, List> && sound_resume<Self, List>
    auto resume(text_view run, List&& all_targets, const wave_options& how,
                place call_place = place::here()) const {
        return self<Self>().run_at(all_targets, {.how = &how, .resumes = run}, call_place);
    }
    template <class List, class Self = Guard, class Flaw = waves_flaw<Self, List>>
        requires flawed_waves<Self, List>
    Flaw resume(text_view run, List&& all_targets, const wave_options& how) const;
    template <class List, class Self = Guard, class Flaw = resume_flaw<Self, List>>
        requires sound_waves<Self, List> && (!sound_resume<Self, List>)
    Flaw resume(text_view run, List&& all_targets, const wave_options& how) const;

    /// Removes as many from the front as may go at this moment in one call, and leaves the others.
    /// By its own name: a call removes all that it is asked for, or nothing.
    template <class List, class Self = Guard>
        requires sound_waves<Self, List>
    auto as_many_as_may_go(List&& all_targets, place call_place = place::here()) const {
        return self<Self>().run_at(all_targets, {}, call_place);
    }
    template <class List, class Self = Guard, class Flaw = waves_flaw<Self, List>>
        requires flawed_waves<Self, List>
    Flaw as_many_as_may_go(List&& all_targets) const;

private:
    template <class Self> [[nodiscard]] constexpr const Self& self() const noexcept {
        return static_cast<const Self&>(*this);
    }
};

}  // namespace shearpin::inline v1::detail
