# SPDX-License-Identifier: BSL-1.0
"""Changes the headers, one place at a time, and sees whether a test notices. See tests/mutation/run."""
import argparse
import collections
import concurrent.futures
import glob
import os
import random
import re
import resource
import shlex
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
import mutants as finding  # noqa: E402

CXX = ["clang++-19", "-std=c++20", "-O0", "-w", "-pthread", "-ferror-limit=0",
       "-Wno-c++11-narrowing"]
WITHOUT = ["-fno-exceptions", "-fno-rtti", "-DDOCTEST_CONFIG_NO_EXCEPTIONS_BUT_WITH_ALL_ASSERTS"]
# Tests with a main of their own, and what they are told.
PROGRAMS = {"oracle.combinations": ["3"], "fuzz.decisions": ["5000"]}


def say(*words):
    print(*words, flush=True)


class Suite:
    """The tests, compiled once for all mutants that can be switched on at run time."""

    def __init__(self, out, include, sources, jobs):
        self.out, self.include, self.sources, self.jobs = out, include, sources, jobs
        self.baseline, self.passed = {}, {}

    def write(self, path, text):
        path = os.path.join(self.out, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if os.path.exists(path):
            with open(path, encoding="latin-1", newline="") as file:
                if file.read() == text:
                    return path
        with open(path, "w", encoding="latin-1", newline="") as file:
            file.write(text)
        return path

    def write_headers(self, finder, all_mutants):
        """A folder of headers for each stage; see build()."""
        for stage in range(self.stages):
            by_file = collections.defaultdict(list)
            for mutant in all_mutants:
                if mutant.switched and stage < mutant.left_out_from:
                    by_file[mutant.file].append(mutant)
            for old in glob.glob(os.path.join(self.folder(stage), "**/*.hpp"), recursive=True):
                if os.path.join(self.include, os.path.relpath(old, self.folder(stage))) not in finder.sources:
                    os.remove(old)  # of a run that changed this header, too
            for path, source in finder.sources.items():
                name = os.path.relpath(path, self.include)
                self.write(os.path.join(self.folder(stage), name), finding.with_switches(source, by_file[name]))

    def folder(self, stage):
        return os.path.join(self.out, f"include_{stage}" if stage else "include")

    def write_build(self):
        flags = f"-I$headers -I{self.include} -I{TOP}/tests/unit -I{HERE} -include {HERE}/switch.hpp"
        rules = [f"""ninja_required_version = 1.5
headers = {self.folder(0)}
rule cxx
  command = nice -n 10 {shlex.join(CXX)} {flags} $more -MD -MF $out.d -c $in -o $out
  depfile = $out.d
rule pch
  command = nice -n 10 {shlex.join(CXX)} {flags} -x c++-header -MD -MF $out.d -c $in -o $out
  depfile = $out.d
rule link
  command = {shlex.join(CXX)} $in -o $out
build switch.o: cxx {HERE}/switch.cpp
build main.o: cxx {TOP}/tests/main.cpp
build main_without.o: cxx {TOP}/tests/main.cpp
  more = {shlex.join(WITHOUT)}
build ahead.pch: pch ahead.hpp
"""]
        self.write("ahead.hpp", "#include <doctest/doctest.h>\n#include <shearpin/shearpin.hpp>\n")
        for name, source in self.tests.items():
            folder = os.path.basename(os.path.dirname(source))
            plain, stage = folder == "unit_no_exceptions", self.stage[name]
            ahead = folder == "unit" and not stage
            more = shlex.join(WITHOUT) if plain else (f"-include-pch {self.out}/ahead.pch" if ahead else "")
            rules.append(f"build {name}.o: cxx {source}{' | ahead.pch' if ahead else ''}\n  more = {more}\n"
                         f"  headers = {self.folder(stage)}\n"
                         f"build {name}: link {name}.o {'' if name in PROGRAMS else 'main_without.o' if plain else 'main.o'}"
                         " switch.o\n")
        self.write("build.ninja", "\n".join(rules))

    def build(self, finder, all_mutants):
        """Builds. What does not compile behind a switch in the headers alone is not switched; what does not in some tests
        is left out there, in a stage of its own, so that the others need not be built again."""
        memory = os.path.join(self.out, "not_switched")  # so that the next run need not find out again
        known = set()
        if os.path.exists(memory):
            with open(memory, encoding="latin-1") as file:
                known = set(file.read().splitlines())
        for mutant in all_mutants:
            mutant.left_out_from = 1000
            if mutant.key in known:
                mutant.switched = False
        self.tests, self.arguments, self.stage, self.stages = {}, {}, {}, 1
        for source in self.sources:
            name = os.path.basename(os.path.dirname(source)) + "." + os.path.splitext(os.path.basename(source))[0]
            self.tests[name], self.stage[name] = source, 0
            self.arguments[name] = PROGRAMS.get(name, ["--abort-after=1", "--minimal"])
        for attempt in range(20):
            self.write_headers(finder, all_mutants)
            self.write_build()
            for goal in (["ahead.pch"], list(self.tests)):
                made = subprocess.run(["ninja", "-C", self.out, "-k", "0", "-j", str(self.jobs)] + goal,
                                      capture_output=True, text=True, errors="replace")
                if made.returncode != 0:
                    break
            if made.returncode == 0:
                return
            log = made.stdout + made.stderr
            with open(os.path.join(self.out, "build.log"), "w", encoding="utf-8") as file:
                file.write(log)
            failed = re.findall(r"^FAILED: (\S+?)\.o", log, re.M)
            numbers, lines = self.in_error(log, attempt < 7)
            dropped = [m for m in all_mutants if m.switched and m.left_out_from >= self.stages and (
                m.number in numbers or any((m.file, at) in lines for at in range(m.line, m.last_line + 1)))]
            if not dropped:
                raise SystemExit(f"the tests do not build; see {self.out}/build.log")
            if goal == ["ahead.pch"]:
                say(f"{len(dropped)} mutants do not compile behind a switch; they are tried as text")
                for mutant in dropped:
                    mutant.switched = False
                with open(memory, "a", encoding="latin-1") as file:
                    file.writelines(mutant.key + "\n" for mutant in dropped)
                continue
            say(f"{len(dropped)} mutants do not compile behind a switch in {len(failed)} test programs, which are built "
                "without them")
            for mutant in dropped:
                mutant.left_out_from = self.stages
            for name in failed:
                self.stage[name] = self.stages
            self.stages += 1
        raise SystemExit("the tests do not build with so many switches")

    def in_error(self, log, exactly):
        """The mutants that the compiler complains of, and the lines of which it is not clear which one it is."""
        numbers, lines, waiting = set(), set(), False
        for line in log.splitlines():
            match = re.match(r"(\S+?):(\d+):(\d+): (?:fatal )?(error|note): ", line)
            if not match:
                continue
            inside = re.match(re.escape(self.out) + r"/include(?:_\d+)?/", match.group(1))
            if match.group(4) == "error":
                waiting = not inside
            if not inside or not (match.group(4) == "error" or waiting):
                continue
            waiting = False
            at = int(match.group(2))
            with open(match.group(1), encoding="latin-1") as file:
                before = file.read().splitlines()[at - 1][:int(match.group(3)) + 25]
            switches = re.findall(r"SHEARPIN_IS_MUTANT\((\d+)\)", before)
            if exactly and switches:
                numbers.add(int(switches[-1]))
            else:
                lines.add((match.group(1)[inside.end():], at))
        return numbers, lines

    # --- Running ---
    def execute(self, name, number, limit, passed=None):
        """Whether the test passes, and in what time. What takes longer than the limit does not pass."""
        env = {"PATH": os.environ["PATH"], "MUTANT": str(number), "HOME": self.out, "TMPDIR": self.scratch()}
        if passed:
            env["PASSED"] = passed
        began = time.monotonic()
        process = subprocess.Popen(["nice", "-n", "10", os.path.join(self.out, name)] + self.arguments[name],
                                   env=env, cwd=self.scratch(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   start_new_session=True, preexec_fn=bounded)
        try:
            result = process.wait(limit)
        except subprocess.TimeoutExpired:
            result = None
        try:
            os.killpg(process.pid, 9)  # and what it has started
        except ProcessLookupError:
            pass
        process.wait()
        return result == 0, time.monotonic() - began

    def scratch(self):
        path = os.path.join(self.out, f"scratch-{threading.get_ident()}")
        os.makedirs(path, exist_ok=True)
        return path

    def measure(self, number_of_mutants):
        """Each test without a mutant: how long it takes, and which mutants it passes."""
        def one(name):
            record = os.path.join(self.out, name + ".passed")
            with open(record, "wb") as file:
                file.truncate(number_of_mutants + 1)
            good, took = self.execute(name, -1, 600, record)
            if not good:
                raise SystemExit(f"{name} fails without any mutant")
            with open(record, "rb") as file:
                return name, took, file.read()
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            for name, took, passed in pool.map(one, self.tests):
                self.baseline[name], self.passed[name] = took, passed


def bounded():
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, 1 << 30))


class Trial:
    def __init__(self, suite, options):
        self.suite, self.options = suite, options
        self.lately = collections.defaultdict(list)  # by header: which tests killed, the last first

    def at_run_time(self, mutant):
        """The test that notices, or None; and whether any passes it at all."""
        tests = [n for n in self.suite.tests if self.suite.passed[n][mutant.number]]
        lately = self.lately[mutant.file]
        tests.sort(key=lambda n: self.suite.baseline[n] * (0.2 if n in lately[:3] else 1))
        spent = 0
        for name in tests:
            base = self.suite.baseline[name]
            if spent + base > self.options.patience:
                continue
            good, took = self.suite.execute(name, mutant.number, 2 + 6 * base)
            spent += took
            if not good:
                if name in lately:
                    lately.remove(name)
                lately.insert(0, name)
                return name, True
        return None, bool(tests)

    # --- As text ---
    def compile(self, overlay, arguments, seconds=900):
        made = subprocess.run(["nice", "-n", "10"] + CXX + ["-I" + overlay, "-I" + self.suite.include,
                                                            "-I" + TOP + "/tests/unit"] + arguments,
                              capture_output=True, text=True, errors="replace", timeout=seconds)
        return made

    def change(self, finder, mutant):
        """A folder with the changed header, to be looked at before the others, and a file that takes it in alone."""
        overlay = os.path.join(self.suite.out, f"overlay-{threading.get_ident()}")
        subprocess.run(["rm", "-rf", overlay], check=True)
        path = os.path.join(self.suite.include, mutant.file)
        target = os.path.join(overlay, mutant.file)
        os.makedirs(os.path.dirname(target))
        with open(target, "w", encoding="latin-1", newline="") as file:
            file.write(finding.apply(finder.source(path), mutant))
        alone = os.path.join(overlay, "alone.cpp")
        with open(alone, "w", encoding="ascii") as file:
            file.write(f"#include <{mutant.file}>\n#include <shearpin/shearpin.hpp>\n")
        return overlay, alone

    def compiler_sees(self, finder, mutant):
        """What the compiler says where it computes constants by the changed text, for the headers or a near test."""
        overlay, alone = self.change(finder, mutant)
        for name, source in [("the header alone", alone)] + [(n, self.suite.tests[n]) for n in self.near(mutant)]:
            flags = WITHOUT if "unit_no_exceptions" in source else []
            if self.compile(overlay, flags + ["-fsyntax-only", source]).returncode != 0:
                return "the compiler: " + name
        return None

    def as_text(self, finder, mutant):
        """What notices this change of the text: the compiler, a case that must not compile, or a test."""
        overlay, alone = self.change(finder, mutant)
        if self.compile(overlay, ["-fsyntax-only", alone]).returncode != 0:
            return "the compiler: the header alone"
        for topic in self.topics(mutant):
            for case, command in self.suite.cases[topic]:
                done = subprocess.run(["nice", "-n", "10"] + command + [f"-DINCLUDE={overlay};{self.suite.include}"] +
                                      self.suite.case_script, capture_output=True, text=True, errors="replace")
                if done.returncode != 0:
                    return f"must_not_compile.{topic}.{case}"
        if "nodiscard" in mutant.what:
            return None
        for name in self.near(mutant):
            source = self.suite.tests[name]
            flags = WITHOUT if "unit_no_exceptions" in source else []
            program = os.path.join(overlay, "program")
            main_file = [] if name in PROGRAMS else [  # of doctest's own code, which takes the longest and never changes
                os.path.join(self.suite.out, "main_without.o" if flags else "main.o")]
            parts = [source] if mutant.only_compiled else [source] + main_file
            try:
                made = self.compile(overlay, flags + (["-fsyntax-only"] if mutant.only_compiled else ["-o", program]) +
                                    parts)
            except subprocess.TimeoutExpired:
                return "the compiler does not end: " + name
            if made.returncode != 0:
                return "the compiler: " + name
            if mutant.only_compiled:
                continue
            try:
                done = subprocess.run([program] + self.suite.arguments[name], cwd=self.suite.scratch(),
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                      timeout=5 + 6 * self.suite.baseline[name])
            except subprocess.TimeoutExpired:
                return name + " does not end"
            if done.returncode != 0:
                return name
        return None

    def topics(self, mutant):
        """The files of cases that speak of what stands around the change, the likeliest first."""
        words = set(re.findall(r"[a-z_]{5,}", mutant.around)) | {os.path.basename(mutant.file)[:-4]}
        scores = {}
        for topic, text in self.suite.topics.items():
            scores[topic] = sum(text.count(word) > 0 for word in words)
        ranked = sorted((t for t in scores if scores[t]), key=lambda t: -scores[t])
        return ranked[:self.options.topics]

    def near(self, mutant):
        """The tests that pass the lines around, those first that pass them most often and are done soonest."""
        scores = {}
        for name in self.suite.tests:
            passed = self.suite.passed[name]
            near = sum(passed[m.number] for m in mutant.neighbours)
            far = sum(passed[m.number] for m in mutant.same_file)
            scores[name] = near * 100 + far - self.suite.baseline[name]
            stem = os.path.basename(mutant.file)[:-4]
            if stem in os.path.basename(self.suite.tests[name]):
                scores[name] += 1000
        return sorted(scores, key=lambda n: -scores[n])[:self.options.tests]


def read_equivalents(path):
    """Keys with reasons: `because ...` stands above the mutants that it is for."""
    known, reason = {}, None
    if not os.path.exists(path):
        return known
    with open(path, encoding="latin-1") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            if line.startswith("because "):
                reason = line[len("because "):]
            elif line.startswith("    ") and reason:
                if line[4:] in known:
                    raise SystemExit(f"{path}:{number}: stands here twice")
                known[line[4:]] = reason
            else:
                raise SystemExit(f"{path}:{number}: neither `because ...` nor, behind four blanks, a mutant")
    return known


def find_cases(suite, folder):
    """The cases that must not compile, by topic, and how to run one."""
    script = os.path.join(TOP, ".cmake/must_not_compile.cmake")
    suite.case_script = ["-P", script]
    suite.cases, suite.topics = {}, {}
    for source in sorted(glob.glob(os.path.join(folder, "*.fail.cpp"))):
        topic = os.path.basename(source)[:-len(".fail.cpp")]
        with open(source, encoding="utf-8") as file:
            text = file.read()
        suite.topics[topic] = text
        names = list(dict.fromkeys(re.findall(r"^// CASE ([a-z][a-z0-9_]*)", text, re.M)))
        base = ["cmake", f"-DSOURCE={source}", "-DCOMPILER=clang++-19", "-DFAMILY=clang"]
        suite.cases[topic] = [("control", base)] + [(n, base + [f"-DCASE={n}"]) for n in names]


def main():
    parser = argparse.ArgumentParser(prog="tests/mutation/run", description="Changes the headers, one place at a "
                                     "time, and sees whether a test notices.")
    parser.add_argument("headers", nargs="*", help="only these headers, which is built faster; without: all")
    parser.add_argument("--only", metavar="FILE", help="only those that stand in this file, such as "
                        ".build/mutation/survivors of the last run")
    parser.add_argument("--with", dest="words", nargs="+", metavar="WORD", help="only with test programs whose name "
                        "has one of these words; what they notice, all of them notice")
    parser.add_argument("--sample", type=int, metavar="N", help="only so many mutants, chosen by chance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="only those that can be switched on at run time")
    parser.add_argument("--patience", type=float, default=60, help="seconds of tests for one mutant (60)")
    parser.add_argument("--topics", type=int, default=3, help="so many files of cases that must not compile (3)")
    parser.add_argument("--tests", type=int, default=4, help="so many tests of a mutant as text (4)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--resume", action="store_true", help="keep what the last run has found of mutants killed")
    parser.add_argument("--include", default=os.path.join(TOP, "include"), help=argparse.SUPPRESS)
    parser.add_argument("--unit", nargs="*", help=argparse.SUPPRESS)
    parser.add_argument("--cases", default=os.path.join(TOP, "tests/must_not_compile"), help=argparse.SUPPRESS)
    parser.add_argument("--out", default=os.path.join(TOP, ".build/mutation"), help=argparse.SUPPRESS)
    parser.add_argument("--equivalents", default=os.path.join(HERE, "equivalent.txt"), help=argparse.SUPPRESS)
    options = parser.parse_args()

    include = os.path.abspath(options.include)
    headers = sorted(glob.glob(include + "/**/*.hpp", recursive=True))
    if options.headers:
        named = {os.path.abspath(h) for h in options.headers}
        if named - set(headers):
            raise SystemExit("no headers: " + ", ".join(sorted(named - set(headers))))
        headers = sorted(named)
    finder = finding.Finder(include, ["-x", "c++", "-std=c++20"])
    everything = finder.run(headers)
    for number, mutant in enumerate(everything):
        mutant.number = number
        mutant.only_compiled = not mutant.switched
    sources = options.unit or sorted(glob.glob(TOP + "/tests/unit/*.cpp") + glob.glob(TOP + "/tests/unit_no_*/*.cpp")) + [
        TOP + "/tests/oracle/combinations.cpp", TOP + "/tests/fuzz/decisions.cpp"]
    if options.words:
        sources = [s for s in sources if any(word in os.path.relpath(s, TOP) for word in options.words)]
    suite = Suite(options.out, include, [os.path.abspath(s) for s in sources], options.jobs)
    began = time.monotonic()
    suite.build(finder, everything)
    say(f"{len(everything)} mutants in {len(headers)} headers; {len(suite.tests)} test programs built in "
        f"{time.monotonic() - began:.0f} s")
    began = time.monotonic()
    suite.measure(len(everything))
    say(f"without a mutant they take {sum(suite.baseline.values()):.0f} s: " + ", ".join(
        f"{n} {t:.1f}" for n, t in sorted(suite.baseline.items(), key=lambda e: -e[1])[:8]))
    find_cases(suite, os.path.abspath(options.cases))
    by_file = collections.defaultdict(list)
    for mutant in everything:
        by_file[mutant.file].append(mutant)

    chosen = everything
    if options.only:
        with open(options.only, encoding="latin-1") as file:
            named = {line.strip() for line in file}
        chosen = [m for m in chosen if m.key in named]
    if options.sample and options.sample < len(chosen):
        chosen = random.Random(options.seed).sample(chosen, options.sample)
    equivalents = read_equivalents(options.equivalents)
    keys = {m.key for m in everything}
    # Of the headers that were not looked at, nobody knows.
    stale = [key for key in equivalents if key not in keys and
             (not options.headers or key.split(" | ")[0] in by_file)]

    results = os.path.join(options.out, "results")
    before = {}
    if options.resume and os.path.exists(results):
        with open(results, encoding="latin-1") as file:
            before = dict(line.rstrip("\n").split("\t", 1) for line in file)
    trial = Trial(suite, options)
    survived, counts, lock = [], collections.Counter(), threading.Lock()
    began = time.monotonic()

    def one(mutant):
        if mutant.key in equivalents:
            return mutant, "equivalent", equivalents[mutant.key]
        if mutant.key in before:
            return mutant, "killed", before[mutant.key]
        killer, reached = (None, False)
        if mutant.switched:
            killer, reached = trial.at_run_time(mutant)
        if killer:
            return mutant, "killed", killer
        if options.quick and not reached:
            return mutant, "not tried", ""
        if options.quick and not mutant.folded:
            return mutant, "survived", ""
        lines = finder.source(os.path.join(include, mutant.file)).splitlines()
        mutant.around = "\n".join(lines[max(0, mutant.line - 6):mutant.last_line + 4])
        mutant.same_file = [m for m in by_file[mutant.file] if m.switched]
        mutant.neighbours = [m for m in mutant.same_file if abs(m.line - mutant.line) <= 5]
        if options.quick:  # a constant that the compiler computes is one that no switch changes
            killer = trial.compiler_sees(finder, mutant)
            return mutant, "seen by the compiler alone" if killer else "survived", killer or ""
        killer = trial.as_text(finder, mutant)
        return mutant, "killed" if killer else "survived", killer or ("" if reached else "no test comes here")

    with open(results, "w", encoding="latin-1") as file, \
            concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for mutant, status, detail in pool.map(one, chosen):
            counts[status] += 1
            if status in ("killed", "seen by the compiler alone"):
                file.write(f"{mutant.key}\t{detail}\n")
                file.flush()
            elif status == "survived":
                survived.append((mutant, detail))
                say(f"SURVIVED {mutant.describe()}" + (f"  ({detail})" if detail else ""))
            if sum(counts.values()) % 500 == 0:
                say(f"  {sum(counts.values())} of {len(chosen)}: {dict(counts)}, {time.monotonic() - began:.0f} s")
    with open(os.path.join(options.out, "survivors"), "w", encoding="latin-1") as file:
        file.writelines("    " + m.key + "\n" for m, _ in survived)
    for key in stale:
        say("equivalent.txt names a mutant that is not there any more: " + key)
    say(f"{len(chosen)} mutants: {counts['killed']} killed, {counts['equivalent']} equivalent, "
        f"{counts['survived']} survived" + "".join(
            f", {counts[status]} {status}" for status in ("seen by the compiler alone", "not tried") if counts[status]) +
        f"; {time.monotonic() - began:.0f} s")
    return 1 if survived or stale or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
