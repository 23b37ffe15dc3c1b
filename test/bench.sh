#!/bin/sh
# The benchmarks run, in small, and make a report.
set -eu

if ROWS=20000 RUNS=2 REPORT=$WORK/performance.md bench/run.sh >"$WORK/bench.out" 2>&1; then
	echo "ok 1 - the benchmarks run"
else
	echo "not ok 1 - the benchmarks run"
	sed 's/^/# /' "$WORK/bench.out"
fi

compared=$(cat bench/*.sql | grep -c '^SELECT bench.compare')
grep -q hll "$WORK/performance.md" || compared=$((compared - 1))
reported=$(grep -cE '^\| [0-9]+ \|' "$WORK/performance.md")
if [ "$reported" = "$compared" ]; then
	echo "ok 2 - the report has all ratios"
else
	echo "not ok 2 - the report has $reported ratios of $compared"
fi
echo 1..2
