// SPDX-License-Identifier: BSL-1.0
// Policies as text: one spelling for code, files, flags and refusals. A text is checked when the
// code is compiled where it is a literal ("..."_policy) or a file that is embedded (the CMake
// function shearpin_embed_policy), and when it is read where it comes from elsewhere
// (parse_policy).
//
//     # what may go of the index
//     min_remaining(95%)
//     max_batch(5%, at_least(1)), max_rate(20, 1h)
//     freeze(fri 16:00, mon 08:00)     # UTC
//     overridable(cooldown(5min))
//
// The grammar. Blanks may stand between any two words and signs; a comment, from # to the end of
// the line, and a line break may stand wherever a blank may. Words are written as they stand here,
// in small letters. What follows a word without a blank belongs to it.
//
//     policy    = rule { separator rule } [ "," ]
//     separator = line break | ","
//     policies  = pool { [ "," ] pool } [ "," ]
//     pool      = ( "pool" name | "other_pools" | "every_pool" ) "{" policy "}"
//     name      = word | '"' any characters of one line but '"' '"'
//
//     rule      = plain | "overridable" "(" plain ")"
//     plain     = "min_remaining" "(" floor ")"
//               | ( "max_batch" | "max_targets" | "max_unavailable" | "max_in_flight" ) "(" cap ")"
//               | "max_rate" "(" cap "," time ")"
//               | "max_pools" "(" number ")"
//               | "cooldown" "(" time ")"
//               | "fresh_within" "(" time ")"
//               | "quorum" "(" [ "membership::stays" | "membership::shrinks" ] ")"
//               | "freeze" "(" [ moment "," moment | weekly "," weekly ] ")"
//               | "approvals" "(" number "," "above" "(" number ")" ")"
//               | "needs_expected" "(" ")"
//               | "unlimited"
//     floor     = number | share [ "," "of_peak" "(" time ")" [ "," "baseline" "(" number ")" ] ]
//               | "round_down" "(" share ")"
//     cap       = number | share [ "," "at_least" "(" number ")" ] | "round_up" "(" share ")"
//     share     = digits [ "." digits ] "%" | digits "/" digits       (0% to 100%, 0/1 to 1/1)
//     number    = digits                                              (below 2^63)
//     time      = digits unit { digits unit }      unit = "d" "h" "min" "s" "ms" "us" "ns", in
//                                                         this order, each at most once
//     moment    = YYYY-MM-DD [ "T" clock "Z" ]                        (UTC)
//     weekly    = ( "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" ) clock
//     clock     = HH:MM [ ":" SS [ "." digits ] ]                     (00:00 to 24:00)
//
// What a guard would not take is a mistake: two limits of one kind in one policy, `unlimited`
// beside another rule. What a policy is written as, to_string(policy), is read as the same policy.
// Two things that can be made in code have no text: a rule of the user's own, and a rule that is
// overridable twice.
#pragma once

#include <shearpin/explain_policies.hpp>
#include <shearpin/explain_policy.hpp>
#include <shearpin/parse_policies.hpp>
#include <shearpin/parse_policy.hpp>
#include <shearpin/policies_diff.hpp>
#include <shearpin/policy_diff.hpp>
#include <shearpin/policy_literal.hpp>
#include <shearpin/policy_spelling.hpp>
#include <shearpin/pools_strictness.hpp>
#include <shearpin/strictness.hpp>
