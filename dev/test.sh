#!/bin/sh
# All tests, in the server that dev/server.sh started.  Fails when any fails.
#
# Environment: TESTS, what to run instead of all: some of pg_regress, shell,
# pgTAP and abuse, and files of test/shell and test/pgtap.
set -eu

# Under valgrind, and on an emulated machine (dev/arch.sh), what is quick.
quick=${VALGRIND:-${EMULATED:-}}
failed=
say() { echo "$*" >&2; }

# Is it one of what is to be run?
wanted() {
	case " $tests " in
	*" $1 "*) ;;
	*) return 1 ;;
	esac
}

# The files of a folder among what is to be run.
named() {
	for test in $tests; do
		[ "${test#"test/$1/"}" = "$test" ] || echo "$test"
	done
}

# Tests that need more than one session, or files, say nothing new where it
# should be quick, and would take an hour.
everything='pg_regress shell pgTAP abuse'
[ "$quick" != 1 ] || everything='pg_regress pgTAP abuse'
tests=${TESTS:-$everything}
for test in $tests; do
	case $test in
	pg_regress | shell | pgTAP | abuse) ;;
	test/shell/*.sh | test/pgtap/*.sql) [ -f "$test" ] ;;
	*) false ;;
	esac || {
		say "There is no test $test."
		exit 2
	}
done

if wanted pg_regress; then
	say 'Tests of pg_regress (seconds) ...'
	if ! make -s -C "$BUILD" installcheck; then
		failed="$failed pg_regress"
		cat "$BUILD/regression.diffs" 2>/dev/null || true
	fi
fi

scripts=$(named shell)
! wanted shell || scripts=$(ls test/shell/*.sh)
if [ -n "$scripts" ]; then
	say 'Tests in shell (three minutes) ...'
	prove --exec /bin/sh $scripts || failed="$failed shell"
fi

# Each pgTAP suite finds the extension installed, and rolls back what it does.
# Where it should be quick, those that say "Not under valgrind" are left out.
suites=$(named pgtap)
if wanted pgTAP; then
	suites=$(ls test/pgtap/*.sql)
	[ "$quick" != 1 ] || suites=$(grep -L '^-- Not under valgrind' $suites)
fi
if [ -n "$suites" ] || wanted abuse; then
	createdb influencer_test
	if psql -qX -d influencer_test -v ON_ERROR_STOP=1 -c 'CREATE EXTENSION pgtap' -c 'CREATE EXTENSION influencer'; then
		if [ -n "$suites" ]; then
			say 'Tests of pgTAP (two minutes) ...'
			pg_prove -d influencer_test $suites || failed="$failed pgTAP"
		fi
		if wanted abuse; then
			say 'Hostile values and queries (three minutes) ...'
			test/abuse/run.sh || failed="$failed abuse"
		fi
	else
		failed="$failed pgTAP abuse"
		say "Left out, for want of pgtap in this PostgreSQL: the suites of pgTAP, and hostile values."
	fi
fi

if [ -n "$failed" ]; then
	say "failed:$failed"
	exit 1
fi
