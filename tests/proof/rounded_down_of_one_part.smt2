; What may go, where that is one part of den: one division is enough.
; CODE fraction.hpp: if (num_ == 1) return whole / den_;
; PLANT s/(define-fun num () Int 1)/(define-fun num () Int 2)/ for two parts it is not
(set-logic QF_NIA)
(declare-const den Int)
(declare-const q Int) ; whole / den
(declare-const r Int) ; whole % den
(define-fun num () Int 1)
(define-fun whole () Int (+ (* q den) r))
(assert (and (<= 1 den) (<= 0 q) (<= 0 r) (< r den)))
(assert (not (and (<= (* q den) (* whole num))
                  (< (* whole num) (* (+ q 1) den)))))
(check-sat)
