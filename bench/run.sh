#!/bin/sh
# Run the benchmarks, each in a database of its own.
# usage: bench/run.sh [NAME...]     beside a server (dev/server.sh bench/run.sh)
#
# Every bench/NAME.sh is an executable that prints its ratios, one a line:
# what was measured, the ratio, what it should not exceed.  It fails only if it
# can't run, so that a slow machine is no error.
set -eu

cd "$(dirname "$0")"
[ $# -gt 0 ] || set -- $(ls *.sh | sed 's/\.sh$//' | grep -vx run)

failed=
for name; do
	echo "== $name"
	createdb "influencer_bench_$name"
	psql -qX -d "influencer_bench_$name" -c 'CREATE EXTENSION influencer'
	PGDATABASE=influencer_bench_$name "./$name.sh" || failed="$failed $name"
	dropdb "influencer_bench_$name"
done
if [ -n "$failed" ]; then
	echo "failed:$failed" >&2
	exit 1
fi
