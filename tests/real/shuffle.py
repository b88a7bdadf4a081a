#!/usr/bin/python3
"""Writes an extract again with its columns in another order.

shuffle.py FROM TO SEED lf|crlf     the same seed gives the same order"""
import csv
import random
import sys

source, target, seed, ends = sys.argv[1:]
with open(source, newline="", encoding="latin-1") as rows, \
        open(target, "w", newline="", encoding="latin-1") as out:
    reader = csv.reader(rows)
    header = next(reader)
    order = list(range(len(header)))
    random.Random(int(seed)).shuffle(order)
    assert order != sorted(order)
    writer = csv.writer(out, lineterminator="\r\n" if ends == "crlf" else "\n",
                        quoting=csv.QUOTE_ALL if int(seed) % 2 else csv.QUOTE_MINIMAL)
    writer.writerow([header[i] for i in order])
    writer.writerows([row[i] for i in order] for row in reader)
