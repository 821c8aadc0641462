; max_in_flight: n more may go where these and what is being removed are together within the cap: open + n <= cap. Where
; more is being removed than may be, none may go, and nothing wraps around; without a ledger none may.
; CODE rules/max_in_flight.hpp: [[nodiscard]] constexpr count limit(const facts& known) const noexcept {
;      if (known.history == nullptr) return 0;
;      return detail::minus(cap_.of(known.pool.size), known.history->open().amount); }
; CODE rules/max_in_flight.hpp: [[nodiscard]] constexpr count at_best(const facts& known) const noexcept {
;      return cap_.of(known.pool.size); }
; CODE rules/max_in_flight.hpp: detail::read_threshold(given, detail::threshold::rounding::down);
; CODE rules/max_in_flight.hpp: : cap_(detail::written_cap<max_in_flight>(given...)) {}
; CODE rules/max_in_flight.hpp: static constexpr measure measures = measure::amount;
; CODE threshold.hpp: return larger(up_ ? share_.of_rounded_up(size) : share_.of_rounded_down(size), number_);
; CODE threshold.hpp: template <class Rule> consteval threshold written_cap(fraction share, count least = 0) {
;      if (share.numerator() == 0) a_cap_of_zero_removes_nothing_say_freeze<Rule>();
;      return threshold::share(share, threshold::rounding::down, least); }
; PLANT s/(minus cap open)/cap/ what is being removed is not counted
; PLANT s/(minus cap open)/(+ (minus cap open) 1)/ one more goes
; PLANT s/(ite (> l r) (- l r) 0)/(- l r)/ what is below zero is none
; PLANT s/(minus cap open) 0)/(minus cap open) cap)/ without a ledger, all that may go at a time goes
(set-logic QF_LIA)
(declare-const cap Int) ; for this size of the pool: what that is, of a fraction, max_batch.smt2 says
(declare-const has_ledger Bool)
(declare-const open Int) ; reserved, and not settled yet
(declare-const n Int)
(assert (and (<= 0 cap) (<= 0 n) (<= 0 open)))
(define-fun minus ((l Int) (r Int)) Int (ite (> l r) (- l r) 0))
(define-fun at_best () Int cap)
(define-fun limit () Int (ite has_ledger (minus cap open) 0))
; The rule in words.
(define-fun may_go () Bool (or (= n 0) (and has_ledger (<= (+ open n) cap))))
(assert (not (and (= (<= n limit) may_go) (<= 0 limit at_best))))
(check-sat)
