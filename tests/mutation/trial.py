# SPDX-License-Identifier: BSL-1.0
"""Tries one mutant: with the tests that pass it where it waits behind a switch, else as a changed text."""
import collections
import os
import subprocess
import threading
import time

import mutants as finding
from cases import words_of
from suite import CXX, TOP, WITHOUT, check_room

LONGEST_COMPILATION = 100  # seconds of a processor; the longest test takes twenty
STARTING = 0.03  # seconds that any test takes
SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]  # as in CMakePresets.json


class Alone:
    """Lets in any number of trials, and one that wants to be alone when all others are outside or want the same."""

    def __init__(self):
        self.condition, self.busy, self.taken = threading.Condition(), 0, False

    def __enter__(self):
        with self.condition:
            self.condition.wait_for(lambda: not self.taken)
            self.busy += 1

    def __exit__(self, *_):
        with self.condition:
            self.busy -= 1
            self.condition.notify_all()

    def run(self, what):
        """Runs it alone, for one who is inside."""
        with self.condition:
            self.busy -= 1
            self.condition.notify_all()
            self.condition.wait_for(lambda: not self.taken)
            self.taken = True
            self.condition.wait_for(lambda: self.busy == 0)
        try:
            return what()
        finally:
            with self.condition:
                self.taken = False
                self.busy += 1
                self.condition.notify_all()


class Trial:
    def __init__(self, suite, cases, finder, by_file, options):
        self.suite, self.cases, self.finder, self.by_file, self.options = suite, cases, finder, by_file, options
        # By header: where which test was tried, whether it killed, and in how many seconds.
        self.tried, self.tried_as_text = collections.defaultdict(list), collections.defaultdict(list)
        self.alone = Alone()
        self.sound = {}  # whether a test passes under the sanitizers without a mutant
        self.words = {}
        for name, source in suite.tests.items():
            with open(source, encoding="latin-1") as file:
                self.words[name] = words_of(file.read())

    def remember(self, mutant, killer):
        """What an earlier run has found to kill it as text."""
        name = killer.removeprefix("the compiler: ")
        topic, _, case = name.removeprefix("must_not_compile.").partition(".")
        if name.startswith("must_not_compile.") and topic in self.cases.topics:
            of = ("case" if case in self.cases.topics[topic].words else "control", (topic, case))
        elif name in self.suite.tests and not mutant.switched:
            of = ("test", name)
        else:
            return
        self.tried_as_text[mutant.file].append((mutant.line, of, True, 1 if of[0] == "case" else 5))

    def of(self, mutant, is_through):
        """(killed | survived | not finished | not tried, who killed it or why not). `is_through`: no test has noticed it at run
        time in an earlier run."""
        reached = bool(self.passing(mutant))
        if reached and not is_through:
            killer, finished = self.at_run_time(mutant)
            if killer:
                return "killed", killer
            if not finished:
                return "not finished", "so many seconds of tests have passed it; more with --patience"
        # What no test passes the compiler may still look at.
        if mutant.folded or mutant.left_out_from < 1000 or not reached:
            if self.options.quick:
                return "not tried", self.passed_by(mutant)
            killer = self.as_text(mutant)
            if killer:
                return "killed", killer
        if self.options.sanitize:
            killer = self.sanitized(mutant)
            if killer:
                return "killed", killer
        return "survived", "" if reached or not mutant.switched else "no test comes here"

    def passing(self, mutant):
        """The tests that pass it where it waits behind a switch."""
        return [n for n in self.suite.tests if mutant.switched and self.suite.passed[n][mutant.number]]

    def passed_by(self, mutant):
        """What is noted of one that no test notices at run time: a later run begins anew where other tests pass it."""
        return f"at run time {len(self.passing(mutant))} tests have passed it; it has to be tried as text"

    def at_run_time(self, mutant):
        """The test that notices, or None; whether all that pass it have been run."""
        tests = self.passing(mutant)
        rates = self.rates_near(mutant)
        tests.sort(key=lambda n: -rates.get(n, 0.2 / (self.suite.baseline[n] + STARTING)))
        spent = 0
        for name in tests:
            base = self.suite.baseline[name]
            if spent + base > self.options.patience:
                return None, False
            began = time.monotonic()
            end, took = self.judged(lambda again: self.suite.execute(name, mutant.number, again=again))
            spent += took
            self.tried[mutant.file].append((mutant.line, name, end != "passed", time.monotonic() - began))
            if end != "passed":
                return name if end == "failed" else f"{name} is {end}", True
        return None, True

    def rates_near(self, mutant):
        """How many mutants each test that was tried in this header has killed in a second: of those that stand near, the nearer
        the more they count. At first it is taken to kill one of five."""
        killed, seconds = self.near_by(self.tried, mutant)
        return {n: (0.1 + killed[n]) / (0.5 * (self.suite.baseline[n] + STARTING) + seconds[n]) for n in seconds}

    def near_by(self, tried, mutant):
        killed, seconds = collections.Counter(), collections.Counter()
        for line, of, was_killed, took in list(tried[mutant.file]):
            weight = 1 / (1 + abs(line - mutant.line))
            killed[of] += weight * was_killed
            seconds[of] += weight * took
        return killed, seconds

    def judged(self, execute):
        """Again where it did not pass: by chance, when the machine is busy, a test of threads fails without any mutant. Alone
        where it waited for too long: another one may have held what it waits for."""
        end, took = execute(again=False)
        if end != "passed":
            end, more = self.alone.run(lambda: execute(again=True)) if end == "stuck" else execute(again=True)
            took += more
        return end, took

    # --- As text ---
    def compile(self, overlay, arguments):
        for _ in range(2):
            made = subprocess.run(["prlimit", f"--cpu={LONGEST_COMPILATION}", "nice", "-n", "10"] + CXX +
                                  ["-I" + overlay, "-I" + self.suite.include, "-I" + TOP + "/tests/unit"] + arguments,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if made.returncode in (0, 1):  # else a signal has ended it, perhaps for want of memory
                break
        check_room(self.suite.out)
        return made.returncode == 0

    def change(self, mutant):
        """A folder with the changed header, to be looked at before the others."""
        overlay = os.path.join(self.suite.out, f"overlay-{threading.get_ident()}")
        subprocess.run(["rm", "-rf", overlay], check=True)
        path = os.path.join(self.suite.include, mutant.file)
        self.suite.write(os.path.join(overlay, mutant.file), finding.apply(self.finder.source(path), mutant))
        return overlay

    def compile_ahead(self, overlay, more=(), first="shearpin/shearpin.hpp"):
        """Whether the headers compile, `first` also without the others: what the tests include is compiled for all of them."""
        self.suite.write(os.path.join(overlay, "ahead.hpp"),
                         f"#include <doctest/doctest.h>\n#include <{first}>\n#include <shearpin/shearpin.hpp>\n")
        return self.compile(overlay, [*more, "-x", "c++-header", f"{overlay}/ahead.hpp", "-o", f"{overlay}/ahead.pch"])

    def as_text(self, mutant):
        """What notices this change of the text: the compiler, a case that must not compile, or a test. Of these the likeliest
        are tried, first those that are thought to kill most in a second: who asks for more gets more killed, never less."""
        overlay = self.change(mutant)
        source = self.finder.source(os.path.join(self.suite.include, mutant.file))
        if "nodiscard" in mutant.what:  # without one a program only compiles more
            return next((killer for killer in (self.by_case(of, overlay) for of in self.cases.dropping(
                finding.function_behind(source, mutant))) if killer), None)
        headers_compile = None
        for what, of in self.in_order(mutant, source):
            began = time.monotonic()
            if what != "case" and headers_compile is None:
                headers_compile = self.compile_ahead(overlay, first=mutant.file)
            if headers_compile is False:
                return "the compiler: the headers alone"
            killer = self.by_test(of, mutant, overlay) if what == "test" else self.by_case(of, overlay, what == "control")
            self.tried_as_text[mutant.file].append((mutant.line, (what, of), killer is not None, time.monotonic() - began))
            if killer:
                return killer
        return None

    def in_order(self, mutant, source):
        """What may notice a change of the text, and how soon: as it seems from the names and lines, and from what has killed
        near it."""
        near, others = self.cases.near(mutant, source, self.options.cases_near)
        around = self.around(mutant)
        expected = {}  # of each: how likely it seems at first that it kills, and in how many seconds
        for likelihood, cases in ((0.3, near), (0.1, others)):
            expected.update({("case", of): (likelihood / (1 + rank), 1) for rank, of in enumerate(cases)})
        for rank, name in enumerate(self.near(mutant, around)):
            expected["test", name] = (0.5 / (1 + rank), self.compiling(name) + self.suite.baseline[name])
        for rank, topic in enumerate(self.cases.likely_topics(mutant, around, self.options.topics)):
            expected["control", (topic, "control")] = (0.1 / (1 + rank), 3)
        killed, seconds = self.near_by(self.tried_as_text, mutant)
        for of in sorted(killed, key=lambda of: -killed[of])[:self.options.cases_near]:
            if killed[of] > 0:
                expected.setdefault(of, (0.05, 1 if of[0] == "case" else 5))
        return sorted(expected, key=lambda of: -(expected[of][0] + killed[of]) / (expected[of][1] + seconds[of]))

    def compiling(self, name):
        """In how many seconds the test was compiled for all mutants, which takes longer than for one."""
        return self.suite.compiling.get(name + ".o", 5)

    def by_case(self, of, overlay, ahead=False):
        killed = self.cases.fails(*of, overlay, ahead)
        check_room(self.suite.out)
        return "must_not_compile." + ".".join(of) if killed else None

    def around(self, mutant):
        source = self.finder.source(os.path.join(self.suite.include, mutant.file))
        return "\n".join(source.splitlines()[max(0, mutant.line - 6):mutant.last_line + 4])

    def sanitized(self, mutant):
        """The test that notices under the sanitizers, with which tests/run runs all: who reads behind the end of an array may
        find there what he would have found anyway."""
        overlay = self.change(mutant)
        if self.compile_ahead(overlay, SANITIZERS, mutant.file):
            for name in self.near(mutant, self.around(mutant)):
                killer = self.by_test(name, mutant, overlay, SANITIZERS)
                if killer == name and self.is_sound(name):
                    return f"{name} under the sanitizers"
        return None

    def is_sound(self, name):
        if name not in self.sound:
            overlay = os.path.join(self.suite.out, f"overlay-of-nothing-{threading.get_ident()}")
            self.compile_ahead(overlay, SANITIZERS)
            self.sound[name] = self.by_test(name, None, overlay, SANITIZERS) is None
        return self.sound[name]

    def by_test(self, name, mutant, overlay, more=()):
        plain = self.suite.is_plain(name)
        alone = plain or self.suite.renames(name)
        flags = list(more) + (list(WITHOUT) if plain else [] if alone else ["-include-pch", f"{overlay}/ahead.pch"])
        program = os.path.join(overlay, "program")
        others = [os.path.join(self.suite.out, o) for o in self.suite.others(name)]
        sources = [self.suite.tests[n] for n in self.suite.together(name)]
        parts = ["-o", program] + others + sources
        if not self.compile(overlay, flags + parts):
            # Again without what was compiled ahead, where it is not so that the test was built.
            if alone or self.suite.takes_ahead(name) or not self.compile(overlay, [*more, *parts]):
                return "the compiler: " + name
        end, _ = self.judged(lambda again: self.suite.execute(name, program=program, again=again or bool(more)))
        return None if end == "passed" else name if end == "failed" else f"{name} is {end}"

    def near(self, mutant, around):
        """The tests that pass the lines around, those first that pass them most often and are done soonest; and those that speak
        of what stands there, as few others do, since where the compiler alone looks nothing is passed."""
        same_file = [m for m in self.by_file[mutant.file] if m.switched]
        neighbours = [m for m in same_file if abs(m.line - mutant.line) <= 5]
        stem = os.path.basename(mutant.file)[:-4]
        said = words_of(around) | {stem}
        in_how_many = collections.Counter(word for words in self.words.values() for word in words & said)
        scores = {}
        for name, source in self.suite.tests.items():
            passed = self.suite.passed[name]
            near = sum(passed[m.number] for m in neighbours)
            far = sum(passed[m.number] for m in same_file)
            rare = sum(1 / in_how_many[word] for word in self.words[name] & said)
            scores[name] = near * 100 + far + rare * 200 - self.suite.baseline[name] + 1000 * (stem in os.path.basename(source))
        return sorted(scores, key=lambda n: -scores[n])[:self.options.tests]
