#!/bin/sh
# usage: torture.sh PROGRAM SAMPLE_FOLDER WORK_FOLDER [POINTS]
# Lets each allocation and each system call of run, run --packs, report and add fail, once and from
# then on, and kills the program at each call.  After every fault the result folder or the store is
# the old one or the new one, exit 0 means the new one, and nothing is left behind; after a kill the
# next run clears up.  POINTS takes so many points of each loop, spread evenly; without it each one.
# shellcheck disable=SC2012,SC2086 # words of a command, and names without blanks
set -u
canister=$1
sample=$2
work=$3
points=${4:-all}
here=$(cd "$(dirname "$0")" && pwd)
export SOURCE_DATE_EPOCH=1790000000
rm -rf "$work" && mkdir -p "$work" && cd "$work" || exit 1
cc -w -O1 -shared -fPIC -o faults.so "$here/faults.c" || exit 1
wrong=0
done_points=0

# --- what a set and a store are --------------------------------------------------------------

digest_of() { # of all files of the folder $1, or of all sums of the store $1
    if [ -d "$1" ]; then
        (cd "$1" && find . -type f | LC_ALL=C sort | xargs md5sum 2>/dev/null | md5sum)
    elif [ -s "$1" ]; then
        rm -f "digest.csv" && "$canister" export --store "$1" --out digest.csv && md5sum <digest.csv
    else
        echo none
    fi
}

prepare() {
    head -n 120 "$sample/EPD_SNOMED_202607.csv" >month.csv
    head -n 120 "$sample/EPD_SNOMED_202308.csv" >older.csv
    "$canister" add --quiet --store old.store older.csv &&
        cp old.store new.store && "$canister" add --quiet --store new.store month.csv &&
        "$canister" run --quiet older.csv --packs --out old.run &&
        "$canister" run --quiet month.csv --out new.run &&
        "$canister" run --quiet month.csv --packs --out new.packs &&
        "$canister" report --quiet --store new.store --out new.report || exit 1
}

# job: its words, what it begins with, what it ends with
use_job() {
    job=$1
    old=old.run
    target=out
    case $job in
    run) set -- run --quiet month.csv --out out && new=new.run ;;
    packs) set -- run --quiet month.csv --packs --out out && new=new.packs ;;
    report) set -- report --quiet --store new.store --out out && new=new.report ;;
    add) set -- add --quiet --store store month.csv && old=old.store && new=new.store && target=store ;;
    stranger) set -- run --quiet month.csv --out out && new=new.stranger && old=old.stranger ;;
    esac
    words=$*
    if [ "$job" = stranger ] && [ ! -e old.stranger ]; then # a file of somebody else: file by file
        cp -r old.run old.stranger && cp -r new.run new.stranger &&
            echo own | tee old.stranger/notes.txt >new.stranger/notes.txt
    fi
    old_digest=$(digest_of $old)
    new_digest=$(digest_of $new)
}

reset() {
    rm -rf out store store-journal .out.* ./*.tmp
    cp -r $old $target
}

left_behind() {
    find . -maxdepth 3 -name '.*.tmp' -o -maxdepth 1 -name 'store-*' | head -n 3
}

complain() {
    wrong=$((wrong + 1))
    echo "WRONG $job, $fault: $*; $(head -n 2 said | cut -c 1-160)"
    [ $wrong -lt "${MOST_WRONG:-40}" ] || exit 1
}

# $1: exit code; $2: "clean" when nothing may be left, "any" when clearing up could fail
judge() {
    done_points=$((done_points + 1))
    now=$(digest_of $target 2>digest.said)
    case $1 in
    0) [ "$now" = "$new_digest" ] || complain "exit 0 and not the new one" ;;
    65 | 66 | 70 | 71 | 73 | 74 | 78 | 127)
        [ "$now" = "$old_digest" ] || { [ "$now" = "$new_digest" ] &&
            grep -q 'changed as asked, but the disk did not confirm' said; } ||
            complain "exit $1 and not the old one"
        [ "$1" -eq 127 ] || [ "$kind" = write ] || [ -s said ] || complain "exit $1 without a word"
        ;;
    137)
        [ "$now" = "$old_digest" ] || [ "$now" = "$new_digest" ] || unsealed ||
            complain "killed, and neither old nor new"
        "$canister" $words >said 2>&1 || complain "after the kill: exit $?"
        [ "$(digest_of $target)" = "$new_digest" ] || complain "after the kill: not the new one"
        ;;
    *) complain "exit $1" ;;
    esac
    [ "$2" = any ] && { "$canister" $words >said 2>&1 || complain "the next run: exit $?"; }
    left=$(left_behind)
    [ -z "$left" ] || complain "left behind: $left"
}

# Killed file by file: a part of one set, and no seal unless all tables are there.
unsealed() {
    [ "$job" = stranger ] && ! has_both &&
        { [ ! -e out/datapackage.json ] || [ "$(tables_of out)" = "$(tables_of $old)" ]; }
}

tables_of() {
    (cd "$1" && cat ./*.csv | md5sum)
}

# Files of the old set and of the new one beside one another.
has_both() {
    olds=0
    news=0
    for file in $(cd out && find . -type f); do
        name=${file#./}
        file=out/$name
        cmp -s "$file" "$old/$name" && cmp -s "$file" "$new/$name" && continue
        cmp -s "$file" "$old/$name" && olds=1
        cmp -s "$file" "$new/$name" && news=1
    done
    [ $olds = 1 ] && [ $news = 1 ]
}

# --- loops ----------------------------------------------------------------------------------

# The points to try of $1: each, or so many
some_of() {
    if [ "$points" = all ] || [ "$1" -le "$points" ]; then
        seq "$1"
    else
        awk -v n="$1" -v p="$points" 'BEGIN { for (i = 0; i < p; i++) print 1 + int((n - 1) * i / (p > 1 ? p - 1 : 1)) }'
    fi
}

allocations() {
    kind=allocation
    reset
    COUNT_TO=count LD_PRELOAD=./faults.so "$canister" $words >said 2>&1
    count=$(cat count)
    for stays in 0 1; do
        for k in $(some_of "$count"); do
            fault="allocation $k of $count$([ $stays = 0 ] || echo ' and all behind it')"
            reset
            FAIL_ON=$stays FAIL_ALLOCATION=$k LD_PRELOAD=./faults.so "$canister" $words >said 2>&1
            judge $? clean
        done
    done
}

# name:calls:errors; what fails when clearing up fails too
calls="open:openat:EIO,EMFILE
read:read,pread64:EIO
write:write,pwrite64,writev:EIO,ENOSPC
sync:fsync,fdatasync:EIO
place:rename,renameat,renameat2:EIO
folder:mkdir,mkdirat:EACCES,ENOSPC
list:getdents64:EIO
look:newfstatat,fstat,stat,lstat:EIO
memory:mmap,brk:ENOMEM
remove:unlink,unlinkat,rmdir:EIO
close:close:EIO
process:clone,clone3:EAGAIN
other:lseek,ftruncate,fchmod,flock,fcntl,access,faccessat2,readlink,pipe2,dup2:EIO"

# The most calls that one thread makes of $1
count_calls() {
    reset
    strace -f -qq -o log -e "trace=$1" -e signal=none "$canister" $words >said 2>&1
    awk '{ n[$1]++ } END { for (t in n) if (n[t] > most) most = n[t]; print most + 0 }' log
}

system_calls() {
    for entry in $calls; do
        kind=${entry%%:*}
        set_of=${entry#*:}
        errors=${set_of#*:}
        set_of=${set_of%%:*}
        count=$(count_calls "$set_of")
        for error in $(echo "$errors" | tr , ' ') KILL; do
            for more in '' +; do
                [ "$error$more" != KILL+ ] || continue
                [ "${ERRORS:-all}" = all ] || is_short || continue
                [ "$error" = KILL ] && what=signal=SIGKILL || what=error=$error
                for k in $(some_of "$count"); do
                    fault="$kind number $k$more of $count: $error"
                    reset
                    strace -f -qq -o log -e "trace=$set_of" -e signal=none \
                        -e "inject=$set_of:$what:when=$k$more" "$canister" $words >said 2>&1
                    code=$?
                    [ $code -ne 139 ] || ! loader_crashes || continue
                    judge $code "$(may_leave)"
                done
            done
        done
    done
}

# Without memory the loader dies before there is a program.
loader_crashes() {
    strace -f -qq -o log -e "trace=$set_of" -e signal=none \
        -e "inject=$set_of:$what:when=$k$more" true >said 2>&1
    [ $? -eq 139 ]
}

# The short form: the first error of each kind, and kills where files change places.
is_short() {
    case $kind:$error:$more in
    open:EIO: | read:EIO: | write:EIO: | sync:EIO: | list:EIO: | folder:EACCES: | place:EIO:+) true ;;
    place:KILL: | remove:KILL: | sync:KILL:) true ;;
    *) false ;;
    esac
}

# Clearing up needs these calls itself.
may_leave() {
    case $kind in
    remove | open | list | look | close | memory | other) echo any ;;
    *) echo clean ;;
    esac
}

prepare
for job in ${JOBS:-run packs report add stranger}; do
    use_job "$job"
    before=$done_points
    [ "${ONLY:-allocations}" != allocations ] || allocations
    [ "${ONLY:-calls}" != calls ] || ! command -v strace >/dev/null || system_calls
    echo "$job: $((done_points - before)) faults"
done
[ $wrong -eq 0 ] || { echo "$wrong of $done_points faults ended wrong"; exit 1; }
echo "$done_points faults: old or new, with the right exit code, and nothing left behind"
