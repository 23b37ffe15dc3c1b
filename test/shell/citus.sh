#!/bin/sh
# Every aggregate on a Citus cluster, of a coordinator and two workers with
# other settings than its own: split, and the bytes that one node gives.  Left
# out where the server has no Citus.
set -eu
. dev/tap.sh

bindir=$("${PG_CONFIG:-pg_config}" --bindir)
sharedir=$("$SERVER_BIN/postgres" --version >/dev/null && "${PG_CONFIG:-pg_config}" --sharedir)
if [ ! -e "${SERVER_BIN%"$bindir"}$sharedir/extension/citus.control" ]; then
	echo '1..0 # SKIP this PostgreSQL has no Citus'
	exit 0
fi

folder=$WORK/citus
mkdir "$folder"
[ "$(id -u)" != 0 ] || chown "$(stat -c %U "$WORK")" "$folder"
running=
trap 'for name in $running; do $AS_OWNER "$SERVER_BIN/pg_ctl" -D "$folder/$name" -m immediate -w stop >/dev/null; done' EXIT
# start NAME PORT OPTIONS
start() {
	$AS_OWNER "$SERVER_BIN/initdb" -D "$folder/$1" -U postgres -A trust -N -E UTF8 --locale=C.UTF-8 >/dev/null
	$AS_OWNER $PRELOAD "$SERVER_BIN/pg_ctl" -D "$folder/$1" -l "$folder/$1.log" -w \
		-o "-p $2 -c listen_addresses=127.0.0.1 -c unix_socket_directories=$WORK -c fsync=off -c shared_preload_libraries=citus
			-c wal_level=logical -c citus.enable_statistics_collection=off -c citus.shard_count=8 $3" start >/dev/null
	running="$1 $running"
	PGPORT=$2 createdb spread
	PGPORT=$2 psql -X -q -d spread -c 'CREATE EXTENSION citus' >/dev/null
}
elsewhere='-c extra_float_digits=-5 -c datestyle=German -c timezone=Asia/Kolkata'
start coordinator 5441 ''
start worker_1 5442 "$elsewhere"
start worker_2 5443 "$elsewhere -c bytea_output=escape"
export PGPORT=5441
ask() { psql -X -At -v ON_ERROR_STOP=1 -d spread -c "$1"; }
ask "SELECT citus_set_coordinator_host('127.0.0.1', 5441)" >/dev/null
for port in 5442 5443; do
	ask "SELECT citus_add_node('127.0.0.1', $port)" >/dev/null
done
ask 'CREATE EXTENSION influencer' >/dev/null
echo "# $(ask 'SELECT citus_version()' | cut -c 1-80)"
is 'the workers have the extension' "$(ask "SELECT count(*) FROM run_command_on_workers(\$\$SELECT 1 FROM pg_extension WHERE extname = 'influencer'\$\$) WHERE result = '1'")" 2

psql -X -q -v ON_ERROR_STOP=1 -d spread -f test/shell/citus/aggregates.psql >"$WORK/out" 2>&1 && passed=yes || passed=no
result 'all aggregates run' $passed "$WORK/out"
is 'there are aggregates' "$(ask 'SELECT count(*) > 30 FROM spread_result')" t
is 'all are split' "$(ask 'SELECT function FROM spread_result WHERE NOT split')" ''
is 'all rows give the bytes of one node' "$(ask 'SELECT function, left(problem, 200) FROM spread_result WHERE same IS NOT TRUE')" ''
is 'groups do' "$(ask 'SELECT function, left(problem, 200) FROM spread_result WHERE groups_same IS NOT TRUE')" ''
is 'groups by the distribution column do' "$(ask 'SELECT function, left(problem, 200) FROM spread_result WHERE own_same IS NOT TRUE')" ''
done_testing
