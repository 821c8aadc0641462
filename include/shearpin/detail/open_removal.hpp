// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/detail/claims.hpp>
#include <shearpin/detail/telling.hpp>
#include <shearpin/maybe.hpp>

namespace shearpin::inline v1::detail {

/// A removal that has begun and is on the ledger: it is settled when it ends, by what it told.
/// Where it ends with an exception nobody knows how much of it is done, so all of it counts.
template <class Options, class Said, class Verdict> class open_removal {
public:
    static constexpr bool given = true;

    open_removal(const Options& options, const Said& said, const Verdict& found, count asked,
                 place here) noexcept
        : options_(options), said_(said), found_(found), asked_(asked), here_(here) {}
    open_removal(const open_removal&) = delete;
    open_removal& operator=(const open_removal&) = delete;
    ~open_removal() {
        if (done_) return;
        doubt(options_.habits.exception_ends ? settlement::kind::whole : settlement::kind::unknown);
    }

    /// The permit tells how much was removed, unless the removal tells it itself.
    template <class Desk> void told_by_permit(const Desk& desk) noexcept {
        desk_ = &desk;
        ask_desk_ = [](const void* from) { return static_cast<const Desk*>(from)->spent_on(); };
    }

    void removed() {
        const maybe<count> spent = ask_desk_ != nullptr ? ask_desk_(desk_) : maybe<count>{};
        if (spent)
            removed(*spent);
        else
            end(settlement{settlement::kind::whole}, asked_);
    }
    void removed(count told) { end({settlement::kind::heads, told}, told); }
    /// It has ended and told of no amount.
    void in_doubt() {
        done_ = true;
        doubt(settlement::kind::unknown);
    }
    /// It has only started, and a reservation settles it.
    void goes_on() noexcept { done_ = true; }
    void nothing_removed() { end({settlement::kind::heads, 0}, 0); }

private:
    void end(const settlement& how, count told) {
        done_ = true;
        if constexpr (requires { said_.outcome; }) said_.outcome->removed(told);
        settle(how);
        say([&]<class Event>(Event& what) {
            what.what = Event::kind::removed;
            what.amount_removed = told;
        });
    }
    void doubt(settlement::kind how) {
        if constexpr (requires { said_.outcome; }) said_.outcome->in_doubt();
        settle(settlement{how});
        say([]<class Event>(Event& what) { what.what = Event::kind::in_doubt; });
    }
    void settle(const settlement& how) {
        if constexpr (Options::ledger_type::given && !Said::past_the_ledger) {
            if (!found_.on_ledger) return;
            const store_trouble trouble = try_to_settle(how);
            if (!trouble.empty())
                say([&]<class Event>(Event& what) {
                    what.what = Event::kind::not_settled;
                    what.trouble = trouble;
                });
        }
    }
    /// What a store throws must not replace what the removal returns or throws: it is over.
    store_trouble try_to_settle(const settlement& how) {
#if defined(__cpp_exceptions)
        try {
            return options_.ledger.ledger->settle(found_.id, options_.clock.read(), how);
        } catch (...) {
            return "the ledger's store threw an exception, or there was no memory";
        }
#else
        return options_.ledger.ledger->settle(found_.id, options_.clock.read(), how);
#endif
    }
    template <class Fill> void say(Fill fill) {
        tell(options_, said_, here_, asked_, options_.clock.now(), [&](auto& what) {
            fill(what);
            // In shadow: what would have refused it belongs to its end, too.
            if (!found_.outcome.admitted()) what.why = &found_.outcome.why();
            if (found_.on_ledger) {
                id_text_ = spell_id(found_.id);
                what.reservation = id_text_;
            }
        });
    }

    const Options& options_;
    const Said& said_;
    const Verdict& found_;
    count asked_;
    place here_;
    const void* desk_ = nullptr;
    maybe<count> (*ask_desk_)(const void*) = nullptr;
    fixed_text<32> id_text_;
    bool done_ = false;
};

}  // namespace shearpin::inline v1::detail
