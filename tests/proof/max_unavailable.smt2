; max_unavailable: n more may go where these and what is out already are together within the cap: out + n <= cap, out
; being size - available. Nothing wraps around where more is out than may be, or where more serve than are meant to
; (then nothing is out). And waiting never brings more than at_best.
; CODE rules/max_unavailable.hpp: [[nodiscard]] constexpr count limit(const facts& known) const noexcept {
;      return detail::minus(cap_.of(known.pool.size), detail::minus(known.pool.size, known.pool.available)); }
; CODE rules/max_unavailable.hpp: [[nodiscard]] constexpr count at_best(const facts& known) const noexcept {
;      return cap_.of(known.pool.size); }
; CODE rules/max_unavailable.hpp: detail::read_threshold(given, detail::threshold::rounding::down);
; CODE rules/max_unavailable.hpp: : cap_(detail::written_cap<max_unavailable>(given...)) {}
; CODE rules/max_unavailable.hpp: static constexpr measure measures = measure::serving;
; CODE threshold.hpp: return larger(up_ ? share_.of_rounded_up(size) : share_.of_rounded_down(size), number_);
; CODE threshold.hpp: template <class Rule> consteval threshold written_cap(fraction share, count least = 0) {
;      if (share.numerator() == 0) a_cap_of_zero_removes_nothing_say_freeze<Rule>();
;      return threshold::share(share, threshold::rounding::down, least); }
; PLANT s/(minus cap (minus size available))/cap/ what is out already is not counted
; PLANT s/(minus cap (minus size available))/(+ (minus cap (minus size available)) 1)/ one more goes
; PLANT s/(minus cap (minus size available))/(minus cap (- size available))/ where more serve than are meant to, more go
; PLANT s/(ite (> l r) (- l r) 0)/(- l r)/ what is below zero is none
(set-logic QF_LIA)
(declare-const cap Int) ; for this size of the pool: what that is, of a fraction, max_batch.smt2 says
(declare-const size Int)
(declare-const available Int)
(declare-const n Int)
(assert (and (<= 0 cap) (<= 0 n) (<= 0 size) (<= 0 available)))
(define-fun minus ((l Int) (r Int)) Int (ite (> l r) (- l r) 0))
(define-fun at_best () Int cap)
(define-fun limit () Int (minus cap (minus size available)))
; The rule in words: of what is meant to serve, so much does not.
(define-fun out () Int (ite (< available size) (- size available) 0))
(define-fun may_go () Bool (or (= n 0) (<= (+ out n) cap)))
(assert (not (and (= (<= n limit) may_go) (<= 0 limit at_best))))
(check-sat)
