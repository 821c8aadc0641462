// SPDX-License-Identifier: BSL-1.0
// Calls in which a person says something beside the selection.
#pragma once

#include <shearpin/detail/performing_fully.hpp>
#include <shearpin/guard.hpp>
#include <shearpin/override.hpp>
#include <shearpin/request.hpp>

namespace shearpin::inline v1::detail {

/// What `asking` returns: the guard, with what was said. It has the calls of a guard. It refers to
/// the guard and owns a copy of the request; an expected list is referred to.
template <class Guard, class Said>
class [[nodiscard("nothing is removed until it is called")]] asking_guard
    : public call_site<asking_guard<Guard, Said>>,
      public reserve_site<asking_guard<Guard, Said>, Guard::options_type::ledger_type::given>,
      public wave_site<asking_guard<Guard, Said>> {
public:
    asking_guard(const Guard& judged_by, const request& what_is_said)
        : guard_(&judged_by), words_(what_is_said) {}

    /// With an override, which this call uses up if it needs it. It is referred to. At most four; a
    /// fifth lifts nothing, and the refusal says so.
    [[nodiscard]] asking_guard overriding(const override_grant& lift) const {
        asking_guard with_it(*this);
        if (with_it.number_ != lifted_limits::room)
            with_it.grants_[with_it.number_++] = &lift;
        else
            with_it.beyond_ = &lift;
        return with_it;
    }
    template <class... None>
    the_override_is_a_temporary_give_it_a_name_first<None...> overriding(
        const override_grant&& temporary) const;

    template <calling How, class... Args> static constexpr auto find_flaw() {
        if constexpr (Said::past_the_ledger)
            return Guard::template find_bypass_flaw<How, Args...>();
        else
            return Guard::template find_flaw<How, Args...>();
    }

    template <class List> static constexpr auto find_all_flaw() {
        if constexpr (Said::past_the_ledger)
            return tag<waves_need_the_ledger<>>{};
        else
            return Guard::template find_all_flaw<List>();
    }
    using options_type = typename Guard::options_type;

private:
    friend class call_site<asking_guard>;
    template <class G, bool HasLedger> friend class reserve_site;
    friend class wave_site<asking_guard>;

    template <calling How, class... Args>
    decltype(auto) call_at(place here, Args&&... arguments) const {
        return guard_->template call_saying<How>(said(), here, static_cast<Args&&>(arguments)...);
    }
    template <class List> auto plan_at(List& targets, const plan_options* how, place here) const {
        return guard_->make_plan(said(), detail::read_asked(targets), how, here);
    }
    template <class List>
    auto run_at(const List& targets, const run_terms& terms, place here) const {
        return guard_->run_waves(said(), targets, terms, here);
    }
    [[nodiscard]] Said said() const noexcept {
        Said said;
        said.words = &words_;
        said.grants = grants_;
        said.grants_number = number_;
        said.beyond = beyond_;
        return said;
    }

    const Guard* guard_;
    request words_;
    const override_grant* grants_[lifted_limits::room] = {};
    std::size_t number_ = 0;
    const override_grant* beyond_ = nullptr;
};

}  // namespace shearpin::inline v1::detail
