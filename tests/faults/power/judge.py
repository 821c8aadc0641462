# SPDX-License-Identifier: BSL-1.0
"""What a machine whose power goes has said, and whether its ledgers hold it (worker.cpp says what the lines mean)."""


class Removal:
    """One that was acknowledged, or was found on a ledger."""

    def __init__(self, amount, settling=None):
        self.amount = amount
        self.settling = settling  # to which amount, once that was begun
        self.settled = settling is not None  # and acknowledged
        self.settled_for_good = False  # and may not be lost: it was synced, or something after it was

    def certain(self):
        """How much of it is on the ledger at the least."""
        if self.settling is None:
            return self.amount
        return self.settling if self.settled else min(self.amount, self.settling)


class Judge:
    def __init__(self, budget):
        self.budget = budget  # what may go until the floor is reached, of each ledger
        self.acknowledged = 0  # operations
        self.full = 0  # times that somebody was told that the floor is reached
        self.forgotten_settlements = 0  # that may be lost, and were
        self.start_over()

    def start_over(self):
        """With an empty disk."""
        self.ledgers = {}
        self.tried = {}  # of each ledger the amounts of those of whom nobody knows whether they were reserved

    def read(self, report):
        """One boot's report: first what the ledgers hold, then what was done. Returns what is wrong, once. Where the
        power went before all of the first was told, that is nothing."""
        lines = [line.split() for line in report.splitlines(keepends=True) if line.endswith('\n') and line.strip()]
        ends = [at for at, words in enumerate(lines) if words[0] == 'Z']
        if not ends:
            return []
        listed, refused = self._listed(lines[:ends[0]])
        wrong = []
        for number, removals in self.ledgers.items():
            if number in listed:
                wrong += self._compare(number, removals, listed[number])
            else:
                wrong.append(f'ledger {number} ' + refused.get(number, 'is not there'))
        for number, found in listed.items():
            if wrong or number not in self.ledgers:  # a creation may have come about that was not acknowledged
                self.ledgers[number] = {name: Removal(amount, amount if state == 'settled' else None)
                                        for name, (state, _, amount) in found.items()}
        self.ledgers = {number: removals for number, removals in self.ledgers.items() if number in listed}
        self.tried = {}
        return wrong + self._follow(lines[ends[0] + 1:])

    @staticmethod
    def _listed(lines):
        listed, refused = {}, {}
        for words in lines:
            if words[0] == 'L' and words[2] == 'read':
                listed[int(words[1])] = {}
            elif words[0] == 'L':
                refused[int(words[1])] = 'is refused: ' + ' '.join(words[3:])
            elif words[0] == 'E':
                listed[int(words[1])][words[2]] = words[3], int(words[4]), int(words[5])
        return listed, refused

    def _compare(self, number, removals, found):
        for name, removal in removals.items():
            if name not in found:
                yield f'ledger {number}: removal {name} of {removal.amount} is lost'
                continue
            for complaint in self._state_of(removal, *found[name]):
                yield f'ledger {number}: removal {name} of {removal.amount} {complaint}'
        for name, (state, _, amount) in found.items():
            if name in removals:
                continue
            if state == 'open' and amount in self.tried.get(number, []):
                self.tried[number].remove(amount)
                removals[name] = Removal(amount)  # what was read once may be lost no more
            else:
                yield f'ledger {number}: nobody reserved {name}, {state} with {amount}'

    def _state_of(self, removal, state, targets, amount):
        if targets != amount:
            yield f'has {targets} targets, and takes {amount}'
        if state == 'settled' and amount == removal.settling:
            removal.settled = True
            removal.settled_for_good = removal.settled_for_good or amount > removal.amount
        elif state == 'open' and amount == removal.amount:
            if removal.settled_for_good:
                yield f'was settled to {removal.settling}, and is open'
            self.forgotten_settlements += removal.settled
            # Whoever held it is gone, so that nobody will settle it.
            removal.settling, removal.settled, removal.settled_for_good = None, False, False
        else:
            yield f'was settled to {removal.settling}, and is {state} with {amount}'

    def _follow(self, lines):
        wrong = []
        asking = {}  # of each worker: the ledger, the amount, and what was certain to be on it when he began
        lazy = {}  # of each worker and ledger: settlements that nothing synced of his has followed yet
        for words in lines:
            what = words[0]
            if what == 'O':
                continue
            if what not in ('c', 'C', 'r', 'R', 's', 'S', 'N'):
                wrong.append('the machine says: ' + ' '.join(words))
                continue
            worker, number = words[1], int(words[2])
            removals = self.ledgers.get(number, {})
            self.acknowledged += what in 'CRS'
            if what == 'C':
                self.ledgers.setdefault(number, {})
            elif what == 'r':
                asking[worker] = number, int(words[3]), sum(each.certain() for each in removals.values())
            elif what == 'N':
                asking.pop(worker)
                self.full += 1
            elif what == 'R':
                _, amount, certain = asking.pop(worker)
                if certain + amount > self.budget:
                    wrong.append(f'ledger {number}: the floor is broken: '
                                 f'{amount} let go after {certain} of {self.budget}')
                self.ledgers.setdefault(number, {})[words[3]] = Removal(amount)
                for earlier in lazy.pop((worker, number), []):
                    earlier.settled_for_good = True
            elif what == 's':
                removals[words[3]].settling = int(words[4])
            elif what == 'S':
                removal = removals[words[3]]
                removal.settled = True
                if removal.settling > removal.amount:  # what counts more than it did is synced
                    removal.settled_for_good = True
                else:
                    lazy.setdefault((worker, number), []).append(removal)
        for number, amount, _ in asking.values():
            self.tried.setdefault(number, []).append(amount)
        return wrong
