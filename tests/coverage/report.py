# SPDX-License-Identifier: BSL-1.0
"""Reads what llvm-cov has exported: what of the headers is not covered, and which of that has a reason.

A template has counts of its own for each type that it is made for. They are added up, place by place: the code that
somebody wrote is covered where one of them has passed it. A condition counts where in one of them it alone has turned
the decision. What no program makes a function of, clang does not tell of; written.py knows that it is there.
"""
import bisect
import collections
import json
import os
import re
import sys

import written

CODE, SKIPPED = 0, 2  # kinds of regions
NOT_YET = "not yet"  # so begins in exceptions.txt what is no reason, but known
AT_TIMES = "at times"  # and so what threads come by in one run, and in another do not


def one_line(text):
    return " ".join(text.split())


def made_of_a_lambda(function):
    """Whether it is what turns a lambda into a pointer, or what that points to, by its mangled name: clang makes them, and
    where the header was precompiled, it tells the [ of the lambda of each, and that it has never run.
    """
    return re.search(r"Ul.*E\d*_(cv|8__invoke)", function["name"]) is not None


class Spans:
    """Parts of one header, each from a place to another."""

    def __init__(self, spans):
        self.begins, self.ends = [], []
        for begins, ends in sorted(spans):
            if self.ends and begins <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], ends)
            else:
                self.begins.append(begins)
                self.ends.append(ends)

    def __contains__(self, place):
        at = bisect.bisect_right(self.begins, place) - 1
        return at >= 0 and place < self.ends[at]

    def without(self, other):
        """As a list; what the other takes out leaves what is before it and behind it."""
        for begins, ends in zip(self.begins, self.ends):
            for from_, to in zip(other.begins, other.ends):
                if begins < to and from_ < ends:
                    if begins < from_:
                        yield begins, from_
                    begins = to
            if begins < ends:
                yield begins, ends


class Places:
    """What has been found of the headers, by place: (header, line, column, last line, last column)."""

    def __init__(self, include):
        self.include = include
        self.regions = collections.Counter()
        self.branches = collections.defaultdict(lambda: [0, 0])
        self.conditions = {}
        self.lines = collections.Counter()  # by (header, line): how often it has run
        self.told = collections.defaultdict(set)  # by header: what functions were made of
        self.ran = collections.defaultdict(set)  # the same, of functions that have run
        self.begun = collections.defaultdict(set)  # by header: where regions begin

    def add(self, data):
        """What one program has passed. (Of several together, llvm-cov tells only what the first has of a function.)"""
        for function in data["functions"]:
            if made_of_a_lambda(function):
                continue
            names = function["filenames"]
            mine = [name.startswith(self.include) for name in names]
            for number, name in enumerate(names):
                if mine[number]:
                    spans = {kind: Spans(((r[0], r[1]), (r[2], r[3])) for r in function["regions"]
                                         if r[5] == number and r[7] == kind) for kind in (CODE, SKIPPED)}
                    made = list(spans[CODE].without(spans[SKIPPED]))
                    self.told[name].update(made)
                    if function["count"]:
                        self.ran[name].update(made)
            for *place, count, file, _, kind in function["regions"]:
                if kind == CODE and mine[file]:
                    self.regions[(names[file], *place)] += count
                    self.begun[names[file]].add(tuple(place[:2]))
            for *place, yes, no, file, _, _ in function["branches"]:
                if mine[file]:
                    found = self.branches[(names[file], *place)]
                    found[0] += yes
                    found[1] += no
            for line, column, end_line, end_column, *_, turned in function["mcdc_records"]:
                if mine[0]:  # a record does not say its file; a function of the headers begins in it
                    place = (names[0], line, column, end_line, end_column)
                    old = self.conditions.setdefault(place, {})  # of a pack there are several numbers of them
                    for number, has in enumerate(turned, 1):
                        old[number] = old.get(number, False) or has
        for file in data["files"]:
            if file["filename"].startswith(self.include):
                self.count_lines(file["filename"], file["segments"])

    def count_lines(self, name, segments):
        """As llvm-cov does: a line has run as often as what goes on into it, or as what begins in it if that is more."""
        by_line = collections.defaultdict(list)
        for segment in segments:
            by_line[segment[0]].append(segment)
        entered = None
        for line in range(min(by_line, default=1), max(by_line, default=0) + 1):
            here = by_line[line]
            begins = [s[2] for s in here if s[3] and s[4] and not s[5]]
            if entered is not None and entered[3]:
                begins.append(entered[2])
            skipped = bool(here) and not here[0][3] and here[0][4]
            if begins and not skipped:
                self.lines[(name, line)] += max(begins)
            if here:
                entered = here[-1]

    def look_at_decisions(self, headers):
        """Conditions that are constants in all that was made of a template have no branch, and cannot turn. In a chain
        of && alone each condition that was false has turned it alone if all were ever true, which is when the last was;
        of || the other way round. So there the branches tell, also where clang keeps no account.
        """
        branches = {place[:3]: taken for place, taken in self.branches.items()}
        for name, header in headers.items():
            for begins, ends, operands, operators in header.decisions:
                taken = [branches.get((name, *operand)) for operand in operands]
                mine = [place for place in self.conditions if place[:3] == (name, *begins)]
                for turned in (self.conditions[place] for place in mine):
                    if len(turned) == len(operands):
                        for number, each in enumerate(taken, 1):
                            if each is None:
                                turned.pop(number, None)
                known = {number: each for number, each in enumerate(taken, 1) if each is not None}
                if len(operators) == 1 and known:
                    stays = 0 if operators == {"&&"} else 1  # as [true, false]: what goes on to the next
                    through = known[max(known)][stays] > 0
                    place = mine[0] if mine else (name, *begins, *ends)
                    if mine or (through and len(known) == len(operands)):
                        turned = self.conditions.setdefault(place, {})
                        for number, each in known.items():
                            has = through and each[1 - stays] > 0
                            turned[number] = turned.get(number, False) or has

    def missing(self):
        for (name, line, column, *_), count in self.regions.items():
            if count == 0:
                yield name, line, column, "never run"
        for (name, line, column, *_), (yes, no) in self.branches.items():
            if (yes == 0) != (no == 0):
                yield name, line, column, "never true" if yes == 0 else "never false"
        for (name, line, column, *_), turned in self.conditions.items():
            for number, has in turned.items():
                if not has:
                    yield name, line, column, f"condition {number} has never turned it alone"

    def totals(self):
        reached = [place for place, asked in self.branches.items() if asked != [0, 0]]
        return (
            ("lines", sum(1 for count in self.lines.values() if count), len(self.lines)),
            ("regions", sum(1 for count in self.regions.values() if count), len(self.regions)),
            ("branches", sum((yes > 0) + (no > 0) for yes, no in self.branches.values()), 2 * len(self.branches)),
            ("conditions", sum(sum(turned.values()) for turned in self.conditions.values()),
             sum(map(len, self.conditions.values()))),
            ("decisions of several conditions", sum(all(turned.values()) for turned in self.conditions.values()), len(self.conditions)),
            ("branches that were reached", sum((self.branches[p][0] > 0) + (self.branches[p][1] > 0) for p in reached),
             2 * len(reached)))


class Exceptions:
    """What exceptions.txt names: of each line its reason, and at how many places of the header it stands (1 unless it
    says another number), so that one more that reads alike is not excused with it.
    """

    def __init__(self, path):
        self.reasons, self.numbers, self.found, reason = {}, {}, collections.defaultdict(list), None
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                line = line.rstrip("\n")
                if line.startswith("because "):
                    reason = line[len("because "):]
                elif line.startswith("    ") and reason:
                    key, places = re.fullmatch(r" {4}(.*?)(?: \| (\d+) places)?", line).groups()
                    if key in self.reasons:
                        raise SystemExit(f"{path}:{number}: stands here twice")
                    self.reasons[key], self.numbers[key] = reason, int(places or 1)
                elif line and not line.startswith("#"):
                    raise SystemExit(f"{path}:{number}: neither `because ...` nor, behind four blanks, a place")

    def excuse(self, key, whole, said):
        """Whether this place, or all of its header, is named; notes it then."""
        named = next((each for each in (key, whole) if each in self.reasons), None)
        if named:
            self.found[named].append(said)
        return named is not None

    def waits(self, key):
        return self.reasons[key].startswith(NOT_YET)

    def wrong(self, include, headers, places):
        """What is excused too widely, or for nothing."""
        for key, reason in sorted(self.reasons.items()):
            short, text = key.rsplit(" | ", 1)[0].split(" | ", 1)
            number, found = self.numbers[key], self.found[key]
            name = os.path.join(include, short)
            if text == "*":
                running = runs_elsewhere(headers[name], places.ran[name]) if name in headers else None
                if running:
                    yield f"{key}: * is for what the compiler alone runs, and {short}:{running[0]} is not: name lines"
                if not found:
                    yield f"{key}: names what is covered, or not there any more"
            elif len(found) > number:
                yield f"{key}: stands there for {number}, and there are {len(found)}:"
                yield from (f"    {said}" for said in found)
            elif reason.startswith(AT_TIMES):
                if name not in headers or text not in map(one_line, headers[name].lines):
                    yield f"{key}: is not there any more"
            elif not found:
                yield f"{key}: names what is covered, or not there any more"
            elif len(found) < number:
                yield f"{key}: stands there for {number}, and there are {len(found)} left"


def runs_elsewhere(header, ran):
    """Where a function begins that not the compiler alone runs: a program has run it, or it cannot be a constant."""
    has_run = Spans(ran)
    return next((body.begins for body in header.bodies if not body.is_constexpr or body.begins in has_run), None)


def missing(places, headers):
    """All that is not covered: (header, line, column, what)."""
    yield from (each for each in places.missing() if not headers[each[0]].is_implicit(each[1:3]))
    for name, header in headers.items():
        told = Spans(places.told[name])
        for line, column in header.untold(told.__contains__, places.begun[name]):
            yield name, line, column, "no program makes it"
        measured = [(place[1:3], place[3:]) for place in places.conditions if place[0] == name]
        for line, column in header.unmeasured(Spans(places.ran[name]).__contains__, measured):
            if not header.is_implicit((line, column)):
                yield name, line, column, "its conditions are not measured"


def main(include, exceptions_path, *paths):
    places = Places(include)
    for path in paths:
        with open(path, encoding="utf-8") as file:
            places.add(json.load(file)["data"][0])
    if not places.regions:
        raise SystemExit("no header was passed at all")
    exceptions, headers = Exceptions(exceptions_path), written.read(include)
    places.look_at_decisions(headers)
    bad, compiled = [], 0
    for name, line, column, what in sorted(set(missing(places, headers))):
        header, body = headers[name], headers[name].body_of((line, column))
        short, text = os.path.relpath(name, include), one_line(header.lines[line - 1])
        key, said = f"{short} | {text} | {what}", f"{short}:{line}:{column}: {what}: {text}"
        if exceptions.excuse(key, f"{short} | * | {what}", said):  # * is for a header that is all alike
            continue
        if what == "never run" and body and body.is_consteval:
            compiled += 1  # no program runs it, and no counter counts it
        else:
            bad.append((said, key))
    for said, _ in bad:
        print("NOT COVERED", said)
    wrong = list(exceptions.wrong(include, headers, places))
    for said in wrong:
        print("exceptions.txt:", said)
    with open(os.path.join(os.path.dirname(paths[0]), "not_covered"), "w", encoding="utf-8") as file:
        for key, number in collections.Counter(key for _, key in bad).items():
            file.write(f"    {key}" + (f" | {number} places\n" if number > 1 else "\n"))
    bodies = [body for header in headers.values() for body in header.bodies]
    print(f"{len(headers)} headers with {len(bodies)} bodies of functions, "
          f"{sum(body.is_consteval for body in bodies)} of them for the compiler alone; {len(paths)} programs")
    for kind, covered, number in places.totals():
        print(f"{kind}: {covered} of {number} ({100 * covered / max(1, number):.2f} %)")
    waiting = sum(len(found) for key, found in exceptions.found.items() if exceptions.waits(key))
    excused = sum(map(len, exceptions.found.values())) - waiting
    print(f"{compiled} places run in the compiler alone, {excused} have a reason in exceptions.txt, "
          f"{waiting} wait there for a test, {len(bad)} are nowhere")
    return 1 if bad or wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
