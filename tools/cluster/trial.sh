#!/bin/sh
# usage: trial.sh PROGRAM SAMPLE_FOLDER WORK_FOLDER
# A Slurm of one controller and three nodes, each in a network namespace of its own, makes a store of the
# sample while a node is killed, a node is cut off and comes back, and a task is requeued.  The result must
# export as the store that one machine makes.  Needs root, slurm-wlm, munge and iproute2; a minute or two.
set -eu
tools=$(cd "$(dirname "$0")" && pwd)
program=$1
sample=$2
mkdir -p "$3"
work=$(realpath "$3")
for need in slurmctld slurmd munged ip; do
    command -v $need >/dev/null || { echo "cluster: skipped, there is no $need here"; exit 0; }
done
[ "$(id -u)" -eq 0 ] || { echo "cluster: skipped, network namespaces need root"; exit 0; }
rm -rf "$work"
mkdir -p "$work/state" "$work/logs" "$work/munge"
chmod 755 "$work/munge"
id=can$$
pids=

finish() {
    for pid in $pids; do kill "$pid" 2>/dev/null || true; done
    for name in n1 n2 n3 ctl; do
        for pid in $(ip netns pids "$id$name" 2>/dev/null); do kill -9 "$pid" 2>/dev/null || true; done
        ip netns del "$id$name" 2>/dev/null || true
    done
    sleep 0.3
}
trap finish EXIT

# --- network: nodes hang on a bridge in the controller's namespace ------------------------------
ip netns add "${id}ctl"
ip -n "${id}ctl" link set lo up
ip -n "${id}ctl" link add bridge type bridge
ip -n "${id}ctl" addr add 10.77.0.1/24 dev bridge
ip -n "${id}ctl" link set bridge up
for n in 1 2 3; do
    ip netns add "${id}n$n"
    ip -n "${id}n$n" link set lo up
    ip -n "${id}ctl" link add "port$n" type veth peer name eth0 netns "${id}n$n"
    ip -n "${id}ctl" link set "port$n" master bridge up
    ip -n "${id}n$n" addr add "10.77.0.1$n/24" dev eth0
    ip -n "${id}n$n" link set eth0 up
done

# --- munge and Slurm, all of their files in the work folder -----------------------------------
dd if=/dev/urandom of="$work/munge/key" bs=1 count=1024 2>/dev/null
chmod 600 "$work/munge/key"
munged --foreground --force --key-file="$work/munge/key" --socket="$work/munge/socket" \
    --log-file="$work/munge/log" --pid-file="$work/munge/pid" --seed-file="$work/munge/seed" \
    >"$work/logs/munged" 2>&1 &
pids="$pids $!"

cat >"$work/slurm.conf" <<CONF
ClusterName=trial
SlurmctldHost=ctl(10.77.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
CredType=cred/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool.%n
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.%n.pid
SlurmctldLogFile=$work/logs/slurmctld
SlurmdLogFile=$work/logs/slurmd.%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/builtin
SlurmctldTimeout=10
SlurmdTimeout=8
MessageTimeout=4
KillWait=2
BatchStartTimeout=10
ReturnToService=2
JobRequeue=1
MaxArraySize=10001
NodeName=n1 NodeAddr=10.77.0.11 NodeHostname=n1 CPUs=1 RealMemory=4000
NodeName=n2 NodeAddr=10.77.0.12 NodeHostname=n2 CPUs=1 RealMemory=4000
NodeName=n3 NodeAddr=10.77.0.13 NodeHostname=n3 CPUs=1 RealMemory=4000
PartitionName=all Nodes=n1,n2,n3 Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF="$work/slurm.conf"

# Each in its own network and with its own name.  ip netns exec would mount another /sys, without cgroups.
on() { # name, command
    name=$1
    shift
    # shellcheck disable=SC2016 # the inner shell sets the name
    nsenter --net="/run/netns/$id$name" unshare --uts sh -c 'hostname "$0"; exec "$@"' "$name" "$@"
}
start_node() {
    mkdir -p "$work/spool.n$1"
    on "n$1" slurmd -D -N "n$1" >>"$work/logs/slurmd.n$1.out" 2>&1 &
    pids="$pids $!"
}
on ctl slurmctld -D >"$work/logs/slurmctld.out" 2>&1 &
pids="$pids $!"
for n in 1 2 3; do start_node $n; done

wait_for() { # seconds, what, command
    seconds=$1
    what=$2
    shift 2
    tries=0
    until "$@" >/dev/null 2>&1; do
        tries=$((tries + 1))
        if [ $tries -gt $((seconds * 4)) ]; then
            echo "cluster: $what did not come within $seconds s"
            on ctl squeue -a || true
            on ctl sinfo || true
            tail -n 5 "$work"/logs/* || true
            exit 1
        fi
        sleep 0.25
    done
}
idle() { [ "$(on ctl sinfo -h -t idle -o %D | awk '{ n += $1 } END { print n + 0 }')" -ge "$1" ]; }
wait_for 30 "three idle nodes" idle 3
echo "cluster: three nodes are idle"

# --- the job: months of the sample, each as slow as a real one ----------------------------------
# The first task of n2 is a late one: it goes on when another machine has finished its file.
cat >"$work/slow" <<SLOW
#!/bin/sh
if [ "\$1" = add ]; then
    echo "\$(hostname) begins \$5" >>"$work/calls"
    shard="$work/shards/\$(basename "\$5")-\$(printf %s "\$5" | sha256sum | cut -c1-12).sqlite"
    if [ "\$(hostname)" = n2 ] && mkdir "$work/late" 2>/dev/null; then
        for i in \$(seq 200); do [ -e "\$shard" ] && break; sleep 1; done
        sleep 2
    else
        sleep 5
    fi
fi
"$program" "\$@"
code=\$?
[ "\$1" = add ] && echo "\$(hostname) ends \$5" >>"$work/calls"
exit \$code
SLOW
chmod 755 "$work/slow"
export CANISTER="$work/slow"
find "$sample" -maxdepth 1 -name 'EPD_SNOMED_20260*.csv' -o -name 'scmd_*_20260*.csv' -o -name 'gas_*.csv' | sort >"$work/list"
on ctl sh "$tools/archive.sh" "$work/list" "$work/shards" "$work/all.sqlite" --time=10

running_on() { on ctl squeue -h -t R -w "$1" -o %i | grep -q .; }
wait_for 30 "a task on each node" sh -c "test \$(grep -c begins '$work/calls') -ge 3"

# 1: a node is killed midway, with all that runs on it
for pid in $(ip netns pids "${id}n1"); do kill -9 "$pid" 2>/dev/null || true; done
echo "cluster: n1 was killed"
# 2: a node is cut off; its task goes on, and finishes when another has been given the same file
ip -n "${id}ctl" link set port2 down
echo "cluster: n2 was cut off"
# 3: a task is sent back to the queue while it runs
task=$(on ctl squeue -h -r -t R -w n3 -o %i | head -n 1)
on ctl scontrol requeue "$task"
echo "cluster: task $task was requeued"

down() { [ "$(on ctl sinfo -h -N -o '%N %T' | grep -cE '^n[12] down')" -eq 2 ]; }
wait_for 60 "both nodes down" down
late=$(sed -n 's/^n2 begins //p' "$work/calls" | head -n 1)
wait_for 240 "the late end of a task that another has finished" grep -q "^n2 ends $late" "$work/calls"
grep " ends $late" "$work/calls" | head -n 1 | grep -qv '^n2 ' || { echo "cluster: n2 was not late"; exit 1; }
echo "cluster: n2 finished, cut off, what another had finished: its attempt was dropped"
ip -n "${id}ctl" link set port2 up
start_node 1
echo "cluster: n2 is back on the network, n1 was started again"

over() { [ -z "$(on ctl squeue -h -a -o %i)" ]; }
wait_for 240 "the end of all tasks" over
[ -e "$work/all.sqlite" ] || { echo "cluster: there is no result"; cat "$work"/shards/*.log; exit 1; }

# --- the result ------------------------------------------------------------------------------------
xargs "$program" add --quiet --store "$work/one.sqlite" <"$work/list"
"$program" export --store "$work/one.sqlite" --out "$work/one.csv"
"$program" export --store "$work/all.sqlite" --out "$work/all.csv"
cmp "$work/one.csv" "$work/all.csv"
"$program" check --store "$work/all.sqlite"
files=$(wc -l <"$work/list")
begun=$(grep -c begins "$work/calls")
echo "cluster: $files files, $begun attempts; exports as the store of one machine, byte by byte"
[ "$begun" -gt "$files" ] || { echo "cluster: no task was tried twice: the faults did not bite"; exit 1; }

# Again with nothing missing: only the merge runs, and the bytes are the same.
cp "$work/all.sqlite" "$work/before.sqlite"
on ctl sh "$tools/archive.sh" "$work/list" "$work/shards" "$work/all.sqlite" --time=10 | tee "$work/again"
grep -q array "$work/again" && { echo "cluster: finished files were submitted again"; exit 1; }
wait_for 60 "the second merge" over
cmp "$work/before.sqlite" "$work/all.sqlite"

# A file that cannot be read is named, and nothing is merged.
printf 'not an extract\n' >"$work/broken.csv"
{ cat "$work/list"; echo "$work/broken.csv"; } >"$work/list.broken"
on ctl sh "$tools/archive.sh" "$work/list.broken" "$work/shards" "$work/broken.sqlite" --time=10
wait_for 60 "the end of the broken task" over
head -n 1 "$work"/shards/broken.csv-*.failed | grep -qx "$work/broken.csv"
[ ! -e "$work/broken.sqlite" ]
echo "cluster: passed"
