# SPDX-License-Identifier: BSL-1.0
"""Changes the headers, one place at a time, and sees whether a test notices. See tests/mutation/run."""
import argparse
import collections
import concurrent.futures
import glob
import hashlib
import math
import os
import random
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import mutants as finding  # noqa: E402
from cases import Cases  # noqa: E402
from suite import TOP, Suite, say  # noqa: E402
from trial import Trial  # noqa: E402

STATES = ["killed", "equivalent", "survived", "not finished", "not tried"]


def read_list(path):
    """Mutants by their keys, with reasons: `because ...` stands above the mutants that it is for."""
    known, reason = {}, None
    if not os.path.exists(path):
        return known
    with open(path, encoding="latin-1") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if not line:
                reason = None
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


def bounds(part, whole):
    """Where a share lies of which `part` of `whole` were seen in a sample: the score interval of 95 % (E. B. Wilson,
    Probable Inference, 1927), which is right for small numbers and near 0 and 1 too."""
    z = 1.959964
    centre = (part + z * z / 2) / (whole + z * z)
    half = z / (whole + z * z) * math.sqrt(part * (whole - part) / whole + z * z / 4)
    return max(0.0, centre - half), min(1.0, centre + half)


def said(counts, is_sample):
    """Numbers of mutants by what has become of them; of a sample also the share of all that it stands for."""
    makes_a_difference = sum(counts.values()) - counts["equivalent"]
    text = f"{counts['killed']} of {makes_a_difference} killed"
    if makes_a_difference:
        text += f" ({100 * counts['killed'] / makes_a_difference:.1f} %"
        if is_sample:
            low, high = bounds(counts["killed"], makes_a_difference)
            text += f"; of all, {100 * low:.1f} to {100 * high:.1f} % with 95 % confidence"
        text += ")"
    return text + "".join(f", {counts[state]} {state}" for state in STATES[1:] if counts[state])


def digest(mutants, finder):
    """One number for a header's code and its mutants, whatever the comments say that stand on lines of their own. What it does
    not tell of: other headers, and tests that are weaker than they were; a run without --resume does, and a sample."""
    text = finding.one_line(finder.source(os.path.join(finder.include, mutants[0].file))) + "\n".join(m.key for m in mutants)
    return hashlib.sha256(text.encode("latin-1")).hexdigest()[:16]


class Record:
    """Which mutants have been killed, so that another machine goes on from there: by header a number for all its mutants, and
    the places of the others among them. Of a header that has changed since nothing is known."""

    def __init__(self, path):
        self.path, self.headers = path, {}
        if os.path.exists(path):
            with open(path, encoding="latin-1") as file:
                for line in file:
                    if line.strip() and not line.startswith("#"):
                        header, number, *others = line.split()
                        self.headers[header] = (number, {at for each in others for at in span_of(each)})

    def killed(self, by_file, numbers):
        keys = set()
        for header, mutants in by_file.items():
            number, others = self.headers.get(header, ("", ()))
            if number == numbers[header]:
                keys |= {m.key for at, m in enumerate(mutants) if at not in others}
        return keys

    def not_of(self, numbers):
        """The headers of which it knows nothing."""
        return [header for header, number in numbers.items() if self.headers.get(header, ("",))[0] != number]

    def write(self, by_file, numbers, killed):
        for header, mutants in by_file.items():
            others = [at for at, m in enumerate(mutants) if m.key not in killed]
            self.headers.pop(header, None)
            if len(others) < len(mutants):
                self.headers[header] = (numbers[header], others)
        with open(self.path + ".new", "w", encoding="latin-1") as file:
            file.write("# By header a number for all its mutants, and the places among them of those that no test is known to "
                       "kill:\n# equivalent ones, and those that wait for a trial. Written by tests/mutation/run --record.\n")
            for header, (number, others) in sorted(self.headers.items()):
                file.write(" ".join([header, number] + spans(sorted(others))) + "\n")
        os.replace(self.path + ".new", self.path)


def span_of(text):
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def spans(numbers):
    """1 2 3 7 as 1-3 7."""
    found = []
    for number in numbers:
        if found and found[-1][1] + 1 == number:
            found[-1][1] = number
        else:
            found.append([number, number])
    return [str(first) if first == last else f"{first}-{last}" for first, last in found]


class Results:
    """What has become of mutants, in a file that grows with each trial, so that a run that is cut off can go on. Of a header
    that has changed since, nothing is kept, as in the record."""

    def __init__(self, path, numbers):
        self.path, self.numbers, self.found, self.lock = path, numbers, {}, threading.Lock()
        if os.path.exists(path):
            with open(path, encoding="latin-1") as file:
                for line in file:
                    key, *found = line.rstrip("\n").split("\t")
                    if len(found) == 3 and found[0] == numbers.get(header_of(key), found[0]):
                        self.found[key] = tuple(found)
        with open(path + ".new", "w", encoding="latin-1") as file:
            file.writelines("\t".join([key, *found]) + "\n" for key, found in self.found.items())
        os.replace(path + ".new", path)

    def add(self, key, state, detail):
        found = (self.numbers[header_of(key)], state, detail)
        with self.lock, open(self.path, "a", encoding="latin-1") as file:
            self.found[key] = found
            file.write("\t".join([key, *found]) + "\n")

    def of(self, key):
        """(state, detail)"""
        return self.found.get(key, ("", "", ""))[1:]

    def killed(self):
        return {key for key, (_, state, _) in self.found.items() if state == "killed"}

    def survived(self):
        return {key for key, (_, state, _) in self.found.items() if state == "survived"}


def header_of(key):
    return key.split(" | ")[0]


def read_options():
    parser = argparse.ArgumentParser(prog="tests/mutation/run", description="Changes the headers, one place at a "
                                     "time, and sees whether a test notices.", epilog="Ends with 0 when all that was "
                                     "tried is killed or listed, with 1 when a mutant survived that is not listed, or a "
                                     "list is out of date, with 2 when none did and not all was tried to the end.")
    parser.add_argument("headers", nargs="*", help="only these headers, which is built faster; without: all")
    parser.add_argument("--only", metavar="FILE", help="only those that stand in this file, such as "
                        ".build/mutation/open of the last run")
    parser.add_argument("--with", dest="words", nargs="+", metavar="WORD", help="only with test programs whose name "
                        "has one of these words; what they notice, all of them notice")
    parser.add_argument("--sample", type=int, metavar="N", help="only so many mutants, chosen by chance: says in which "
                        "bounds the share of all lies that are killed")
    parser.add_argument("--minutes", type=float, metavar="M", help="begin no further mutant after so many minutes of trials: "
                        "what was tried by then is a sample, since the order is by chance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="only at run time, behind switches: leaves out what has to be "
                        "tried as text, also where no test has noticed it there")
    parser.add_argument("--sanitize", action="store_true", help="what survives is tried once more under the sanitizers, which "
                        "takes the longest")
    parser.add_argument("--patience", type=float, default=60, help="seconds of tests for one mutant (60)")
    parser.add_argument("--cases-near", type=int, default=16, metavar="N", help="so many cases that must not compile, those "
                        "whose errors name the lines nearest to a mutant as text, and as many that speak of it (16)")
    parser.add_argument("--topics", type=int, default=3, help="so many files of them whose control has to compile (3)")
    parser.add_argument("--tests", type=int, default=4, help="so many tests of a mutant as text (4)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--resume", action="store_true", help="do not try again what an earlier run has killed, here or, as "
                        "record.txt says, elsewhere")
    parser.add_argument("--record", action="store_true", help="one header after the other, and not by chance; what was killed "
                        "is noted in record.txt")
    parser.add_argument("--check", nargs="?", const=0, type=int, metavar="MOST", help="try none, in some seconds: whether all "
                        "but MOST (0) are known to be killed, as record.txt says, or listed; ends with 1 where not, as when a "
                        "header has changed since")
    parser.add_argument("--include", default=os.path.join(TOP, "include"), help=argparse.SUPPRESS)
    parser.add_argument("--unit", nargs="*", help=argparse.SUPPRESS)
    parser.add_argument("--cases", default=os.path.join(TOP, "tests/must_not_compile"), help=argparse.SUPPRESS)
    parser.add_argument("--out", default=os.path.join(TOP, ".build/mutation"), help=argparse.SUPPRESS)
    parser.add_argument("--equivalents", default=os.path.join(HERE, "equivalent.txt"), help=argparse.SUPPRESS)
    parser.add_argument("--survivors", default=os.path.join(HERE, "survivors.txt"), help=argparse.SUPPRESS)
    parser.add_argument("--recorded", default=os.path.join(HERE, "record.txt"), help=argparse.SUPPRESS)
    return parser.parse_args()


def find_mutants(options, include):
    """All of them, and the finder, which has read the headers."""
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
    return everything, finder, headers


def build(options, include, everything, finder, headers):
    sources = options.unit or sorted(glob.glob(TOP + "/tests/unit/*.cpp") + glob.glob(TOP + "/tests/unit_no_*/*.cpp")) + [
        TOP + "/tests/oracle/combinations.cpp", TOP + "/tests/fuzz/decisions.cpp"]
    if options.words:
        sources = [s for s in sources if any(word in os.path.relpath(s, TOP) for word in options.words)]
    suite = Suite(options.out, include, [os.path.abspath(s) for s in sources], options.jobs)
    began = time.monotonic()
    suite.build(finder, everything)
    say(f"{len(everything)} mutants in {len(headers)} headers; {len(suite.tests)} test programs built in "
        f"{time.monotonic() - began:.0f} s")
    suite.measure(len(everything))
    say(f"without a mutant they take {sum(suite.baseline.values()):.0f} s of a processor: " + ", ".join(
        f"{n} {t:.1f}" for n, t in sorted(suite.baseline.items(), key=lambda e: -e[1])[:8]))
    return suite


def choose(options, everything):
    chosen = everything
    if options.only:
        with open(options.only, encoding="latin-1") as file:
            named = {line.strip() for line in file}
        chosen = [m for m in chosen if m.key in named]
    if options.record:
        return chosen[:options.sample]
    # In an order by chance, so that what a run that is cut off has tried is a sample too.
    return random.Random(options.seed).sample(chosen, min(options.sample or len(chosen), len(chosen)))


def check(most, by_file, equivalents, known, wrong, killed, changed):
    """Tries none: whether each but so many is known to be killed or stands in a list, and the lists name no others."""
    everything = [m for mutants in by_file.values() for m in mutants]
    still_open = [m for m in everything if m.key not in equivalents and m.key not in known and m.key not in killed]
    wrong += [f"{name} names what record.txt knows to be killed: {key}"
              for name, listed in (("equivalent.txt", equivalents), ("survivors.txt", known)) for key in listed if key in killed]
    for line in wrong:
        say(line)
    for header in changed:
        if any(m.file == header for m in still_open):
            say(f"{header} has changed: tests/mutation/run --record {os.path.join('include', header)}")
    if most == 0:
        for mutant in still_open:
            if mutant.file not in changed:
                say(f"OPEN {mutant.describe()}")
    say(f"{len(everything)} mutants: record.txt says of {len(killed)} that they are killed, "
        f"{sum(m.key in equivalents for m in everything)} are equivalent, {sum(m.key in known for m in everything)} survive and are "
        f"listed, {len(still_open)} are open" + (f", where {most} may be" if most else ""))
    return 1 if wrong or len(still_open) > most else 0


def main():
    options = read_options()
    include = os.path.abspath(options.include)
    everything, finder, headers = find_mutants(options, include)
    by_file = collections.defaultdict(list)
    for mutant in everything:
        by_file[mutant.file].append(mutant)
    chosen = choose(options, everything)
    equivalents, known = read_list(options.equivalents), read_list(options.survivors)
    keys = {m.key for m in everything}
    # Of the headers that were not looked at, nobody knows.
    wrong = [f"{name} names a mutant that is not there any more: {key}"
             for name, listed in (("equivalent.txt", equivalents), ("survivors.txt", known)) for key in listed
             if key not in keys and (not options.headers or header_of(key) in by_file)]
    wrong += [f"stands in both lists: {key}" for key in known if key in equivalents]

    numbers = {header: digest(mutants, finder) for header, mutants in by_file.items()}
    record = Record(options.recorded)
    on_record = record.killed(by_file, numbers)
    if options.check is not None:
        return check(options.check, by_file, equivalents, known, wrong, on_record, record.not_of(numbers))

    suite = build(options, include, everything, finder, headers)
    results = Results(os.path.join(options.out, "results"), numbers)
    cases = Cases(os.path.abspath(options.cases), options.out, include)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        cases.learn(pool)
    trial = Trial(suite, cases, finder, by_file, options)
    for mutant in everything:
        if results.of(mutant.key)[0] == "killed":
            trial.remember(mutant, results.of(mutant.key)[1])
    by_kind, endless, still_open, began = collections.defaultdict(collections.Counter), 0, [], time.monotonic()

    def one(mutant):
        if options.minutes is not None and time.monotonic() - began > 60 * options.minutes:
            return mutant, "left out", ""
        if mutant.key in equivalents:
            return mutant, "equivalent", ""
        if options.resume and results.of(mutant.key)[0] == "killed":
            return mutant, *results.of(mutant.key)
        if options.resume and mutant.key in on_record:
            return mutant, "killed", "as record.txt says"
        with trial.alone:
            is_through = options.resume and results.of(mutant.key) == ("not tried", trial.passed_by(mutant))
            state, detail = trial.of(mutant, is_through)
        results.add(mutant.key, state, detail)
        return mutant, state, detail

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for mutant, state, detail in pool.map(one, chosen):
            if state == "left out":
                continue
            by_kind[mutant.kind()][state] += 1
            endless += detail.endswith((" is endless", " is stuck"))
            if state in ("survived", "not finished"):
                still_open.append(mutant)
                if mutant.key not in known:
                    say(f"{state.upper()} {mutant.describe()}" + (f"  ({detail})" if detail else ""))
            elif state == "killed" and mutant.key in known:
                wrong.append(f"survivors.txt names what is killed: {mutant.key}")
            done = sum(sum(counts.values()) for counts in by_kind.values())
            if done % 500 == 0:
                say(f"  {done} of {len(chosen)}, {time.monotonic() - began:.0f} s")
    if options.record:
        suite.check_baseline()
        record.write(by_file, numbers, on_record - results.survived() | results.killed())
    with open(os.path.join(options.out, "open"), "w", encoding="latin-1") as file:
        file.writelines(f"    {m.key}\n" for m in still_open)
    for line in wrong:
        say(line)
    total = sum(by_kind.values(), collections.Counter())
    # Chosen by chance, which those of a file, and the first of a header, are not.
    is_sample = not options.only and not options.record and 0 < sum(total.values()) < len(everything)
    for kind in sorted(by_kind):
        say(f"  {kind}: {said(by_kind[kind], is_sample)}")
    say(f"{sum(total.values())} mutants: {said(total, is_sample)}; {endless} of the killed did not end, "
        f"{len([m for m in still_open if m.key in known])} of the open stand in survivors.txt; "
        f"{time.monotonic() - began:.0f} s")
    if wrong or not total or any(m.key not in known and results.of(m.key)[0] == "survived" for m in still_open):
        return 1
    return 2 if total["not finished"] or total["not tried"] else 0


if __name__ == "__main__":
    sys.exit(main())
