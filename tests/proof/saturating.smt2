; What rules subtract and add in 64 bits is what whole numbers are, but for one thing: below zero is zero, and above
; 2^64 - 1 is that. Bit by bit, with one bit more to see what would have been.
; CODE count.hpp: constexpr count minus(count left, count right) noexcept { return left > right ? left - right : 0; }
; CODE count.hpp: constexpr count plus(count left, count right) noexcept { const count sum = left + right;
;      return sum < left ? ~count{0} : sum; }
; CODE count.hpp: constexpr count larger(count left, count right) noexcept { return left < right ? right : left; }
; CODE count.hpp: constexpr count smaller(count left, count right) noexcept { return left < right ? left : right; }
; CODE count.hpp: using count = std::uint64_t;
; PLANT s/(ite (bvugt left right) (bvsub left right) none)/(bvsub left right)/ what is below zero wraps around
; PLANT s/(ite (bvult sum left) (bvnot none) sum)/sum/ what is above the largest begins again at zero
; PLANT s/(ite (bvult left right) right left)/(ite (bvslt left right) right left)/ large counts are taken for negative
; PLANT s/(ite (bvult left right) left right)/right/ the other one
(set-logic QF_BV)
(declare-const left (_ BitVec 64))
(declare-const right (_ BitVec 64))
(define-fun none () (_ BitVec 64) (_ bv0 64))
(define-fun sum () (_ BitVec 64) (bvadd left right))
(define-fun minus () (_ BitVec 64) (ite (bvugt left right) (bvsub left right) none))
(define-fun plus () (_ BitVec 64) (ite (bvult sum left) (bvnot none) sum))
(define-fun larger () (_ BitVec 64) (ite (bvult left right) right left))
(define-fun smaller () (_ BitVec 64) (ite (bvult left right) left right))
; In 65 bits.
(define-fun wide ((number (_ BitVec 64))) (_ BitVec 65) (concat #b0 number))
(define-fun true_sum () (_ BitVec 65) (bvadd (wide left) (wide right)))
(define-fun is_difference () Bool
    (or (= (bvadd (wide minus) (wide right)) (wide left)) (and (= minus none) (bvule left right))))
(define-fun is_sum () Bool
    (or (= (wide plus) true_sum) (and (= plus (bvnot none)) (bvugt true_sum (wide (bvnot none))))))
(assert (not (and is_difference is_sum (bvuge larger left) (bvuge larger right) (or (= larger left) (= larger right))
                  (bvule smaller left) (bvule smaller right) (or (= smaller left) (= smaller right)))))
(check-sat)
