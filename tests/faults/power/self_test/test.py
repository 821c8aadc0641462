# SPDX-License-Identifier: BSL-1.0
"""The judge of the power cuts, and the program that is cut off, tried without a machine:  test.py WORKER"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from cuts import BUDGET  # noqa: E402
from judge import Judge  # noqa: E402

WORKER = sys.argv.pop()
EMPTY = 'Z 0\n'


def listing(*entries, ledger=1):
    return f'L {ledger} read\n' + ''.join(f'E {ledger} {each}\n' for each in entries) + f'Z {ledger}\n'


def reserved(name, amount, worker='a'):
    return f'r {worker} 1 {amount}\nR {worker} 1 {name} {amount}\n'


def settled(name, amount, worker='a'):
    return f's {worker} 1 {name} {amount}\nS {worker} 1 {name} {amount}\n'


class Judging(unittest.TestCase):
    def setUp(self):
        self.judge = Judge(budget=100)

    def after(self, done, found):
        """What is wrong where a disk that was empty holds that, after this was done."""
        self.assertEqual(self.judge.read(EMPTY + done), [])
        return self.judge.read(found)

    def test_what_was_acknowledged_is_there(self):
        self.assertEqual(self.after('c a 1\nC a 1\n' + reserved('x', 5) + settled('x', 5) + reserved('y', 2),
                                    listing('x settled 5 5', 'y open 2 2')), [])
        self.assertEqual(self.judge.acknowledged, 4)

    def test_a_reservation_that_is_lost(self):
        self.assertEqual(self.after(reserved('x', 5) + reserved('y', 1), listing('y open 1 1')),
                         ['ledger 1: removal x of 5 is lost'])

    def test_another_amount(self):
        self.assertEqual(self.after(reserved('x', 5), listing('x open 4 4')),
                         ['ledger 1: removal x of 5 was settled to None, and is open with 4'])
        self.assertEqual(self.judge.read(EMPTY), ['ledger 1 is not there'])

    def test_targets_that_take_another_amount(self):
        self.assertEqual(self.after(reserved('x', 5), listing('x open 5 6')),
                         ['ledger 1: removal x of 5 has 5 targets, and takes 6',
                          'ledger 1: removal x of 5 was settled to None, and is open with 6'])

    def test_what_is_told_as_lost_is_not_told_again(self):
        self.after(reserved('x', 5) + reserved('y', 1), listing('y open 1 1'))
        self.assertEqual(self.judge.read(listing('y open 1 1')), [])

    def test_a_settlement_may_be_lost_while_nothing_synced_follows_it(self):
        self.assertEqual(self.after(reserved('x', 5) + settled('x', 3), listing('x open 5 5')), [])
        self.assertEqual(self.judge.forgotten_settlements, 1)

    def test_a_settlement_that_something_synced_follows_may_not(self):
        self.assertEqual(self.after(reserved('x', 5) + settled('x', 3) + reserved('y', 1),
                                    listing('x open 5 5', 'y open 1 1')),
                         ['ledger 1: removal x of 5 was settled to 3, and is open'])

    def test_what_somebody_else_has_synced_may_have_come_before_it(self):
        self.assertEqual(self.after(reserved('x', 5) + 'r b 1 1\n' + settled('x', 3) + 'R b 1 y 1\n',
                                    listing('x open 5 5', 'y open 1 1')), [])

    def test_a_settlement_to_more_than_was_reserved_may_not_be_lost(self):
        self.assertEqual(self.after(reserved('x', 5) + settled('x', 7), listing('x open 5 5')),
                         ['ledger 1: removal x of 5 was settled to 7, and is open'])

    def test_a_settlement_to_something_else(self):
        self.assertEqual(self.after(reserved('x', 5) + settled('x', 3), listing('x settled 4 4')),
                         ['ledger 1: removal x of 5 was settled to 3, and is settled with 4'])

    def test_a_settlement_that_was_only_begun_may_be_there(self):
        self.assertEqual(self.after(reserved('x', 5) + 's a 1 x 7\n', listing('x settled 7 7')), [])
        # Then it was synced, and may be lost no more.
        self.assertEqual(self.judge.read(listing('x open 5 5')),
                         ['ledger 1: removal x of 5 was settled to 7, and is open'])

    def test_a_reservation_that_was_only_begun_may_be_there_or_not(self):
        self.assertEqual(self.after(reserved('w', 1) + 'r a 1 5\nr b 1 6\n', listing('w open 1 1', 'x open 6 6')), [])
        # What was read once may be lost no more, and what was not there once does not come.
        self.assertEqual(self.judge.read(listing('w open 1 1', 'y open 5 5')),
                         ['ledger 1: removal x of 6 is lost', 'ledger 1: nobody reserved y, open with 5'])

    def test_of_a_reservation_that_was_only_begun_there_is_one(self):
        self.assertEqual(self.after(reserved('w', 1) + 'r a 1 5\n', listing('w open 1 1', 'x open 5 5', 'y open 5 5')),
                         ['ledger 1: nobody reserved y, open with 5'])

    def test_what_nobody_reserved(self):
        self.assertEqual(self.after(reserved('x', 5) + 'r a 1 4\n', listing('x open 5 5', 'y settled 4 4')),
                         ['ledger 1: nobody reserved y, settled with 4'])

    def test_a_settlement_that_is_lost_does_not_come_back(self):
        self.assertEqual(self.after(reserved('x', 5) + settled('x', 3), listing('x open 5 5')), [])
        self.assertEqual(self.judge.read(listing('x settled 3 3')),
                         ['ledger 1: removal x of 5 was settled to None, and is settled with 3'])

    def test_another_than_was_begun(self):
        self.assertEqual(self.after(reserved('x', 5) + 'r a 1 5\n', listing('x open 5 5', 'y open 4 4')),
                         ['ledger 1: nobody reserved y, open with 4'])

    def test_a_ledger_that_was_created_is_there_and_can_be_read(self):
        self.assertEqual(self.after('c a 1\nC a 1\n', EMPTY), ['ledger 1 is not there'])
        self.judge.start_over()
        self.assertEqual(self.after('c a 1\nC a 1\n', 'L 1 refused it is damaged\nZ 1\n'),
                         ['ledger 1 is refused: it is damaged'])

    def test_a_ledger_that_was_only_begun_need_not_be(self):
        self.assertEqual(self.after('c a 1\n', 'L 1 refused it is damaged\nZ 1\n'), [])

    def test_a_floor_that_is_broken(self):
        done = reserved('x', 90) + settled('x', 95) + reserved('y', 6)
        self.assertEqual(self.judge.read(EMPTY + done), ['ledger 1: the floor is broken: 6 let go after 95 of 100'])

    def test_a_settlement_that_was_only_begun_may_count_or_not(self):
        done = reserved('x', 90) + 's a 1 x 95\n' + reserved('y', 10, 'b')
        self.assertEqual(self.judge.read(EMPTY + done), [])
        self.judge.start_over()
        done = reserved('x', 90) + 's a 1 x 80\n' + reserved('y', 20, 'b')
        self.assertEqual(self.judge.read(EMPTY + done), [])
        self.judge.start_over()
        done = reserved('x', 90) + 's a 1 x 80\n' + reserved('y', 21, 'b')
        self.assertEqual(self.judge.read(EMPTY + done), ['ledger 1: the floor is broken: 21 let go after 80 of 100'])

    def test_a_floor_that_is_reached(self):
        done = reserved('x', 90) + settled('x', 70) + reserved('y', 30) + 'r a 1 1\nN a 1 1\n'
        self.assertEqual(self.judge.read(EMPTY + done), [])
        self.assertEqual(self.judge.full, 1)

    def test_what_was_lost_on_the_way_counts_for_the_floor(self):
        self.after(reserved('x', 90), listing('x open 90 90') + reserved('y', 10))
        self.assertEqual(self.judge.read(listing('x open 90 90', 'y open 10 10') + reserved('z', 1)),
                         ['ledger 1: the floor is broken: 1 let go after 100 of 100'])

    def test_a_line_that_was_cut_off_acknowledges_nothing(self):
        self.assertEqual(self.after('r a 1 5\nR a 1 x 5', listing()), [])
        self.assertEqual(self.judge.acknowledged, 0)

    def test_a_listing_that_was_cut_off_says_nothing(self):
        self.assertEqual(self.after(reserved('x', 5), 'L 1 read\n'), [])
        self.assertEqual(self.judge.read(listing()), ['ledger 1: removal x of 5 is lost'])

    def test_what_must_not_be(self):
        self.assertEqual(self.judge.read(EMPTY + 'r a 1 5\nX a 1 5 it cannot be read\nM the workers ended\n'),
                         ['the machine says: X a 1 5 it cannot be read', 'the machine says: M the workers ended'])


class Worker(unittest.TestCase):
    """Killed, and not cut off: then nothing is lost."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / 'disk').mkdir()

    def work(self, *options):
        done = self.folder / 'done'
        with done.open('w') as to:
            workers = [subprocess.Popen([WORKER, *options, 'work', self.folder / 'disk', name, seed], stdout=to)
                       for name, seed in (('a', '1'), ('b', '2'))]
            end = time.monotonic() + 30
            while done.read_text().count('\nR ') < 250 and time.monotonic() < end:
                time.sleep(0.05)
            for worker in workers:
                worker.kill()
                worker.wait()
        return done.read_text()

    def list(self):
        return subprocess.run([WORKER, 'list', self.folder / 'disk'], check=True, capture_output=True, text=True).stdout

    def test_nothing_is_lost_of_what_is_only_killed(self):
        judge = Judge(BUDGET)
        for options in ((), ('--unsynced',), ()):
            self.assertEqual(judge.read(self.list() + self.work(*options)), [])
        self.assertEqual(judge.read(self.list()), [])
        self.assertGreater(judge.acknowledged, 700)
        self.assertGreater(judge.full, 2)
        self.assertGreater(len(judge.ledgers), 2)

    def test_a_ledger_that_is_put_back_has_lost_something(self):
        judge = Judge(BUDGET)
        judge.read(self.list() + self.work())
        newest = max((self.folder / 'disk').iterdir(), key=lambda path: int(path.name.split('.')[1]))
        shutil.copy(newest, self.folder / 'kept')
        self.assertEqual(judge.read(self.list() + self.work()), [])
        shutil.copy(self.folder / 'kept', newest)
        wrong = judge.read(self.list())
        self.assertGreater(len(wrong), 5)
        self.assertIn('is lost', wrong[0])


unittest.main()
