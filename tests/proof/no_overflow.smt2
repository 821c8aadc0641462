; Nothing that fraction.hpp computes in 64 bits overflows, whatever the whole: a denominator has 32 bits.
; CODE fraction.hpp: return whole / den_ * num_ + (whole % den_ * num_ + (den_ - 1)) / den_;
; CODE fraction.hpp: return left.num_ * right.den_ < right.num_ * left.den_;  // each product is below 2^64
; CODE fraction.hpp: if (made.den_ > 0xffff'ffff) return {};
; PLANT s/(<= den 4294967295)/(<= den 8589934591)/ with denominators of 33 bits something does
(set-logic QF_NIA)
(declare-const num Int)
(declare-const den Int)
(declare-const q Int)
(declare-const r Int)
(declare-const s Int)
(declare-const other Int) ; the denominator of another fraction
(define-fun limit () Int 18446744073709551616) ; 2^64
(assert (and (<= 1 den) (<= den 4294967295) (<= 0 num) (<= num den)))
(assert (and (<= 1 other) (<= other den)))
(assert (and (<= 0 q) (<= 0 r) (< r den) (< (+ (* q den) r) limit)))
(assert (<= (* s den) (+ (* r num) (- den 1))))
(assert (not (and (< (+ (* r num) (- den 1)) limit)
                  (< (* q num) limit)
                  (< (+ (* q num) s) limit)
                  (< (* num other) limit))))
(check-sat)
