#!/bin/sh
# Measure how well the ranking finds the truth, and write doc/accuracy.md.
# usage: bench/accuracy.sh          beside a server (dev/server.sh bench/accuracy.sh)
#
# Environment: SEEDS, cohorts of each regime (5); BEST, of how many the best that
# can be is worked out, which takes most of the time (1); PROFILES of each cell of
# bench/coverage.sql (20000); TIKTOK, a file as bench/tiktok.sql wants it, left
# out without one, and DRAWS of it (100); CASES of bench/accuracy_plans.sql (400);
# REPORT, the file to write.
set -eu

cd "$(dirname "$0")"
seeds=${SEEDS:-5}
report=${REPORT:-../doc/accuracy.md}

run() { psql -qX -P format=unaligned -P fieldsep=' | ' -v ON_ERROR_STOP=1 "$@"; }

# Tables as markdown: the first line after an empty one that has columns is a head.
tables() {
	awk '/ \| / { if (!inside) { n = gsub(/ \| /, " | "); head = "|"; for (i = 0; i <= n; i++) head = head " --- |"
				print "| " $0 " |"; print head; inside = 1; next }
			print "| " $0 " |"; next }
		{ inside = 0; print }'
}

{
	cat <<END
# Accuracy

Written by \`make accuracy\` on $(date +%Y-%m-%d), with $seeds seeds. How the figures come about is in [statistics.md](statistics.md);
the simulator is \`bench/ranking.sql\`, and the cohorts that bounds are tried on \`bench/coverage.sql\`. Plans: \`bench/accuracy_plans.sql\`.

## Ranking

END
	run -v seeds="$seeds" -v best="${BEST:-1}" -f ranking.sql
	printf '\n## Bounds\n\n'
	run -v profiles="${PROFILES:-20000}" -f coverage.sql
	if [ -n "${TIKTOK:-}" ]; then
		printf '\n## Real accounts\n\n32,740 videos of 1,088 TikTok accounts (UCLA DataRes, late 2020): some videos of each are drawn, the others are the truth.\n\n'
		run -v csv="$TIKTOK" -v draws="${DRAWS:-100}" -f tiktok.sql
	fi
	printf '\n## Plans\n\n'
	run -v cases="${CASES:-400}" -f accuracy_plans.sql
} | tables >"$report.new"
mv "$report.new" "$report"
