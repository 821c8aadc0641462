; Whether enough stays, by two products in twice the width in place of divisions: fraction::is_reached_by.
; For every part: part * den >= whole * num says the same as part >= the smallest count that is at least num/den of
; the whole (which is what of_rounded_up gives; see rounded_up.smt2).
; CODE fraction.hpp: if (den_ - num_ != 1) return wide{part} * den_ >= wide{whole} * num_;
; CODE fraction.hpp: return part >= of_rounded_up(whole);
; PLANT s/(>= (\* part den) (\* whole num))/(> (* part den) (* whole num))/ refuses what is exactly at the floor
(set-logic QF_NIA)
(declare-const num Int)
(declare-const den Int)
(declare-const whole Int)
(declare-const part Int)
(declare-const floor Int)
(assert (and (<= 1 den) (<= 0 num) (<= num den) (<= 0 whole) (<= 0 part)))
(assert (and (<= (* whole num) (* floor den)) (< (* (- floor 1) den) (* whole num))))
(assert (not (= (>= (* part den) (* whole num)) (>= part floor))))
(check-sat)
