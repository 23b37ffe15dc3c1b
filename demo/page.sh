#!/bin/sh
# The demo's tables again, and a page of pictures of them, in the file that is
# given. dev/server.sh gives the server.
set -eu

page=${1:-influencer-report.html}
PGDATABASE=${DEMO_DATABASE:-influencer_demo}
export PGDATABASE
export PGOPTIONS='-c client_min_messages=warning'

echo "Loading real pages and their posts into $PGDATABASE (some seconds) ..." >&2
createdb "$PGDATABASE"
echo "$PGDATABASE" >"$WORK/database"
psql -X -q -v ON_ERROR_STOP=1 -c 'CREATE EXTENSION influencer'
for file in schema views campaign page_views; do
	psql -X -q -v ON_ERROR_STOP=1 -f "demo/$file.sql"
done

echo 'Drawing ...' >&2
psql -X -f demo/page_settings.sql -f demo/page.sql >"$WORK/$PGDATABASE.html"
cp "$WORK/$PGDATABASE.html" "$page"
echo "Wrote $page." >&2
