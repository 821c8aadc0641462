# SPDX-License-Identifier: BSL-1.0
"""What is written in the headers, by the syntax tree of clang: the bodies of functions, and who runs them.

A counter tells only of what was made: of a template, or a part of one that `if constexpr` leaves out, of which no
program has made anything, it says nothing at all. So what is told has to be held against what is there.
"""
import bisect
import glob
import os
import re

import clang.cindex as cindex
from clang.cindex import BinaryOperator, CursorKind as K

cindex.Config.set_library_file(os.environ.get("LIBCLANG", "/usr/lib/llvm-19/lib/libclang-19.so.1"))

NOT_CODE = re.compile(
    r'//[^\n]*|/\*.*?\*/|^[ \t]*#(?:\\\n|[^\n])*|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"'
    r"|(?<!\w)'(?:\\.|[^'\\\n])*'", re.DOTALL | re.MULTILINE)
# What is chosen by it has a counter; the compiler alone looks at the condition itself, and at these.
BY_COMPILER = re.compile(r"\b(if\s+constexpr|static_assert|using)\b")
FUNCTIONS = {K.FUNCTION_DECL, K.CXX_METHOD, K.CONSTRUCTOR, K.DESTRUCTOR, K.CONVERSION_FUNCTION, K.FUNCTION_TEMPLATE}
LOGIC = {BinaryOperator.LAnd, BinaryOperator.LOr}


def blank(text):
    return re.sub(r"[^\n]", " ", text)


def code_alone(text):
    """The text with blanks for comments and lines of the preprocessor, and 0 for literals: all stays where it was."""
    def without(found):
        return "0" + blank(found[0])[1:] if found[0][0] in "\"'R" else blank(found[0])
    return NOT_CODE.sub(without, text)


def without_conditions(code):
    """Without what the compiler alone looks at: `if constexpr (...)`, `static_assert(...)`, `using x = y;`."""
    at = 0
    while found := BY_COMPILER.search(code, at):
        end, depth = found.end(), 0
        while end < len(code):
            depth += {"(": 1, ")": -1}.get(code[end], 0)
            end += 1
            if code[end - 1] == ";" if found[1] == "using" else code[end - 1] == ")" and depth == 0:
                break
        code = code[:found.start()] + blank(code[found.start():end]) + code[end:]
        at = end
    return code


class Body:
    """The braces of a function: two places (line, column). May the compiler run it (constexpr); may nobody else?"""

    def __init__(self, begins, ends, is_constexpr, is_consteval):
        self.begins, self.ends, self.is_constexpr, self.is_consteval = begins, ends, is_constexpr, is_consteval

    def __contains__(self, place):
        return self.begins <= place <= self.ends


class Header:
    def __init__(self, name):
        with open(name, encoding="utf-8") as file:
            text = file.read()
        self.lines, self.bodies, self.lambdas, self.decisions = text.splitlines(), [], [], []
        self.code = code_alone(text)
        self.run = without_conditions(self.code)
        self.starts = [0] + [found.end() for found in re.finditer("\n", text)]

    def offset(self, place):
        return self.starts[place[0] - 1] + place[1] - 1

    def place(self, offset):
        line = bisect.bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def is_implicit(self, place):
        """Whether the compiler itself writes what stands there: `= default` (clang tells its end), and what a class
        has without a word (clang tells the class's name, or `union` where that has none).
        """
        if self.code.startswith("union", self.offset(place)):
            return True
        before = self.code[:self.offset(place) + 1]
        return before.endswith("default") or bool(re.search(r"\b(class|struct)\s+(\[\[\w+\]\]\s*)?\w?$|\bunion .?$", before))

    def body_of(self, place):
        return next((body for body in self.bodies if place in body), None)

    def untold(self, told, begun):
        """Of each part of a body of which nothing is told, the place where it begins, and so of each lambda that has
        not begun: it stands in what is told of, but is a function of its own.
        """
        missing = None
        for place in self.lambdas:
            if told(place) and place not in begun and not self.body_of(place).is_consteval:
                yield place
        for body in self.bodies:
            if body.is_consteval:
                continue
            for word in re.compile(r"\w+|[^\s\w{};]").finditer(self.run, self.offset(body.begins) + 1, self.offset(body.ends)):
                if word[0] == "else" or told(place := self.place(word.start())):
                    missing = None
                elif missing is None:
                    missing = place
                    yield place
            missing = None

    def unmeasured(self, ran, measured):
        """Where decisions of several conditions begin of which clang keeps no account: it does not know how, of some."""
        for begins, ends, *_ in self.decisions:
            if ran(begins) and not self.run[self.offset(begins)].isspace() and not self.body_of(begins).is_consteval:
                if not any(from_ <= begins and ends <= to for from_, to in measured):
                    yield begins


def place_of(location):
    return location.line, location.column


def find_bodies(cursor, headers):
    """Adds the outermost functions; what is in a body is a part of it."""
    for child in cursor.get_children():
        if child.location.file and child.location.file.name not in headers:
            continue
        body = None
        if child.kind in FUNCTIONS or child.kind == K.LAMBDA_EXPR:
            body = next((each for each in child.get_children() if each.kind == K.COMPOUND_STMT), None)
        if body is None:
            find_bodies(child, headers)
            continue
        header = headers[body.extent.start.file.name]
        begins, ends = place_of(body.extent.start), place_of(body.extent.end)
        if header.code[header.offset(begins)] != "{":
            continue  # a macro's: clang tells of it where the macro stands
        head = header.code[header.offset(place_of(child.extent.start)):header.offset(begins)]
        is_constexpr = child.kind == K.LAMBDA_EXPR or re.search(r"\b(constexpr|consteval)\b", head) is not None
        is_consteval = re.search(r"\bconsteval\b", head) is not None
        header.bodies.append(Body(begins, (ends[0], ends[1] - 1), is_constexpr, is_consteval))
        look_into(body, header)


def take_apart(cursor, operands, operators):
    """The conditions that a decision is made of, and which of && and || joins them."""
    while cursor.kind == K.PAREN_EXPR:
        cursor = next(cursor.get_children())
    if cursor.kind != K.BINARY_OPERATOR or cursor.binary_operator not in LOGIC:
        operands.append(cursor)
        return
    operators.add("&&" if cursor.binary_operator == BinaryOperator.LAnd else "||")
    for each in cursor.get_children():
        take_apart(each, operands, operators)


def look_into(cursor, header):
    for child in cursor.get_children():
        if child.kind == K.COMPOUND_STMT and cursor.kind == K.LAMBDA_EXPR:
            header.lambdas.append(place_of(child.extent.start))
        if child.kind == K.BINARY_OPERATOR and child.binary_operator in LOGIC:
            operands, operators = [], set()
            take_apart(child, operands, operators)
            header.decisions.append((place_of(child.extent.start), place_of(child.extent.end),
                                     [place_of(each.extent.start) for each in operands], operators))
            for each in operands:
                look_into(each, header)
        else:
            look_into(child, header)


def read(include):
    """All headers, by their names."""
    names = sorted(glob.glob(os.path.join(include, "**", "*.hpp"), recursive=True))
    headers = {name: Header(name) for name in names}
    unit = cindex.Index.create().parse(
        "all.cpp", args=["-std=c++20", "-fsyntax-only", f"-I{include}"],
        unsaved_files=[("all.cpp", "".join(f"#include <{os.path.relpath(name, include)}>\n" for name in names))])
    wrong = [str(each) for each in unit.diagnostics if each.severity >= cindex.Diagnostic.Error]
    if wrong:
        raise SystemExit("\n".join(wrong))
    find_bodies(unit.cursor, headers)
    return headers
