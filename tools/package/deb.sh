#!/bin/sh
# usage: deb.sh STAGE VERSION DATE OUT
# Makes a Debian package of what `make install PREFIX=/usr DESTDIR=STAGE` put down.  The same input gives
# the same bytes: SOURCE_DATE_EPOCH is the day of the version unless it is set.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
stage=$1
version=$2
date=$3
out=$4
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(date -u -d "$date" +%s)}
export SOURCE_DATE_EPOCH LC_ALL=C
umask 022
architecture=$(dpkg --print-architecture)
doc=$stage/usr/share/doc/canister

strip --strip-unneeded -R .comment -R .note "$stage/usr/bin/canister"
strip -g -D "$stage/usr/lib/libcanister.a"
gzip -9nf "$stage/usr/share/man/man1/canister.1"

mkdir -p "$doc/examples"
cp "$here"/../systemd/canister-update.* "$doc/examples/"
cp "$here/copyright" "$doc/copyright"
# The change log, as Debian writes it.
awk -v maintainer="$(sed -n 's/^Maintainer: //p' "$here/control.in")" '
    function finish() { if (version != "") printf "\n -- %s  %s\n\n", maintainer, when }
    /^## / { finish(); version = $2; day = $3; gsub(/[()]/, "", day)
             "date -u -R -d " day | getline when
             printf "canister (%s) stable; urgency=low\n\n", version; next }
    /^- / && version != "" { gsub(/`/, ""); line = "  * " substr($0, 3)
             while (length(line) > 78) { at = 78; while (substr(line, at, 1) != " ") at--
                 print substr(line, 1, at - 1); line = "    " substr(line, at + 1) }
             print line }
    END { finish() }' "$here/../CHANGES.md" >"$doc/changelog"
gzip -9n "$doc/changelog"

# What the program needs, by the libraries it is linked with.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/debian"
printf 'Source: canister\n\nPackage: canister\nArchitecture: any\n' >"$work/debian/control"
program=$(cd "$stage/usr/bin" && pwd)/canister
depends=$(cd "$work" && dpkg-shlibdeps -O "$program" | sed -n 's/^shlibs:Depends=//p')

mkdir -p "$stage/DEBIAN"
size=$(find "$stage/usr" -type f -exec stat -c %s {} + | awk '{ n += int(($1 + 1023) / 1024) } END { print n }')
sed -e "s|@VERSION@|$version|; s|@ARCHITECTURE@|$architecture|; s|@DEPENDS@|$depends|; s|@SIZE@|$size|" \
    "$here/control.in" >"$stage/DEBIAN/control"
(cd "$stage" && find usr -type f | sort | xargs md5sum) >"$stage/DEBIAN/md5sums"
find "$stage" -type d -exec chmod 755 {} +
find "$stage" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
mkdir -p "$(dirname "$out")"
dpkg-deb --root-owner-group -Zxz --build "$stage" "$out" >/dev/null
