#!/bin/sh
# All tests, in the server that dev/server.sh started.  Fails when any fails.
set -eu

failed=

if ! make -s -C "$BUILD" installcheck; then
	failed="$failed pg_regress"
	cat "$BUILD/regression.diffs" 2>/dev/null || true
fi

# Tests that need more than one session, or files.  They say nothing new under
# valgrind, and would take an hour.
if [ "${VALGRIND:-}" != 1 ]; then
	prove --exec /bin/sh test/shell/*.sh || failed="$failed shell"
fi

# Each pgTAP suite finds the extension installed, and rolls back what it does.
# Under valgrind, those over millions of rows are left out.
suites=test/pgtap/*.sql
if [ "${VALGRIND:-}" = 1 ]; then
	suites='test/pgtap/bad_input.sql test/pgtap/benchmark.sql test/pgtap/catalog.sql test/pgtap/growth.sql test/pgtap/opclass.sql test/pgtap/payload.sql'
fi
createdb influencer_test
psql -qX -d influencer_test -v ON_ERROR_STOP=1 \
	-c 'CREATE EXTENSION pgtap' -c 'CREATE EXTENSION influencer'
pg_prove -d influencer_test $suites || failed="$failed pgTAP"

test/abuse/run.sh || failed="$failed abuse"

if [ -n "$failed" ]; then
	echo "failed:$failed" >&2
	exit 1
fi
