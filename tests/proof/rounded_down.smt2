; What may go: fraction::of_rounded_down.
; For every fraction num/den between 0 and 1 and every whole, the code gives the largest count that is at most that
; fraction of the whole: it is small enough, and one more is not.
; CODE fraction.hpp: return whole / den_ * num_ + whole % den_ * num_ / den_;
; PLANT s/(< (\* r num) (\* (+ s 1) den))/(<= (* r num) (* (+ s 1) den))/ rounds what is exact down by one
; PLANT s/(+ (\* q num) s)/(+ (* q num) s 1)/ lets one more go
(set-logic QF_NIA)
(declare-const num Int)
(declare-const den Int)
(declare-const q Int) ; whole / den
(declare-const r Int) ; whole % den
(declare-const s Int) ; r * num / den
(define-fun whole () Int (+ (* q den) r))
(define-fun result () Int (+ (* q num) s))
(assert (and (<= 1 den) (<= 0 num) (<= num den)))
(assert (and (<= 0 q) (<= 0 r) (< r den)))
(assert (<= (* s den) (* r num)))
(assert (< (* r num) (* (+ s 1) den)))
(assert (not (and (<= (* result den) (* whole num))
                  (< (* whole num) (* (+ result 1) den))
                  (<= 0 result whole))))
(check-sat)
