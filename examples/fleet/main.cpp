// SPDX-License-Identifier: BSL-1.0
// fleet: removes hosts from an inventory, unless a pool that they serve would fall below its floor.
#include <csignal>
#include <cstdio>
#include <exception>

#include "command_line.hpp"

namespace {

constexpr auto about =
    "Removes hosts from an inventory, unless a pool that they serve would fall below its floor.\n"
    "All hosts of a call are removed, or none.";

constexpr auto manual = R"(
Example:
  fleet preview --hosts hosts.csv --pools pools.csv 'bill-0[1-3]'
  fleet remove  --hosts hosts.csv --pools pools.csv 'bill-0[1-3]'

HOSTS.csv has a line for each pool that a host serves. Columns, found by their names:
  host                   the name
  pool                   the pool; or dc, cluster and service, which make the pool dc/cluster/service
  state      (optional)  in (or empty): it serves; out: it does not now, so it takes nothing from a
                         floor; removed: by fleet. The same in all lines of a host
  protected  (optional)  yes: never to be removed
  weight     (optional)  its capacity in that pool; 1 without the column
  environment (optional) what these hosts are for: production. The same in all lines
Others are left alone. `remove` sets the state to removed (a file without the column gets it) and
leaves the line where it is; to bring a host back, set its state to in.

POOLS.csv states floors. Columns:
  pool                   as in HOSTS.csv; or conftool_cluster and conftool_service, and perhaps sites
                         (eqiad|codfw), which state it for that pool in each of these sites, or in all
  floor                  what must still serve: 3, 95% or 2/3; or depool_threshold, always a fraction
  max_batch  (optional)  what one call may take at most: 3, 5% or 1/20
  size       (optional)  what the pool is meant to hold
  approvals, approvals_above
             (optional)  so many people beside the actor must agree to more than this much; 2 and 3:
                         three may go without, more with two. Above nothing means: to any
  needs_expected (opt.)  yes: refused unless --expect says how many hosts are meant
  max_rate   (optional)  what may go in any such time, by all calls together: 20/1h, 5%/1d, 5/1h|20/1d
  cooldown   (optional)  how long nothing may go after each removal: 90s, 15m, 1h, 7d
  max_in_flight (opt.)   what may be under way at a time, by all: 3, 5%
  overridable (optional) what --override may lift: max_batch, approvals, max_rate, cooldown, or several
                         (max_batch|approvals)
Of several lines for one pool, the strictest counts. What touches a pool without a floor is refused.

A policy FILE (--policy) states rules as text, beside POOLS.csv or in its place. All that is stated
holds, and each file that is given must speak of a pool, or what touches it is refused.
`fleet policy --help` shows one; `fleet policy check FILE` tells all that is wrong with it, `explain` what
it means, `diff` whether a change of it is looser, and `try` what it would have said of removals in the past
(their --help tells what they end with).

max_rate, cooldown and max_in_flight look at what was removed before, so they need --ledger FILE: a
record that all who remove share. `fleet create-ledger FILE` makes it, once; a missing one is refused
and never made anew in silence. `fleet headroom` shows what may go now and when more may, `fleet history`
what has gone. What a killed fleet had reserved counts as removed until `fleet resolve` says how it ended.

More than may go at once goes in waves, each as large as all of this allows at that moment: `fleet plan`
shows them, draws the pools over time, and writes a plan for those who approve it; `fleet apply` does it unless
what it was made from has changed; `fleet remove --in-waves` does without. A probe looks at the health after
each wave. Ctrl-C stops between two waves, and `fleet resume` goes on with a run that ended early, by whatever.

A fraction is of a pool's size: what it is meant to hold, not what is left of it. Without the column
`size` that is all that HOSTS.csv lists for it, also the hosts whose state is out or removed: they keep
their lines so that many small removals cannot do what one large one may not. If another program writes
HOSTS.csv anew and lists only what is left, state the sizes, or the floors go down with each removal.

Exit status:
  0  done (preview: it would be)
  1  refused by a safeguard; nothing was removed (resolve: refused by the ledger; plan: not all may go)
  2  the command line or a file is wrong, the ledger cannot be used, or a host or a pool is not there;
     nothing was removed
  3  the inventory was locked, changed meanwhile or could not be written, or the output could not be;
     the message says whether anything was removed, also where the ledger could not be told the end
  4  a run in waves stopped early, with hosts removed; the message says what is left, why, and how to go on
)";

}  // namespace

int main(int argc, char** argv) {
    // A file that may not grow is an error of the write, not the end of the program.
    std::signal(SIGXFSZ, SIG_IGN);
    // Nor is a reader that has gone away: it must not end a removal in its midst.
    std::signal(SIGPIPE, SIG_IGN);
    // Where the caller has switched this off, nobody could ask how a probe ended.
    std::signal(SIGCHLD, SIG_DFL);
    try {
        return static_cast<int>(fleet::run_command_line(argc, argv, about, manual));
    } catch (const fleet::failure& failed) {
        std::fprintf(stderr, "fleet: %s\n", failed.what());
        return static_cast<int>(failed.status());
    } catch (const std::exception& failed) {
        std::fprintf(stderr, "fleet: %s\n", failed.what());
        return static_cast<int>(fleet::exit_status::not_written);
    }
}
