#!/bin/sh
# usage: same_bytes.sh OLD NEW SAMPLE WORK [SHARED]
# Runs two programs over the sample, the real extracts (where SHARED is given), a store, --icb,
# --packs, --places now, and compares every file and every word that they write.  OLD and NEW are
# programs; each finds its own rules beside it or by CANISTER_RULES_OLD and CANISTER_RULES_NEW.
# For a change that must not change a result.  Ends with the number of files compared; exit 1 when
# any differs.
set -u
old=$1 new=$2 sample=$(realpath "$3") work=$4 shared=${5:-}
[ -n "$shared" ] && shared=$(realpath "$shared")
export SOURCE_DATE_EPOCH=1780000000
rm -rf "$work"
mkdir -p "$work/old" "$work/new"

both() { # name, arguments: into OUT of each side
    name=$1
    shift
    for side in old new; do
        (
            cd "$work/$side" || exit 1
            if [ $side = old ]; then
                program=$old rules=${CANISTER_RULES_OLD:-}
            else
                program=$new rules=${CANISTER_RULES_NEW:-}
            fi
            [ -n "$rules" ] && export CANISTER_RULES="$rules"
            "$program" "$@" >"$name.out" 2>"$name.err"
            echo $? >"$name.exit"
        )
    done
}

last="$sample/EPD_SNOMED_202607.csv"
both month run "$last" --out month --quiet
both all run "$sample"/*.csv --out all --quiet
both icb run "$sample"/*.csv --icb QZB --packs --out icb --quiet
both now run "$sample"/*.csv --places now --out now --quiet --factors iif-2022
both threads run "$sample"/*2026*.csv --threads 3 --xlsx no --out threads --quiet
both add add "$sample"/*.csv --store s.store --quiet
both status status --store s.store
both report report --store s.store --out report
both report-icb report --store s.store --icb QZB --packs --out report-icb
both report-practice report --store s.store --practice Z90022 --out report-practice
both trend trend --store s.store --organisation QZA
both targets targets --store s.store
both export export --store s.store --out export.csv
both explain explain 0301011R0BEAIAP
both explain-gas explain desflurane
both malformed run "$sample"/../nothing.csv --out none
if [ -n "$shared" ]; then
    for file in "$shared"/data/extracts/*.csv "$shared"/data/hospital/*.csv; do
        both "real-$(basename "$file" .csv)" run "$file" --out "real-$(basename "$file" .csv)" --quiet
    done
    both real-places run "$shared"/data/extracts/epd_2017*.csv \
        --register "$shared/data/registers/epraccur_2025-11.csv" \
        --register "$shared/data/registers/ePCN_PCN_Core_Partner_Details.csv" \
        --register "$shared/data/registers/etr.csv" --places now --out real-places --quiet
fi

# What the clock or the path says is no result.
find "$work" -name '*.store' -delete
find "$work" -name '*.err' -exec sed -i -E "s#$work/(old|new)#WORK#g; s/[0-9.]+ s\b/TIME/g" {} +
bad=0 count=0
for file in $(cd "$work/old" && find . -type f | sort) ; do
    count=$((count + 1))
    if ! cmp -s "$work/old/$file" "$work/new/$file"; then
        echo "differs: $file"
        bad=1
    fi
done
(cd "$work/new" && find . -type f | sort) >"$work/list.new"
(cd "$work/old" && find . -type f | sort) | diff - "$work/list.new" || bad=1
echo "$count files compared"
exit $bad
