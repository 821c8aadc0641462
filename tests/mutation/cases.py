# SPDX-License-Identifier: BSL-1.0
"""The cases that must not compile, for mutants that the compiler alone can notice."""
import collections
import glob
import hashlib
import json
import os
import re
import subprocess

from suite import CXX, TOP

STANDARD = [CXX[0], "-std=c++20"]  # the options of .cmake/must_not_compile.cmake: what is compiled ahead with others is not taken


class Topic:
    """A file of cases that must not compile."""

    def __init__(self, source):
        self.source = source
        with open(source, encoding="utf-8") as file:
            self.text = file.read()
        self.cases = ["control"] + list(dict.fromkeys(re.findall(r"^// CASE ([a-z][a-z0-9_]*)", self.text, re.M)))
        first = re.search(r'^#include "([a-z_]+\.hpp)"', self.text, re.M)
        flags = re.search("^// FLAGS: (.*)$", self.text, re.M)
        self.flags = flags.group(1).split() if flags else []
        self.precompiled = first and not flags and first.group(1)
        self.drops = self.find_drops()
        # By case, what it speaks of: the words of its name, of the error that it wants, and of the line where that stands.
        self.words = {case: words_of(case + wanted) for case, wanted in re.findall(r"^// CASE (\w+)(.*)$", self.text, re.M)}
        for line, cases in self.lines_with_errors():
            for case in cases & self.words.keys():
                self.words[case] |= words_of(line)

    def lines_with_errors(self):
        return [(line, set(re.findall("[a-z_0-9]+", cases))) for line, cases in re.findall("^(.*)// HERE (.*)$", self.text, re.M)]

    def find_drops(self):
        """The cases of an answer that must not be dropped, each with its line."""
        drops = set(re.findall(r"^// CASE (\w+).*(?:nodiscard|ignoring|unused)", self.text, re.M))
        return [(case, line) for line, cases in self.lines_with_errors() for case in sorted(cases & drops)]


class Cases:
    def __init__(self, folder, out, include):
        self.folder, self.out, self.include = folder, out, include
        self.topics = {os.path.basename(source)[:-len(".fail.cpp")]: Topic(source)
                       for source in sorted(glob.glob(folder + "/**/*.fail.cpp", recursive=True))}
        # By header and line: the cases whose errors name it, each with how many lines they name.
        self.naming = collections.defaultdict(lambda: collections.defaultdict(list))
        self.speaking = {(topic, case): words for topic, about in self.topics.items() for case, words in about.words.items()}
        self.in_how_many = collections.Counter(word for words in self.speaking.values() for word in words)

    def holds(self, topic, case, overlay, ahead=True):
        command = ["cmake", f"-DSOURCE={self.topics[topic].source}", f"-DCOMPILER={STANDARD[0]}", "-DFAMILY=clang",
                   f"-DINCLUDE={overlay};{self.include}"]
        if ahead:
            command.append(f"-DPRECOMPILED={self.precompiled(topic, overlay)}")
        if case != "control":
            command.append(f"-DCASE={case}")
        return subprocess.run(["nice", "-n", "10"] + command + ["-P", TOP + "/.cmake/must_not_compile.cmake"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0

    def fails(self, topic, case, overlay, ahead=True):
        """Twice, since a compiler may also have been ended by the machine."""
        return not self.holds(topic, case, overlay, ahead) and not self.holds(topic, case, overlay, ahead)

    def precompiled(self, topic, overlay):
        """A folder in which is, compiled, what the topic's file includes first; where it is not there, it is made."""
        folder = os.path.join(overlay, "precompiled")
        header = self.topics[topic].precompiled
        if header and not os.path.exists(os.path.join(folder, header + ".gch")):
            os.makedirs(folder, exist_ok=True)
            ahead = os.path.join(folder, header)
            with open(ahead, "w", encoding="utf-8") as file:
                file.write(f'#include "{self.folder}/{header}"\n')
            subprocess.run(["nice", "-n", "10"] + STANDARD + [
                "-w", "-I" + overlay, "-I" + self.include, "-x", "c++-header", ahead, "-o", ahead + ".gch"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return folder

    def learn(self, pool):
        """Which lines of the headers the errors of each case name: what is changed there, that case is the likeliest to
        notice. Ends all where one fails without a mutant, since it would seem to kill each. Kept while all is as it was."""
        nothing = os.path.join(self.out, "overlay-of-nothing")
        subprocess.run(["rm", "-rf", nothing], check=True)
        for topic in self.topics:
            self.precompiled(topic, nothing)
        all_cases = [(topic, case) for topic in self.topics for case in self.topics[topic].cases]
        known, path, state = {}, os.path.join(self.out, "cases_naming.json"), self.state()
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                kept = json.load(file)
            known = kept["named"] if kept["state"] == state else {}

        def named(of):
            topic, case = of
            if f"{topic}.{case}" in known:
                return known[f"{topic}.{case}"]
            if self.fails(topic, case, nothing, ahead=case == "control"):  # as they are tried
                raise SystemExit(f"must_not_compile.{topic}.{case} fails without any mutant")
            return [] if case == "control" else self.lines_named(topic, case, nothing)
        found = dict(zip(all_cases, pool.map(named, all_cases)))
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"state": state, "named": {f"{t}.{c}": lines for (t, c), lines in found.items()}}, file)
        for of, lines in found.items():
            for file, line in lines:
                self.naming[file][line].append((len(lines), of))

    def state(self):
        """What the lines depend on, as one number."""
        all_text = hashlib.sha256(subprocess.run([STANDARD[0], "--version"], capture_output=True, check=True).stdout)
        for pattern in (TOP + "/.cmake/*.cmake", self.include + "/**/*.hpp", self.folder + "/**/*pp"):
            for path in sorted(glob.glob(pattern, recursive=True)):
                with open(path, "rb") as file:
                    all_text.update(file.read())
        return all_text.hexdigest()

    def lines_named(self, topic, case, overlay):
        about = self.topics[topic]
        ahead = ["-include", os.path.join(overlay, "precompiled", about.precompiled)] if about.precompiled else []
        with open(about.source, encoding="utf-8") as source:
            said = subprocess.run(["nice", "-n", "10"] + STANDARD + [
                "-fsyntax-only", "-Werror=unused-result", "-fno-caret-diagnostics", "-ftemplate-backtrace-limit=0",
                "-fconstexpr-backtrace-limit=0", "-I" + self.include] + ahead + [
                "-iquote", os.path.dirname(about.source)] + about.flags + ["-DCASE_" + case, "-x", "c++", "-"], stdin=source,
                capture_output=True, text=True, errors="replace").stderr
        places = re.findall("^" + re.escape(self.include) + r"/(\S+?):(\d+):", said, re.M)
        return sorted({(file, int(line)) for file, line in places})

    def near(self, mutant, source, most):
        """The cases whose errors name the changed lines or one just beside them, and those that speak of what stands there, as
        few others do; then those whose errors name the nearest other lines of this header, first those that name few."""
        nearest = {}
        for line, cases in self.naming[mutant.file].items():
            distance = mutant.distance(line)
            for rank, of in cases:
                nearest[of] = min(nearest.get(of, (distance, rank)), (distance, rank))
        in_order = sorted(nearest, key=lambda of: nearest[of])[:most]
        number = sum(nearest[of][0] <= 2 for of in in_order)
        likely = in_order[:number]
        likely += [of for of in self.speaking_of(mutant, source)[:most] if of not in likely]
        return likely, [of for of in in_order if of not in likely]

    def speaking_of(self, mutant, source):
        near = {}
        for number, line in enumerate(source.splitlines(), 1):
            distance = mutant.distance(number)
            if distance <= 8:
                for word in words_of(line):
                    near[word] = max(near.get(word, 0), 1 / (1 + distance))
        scores = {of: sum(near[word] / self.in_how_many[word] for word in words & near.keys())
                  for of, words in self.speaking.items()}
        return sorted((of for of in scores if scores[of] > 0), key=lambda of: -scores[of])

    def dropping(self, name):
        """The cases that drop what this function answers; all, where it is a type that must not be dropped."""
        return [(topic, case) for topic, about in self.topics.items() for case, line in about.drops
                if name is None or re.search(rf"\b{name}\b", line)]

    def likely_topics(self, mutant, around, most):
        """The files of cases that speak of what stands around the change, the likeliest first."""
        words = words_of(around) | {os.path.basename(mutant.file)[:-4]}
        scores = {name: sum(topic.text.count(word) > 0 for word in words) for name, topic in self.topics.items()}
        return sorted((t for t in scores if scores[t]), key=lambda t: -scores[t])[:most]


def words_of(text):
    """The longer names, and the longer words that they are made of."""
    return {word for name in re.findall("[a-z_]{5,}", text) for word in [name, *name.split("_")] if len(word) >= 5}
