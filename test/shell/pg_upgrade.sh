#!/bin/sh
# pg_upgrade takes a cluster with the extension to a new one: it copies the
# files of tables and indexes, and declares all that is stored in them again.
# The new cluster is of the version at hand; old ones are of that too, and of
# each older version whose server and headers are on this machine (make
# test-upgrade makes a Debian that has them).
#
# Environment: OLDER_ONLY=1 leaves out the way from a version to itself.
set -eu
. dev/tap.sh

# The programs that it runs don't stand a sanitizer's library, and the servers
# that it starts need it.
if [ -n "${PRELOAD:-}" ]; then
	echo '1..0 # SKIP pg_upgrade can not be run under sanitizers'
	exit 0
fi

bindir=$("$PG_CONFIG" --bindir)
for program in pg_upgrade pg_dump pg_dumpall pg_restore psql pg_controldata pg_resetwal vacuumdb; do
	if [ ! -x "$bindir/$program" ]; then
		echo "1..0 # SKIP there is no $program in $bindir"
		exit 0
	fi
	# It wants all programs in one folder.
	cp "$bindir/$program" "$SERVER_BIN/"
done

major() { "$1" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/'; }
new=$(major "$PG_CONFIG")
export NEW_BIN="$SERVER_BIN"

# The lines of one way are a subtest of it.
# try HOW COMMAND [ARG...]
try() {
	how=$1
	shift
	"$@" >"$WORK/subtest" 2>"$WORK/subtest.err" && ! grep -q '^not ok' "$WORK/subtest" && grep -q '^1\.\.[1-9]' "$WORK/subtest" &&
		passed=yes || passed=no
	sed 's/^/    /' "$WORK/subtest"
	cat "$WORK/subtest.err" >>"$WORK/subtest"
	grep -vE '^(ok|1\.\.)' "$WORK/subtest" >"$WORK/complaints" || :
	reason=$(sed -n 's/^1\.\.0 # SKIP //p' "$WORK/subtest")
	if [ -n "$reason" ]; then
		number=$((number + 1))
		echo "ok $number - $how # SKIP $reason"
	else
		result "$how" $passed "$WORK/complaints"
		sed -n "s/^ok [0-9]* - \(.*\) # SKIP \(.*\)/# $how, left out: \1: \2/p" "$WORK/subtest" >&2
	fi
}

[ "${OLDER_ONLY:-}" = 1 ] || try "$new to $new" test/shell/pg_upgrade/try.sh
for pg_config in $(ls -d "${DEBIAN_POSTGRESQL:-/usr/lib/postgresql}"/*/bin/pg_config 2>/dev/null | sort -V); do
	old=$(major "$pg_config")
	if [ "$old" -ge 15 ] && [ "$old" -lt "$new" ] && [ "$(PG_CONFIG=$pg_config dev/pg_config.sh)" = "$pg_config" ] &&
		[ -x "${pg_config%/*}/initdb" ] && [ -f "$("$pg_config" --includedir-server)/postgres.h" ]; then
		try "$old to $new" env PG_CONFIG="$pg_config" dev/server.sh test/shell/pg_upgrade/try.sh
	fi
done
done_testing
