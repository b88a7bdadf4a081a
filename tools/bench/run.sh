#!/bin/sh
# usage: run.sh FOLDER_OF_PROGRAMS
# How long `canister run` takes beside the bare mask scan, wc -l and cat on the same bytes: wall seconds
# and processor seconds, commands taken in turn, medians.  A ratio means something, a second on a shared
# machine does not.
#   ROWS='2500000 ...'  months to make (1 GB each 2.5 million)   SHAPES='new old'   THREADS='1 2'
#   ROUNDS=5    PACKED=1 also .zip and .gz    DUCKDB=folder with the npm package @duckdb/node-api
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

median() { # of a column of a file
    sort -n -k "$2" "$1" | awk -v c="$2" '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'
}

tell() { # file bytes
    for times in "$work"/time.*; do
        name=${times##*/time.}
        awk -v n="$name" -v w="$(median "$times" 1)" -v p="$(median "$times" 2)" -v b="$1" \
            -v mw="$(median "$work/time.mask_scan-1" 1)" -v mp="$(median "$work/time.mask_scan-1" 2)" \
            'BEGIN { printf "  %-16s wall %7.3f s  %6.2f GB/s  %5.2f x mask scan   processor %7.3f s  %5.2f x\n",
                     n, w, b / w / 1e9, w / mw, p, p / mp }'
    done
    rm -f "$work"/time.*
}

one_round() { # month
    for threads in ${THREADS:-1 2}; do
        pinned "$threads" "mask_scan-$threads" "$bin/mask_scan" "$1" "$threads" read
        pinned "$threads" "mask_scan_map-$threads" "$bin/mask_scan" "$1" "$threads" map
        pinned "$threads" "canister-$threads" "$bin/canister" run "$1" --quiet --out "$work/out" \
            --threads "$threads" --no-digest
    done
    pinned 1 canister_digest-1 "$bin/canister" run "$1" --quiet --out "$work/out" --threads 1
    pinned 1 wc "$(command -v wc)" -l "$1"
    pinned 1 cat "$(command -v cat)" "$1"
    [ -z "${DUCKDB:-}" ] || duck "$1"
}

duck() { # the same sums by DuckDB's own reader, in its best setting
    measure duckdb node "$(dirname "$0")/duckdb.mjs" "$DUCKDB" "$1" "$work/duck.csv" 2
}

packed() { # month
    (cd "$work" && gzip -1 -k month.csv && zip -q -1 month.zip month.csv)
    i=0
    while [ "$i" -lt "$rounds" ]; do
        measure mask_scan-1 "$bin/mask_scan" "$1" 1 read
        if command -v igzip >/dev/null; then measure igzip igzip -d -c "$work/month.csv.gz"; fi
        for kind in csv.gz zip; do
            for threads in ${THREADS:-1 2}; do
                pinned "$threads" "canister_$kind-$threads" "$bin/canister" run "$work/month.$kind" \
                    --quiet --out "$work/out" --threads "$threads" --no-digest
            done
        done
        i=$((i + 1))
    done
    rm -f "$work/month.csv.gz" "$work/month.zip"
}

grep -m 1 'model name' /proc/cpuinfo || true
date -u +%Y-%m-%d
for shape in ${SHAPES:-new old}; do
    for rows in ${ROWS:-2500000}; do
        "$bin/national" --rows "$rows" --shape "$shape" >"$work/month.csv"
        bytes=$(wc -c <"$work/month.csv")
        i=0
        while [ "$i" -lt "$rounds" ]; do
            one_round "$work/month.csv"
            i=$((i + 1))
        done
        echo "$shape shape, $rows rows, $bytes bytes, $rounds rounds"
        tell "$bytes"
        [ -z "${PACKED:-}" ] || { packed "$work/month.csv"; echo "  packed:"; tell "$bytes"; }
    done
done
[ -n "${DUCKDB:-}" ] || echo "DuckDB was not run: DUCKDB names no folder with its npm package"
