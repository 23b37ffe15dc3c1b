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

micro_rate=$(awk -F, 'FNR == 1 { next }
	NR == FNR { if ($2 >= 10000 && $2 <= 50000) f[$1] = $2; next }
	($1 in f) && $4 >= 6 { i += $2 + $3; e += f[$1] }
	END { printf "%.9f", i / e }' demo/data/pages.csv demo/data/posts.csv)
is 'the pooled rate of micro is interactions over exposure' \
	"$(ask "SELECT round(pooled_rate::numeric, 9) FROM tier_ladder WHERE tier = 'micro'")" "$micro_rate"

done_testing
