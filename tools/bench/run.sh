#!/bin/sh
# usage: run.sh PROGRAM SAMPLE_FOLDER
# How long `canister run` takes beside wc -l and cat on the same bytes, in turn, in one run: medians of
# wall seconds and their ratio.  A ratio means something, a second on a shared machine does not.
set -eu
program=$1
sample=$2
work=$(mktemp -d "${TMPDIR:-/dev/shm}/canister-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
rounds=${ROUNDS:-5}

# One month of the newest shape, its rows repeated until it is large enough to measure.
month=$(find "$sample" -name 'EPD_SNOMED_*.csv' | sort | tail -n 1)
head -n 1 "$month" >"$work/month.csv"
i=0
while [ "$i" -lt "${COPIES:-200}" ]; do
    tail -n +2 "$month"
    i=$((i + 1))
done >>"$work/month.csv"

seconds() { # wall seconds of a command, its output thrown away
    start=$(date +%s.%N)
    "$@" >/dev/null 2>&1
    end=$(date +%s.%N)
    awk -v a="$start" -v b="$end" 'BEGIN { printf "%.3f\n", b - a }'
}
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

i=0
while [ "$i" -lt "$rounds" ]; do
    seconds wc -l "$work/month.csv" >>"$work/wc"
    seconds cat "$work/month.csv" >>"$work/cat"
    seconds "$program" run "$work/month.csv" --quiet --out "$work/out" >>"$work/canister"
    i=$((i + 1))
done

bytes=$(wc -c <"$work/month.csv")
rows=$(wc -l <"$work/month.csv")
echo "$rows lines, $bytes bytes, $rounds rounds in turn, medians"
for name in wc cat canister; do
    awk -v n="$name" -v t="$(median "$work/$name")" -v w="$(median "$work/wc")" -v b="$bytes" \
        'BEGIN { printf "%-9s %7.3f s %6.2f GB/s %7.1f times wc -l\n", n, t, b / t / 1e9, t / w }'
done
