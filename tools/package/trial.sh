#!/bin/sh
# usage: trial.sh DEB SAMPLE_FOLDER WORK_FOLDER
# Installs the package in a clean Debian 12, runs the sample there, removes it, and looks whether anything is
# left.  Needs root, debootstrap and a mirror ($DEBIAN_MIRROR); takes some minutes and 600 MB.
set -eu
deb=$(realpath "$1")
sample=$(realpath "$2")
mkdir -p "$3"
root=$(realpath "$3")/debian
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
    http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" DEBIAN_FRONTEND=noninteractive "$@"; }

rm -rf "$root"
debootstrap --variant=minbase bookworm "$root" "$mirror" >"$root.log" 2>&1 || { tail -5 "$root.log"; exit 1; }
mkdir "$root/trial"
cp "$deb" "$root/trial/canister.deb"
cp "$sample"/*.csv "$root/trial/"
files() { (cd "$root" && find . -xdev -path ./proc -prune -o -path ./trial -prune -o -print | grep -v -E '^./(var|tmp|run|etc/ld.so.cache|dev)' | sort); }

inside apt-get update -qq >>"$root.log" 2>&1
inside apt-get install -y -qq --no-install-recommends ./trial/canister.deb >>"$root.log" 2>&1 ||
    { tail -5 "$root.log"; exit 1; }
inside canister version
inside sh -c 'canister run --quiet /trial/*.csv --out /trial/out --icb QZA && ls /trial/out | wc -l'
inside sh -c 'canister add --quiet --store /trial/store /trial/EPD_SNOMED_202607.csv && canister check --store /trial/store'
inside sh -c 'test -s /usr/share/man/man1/canister.1.gz || echo "man pages are not installed by this image" '
files >"$root.with"
inside dpkg -r canister >>"$root.log" 2>&1
inside dpkg -P canister >>"$root.log" 2>&1 || true
files >"$root.without"
if grep canister "$root.without" | grep -v '^./trial'; then
    echo "trial: the package left something behind"
    exit 1
fi
grep -c canister "$root.with" | sed 's/$/ files of the package came and went/'
echo "trial: installed, ran the sample, removed"
