; What fractions are compared by does not overflow: of any two, each product of a numerator and the other's denominator
; is below 2^64; and is_reached_by needs twice the width, which is enough.
; CODE fraction.hpp: return left.num_ * right.den_ < right.num_ * left.den_;  // each product is below 2^64
; CODE fraction.hpp: __extension__ using wide = unsigned __int128;
; CODE fraction.hpp: if (den_ - num_ != 1) return wide{part} * den_ >= wide{whole} * num_;
; CODE fraction.hpp: if (made.den_ > 0xffff'ffff) return {};
; CODE fraction.hpp: if (den_ > 0xffff'ffff) detail::a_fraction_has_a_denominator_of_at_most_4294967295();
; PLANT s/(<= 1 other 4294967295)/(<= 1 other 8589934591)/ with denominators of 33 bits something does
; PLANT s/(< (\* part den) (\* limit limit))/(< (* part den) limit)/ in one width it does
(set-logic QF_NIA)
(declare-const num Int)
(declare-const den Int)
(declare-const other Int) ; the denominator of another fraction
(declare-const part Int)
(declare-const whole Int)
(define-fun limit () Int 18446744073709551616) ; 2^64
(assert (and (<= 1 den 4294967295) (<= 0 num den) (<= 1 other 4294967295)))
(assert (and (<= 0 part) (< part limit) (<= 0 whole) (< whole limit)))
(assert (not (and (< (* num other) limit) (< (* part den) (* limit limit)) (< (* whole num) (* limit limit)))))
(check-sat)
