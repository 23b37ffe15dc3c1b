#!/bin/sh
# Hostile values, arguments, documents, queries and plans: see test/abuse/*.sql.
#
# Environment: ABUSE, how many mutated values (10000); ABUSE_SEED (42).  The same
# numbers give the same values; a value that ends the server is the last one
# that the server's log names.  ABUSE_SECONDS, how long each function is called
# at least while its memory is watched, if not a million times (.01);
# ABUSE_LENGTH, how many bytes a text of hostile length has (300000).
set -eu
ABUSE=${ABUSE:-10000}
ABUSE_SEED=${ABUSE_SEED:-42}
here=$(dirname "$0")

run() { psql -X -q -v ON_ERROR_STOP=1 -d abuse "$@"; }

dropdb --if-exists abuse 2>/dev/null
createdb abuse
run -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION pgtap' -c 'CREATE EXTENSION influencer'
run -f "$here/catalog.psql" -f "$here/samples.psql" -f "$here/mutants.psql" >/dev/null
run -At -F '	' -f "$here/export.psql" |
	perl "$here/mutate.pl" "$ABUSE" "$ABUSE_SEED" |
	run -c "COPY mutant (target, form, source, bytes) FROM STDIN"
started=$(run -At -c 'SELECT pg_postmaster_start_time()')
log_size=$(wc -c <"$WORK/log")

# Sanitizers and valgrind keep freed memory, and take their time.
suites="$here/calls.sql $here/aggregates.sql $here/values.sql $here/planner.sql"
calls=400
if [ "${VALGRIND:-}" = 1 ]; then
	calls=40
elif [ "${SANITIZE:-}" != 1 ]; then
	suites="$suites $here/interrupts.sql $here/memory.sql $here/lengths.sql"
fi

status=0
PGOPTIONS="-c abuse.seed=.$ABUSE_SEED -c abuse.calls=$calls -c abuse.seconds=${ABUSE_SECONDS:-.01} -c abuse.length=${ABUSE_LENGTH:-300000}" pg_prove -d abuse $suites || status=1

# A backend that crashes makes the postmaster start all others again, and its
# own start time stays.
if [ "$started" != "$(run -At -c 'SELECT pg_postmaster_start_time()')" ] ||
	tail -c "+$log_size" "$WORK/log" | grep -E 'terminated by signal|reinitializing|PANIC'; then
	echo "the server crashed: seed $ABUSE_SEED, $ABUSE values" >&2
	grep 'LOG:  abuse' "$WORK/log" | tail -n 1 >&2
	status=1
fi
exit $status
