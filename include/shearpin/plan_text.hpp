// SPDX-License-Identifier: BSL-1.0
// Plans and reports of runs, as people read them, and as programs do.
#pragma once

#include <shearpin/detail/json.hpp>
#include <shearpin/detail/one_line.hpp>
#include <shearpin/waves.hpp>

#include <string>
#include <vector>

namespace shearpin::inline v1 {

namespace detail {

template <class T> std::string spelled(const T& what) {
    fixed_text<255> text;
    text.write([&](writer& out) { what.spell(out); });
    return text;
}
template <class = when_used>
std::string counted_word(std::uint64_t number, const char* one, const char* many) {
    return std::to_string(number) + " " + (number == 1 ? one : many);
}
template <class = when_used> void add_violations(const refusal& why, std::string& all) {
    for (const violation& each : why.violations()) {
        fixed_text<511> line;
        line.write([&](writer& out) { each.describe(out); });
        all += "  - " + std::string(line) + "\n";
    }
    if (why.violations().left_out() != 0)
        all += "  - and " + std::to_string(why.violations().left_out()) + " more\n";
}

template <class> class basic_text_columns;
using text_columns = basic_text_columns<when_used>;
/// A table whose columns are as wide as what stands in them.
template <class When> class basic_text_columns {
public:
    explicit basic_text_columns(std::vector<std::string> titles) {
        add(static_cast<row&&>(titles));
    }
    void add(std::vector<std::string> next) { rows_.push_back(static_cast<row&&>(next)); }
    void add_line(std::string across) { rows_.push_back({static_cast<std::string&&>(across)}); }
    void write(std::string& all) const {
        std::vector<std::size_t> widths(rows_[0].size(), 0);
        for (const row& each : rows_)
            if (each.size() == widths.size())
                for (std::size_t at = 0; at != each.size(); ++at)
                    if (widths[at] < each[at].size()) widths[at] = each[at].size();
        for (const row& each : rows_) {
            std::string line;
            for (std::size_t at = 0; at != each.size(); ++at) {
                const bool is_table = each.size() == widths.size();
                const std::string space(is_table ? widths[at] - each[at].size() : 0, ' ');
                const bool is_number = at < numbers;  // to the right
                line += "  " + (is_number ? space + each[at] : each[at] + space);
            }
            all.append(line, 0, line.find_last_not_of(' ') + 1) += "\n";
        }
    }
    static constexpr std::size_t numbers = 3;

private:
    using row = std::vector<std::string>;
    deferred<std::vector<row>, When> rows_;
};

template <class = when_used> std::string target_span(const planned_wave& wave) {
    const std::string& first = wave.first_target();
    const std::string& last = wave.last_target();
    if (first.empty() || last.empty()) {
        const std::string begin = std::to_string(wave.first() + 1);
        return wave.count() == 1 ? begin : begin + " to " + std::to_string(wave.last() + 1);
    }
    return wave.count() == 1 ? in_one_line(first) : in_one_line(first) + " to " + in_one_line(last);
}

}  // namespace detail

/// For example:
///
///     18 targets in 4 waves, the last one 1h after the first; paced by rows: max_rate(10, 1h)
///       wave  after  targets  which     waits for               held up by
///          1     0s        5  1 to 5                            rows: max_batch(5)
///     ...
template <class Text> Text plan::text() const {
    const auto targets = [&](std::uint64_t number) {
        return counts_only_ ? std::to_string(number)
                            : detail::counted_word(number, "target", "targets");
    };
    std::string all;
    if (!sound()) {
        all = "there is no plan for these " + targets(asked_) + ":\n";
        detail::add_violations(*why_, all);
        return Text(all);
    }
    if (planned() == 0)  // and more were asked for, but in a plan that nobody made
        all = "none of " + targets(asked_) + " can go";
    else
        all = (complete() ? targets(asked_)
                          : "only " + std::to_string(planned()) + " of " + targets(asked_)) +
              " in " + detail::counted_word(waves_.size(), "wave", "waves");
    if (waves_.size() > 1)
        all += duration{} < takes()
                   ? ", the last one " + detail::spelled(takes()) + " after the first"
                   : ", all at once";
    if (paced_by_.given()) all += "; paced by " + paced_by_.text();
    all += "\n";
    constexpr std::size_t shown_first = 30;
    constexpr std::size_t shown_last = 10;
    detail::text_columns table({"wave", "after", "targets", "which", "waits for", "held up by"});
    for (std::size_t at = 0; at != waves_.size(); ++at) {
        if (at == shown_first && waves_.size() > shown_first + shown_last) {
            at = waves_.size() - shown_last;
            table.add_line("... " + std::to_string(at - shown_first) + " more waves ...");
        }
        const planned_wave& each = waves_[at];
        table.add({std::to_string(at + 1), detail::spelled(each.after()),
                   std::to_string(each.count()), detail::target_span(each),
                   each.waited_for().text(), each.held_up_by().text()});
    }
    if (!waves_.empty()) table.write(all);
    if (!complete()) {
        all += "the next one, number " + std::to_string(planned() + 1) + ", cannot go";
        all += why_->kind() == answer::refused_for_good ? ", and waiting will not help:\n"
                                                        : "; how soon it may is not known:\n";
        detail::add_violations(*why_, all);
    }
    for (const planned_pool& each : pools_)
        all += (each.name.empty() ? "the pool" : "pool " + detail::in_one_line(each.name)) + ": " +
               std::to_string(each.there.available) + " of " + std::to_string(each.there.size) +
               " serve\n";
    if (made_from_.given()) all += "made from " + made_from_.text() + "\n";
    return Text(all);
}

/// schema (1), asked, planned, complete, takes_s (rounded up), [paced_by {[pool], rule}], waves
/// [{after_s, count, first, last (places, counted from 0), [first_target], [last_target],
/// [waited_for], [held_up_by]}], [why {kind, violations [{rule, stated, [pool], limit, requested,
/// for_good, [targets], text}]}], pools [{[name], size, available}], [fingerprint]. Those in
/// brackets only where there is something to say; new fields may come.
template <class Text> Text plan::to_json() const {
    detail::json_writer out;
    const auto seconds = [](duration length) {
        return static_cast<std::uint64_t>((length.in_nanoseconds() + 999'999'999) / 1'000'000'000);
    };
    const auto setter = [&](text_view name, const pace_setter& what) {
        if (!what.given()) return;
        out.key(name).open('{');
        out.member_if("pool", text_view(what.pool)).member("rule", text_view(what.rule));
        out.close('}');
    };
    out.open('{').member("schema", std::uint64_t{1}).member("asked", asked_);
    out.member("planned", planned()).member("complete", complete());
    out.member("takes_s", seconds(takes()));
    setter("paced_by", paced_by_);
    out.key("waves").open('[');
    for (const planned_wave& each : waves_) {
        out.open('{').member("after_s", seconds(each.after())).member("count", each.count());
        out.member("first", each.first()).member("last", each.last());
        out.member_if("first_target", text_view(each.first_target()));
        out.member_if("last_target", text_view(each.last_target()));
        setter("waited_for", each.waited_for());
        setter("held_up_by", each.held_up_by());
        out.close('}');
    }
    out.close(']');
    if (why_) {
        out.key("why").open('{');
        out.member("kind", why_->kind() == answer::refused_for_good ? text_view("refused_for_good")
                                                                    : text_view("refused_for_now"));
        out.key("violations").open('[');
        for (const violation& each : why_->violations()) {
            fixed_text<511> line;
            line.write([&](writer& to) { each.describe(to); });
            out.open('{').member("rule", each.rule()).member("stated", text_view(each.stated()));
            out.member_if("pool", each.pool()).member("limit", each.limit());
            out.member("requested", each.requested()).member("for_good", each.for_good());
            out.member_if("targets", each.targets()).member("text", text_view(line));
            out.close('}');
        }
        out.close(']').close('}');
    }
    out.key("pools").open('[');
    for (const planned_pool& each : pools_) {
        out.open('{').member_if("name", text_view(each.name)).member("size", each.there.size);
        out.member("available", each.there.available).close('}');
    }
    out.close(']');
    out.member_if("fingerprint", text_view(made_from_.text()));
    out.close('}');
    return Text(out.text());
}

/// Why a run ended, in words: "the health check failed".
[[nodiscard]] inline text_view words_of(stop_reason why) noexcept {
    constexpr text_view words[] = {
        "all is removed",
        "the health check failed",
        "a limit does not let the next one go",
        "the removal threw, and how much of that wave is done is not known",
        "something failed before a wave began",
        "the deadline is reached",
        "somebody asked to stop",
        "the removal removed less than it was given",
        "the removal removed more than was admitted",
        "no more may go now",
        "what the plan was made from is not so any more",
        "it is not known what an earlier run removed",
        "the run cannot be taken up again",
        "the clock of the guard does not go"};
    return words[static_cast<unsigned char>(why)];
}

template <class Text> Text wave_report::text() const {
    std::string all = "removed " + std::to_string(removed_) + " of " +
                      detail::counted_word(asked_, "target", "targets");
    if (before_ != 0) all += ", " + std::to_string(before_) + " of them before,";
    all += " in " + detail::counted_word(waves_, "wave", "waves");
    if (duration{} < elapsed_) all += ", in " + detail::spelled(elapsed_.readable());
    if (!finished()) {
        all += "; stopped: " + std::string(words_of(stopped_));
        if (in_doubt_ != 0) all += "; in doubt are " + std::to_string(in_doubt_);
        all += "; left are " + std::to_string(remaining());
    }
    all += "\n";
    if (error_) {
#if defined(__cpp_exceptions)
        try {
            std::rethrow_exception(error_);
        } catch (const std::exception& thrown) {
            all += "  - thrown: " + detail::in_one_line(thrown.what()) + "\n";
        } catch (...) {
            all += "  - thrown: something that is no std::exception\n";
        }
#endif
    }
    if (why_) detail::add_violations(*why_, all);
    for (const std::string& each : changes_) all += "  - " + detail::in_one_line(each) + "\n";
    for (const std::string& each : doubts_) all += "  - " + detail::in_one_line(each) + "\n";
    if (!finished() && !run_.empty() && remaining() + in_doubt_ != 0)
        all += "  to go on with it later, resume run " + run_ + "\n";
    return Text(all);
}

}  // namespace shearpin::inline v1
