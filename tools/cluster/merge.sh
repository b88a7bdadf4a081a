#!/bin/sh
# usage: merge.sh LIST SHARDS OUT
# The shards of all files of the list become OUT; one that is missing is named, and nothing is merged.
set -eu
list=$1
shards=$2
out=$3
missing=0
set --
while read -r file; do
    [ -n "$file" ] || continue
    shard=$shards/$(basename "$file")-$(printf %s "$file" | sha256sum | cut -c1-12).sqlite
    if [ -e "$shard" ]; then
        set -- "$@" "$shard"
    else
        echo "merge.sh: there is no shard of $file" >&2
        missing=1
    fi
done <"$list"
[ "$missing" -eq 0 ] || exit 66
exec "${CANISTER:-canister}" merge "$out" "$@"
