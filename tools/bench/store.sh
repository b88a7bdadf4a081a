#!/bin/sh
# usage: store.sh FOLDER_OF_PROGRAMS
# What the store costs: `add` beside `run` on the same month of national size, in turn, medians; then
# the size of a store of many such months, and reports from it.
#   ROWS=18600000  of the month    MONTHS=12  in the store    ROUNDS=5
set -eu
bin=$1
work=$(mktemp -d "${TMPDIR:-/dev/shm}/canister-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
rounds=${ROUNDS:-5}
months=${MONTHS:-12}

# timed NAME COMMAND...: adds "wall processor KiB" to the file NAME
timed() {
    name=$1
    shift
    /usr/bin/time -f '%e %U %S %M' -o "$work/once" "$@" >/dev/null 2>&1
    awk '{ print $1, $2 + $3, $4 }' "$work/once" >>"$work/time.$name"
}

median() { # of a column of a file
    sort -n -k "$2,$2" "$1" | awk -v c="$2" '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'
}

tell() { # NAME
    printf '  %-22s wall %7.2f s   processor %7.2f s   %5.0f MiB\n' "$1" \
        "$(median "$work/time.$1" 1)" "$(median "$work/time.$1" 2)" \
        "$(($(median "$work/time.$1" 3) / 1024))"
}

"$bin/national" --rows "${ROWS:-18600000}" --shape new >"$work/month.csv"
i=0
while [ "$i" -lt "$rounds" ]; do
    timed run "$bin/canister" run "$work/month.csv" --quiet --out "$work/out"
    rm -f "$work/store"
    timed add "$bin/canister" add "$work/month.csv" --quiet --store "$work/store"
    i=$((i + 1))
done
echo "a month of ${ROWS:-18600000} rows, $rounds rounds"
tell run
tell add
awk -v a="$(median "$work/time.add" 1)" -v r="$(median "$work/time.run" 1)" \
    'BEGIN { printf "  add takes %.2f times as long as run\n", a / r }'

# Years of it: the rows in scope alone, which are all that reaches the store, month after month.
awk -F, 'NR == 1 || /"030[123]/' "$work/month.csv" >"$work/scope.csv"
rm -f "$work/month.csv" "$work/store"
month=$(sed -n '2s/^"\{0,1\}\([0-9-]*\).*/\1/p' "$work/scope.csv")
i=0
while [ "$i" -lt "$months" ]; do
    next=$(printf '%04d-%02d' $((2016 + i / 12)) $((i % 12 + 1)))
    sed "s/$month/$next/" "$work/scope.csv" | "$bin/canister" add - --quiet --store "$work/store"
    i=$((i + 1))
done
rm -f "$work/scope.csv"
"$bin/canister" status --store "$work/store" | awk -v m="$months" '
    NR == 1 { gsub(",", ""); bytes = $2 }
    / sums,/ { gsub(",", ""); for (i = 1; i < NF; i++) if ($(i + 1) == "sums") sums += $i }
    END { printf "a store of %d months: %.0f MB, %.1f bytes a practice, month and product (%d)\n",
              m, bytes / 1e6, bytes / sums, sums }'
timed report_of_one_icb "$bin/canister" report --quiet --store "$work/store" --icb QAA --out "$work/out"
timed report_of_all "$bin/canister" report --quiet --store "$work/store" --out "$work/out"
timed check "$bin/canister" check --store "$work/store"
# The limit to measure against: SQLite's own program reading and summing the same rows.
timed sqlite3_sums sqlite3 "$work/store" \
    'select sum(rows), sum(items), sum(quantity), sum(nic), sum(actual_cost), sum(unknown_cost) from cell'
for name in report_of_one_icb report_of_all check sqlite3_sums; do
    tell "$name"
done
awk -v r="$(median "$work/time.report_of_one_icb" 2)" -v s="$(median "$work/time.sqlite3_sums" 2)" \
    'BEGIN { printf "  a report of one ICB takes %.1f times the processor of reading its rows by sqlite3\n", r / s }'
