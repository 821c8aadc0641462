// SPDX-License-Identifier: BSL-1.0
// A removal that was admitted and started, and goes on after the call that started it.
#pragma once

#include <shearpin/detail/open_removal.hpp>
#include <shearpin/detail/performing.hpp>
#include <shearpin/removed.hpp>

namespace shearpin::inline v1 {

namespace detail {

/// What the function that starts a removal returned: a future, as a rule.
template <class R> struct started_result {
    R held;
};
template <class R> struct started_result<R&> {
    R& held;
};
template <> struct started_result<void> {};

}  // namespace detail

/// What `remove.reserve(...)` gives for a removal that only starts in the call: its amount is on
/// the ledger until it is settled, in whatever thread and however much later.
///
///     auto started = remove.reserve(hosts);  // calls the function that starts the removal
///     if (!started) return report(started.error());
///     started->result().wait();              // what that function returned
///     const shearpin::store_trouble trouble = std::move(*started).settle();
///
/// One that ends without being settled leaves open how much was removed: all of it counts, as after
/// an exception, until a person resolves it. The ledger and the clock must outlive it; the guard
/// need not. What settle() returns is empty where that is on the ledger; otherwise it says why it
/// is not, and the removal stays open there, which only refuses more.
template <class Returned, class Options>
class [[nodiscard("what is not settled counts until a person resolves it")]] reservation {
public:
    reservation(const Options& options, const detail::reservation_id& id, bool on_ledger,
                count asked, place here, detail::started_result<Returned>&& started)
        : options_(options),
          id_(id),
          on_ledger_(on_ledger),
          asked_(asked),
          here_(here),
          started_(static_cast<detail::started_result<Returned>&&>(started)) {}
    reservation(reservation&& other)
        : options_(other.options_),
          id_(other.id_),
          on_ledger_(other.on_ledger_),
          asked_(other.asked_),
          here_(other.here_),
          started_(static_cast<detail::started_result<Returned>&&>(other.started_)),
          open_(other.open_) {
        other.open_ = false;
    }
    reservation(const reservation&) = delete;
    reservation& operator=(const reservation&) = delete;
    reservation& operator=(reservation&&) = delete;
    ~reservation() { static_cast<void>(end({detail::settlement::kind::unknown})); }

    /// What the function that started the removal returned; not there where that is nothing.
    template <class R = Returned> [[nodiscard]] R& result() noexcept { return started_.held; }
    /// Its id on the ledger, as ledger.entries() lists it; empty in shadow where it is on none.
    [[nodiscard]] fixed_text<32> id() const noexcept {
        return on_ledger_ ? detail::spell_id(id_) : fixed_text<32>();
    }

    /// All of it is removed, and over.
    store_trouble settle() && { return end({detail::settlement::kind::whole}); }
    /// So many of the targets are removed, and it is over. More than was reserved is noted, too.
    store_trouble settle(const removed& told) && {
        if (told.amount > largest_count) return static_cast<reservation&&>(*this).in_doubt();
        return end({detail::settlement::kind::heads, told.amount});
    }
    /// It is over, and nobody knows how much of it was done: all of it counts, until a person
    /// resolves it.
    store_trouble in_doubt() && { return end({detail::settlement::kind::unknown}); }

private:
    store_trouble end(const detail::settlement& how) {
        if (!open_) return text_view("this removal has been settled already");
        open_ = false;
        store_trouble trouble;
        if (on_ledger_) trouble = options_.ledger.ledger->settle(id_, options_.clock.read(), how);
        const auto id_text = id();
        const auto say = [&](auto fill) {
            detail::tell(options_, detail::nothing_said{}, here_, asked_, options_.clock.now(),
                         [&](auto& what) {
                             what.reservation = id_text;
                             fill(what);
                         });
        };
        if (!trouble.empty())
            say([&]<class Event>(Event& what) {
                what.what = Event::kind::not_settled;
                what.trouble = trouble;
            });
        say([&]<class Event>(Event& what) {
            const bool known = how.what != detail::settlement::kind::unknown;
            what.what = known ? Event::kind::removed : Event::kind::in_doubt;
            if (known)
                what.amount_removed =
                    how.what == detail::settlement::kind::heads ? how.number : asked_;
        });
        return trouble;
    }

    Options options_;
    detail::reservation_id id_;
    bool on_ledger_;
    count asked_;
    place here_;
    [[no_unique_address]] detail::started_result<Returned> started_;
    bool open_ = true;
};

namespace detail {
template <class Returned, class Options> struct answer_for<calling::reserving, Returned, Options> {
    using type = result<reservation<Returned, Options>>;
};
}  // namespace detail

}  // namespace shearpin::inline v1
