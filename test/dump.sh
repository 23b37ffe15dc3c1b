#!/bin/sh
# A database that uses the extension everywhere survives pg_dump and a restore:
# values, views, generated columns, indexes, constraints, policies, defaults.
set -eu

# In public, and in a schema of its own that no search path names.
number=0
for schema in public analytics; do
	for database in dump_source dump_target; do
		dropdb --if-exists "$database" 2>/dev/null
		createdb "$database"
	done
	PGOPTIONS='-c client_min_messages=warning' \
		psql -X -q -v ON_ERROR_STOP=1 -v schema="$schema" -d dump_source -f test/dump/objects.psql >/dev/null
	pg_dump -d dump_source >"$WORK/dump.sql"
	psql -X -q -v ON_ERROR_STOP=1 -d dump_target -f "$WORK/dump.sql" >"$WORK/restore.log" 2>&1 || true
	pg_dump -d dump_target >"$WORK/again.sql"

	number=$((number + 1))
	# Newer pg_dump brackets its output with a random key.
	if [ ! -s "$WORK/restore.log" ] || ! grep -q ERROR "$WORK/restore.log"; then
		echo "ok $number - restored, extension in $schema"
	else
		echo "not ok $number - restored, extension in $schema"
		sed 's/^/# /' "$WORK/restore.log"
	fi
	number=$((number + 1))
	if diff "$WORK/dump.sql" "$WORK/again.sql" | grep '^[<>]' | grep -vE '^. .(un)?restrict ' >"$WORK/diff"; then
		echo "not ok $number - dumps are the same, extension in $schema"
		sed 's/^/# /' "$WORK/diff"
	else
		echo "ok $number - dumps are the same, extension in $schema"
	fi
	number=$((number + 1))
	if [ "$(psql -X -At -d dump_target -c 'SELECT count(*) FROM agency.profile')" = 5 ]; then
		echo "ok $number - rows are there, extension in $schema"
	else
		echo "not ok $number - rows are there, extension in $schema"
	fi
done
echo "1..$number"
