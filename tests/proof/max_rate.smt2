; max_rate: n more may go where these, what is being removed and what went in the window are together within the cap:
; removed + n <= cap. The sum of what was removed stops at 2^64 - 1, which makes no difference: a cap is below 2^63, as
; each number is, and the size of each pool that is believed. Where more has gone than may, where the ledger has
; forgotten a part of the window, and without a ledger, none may go.
; CODE rules/max_rate.hpp: [[nodiscard]] constexpr count limit(const facts& known) const noexcept {
;      if (known.history == nullptr || !known.history->remembers(window_)) return 0;
;      return detail::minus(cap_.of(known.pool.size), known.history->removed_within(window_).amount); }
; CODE rules/max_rate.hpp: [[nodiscard]] constexpr count at_best(const facts& known) const noexcept {
;      return cap_.of(known.pool.size); }
; CODE rules/max_rate.hpp: detail::read_threshold(given, detail::threshold::rounding::down);
; CODE rules/max_rate.hpp: : cap_(detail::written_cap<max_rate>(most)),
; CODE rules/max_rate.hpp: : cap_(detail::written_cap<max_rate>(most, least)),
; CODE rules/max_rate.hpp: static constexpr measure measures = measure::amount;
; CODE history.hpp: [[nodiscard]] constexpr amounts removed_within(duration window) const noexcept {
;      amounts sum = settled_within(window); sum += parts_.open; return sum; }
; CODE facts.hpp: amount = detail::plus(amount, more.amount);
; CODE policy.hpp: return ((there.size | there.available) >> 63) == 0;
; CODE threshold.hpp: if (made.number() > largest_count) return {};
; CODE threshold.hpp: if (static_cast<count>(number) > largest_count)
; CODE threshold.hpp: return larger(up_ ? share_.of_rounded_up(size) : share_.of_rounded_down(size), number_);
; CODE threshold.hpp: template <class Rule> consteval threshold written_cap(fraction share, count least = 0) {
;      if (share.numerator() == 0) a_cap_of_zero_removes_nothing_say_freeze<Rule>();
;      return threshold::share(share, threshold::rounding::down, least); }
; PLANT s/(minus cap removed)/(minus cap settled)/ what is being removed is not counted
; PLANT s/(minus cap removed)/(minus cap open)/ what has gone is not counted
; PLANT s/(minus cap removed)/(+ (minus cap removed) 1)/ one more goes
; PLANT s/(ite (> l r) (- l r) 0)/(- l r)/ what is below zero is none
; PLANT s/(and has_ledger remembers)/has_ledger/ what the ledger has forgotten counts as none
; PLANT s/largest sum/(- sum largest 1) sum/ the sum begins again at zero
(set-logic QF_LIA)
(declare-const cap Int) ; for this size of the pool: what that is, of a fraction, max_batch.smt2 says
(declare-const has_ledger Bool)
(declare-const remembers Bool) ; all of the window
(declare-const settled Int) ; within the window
(declare-const open Int) ; reserved, and not settled yet
(declare-const n Int)
(assert (and (<= 0 cap) (<= 0 n) (<= 0 settled) (<= 0 open)))
(define-fun minus ((l Int) (r Int)) Int (ite (> l r) (- l r) 0))
(define-fun at_best () Int cap)
(define-fun largest () Int 18446744073709551615) ; 2^64 - 1
(assert (<= (* 2 cap) largest))
(define-fun sum () Int (+ settled open))
(define-fun removed () Int (ite (> sum largest) largest sum))
(define-fun limit () Int (ite (and has_ledger remembers) (minus cap removed) 0))
; The rule in words.
(define-fun may_go () Bool (or (= n 0) (and remembers has_ledger (<= (+ settled open n) cap))))
(assert (not (and (= (<= n limit) may_go) (<= 0 limit at_best))))
(check-sat)
