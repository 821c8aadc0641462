// SPDX-License-Identifier: BSL-1.0
// What a guard tells its observer.
#pragma once

#include <shearpin/calendar.hpp>
#include <shearpin/detail/json.hpp>
#include <shearpin/detail/performing_fully.hpp>  // the calls of a guard that tells one
#include <shearpin/override.hpp>
#include <shearpin/place.hpp>
#include <shearpin/refusal.hpp>
#include <shearpin/request.hpp>

#include <string>

namespace shearpin::inline v1 {

/// One thing that happened at a guard. It refers to what is there during the call of the observer,
/// and must not be kept; to_json() can be.
struct event {
    /// What can happen at a guard. The names are the words of to_json().
    enum class kind : unsigned char {
        admitted,        ///< it may go; the removal begins next
        refused,         ///< a safeguard refused it, and nothing was removed
        shadow_refused,  ///< it would have been refused, and goes on: the guard is in shadow
        checked,         ///< somebody only asked; `why` is null where it would be admitted
        removed,         ///< the removal has ended
        in_doubt,        ///< the removal ended with an exception: some of it may be done
        overridden,      ///< a limit was lifted by an override, which is spent now
        without_ledger,  ///< it goes on although the ledger was not asked
        not_settled,     ///< it has ended, and the ledger could not be told: it stays open there
    };
    kind what = kind::refused;    ///< what happened
    place where = place::here();  ///< where the guard was called
    text_view pool;               ///< the guard's pool, where it has one with a name
    count requested = 0;          ///< over several pools, how many targets
    count amount_removed = 0;  ///< with `removed`: as far as the removal told, else what was asked
    time_point when{};         ///< unknown where the guard has no clock
    const refusal* why = nullptr;             ///< the refusal, where there is one; else null
    const shearpin::request* said = nullptr;  ///< null where nobody said anything
    const override_grant* lifted = nullptr;   ///< with `overridden`: the override; else null
    text_view reservation;                    ///< its id on the ledger; empty without one
    text_view trouble;                        ///< with `not_settled`: why

    /// The version of the schema of to_json(). It grows when a field changes its meaning or goes;
    /// new fields may come without.
    static constexpr int schema = 1;

    /// Its kind in a word, as to_json() writes it: "refused".
    [[nodiscard]] text_view kind_name() const noexcept {
        constexpr text_view words[] = {"admitted",   "refused",        "shadow_refused",
                                       "checked",    "removed",        "in_doubt",
                                       "overridden", "without_ledger", "not_settled"};
        return words[static_cast<unsigned char>(what)];
    }
    /// In words, for whoever reads an alert and knows nothing of the guard.
    [[nodiscard]] text_view meaning() const noexcept {
        constexpr text_view words[] = {
            "a removal was within its limits and begins",
            "a safeguard refused a removal and nothing was removed; this is no fault and no attack",
            "a safeguard in shadow mode would have refused this removal; it goes on",
            "a removal was only asked about; nothing was removed",
            "a removal has ended",
            "a removal ended with an exception; some of it may be done",
            "a limit was lifted once, by name",
            "a removal goes on without the ledger; limits over time were not looked at",
            "a removal has ended, but the ledger could not be told; it stays open there"};
        return words[static_cast<unsigned char>(what)];
    }

    /// One line of JSON, without the end of line. The fields, in this order; those in brackets only
    /// where there is something to say: schema (1), event, meaning, [time] (UTC, RFC 3339),
    /// requested, [removed], [pool], [actor], [approvers], [reason], [environment], [expected],
    /// [override {rule, [pool], up_to, id, reason}], [refusal {kind, max_removable, retry_after_s,
    /// message, violations [{rule, stated, pool, limit, requested, measure, for_good, targets}]}],
    /// [reservation], [trouble], file, line, function.
    [[nodiscard]] std::string to_json() const {
        detail::json_writer out;
        out.open('{');
        out.member("schema", count{schema})
            .member("event", kind_name())
            .member("meaning", meaning());
        if (when.known()) out.member("time", utc_text(when));
        out.member("requested", requested);
        if (what == kind::removed) out.member("removed", amount_removed);
        out.member_if("pool", pool);
        if (said != nullptr) say(out);
        if (lifted != nullptr) {
            out.key("override").open('{');
            out.member("rule", lifted->rule()).member_if("pool", lifted->terms().pool);
            out.member("up_to", lifted->terms().up_to);
            out.member("id", lifted->identity()).member("reason", lifted->terms().reason);
            out.close('}');
        }
        if (why != nullptr) explain(out);
        out.member_if("reservation", reservation);
        out.member_if("trouble", trouble);
        out.member("file", text_view(where.file())).member("line", count{where.line()});
        out.member("function", text_view(where.function()));
        out.close('}');
        return out.text();
    }

private:
    void say(detail::json_writer& out) const {
        out.member_if("actor", said->actor);
        if (said->approvers.size() != 0) {
            out.key("approvers").open('[');
            for (const spoken_word& each : said->approvers) out.element(each);
            out.close(']');
        }
        out.member_if("reason", said->reason);
        out.member_if("environment", said->environment);
        if (said->expected.given()) out.member("expected", said->expected.number());
    }
    void explain(detail::json_writer& out) const {
        out.key("refusal").open('{');
        out.member("kind", why->kind() == answer::refused_for_good ? text_view("refused_for_good")
                                                                   : text_view("refused_for_now"));
        out.member("max_removable", why->max_removable());
        if (const maybe<duration> wait = why->retry_after())
            out.member("retry_after_s",
                       static_cast<count>((wait->in_nanoseconds() + 999'999'999) / 1'000'000'000));
        out.member("message", why->message());
        out.key("violations").open('[');
        for (const violation& each : why->violations()) {
            constexpr text_view measures[] = {"serving", "amount", "heads", "pools"};
            out.open('{');
            out.member("rule", each.rule()).member("stated", each.stated());
            out.member_if("pool", each.pool());
            out.member("limit", each.limit()).member("requested", each.requested());
            out.member("measure", measures[static_cast<unsigned char>(each.measured())]);
            out.member("for_good", each.for_good());
            out.member_if("targets", each.targets());
            out.close('}');
        }
        out.close(']');
        out.close('}');
    }
};

namespace detail {
template <class Observer> struct event_for {
    using type = event;
};
}  // namespace detail

}  // namespace shearpin::inline v1
