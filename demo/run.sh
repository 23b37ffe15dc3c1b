#!/bin/sh
# The demo: an agency's database with real pages, and what it asks of it.
# dev/server.sh gives the server; psql's notices would only be in the way.
set -eu

PGDATABASE=${DEMO_DATABASE:-influencer_demo}
export PGDATABASE
export PGOPTIONS='-c client_min_messages=warning'

echo "Loading real pages and their posts into $PGDATABASE (some seconds) ..." >&2
createdb "$PGDATABASE"
echo "$PGDATABASE" >"$WORK/database"
run() {
	psql -X -q -v ON_ERROR_STOP=1 -P footer=off -P pager=off -P null=- -f "$1"
}
psql -X -q -c 'CREATE EXTENSION influencer'
run demo/schema.sql
run demo/views.sql
run demo/report.sql
