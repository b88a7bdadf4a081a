#!/usr/bin/python3
"""usage: coverage.py BUILD_FOLDER
Lines and branches of the engine that the tests ran, by folder, from the counts of a build with
--coverage; a branch is covered when it was taken at least once."""

import collections
import glob
import os
import re
import subprocess
import sys


def counts(data):
    """(source, lines, lines run, branches, branches taken) of each source in a count file."""
    told = subprocess.run(
        ["gcov", "-b", "-n", "-o", os.path.dirname(data), data],
        capture_output=True, text=True, check=False).stdout
    for block in told.split("File '")[1:]:
        lines = re.search(r"Lines executed:([\d.]+)% of (\d+)", block)
        taken = re.search(r"Taken at least once:([\d.]+)% of (\d+)", block)
        if lines is None:
            continue
        many = int(lines.group(2))
        ways = int(taken.group(2)) if taken else 0
        yield (block.split("'")[0], many, round(float(lines.group(1)) * many / 100), ways,
               round(float(taken.group(1)) * ways / 100) if taken else 0)


def main(build):
    sums = collections.defaultdict(lambda: [0, 0, 0, 0])
    for data in sorted(glob.glob(build + "/engine/*/*.gcda")):
        for source, *numbers in counts(data):
            if source.startswith("engine/") and source.endswith(".c"):
                folder = source.split("/")[1]
                for name in (folder, "all"):
                    sums[name] = [a + b for a, b in zip(sums[name], numbers)]
    if not sums:
        sys.exit("coverage: no counts in " + build)
    print(f"{'folder':10} {'lines':>7} {'run':>7} {'branches':>9} {'taken':>7}")
    for name in sorted(sums, key=lambda name: (name == "all", name)):
        lines, run, branches, taken = sums[name]
        print(f"{name:10} {lines:7} {100 * run / max(lines, 1):6.1f}% {branches:9} "
              f"{100 * taken / max(branches, 1):6.1f}%")


main(sys.argv[1])
