#!/bin/sh
# A cluster of this server, with all kinds of objects, is taken by pg_upgrade to one
# of the server in the folder NEW_BIN, and is afterwards what it was: every row as
# text, every stored value as bytes, every declaration, and all is at work.  Where
# the versions differ, the same by pg_dump and by logical replication.
#
# Run by test/shell/pg_upgrade.sh, beside a server of the old version.
set -eu
. test/shell/dump/lib.sh

# Programs of the newer version talk to both.
PATH=$NEW_BIN:$PATH
for program in pg_controldata pg_resetwal; do
	cp "$("$PG_CONFIG" --bindir)/$program" "$SERVER_BIN/"
done
folder=$WORK/upgrade
mkdir "$folder"
[ "$(id -u)" != 0 ] || chown "$(stat -c %U "$WORK")" "$folder"
cd "$folder"
old_port=5434
new_port=5435
export PGPORT=$old_port

# From 18 on, initdb makes checksums unless it is told not to; both clusters must
# have them, or none.
init() {
	checksums=
	! "$1/initdb" --help | grep -q -- --no-data-checksums || checksums=--no-data-checksums
	$AS_OWNER "$1/initdb" -D "$folder/$2" -U postgres -A trust -N -E UTF8 --locale=C.UTF-8 $checksums >/dev/null
}
# start BIN NAME PORT
start() {
	$AS_OWNER $PRELOAD "$1/pg_ctl" -D "$folder/$2" -l "$folder/log" -w \
		-o "-p $3 -c listen_addresses= -c unix_socket_directories=$WORK -c fsync=off -c wal_level=logical" start >/dev/null
	running="$running $1:$2"
}
stop() {
	for server in $running; do
		$AS_OWNER "${server%:*}/pg_ctl" -D "$folder/${server#*:}" -m fast -w stop >/dev/null
	done
	running=
}
running=
trap stop EXIT

# taken_by FOLDER: does the new server take a table of integers from the old one, by
# the pg_dump there?
taken_by() {
	"$1/pg_dump" -t plain postgres | PGPORT=$new_port psql -X -q -1 -v ON_ERROR_STOP=1 -d postgres >"$WORK/plain" 2>&1
}

# A build may store what its own pg_dump leaves out, and that of a later version,
# which pg_upgrade runs, takes along to a server that doesn't know it.
# Sets dumper, the folder of a pg_dump that will do, and unlike, what keeps
# pg_upgrade from it.
find_dumper() {
	psql -X -q -d postgres -c 'CREATE TABLE plain (number integer)'
	dumper=$NEW_BIN
	taken_by "$dumper" || {
		unlike="not even a table of integers can be taken from $old to $new by $("$dumper/pg_dump" --version): $(tail -n 1 "$WORK/plain")"
		dumper=$("$PG_CONFIG" --bindir)
		taken_by "$dumper" || {
			echo "1..0 # SKIP $unlike, nor by $("$dumper/pg_dump" --version): $(tail -n 1 "$WORK/plain")"
			exit 0
		}
		echo "# dumped by $("$dumper/pg_dump" --version)"
	}
	psql -X -q -d postgres -c 'DROP TABLE plain'
}

# Restore a dump of DATABASE in the other version, where it is compared, and
# remember what its declarations are there, since versions write some differently.
restore() {
	"$dumper/pg_dump" -d "$1" >"$WORK/dump.sql"
	PGPORT=$new_port psql -X -q -d postgres -c "CREATE DATABASE $1"
	PGPORT=$new_port psql -X -q -v ON_ERROR_STOP=1 -d "$1" -f "$WORK/dump.sql" >"$WORK/restored" 2>&1 && passed=yes || passed=no
	result "$1: restored by pg_dump" $passed "$WORK/restored"
	export PGPORT=$new_port
	dump "$1" | sort >"$WORK/$1.sql"
	compare "$1" "$1" 'after a restore'
	export PGPORT=$old_port
}

# The declarations are restored, and rows follow by a subscription.
replicate() {
	psql -X -q -d "$1" -c 'CREATE PUBLICATION everything FOR ALL TABLES'
	"$dumper/pg_dump" -d "$1" --schema-only --no-publications >"$WORK/dump.sql"
	PGPORT=$new_port psql -X -q -d postgres -c "CREATE DATABASE replicated"
	PGPORT=$new_port psql -X -q -v ON_ERROR_STOP=1 -d replicated -f "$WORK/dump.sql" \
		-c "CREATE SUBSCRIPTION everything CONNECTION 'host=$WORK port=$old_port dbname=$1 user=postgres' PUBLICATION everything" >"$WORK/replicated" 2>&1 &&
		passed=yes || passed=no
	result "$1: a subscription is made" $passed "$WORK/replicated"
	tries=0
	while [ "$(PGPORT=$new_port psql -X -At -d replicated -c "SELECT bool_and(srsubstate = 'r') FROM pg_subscription_rel")" != t ] && [ $tries -lt 300 ]; do
		tries=$((tries + 1))
		sleep .2
	done
	PGPORT=$new_port psql -X -At -d replicated -c "SELECT format('REFRESH MATERIALIZED VIEW %s;', oid::regclass) FROM pg_class WHERE relkind = 'm'" |
		PGPORT=$new_port psql -X -q -d replicated
	PGPORT=$new_port rows replicated >"$WORK/now"
	diff "$WORK/$1.rows" "$WORK/now" >"$WORK/diff" && passed=yes || passed=no
	result "$1: every row by logical replication" $passed "$WORK/diff"
	PGPORT=$new_port psql -X -q -d replicated -c 'DROP SUBSCRIPTION everything' >/dev/null 2>&1
	psql -X -q -d "$1" -c 'DROP PUBLICATION everything'
}

old=$("$SERVER_BIN/postgres" --version)
new=$("$NEW_BIN/postgres" --version)
echo "# $old to $new"
unlike=
init "$SERVER_BIN" old
start "$SERVER_BIN" old $old_port
if [ "$old" != "$new" ]; then
	init "$NEW_BIN" other
	start "$NEW_BIN" other $new_port
	find_dumper
fi
make_databases
databases=$(psql -X -At -d postgres -c "SELECT datname FROM pg_database WHERE datname ~ '^(in|documents)_' ORDER BY 1")
for database in $databases; do
	remember "$database"
	bytes "$database" >"$WORK/$database.bytes"
	if [ "$old" != "$new" ]; then
		restore "$database"
	fi
done
relations=$(cat "$WORK"/*.bytes | grep -cE '^[0-9a-f]{32} ') || :
[ "$relations" -ge 100 ] && passed=yes || passed=no
result "there are tables to compare ($relations)" $passed
if [ "$old" != "$new" ]; then
	replicate in_public
fi
stop
if [ -n "$unlike" ]; then
	number=$((number + 1))
	echo "ok $number - pg_upgrade takes the cluster # SKIP $unlike"
	done_testing
	exit
fi

init "$NEW_BIN" new
env -u PGHOST -u PGPORT -u PGUSER -u PGDATABASE -u PGOPTIONS \
	$AS_OWNER $PRELOAD "$NEW_BIN/pg_upgrade" -b "$SERVER_BIN" -B "$NEW_BIN" -U postgres \
	-d "$folder/old" -D "$folder/new" -o '-c fsync=off' -O '-c fsync=off' >"$WORK/pg_upgrade.log" 2>&1 &&
	passed=yes || passed=no
result 'pg_upgrade takes the cluster' $passed "$WORK/pg_upgrade.log"

start "$NEW_BIN" new $old_port
for database in $databases; do
	bytes "$database" >"$WORK/now"
	diff "$WORK/$database.bytes" "$WORK/now" >"$WORK/diff" && passed=yes || passed=no
	result "$database: every byte as before, after pg_upgrade" $passed "$WORK/diff"
	psql -X -q -d "$database" -c ANALYZE
	compare "$database" "$database" 'after pg_upgrade'
done
# The triggers of doc/rollups.md keep what they kept.
for schema in $schemas; do
	psql -X -q -At -v ON_ERROR_STOP=1 -d "documents_$schema" -c "SET search_path = doc_rollups_md, $schema" \
		-f "$checkout/test/shell/pg_upgrade/rollup.psql" >"$WORK/rollup" 2>&1 || :
	[ ! -s "$WORK/rollup" ] && passed=yes || passed=no
	result "documents_$schema: triggers keep the rollup, after pg_upgrade" $passed "$WORK/rollup"
done
done_testing
