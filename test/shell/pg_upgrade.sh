#!/bin/sh
# pg_upgrade takes a cluster with the extension to a new one: it copies the
# files of tables and indexes, and declares all that is stored in them again.
# Both clusters are of the version at hand.
set -eu
. test/shell/dump/lib.sh

# The programs that it runs don't stand a sanitizer's library, and the servers
# that it starts need it.
if [ -n "${PRELOAD:-}" ]; then
	echo '1..0 # SKIP pg_upgrade can not be run under sanitizers'
	exit 0
fi

bindir=$("${PG_CONFIG:-pg_config}" --bindir)
for program in pg_upgrade pg_dump pg_dumpall pg_restore psql pg_controldata pg_resetwal vacuumdb; do
	if [ ! -x "$bindir/$program" ]; then
		echo "1..0 # SKIP there is no $program in $bindir"
		exit 0
	fi
	# It wants all programs in one folder.
	cp "$bindir/$program" "$SERVER_BIN/"
done

folder=$WORK/upgrade
mkdir "$folder"
[ "$(id -u)" != 0 ] || chown "$(stat -c %U "$WORK")" "$folder"
cd "$folder"
export PGPORT=5434

init() {
	$AS_OWNER "$SERVER_BIN/initdb" -D "$folder/$1" -U postgres -A trust -N -E UTF8 --locale=C.UTF-8 >/dev/null
}
start() {
	$AS_OWNER $PRELOAD "$SERVER_BIN/pg_ctl" -D "$folder/$1" -l "$folder/log" -w \
		-o "-p $PGPORT -c listen_addresses= -c unix_socket_directories=$WORK -c fsync=off" start >/dev/null
	running=$1
}
stop() {
	$AS_OWNER "$SERVER_BIN/pg_ctl" -D "$folder/$running" -m fast -w stop >/dev/null
	running=
}
running=
trap '[ -z "$running" ] || stop' EXIT

init old
start old
make_databases
databases=$(psql -X -At -d postgres -c "SELECT datname FROM pg_database WHERE datname ~ '^(in|documents)_' ORDER BY 1")
for database in $databases; do
	remember "$database"
done
stop

init new
env -u PGHOST -u PGPORT -u PGUSER -u PGDATABASE -u PGOPTIONS \
	$AS_OWNER $PRELOAD "$SERVER_BIN/pg_upgrade" -b "$SERVER_BIN" -B "$SERVER_BIN" -U postgres \
	-d "$folder/old" -D "$folder/new" -o '-c fsync=off' -O '-c fsync=off' >"$WORK/pg_upgrade.log" 2>&1 &&
	passed=yes || passed=no
result 'pg_upgrade takes the cluster' $passed "$WORK/pg_upgrade.log"

start new
for database in $databases; do
	psql -X -q -d "$database" -c ANALYZE
	compare "$database" "$database" 'after pg_upgrade'
done
done_testing
