#!/bin/sh
# usage: archive.sh LIST SHARDS OUT [SBATCH-OPTION...]
# Submits what is missing of the files in LIST (a path a line, on a drive that all nodes see) as an array,
# and the merge that depends on it.  Run again, it submits only what is missing still.
set -eu
[ $# -ge 3 ] || { echo "usage: archive.sh LIST SHARDS OUT [SBATCH-OPTION...]" >&2; exit 64; }
TOOLS=$(cd "$(dirname "$0")" && pwd)
ALL=$(realpath "$1")
mkdir -p "$2"
SHARDS=$(realpath "$2")
OUT=$(realpath -m "$3")
shift 3

LIST=$SHARDS/todo.$$.list
while read -r file; do
    [ -n "$file" ] || continue
    [ -e "$SHARDS/$(basename "$file")-$(printf %s "$file" | sha256sum | cut -c1-12).sqlite" ] ||
        echo "$file"
done <"$ALL" >"$LIST"
count=$(wc -l <"$LIST")
export TOOLS ALL SHARDS OUT LIST

after=
if [ "$count" -gt 0 ]; then
    array=$(sbatch --parsable --array="1-$count" --output="$SHARDS/%A_%a.log" "$@" "$TOOLS/archive.sbatch")
    after=--dependency=afterok:$array
    echo "archive: $count files as array $array"
fi
# shellcheck disable=SC2086 # one option, or none
merge=$(sbatch --parsable $after --kill-on-invalid-dep=yes --output="$SHARDS/merge_%j.log" "$@" "$TOOLS/merge.sbatch")
echo "archive: merge is $merge"
