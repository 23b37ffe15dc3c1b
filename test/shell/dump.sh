#!/bin/sh
# A database that uses the extension everywhere survives pg_dump and a restore:
# values, views, generated columns, indexes, constraints, policies, defaults.
set -eu
. dev/tap.sh

# Newer pg_dump brackets its output with a random key.
dump() { pg_dump -d "$1" | grep -vE '^.(un)?restrict '; }

# restore FORMAT
restore() {
	if [ "$1" = plain ]; then
		psql -X -q -v ON_ERROR_STOP=1 -d dump_target -f "$WORK/dump.sql" >/dev/null
	else
		pg_dump -Fc -d dump_source >"$WORK/dump.custom"
		pg_restore --exit-on-error -d dump_target "$WORK/dump.custom"
	fi
}

# In public, and in a schema of its own that no search path names.
export PGOPTIONS='-c client_min_messages=warning'
for schema in public analytics; do
	createdb dump_source
	psql -X -q -v ON_ERROR_STOP=1 -v schema="$schema" -d dump_source -f test/shell/dump/objects.psql >/dev/null
	dump dump_source >"$WORK/dump.sql"
	for format in plain custom; do
		createdb dump_target
		restore $format >"$WORK/restore.log" 2>&1 && passed=yes || passed=no
		result "restored, $format format, extension in $schema" $passed "$WORK/restore.log"
		dump dump_target >"$WORK/again.sql"
		diff "$WORK/dump.sql" "$WORK/again.sql" >"$WORK/diff" && passed=yes || passed=no
		result "dumps are the same, $format format, extension in $schema" $passed "$WORK/diff"
		psql -X -At -v ON_ERROR_STOP=1 -v schema="$schema" -d dump_target -f test/shell/dump/check.psql >"$WORK/check" 2>&1 || :
		[ ! -s "$WORK/check" ] && passed=yes || passed=no
		result "all is there and at work, $format format, extension in $schema" $passed "$WORK/check"
		dropdb dump_target
	done
	dropdb dump_source
done
done_testing
