#!/bin/sh
# The page of pictures: well-formed, the same every time, small, and alone; what
# it draws is what the views hold, and names can't break it.
set -eu
. dev/tap.sh

page=$WORK/report.html
passed=yes
DEMO_DATABASE=influencer_report demo/page.sh "$page" >"$WORK/report.out" 2>&1 || passed=not
result 'the report is drawn' "$passed" "$WORK/report.out"

DEMO_DATABASE=influencer_report_again demo/page.sh "$WORK/again.html" >/dev/null 2>&1 || true
passed=yes
cmp "$page" "$WORK/again.html" >"$WORK/cmp.out" 2>&1 || passed=not
result 'another database gives the same bytes' "$passed" "$WORK/cmp.out"

is 'it is under a megabyte' "$([ "$(wc -c <"$page")" -lt 1000000 ] && echo yes)" yes
is 'nothing in it is fetched or run' \
	"$(sed 's/xmlns="[^"]*"//g' "$page" | grep -ciE '<script|<link|<img|<iframe|[^-]src=|href=|url\(|@import|https?:|javascript:| on[a-z]+="')" 0
is 'no element of HTML closes itself but those that are void' \
	"$(sed 's/<svg xmlns.*<\/svg>//' "$page" | grep -oE '<(td|th|tr|p|h[1-6]|div|section|ul|ol|li|b|summary|style|script)( [^>]*)?/>')" ''
is 'no character of the style was escaped' "$(sed -n '/<style>/,/<\/style>/{ s/<\/style>.*//; p; }' "$page" | grep -c '&')" 0

# ask FILE [PAGE]: lines of "name, tab, what was found, tab, what is expected".
ask() {
	PGOPTIONS='-c client_min_messages=warning' psql -X -q -At -F '	' -v ON_ERROR_STOP=1 -v page="${2:-}" \
		-d influencer_report -f "$1" >"$WORK/answers" 2>&1 || echo "$1	$(cat "$WORK/answers")	no error" >"$WORK/answers"
	while IFS='	' read -r name found expected; do
		is "$name" "$found" "$expected"
	done <"$WORK/answers"
}

ask test/shell/report/figures.sql "$page"
ask test/shell/report/hostile.sql
ask test/shell/report/nothing.sql
is 'nothing is left in the database' \
	"$(psql -X -At -d influencer_report -c "SELECT count(*) FROM pg_namespace WHERE nspname = 'chart'")" 0

done_testing
