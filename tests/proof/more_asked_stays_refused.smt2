; A limit that is worked out from the numbers of a pool is a prefix: where so many may go, fewer may, too, and where so
; many are too many, more are. It is what lets the largest admitted prefix of a selection be found by halving.
; By the floor: so many may go as stay above it.
; PLANT s/(<= fewer asked)/(<= fewer (+ asked 1))/ of one more it is not true
(set-logic QF_NIA)
(declare-const available Int)
(declare-const floor Int)
(declare-const asked Int)
(declare-const fewer Int)
(define-fun admits ((n Int)) Bool (and (<= n available) (<= floor (- available n))))
(assert (and (<= 0 available) (<= 0 floor) (<= 0 fewer) (<= fewer asked)))
(assert (not (=> (admits asked) (admits fewer))))
(check-sat)
