# SPDX-License-Identifier: BSL-1.0
"""The tests of a mutation run: built once for all mutants that wait behind a switch, and run one at a time."""
import collections
import concurrent.futures
import contextlib
import glob
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
import time

import mutants as finding

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
CXX = ["clang++-19", "-std=c++20", "-O0", "-w", "-pthread", "-ferror-limit=0",
       "-Wno-c++11-narrowing", "-fconstexpr-steps=20000000"]  # switches take steps too
WITHOUT = ["-fno-exceptions", "-fno-rtti", "-DDOCTEST_CONFIG_NO_EXCEPTIONS_BUT_WITH_ALL_ASSERTS"]
# Tests with a main of their own, and what they are told.
PROGRAMS = {"oracle.combinations": ["3"], "fuzz.decisions": ["5000"]}


def say(*words):
    print(*words, flush=True)


class Suite:
    """The tests, compiled once for all mutants that can be switched on at run time."""

    def __init__(self, out, include, sources, jobs):
        self.out, self.include, self.sources, self.jobs = out, include, sources, jobs
        self.baseline, self.wall, self.passed = {}, {}, {}
        self.folders, self.all_folders = threading.local(), tempfile.TemporaryDirectory(prefix="mutation-",
                                                                                          ignore_cleanup_errors=True)

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

    def together(self, name):
        """The files of which its program is made: those that replace operator new do so for their whole folder."""
        folder = "unit_no_memory."
        return [name] + [n for n in self.tests if name.startswith(folder) and n.startswith(folder) and n != name]

    def is_plain(self, name):
        return name.startswith("unit_no_exceptions.")

    def renames(self, name):
        """Whether it changes the headers for itself, so that it cannot take what was compiled ahead."""
        with open(self.tests[name], encoding="latin-1") as file:
            return re.search("^#define v1 ", file.read(), re.M) is not None

    def takes_ahead(self, name):
        """Whether it is built with what was compiled ahead."""
        return name.startswith("unit.") and not self.renames(name)

    def others(self, name):
        """What else is linked. Of that doctest's own code takes the longest to compile, and never changes."""
        main = [] if name in PROGRAMS else ["main_without.o" if self.is_plain(name) else "main.o"]
        return main + ["switch.o"]

    def ahead(self, stage):
        return f"ahead_{stage}.pch"

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
"""]
        for stage in range(self.stages):
            rules.append(f"build {self.ahead(stage)}: pch ahead.hpp\n  headers = {self.folder(stage)}\n")
        self.write("ahead.hpp", "#include <doctest/doctest.h>\n#include <shearpin/shearpin.hpp>\n")
        for name, source in self.tests.items():
            stage = self.stage[name]
            ahead = self.ahead(stage) if self.takes_ahead(name) else ""
            more = shlex.join(WITHOUT) if self.is_plain(name) else (f"-include-pch {self.out}/{ahead}" if ahead else "")
            objects = [o + ".o" for o in self.together(name)] + self.others(name)
            rules.append(f"build {name}.o: cxx {source}{' | ' + ahead if ahead else ''}\n  more = {more}\n"
                         f"  headers = {self.folder(stage)}\n"
                         f"build {name}: link {' '.join(objects)}\n")
        self.write("build.ninja", "\n".join(rules))

    def build(self, finder, all_mutants):
        """Builds. What does not compile behind a switch in the headers alone is not switched; what does not in some tests
        is left out there, in a stage of its own, so that the others need not be built again."""
        known = self.remembered()
        self.tests, self.arguments, self.stage = {}, {}, {}
        for mutant in all_mutants:
            mutant.left_out_from = known["left_out"].get(mutant.key, 1000)
            if mutant.key in known["not_switched"]:
                mutant.switched = False
        for source in self.sources:
            name = os.path.basename(os.path.dirname(source)) + "." + os.path.splitext(os.path.basename(source))[0]
            self.tests[name], self.stage[name] = source, known["stage"].get(name, 0)
            self.arguments[name] = PROGRAMS.get(name, ["--abort-after=1", "--minimal", f"--source-file=*{source}"])
        self.stages = 1 + max([*known["stage"].values(), *known["left_out"].values(), 0])
        for attempt in range(20):
            self.write_headers(finder, all_mutants)
            self.write_build()
            for goal in ([self.ahead(0)], list(self.tests)):
                made = subprocess.run(["ninja", "-C", self.out, "-k", "0", "-j", str(self.jobs)] + goal,
                                      capture_output=True, text=True, errors="replace")
                if made.returncode != 0:
                    break
            if made.returncode == 0:
                self.compiling = self.times()
                return
            log = made.stdout + made.stderr
            with open(os.path.join(self.out, "build.log"), "w", encoding="utf-8") as file:
                file.write(log)
            failed = re.findall(r"^FAILED: (\S+)\.o\s*$", log, re.M)
            numbers, lines = self.in_error(log, attempt < 7)
            dropped = [m for m in all_mutants if m.switched and m.left_out_from >= self.stages and (
                m.number in numbers or any((m.file, at) in lines for at in range(m.line, m.last_line + 1)))]
            if not dropped:
                raise SystemExit(f"the tests do not build; see {self.out}/build.log")
            if goal == [self.ahead(0)]:
                say(f"{len(dropped)} mutants do not compile behind a switch; they are tried as text")
                for mutant in dropped:
                    mutant.switched = False
                known["not_switched"] += [mutant.key for mutant in dropped]
                self.remember(known)
                continue
            say(f"{len(dropped)} mutants do not compile behind a switch in {len(failed)} test programs, which are built "
                "without them")
            for mutant in dropped:
                mutant.left_out_from = known["left_out"][mutant.key] = self.stages
            for name in failed:
                self.stage[name] = known["stage"][name] = self.stages
            self.stages += 1
            self.remember(known)
        raise SystemExit("the tests do not build with so many switches")

    def times(self):
        """How many seconds each part took to build when it was built last, as ninja has noted."""
        with open(os.path.join(self.out, ".ninja_log"), encoding="utf-8") as file:
            lines = [line.split("\t") for line in file if not line.startswith("#")]
        return {part: (int(end) - int(began)) / 1000 for began, end, _, part, *_ in lines}

    def remembered(self):
        """What an earlier run has found out of how to build, so that this one need not."""
        try:
            with open(os.path.join(self.out, "how_to_build.json"), encoding="utf-8") as file:
                return json.load(file)
        except FileNotFoundError:
            return {"not_switched": [], "left_out": {}, "stage": {}}

    def remember(self, known):
        with open(os.path.join(self.out, "how_to_build.json"), "w", encoding="utf-8") as file:
            json.dump(known, file)

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
    def execute(self, name, number=-1, passed=None, program=None, again=False):
        """How the test, or another program made of it, ends with this mutant: "passed", "failed", "endless" where it works
        for much longer than without one, "stuck" where it waits for that long; and the seconds of a processor it took."""
        base, wall = self.baseline.get(name, 200), self.wall.get(name, 600)
        # Soon at first; what was too slow for that is tried again with time for a machine that is busier than it was.
        seconds, wall = (2 + 6 * base, 10 + 6 * wall) if again else (1 + min(5 * base, 2 * base + 10), 5 + 4 * wall)
        folder = self.scratch()
        done = run_program(program or os.path.join(self.out, name), self.arguments[name], folder, number, seconds, wall, passed)
        check_room(folder)
        empty(folder)
        return done

    def check_baseline(self):
        """Ends all where a test fails without a mutant by now: what fails on this machine tells nothing of one."""
        def one(name):
            if self.execute(name)[0] != "passed" and self.execute(name, again=True)[0] != "passed":
                raise SystemExit(f"{name} fails now without any mutant: nothing is recorded")
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            list(pool.map(one, self.tests))

    def scratch(self):
        """A folder for each thread, of a short name, since tests look for whole paths in texts that have an end."""
        if not hasattr(self.folders, "own"):
            self.folders.own = tempfile.mkdtemp(dir=self.all_folders.name)
        return self.folders.own

    def measure(self, number_of_mutants):
        """Each test without a mutant: how long it takes, and which mutants it passes; not again while it is the same
        program."""
        path = os.path.join(self.out, "measured.json")
        known = {}
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                known = json.load(file)

        def one(name):
            record = os.path.join(self.out, name + ".passed")
            status = os.stat(os.path.join(self.out, name))
            state = [status.st_mtime_ns, status.st_size, number_of_mutants]
            for _ in range(3):
                if known.get(name, {}).get("state") != state or not os.path.exists(record):
                    with open(record, "wb") as file:
                        file.truncate(number_of_mutants + 1)
                    began = time.monotonic()
                    end, took = self.execute(name, passed=record)
                    if end != "passed":
                        say(f"{name} has {end} without any mutant")
                        continue
                    known[name] = {"state": state, "took": took, "wall": time.monotonic() - began}
                with open(record, "rb") as file:
                    return name, known[name]["took"], known[name]["wall"], file.read()
            raise SystemExit("what fails without a mutant tells nothing of one")
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            for name, took, wall, passed in pool.map(one, self.tests):
                self.baseline[name], self.wall[name], self.passed[name] = took, wall, passed
        with open(path, "w", encoding="utf-8") as file:
            json.dump(known, file)


def check_room(folder, least=1 << 28):
    """Ends all where the disk is nearly full: then every test fails, and would seem to kill."""
    room = os.statvfs(folder)
    if room.f_bavail * room.f_frsize < least:
        raise SystemExit(f"{folder}: less than {least >> 20} MB are free, so that tests fail for that; make room, then --resume")


def empty(folder):
    """What a test that was ended has left must not change the next."""
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            with contextlib.suppress(FileNotFoundError):  # a process that is just being ended may have removed it
                os.remove(entry.path)


def run_program(program, arguments, folder, number, seconds, wall, passed=None):
    """See Suite.execute(). Of processor time, since a machine that is busy must not make a test fail; see switch.cpp."""
    env = {"PATH": os.environ["PATH"], "HOME": folder, "TMPDIR": folder, "MUTANT": str(number),
           "SECONDS": str(int(seconds + 1))}
    if passed:
        env["PASSED"] = passed
    process = subprocess.Popen([program] + arguments, env=env, cwd=folder, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    waited_too_long = threading.Event()

    def give_up():
        waited_too_long.set()
        kill_all(process.pid)
    timer = threading.Timer(wall, give_up)
    timer.start()
    _, status, used = os.wait4(process.pid, 0)
    timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    kill_all(process.pid)  # what it has started
    took = used.ru_utime + used.ru_stime
    if waited_too_long.is_set() and process.returncode == -signal.SIGKILL:
        return "stuck", took
    if process.returncode == -signal.SIGXCPU:
        return "endless", took
    return "passed" if process.returncode == 0 else "failed", took


def kill_all(group):
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
