; min_remaining(f, of_peak(window), baseline(b)): n may go where what then stays is at least the fraction, rounded up,
; of the size, and of the largest size that the ledger has seen in the window, or of the baseline where it has never
; seen the pool: (available - n) * den >= size * num, and the same of that. Without a ledger, where it has forgotten a
; part of the window, and where it has never seen the pool and no baseline is stated, none may go.
; CODE rules/min_remaining.hpp: if (is_of_peak()) { const maybe<count> size = size_now(known).known;
;      return size ? detail::minus(known.pool.available, floor_.of(*size)) : 0; }
; CODE rules/min_remaining.hpp: if (is_of_peak()) return size_of_peak_(known, window_, baseline_);
; CODE rules/of_peak.hpp: if (known.history == nullptr)
;      return {{}, "the pool's largest size is not known; give the guard a ledger"};
;      if (!known.history->remembers(window)) return {{}, known.history->seen() ? forgotten : never_seen};
;      if (!known.history->seen()) { if (at_first == 0) return {{}, never_seen};
;      return {detail::larger(known.pool.size, at_first)}; }
;      const maybe<count> largest = known.history->largest_size(window);
;      return {largest ? detail::larger(known.pool.size, *largest) : known.pool.size}; }
; CODE threshold.hpp: return larger(up_ ? share_.of_rounded_up(size) : share_.of_rounded_down(size), number_);
; CODE threshold.hpp: template <class Rule> consteval threshold written_floor(fraction share) {
;      return threshold::share(share, threshold::rounding::up); }
; CODE rules/min_remaining.hpp: static constexpr measure measures = measure::serving;
; PLANT s/(minus available floor)/(+ (minus available floor) 1)/ one more goes
; PLANT s/(larger size peak)/peak/ a peak that is below today's size stands for it
; PLANT s/(larger size baseline)/size/ a baseline is not looked at
; PLANT s/(ite has_peak (larger size peak) size)/size/ a peak is not looked at
; PLANT s/(and has_ledger remembers/(and has_ledger/ what the ledger has forgotten counts as small
; PLANT s/(or seen (> baseline 0))/true/ a pool that was never seen has the size of today
; PLANT s/(ite (> l r) (- l r) 0)/(- l r)/ what is below zero is none
; PLANT s/(<= (\* of_size num) (\* floor den))/(<= (* of_size num) (* (+ floor 1) den))/ rounded down
(set-logic QF_NIA)
(declare-const num Int)
(declare-const den Int)
(declare-const size Int)
(declare-const available Int)
(declare-const has_ledger Bool)
(declare-const remembers Bool) ; all of the window
(declare-const seen Bool) ; ever
(declare-const has_peak Bool) ; seen in the window
(declare-const peak Int)
(declare-const baseline Int) ; 0 where none is stated
(declare-const n Int)
(declare-const floor Int) ; what of_rounded_up says, by rounded_up.smt2
(assert (and (<= 1 den) (<= 0 num den) (<= 0 size) (<= 0 available) (<= 0 peak) (<= 0 baseline) (<= 0 n)))
(define-fun larger ((l Int) (r Int)) Int (ite (< l r) r l))
(define-fun minus ((l Int) (r Int)) Int (ite (> l r) (- l r) 0))
(define-fun known () Bool (and has_ledger remembers (or seen (> baseline 0))))
(define-fun of_size () Int (ite seen (ite has_peak (larger size peak) size) (larger size baseline)))
(assert (and (<= (* of_size num) (* floor den)) (< (* (- floor 1) den) (* of_size num))))
(define-fun limit () Int (ite known (minus available floor) 0))
; The rule in words.
(define-fun enough_of ((whole Int)) Bool (<= (* whole num) (* (- available n) den)))
(define-fun may_go () Bool
    (or (= n 0)
        (and remembers has_ledger (<= n available) (enough_of size)
             (ite seen (=> has_peak (enough_of peak)) (and (not (= baseline 0)) (enough_of baseline))))))
(assert (not (and (= (<= n limit) may_go) (<= 0 limit))))
(check-sat)
