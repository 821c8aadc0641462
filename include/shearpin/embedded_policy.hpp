// SPDX-License-Identifier: BSL-1.0
// For the code that the CMake function shearpin_embed_policy makes of a policy file.
#pragma once

#include <shearpin/detail/literal_flaw.hpp>

namespace shearpin::inline v1 {

namespace detail {

/// A file whose first word begins the rules of a pool has policies of several.
template <class Source> constexpr bool speaks_of_pools() { return begins_with_pool(Source::text); }
template <class Source>
using read_source =
    choose<speaks_of_pools<Source>(), literal_policies<Source>, literal_policy<Source>>;

/// The first mistake in this line of the file.
template <class Read, count Line> constexpr std::size_t mistake_in_line() {
    for (std::size_t at = 0; at != Read::read.wrong.number && at != mistake_list::most; ++at)
        if (place_in(Read::text, Read::read.wrong.found[at].at).line == Line) return at;
    return mistake_list::most;
}

}  // namespace detail

/// The policy in Source::text, or the policies of several pools.
template <class Source>
    requires detail::well_written<detail::read_source<Source>>
consteval auto embedded_policy() {
    using read = detail::read_source<Source>;
    if constexpr (detail::speaks_of_pools<Source>())
        return detail::literal_pools<read>(detail::make_indexes<read::size>{});
    else
        return detail::literal_rules<read, 0>(detail::make_indexes<read::size>{});
}
/// Written at each line of the file, so that a mistake is told at its own; the policy itself is
/// nothing then.
template <class Source, count Line>
    requires(detail::mistake_in_line<detail::read_source<Source>, Line>() ==
             detail::mistake_list::most)
consteval bool check_policy_line() {
    return true;
}
template <class Source, count Line,
          std::size_t Which = detail::mistake_in_line<detail::read_source<Source>, Line>()>
    requires(Which != detail::mistake_list::most)
detail::literal_flaw<detail::read_source<Source>, Which> check_policy_line();

template <class Source>
    requires(!detail::well_written<detail::read_source<Source>>)
consteval bool embedded_policy() {
    return false;
}

}  // namespace shearpin::inline v1
