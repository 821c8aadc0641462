# SPDX-License-Identifier: BSL-1.0
"""Reads what llvm-cov has exported: what of the headers is not covered, and which of that has a reason.

A template has counts of its own for each type that it is made for. They are added up, place by place: the code that
somebody wrote is covered where one of them has passed it. A condition counts where in one of them it alone has turned
the decision. What no test makes a function of, clang does not tell of, and neither does this.
"""
import collections
import json
import os
import re
import sys

CODE, SKIPPED = 0, 2  # kinds of regions


def one_line(text):
    return " ".join(text.split())


class Places:
    """What has been found of the headers, by place: (header, line, column, last line, last column)."""

    def __init__(self, include, data):
        self.regions = collections.Counter()
        self.branches = collections.defaultdict(lambda: [0, 0])
        self.conditions = {}
        self.lines = collections.Counter()  # by (header, line): how often it has run
        for function in data["functions"]:
            names = function["filenames"]
            mine = [name.startswith(include) for name in names]
            for *place, count, file, _, kind in function["regions"]:
                if kind == CODE and mine[file]:
                    self.regions[(names[file], *place)] += count
            for *place, yes, no, file, _, _ in function["branches"]:
                if mine[file]:
                    found = self.branches[(names[file], *place)]
                    found[0] += yes
                    found[1] += no
            for line, column, end_line, end_column, *_, turned in function["mcdc_records"]:
                if mine[0]:  # a record does not say its file; a function of the headers begins in it
                    place = (names[0], line, column, end_line, end_column)
                    old = self.conditions.get(place, [False] * len(turned))
                    self.conditions[place] = [a or b for a, b in zip(old, turned)]
        for file in data["files"]:
            if file["filename"].startswith(include):
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

    def missing(self):
        for (name, line, column, *_), count in self.regions.items():
            if count == 0:
                yield name, line, column, "never run"
        for (name, line, column, *_), (yes, no) in self.branches.items():
            if (yes == 0) != (no == 0):
                yield name, line, column, "never true" if yes == 0 else "never false"
        for (name, line, column, *_), turned in self.conditions.items():
            for number, has in enumerate(turned, 1):
                if not has:
                    yield name, line, column, f"condition {number} of {len(turned)} has never turned it alone"

    def totals(self):
        reached = [place for place, asked in self.branches.items() if asked != [0, 0]]
        return (
            ("lines", sum(1 for count in self.lines.values() if count), len(self.lines)),
            ("regions", sum(1 for count in self.regions.values() if count), len(self.regions)),
            ("branches", sum((yes > 0) + (no > 0) for yes, no in self.branches.values()), 2 * len(self.branches)),
            ("conditions", sum(map(sum, self.conditions.values())), sum(map(len, self.conditions.values()))),
            ("decisions of several conditions", sum(map(all, self.conditions.values())), len(self.conditions)),
            ("branches that were reached", sum((self.branches[p][0] > 0) + (self.branches[p][1] > 0) for p in reached),
             2 * len(reached)))


def read_exceptions(path):
    known, reason = {}, None
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if line.startswith("because "):
                reason = line[len("because "):]
            elif line.startswith("    ") and reason:
                if line[4:] in known:
                    raise SystemExit(f"{path}:{number}: stands here twice")
                known[line[4:]] = reason
            elif line and not line.startswith("#"):
                raise SystemExit(f"{path}:{number}: neither `because ...` nor, behind four blanks, a place")
    return known


NOT_CODE = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<!\w)\'(?:\\.|[^\'\\\n])*\''
    r"|^[ \t]*#(?:\\\n|[^\n])*", re.DOTALL | re.MULTILINE)


def code_alone(text):
    """The text with blanks for comments, literals and lines of the preprocessor: each place stays where it was."""
    return NOT_CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def opens_scope(head):
    """Whether functions stand in what opens behind this, and not statements: a namespace, a class."""
    head, more = head.replace("->", ""), 1
    while more:
        head, more = re.subn(r"<[^<>]*>", "", head)  # `template <class T>` makes no class
    return re.search(r"\b(namespace|class|struct|union|enum)\b", head) is not None


def head_of_function(before):
    """What stands before the body of the outermost function that is still open where this code ends. Where none is,
    what the declaration there has said so far: a body's own brace, and what a constructor initializes, are such places.
    """
    open_heads, start, parentheses = [], 0, 0
    for found in re.finditer(r"[{}();]", before):
        at = found.start()
        if found[0] == "{":
            open_heads.append((start, at, parentheses))
            start, parentheses = at + 1, 0
        elif found[0] == "}":
            start_before, _, parentheses = open_heads.pop()
            goes_on = before[at + 1:].lstrip()[:1] in tuple(",){;.&|?")  # `a_{1}, b_{2} {`: the same head still
            start = start_before if goes_on else at + 1
        elif found[0] == ";":
            start = start if parentheses else at + 1
        else:
            parentheses += 1 if found[0] == "(" else -1
    for begins, ends, _ in open_heads:
        if not opens_scope(before[begins:ends]):
            return before[begins:ends]
    return before[start:]


class Headers:
    def __init__(self, include):
        self.include, self.texts = include, {}

    def line(self, name, number):
        if name not in self.texts:
            with open(name, encoding="utf-8") as file:
                self.texts[name] = file.read().splitlines()
        return one_line(self.texts[name][number - 1])

    def by_compiler_alone(self, name, number, column):
        """Whether the place is in a function that is consteval: no program runs it, and no counter counts it."""
        self.line(name, number)
        lines = code_alone("\n".join(self.texts[name])).split("\n")
        before = "\n".join(lines[:number - 1] + [lines[number - 1][:column - 1]])
        return re.search(r"\bconsteval\b", head_of_function(before)) is not None


def main(include, path, exceptions_path):
    with open(path, encoding="utf-8") as file:
        places = Places(include, json.load(file)["data"][0])
    if not places.regions:
        raise SystemExit("no header was passed at all")
    exceptions, headers = read_exceptions(exceptions_path), Headers(include)
    used, bad, compiled = set(), [], 0
    for name, line, column, what in sorted(set(places.missing())):
        header, text = os.path.relpath(name, include), headers.line(name, line)
        key = f"{header} | {text} | {what}"
        if key in exceptions:
            used.add(key)
        elif what == "never run" and headers.by_compiler_alone(name, line, column):
            compiled += 1
        else:
            bad.append((f"{header}:{line}:{column}: {what}: {text}", key))
    for said, _ in bad:
        print("NOT COVERED", said)
    stale = set(exceptions) - used
    for key in sorted(stale):
        print("exceptions.txt names what is covered, or not there any more:", key)
    with open(os.path.join(os.path.dirname(path), "not_covered"), "w", encoding="utf-8") as file:
        file.writelines(f"    {key}\n" for key in dict.fromkeys(key for _, key in bad))
    for kind, covered, number in places.totals():
        print(f"{kind}: {covered} of {number} ({100 * covered / max(1, number):.2f} %)")
    print(f"{compiled} places run in the compiler alone, {len(used)} have a reason in exceptions.txt, {len(bad)} neither")
    return 1 if bad or stale else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
