; max_targets: one call may name n targets where that is within the cap. A fraction is of the size and rounded down,
; unless it is rounded up by name: n * den <= size * num, or n <= at_least(...).
; CODE rules/max_targets.hpp: [[nodiscard]] constexpr count limit(const facts& known) const noexcept {
;      return cap_.of(known.pool.size); }
; CODE rules/max_targets.hpp: [[nodiscard]] constexpr count at_best(const facts& known) const noexcept {
;      return cap_.of(known.pool.size); }
; CODE rules/max_targets.hpp: detail::read_threshold(given, detail::threshold::rounding::down);
; CODE rules/max_targets.hpp: : cap_(detail::written_cap<max_targets>(given...)) {}
; CODE rules/max_targets.hpp: static constexpr measure measures = measure::heads;
; CODE threshold.hpp: return larger(up_ ? share_.of_rounded_up(size) : share_.of_rounded_down(size), number_);
; CODE threshold.hpp: template <class Rule> consteval threshold written_cap(fraction share, count least = 0) {
;      if (share.numerator() == 0) a_cap_of_zero_removes_nothing_say_freeze<Rule>();
;      return threshold::share(share, threshold::rounding::down, least); }
; PLANT s/limit () Int cap/limit () Int (+ cap 1)/ one more goes
; PLANT s/(ite up ceiling down)/ceiling/ a cap that is rounded up, though nobody said so
; PLANT s/(larger (ite up ceiling down) number)/(+ (ite up ceiling down) number)/ the least is added
(set-logic QF_NIA)
(declare-const is_share Bool) ; a fraction, or a number
(declare-const up Bool) ; rounded up by name
(declare-const num Int)
(declare-const den Int)
(declare-const number Int) ; or the least that the fraction comes to
(declare-const size Int)
(declare-const n Int)
(declare-const ceiling Int) ; what of_rounded_up says, by rounded_up.smt2
(declare-const down Int) ; what of_rounded_down says, by rounded_down.smt2
(assert (and (<= 1 den) (<= 0 num den) (<= 0 number) (<= 0 size) (<= 0 n)))
(assert (and (<= (* size num) (* ceiling den)) (< (* (- ceiling 1) den) (* size num))))
(assert (and (<= (* down den) (* size num)) (< (* size num) (* (+ down 1) den))))
(define-fun larger ((l Int) (r Int)) Int (ite (< l r) r l))
(define-fun minus ((l Int) (r Int)) Int (ite (> l r) (- l r) 0))
(define-fun cap () Int (ite is_share (larger (ite up ceiling down) number) number))
(define-fun at_best () Int cap)
(define-fun limit () Int cap)
; The rule in words.
(define-fun within ((all Int)) Bool
    (or (<= all number)
        (and is_share (ite up (< (* (- all 1) den) (* size num)) (<= (* all den) (* size num))))))
(assert (not (and (= (<= n limit) (or (= n 0) (within n))) (<= 0 limit at_best))))
(check-sat)
