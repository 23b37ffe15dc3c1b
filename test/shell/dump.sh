#!/bin/sh
# A database that uses the extension everywhere survives pg_dump and a restore:
# values, views, generated columns, indexes, constraints, policies, defaults.
# So do the demo's database and all that the documents show, every query of
# theirs as a view.
set -eu
. test/shell/dump/lib.sh

# restore DATABASE FORMAT FOLDER
restore() {
	if [ "$2" = plain ]; then
		dump "$1" "$3" >"$WORK/dump.sql"
		psql -X -q -v ON_ERROR_STOP=1 -d restored -f "$WORK/dump.sql" >/dev/null
	else
		"$3/pg_dump" -Fc -d "$1" >"$WORK/dump.custom"
		"$3/pg_restore" --exit-on-error -d restored "$WORK/dump.custom"
	fi
}

# try DATABASE FORMAT FOLDER
try() {
	how="$2 format by $("$3/pg_dump" --version | cut -d ' ' -f 1,3)"
	createdb restored
	restore "$@" >"$WORK/restore.log" 2>&1 && passed=yes || passed=no
	result "$1: restored, $how" $passed "$WORK/restore.log"
	compare restored "$1" "$how"
	dropdb restored
}

bindir=$("${PG_CONFIG:-pg_config}" --bindir)
major=$("$bindir/pg_dump" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
make_databases
for database in $(psql -X -At -d postgres -c "SELECT datname FROM pg_database WHERE datname ~ '^(in|documents)_' ORDER BY 1"); do
	remember "$database"
	try "$database" plain "$bindir"
	try "$database" custom "$bindir"

	# Those of newer versions can dump an older server, and say so in what only
	# a newer server understands.
	for folder in /usr/lib/postgresql/*/bin; do
		newer=${folder%/bin}
		if [ -x "$folder/pg_dump" ] && [ "${newer##*/}" -gt "$major" ]; then
			try "$database" plain "$folder"
		fi
	done
done
views=$(psql -X -At -d documents_public -c "SELECT count(*) FROM pg_views WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")
[ "$views" -ge 50 ] && passed=yes || passed=no
result "the documents have views ($views)" $passed
done_testing
