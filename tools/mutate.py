#!/usr/bin/python3
"""usage: mutate.py N [SEED [FILTER]]
Changes N places of the engine one after the other, each in a copy of the tree, and runs the tests:
a change that no test notices is printed with its place.  The same seed gives the same places; a
mutant that does not end within the time limit counts as noticed.  FILTER names a folder."""

import os
import random
import re
import shutil
import subprocess
import sys

CHANGES = [
    (r" < ", " <= "), (r" <= ", " < "), (r" > ", " >= "), (r" >= ", " > "),
    (r" == ", " != "), (r" != ", " == "), (r" && ", " || "), (r" \|\| ", " && "),
    (r" \+ ", " - "), (r" - ", " + "), (r"\+\+", "--"), (r" \* ", " / "),
    (r"\b0\b", "1"), (r"\b1\b", "2"), (r"\btrue\b", "false"), (r"\bfalse\b", "true"),
    (r"return STATUS_OK;", "return STATUS_BUG;"),
]
SECONDS = 900


def places(root, folder):
    """Every place that can be changed: outside of comments, strings, includes and declarations."""
    found = []
    for top, _, names in sorted(os.walk(os.path.join(root, "engine"))):
        for name in sorted(names):
            path = os.path.join(top, name)
            if not name.endswith(".c") or (folder and f"/engine/{folder}/" not in path):
                continue
            comment = False
            for number, line in enumerate(open(path, encoding="utf-8")):
                comment = comment or line.lstrip().startswith("/*")
                if not comment and not line.startswith("#") and line.startswith("    "):
                    plain = re.sub(r'"(\\.|[^"])*"|/\*.*?\*/', lambda m: "_" * len(m.group()), line)
                    for pattern, put in CHANGES:
                        for match in re.finditer(pattern, plain):
                            found.append((os.path.relpath(path, root), number, match.start(),
                                          match.end(), put))
                if "*/" in line:
                    comment = False
    return found


def run(command, tree):
    try:
        return subprocess.run(command, cwd=tree, shell=True, timeout=SECONDS, check=False,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
    except subprocess.TimeoutExpired:
        return -1


def try_one(tree, place):
    path, number, start, end, put = place
    source = os.path.join(tree, path)
    text = open(source, encoding="utf-8").read()
    lines = text.split("\n")
    lines[number] = lines[number][:start] + put + lines[number][end:]
    open(source, "w", encoding="utf-8").write("\n".join(lines))
    try:
        if run("make -s all build/release/bin/tests sample", tree) != 0:
            return "does not compile", lines[number]
        noticed = run("build/release/bin/tests --fail-fast", tree) != 0
        return ("noticed" if noticed else "NOT NOTICED"), lines[number]
    finally:
        open(source, "w", encoding="utf-8").write(text)


def main(wanted, seed, folder):
    root = os.getcwd()
    tree = os.path.join(root, "build", "mutants")
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(root, tree, ignore=shutil.ignore_patterns(".git", "mutants", "torture*"))
    all_places = places(tree, folder)
    random.Random(seed).shuffle(all_places)
    counts = {"noticed": 0, "NOT NOTICED": 0}
    for place in all_places:
        if sum(counts.values()) == wanted:
            break
        verdict, line = try_one(tree, place)
        if verdict in counts:
            counts[verdict] += 1
            print(f"{verdict}: {place[0]}:{place[1] + 1}: {line.strip()}", flush=True)
    print(f"seed {seed}: {counts['noticed']} of {sum(counts.values())} noticed")


main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1,
     sys.argv[3] if len(sys.argv) > 3 else "")
