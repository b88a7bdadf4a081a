#!/bin/sh
# usage: run.sh FOLDER_OF_PROGRAMS
# How long `canister run` takes beside the bare mask scan, wc -l and cat on the same bytes, and on packed
# input beside inflating alone: wall seconds and processor seconds, commands taken in turn, medians; then
# how it grows.  A ratio means something, a second on a shared machine does not.
#   ROWS='2500000 ...'  months to make (1 GB each 2.5 million)   SHAPES='new old'   THREADS='1 2'
#   ROUNDS=5    PACKED=1 also .gz, .zst and .zip    DUCKDB=folder with the npm package @duckdb/node-api
set -eu
bin=$1
work=$(mktemp -d "${TMPDIR:-/dev/shm}/canister-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
rounds=${ROUNDS:-5}

# measure NAME COMMAND...: adds "wall processor" to the file NAME
measure() {
    name=$1
    shift
    /usr/bin/env bash -c 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>&1' bash "$@" 2>&1 |
        awk '{ print $1, $2 + $3 }' >>"$work/time.$name"
}

# pinned THREADS COMMAND...: on so many processors
pinned() {
    cpus=$1
    shift
    measure_name=$1
    shift
    measure "$measure_name" taskset -c "0-$((cpus - 1))" "$@"
}

# canister NAME FILE THREADS [OPTION]
canister() {
    pinned "$3" "$1-$3" "$bin/canister" run "$2" --quiet --out "$work/out" --threads "$3" ${4:+"$4"}
}

median() { # of a column of a file
    sort -n -k "$2" "$1" | awk -v c="$2" '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'
}

tell() { # file bytes, what the others are held against
    for times in "$work"/time.*; do
        name=${times##*/time.}
        awk -v n="$name" -v w="$(median "$times" 1)" -v p="$(median "$times" 2)" -v b="$1" -v base="$2" \
            -v bw="$(median "$work/time.$2" 1)" -v bp="$(median "$work/time.$2" 2)" \
            'BEGIN { printf "  %-24s wall %7.3f s  %6.2f GB/s  %5.2f x %s   processor %7.3f s  %5.2f x\n",
                     n, w, b / w / 1e9, w / bw, base, p, p / bp }'
        echo "$shape $1 $name $(median "$times" 1)" >>"$work/growth"
    done
    rm -f "$work"/time.*
}

one_round() { # month
    for threads in ${THREADS:-1 2}; do
        pinned "$threads" "mask_scan-$threads" "$bin/mask_scan" "$1" "$threads" read
        pinned "$threads" "mask_scan_map-$threads" "$bin/mask_scan" "$1" "$threads" map
        canister canister "$1" "$threads" --no-digest
        canister canister_digest "$1" "$threads"
    done
    pinned 1 wc "$(command -v wc)" -l "$1"
    pinned 1 cat "$(command -v cat)" "$1"
    [ -z "${DUCKDB:-}" ] || duck "$1"
}

duck() { # the same sums by DuckDB's own reader, in its best setting
    measure duckdb node "$(dirname "$0")/duckdb.mjs" "$DUCKDB" "$1" "$work/duck.csv" 2
}

packed_round() {
    pinned 1 inflate "$bin/inflate" "$work/month.csv.gz"
    pinned 1 zstd_test zstd -q -t "$work/month.csv.zst"
    for threads in ${THREADS:-1 2}; do
        for kind in csv.gz csv.zst zip; do
            canister "canister_$kind" "$work/month.$kind" "$threads" --no-digest
            canister "canister_digest_$kind" "$work/month.$kind" "$threads"
        done
    done
}

# rounds_of COMMAND...
rounds_of() {
    i=0
    while [ "$i" -lt "$rounds" ]; do
        "$@"
        i=$((i + 1))
    done
}

# How much longer a month takes that is so many times the first.
tell_growth() {
    echo "growth: bytes as times the first month, seconds likewise"
    awk '{ key = $1 " " $3 }
         !(key in first) { order[++n] = key; first[key] = $4; bytes[key] = $2; line[key] = ""; next }
         { line[key] = line[key] sprintf("   %5.2f x bytes %5.2f x time", $2 / bytes[key], $4 / first[key]) }
         END { for (i = 1; i <= n; i++)
                   printf "  %-26s %7.3f s%s\n", order[i], first[order[i]], line[order[i]] }' "$work/growth"
}

grep -m 1 'model name' /proc/cpuinfo || true
date -u +%Y-%m-%d
for shape in ${SHAPES:-new old}; do
    for rows in ${ROWS:-2500000 7500000 15000000}; do
        "$bin/national" --rows "$rows" --shape "$shape" >"$work/month.csv"
        bytes=$(wc -c <"$work/month.csv")
        echo "$shape shape, $rows rows, $bytes bytes, $rounds rounds"
        rounds_of one_round "$work/month.csv"
        tell "$bytes" mask_scan-1
        [ -n "${PACKED:-}" ] || continue
        (cd "$work" && gzip -1 -k -f month.csv && zstd -q -1 -f month.csv && rm -f month.zip &&
            zip -q -1 month.zip month.csv)
        rounds_of packed_round
        tell "$bytes" inflate
    done
done
tell_growth
[ -n "${DUCKDB:-}" ] || echo "DuckDB was not run: DUCKDB names no folder with its npm package"
