#!/bin/sh
# Measure how well the ranking finds the truth, and write doc/accuracy.md.
# usage: bench/accuracy.sh          beside a server (dev/server.sh bench/accuracy.sh)
#
# SECTION=Forecasts rewrites that section of the report only.
#
# Environment: SEEDS, cohorts of each regime (5); BEST, of how many the best that
# can be is worked out, which takes most of the time (1); PROFILES of each cell of
# bench/coverage.sql (20000); TIKTOK, a file as bench/tiktok.sql wants it, left
# out without one, and DRAWS of it (100), FORECAST_DRAWS for forecasts (10), and
# FORECAST_SEEDS of cohorts for these (3); DAILY and IRREGULAR, files as
# bench/accuracy_growth.sql wants them, left out without; CASES of
# bench/accuracy_plans.sql (400); REPORT, the file to write.
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

intro() {
	cat <<END
# Accuracy

Written by \`make accuracy\` on $(date +%Y-%m-%d), with $seeds seeds. How the figures come about is in [statistics.md](statistics.md);
the simulator is \`bench/ranking.sql\`, and the cohorts that bounds are tried on \`bench/coverage.sql\`. Plans: \`bench/accuracy_plans.sql\`.

END
}

ranking() {
	printf '## Ranking\n\n'
	run -v seeds="$seeds" -v best="${BEST:-1}" -f ranking.sql
	printf '\n'
}

bounds() {
	printf '## Bounds\n\n'
	run -v profiles="${PROFILES:-20000}" -f coverage.sql
	printf '\n'
}

real_accounts() {
	[ -n "${TIKTOK:-}" ] || return 0
	printf '## Real accounts\n\n32,740 videos of 1,088 TikTok accounts (UCLA DataRes, late 2020): some videos of each are drawn, the others are the truth.\n\n'
	run -v csv="$TIKTOK" -v draws="${DRAWS:-100}" -f tiktok.sql
	printf '\n'
}

forecasts() {
	printf '## Forecasts\n\n%s\n%s\n\n' \
		'Cohorts of 3,000 profiles whose truth is known (`bench/accuracy_forecast_model.sql`): how often what comes is within the range, and the mean' \
		'as a part of what came, each profile by the inverse of what its size has, and of all together.'
	run -v seeds="${FORECAST_SEEDS:-3}" -f accuracy_forecast_model.sql
	if [ -n "${TIKTOK:-}" ]; then
		printf '\n%s\n%s\n%s\n\n' \
			'TikTok accounts, videos of 21 days and more before the last one (`bench/accuracy_forecast.sql`): what was not drawn is foretold. The score' \
			'is the width of the range and what is outside (Winkler), of logarithms, beside that of one variance for all accounts. Standard errors are' \
			'those of 20 groups of accounts.'
		run -v csv="$TIKTOK" -v draws="${FORECAST_DRAWS:-10}" -f accuracy_forecast.sql
	fi
	printf '\n%s\n%s\n\n' \
		'Fresh posts: campaigns of ten of the demo'"'"'s Facebook pages with a post each, comments at the age of two to four days, foretold from posts under' \
		'12 hours, or of two days and more (`bench/accuracy_fresh.sql`). Corrected is by a maturity curve of the other half of the pages.'
	(cd .. && run -f bench/accuracy_fresh.sql)
	printf '\n'
}

ages() {
	printf '## Age of a post\n\n%s\n\n' \
		'A curve of half of the demo'"'"'s pages corrects the comments of the others, 100 times; errors are parts of what came (`bench/accuracy_maturity.sql`).'
	(cd .. && run -f bench/accuracy_maturity.sql)
	printf '\n'
}

growth() {
	[ -n "${DAILY:-}" ] && [ -n "${IRREGULAR:-}" ] || return 0
	printf '## Growth\n\n%s\n\n' \
		'Steps put into public series, a purge of 2.5 % of everybody, and planted jumps (`bench/accuracy_growth.sql`).'
	run -v daily="$DAILY" -v irregular="$IRREGULAR" -f accuracy_growth.sql
	printf '\n'
}

plans() {
	printf '## Plans\n\n'
	run -v cases="${CASES:-400}" -f accuracy_plans.sql
}

# The report with one section new, at its place.
renewed() {
	awk -v title="## $1" -v file="$2" '$0 == title { while ((getline line < file) > 0) print line; inside = 1; next }
		/^## / { inside = 0 }
		!inside { print }' "$report"
}

case ${SECTION:-} in
'') { intro; ranking; bounds; real_accounts; forecasts; ages; growth; plans; } | tables >"$report.new" ;;
*)
	function=$(echo "$SECTION" | tr 'A-Z ' 'a-z_')
	case $function in
	age_of_a_post) function=ages ;;
	ranking | bounds | real_accounts | forecasts | growth | plans) ;;
	*) echo "There is no section $SECTION." >&2; exit 2 ;;
	esac
	"$function" | tables >"$report.section"
	renewed "$SECTION" "$report.section" >"$report.new"
	rm "$report.section"
	;;
esac
mv "$report.new" "$report"
