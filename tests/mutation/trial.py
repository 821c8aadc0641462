# SPDX-License-Identifier: BSL-1.0
"""Tries one mutant: with the tests that pass it where it waits behind a switch, else as a changed text."""
import collections
import os
import subprocess
import threading

import mutants as finding
from suite import CXX, TOP, WITHOUT

LONGEST_COMPILATION = 300  # seconds of a processor; the longest test takes twenty


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
        self.lately = collections.defaultdict(list)  # by header: which tests killed, the last first
        self.alone = Alone()

    def of(self, mutant):
        """(killed | survived | not finished | not tried, who killed it or why not)."""
        reached = finished = False
        if mutant.switched:
            killer, reached, finished = self.at_run_time(mutant)
            if killer:
                return "killed", killer
            if not finished:
                return "not finished", "so many seconds of tests have passed it; more with --patience"
        only_as_text = not mutant.switched or mutant.folded or mutant.left_out_from < 1000
        if self.options.quick and (only_as_text or not reached):
            return "not tried", "it has to be tried as text"
        if not only_as_text:
            return "survived", "" if reached else "no test comes here"
        killer = self.as_text(mutant)
        if killer:
            return "killed", killer
        return "survived", "" if reached or not mutant.switched else "no test comes here"

    def at_run_time(self, mutant):
        """The test that notices, or None; whether any passes it at all; whether all that do have been run."""
        tests = [n for n in self.suite.tests if self.suite.passed[n][mutant.number]]
        lately = self.lately[mutant.file]
        tests.sort(key=lambda n: self.suite.baseline[n] * (0.2 if n in lately[:3] else 1))
        spent = 0
        for name in tests:
            base = self.suite.baseline[name]
            if spent + base > self.options.patience:
                return None, True, False
            end, took = self.judged(lambda again: self.suite.execute(name, mutant.number, again=again))
            spent += took
            if end != "passed":
                if name in lately:
                    lately.remove(name)
                lately.insert(0, name)
                return name if end == "failed" else f"{name} is {end}", True, True
        return None, bool(tests), True

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
        made = subprocess.run(["prlimit", f"--cpu={LONGEST_COMPILATION}", "nice", "-n", "10"] + CXX +
                              ["-I" + overlay, "-I" + self.suite.include, "-I" + TOP + "/tests/unit"] + arguments,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return made.returncode == 0

    def change(self, mutant):
        """A folder with the changed header, to be looked at before the others."""
        overlay = os.path.join(self.suite.out, f"overlay-{threading.get_ident()}")
        subprocess.run(["rm", "-rf", overlay], check=True)
        path = os.path.join(self.suite.include, mutant.file)
        self.suite.write(os.path.join(overlay, mutant.file), finding.apply(self.finder.source(path), mutant))
        self.suite.write(os.path.join(overlay, "ahead.hpp"), "#include <doctest/doctest.h>\n"
                   f"#include <{mutant.file}>\n#include <shearpin/shearpin.hpp>\n")
        return overlay

    def compile_ahead(self, overlay):
        """Whether the headers compile: what the tests include is compiled for all of them."""
        return self.compile(overlay, ["-x", "c++-header", f"{overlay}/ahead.hpp", "-o", f"{overlay}/ahead.pch"])

    def as_text(self, mutant):
        """What notices this change of the text: the compiler, a case that must not compile, or a test. Of these the likeliest
        are tried: who asks for more gets more killed, never less."""
        overlay = self.change(mutant)
        source = self.finder.source(os.path.join(self.suite.include, mutant.file))
        is_attribute = "nodiscard" in mutant.what  # without one a program only compiles more
        near = self.cases.dropping(finding.function_behind(source, mutant)) if is_attribute else \
            self.cases.near(mutant, self.options.cases_near)
        for topic, case in near:
            if self.cases.fails(topic, case, overlay, ahead=False):
                return f"must_not_compile.{topic}.{case}"
        if is_attribute:
            return None
        if not self.compile_ahead(overlay):
            return "the compiler: the headers alone"
        for name in self.near(mutant):
            killer = self.by_test(name, mutant, overlay)
            if killer:
                return killer
        lines = source.splitlines()
        around = "\n".join(lines[max(0, mutant.line - 6):mutant.last_line + 4])
        for topic in self.cases.likely_topics(mutant, around, self.options.topics):
            if self.cases.fails(topic, "control", overlay):
                return f"must_not_compile.{topic}.control"
        return None

    def by_test(self, name, mutant, overlay):
        plain = self.suite.is_plain(name)
        flags = list(WITHOUT) if plain else ["-include-pch", f"{overlay}/ahead.pch"]
        program = os.path.join(overlay, "program")
        others = [os.path.join(self.suite.out, o) for o in self.suite.others(name)]
        sources = [self.suite.tests[n] for n in self.suite.together(name)]
        parts = (["-fsyntax-only"] if mutant.only_compiled else ["-o", program] + others) + sources
        if not self.compile(overlay, flags + parts):
            # Again without what was compiled ahead, which holds more than the test includes.
            if plain or not self.compile(overlay, parts):
                return "the compiler: " + name
        if mutant.only_compiled:
            return None
        end, _ = self.judged(lambda again: self.suite.execute(name, program=program, again=again))
        return None if end == "passed" else name if end == "failed" else f"{name} is {end}"

    def near(self, mutant):
        """The tests that pass the lines around, those first that pass them most often and are done soonest."""
        same_file = [m for m in self.by_file[mutant.file] if m.switched]
        neighbours = [m for m in same_file if abs(m.line - mutant.line) <= 5]
        stem = os.path.basename(mutant.file)[:-4]
        scores = {}
        for name, source in self.suite.tests.items():
            passed = self.suite.passed[name]
            near = sum(passed[m.number] for m in neighbours)
            far = sum(passed[m.number] for m in same_file)
            scores[name] = near * 100 + far - self.suite.baseline[name] + 1000 * (stem in os.path.basename(source))
        return sorted(scores, key=lambda n: -scores[n])[:self.options.tests]
