# SPDX-License-Identifier: BSL-1.0
"""Finds what can be changed in the headers, by the syntax tree of clang, and writes headers in which every change waits
to be switched on at run time, so that a test is compiled once for all of them.

A mutant is one change: an operator, a number, a condition, a rounding, a statement left out, a static_assert or a
constraint left out. What is looked at by the compiler alone cannot be switched on at run time; those are changed in
the text, one at a time.
"""
import bisect
import hashlib
import os
import re

import clang.cindex as cindex
from clang.cindex import CursorKind as K

cindex.Config.set_library_file(os.environ.get("LIBCLANG", "/usr/lib/llvm-19/lib/libclang-19.so.1"))

SWAPS = {
    "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "%": ["/"],
    "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"],
    "==": ["!="], "!=": ["=="],
    "&": ["|"], "|": ["&"], "^": ["&"], "<<": [">>"], ">>": ["<<"],
    "+=": ["-="], "-=": ["+="], "*=": ["/="], "/=": ["*="], "%=": ["/="], "|=": ["&="], "&=": ["|="], "^=": ["&="],
    "<<=": [">>="], ">>=": ["<<="],
}
LOGIC = {"&&": "||", "||": "&&"}
# Functions whose contrary stands beside them: the roundings, and what saturates.
TWINS = {"of_rounded_up": "of_rounded_down", "of_rounded_down": "of_rounded_up", "larger": "smaller",
         "smaller": "larger", "plus": "minus", "minus": "plus", "round_up": "round_down", "round_down": "round_up"}
ENUM_TWINS = {"rounding::up": "rounding::down", "rounding::down": "rounding::up"}


class Mutant:
    """One change of text[start:end]. `switched` says that it is an expression, which can be chosen at run time."""

    def __init__(self, file, source, start, end, new, what, switched, truth=False):
        self.truth = truth  # the place asks for a truth, so that all alternatives may become a bool
        self.file, self.start, self.end, self.new, self.what, self.switched = file, start, end, new, what, switched
        line_start = source.rfind("\n", 0, start) + 1
        line_end = source.find("\n", start)
        self.line = source.count("\n", 0, start) + 1
        self.last_line = source.count("\n", 0, end) + 1
        self.line_text = " ".join(source[line_start:line_end].split())
        self.old = one_line(source[start:end])
        self.key = ""

    def kind(self):
        first = self.what.split(" ")[0]
        if first in ("condition", "!", "only") or "&& -> ||" in self.what or "|| -> &&" in self.what:
            return "conditions"
        return {"left": "statements left out", "static_assert": "static_asserts left out",
                "constraint": "constraints left out", "[[nodiscard]]": "nodiscard left out"}.get(
                    first, "constraints left out" if self.what.startswith("requires") else "operators and numbers")

    def distance(self, line):
        """How many lines it stands away from this one."""
        return max(self.line - line, line - self.last_line, 0)

    def describe(self):
        return f"{self.file}:{self.line}: {self.what}: {self.line_text}"


def strip_comments(text):
    return re.sub(r'("(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\')|//[^\n]*|/\*.*?\*/',
                  lambda m: m.group(1) or " ", text, flags=re.S)


def one_line(text):
    return " ".join(strip_comments(text).split())


def code_only(text):
    """The text with comments and literals blanked out, of the same length."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))
    return re.sub(r'"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])\'|//[^\n]*|/\*.*?\*/', blank, text,
                  flags=re.S)


class Finder:
    def __init__(self, include, args):
        self.include = include
        self.args = args
        self.sources = {}
        self.found = {}
        self.fixed = {}  # by header: where the compiler alone looks, and never a program that runs
        self.folded = {}  # by header: functions by which the compiler may compute a constant

    def source(self, path):
        if path not in self.sources:
            with open(path, encoding="latin-1", newline="") as file:  # clang counts bytes
                self.sources[path] = file.read()
        return self.sources[path]

    def add(self, path, start, end, new, what, switched, truth=False):
        source = self.source(path)
        if "\n#" in source[start:end] or start >= end:
            return
        name = os.path.relpath(path, self.include)
        mutants = self.found.setdefault(path, {})
        mutants.setdefault((start, end, new), Mutant(name, source, start, end, new, what, switched, truth))

    def run(self, headers):
        wanted = set(headers)
        main = "".join(f"#include <{os.path.relpath(h, self.include)}>\n" for h in headers)
        index = cindex.Index.create()
        unit = index.parse("all_headers.cpp", self.args + ["-I" + self.include],
                           unsaved_files=[("all_headers.cpp", main)])
        errors = [d for d in unit.diagnostics if d.severity >= 3]
        if errors:
            raise SystemExit("the headers do not compile: " + "; ".join(map(str, errors[:3])))
        for cursor in unit.cursor.get_children():
            file = cursor.location.file
            if file and file.name in wanted:
                self.walk(cursor, file.name, None)
        for path in headers:
            self.by_text(path)
            for mutant in self.found.get(path, {}).values():
                if any(start <= mutant.start and mutant.end <= end for start, end in self.fixed.get(path, [])):
                    mutant.switched = False
                mutant.folded = any(start <= mutant.start and mutant.end <= end
                                    for start, end in self.folded.get(path, []))
        result = []
        for path in headers:
            kept = sorted(self.found.get(path, {}).values(), key=lambda m: (m.start, -m.end, m.new))
            seen = {}
            for mutant in kept:
                said = f"{mutant.file} | {mutant.line_text} | {mutant.what}"
                seen[said] = seen.get(said, 0) + 1
                mutant.key = said + (f" #{seen[said]}" if seen[said] > 1 else "")
            result += kept
        return result

    # --- By the syntax tree ---
    def walk(self, cursor, path, parent):
        file = cursor.location.file
        if file is not None and file.name != path:
            return
        self.visit(cursor, path, parent)
        for child in cursor.get_children():
            self.walk(child, path, cursor)

    def span(self, cursor):
        return cursor.extent.start.offset, cursor.extent.end.offset

    def visit(self, cursor, path, parent):
        source = self.source(path)
        kind = cursor.kind
        start, end = self.span(cursor)
        if cursor.extent.start.file is None or cursor.extent.start.file.name != path or start >= end:
            return
        text = source[start:end]
        children = list(cursor.get_children())
        if kind == K.CONCEPT_DECL or kind == K.STATIC_ASSERT or (
                kind in (K.VAR_DECL, K.UNEXPOSED_DECL) and re.search(r"\bconstexpr\b", text.split("=")[0])
                and (parent is None or parent.kind in (K.NAMESPACE, K.CLASS_DECL, K.STRUCT_DECL, K.CLASS_TEMPLATE))):
            self.fixed.setdefault(path, []).append((start, end))
        if kind in (K.FUNCTION_DECL, K.FUNCTION_TEMPLATE, K.CXX_METHOD, K.CONSTRUCTOR, K.CONVERSION_FUNCTION) and re.search(
                r"\b(constexpr|consteval)\b", code_only(text).split("{")[0]):
            self.folded.setdefault(path, []).append((start, end))
        if kind in (K.BINARY_OPERATOR, K.COMPOUND_ASSIGNMENT_OPERATOR) and len(children) == 2:
            self.binary(path, start, end, children[0], children[1])
        elif kind == K.CALL_EXPR:
            ends = [c for c in children if self.span(c)[0] < self.span(c)[1]]
            if len(ends) >= 2 and not text.endswith(")"):
                self.binary(path, start, end, ends[0], ends[-1])
            elif len(ends) == 3 and source[self.span(ends[1])[0]:self.span(ends[1])[1]] in SWAPS:
                self.binary(path, start, end, ends[0], ends[-1])
            if children:
                first_start, first_end = self.span(children[0])
                callee = source[first_start:first_end]
                name = re.search(r"(\w+)$", callee)
                if name and first_start == start and name.group(1) in TWINS:
                    new = callee[:name.start(1)] + TWINS[name.group(1)] + source[first_end:end]
                    self.add(path, start, end, new, f"{name.group(1)} -> {TWINS[name.group(1)]}", True)
        elif kind == K.UNARY_OPERATOR and children:
            inner_start, inner_end = self.span(children[0])
            operator = source[start:inner_start].strip()
            inner = source[inner_start:inner_end]
            if operator in ("!", "-", "~"):
                self.add(path, start, end, inner, f"{operator} left out of {one_line(text)[:60]}", True,
                         operator == "!")
            elif operator in ("++", "--"):
                twin = "--" if operator == "++" else "++"
                self.add(path, start, end, twin + inner, f"{operator} -> {twin}", True)
        elif kind == K.INTEGER_LITERAL and re.fullmatch(r"[0-9a-fA-FxX'uUlL]+", text):
            self.add(path, start, end, f"({text} + 1)", f"{text} -> {text} + 1", True)
            if text.strip("0uUlL") not in ("", "x", "X"):
                self.add(path, start, end, f"({text} - 1)", f"{text} -> {text} - 1", True)
        elif kind == K.CXX_BOOL_LITERAL_EXPR and text in ("true", "false"):
            twin = "false" if text == "true" else "true"
            self.add(path, start, end, twin, f"{text} -> {twin}", True)
        elif kind == K.CHARACTER_LITERAL and text.startswith("'"):
            self.add(path, start, end, f"static_cast<char>({text} ^ 1)", f"{text} -> another letter", True)
        elif kind == K.DECL_REF_EXPR and text.endswith(("rounding::up", "rounding::down")):
            for old, new in ENUM_TWINS.items():
                if text.endswith(old):
                    self.add(path, start, end, text[:-len(old)] + new, f"{old} -> {new}", True)
        elif kind in (K.IF_STMT, K.CONDITIONAL_OPERATOR) and children:
            condition = children[0]
            if kind == K.IF_STMT and re.match(r"if\s*constexpr", text):
                runs = False
            else:
                runs = True
            if not condition.kind.is_declaration():
                c_start, c_end = self.span(condition)
                if c_start >= start and source[c_start:c_end] not in ("true", "false"):
                    said = one_line(source[c_start:c_end])[:80]
                    for value in ("true", "false"):
                        self.add(path, c_start, c_end, value, f"condition {said} -> {value}", runs, True)
        elif kind == K.STATIC_ASSERT:
            self.add(path, start, end, "static_assert(true)", "static_assert left out", False)
        elif kind == K.TEMPLATE_TYPE_PARAMETER:
            match = re.match(r"((?!class\b|typename\b)[\w:]+(?:<.*>)?)\s+(?:\.\.\.)?\s*\w+$", text, re.S) or \
                re.match(r"((?!class\b|typename\b)[\w:]+(?:<.*>)?)(?:\s*\.\.\.)\s*\w+$", text, re.S)
            if match:
                # libclang's span begins behind the namespace that the concept is called by.
                begin = start - len(re.search(r"(?:\w+::)*$", source[:start]).group(0))
                self.add(path, begin, start + match.end(1), "class", f"constraint {one_line(match.group(1))} left out",
                         False)
        if parent is not None and kind in (K.CALL_EXPR, K.BINARY_OPERATOR, K.COMPOUND_ASSIGNMENT_OPERATOR,
                                           K.UNARY_OPERATOR) or (kind == K.UNEXPOSED_EXPR and parent is not None):
            bodies = (K.COMPOUND_STMT, K.IF_STMT, K.FOR_STMT, K.WHILE_STMT, K.CXX_FOR_RANGE_STMT)
            if parent.kind in bodies and re.match(r"\s*;", source[end:end + 20]):
                before = source[:start].rstrip()
                if before.endswith((")", ";", "{", "}", "else", ":")):
                    self.add(path, start, end, "(void)0", f"left out: {one_line(text)[:80]}", True)

    def binary(self, path, start, end, left, right):
        source = self.source(path)
        l_start, l_end = self.span(left)
        r_start, r_end = self.span(right)
        if l_start != start or r_end != end or l_end > r_start:
            return
        operator = strip_comments(source[l_end:r_start]).strip()
        a, b = source[l_start:l_end], source[r_start:r_end]
        short = one_line(source[start:end])
        short = short if len(short) <= 60 else short[:28] + " ... " + short[-28:]
        for new in SWAPS.get(operator, []):
            self.add(path, start, end, f"{a} {new} {b}", f"{operator} -> {new} in {short}", True)
        if operator in LOGIC:
            self.add(path, start, end, f"({a}) {LOGIC[operator]} ({b})", f"{operator} -> {LOGIC[operator]} in {short}",
                     True, True)
            self.add(path, start, end, a, f"only the left of {short}", True, True)
            self.add(path, start, end, b, f"only the right of {short}", True, True)

    # --- What libclang does not show: requires-clauses and attributes ---
    def by_text(self, path):
        source = self.source(path)
        code = code_only(source)
        for match in re.finditer(r"\brequires\b", code):
            before = code[:match.start()].rstrip()
            if re.search(r"(=|&&|\|\||!|\breturn|\brequires|,|:|\(|\{|<)$", before):
                continue  # an expression, not a clause
            end = clause_end(code, match.end())
            if end is None:
                continue
            self.fixed.setdefault(path, []).append((match.start(), end))
            self.add(path, match.start(), end, "requires(true)",
                     f"{one_line(source[match.start():end])[:80]} left out", False)
        for match in re.finditer(r"\[\[nodiscard(?:\([^)]*\))?(, gnu::always_inline)?\]\]", source):
            said = re.match(r"[^;{]*", code[match.end():]).group(0)
            is_type = re.search(r"\b(class|struct|enum)\s*$", code[:match.start()])
            # To drop what an observer or a computation returns does no harm, whether it is noticed or not; and what is
            # for the library alone its own tests use.
            matters = is_type or not ("/detail/" in path or re.search(
                r"\)\s*(const|&|noexcept\s+const)|\bconstexpr\b|\bconsteval\b", said))
            if code[match.start()] == "[" and matters:
                new = "[[gnu::always_inline]]" if match.group(1) else ""
                self.add(path, match.start(), match.end(), new, "[[nodiscard]] left out", False)


def clause_end(code, at):
    """Where the constraint ends that begins here; None where none does."""
    def blanks(at):
        return at + len(re.match(r"\s*", code[at:]).group(0))

    while True:
        at = blanks(at)
        if re.match(r"requires\b", code[at:]):  # an expression: its parameters, and what it requires
            at = blanks(at + len("requires"))
            if code[at] == "(":
                at = blanks(closing(code, at))
            at = closing(code, at)
        elif code[at] == "(":
            at = closing(code, at)
        else:
            name = re.match(r"[\w:]+", code[at:])
            if not name:
                return None
            at += name.end()
            if code[at] == "<":
                at = angles_end(code, at)
            if code.startswith("::", at):  # a member of what has arguments: not read here, so left as it is
                return None
        more = re.match(r"\s*(?:&&|\|\|)", code[at:])
        if not more:
            return at
        at += more.end()


def angles_end(code, at):
    """Behind the template arguments that begin here."""
    depth = 0
    while True:
        if code[at] in "([{":
            at = closing(code, at)
            continue
        depth += {"<": 1, ">": -1}.get(code[at], 0)
        at += 1
        if depth == 0:
            return at


def closing(code, at):
    depth = 0
    for position in range(at, len(code)):
        if code[position] in "([{":
            depth += 1
        elif code[position] in ")]}":
            depth -= 1
            if depth == 0:
                return position + 1
    raise ValueError("no closing bracket")


def function_behind(source, mutant):
    """The name of the function that an attribute is of; None where it is of a type."""
    if re.search(r"\b(class|struct|enum)\s*$", source[:mutant.start]):
        return None
    return re.search(r"(\w+)\s*\(", code_only(source[mutant.end:])).group(1)


def apply(source, mutant):
    return source[:mutant.start] + one_line_kept(mutant.new, source[mutant.start:mutant.end]) + source[mutant.end:]


def one_line_kept(new, old):
    """The new text with as many lines as the old one, so that what stands below keeps its line, and stays in its macro."""
    new = one_line(new)
    return new + "".join(re.findall(r"\\?\n", old))


def with_switches(source, mutants):
    """The source with each of these mutants behind a switch; `number` is what switches it on."""
    def render(start, end, inside):
        """source[start:end], with the mutants of `inside`, which lie in it."""
        out, at, index = [], start, 0
        while index < len(inside):
            site = (inside[index].start, inside[index].end)
            same = [m for m in inside[index:] if (m.start, m.end) == site]
            within = [m for m in inside[index:] if site[0] <= m.start and m.end <= site[1] and m not in same]
            out.append(source[at:site[0]])
            # An if's own condition, or a statement: parentheses around all of it fit everywhere.
            whole = render(site[0], site[1], within)
            void = [m for m in same if m.new == "(void)0"]
            truth = "static_cast<bool>" if any(m.truth for m in same) else ""
            chosen = "".join(f"SHEARPIN_IS_MUTANT({m.number}) ? {truth}({one_line(m.new)}) : "
                             for m in same if m not in void)
            if chosen and truth:
                whole = f"({chosen}static_cast<bool>({whole}))"
            elif chosen:
                whole = f"({chosen}({whole}))"
            for m in void:
                whole = f"(SHEARPIN_IS_MUTANT({m.number}) ? void() : void({whole}))"
            out.append(whole)
            at = site[1]
            index += len(same) + len(within)
            while index < len(inside) and inside[index].start < at:
                index += 1  # overlaps, which no tree has
        out.append(source[at:end])
        return "".join(out)

    ordered = sorted(mutants, key=lambda m: (m.start, -m.end))
    return render(0, len(source), ordered)
