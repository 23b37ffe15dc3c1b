#!/bin/sh
# All tests, in the server that dev/server.sh started.  Fails when any fails.
set -eu

# Under valgrind, and on an emulated machine (dev/arch.sh), what is quick.
quick=${VALGRIND:-${EMULATED:-}}
failed=
say() { echo "$*" >&2; }

say 'Tests of pg_regress (seconds) ...'
if ! make -s -C "$BUILD" installcheck; then
	failed="$failed pg_regress"
	cat "$BUILD/regression.diffs" 2>/dev/null || true
fi

# Tests that need more than one session, or files.  They say nothing new there,
# and would take an hour.
if [ "$quick" != 1 ]; then
	say 'Tests in shell (three minutes) ...'
	prove --exec /bin/sh test/shell/*.sh || failed="$failed shell"
fi

# Each pgTAP suite finds the extension installed, and rolls back what it does.
# Where it should be quick, those that say "Not under valgrind" are left out.
suites=$(ls test/pgtap/*.sql)
if [ "$quick" = 1 ]; then
	suites=$(grep -L '^-- Not under valgrind' $suites)
fi
createdb influencer_test
if psql -qX -d influencer_test -v ON_ERROR_STOP=1 -c 'CREATE EXTENSION pgtap' -c 'CREATE EXTENSION influencer'; then
	say 'Tests of pgTAP (two minutes) ...'
	pg_prove -d influencer_test $suites || failed="$failed pgTAP"
	say 'Hostile values and queries (three minutes) ...'
	test/abuse/run.sh || failed="$failed abuse"
else
	failed="$failed pgTAP abuse"
	say "Left out, for want of pgtap in this PostgreSQL: the suites of pgTAP, and hostile values."
fi

if [ -n "$failed" ]; then
	say "failed:$failed"
	exit 1
fi
