// SPDX-License-Identifier: BSL-1.0
// What happens in a guarded call.
#pragma once

#include <shearpin/detail/guard_flaws.hpp>
#include <shearpin/detail/guard_options.hpp>
#include <shearpin/detail/one_pool.hpp>
#include <shearpin/detail/wave_site.hpp>
#include <shearpin/result.hpp>

namespace shearpin::inline v1::detail {

/// A call that has all it needs in itself: nobody said anything, there is no ledger, nobody to
/// tell, and what is refused is refused.
template <class Options, class Said>
concept plain_call = !Said::any && !Options::ledger_type::given && !Options::observer_type::given &&
                     !Options::mode_type::shadow;

/// What a call answers.
template <calling How, class Returned, class Options> struct answer_for {
    using type = result_of<Returned>;
};
template <class Returned, class Options> struct answer_for<calling::directly, Returned, Options> {
    using type = Returned;
};
template <class Returned, class Options>  // in reservation.hpp
struct answer_for<calling::reserving, Returned, Options>;

/// Nothing has to be done after the removal.
struct nothing_open {
    static constexpr bool given = false;
};

/// The parts of a guard, and what it does with them.
template <class Policy, class Removal, class World, class Options> class performing {
protected:
    using judge = detail::judge<typename Policy::type, bare_reference<World>>;

    constexpr performing(Policy judged_by, Removal wrapped, kept<World> view, Options chosen)
        : policy_(static_cast<Policy&&>(judged_by)),
          removal_(static_cast<Removal&&>(wrapped)),
          world_(static_cast<kept<World>&&>(view)),
          options_(static_cast<Options&&>(chosen)) {}

    template <calling How, class Said, class... Args>
    decltype(auto) perform(const Said& said, place here, Args&&... arguments) const {
        if constexpr (plain_call<Options, Said>)
            return perform_plainly<How>(here, static_cast<Args&&>(arguments)...);
        else
            return perform_fully<How>(said, here, static_cast<Args&&>(arguments)...);
    }

    template <calling How, class... Args>
    decltype(auto) perform_plainly(place here, Args&&... arguments) const {
        const auto asked = options_.counter(arguments...);
        const auto seen =
            judge::observe(policy_.get(), world_.get(), options_, asked, nothing_said{});
        using asked_type = bare<decltype(asked)>;
        using seen_type = bare<decltype(seen)>;
        const bool admitted = judge::admits(policy_.get(), options_, seen, asked);
        if constexpr (How == calling::checking) {
            if (admitted) return decision();
            return refused<How, decision, seen_type, asked_type>(seen, asked, here.file(),
                                                                 here.line(), here.function());
        } else {
            using answered = answer_of<How, Args...>;
            if (!admitted) [[unlikely]]
                return refused<How, answered, seen_type, asked_type>(seen, asked, here.file(),
                                                                     here.line(), here.function());
            return hand_over<How, answered>(asked, here, nothing_open{},
                                            static_cast<Args&&>(arguments)...);
        }
    }

    /// The same with a ledger, a request, an observer or in shadow; in performing_fully.hpp.
    template <calling How, class Said, class... Args>
    decltype(auto) perform_fully(const Said& said, place here, Args&&... arguments) const;
    template <class Answered, class Asked, class Verdict, class Open, class... Args>
    Answered start(const Asked& asked, place here, const Verdict& found, Open& open,
                   Args&&... arguments) const;
    template <class Said, class Asked>
    auto decider(const Said& said, const Asked& asked, place here) const;

    /// What the world and the ledger say now, and a plan that is made of it; in foreseeing.hpp.
    template <class Said, class Asked, class Flawed, class Then>
    void foresee(const Said& said, const Asked& asked, place here, bool as_a_whole, Flawed flawed,
                 Then then) const;
    template <class Said, class Asked>
    auto make_plan(const Said& said, const Asked& asked, const plan_options* how, place here,
                   bool as_a_whole = true) const;
    template <class List> auto plan_at(List& targets, const plan_options* how, place here) const {
        return make_plan(nothing_said{}, read_asked(targets), how, here);
    }
    /// A run in waves; in wave_run.hpp.
    template <class Said, class List>
    auto run_waves(const Said& said, const List& targets, const run_terms& terms, place here) const;
    template <class List>
    auto run_at(const List& targets, const run_terms& terms, place here) const {
        return run_waves(nothing_said{}, targets, terms, here);
    }

    template <calling How, class... Args>
    using answer_of =
        typename answer_for<How, returned_by<Policy, Removal, Args...>, Options>::type;

    /// Calls the removal of an admitted call, with a permit where it takes one.
    template <calling How, class Answered, class Asked, class Open, class... Args>
    Answered hand_over(const Asked& asked, place here, Open&& open, Args&&... arguments) const {
        if constexpr (takes_permit<Policy, Removal, Args...>) {
            const permit_desk<Policy::constant> desk(asked, amounts::of(asked.heads()));
            if (!desk.has_memory()) {
                if constexpr (bare<Open>::given) open.nothing_removed();
                return no_permit<How, Answered>(asked.heads(), here);
            }
            if constexpr (bare<Open>::given) open.told_by_permit(desk);
            return remove<How, Answered>(asked.heads(), here, open, desk.issue(),
                                         hand_on<Args>(arguments)...);
        } else {
            return remove<How, Answered>(asked.heads(), here, open, hand_on<Args>(arguments)...);
        }
    }

    /// The reasons, out of the way of the calls that are admitted. Facts go by value: an address
    /// would keep them out of the registers there. The place goes in its parts: whole, it would be
    /// written to the stack by clang in every call that is admitted.
    template <calling How, class Answered, class Seen, class Asked>
    [[gnu::cold, gnu::noinline]] Answered refused(passed<Seen> seen, passed<Asked> asked,
                                                  const char* file_name, unsigned line_number,
                                                  const char* function_name) const {
        const auto make = [&] {
            auto found = judge::refuse(policy_.get(), options_, seen, asked,
                                       place::here(file_name, line_number, function_name));
            if constexpr (is_same<decltype(found), refusal>)
                return found;  // as it is, without a copy
            else
                return refusal(judge::finish(found, world_.get(), asked));
        };
        if constexpr (How == calling::directly)
            return options_.response.template refuse<Answered>(make());
        else
            return Answered(as_refused{}, make);
    }

    /// Answers a direct call by the response, and others with the refusal itself.
    template <calling How, class Answered> Answered refuse(const refusal& reasons) const {
        if constexpr (How == calling::directly)
            return options_.response.template refuse<Answered>(reasons);
        else
            return reasons;
    }

    template <calling How, class Answered>
    [[gnu::cold, gnu::noinline]] Answered no_permit(count asked, place here) const {
        refusal why(here, asked);
        why.found().add({checks::no_memory{}, {}, 0, asked});
        return refuse<How, Answered>(why);
    }
    template <calling How, class Answered>
    [[gnu::cold, gnu::noinline]] Answered too_much(count admitted, count told, place here) const {
        const bool is_amount = told <= largest_count;
        refusal why(here, admitted,
                    is_amount ? refusal::aftermath::too_much_removed
                              : refusal::aftermath::how_much_is_unknown);
        why.found().add({checks::removed_too_much(admitted, told), {}, admitted, told});
        return refuse<How, Answered>(why);
    }

    template <calling How, class Answered, class Returned>
    static Answered answer_with(Returned&& outcome) {
        if constexpr (How == calling::trying)
            return Answered(as_returned{}, static_cast<Returned&&>(outcome));
        else
            return static_cast<Returned&&>(outcome);
    }

    /// Calls the removal, and compares what it tells with what was admitted.
    template <calling How, class Answered, class Open, class... Args>
    Answered remove(count admitted, place here, Open& open, Args&&... arguments) const {
        using returned = decltype(detail::call(removal_, static_cast<Args&&>(arguments)...));
        if constexpr (Options::told_type::template tells<returned>) {
            returned outcome = detail::call(removal_, static_cast<Args&&>(arguments)...);
            const count told = options_.told.told(outcome);
            if constexpr (Open::given) {
                if (told > largest_count)
                    open.in_doubt();
                else
                    open.removed(told);
            }
            if (told > admitted) [[unlikely]]
                return too_much<How, Answered>(admitted, told, here);
            return answer_with<How, Answered>(static_cast<returned&&>(outcome));
        } else if constexpr (is_same<returned, void>) {
            detail::call(removal_, static_cast<Args&&>(arguments)...);
            if constexpr (Open::given) open.removed();
            if constexpr (How == calling::trying) return {};
        } else if constexpr (Open::given) {
            returned outcome = detail::call(removal_, static_cast<Args&&>(arguments)...);
            open.removed();
            return answer_with<How, Answered>(static_cast<returned&&>(outcome));
        } else if constexpr (How == calling::trying) {
            return Answered(as_returned{},
                            detail::call(removal_, static_cast<Args&&>(arguments)...));
        } else {
            return detail::call(removal_, static_cast<Args&&>(arguments)...);
        }
    }

    [[no_unique_address]] Policy policy_;
    [[no_unique_address]] mutable Removal removal_;
    kept<World> world_;
    [[no_unique_address]] Options options_;
};

}  // namespace shearpin::inline v1::detail
