#!/bin/sh
# The demo runs, and what it reports is what the files hold.
set -eu
. dev/tap.sh

passed=yes
DEMO_DATABASE=influencer_demo_test demo/run.sh >"$WORK/demo.out" 2>&1 || passed=not
result 'the demo runs' "$passed" "$WORK/demo.out"

ask() { psql -X -At -d influencer_demo_test -c "$1"; }

# Counted from the files, without the extension and without the server.
by_tier=$(awk -F, 'FNR > 1 { n[$2 < 1000 ? 0 : $2 < 10000 ? 1 : $2 <= 50000 ? 2 : $2 < 500000 ? 3 : $2 < 1000000 ? 4 : 5]++ }
	END { printf "%d %d %d %d %d %d", n[0], n[1], n[2], n[3], n[4], n[5] }' demo/data/pages.csv)
is 'the ladder counts the pages of each tier' \
	"$(ask "SELECT string_agg(profiles::text, ' ' ORDER BY tier) FROM tier_ladder")" "$by_tier"

# The shares by age are those of the database; test/pgtap/maturity.sql tests them.
ask "SELECT h || ',' || matured_share(maturity, make_interval(hours => h))
	FROM comment_maturity, generate_series(1, 95) AS h" >"$WORK/shares"
micro_rate=$(awk -F, 'FNR == 1 { file++ }
	file == 1 { share[$1] = $2; next }
	file == 2 { if ($2 >= 10000 && $2 <= 50000) f[$1] = $2; next }
	($1 in f) && ($4 in share) { i += int($2 / share[$4] + .5) + $3; e += f[$1] }
	END { printf "%.9f", i / e }' "$WORK/shares" demo/data/pages.csv demo/data/posts.csv)
is 'the pooled rate of micro is interactions over exposure' \
	"$(ask "SELECT round(pooled_rate::numeric, 9) FROM tier_ladder WHERE tier = 'micro'")" "$micro_rate"

done_testing
