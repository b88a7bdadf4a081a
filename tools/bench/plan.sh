#!/bin/sh
# usage: plan.sh FOLDER_OF_PROGRAMS
# What a plan costs beside loading the same months: `canister targets` reads and computes all that a plan
# begins with; `plan` of one ICB with its scenarios and reasons, and of a group of all practices, in turn.
#   ROWS=2500000  of the month    ROUNDS=3    REACH=6 kgCO2e per salbutamol inhaler
set -eu
bin=$1
work=$(mktemp -d "${TMPDIR:-/dev/shm}/canister-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
rounds=${ROUNDS:-3}

# timed NAME COMMAND...: adds "wall processor KiB" to the file NAME; exit 1 is a plan that is not reached
timed() {
    name=$1
    shift
    /usr/bin/time -f '%e %U %S %M' -o "$work/once" "$@" >/dev/null 2>&1 || [ $? -eq 1 ]
    tail -n 1 "$work/once" | awk '{ print $1, $2 + $3, $4 }' >>"$work/time.$name"
}

median() { # of a column of a file
    sort -n -k "$2,$2" "$1" | awk -v c="$2" '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'
}

tell() { # NAME
    awk -v n="$1" -v w="$(median "$work/time.$1" 1)" -v k="$(median "$work/time.$1" 3)" \
        -v bw="$(median "$work/time.targets" 1)" -v bk="$(median "$work/time.targets" 3)" \
        'BEGIN { printf "  %-12s wall %6.2f s  %5.2f x targets   %5.0f MiB, %+5.0f\n", n, w, w / bw,
                 k / 1024, (k - bk) / 1024 }'
}

"$bin/national" --rows "${ROWS:-2500000}" --shape new >"$work/month.csv"
"$bin/canister" add "$work/month.csv" --quiet --store "$work/store"
icb=$(sqlite3 "$work/store" 'select icb_code from prescribing group by 1 order by sum(items) desc limit 1')
{
    echo group_code,group_name,organisation_code
    sqlite3 "$work/store" "select 'ALL,All,' || practice_code from prescribing group by practice_code"
} >"$work/all.csv"
plan="plan --quiet --store $work/store --measure salbutamol_kgco2e_per_inhaler --reach ${REACH:-6} --base-months 1"
i=0
while [ "$i" -lt "$rounds" ]; do
    timed targets "$bin/canister" targets --quiet --store "$work/store" --group "$work/all.csv"
    # shellcheck disable=SC2086 # a list of options
    timed icb "$bin/canister" $plan --icb "$icb" --group "$work/all.csv"
    # shellcheck disable=SC2086
    timed practices "$bin/canister" $plan --group "$work/all.csv" --group-code ALL
    i=$((i + 1))
done
echo "plans of a month of ${ROWS:-2500000} rows, $rounds rounds"
tell targets
tell icb
tell practices
