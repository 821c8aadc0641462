; quorum(membership::shrinks): one member may leave for good where more than half of the others then serve:
; 2 * (available - 1) > size - 1. Never two at once; and of no member none may leave.
; CODE rules/quorum.hpp: return there >= 1 && there - 1 >= majority(detail::minus(known.pool.size, 1)) ? 1 : 0; }
; CODE rules/quorum.hpp: static constexpr count majority(count members) noexcept { return members / 2 + 1; }
; PLANT s/(- available 1) (+ half 1)/available (+ half 1)/ the one that leaves is counted as serving
; PLANT s/(+ half 1))) 1 0)/(+ half 1))) 2 0)/ two leave at once
; PLANT s/left () Int (ite (> size 1) (- size 1) 0)/left () Int size/ the majority is of the members that there were
(set-logic QF_LIA)
(declare-const size Int)
(declare-const available Int)
(declare-const n Int)
(declare-const half Int) ; of those that are left, (size - 1) / 2
(assert (and (<= 0 size) (<= 0 available) (<= 0 n)))
(define-fun left () Int (ite (> size 1) (- size 1) 0))
(assert (and (<= (* 2 half) left) (< left (* 2 (+ half 1)))))
(define-fun limit () Int (ite (and (>= available 1) (>= (- available 1) (+ half 1))) 1 0))
(define-fun others () Int (ite (> size 0) (- size 1) 0))
(define-fun may_go () Bool (or (= n 0) (and (= n 1) (> (* 2 (- available 1)) others))))
(assert (not (= (<= n limit) may_go)))
(check-sat)
