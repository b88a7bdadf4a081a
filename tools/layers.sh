#!/bin/sh
# usage: layers.sh engine base stream ... cli   (low to high)
# A layer includes only itself and lower ones, each engine folder is a layer, and a library is seen
# only behind its one door.
root=$1
shift
bad=0
rank=0
known=" $* "
for layer in "$@"; do
    rank=$((rank + 1))
    eval "r_$layer=$rank"
done

for folder in "$root"/*/; do
    name=$(basename "$folder")
    case $known in
    *" $name "*) ;;
    *) echo "$folder: is not a layer"; bad=1 ;;
    esac
done

for layer in "$@"; do
    eval "here=\$r_$layer"
    for hit in $(grep -Hno '#include "[a-z_]*/' "$root/$layer"/*.[ch] 2>/dev/null |
        sed 's/#include "//; s|/$||; s/ //g'); do
        to=${hit##*:}
        [ "$to" = canister ] && continue # the public header
        eval "there=\${r_$to:-99}"
        # shellcheck disable=SC2154 # set by the eval
        if [ "$there" -gt "$here" ]; then
            echo "${hit%:*}: $layer may not include $to"
            bad=1
        fi
    done
    for hit in $(grep -Hno '#include "[a-z_]*/[a-z_]*_internal.h"' "$root/$layer"/*.[ch] 2>/dev/null |
        sed 's/#include "//; s|/[a-z_]*_internal.h"$||; s/ //g'); do
        if [ "${hit##*:}" != "$layer" ]; then
            echo "${hit%:*}: an internal header of another folder"
            bad=1
        fi
    done
done

# What each file of the engine includes, itself or by way of another header, headers of the
# system too: one line "engine/rules/json.c header header ...".
includes=$(for layer in "$@"; do
    ${CC:-cc} -std=c17 -D_XOPEN_SOURCE=700 -I"$root" -I"$root"/../include -M "$root/$layer"/*.c |
        sed -e ':join' -e '/\\$/N; s/\\\n//; tjoin' -e 's/^[^:]*: *//'
done)
[ -n "$includes" ] || { echo "layers: ${CC:-cc} does not list the headers"; bad=1; }

# path of the library's header, as a part of its name on the disk; the folders that may see it
door() {
    for hit in $(printf '%s\n' "$includes" | grep -E "/$1" | cut -d' ' -f1); do
        layer=$(basename "$(dirname "$hit")")
        case " $2 " in
        *" $layer "*) ;;
        *) echo "$hit: a header <$1...> is seen only in $2, and this file reaches it"; bad=1 ;;
        esac
    done
}
door 'csv\.h' stream
door 'archive(_entry)?\.h' stream
door 'isa-l' stream
door 'openssl/' stream
door 'zstd' stream
door 'cjson/' rules
door 'gsl/' trend
door 'sqlite3' store
door 'curl/' fetch
door 'xlsxwriter' workbook
exit $bad
