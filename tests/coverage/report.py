# SPDX-License-Identifier: BSL-1.0
"""Reads what llvm-cov has exported: what of the headers is not covered, and which of that has a reason."""
import collections
import json
import os
import sys


def one_line(text):
    return " ".join(text.split())


def uncovered(include, path):
    """Places that no test has passed: (header, line, what), and how many there are of each kind."""
    with open(path, encoding="utf-8") as file:
        data = json.load(file)["data"][0]
    totals = collections.Counter()
    missing = set()
    # Of a template, each instantiation has counts of its own; together they are the code that somebody wrote.
    regions, branches, conditions = {}, {}, {}
    for function in data["functions"]:
        names = function["filenames"]
        for line, column, end_line, end_column, count, file_id, _, kind in function["regions"]:
            if kind == 0 and names[file_id].startswith(include):
                key = (names[file_id], line, column, end_line, end_column)
                regions[key] = regions.get(key, 0) + count
        for line, column, end_line, end_column, yes, no, file_id, *_ in function["branches"]:
            if names[file_id].startswith(include):
                key = (names[file_id], line, column, end_line, end_column)
                old = branches.get(key, (0, 0))
                branches[key] = (old[0] + yes, old[1] + no)
        for record in function.get("mcdc_records", []):
            line, column, end_line, end_column, file_id, _, independent = (
                record[0], record[1], record[2], record[3], record[4], record[5], record[-1])
            if names[file_id].startswith(include):
                key = (names[file_id], line, column, end_line, end_column)
                old = conditions.get(key, [False] * len(independent))
                conditions[key] = [a or b for a, b in zip(old, independent)]
    lines = {}
    for file in data["files"]:
        if not file["filename"].startswith(include):
            continue
        name = file["filename"]
        active, at = None, 0
        for line, column, count, has_count, is_entry, is_gap in file["segments"]:
            pass
    for (name, line, column, end_line, end_column), count in regions.items():
        totals["regions"] += 1
        if count == 0:
            missing.add((name, line, column, "never run"))
        else:
            totals["regions covered"] += 1
    for (name, line, column, *_), (yes, no) in branches.items():
        totals["branches"] += 2
        totals["branches covered"] += (yes > 0) + (no > 0)
        if yes == 0 and no > 0:
            missing.add((name, line, column, "never true"))
        if no == 0 and yes > 0:
            missing.add((name, line, column, "never false"))
        if yes == 0 and no == 0:
            missing.add((name, line, column, "never asked"))
    for (name, line, column, *_), turned in conditions.items():
        totals["conditions"] += len(turned)
        totals["conditions covered"] += sum(turned)
        for number, has in enumerate(turned, 1):
            if not has:
                missing.add((name, line, column, f"condition {number} of {len(turned)} has never turned it alone"))
    return totals, missing


def read_exceptions(path):
    known, reason = {}, None
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if line.startswith("because "):
                reason = line[len("because "):]
            elif line.startswith("    ") and reason:
                known[line[4:]] = reason
            elif line and not line.startswith("#"):
                raise SystemExit(f"{path}:{number}: neither `because ...` nor, behind four blanks, a place")
    return known


def main(include, path, exceptions_path):
    totals, missing = uncovered(include, path)
    exceptions = read_exceptions(exceptions_path)
    texts, used, bad = {}, set(), []
    for name, line, column, what in sorted(missing):
        if name not in texts:
            with open(name, encoding="utf-8") as file:
                texts[name] = file.read().splitlines()
        header = os.path.relpath(name, include)
        key = f"{header} | {one_line(texts[name][line - 1])} | {what}"
        if key in exceptions:
            used.add(key)
        else:
            bad.append((f"{header}:{line}:{column}: {what}: {one_line(texts[name][line - 1])}", key))
    for said, _ in bad:
        print("NOT COVERED", said)
    stale = set(exceptions) - used
    for key in sorted(stale):
        print("exceptions.txt names what is covered, or not there any more:", key)
    with open(os.path.join(os.path.dirname(path), "not_covered"), "w", encoding="utf-8") as file:
        file.writelines("    " + key + "\n" for _, key in bad)
    for kind in ("regions", "branches", "conditions"):
        print(f"{kind}: {totals[kind + ' covered']} of {totals[kind]} "
              f"({100 * totals[kind + ' covered'] / max(1, totals[kind]):.2f} %)")
    print(f"{len(used)} places with a reason in exceptions.txt, {len(bad)} without")
    return 1 if bad or stale else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
