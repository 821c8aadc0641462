; What must stay: fraction::of_rounded_up.
; For every fraction num/den between 0 and 1 and every whole, the code gives the smallest count that is at least that
; fraction of the whole: it is large enough, one less is not, and it is never more than the whole.
; CODE fraction.hpp: return whole / den_ * num_ + (whole % den_ * num_ + (den_ - 1)) / den_;
; PLANT s/(+ (\* r num) (- den 1))/(+ (* r num) (- den 2))/ rounds a remainder of one down
; PLANT s/(+ (\* r num) (- den 1))/(+ (* r num) den)/ rounds what is exact up by one
(set-logic QF_NIA)
(declare-const num Int)
(declare-const den Int)
(declare-const q Int) ; whole / den
(declare-const r Int) ; whole % den
(declare-const s Int) ; (r * num + den - 1) / den
(define-fun whole () Int (+ (* q den) r))
(define-fun result () Int (+ (* q num) s))
(assert (and (<= 1 den) (<= 0 num) (<= num den)))
(assert (and (<= 0 q) (<= 0 r) (< r den)))
; What a division of whole numbers is.
(assert (<= (* s den) (+ (* r num) (- den 1))))
(assert (< (+ (* r num) (- den 1)) (* (+ s 1) den)))
; The contrary.
(assert (not (and (<= (* whole num) (* result den))
                  (< (* (- result 1) den) (* whole num))
                  (<= result whole))))
(check-sat)
