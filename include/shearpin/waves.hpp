// SPDX-License-Identifier: BSL-1.0
// A large removal that is meant, done in waves: what is said to a run, and what it says.
#pragma once

#include <shearpin/detail/callback.hpp>
#include <shearpin/plan.hpp>

#include <exception>
#include <optional>
#include <string>
#include <vector>

namespace shearpin::inline v1 {

/// How far a run is. Refers to nothing that ends before the function that it is told to.
struct progress {
    count removed = 0;       ///< targets that are gone
    count of = 0;            ///< of so many
    count wave = 0;          ///< waves that are over
    duration elapsed{};      ///< since the run began
    maybe<duration> left{};  ///< until the last wave begins, as planned; empty where nobody knows
    duration waits{};        ///< how long it waits now for a limit; 0s after a wave
    text_view waits_for;     ///< and for which: "index: max_rate(10, 1h)"
};

/// The health check of a run: a function that returns whether all is well; it may take a `const
/// shearpin::progress&`. There is no default: a run that looks at nothing would go on through any
/// damage. One that throws says that it is not well.
class health_check : public detail::callback<bool, progress> {
public:
    health_check()
        __attribute__((unavailable("in_waves needs a health check and has no default for it: say "
                                   ".healthy = [&] { return ...; }; see examples/errors.md")));
    using detail::callback<bool, progress>::callback;
};

/// Asked before each wave, and several times a second while a run waits, whether it is to stop:
/// anything that has stop_requested(), such as a std::stop_token, or a function that returns a
/// bool.
class stop_request : public detail::callback<bool, progress> {
    template <class S> struct asks_token {
        const S* token;
        bool operator()() const { return token->stop_requested(); }
    };

public:
    constexpr stop_request() noexcept = default;
    using detail::callback<bool, progress>::callback;
    template <class S>
        requires requires(const S& token) {
            { token.stop_requested() } -> detail::converts_to<bool>;
        }
    stop_request(const S& token) noexcept
        : detail::callback<bool, progress>(asks_token<S>{&token}) {}
};

/// What is said to a run beside the targets. Functions are called until the call ends; a temporary
/// that is given to one of these lives until then where the braces stand in the call itself.
///
///     remove.in_waves(hosts, {.soak = 5min, .healthy = [&] { return probe(); }});
struct wave_options {
    /// The wait after each wave, the last one too, before the health is looked at.
    duration soak{};
    /// Asked before the first wave and after each.
    health_check healthy;
    /// Told after each wave, and before each wait for a limit. One that throws changes nothing.
    detail::callback<void, progress> on_progress{};
    /// How large the first waves may be: ramp{1, 10_pct}.
    shearpin::ramp ramp{};
    /// No wave begins at or after this moment, nor where the clock does not know the time.
    time_point deadline{};
    stop_request stop{};  ///< asked before each wave and while the run waits; true ends it
    /// Where nothing may go now and no rule knows how soon something may (a floor is reached, or
    /// others are removing), look again this often; 0s: that ends the run.
    duration look_again{};
    /// For resume(): asked of each target of which nobody knows whether it is gone, by its place in
    /// the selection, counted from 0. Without it such targets end the run before it begins.
    detail::callback<bool, count> is_gone{};
};

/// Why a run in waves is over.
enum class stop_reason : unsigned char {
    finished,        ///< it did not stop: everything is removed
    unhealthy,       ///< the health check said no, or threw
    refused,         ///< a limit that waiting does not cure, or nobody knows how soon; see why()
    removal_failed,  ///< the removal threw; how much of that wave is done is in doubt
    failed,          ///< something else threw (the view of the world); that wave did not begin
    deadline,        ///< the next wave would have begun too late
    stop_requested,  ///< somebody asked for it
    removed_less,    ///< the removal removed less than it was given, and told so
    removed_more,    ///< the removal told of more than was admitted; see why()
    cropped,         ///< no more may go now, and no more was asked for; see why()
    changed,         ///< what the plan was made from is not so any more; see changes()
    in_doubt,        ///< of an earlier run it is not known what it removed; see doubts()
    no_such_run,     ///< the ledger does not know enough of the run that is to be resumed
    clock_stands,    ///< after a wait it is not later: the guard's clock does not go
};

template <class> class basic_run_state;
/// How far a run has come; inside of a wave_report.
using run_state = basic_run_state<detail::when_used>;

/// What became of a run. Also true where the removal threw half-way.
class [[nodiscard("a run may have stopped early")]] wave_report {
public:
    /// Whether everything is removed and all was well at the end.
    [[nodiscard]] bool finished() const noexcept { return stopped_ == stop_reason::finished; }
    /// Why the run is over; `finished` where nothing stopped it.
    [[nodiscard]] stop_reason stopped_because() const noexcept { return stopped_; }

    /// Targets that are gone, as far as the removal told.
    [[nodiscard]] count removed() const noexcept { return removed_; }
    /// Of those, what was gone before, where a run was resumed.
    [[nodiscard]] count removed_before() const noexcept { return before_; }
    /// Targets of the last wave, which threw: perhaps some of them are gone, perhaps all.
    [[nodiscard]] count in_doubt() const noexcept { return in_doubt_; }
    /// Targets that are still there: neither removed nor in doubt.
    [[nodiscard]] count remaining() const noexcept {
        return detail::minus(detail::minus(asked_, removed_), in_doubt_);
    }
    /// How many targets the run was given.
    [[nodiscard]] count asked() const noexcept { return asked_; }
    /// Waves that were begun by this call.
    [[nodiscard]] count waves() const noexcept { return waves_; }
    /// How long the run took by the guard's clock, with its waits; zero where it ended before it
    /// began.
    [[nodiscard]] duration elapsed() const noexcept { return elapsed_; }
    /// The place of the first target that no wave has taken, counted from 0.
    [[nodiscard]] count next() const noexcept { return next_; }

    /// The refusal, where one ended it; else null.
    [[nodiscard]] const refusal* why() const& noexcept { return why_ ? &*why_ : nullptr; }
    const refusal* why() const&& = delete;
    /// What was thrown, where something was; else null.
    [[nodiscard]] std::exception_ptr error() const noexcept { return error_; }
    /// Where a plan was applied that is out of date: what has changed since, one line each.
    [[nodiscard]] const std::vector<std::string>& changes() const& noexcept { return changes_; }
    [[nodiscard]] std::vector<std::string> changes() && {
        return static_cast<std::vector<std::string>&&>(changes_);
    }
    /// Of an earlier run: what it left open, one line each, with the ids of the ledger's entries.
    [[nodiscard]] const std::vector<std::string>& doubts() const& noexcept { return doubts_; }
    [[nodiscard]] std::vector<std::string> doubts() && {
        return static_cast<std::vector<std::string>&&>(doubts_);
    }
    /// By what the run is resumed, where the guard has a ledger and the targets have names:
    /// "0123456789abcdef@6924a1b0"; else empty.
    [[nodiscard]] const std::string& run() const& noexcept { return run_; }
    [[nodiscard]] std::string run() && { return static_cast<std::string&&>(run_); }

    /// In a few lines of plain text. Needs plan_text.hpp, which shearpin.hpp brings.
    template <class Text = std::string> [[nodiscard]] Text text() const;

private:
    friend run_state;

    stop_reason stopped_ = stop_reason::finished;
    count asked_ = 0;
    count removed_ = 0;
    count before_ = 0;
    count in_doubt_ = 0;
    count waves_ = 0;
    count next_ = 0;
    duration elapsed_{};
    std::optional<refusal> why_;
    std::exception_ptr error_;
    std::vector<std::string> changes_;
    std::vector<std::string> doubts_;
    std::string run_;
};

/// For who runs: the report while it is filled.
template <class When> class basic_run_state {
public:
    detail::deferred<wave_report, When> report;  ///< what the run has come to so far

    /// How many targets the run is given.
    void asks(count number) noexcept { report.asked_ = number; }
    /// By what it is resumed.
    void is_run(std::string name) { report.run_ = static_cast<std::string&&>(name); }
    /// It is over, for this reason.
    void stop(stop_reason why) noexcept { report.stopped_ = why; }
    /// The same, with the refusal that ended it.
    void stop(stop_reason why, const refusal& reasons) {
        stop(why);
        report.why_ = reasons;
    }
    /// The same, with what was thrown.
    void stop(stop_reason why, std::exception_ptr thrown) noexcept {
        stop(why);
        report.error_ = static_cast<std::exception_ptr&&>(thrown);
    }
    /// One line of what is not so any more, and the run is over.
    void changed(std::string what) {
        stop(stop_reason::changed);
        report.changes_.push_back(static_cast<std::string&&>(what));
    }
    /// One line of what an earlier run left open.
    void doubt(std::string what) { report.doubts_.push_back(static_cast<std::string&&>(what)); }
    /// One more wave was begun; the next one's first target has this place.
    void begins_wave(count next) noexcept {
        ++report.waves_;
        report.next_ = next;
    }
    /// So many more targets are gone.
    void was_removed(count number) noexcept { report.removed_ += number; }
    /// So many were gone before this call.
    void was_removed_before(count number) noexcept {
        report.removed_ += number;
        report.before_ += number;
    }
    /// Of so many more nobody knows whether they are gone.
    void is_in_doubt(count number) noexcept { report.in_doubt_ += number; }
    /// The place of the first target that no wave has taken.
    void next(count place) noexcept { report.next_ = place; }
    /// How long it took.
    void takes(duration so_long) noexcept { report.elapsed_ = so_long; }
};

}  // namespace shearpin::inline v1
