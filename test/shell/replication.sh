#!/bin/sh
# A streaming replica and a subscriber have every row of every type, and their
# indexes, partitions and generated columns work: all servers have the extension.
set -eu
. test/shell/dump/lib.sh

bindir=$("${PG_CONFIG:-pg_config}" --bindir)
for program in pg_basebackup pg_dump psql; do
	if [ ! -x "$bindir/$program" ]; then
		echo "1..0 # SKIP there is no $program in $bindir"
		exit 0
	fi
done

folder=$WORK/replication
mkdir "$folder"
[ "$(id -u)" != 0 ] || chown "$(stat -c %U "$WORK")" "$folder"
cd "$folder"
running=
trap 'for name in $running; do $AS_OWNER "$SERVER_BIN/pg_ctl" -D "$folder/$name" -m immediate -w stop >/dev/null; done' EXIT
# start NAME PORT
start() {
	$AS_OWNER $PRELOAD "$SERVER_BIN/pg_ctl" -D "$folder/$1" -l "$folder/$1.log" -w \
		-o "-p $2 -c listen_addresses= -c unix_socket_directories=$WORK -c fsync=off -c wal_level=logical" start >/dev/null
	running="$1 $running"
}
# init NAME PORT
init() {
	$AS_OWNER "$SERVER_BIN/initdb" -D "$folder/$1" -U postgres -A trust -N -E UTF8 --locale=C.UTF-8 >/dev/null
	start "$1" "$2"
}
primary() { PGPORT=5435 "$@"; }
replica() { PGPORT=5436 "$@"; }
subscriber() { PGPORT=5437 "$@"; }
ask() { psql -X -At -d in_public -c "$1"; }
# await SERVER QUERY: until it says t, at most a minute
await() {
	tries=0
	while [ "$("$1" ask "$2")" != t ] && [ $tries -lt 300 ]; do
		tries=$((tries + 1))
		sleep .2
	done
}

init primary 5435
primary createdb in_public
primary psql -X -q -v ON_ERROR_STOP=1 -v schema=public -d in_public -f "$checkout/test/shell/dump/objects.psql" >/dev/null

#
# A streaming replica
#
primary env $AS_OWNER "$bindir/pg_basebackup" -h "$WORK" -p 5435 -U postgres -D "$folder/replica" -R -X stream -c fast
start replica 5436
primary ask 'CREATE TABLE later AS TABLE agency.rollup' >/dev/null
await replica "SELECT pg_last_wal_replay_lsn() >= '$(primary ask 'SELECT pg_current_wal_lsn()')'"
primary rows in_public >"$WORK/rows"
replica rows in_public >"$WORK/replica_rows"
diff "$WORK/rows" "$WORK/replica_rows" >"$WORK/diff" && passed=yes || passed=no
result 'a replica has every row' $passed "$WORK/diff"
primary bytes in_public >"$WORK/bytes"
replica bytes in_public >"$WORK/replica_bytes"
diff "$WORK/bytes" "$WORK/replica_bytes" >"$WORK/diff" && grep -qE '^[0-9a-f]{32} ' "$WORK/bytes" && passed=yes || passed=no
result 'and every byte' $passed "$WORK/diff"
is 'it is one' "$(replica ask 'SELECT pg_is_in_recovery()')" t
is 'a condition on a tier uses its index there' "$(replica ask "SET enable_seqscan = off; SET enable_bitmapscan = off;
	EXPLAIN (COSTS OFF) SELECT id FROM agency.profile WHERE size = 'micro'" | grep -c 'Index.*Scan')" 1

#
# A subscriber, which has the declarations and no rows
#
init subscriber 5437
subscriber createdb in_public
primary pg_dump -d in_public --schema-only --no-publications --no-subscriptions | subscriber psql -X -q -v ON_ERROR_STOP=1 -d in_public >/dev/null 2>"$WORK/restored" &&
	passed=yes || passed=no
result 'the declarations are restored' $passed "$WORK/restored"
primary ask 'CREATE PUBLICATION everything FOR ALL TABLES' >/dev/null
subscriber ask "CREATE SUBSCRIPTION everything CONNECTION 'host=$WORK port=5435 dbname=in_public user=postgres' PUBLICATION everything
	WITH (binary = true)" >/dev/null 2>&1
await subscriber "SELECT bool_and(srsubstate = 'r') FROM pg_subscription_rel"
# rows that arrive one by one, after the first copy
primary ask 'INSERT INTO later SELECT * FROM agency.rollup' >/dev/null
primary ask 'INSERT INTO agency.by_size SELECT size, n + 100 FROM agency.by_size' >/dev/null
primary ask "UPDATE agency.post SET followers = followers + 7, caption = caption || ' #later' WHERE id % 3 = 0" >/dev/null
primary ask 'DELETE FROM agency.post WHERE id % 10 = 9' >/dev/null
await subscriber "SELECT (SELECT count(*) FROM later) = $(primary ask 'SELECT count(*) FROM later')
	AND (SELECT count(*) FROM agency.by_size) = $(primary ask 'SELECT count(*) FROM agency.by_size')
	AND (SELECT count(*) FROM agency.post) = $(primary ask 'SELECT count(*) FROM agency.post')"
for name in chosen plan; do
	subscriber ask "REFRESH MATERIALIZED VIEW agency.$name" >/dev/null
	primary ask "REFRESH MATERIALIZED VIEW agency.$name" >/dev/null
done
primary rows in_public >"$WORK/rows"
subscriber rows in_public >"$WORK/subscriber_rows"
diff "$WORK/rows" "$WORK/subscriber_rows" >"$WORK/diff" && passed=yes || passed=no
result 'a subscriber has every row, in their binary forms' $passed "$WORK/diff"

#
# Both at work by themselves: indexes of every kind, generated columns, triggers
#
await replica "SELECT pg_last_wal_replay_lsn() >= '$(primary ask 'SELECT pg_current_wal_lsn()')'"
$AS_OWNER "$SERVER_BIN/pg_ctl" -D "$folder/replica" -w promote >/dev/null
for name in replica subscriber; do
	$name psql -X -At -v ON_ERROR_STOP=1 -v schema=public -d in_public -f "$checkout/test/shell/dump/check.psql" >"$WORK/check" 2>&1 || :
	[ ! -s "$WORK/check" ] && passed=yes || passed=no
	result "all is there and at work, $name" $passed "$WORK/check"
done
done_testing
