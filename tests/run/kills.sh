#!/bin/sh
# usage: kills.sh PROGRAM SAMPLE_FOLDER WORK_FOLDER KILLS
# Kills `canister add` so many times at a random moment.  After each kill the store must be sound and
# hold the old months or the old ones and the new one, as a store does into which nothing broke in.
set -eu
canister=$1
sample=$2
work=$3
kills=$4
cd "$work"
seed=${SEED:-$(date +%s)}
echo "seed $seed"
roll() { # sets rolled to a number below $1; in a subshell it would be the same each time
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    rolled=$((seed / 65536 % $1))
}

export_of() { "$canister" export --store "$1" --out "$1.csv"; }

# What it should be: one store a number of months, none of them interrupted.  How long the
# shortest took, in units of 10 microseconds, says how long the others may live.
months=$(find "$sample" -maxdepth 1 -name 'EPD_SNOMED_20260[1-6].csv' | sort)
rm -rf expect && mkdir expect
n=0
shortest=20000
for month in $months; do
    began=$(date +%s%N)
    "$canister" add --quiet --store expect/store "$month"
    took=$((($(date +%s%N) - began) / 10000))
    [ "$took" -ge "$shortest" ] || shortest=$took
    export_of expect/store
    n=$((n + 1))
    mv expect/store.csv "expect/$n.csv"
done
most=$n
longest=$((shortest * 3 / 2 + 1))

rm -f killed killed-journal
have=0
came=0
for i in $(seq "$kills"); do
    if [ "$have" -eq "$most" ]; then
        rm -f killed
        have=0
    fi
    next=$(echo "$months" | sed -n "$((have + 1))p")
    roll "$longest"
    life=0.$(printf %05d "$rolled")
    "$canister" add --quiet --store killed "$next" 2>/dev/null &
    pid=$!
    sleep "$life"
    kill -9 $pid 2>/dev/null && came=$((came + 1))
    wait $pid 2>/dev/null || true
    if [ ! -s killed ]; then # not even made
        have=0
        continue
    fi
    if ! "$canister" check --store killed >words 2>&1; then
        # its making was undone: an empty file is left
        grep -q 'the store is empty' words && [ "$have" -eq 0 ] && continue
        cat words
        echo "kill $i"
        exit 1
    fi
    export_of killed
    if cmp -s killed.csv "expect/$((have + 1)).csv"; then
        have=$((have + 1))
    elif [ "$have" -eq 0 ]; then
        [ "$(wc -l <killed.csv)" -eq 1 ] || { echo "kill $i: neither empty nor a month"; exit 1; }
    else
        cmp killed.csv "expect/$have.csv" || { echo "kill $i: neither old nor new"; exit 1; }
    fi
done
[ "$came" -gt 0 ] || { echo "none of $kills kills came before the end"; exit 1; }
echo "$kills kills, $came of them before the end: the store was right after each"
