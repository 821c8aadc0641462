// SPDX-License-Identifier: BSL-1.0
#include "waves.hpp"

#include <shearpin/shearpin.hpp>

#include <utility>

#include "failure.hpp"
#include "ledger_file.hpp"

namespace fleet {

namespace {

using host_list = std::vector<std::string>;

/// A guard over the fleet, with its ledger where there is one.
template <class Guard, class F>
auto with_ledger(Guard guard, const std::shared_ptr<ledger_file>& ledger, F use) {
    if (ledger) return use(std::move(guard).with_ledger(ledger->removals()));
    return use(std::move(guard));
}

}  // namespace

shearpin::plan plan_removal(const fleet_files& fleet, const host_list& hosts, const said& words,
                            const pace& how, shearpin::place where) {
    const shearpin::plan_options options{.soak = how.soak, .ramp = how.ramp};
    return with_ledger(shearpin::guard(
                           fleet.policies.judged_by(), [](const host_list&) {}, fleet.hosts)
                           .with_clock(shearpin::wall_clock),
                       fleet.ledger, [&](const auto& remove) {
                           return words.to(remove).plan(hosts, options, where);
                       });
}

run_outcome remove_in_waves(live_fleet& fleet, const host_list& hosts, const said& words,
                            const run_request& asked, watch& told, shearpin::place where) {
    run_outcome outcome;
    // As for one removal: what is known to have removed nothing is no exception for the guard.
    const auto removal = [&](const host_list& admitted) {
        try {
            if (!told.trouble().empty())
                not_written(told.trouble() +
                            "; nothing more was removed, since nobody would know of it");
            outcome.not_durable = fleet.remove(admitted);
        } catch (const failure&) {
            outcome.failed = std::current_exception();
            return shearpin::removed{0};
        }
        return shearpin::removed{admitted.size()};
    };
    const auto is_over = [&] {
        return outcome.failed != nullptr || !outcome.not_durable.empty() ||
               !told.trouble().empty() || !told.unsettled().empty();
    };
    // Whatever is called here may take long, or call fleet itself.
    const auto healthy = [&](const shearpin::progress& so_far) {
        fleet.release();
        return is_over() || asked.healthy(so_far);
    };
    const auto on_progress = [&](const shearpin::progress& so_far) {
        fleet.release();
        asked.on_progress(so_far);
    };
    const auto stop = [&](const shearpin::progress& so_far) {
        fleet.release();
        return is_over() || asked.stop(so_far);
    };
    const auto is_gone = [&](shearpin::count place) {
        const std::string& name = hosts[place];
        // Asked first, since it reads the file anew: a host that is in no line is not known to be
        // gone.
        const bool is_there = fleet.contains(name);
        return !is_there && fleet.last_read().hosts.find(name) != nullptr;
    };
    const shearpin::wave_options options{.soak = asked.how.soak,
                                         .healthy = healthy,
                                         .on_progress = on_progress,
                                         .ramp = asked.how.ramp,
                                         .deadline = asked.deadline,
                                         .stop = stop,
                                         .look_again = asked.look_again,
                                         .is_gone = is_gone};
    const auto observer = [&](const shearpin::event& what) { told.tell(what); };
    outcome.report = with_ledger(
        shearpin::guard(live_fleet::policies(fleet), removal, fleet)
            .with_clock(shearpin::wall_clock)
            .with_observer(observer),
        fleet.ledger(), [&](const auto& guard) {
            const auto remove = words.to(guard);
            if (asked.only_what_may_go_now) return remove.as_many_as_may_go(hosts, where);
            if (asked.approved != nullptr)
                return remove.apply(*asked.approved, hosts, options, where);
            if (asked.resumes.empty()) return remove.in_waves(hosts, options, where);
            if constexpr (std::remove_cvref_t<decltype(guard)>::options_type::ledger_type::given)
                return remove.resume(asked.resumes, hosts, options, where);
            else
                bad_input("to go on with a run, its ledger is needed: give --ledger FILE");
        });
    fleet.release();
    return outcome;
}

}  // namespace fleet
