#!/bin/sh
# usage: shard.sh FILE SHARDS
# One extract becomes a store of its own in the folder SHARDS, once: a task writes to a name of its own
# attempt, and takes the shard's name only if nobody has it yet.  So a machine that was cut off and comes
# back cannot spoil what another has finished.  $CANISTER is the program.
set -eu
file=$1
shards=$2
canister=${CANISTER:-canister}

# The name of a file alone may come twice in a list.
name=$(basename "$file")-$(printf %s "$file" | sha256sum | cut -c1-12)
shard=$shards/$name.sqlite
failed=$shards/$name.failed
attempt=$shards/.$name.$(hostname).${SLURM_JOB_ID:-0}.${SLURM_RESTART_COUNT:-0}.$$

[ -e "$shard" ] && exit 0
trap 'rm -f "$attempt" "$attempt-journal" "$attempt.words"' EXIT
trap 'exit 143' TERM INT
if "$canister" add --quiet --store "$attempt" "$file" 2>"$attempt.words"; then
    # a link fails where the name is taken, on network drives too; a rename would not
    ln "$attempt" "$shard" 2>/dev/null || [ -e "$shard" ]
    rm -f "$failed"
else
    code=$?
    { echo "$file"; cat "$attempt.words"; } >"$failed"
    echo "shard.sh: $file failed with exit $code:" >&2
    cat "$attempt.words" >&2
    exit "$code"
fi
