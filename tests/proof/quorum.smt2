; quorum(): n may go where more than half of the members then still serve: 2 * (available - n) > size. Where there is no
; majority today, none may go, and nothing wraps around.
; CODE rules/quorum.hpp: const count there = known.pool.available;
;      if (!shrinks_) return detail::minus(there, majority(known.pool.size));
; CODE rules/quorum.hpp: static constexpr count majority(count members) noexcept { return members / 2 + 1; }
; CODE rules/quorum.hpp: static constexpr measure measures = measure::serving;
; PLANT s/majority () Int (+ half 1)/majority () Int half/ a half is enough
; PLANT s/majority () Int (+ half 1)/majority () Int (+ half 2)/ one more than a majority has to stay
; PLANT s/(ite (> l r) (- l r) 0)/(- l r)/ what is below zero is none
(set-logic QF_LIA)
(declare-const size Int)
(declare-const available Int)
(declare-const n Int)
(declare-const half Int) ; size / 2
(assert (and (<= 0 size) (<= 0 available) (<= 0 n) (<= (* 2 half) size) (< size (* 2 (+ half 1)))))
(define-fun minus ((l Int) (r Int)) Int (ite (> l r) (- l r) 0))
(define-fun majority () Int (+ half 1))
(define-fun limit () Int (minus available majority))
(define-fun may_go () Bool (or (= n 0) (> (* 2 (- available n)) size)))
(assert (not (and (= (<= n limit) may_go) (<= 0 limit))))
(check-sat)
