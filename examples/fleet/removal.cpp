// SPDX-License-Identifier: BSL-1.0
#include "removal.hpp"

#include <shearpin/shearpin.hpp>

#include <exception>

#include "failure.hpp"
#include "ledger_file.hpp"
#include "removed_mark.hpp"

namespace fleet {

namespace {

/// Calls `use` with the guard over the fleet: the policies of its pools, judged on its inventory
/// and, where there is one, on its ledger.
template <class Removal, class F>
auto with_guard(const fleet_files& fleet, Removal removal, F use) {
    auto guarded = shearpin::guard(fleet.policies.judged_by(), std::move(removal), fleet.hosts)
                       .with_clock(shearpin::wall_clock);
    if (fleet.ledger) return use(std::move(guarded).with_ledger(fleet.ledger->removals()));
    return use(std::move(guarded));
}

}  // namespace

shearpin::decision check_removal(const fleet_files& fleet, const std::vector<std::string>& hosts,
                                 const said& words, shearpin::place where) {
    return with_guard(
        fleet, [](const std::vector<std::string>&) {},
        [&](const auto& remove) { return words.to(remove).check(hosts, where); });
}

shearpin::result<shearpin::removed> remove_hosts(locked_file& file, const fleet_files& fleet,
                                                 const std::vector<std::string>& hosts,
                                                 const said& words, watch& told,
                                                 shearpin::place where) {
    // A failure of which it is known whether anything was removed is no exception for the guard:
    // it would be in doubt on the ledger, and count until a person resolves it.
    std::exception_ptr failed;
    std::string not_durable;
    const auto removal = [&](const std::vector<std::string>& admitted) {
        try {
            if (!told.trouble().empty())
                not_written(told.trouble() +
                            "; nothing was removed, since nobody would know of it");
            not_durable = file.replace(mark_removed(fleet, admitted));
        } catch (const failure&) {
            failed = std::current_exception();
            return shearpin::removed{0};
        }
        return shearpin::removed{admitted.size()};
    };
    const auto observer = [&](const shearpin::event& what) { told.tell(what); };
    auto outcome = with_guard(fleet, removal, [&](auto guarded) {
        auto remove = std::move(guarded).with_observer(observer);
        if (!words.in_shadow()) return words.to(remove).try_call(hosts, where);
        const auto only_tell = std::move(remove).in_shadow(words.shadow_until());
        return words.to(only_tell).try_call(hosts, where);
    });
    if (failed) std::rethrow_exception(failed);
    if (!not_durable.empty()) not_written(not_durable);
    return outcome;
}

}  // namespace fleet
