#!/bin/sh
# usage: words.sh        (part of make lint)
# Fails on words that no text of this project uses, with the place of each: sentences of the program
# (strings.sh), texts of rules, every README, and headers.  A new word joins the list here, with what to write.
#
#   told, tells          listed, reported, shown; "the file gives"
#   stands               is; appears twice; applies
#   whose ... nobody     say who does what
#   (needed)             (required)
#   not computable       cannot be calculated
#   passed over          skipped
#   all the same         still
#   52.8 %               52.8%
set -eu
cd "$(dirname "$0")/.."
banned='\b(told|untold|tells|stands)\b|\bwhose\b.*\bnobody\b|\bnobody\b.*\bwhose\b|\(needed\)'
banned="$banned|\bnot computable\b|\bpassed over\b|\ball the same\b|[0-9] %([^a-zA-Z0-9.*-]|\$)"
found=$({
    sh tools/strings.sh
    grep -rn '' rules --include='*.json'
    grep -n '' README.md engine/*/README.md rules/README.md datasets/README.md datasets/*/README.md \
        tools/README.md tools/bench/README.md tests/README.md engine/*/*.h include/*/*.h
} | grep -iE "$banned" | cut -c1-240 || true)
[ -z "$found" ] && exit 0
echo "$found"
echo "tools/words.sh: the lines above have words that its header lists; see there what to write" >&2
exit 1
