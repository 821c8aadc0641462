# SPDX-License-Identifier: BSL-1.0
"""Boots a machine, cuts its power while programs in it reserve and settle, and boots it again from the disk as it was
left, many times. tests/faults/power/run makes what it needs, and calls it."""
import argparse
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time

from judge import Judge

BUDGET = 600  # worker.cpp: 1000 serve for ever, and 400 must remain
MOST_ACKNOWLEDGED = 120  # at a boot, before the power goes
CUTS_OF_A_DISK = 20  # then a new one, since what stands on it is listed at each boot
TRIES = 4  # an emulated machine on a busy host does not always boot: its kernel may find that its timer does not work


class Trouble(Exception):
    """Nothing is shown, since something here does not work."""


class Machine:
    def __init__(self, options, name, store):
        self.options, self.name, self.store = options, name, store
        self.files = pathlib.Path(options.work) / name
        shutil.rmtree(self.files, ignore_errors=True)
        self.files.mkdir(parents=True)
        self.image, self.losses = self.files / 'image', self.files / 'losses'
        self.boots = 0
        self.disk = self.machine = None

    def new_disk(self):
        self.stop_disk()
        shutil.copy(self.options.image, self.image)
        self.losses.write_text('')
        socket = self.files / 'socket'
        socket.unlink(missing_ok=True)
        self.disk = subprocess.Popen(
            ['nbdkit', '-f', '-U', str(socket), self.options.disk, f'file={self.image.resolve()}',
             f'log={self.losses.resolve()}', f'seed={random.getrandbits(63)}', 'flush=30'],
            stderr=(self.files / 'nbdkit.log').open('w'))
        self._wait_for(socket.exists, 10, self.disk, 'nbdkit did not start', 'nbdkit.log')

    def stop_disk(self):
        for process in (self.machine, self.disk):
            if process and process.poll() is None:
                process.kill()
                process.wait()
        self.machine = self.disk = None

    def boot(self, mode):
        self.boots += 1
        self.report, self.console = self.files / 'report', self.files / 'console'
        self.report.write_text('')
        words = (f'console=ttyS0 quiet loglevel=3 panic=-1 mitigations=off cryptomgr.notests power_mode={mode} '
                 f'power_fs={self.options.file_system} power_seed={random.getrandbits(31)} '
                 f'{"power_store=--unsynced" if self.store else ""}')
        self.machine = subprocess.Popen(
            ['qemu-system-x86_64', '-accel', 'tcg', '-cpu', 'max', '-m', '256', '-smp', '1', '-nodefaults',
             '-no-user-config', '-display', 'none', '-no-reboot',
             '-serial', f'file:{self.console}', '-serial', f'file:{self.report}',
             '-kernel', self.options.kernel, '-initrd', self.options.initrd, '-append', words,
             '-drive', f'file=nbd+unix:///?socket={self.files / "socket"},format=raw,if=virtio,cache=none'],
            stdin=subprocess.DEVNULL, stderr=(self.files / 'qemu.log').open('w'))

    def told(self):
        return self.report.read_text(errors='replace').replace('\r', '')

    def has_told(self, letter):
        return any(line.startswith(letter) for line in self.told().split('\n')[:-1])

    def wait_until_told(self, letter):
        """False where it does not come so far."""
        end = time.monotonic() + self.options.boot_seconds
        while time.monotonic() < end and not self.has_stopped():
            if self.has_told(letter):
                return True
            time.sleep(0.01)
        return False

    def wait_until_acknowledged(self, number):
        end = time.monotonic() + 20
        while time.monotonic() < end and not self.has_stopped():
            if sum(line[0] in 'CRS' for line in self.told().split('\n')[:-1] if line) >= number:
                return
            time.sleep(0.005)

    def cut(self):
        """First the machine stands still and then the disk, so that nothing is written in between."""
        before = self.losses.read_text().count('\n')
        if self.has_stopped():  # and may never have come so far as to use the disk
            time.sleep(1)
            return ''
        self.machine.send_signal(signal.SIGSTOP)
        self.disk.send_signal(signal.SIGUSR1)
        self.machine.kill()
        self.machine.wait()
        self._wait_for(lambda: self.losses.read_text().count('\n') > before, 30, self.disk, 'the disk did not stop',
                       'nbdkit.log')
        said = self.losses.read_text().split('\n')[-2]
        if not said.startswith('cut: '):
            raise Trouble(said)
        return said[5:]

    def wait_until_off(self):
        try:
            self.machine.wait(self.options.boot_seconds)
        except subprocess.TimeoutExpired:
            return False
        return self.has_told('O')

    def has_stopped(self):
        return self.machine.poll() is not None

    def errors(self):
        return (self.files / 'qemu.log').read_text(errors='replace').strip()

    def last_words(self):
        if not self.console.exists():
            return ''
        return '\n'.join(self.console.read_text(errors='replace').replace('\r', '').split('\n')[-12:])

    def _wait_for(self, condition, seconds, process, trouble, log):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end or process.poll() is not None:
                raise Trouble(f'{trouble}: {(self.files / log).read_text(errors="replace").strip()}')
            time.sleep(0.01)


class Series:
    """Cuts of one machine, one after the other."""

    def __init__(self, machine):
        self.machine, self.judge = machine, Judge(BUDGET)
        self.cuts = self.early = self.lost_in = self.lost_sectors = self.failed_boots = 0
        self.complaints = []
        self.time_to_recover = 0.5

    def run(self, cuts):
        for number in range(cuts):
            if number % CUTS_OF_A_DISK == 0:
                self.finish()
                self.machine.new_disk()
                self.judge.start_over()
            self.one_cut(number)
        self.finish()

    def one_cut(self, number):
        # Some cuts come while the last one is being recovered from.
        early = number % CUTS_OF_A_DISK % 5 == 4
        for _ in range(TRIES):
            self.machine.boot('work')
            if not self.machine.wait_until_told('B'):
                trouble = self.did_not_boot()
                continue
            begun = time.monotonic()
            if early:
                time.sleep(random.uniform(0, self.time_to_recover))
                break
            if self.machine.wait_until_told('Z'):
                self.time_to_recover = time.monotonic() - begun
                self.machine.wait_until_acknowledged(random.randint(0, MOST_ACKNOWLEDGED))
                time.sleep(random.uniform(0, 0.06))  # as long as two flushes, and so in the middle of one as a rule
                break
            trouble = self.did_not_boot()
        else:
            raise trouble
        before = self.judge.acknowledged
        losses = self.machine.cut()
        self.cuts += 1
        self.early += early
        self.count(losses)
        self.hear()
        print(f'{self.machine.name} {self.cuts}: power cut {"while it recovered" if early else "at work"}, '
              f'{self.judge.acknowledged - before} acknowledged; {losses}', flush=True)

    def did_not_boot(self):
        """Cuts it off, and says why there is nothing more to try."""
        machine = self.machine
        self.failed_boots += 1
        if machine.has_stopped():
            why = f'the machine stopped by itself: {machine.errors()}'
        else:
            why = f'the machine did not boot within {machine.options.boot_seconds} s (more: --boot-seconds)'
        machine.cut()
        self.hear()
        return Trouble(f'{why}, and so {TRIES} times. Its last words:\n{machine.last_words()}')

    def count(self, losses):
        if losses:
            kept, of = losses.rsplit(', ', 1)[1].split(' sectors')[0].split(' of ')
            self.lost_sectors += int(of) - int(kept)

    def hear(self):
        wrong = self.judge.read(self.machine.told())
        self.lost_in += bool(wrong)
        self.complaints += wrong
        if not self.machine.store:
            for each in wrong:
                print(f'  LOST: {each}')

    def finish(self):
        """A last look at what is left of a disk."""
        if self.machine.disk is None:
            return
        for _ in range(TRIES):
            self.machine.boot('check')
            if self.machine.wait_until_off():
                break
            trouble = self.did_not_boot()
        else:
            raise trouble
        self.hear()
        self.machine.stop_disk()


def main():
    parser = argparse.ArgumentParser()
    for name in ('kernel', 'initrd', 'disk', 'image', 'work', 'file_system'):
        parser.add_argument('--' + name.replace('_', '-'), required=True)
    for name in ('cuts', 'control', 'seed', 'boot_seconds'):
        parser.add_argument('--' + name.replace('_', '-'), type=int, required=True)
    options = parser.parse_args()
    random.seed(options.seed)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))  # so that no machine is left running
    series = {}
    try:
        for name, store, cuts in (('machine', '', options.cuts), ('control', '--unsynced', options.control)):
            series[name] = Series(Machine(options, name, store))
            series[name].run(cuts)
    except Trouble as trouble:
        print(f'NOTHING IS SHOWN: {trouble}')
        return 2
    finally:
        for each in series.values():
            each.machine.stop_disk()
    real, control = series['machine'], series['control']
    print(f'{real.cuts} power cuts on {options.file_system}, {real.early} of them while it recovered; '
          f'{real.judge.acknowledged} acknowledged operations, {len(real.complaints)} lost or wrong; '
          f'control without the sync: {control.lost_in} of {control.cuts} lost something '
          f'({len(control.complaints)} operations)')
    print(f'  {real.lost_sectors} sectors that were not flushed were lost; '
          f'{real.judge.forgotten_settlements} settlements that need no sync, too, and count as open; '
          f'the floor was reached {real.judge.full} times; '
          f'{real.failed_boots + control.failed_boots} boots failed and were tried again')
    if real.complaints:
        return 1
    if control.cuts and not control.lost_in:
        print('FAILED: what was not synced was not lost, so this shows nothing')
        return 1
    if real.cuts >= 10 and (real.judge.acknowledged < 10 * real.cuts or real.lost_sectors == 0):
        print('FAILED: so little was acknowledged, or lost, that this shows nothing')
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main())
