; What must stay, where what may go is one part of den (95 % stay, 1/20 may go): one division is enough.
; For every den and every whole: whole - whole/den is the smallest count that is at least (den-1)/den of the whole.
; CODE fraction.hpp: if (den_ - num_ == 1) return whole - whole / den_;
; PLANT s/(- whole q))/(- whole (+ q 1)))/ lets one more go
; PLANT s/(< r den)/(<= r den)/ a remainder that is not smaller than what is divided by
(set-logic QF_NIA)
(declare-const den Int)
(declare-const q Int) ; whole / den
(declare-const r Int) ; whole % den
(define-fun num () Int (- den 1))
(define-fun whole () Int (+ (* q den) r))
(define-fun result () Int (- whole q))
(assert (and (<= 1 den) (<= 0 q) (<= 0 r) (< r den)))
(assert (not (and (<= (* whole num) (* result den))
                  (< (* (- result 1) den) (* whole num))
                  (<= 0 result))))
(check-sat)
