; Nothing that fraction.hpp computes in 64 bits of a whole overflows, whatever that is: a denominator has 32 bits. That
; the last sum does not, either, is in rounded_up.smt2 and rounded_down.smt2: it is at most the whole.
; CODE fraction.hpp: return whole / den_ * num_ + (whole % den_ * num_ + (den_ - 1)) / den_;
; CODE fraction.hpp: return whole / den_ * num_ + whole % den_ * num_ / den_;
; CODE fraction.hpp: if (made.den_ > 0xffff'ffff) return {};
; CODE fraction.hpp: if (den_ > 0xffff'ffff) detail::a_fraction_has_a_denominator_of_at_most_4294967295();
; PLANT s/(<= den 4294967295)/(<= den 8589934591)/ with denominators of 33 bits something does
(set-logic QF_NIA)
(declare-const num Int)
(declare-const den Int)
(declare-const q Int) ; whole / den
(declare-const r Int) ; whole % den
(define-fun limit () Int 18446744073709551616) ; 2^64
(assert (and (<= 1 den) (<= den 4294967295) (<= 0 num) (<= num den)))
(assert (and (<= 0 q) (<= 0 r) (< r den) (< (+ (* q den) r) limit)))
(assert (not (and (< (+ (* r num) (- den 1)) limit) (< (* q num) limit))))
(check-sat)
