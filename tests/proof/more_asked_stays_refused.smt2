; A limit that is worked out from the numbers of a pool is a prefix: where so many may go, fewer may, too, and where so
; many are too many, more are. It is what lets the largest admitted prefix of a selection be found by halving. Where a
; rule compares with its limit, that is so by itself; a floor compares what stays, in fewer steps:
; min_remaining::allows.
; CODE rules/min_remaining.hpp: if (is_of_peak() || asked == 0) return asked <= limit(known);
;      return asked <= known.pool.available && floor_.is_reached_by(known.pool.available - asked, known.pool.size); }
; CODE threshold.hpp: return part >= number_ && share_.is_reached_by(part, size); }
; CODE fraction.hpp: if (den_ - num_ != 1) return wide{part} * den_ >= wide{whole} * num_;
; CODE rule.hpp: return asked <= limit_of(given_rule, known); }
; PLANT s/(<= (\* size num) (\* (- available asked) den))/(<= (* size num) (* asked den))/ what goes for what stays
; PLANT s/(ite (= asked 0) (<= asked limit)/(ite (= asked 0) (< asked limit)/ none at all is refused
(set-logic QF_NIA)
(declare-const num Int)
(declare-const den Int)
(declare-const number Int)
(declare-const size Int)
(declare-const available Int)
(declare-const limit Int) ; whatever it is: of none at all it is asked, too
(declare-const more Int)
(declare-const fewer Int)
(define-fun allows ((asked Int)) Bool
    (ite (= asked 0) (<= asked limit)
         (and (<= asked available) (>= (- available asked) number)
              (<= (* size num) (* (- available asked) den)))))
(assert (and (<= 1 den) (<= 0 num den) (<= 0 number) (<= 0 size) (<= 0 available) (<= 0 limit) (<= 0 fewer more)))
(assert (not (=> (allows more) (allows fewer))))
(check-sat)
