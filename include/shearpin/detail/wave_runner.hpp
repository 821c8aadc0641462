// SPDX-License-Identifier: BSL-1.0
// A run: how much may go now, that much, a soak, a look at the health, again.
#pragma once

#include <shearpin/checks.hpp>
#include <shearpin/detail/planning.hpp>
#include <shearpin/detail/seen.hpp>
#include <shearpin/detail/waiting.hpp>
#include <shearpin/detail/wave_parts.hpp>
#include <shearpin/waves.hpp>

#include <vector>

namespace shearpin::inline v1::detail {

/// What became of one wave, as its guarded call found out.
struct wave_outcome {
    count number = 0;  ///< that were removed
    bool ended = false;
    bool doubtful = false;

    void removed(count told) noexcept {
        ended = true;
        number = told;
    }
    void in_doubt() noexcept { doubtful = true; }
};
/// What is said in a wave of a run.
struct spoken_in_wave : spoken {
    static constexpr bool in_a_wave = true;
    wave_outcome* outcome = nullptr;
};

/// Where nothing was thrown, and where nothing can be.
template <class F> std::exception_ptr caught(F body) {
#if defined(__cpp_exceptions)
    try {
        body();
    } catch (...) {
        return std::current_exception();
    }
#else
    body();
#endif
    return nullptr;
}

/// Deciding(part) is advice on a part of the targets; Acting(number, place, outcome) is the guarded
/// call for the next so many, and returns why it was refused, if it was.
template <class Targets, class Clock, class Deciding, class Acting> class wave_runner {
public:
    wave_runner(Targets& all_targets, const Clock& by_clock, const wave_options& said,
                const plan& as_planned, Deciding decide, Acting act, run_state& told)
        : targets_(all_targets),
          clock_(by_clock),
          how_(said),
          plan_(as_planned),
          decide_(decide),
          act_(act),
          told_(told) {}

    /// `one_wave`: as many as may go now, and no more. `lacking`: what was left before.
    void run(const std::vector<target_range>& ranges, bool one_wave, count lacking) {
        lacking_ = lacking;
        if (const auto thrown = caught([&] { go(ranges, one_wave); }))
            told_.stop(stop_reason::failed, thrown);
        told_.takes(clock_.elapsed());
    }

private:
    void go(const std::vector<target_range>& ranges, bool one_wave) {
        if (!one_wave && !is_healthy()) return;
        for (const target_range& each : ranges)
            for (at_ = each.from; at_ != each.to;) {
                targets_.go_to(at_);
                if (!may_begin()) return;
                const count number = how_many(each.to - at_, one_wave);
                if (is_stopped_) return;
                if (number == 0) continue;
                if (!remove(number)) return;
                if (cropped_by_ && at_ != each.to) {
                    stop(stop_reason::cropped, *cropped_by_);
                    return;
                }
            }
        if (lacking_ != 0) told_.stop(stop_reason::removed_less);
    }

    bool stop(stop_reason why) {
        told_.stop(why);
        is_stopped_ = true;
        return false;
    }
    bool stop(stop_reason why, const refusal& reasons) {
        told_.stop(why, reasons);
        is_stopped_ = true;
        return false;
    }

    [[nodiscard]] progress now() const {
        progress made;
        made.removed = told_.report.removed();
        made.of = told_.report.asked();
        made.wave = told_.report.waves();
        made.elapsed = clock_.elapsed();
        if (!plan_.complete()) return made;
        // As long after the wave that is over as it was planned to be, less what has gone by since.
        duration planned;
        for (const planned_wave& each : plan_.waves())
            if (each.first() < taken_) planned = each.after();
        const duration left = plan_.takes() - planned - (made.elapsed - began_);
        made.left = left < duration{} || taken_ == plan_.planned() ? duration{} : left;
        return made;
    }
    void tell(const progress& made) const {
        if (how_.on_progress.given()) static_cast<void>(caught([&] { how_.on_progress(made); }));
    }
    bool is_healthy() {
        bool well = false;
        const auto thrown = caught([&] { well = how_.healthy(now()); });
        if (well) return true;
        told_.stop(stop_reason::unhealthy, thrown);
        return false;
    }
    [[nodiscard]] bool is_to_stop() const { return how_.stop.given() && how_.stop(now()); }
    [[nodiscard]] bool is_late(duration in) const {
        const time_point moment = clock_.read().wall;
        // Where nobody knows the time, nobody knows that it is early enough.
        return how_.deadline.known() && (!moment.known() || how_.deadline <= moment + in);
    }
    bool may_begin() {
        if (is_to_stop()) return stop(stop_reason::stop_requested);
        if (is_late({})) return stop(stop_reason::deadline);
        return true;
    }
    bool wait(duration length) {
        const time_point before = clock_.read().wall;
        if (!clock_.wait(length, [&] { return is_to_stop(); }))
            return stop(stop_reason::stop_requested);
        const time_point after = clock_.read().wall;
        if (before.known() && before == after && duration::seconds(2) <= length)
            return stop(stop_reason::clock_stands);
        return true;
    }

    /// How many of the next ones may go now; 0 after a wait, to be asked again.
    count how_many(count left, bool one_wave) {
        const count most = smaller(left, how_.ramp.most(waves_, told_.report.asked()));
        // A few at first: a decision costs as much as it asks about.
        count asking = one_wave ? most : smaller(most, larger(64, 2 * last_));
        for (;; asking = smaller(most, 2 * asking)) {
            const decision found = decide_(targets_.ask(asking));
            if (!found.admitted()) {
                const count may_go = smaller(found.why().max_removable(), asking);
                if (one_wave) cropped_by_ = found.why();
                return may_go != 0 ? may_go : wait_for_one(one_wave);
            }
            if (asking == most) return most;
        }
    }
    count wait_for_one(bool one_wave) {
        const decision first = decide_(targets_.ask(1));
        if (first.admitted()) return 1;
        const refusal& why = first.why();
        maybe<duration> wait_for = why.retry_after();
        const bool is_hopeless = why.kind() == answer::refused_for_good;
        if ((!wait_for || *wait_for <= duration{}) && duration{} < how_.look_again)
            wait_for = how_.look_again;
        if (one_wave) return stop(stop_reason::cropped, why), count{0};
        if (is_hopeless || !wait_for || *wait_for <= duration{})
            return stop(stop_reason::refused, why), count{0};
        if (is_late(*wait_for)) return stop(stop_reason::deadline, why), count{0};
        progress made = now();
        made.waits = *wait_for;
        const std::string rule = slowest_of(why.violations()).text();
        made.waits_for = text_view(rule);
        tell(made);
        wait(*wait_for);
        return 0;
    }

    bool remove(count number) {
        wave_outcome outcome;
        std::optional<refusal> why;
        const duration began = clock_.elapsed();
        const auto thrown = caught([&] { why = act_(number, at_, outcome); });
        const bool was_begun = outcome.ended || outcome.doubtful;
        if (!was_begun) {
            if (thrown) {
                told_.stop(stop_reason::failed, thrown);
                return false;
            }
            // Somebody else was faster since it was asked about. For ever they are not.
            if (++overtaken_ == 64) return stop(stop_reason::refused, *why);
            return true;
        }
        overtaken_ = 0;
        at_ += number;
        taken_ += number;
        began_ = began;
        ++waves_;
        last_ = number;
        told_.begins_wave(at_);
        told_.was_removed(outcome.ended ? outcome.number : 0);
        if (outcome.doubtful) told_.is_in_doubt(number);
        if (outcome.number < number && outcome.ended) lacking_ += number - outcome.number;
        if (thrown) {
            told_.stop(stop_reason::removal_failed, thrown);
            return false;
        }
        if (why)
            return stop(why->nothing_removed() ? stop_reason::refused : stop_reason::removed_more,
                        *why);
        return look_after();
    }
    bool look_after() {
        tell(now());
        if (duration{} < how_.soak && !wait(how_.soak)) return false;
        return is_healthy();
    }

    Targets& targets_;
    const Clock& clock_;
    const wave_options& how_;
    const plan& plan_;
    Deciding decide_;
    Acting act_;
    run_state& told_;
    count at_ = 0;     // the place of the next target
    count taken_ = 0;  // how many this run has taken
    count waves_ = 0;
    count last_ = 0;
    duration began_{};  // when the last wave did, since the run began
    count lacking_ = 0;
    int overtaken_ = 0;
    std::optional<refusal> cropped_by_;
    bool is_stopped_ = false;
};

}  // namespace shearpin::inline v1::detail
