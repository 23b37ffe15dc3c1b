#!/bin/sh
# The benchmarks run, in small, and make a report.
set -eu
. dev/tap.sh

passed=yes
ROWS=20000 RUNS=2 REPORT=$WORK/performance.md bench/run.sh >"$WORK/bench.out" 2>&1 || passed=not
result 'the benchmarks run' "$passed" "$WORK/bench.out"

compared=$(cat bench/*.sql | grep -cE '^(SELECT bench.compare|INSERT INTO bench.ratio)')
grep -q DuckDB "$WORK/performance.md" || compared=$((compared - 1))
grep -q hll "$WORK/performance.md" || compared=$((compared - 1))
is 'the report has all ratios' "$(grep -cE '^\| [0-9]+ \|' "$WORK/performance.md")" "$compared"
done_testing
