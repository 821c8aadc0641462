# SPDX-License-Identifier: BSL-1.0
# For the tests with real servers. They run in a network and a mount namespace of their own, on addresses that nobody else
# sees; everything they start ends with them.
# shellcheck shell=sh disable=SC2154,SC2086  # programs is set by who reads this; words are split

# in_own_network "$@": starts the script anew in one, or skips the test, loudly
in_own_network() {
    [ -z "${IN_OWN_NETWORK:-}" ] || return 0
    if ! unshare --net --mount --pid --fork --kill-child true 2>/dev/null; then
        skip 'no network namespace may be made here (unshare --net --mount --pid, as root)'
    fi
    IN_OWN_NETWORK=yes exec unshare --net --mount --pid --fork --kill-child --mount-proc sh ${TRACE:+-x} "$0" "$@"
}
skip() {
    echo "SKIPPED, NOTHING WAS SHOWN: $0: $*" >&2
    exit 77
}
fail() {
    echo "FAILED: $*" >&2
    exit 1
}
need() {
    for each; do command -v "$each" >/dev/null || skip "there is no $each"; done
}

# Before a command: as a user who is not root, as PostgreSQL wants it. No function, which would be a process more.
as_servant='setpriv --reuid=65534 --regid=65534 --clear-groups'

begin() {
    scratch=$(mktemp -d)
    chmod 755 "$scratch"
    # What is left over ends with the namespace. Histories of what failed are kept.
    trap 'status=$?; end_of_test' EXIT
    ip link set lo up
    mkdir -p "$scratch/run" /run/netns
    mount -t tmpfs tmpfs /run/netns  # so that named namespaces end with this one
}
end_of_test() {
    trap - EXIT
    if [ "$status" -ne 0 ] && [ "$status" -ne 77 ]; then
        kept=$(mktemp -d)
        cp -r "$scratch"/*.history "$scratch"/*.log "$kept/" 2>/dev/null || true
        echo "histories and the servers' logs are kept in $kept" >&2
    fi
    kill -CONT -1 2>/dev/null || true
    kill -KILL -1 2>/dev/null || true  # all of this namespace of processes, but for this one
    umount -l /run/netns 2>/dev/null || true
    for mounted in "$scratch"/full*; do umount -l "$mounted" 2>/dev/null || true; done
    rm -rf "$scratch"
    exit "$status"
}

# until_true SECONDS COMMAND...: tries until it succeeds
until_true() {
    left=$(($1 * 10))
    shift
    until "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || fail "in vain: $*"
        sleep 0.1
    done
}

# --- etcd: members 1 to 3, each in its own namespace at 10.77.0.N, on a bridge in ours, which is 10.77.0.254 ---
etcd_network() {
    ip link add hub type bridge
    ip addr add 10.77.0.254/24 dev hub
    ip link set hub up
    for n in 1 2 3; do
        ip netns add "m$n"
        ip link add "v$n" type veth peer name eth0 netns "m$n"
        ip link set "v$n" master hub up
        ip -n "m$n" addr add "10.77.0.$n/24" dev eth0
        ip -n "m$n" link set eth0 up
        ip -n "m$n" link set lo up
    done
}
# start_member N: goes on with what it has on its disk
start_member() {
    cluster=1=http://10.77.0.1:2380,2=http://10.77.0.2:2380,3=http://10.77.0.3:2380
    ip netns exec "m$1" etcd --name "$1" --data-dir "$scratch/etcd$1" --heartbeat-interval 50 --election-timeout 500 \
        --listen-client-urls "http://10.77.0.$1:2379" --advertise-client-urls "http://10.77.0.$1:2379" \
        --listen-peer-urls "http://10.77.0.$1:2380" --initial-advertise-peer-urls "http://10.77.0.$1:2380" \
        --initial-cluster $cluster --auto-compaction-mode revision --auto-compaction-retention 1000 \
        >>"$scratch/etcd$1.log" 2>&1 &
    eval "member$1=$!"
}
# signal SIGNAL N
signal() {
    eval "pid=\$member$2"
    # shellcheck disable=SC2154
    kill "-$1" "$pid" || fail "member $2 is not running"
    [ "$1" != KILL ] || wait "$pid" 2>/dev/null || true  # so that its ports are free
}
# cut A B, heal A B: between two members only; both are still reached from here
cut() {
    ip -n "m$1" route add blackhole "10.77.0.$2/32"
    ip -n "m$2" route add blackhole "10.77.0.$1/32"
}
heal() {
    ip -n "m$1" route del blackhole "10.77.0.$2/32"
    ip -n "m$2" route del blackhole "10.77.0.$1/32"
}
etcd_store=etcd://10.77.0.1:2379,10.77.0.2:2379,10.77.0.3:2379
etcd_here() { etcdctl --endpoints "http://${1:-127.0.0.1:2379}" --command-timeout 3s endpoint health; }
start_etcd() {
    etcd --data-dir "$scratch/etcd" --listen-client-urls http://127.0.0.1:2379 \
        --advertise-client-urls http://127.0.0.1:2379 --listen-peer-urls http://127.0.0.1:2380 "$@" \
        >>"$scratch/etcd.log" 2>&1 &
    etcd=$!
    until_true 20 etcd_here
}

# --- PostgreSQL on 127.0.0.1:5432, with a password for the user fleet ---
find_postgres() {
    for each in /usr/lib/postgresql/*/bin; do postgres_bin=$each; done
    [ -x "${postgres_bin:-}/initdb" ] || skip 'there is no PostgreSQL server (Debian: postgresql)'
}
make_postgres() {  # in the folder $1
    postgres_data=$1/data
    install -d -o 65534 "$1"
    $as_servant "$postgres_bin/initdb" -U postgres -A trust -D "$postgres_data" >"$scratch/initdb.log" 2>&1
    {
        echo 'local all all trust'
        echo 'host all postgres 127.0.0.1/32 trust'
        echo 'host all all 127.0.0.1/32 scram-sha-256'
    } >"$postgres_data/pg_hba.conf"
}
start_postgres() {
    # A shell has the programs behind it ignore what ends a server.
    $as_servant env --default-signal=INT,QUIT "$postgres_bin/postgres" -D "$postgres_data" -h 127.0.0.1 -k /tmp -c max_connections=60 "$@" \
        >>"$scratch/postgres.log" 2>&1 &
    postgres=$!
    until_true 20 "$postgres_bin/pg_isready" -h 127.0.0.1
}
# whole_postgres SIGNAL: the server with all of its processes
whole_postgres() {
    # shellcheck disable=SC2046
    kill "-$1" "$postgres" $(pgrep -P "$postgres") 2>/dev/null || true  # one of them may have ended meanwhile
}
sql() { "$postgres_bin/psql" -X -q -h 127.0.0.1 -U postgres -d postgres -c "$1"; }
postgres_store='postgres://postgres@127.0.0.1/postgres'

# --- Clients, which may have ended by themselves ---
end() { kill -KILL "$1" 2>/dev/null || true; }
freeze() { kill -STOP "$1" 2>/dev/null || true; }
go_on() { kill -CONT "$1" 2>/dev/null || true; }
# as_machine NUMBER SHIFT ...: as on another machine, whose clock is that much ahead: of another boot, so that nothing but
# the wall clock can be compared
as_machine() {
    printf '%08d-0000-0000-0000-000000000000\n' "$1" >"$scratch/run/boot$1"
    machine=$1 shift_by=$2
    shift 2
    # shellcheck disable=SC2016  # for the inner shell
    unshare --mount sh -c 'mount --bind "$1" /proc/sys/kernel/random/boot_id && shift && exec "$@"' as_machine \
        "$scratch/run/boot$machine" faketime --exclude-monotonic -m -f "$shift_by" "$@"
}
# clients NUMBER STORE HISTORY SECONDS: in the background; their pids are in $clients
clients() {
    number=$1 store=$2 history=$3 seconds=$4
    while [ "$number" -gt 0 ]; do
        "$programs/hammer" "$store" "$history" "$seconds" 2>>"$scratch/clients.log" &
        clients="${clients:-} $!"
        number=$((number - 1))
    done
}
