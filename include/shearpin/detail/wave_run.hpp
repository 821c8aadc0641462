// SPDX-License-Identifier: BSL-1.0
// A guard's run in waves: what it begins with, and each wave as a call of the guard.
#pragma once

#include <shearpin/detail/foreseeing.hpp>
#include <shearpin/detail/run_record.hpp>
#include <shearpin/detail/wave_runner.hpp>

namespace shearpin::inline v1::detail {

/// What has changed since a plan was made, for who asks why it is not applied.
template <class = when_used>
void add_changes(const fingerprint& then, const plan& now, const plan* approved, run_state& told) {
    const fingerprint today = now.made_from();
    if (!today.given()) {
        told.changed("the targets have no names, so nobody can tell whether they are the same");
        return;
    }
    if (!then.given()) {
        told.changed(
            "the plan does not say which targets it is of: it was refused, or they have no names");
        return;
    }
    if (then.targets != today.targets) {
        told.changed("the targets: others than in the plan, or in another order");
        return;  // what they serve is then another thing, too
    }
    if (then.policy != today.policy)
        told.changed("the policy: its rules are not those of the plan");
    if (then.pools == today.pools) return;
    if (approved == nullptr) {
        told.changed("the pools: their names, sizes or how much is available");
        return;
    }
    const auto spell = [](const planned_pool& pool) {
        return std::to_string(pool.there.available) + " of " + std::to_string(pool.there.size);
    };
    for (const planned_pool& each : now.pools()) {
        const planned_pool* before = nullptr;
        for (const planned_pool& other : approved->pools())
            if (other.name == each.name) before = &other;
        const std::string name = each.name.empty() ? "the pool: " : "pool " + each.name + ": ";
        if (before == nullptr)
            told.changed(name + "not in the plan");
        else if (*before != each)
            told.changed(name + spell(*before) + " served when it was planned, " + spell(each) +
                         " do now");
    }
    for (const planned_pool& before : approved->pools()) {
        bool found = false;
        for (const planned_pool& each : now.pools()) found = found || each.name == before.name;
        if (!found) told.changed("pool " + before.name + ": in the plan, and not any more");
    }
}

/// What is left of the run that is resumed; false where it cannot be resumed now.
template <class Ledger>
bool find_run(Ledger& ledger, text_view resumes, std::uint64_t targets, text_view pool_name,
              count number, const wave_options& how, run_state& told, run_name& name,
              run_remains& left) {
    const auto fail = [&](stop_reason why, std::string line) {
        told.stop(why);
        told.doubt(static_cast<std::string&&>(line));
        return false;
    };
    const std::uint64_t what = run_of(targets, pool_name);
    text_reader from(resumes);
    const std::optional<fingerprint> by_plan = fingerprint::parse(resumes);
    const bool is_name = !by_plan && read_run(from, name) && from.at_end();
    if (!by_plan && !is_name)
        return fail(stop_reason::no_such_run,
                    "\"" + std::string(resumes) + "\" is no name of a run and no fingerprint");
    if (by_plan ? by_plan->targets != targets : name.what != what) {
        told.changed("the targets, or the name of their pool: not those of the run " +
                     std::string(resumes));
        return false;
    }
    const ledger_listing listing = ledger.entries();
    if (!listing.readable)
        return fail(stop_reason::no_such_run,
                    "the ledger cannot be read: " + std::string(listing.why));
    name.what = what;
    if (by_plan) {
        // The run that was at work last, by the ledger's order: a clock may have been set back.
        std::uint64_t last = 0;
        for (const ledger_entry& each : listing.entries) {
            noted_wave wave;
            const std::uint64_t over =
                each.state == entry_state::open ? ~std::uint64_t{0} : each.version;
            if (over < last || !read_wave(each.reason, wave) || wave.run.what != what) continue;
            name.began = wave.run.began;
            last = over;
        }
    }
    told.is_run(name.text());
    left = find_remains(
        run_entries(listing.entries, name, number), number, how.is_gone.given(),
        [&](count place) { return how.is_gone(place); }, told);
    told.was_removed_before(left.done);
    told.next(left.to_do.empty() ? number : left.to_do.front().from);
    if (left.doubtful != 0) {
        told.stop(stop_reason::in_doubt);
        told.is_in_doubt(left.doubtful);
        return false;
    }
    if (!left.found)
        return fail(stop_reason::no_such_run,
                    "the ledger does not remember the last wave of the run " + name.text() +
                        ": it has not begun, or too much was removed since; find out what is gone, "
                        "and begin a new run of the others");
    return true;
}

/// Whether an earlier run of the same targets left open what it removed, or goes on at this moment,
/// or nobody can tell: then another must not begin.
template <class Ledger> bool is_in_doubt(Ledger& ledger, std::uint64_t what, run_state& told) {
    const ledger_listing listing = ledger.entries();
    if (!listing.readable) {
        told.stop(stop_reason::in_doubt);
        told.doubt("the ledger cannot be read: " + std::string(listing.why));
        return true;
    }
    for (const ledger_entry& each : listing.entries) {
        noted_wave wave;
        if (!run_entries::is_unsettled(each) || !read_wave(each.reason, wave) ||
            wave.run.what != what)
            continue;
        told.stop(stop_reason::in_doubt);
        told.doubt(doubt_text(each, wave.targets) + ", and then resume run " + wave.run.text());
    }
    return !told.report.finished();
}

template <class Policy, class Removal, class World, class Options>
template <class Said, class List>
auto performing<Policy, Removal, World, Options>::run_waves(const Said& said, const List& all,
                                                            const run_terms& terms,
                                                            place here) const {
    const wave_options one_call{.soak = {}, .healthy = [] { return true; }};
    const wave_options& how = terms.how != nullptr ? *terms.how : one_call;
    const run_clock clock(options_.clock);
    run_state told;
    const auto whole = read_asked(all);
    told.asks(whole.heads());

    // What each wave says: what the person has said, which run it is of, and how many it takes.
    request words;
    if constexpr (Said::any) words = *said.words;
    const fixed_text<159> reason = words.reason;
    wave_outcome outcome;
    spoken_in_wave saying;
    if constexpr (Said::any) static_cast<spoken&>(saying) = said;
    saying.words = &words;
    saying.outcome = &outcome;
    const auto expect = [&](count number) {
        // That the whole selection is what was expected is found out once, before the first wave.
        if constexpr (Said::any)
            if (said.words->expected.given()) words.expected = number;
    };

    std::vector<target_range> ranges{{0, whole.heads()}};
    run_remains left;
    run_name name;
    fingerprint targets;
    hash_targets(whole, targets);
    if (!terms.resumes.empty()) {
        if constexpr (is_same<typename decltype(find_resuming_flaw<Options, List>())::type, void>)
            if (!find_run(*options_.ledger.ledger, terms.resumes, targets.targets,
                          options_.pool_name, whole.heads(), how, told, name, left))
                return told.report;
        ranges = left.to_do;
        if (ranges.empty()) {
            if (left.lacking != 0) told.stop(stop_reason::removed_less);
            return told.report;
        }
    }
    const auto asked = ask_ranges(all, ranges);
    if (!terms.resumes.empty()) {
        // A person expects all of it, of which a part is gone by now.
        refusal unmeant(here, whole.heads());
        for (const violation& each : decider(saying, whole, here).find_unmeant())
            unmeant.found().add_any(each);
        if (!unmeant.violations().empty()) {
            told.stop(stop_reason::refused, unmeant);
            return told.report;
        }
        expect(asked.heads());
    }
    const plan_options planned{how.soak, how.ramp};
    const plan foreseen = make_plan(saying, asked, &planned, here, terms.how != nullptr);
    if (!foreseen.sound()) {
        told.stop(stop_reason::refused, *foreseen.why());
        return told.report;
    }
    if (terms.approved != nullptr)
        add_changes(terms.approved->made_from(), foreseen, terms.approved, told);
    else if (terms.made_from != nullptr)
        add_changes(*terms.made_from, foreseen, nullptr, told);
    if (!told.report.finished()) return told.report;
    if (Options::ledger_type::given && targets.given() && terms.how != nullptr &&
        terms.resumes.empty()) {
        name.what = run_of(targets.targets, options_.pool_name);
        const duration since = clock.start().wall.since_epoch();
        name.began = static_cast<std::uint64_t>(since.in_nanoseconds() / 1'000'000'000);
        // Of a number nobody knows which they were, so each is another.
        if constexpr (Options::ledger_type::given && list<bare<List>>)
            if (is_in_doubt(*options_.ledger.ledger, name.what, told)) return told.report;
        told.is_run(name.text());
    }

    using targets_type = run_targets<Policy, Removal, bare<List>>;
    targets_type next(all);
    const auto decide = [&](const auto& part) {
        expect(part.heads());
        return decider(saying, part, here).template decide<calling::checking>().outcome;
    };
    const auto act = [&](count number, count place_of_first, wave_outcome& found) {
        std::optional<refusal> why;
        expect(number);
        words.reason = wave_reason(told.report.run(), place_of_first, number, reason);
        outcome = {};
        struct hand_back {
            wave_outcome& from;
            wave_outcome& to;
            ~hand_back() { to = from; }
        } at_the_end{outcome, found};
        next.hand_on(number, [&](auto& part) {
            auto answer = this->template perform<calling::trying>(saying, here, part);
            if (!answer) why = answer.error();
        });
        return why;
    };
    wave_runner<targets_type, run_clock<bare<decltype(options_.clock)>>, bare<decltype(decide)>,
                bare<decltype(act)>>
        runner(next, clock, how, foreseen, decide, act, told);
    runner.run(ranges, terms.how == nullptr, left.lacking);
    return told.report;
}

}  // namespace shearpin::inline v1::detail
