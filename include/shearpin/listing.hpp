// SPDX-License-Identifier: BSL-1.0
// A list of what is to stay, and what is known of the list itself: absence from it is evidence only
// where it is complete.
#pragma once

#include <shearpin/count.hpp>
#include <shearpin/detail/world.hpp>
#include <shearpin/maybe.hpp>
#include <shearpin/targets.hpp>
#include <shearpin/time.hpp>

namespace shearpin::inline v1 {

namespace detail {

/// How much of its source a list holds.
enum class completeness : unsigned char {
    complete,
    partial,            ///< its author says so
    end_not_seen,       ///< it has no end marker: it was cut off
    goes_on_after_end,  ///< there are entries behind the end marker
    changed             ///< it has not the size any more that it had when it was given
};

/// A sized range that refers to its entries, so that they can be looked up where they are.
template <class R>
concept listed_range = list<R> && is_lvalue<decltype(*detail::list_begin(declval<R&>()))>;

/// What is known of a list beside its entries.
struct listing_facts {
    completeness whole = completeness::complete;
    time_point taken_at{};
    maybe<count> held_before{};
};

}  // namespace detail

/// The list of all that is to stay; made by complete_listing, partial_listing and
/// listing_ending_with. Refers to a list that was given as an lvalue, and owns one that was given
/// away.
template <class R> class [[nodiscard]] listing {
public:
    /// The type of its entries: what is to stay.
    using entry = detail::target_of<detail::bare_reference<R>>;

    constexpr listing(R&& given, detail::completeness whole, count number)
        : list_(static_cast<R&&>(given)), number_(number), size_(detail::list_size(list_.get())) {
        about_.whole = whole;
    }

    /// When the source was read. A guard with listed_within(d) refuses a list without it.
    [[nodiscard]] constexpr listing taken_at(time_point moment) && {
        about_.taken_at = moment;
        return static_cast<listing&&>(*this);
    }
    /// How many entries the source held when it was read before, for shrunk_at_most(f).
    template <detail::integer N> [[nodiscard]] constexpr listing held_before(N number) && {
        about_.held_before = detail::counted(number);
        return static_cast<listing&&>(*this);
    }

    /// What is known of it now: a list that is referred to may have been filled on.
    [[nodiscard]] constexpr detail::listing_facts about() const {
        detail::listing_facts known = about_;
        if (detail::list_size(list_.get()) != size_) known.whole = detail::completeness::changed;
        return known;
    }
    /// How many entries it has, without an end marker and what stands behind that.
    [[nodiscard]] constexpr count size() const noexcept { return number_; }
    /// Calls each(entry) for its entries.
    template <class F> constexpr void for_each(F each) const {
        auto at = detail::list_begin(list_.get());
        for (count done = 0; done != number_ && at != detail::list_end(list_.get()); ++done, ++at)
            each(*at);
    }

private:
    detail::kept<R> list_;
    count number_;
    count size_;
    detail::listing_facts about_;
};

/// The caller's word that this is everything: a transaction, a last page that said it is the last.
/// A list that merely arrived without an error is not known to be complete.
template <class R>
    requires detail::listed_range<detail::bare_reference<R>>
[[nodiscard]] constexpr listing<R> complete_listing(R&& entries) {
    const count number = detail::list_size(entries);
    return {static_cast<R&&>(entries), detail::completeness::complete, number};
}

/// A list that may lack entries: one page, one region, whatever answered in time. A prune refuses
/// it, whatever else holds.
template <class R>
    requires detail::listed_range<detail::bare_reference<R>>
[[nodiscard]] constexpr listing<R> partial_listing(R&& entries) {
    const count number = detail::list_size(entries);
    return {static_cast<R&&>(entries), detail::completeness::partial, number};
}

/// For sources that end in a marker, such as "# end": complete only if the last entry is the
/// marker, and no other is. The marker is no entry. A list that was cut off lacks it; one with
/// something behind it was put together from pieces. Both are refused.
template <class R, class Marker>
    requires detail::listed_range<detail::bare_reference<R>>
[[nodiscard]] constexpr listing<R> listing_ending_with(R&& entries, const Marker& marker) {
    using compared = detail::compared_as<detail::target_of<detail::bare_reference<R>>>;
    const count size = detail::list_size(entries);
    count number = 0;
    for (auto at = detail::list_begin(entries); at != detail::list_end(entries); ++at, ++number)
        if (compared(*at) == compared(marker)) break;
    const auto whole = number == size       ? detail::completeness::end_not_seen
                       : number + 1 == size ? detail::completeness::complete
                                            : detail::completeness::goes_on_after_end;
    return {static_cast<R&&>(entries), whole, number};
}

}  // namespace shearpin::inline v1
