; min_remaining: n may go where so much serves, and what then stays is at least the floor. A fraction is of the size and
; rounded up, unless it is rounded down by name: (available - n) * den >= size * num. Where the floor is above what
; serves, none may go, and nothing wraps around. What allows() asks in fewer steps, by is_reached_by (reached.smt2), is
; the same; and waiting never brings more than at_best.
; CODE rules/min_remaining.hpp: return detail::minus(known.pool.available, floor_.of(known.pool.size)); }
; CODE rules/min_remaining.hpp: if (is_of_peak() || asked == 0) return asked <= limit(known);
;      return asked <= known.pool.available && floor_.is_reached_by(known.pool.available - asked, known.pool.size); }
; CODE rules/min_remaining.hpp: [[nodiscard]] constexpr count at_best(const facts& known) const noexcept {
;      return detail::minus(detail::larger(known.pool.size, known.pool.available), floor_.of(known.pool.size)); }
; CODE rules/min_remaining.hpp: detail::read_threshold(given, detail::threshold::rounding::up);
; CODE rules/min_remaining.hpp: : floor_(detail::written_floor<min_remaining>(given...)) {}
; CODE threshold.hpp: if (!is_share_ || !up_) return part >= of(size);
;      return part >= number_ && share_.is_reached_by(part, size); }
; CODE threshold.hpp: return larger(up_ ? share_.of_rounded_up(size) : share_.of_rounded_down(size), number_);
; CODE threshold.hpp: template <class Rule> consteval threshold written_floor(fraction share) {
;      return threshold::share(share, threshold::rounding::up); }
; CODE rules/min_remaining.hpp: static constexpr measure measures = measure::serving;
; PLANT s/(minus available floor)/(+ (minus available floor) 1)/ one more goes
; PLANT s/(minus available floor)/(minus size floor)/ what is out already is not counted
; PLANT s/(ite (> l r) (- l r) 0)/(- l r)/ what is below zero is none
; PLANT s/(ite down floored ceiling)/floored/ a floor that is rounded down, though nobody said so
; PLANT s/(reaches (- available n))/(reaches available)/ what goes is taken for what stays
; PLANT s/(>= (\* part den) (\* size num))/(> (* part den) (* size num))/ what is exactly at the floor is not allowed
; PLANT s/(minus (larger size available) floor)/(minus size floor)/ of what serves above the size, waiting brings none
(set-logic QF_NIA)
(declare-const is_share Bool) ; a fraction, or a number
(declare-const down Bool) ; rounded down by name
(declare-const num Int)
(declare-const den Int)
(declare-const number Int)
(declare-const size Int)
(declare-const available Int)
(declare-const n Int)
(declare-const ceiling Int) ; what of_rounded_up says, by rounded_up.smt2
(declare-const floored Int) ; what of_rounded_down says, by rounded_down.smt2
(assert (and (<= 1 den) (<= 0 num den) (<= 0 number) (<= 0 size) (<= 0 available) (<= 0 n)))
(assert (and (<= (* size num) (* ceiling den)) (< (* (- ceiling 1) den) (* size num))))
(assert (and (<= (* floored den) (* size num)) (< (* size num) (* (+ floored 1) den))))
(define-fun larger ((l Int) (r Int)) Int (ite (< l r) r l))
(define-fun minus ((l Int) (r Int)) Int (ite (> l r) (- l r) 0))
(define-fun floor () Int (ite is_share (larger (ite down floored ceiling) number) number))
(define-fun limit () Int (minus available floor))
(define-fun at_best () Int (minus (larger size available) floor))
(define-fun reaches ((part Int)) Bool
    (ite (or (not is_share) down) (>= part floor) (and (>= part number) (>= (* part den) (* size num)))))
(define-fun allows () Bool (ite (= n 0) (<= n limit) (and (<= n available) (reaches (- available n)))))
; The rule in words. Rounded down, one less than what may stay is still less than the fraction.
(define-fun enough ((stays Int)) Bool
    (and (<= number stays)
         (=> is_share (ite down (> (* (+ stays 1) den) (* size num)) (<= (* size num) (* stays den))))))
(define-fun may_go () Bool (or (= n 0) (and (<= n available) (enough (- available n)))))
(assert (not (and (= (<= n limit) may_go) (= allows may_go) (<= 0 limit at_best))))
(check-sat)
