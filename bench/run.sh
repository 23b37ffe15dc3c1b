#!/bin/sh
# Run the benchmarks; after all of them, write doc/performance.md.
# usage: bench/run.sh [NAME...]     beside a server (dev/server.sh bench/run.sh)
#
# Every bench/NAME.sql below compares queries by bench.compare() and bench.grow()
# of bench/setup.sql.  It fails only if it can't run, so that a slow machine is no
# error.  The other files here are run by hand; they say how.
#
# rollup is compared with DuckDB too, where node finds it (NODE_PATH).
#
# Environment: ROWS, of the largest tables (10 million); RUNS of each query (5);
# REPORT, the file to write instead of doc/performance.md.
set -eu

cd "$(dirname "$0")"
all="tier engagement top_ids audience campaign composition payload authenticity caption growth rollup"
rows=${ROWS:-10000000}
runs=${RUNS:-5}

# One process unless a query is about workers; no compilation, enough memory.
PGOPTIONS="-c max_parallel_workers_per_gather=0 -c jit=off -c work_mem=2GB -c timezone=UTC -c client_min_messages=warning"
PGDATABASE=influencer_bench
export PGOPTIONS PGDATABASE

run() { psql -qXAt -v ON_ERROR_STOP=1 -v rows="$rows" -v runs="$runs" "$@"; }

# The SQL of a document, up to its first example.
document() { awk '/^```sql$/ { inside = 1; n++; next } /^```/ { inside = 0 } inside && n == 1' "$1"; }

# DuckDB over an export of the posts that the last benchmark left, where there is
# one: npm install @duckdb/node-api, and NODE_PATH.
compare_duckdb() {
	node -e "require('@duckdb/node-api')" 2>/dev/null || return 0
	export_file=$(mktemp)
	run -c "COPY posts TO STDOUT (FORMAT csv)" >"$export_file"
	run -v theirs="$(node rollup_duckdb.js "$export_file" "$runs")" -f rollup_duckdb.sql
	rm "$export_file"
}

createdb influencer_bench
run -f setup.sql
for name in ${*:-$all}; do
	echo "== $name"
	if [ "$name" = rollup ]; then
		document ../doc/rollups.md | run >/dev/null
		run -f rollup.sql
		compare_duckdb
	else
		run -f "$name.sql"
	fi
done

if [ $# = 0 ]; then
	processor=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1)
	memory=$(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo 2>/dev/null || true)
	system=$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release 2>/dev/null || uname -sr)
	run -v machine="$(getconf _NPROCESSORS_ONLN) cores of ${processor:-$(uname -m)}, ${memory:-unknown memory}, $system" \
		-v today="$(date +%Y-%m-%d)" -f report.sql >"${REPORT:-../doc/performance.md}"
fi
dropdb influencer_bench
