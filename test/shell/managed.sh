#!/bin/sh
# A server without the extension, as a managed host is, and a reporting server that
# has it: tiers ship as ranges by postgres_fdw, and rollups that are refreshed by
# months, or made of a table that logical replication brings, are the bytes that
# the host's rows give.
set -eu
. dev/tap.sh

# The installed programs, not those of the tree that has the extension.
plain=$("$PG_CONFIG" --bindir)
host=$WORK/host
mkdir "$host"
[ "$(id -u)" != 0 ] || chown "$(stat -c %U "$WORK")" "$host"
cd "$host"
$AS_OWNER "$plain/initdb" -D "$host/data" -U postgres -A trust -N -E UTF8 --locale=C.UTF-8 >/dev/null
$AS_OWNER "$plain/pg_ctl" -D "$host/data" -l "$host/log" -w -o \
	"-p 5434 -c listen_addresses= -c unix_socket_directories=$WORK -c wal_level=logical -c fsync=off" start >/dev/null
trap 'cd "$host" && $AS_OWNER "$plain/pg_ctl" -D "$host/data" -m immediate -w stop >/dev/null' EXIT
cd "$OLDPWD"

for database in managed managed_copy; do
	dropdb --if-exists "$database" 2>/dev/null
	createdb "$database"
done
createdb -p 5434 managed
export PGDATABASE=managed
export PGOPTIONS='-c client_min_messages=warning -c timezone=UTC'
psql -X -q -v ON_ERROR_STOP=1 -p 5434 -f test/shell/managed/host.psql
psql -X -q -v ON_ERROR_STOP=1 -v host="$WORK" -f test/shell/managed/reporting.psql

ask() { psql -X -At -c "$1"; }
ask_host() { psql -X -At -p 5434 -c "$1"; }
ask_copy() { psql -X -At -d managed_copy -c "$1"; }
remote_sql() { ask "EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM host.profile WHERE $1" | sed -n 's/^ *Remote SQL: .* WHERE //p'; }

is 'the host has no type of the extension' "$(ask_host "SELECT to_regtype('tier') IS NULL AND to_regtype('engagement_summary') IS NULL")" t
is 'a tier ships as a range' "$(remote_sql "tier(followers) = 'micro'")" \
	'((followers >= 10000::bigint)) AND ((followers <= 50000::bigint))'
is 'a range of tiers ships as one' "$(remote_sql "tier(followers) >= 'mid' AND tier(followers) < 'mega'")" \
	'((followers >= 50001::bigint)) AND ((followers <= 999999::bigint))'
is 'tiers side by side ship as one' "$(remote_sql "in_tiers(followers, '{nano,micro}')")" \
	'((followers >= 1000::bigint)) AND ((followers <= 50000::bigint))'
is 'they find what is found here' \
	"$(ask "SELECT count(*) FROM host.profile WHERE tier(followers) = 'micro'
		UNION ALL SELECT count(*) FROM host.profile WHERE in_tiers(followers, '{nano,micro}')")" \
	"$(ask "SELECT count(*) FILTER (WHERE t = 'micro') FROM (SELECT tier(followers) AS t FROM host.profile OFFSET 0) AS p
		UNION ALL SELECT count(*) FILTER (WHERE t IN ('nano', 'micro')) FROM (SELECT tier(followers) AS t FROM host.profile OFFSET 0) AS p")"

# The rollup against one made at once of the host's rows.
anew="SELECT encode(engagement_summary_send(engagement(likes, comments, followers)), 'hex') FROM host.post"
rollup="SELECT encode(engagement_summary_send(sum(e)), 'hex') FROM post_month"
refresh() { psql -X -q -v ON_ERROR_STOP=1 -v "from=$1" -v "to=$2" -f test/shell/managed/refresh.psql; }
refresh 2026-01-01Z 2026-07-01Z
is 'the rollup is what the posts give' "$(ask "$rollup")" "$(ask "$anew")"
ask_host "UPDATE post SET likes = likes + 10 WHERE published_at >= '2026-06-01Z' AND id % 3 = 0;
	DELETE FROM post WHERE published_at >= '2026-06-01Z' AND id % 7 = 0;
	INSERT INTO post SELECT 100000 + n, n, '2026-06-15Z', n, 1, 5000 FROM generate_series(1, 100) AS n" >/dev/null
refresh 2026-06-01Z 2026-07-01Z
is 'and so it is with the month refreshed that has changed' "$(ask "$rollup")" "$(ask "$anew")"

# The same tables by logical replication, with a generated column of their own.
psql -X -q -v ON_ERROR_STOP=1 -d managed_copy -v connection="host=$WORK port=5434 user=postgres dbname=managed" -f test/shell/managed/copy.psql
catch_up() {
	position=$(ask_host 'SELECT pg_current_wal_lsn()')
	for try in $(seq 300); do
		case $(ask_copy "SELECT count(*) FROM pg_subscription_rel WHERE srsubstate <> 'r'")$(ask_host "SELECT coalesce(bool_and(confirmed_flush_lsn >= '$position'), false) FROM pg_replication_slots WHERE slot_name = 'reporting'") in
		0t) return ;;
		esac
		sleep .1
	done
	echo '# the subscription did not catch up' >&2
}
copied="SELECT encode(engagement_summary_send(engagement(likes, comments, followers)), 'hex') FROM post"
tiers="SELECT tier, count(*) FROM profile GROUP BY tier ORDER BY tier"
computed="SELECT tier(followers) AS tier, count(*) FROM host.profile GROUP BY 1 ORDER BY 1"
catch_up
is 'a table that was copied gives the same bytes' "$(ask_copy "$copied")" "$(ask "$anew")"
is 'and its tiers are computed as they arrive' "$(ask_copy "$tiers")" "$(ask "$computed")"
ask_host "UPDATE profile SET followers = followers * 3 WHERE id % 2 = 0; DELETE FROM post WHERE id % 11 = 0;
	UPDATE post SET likes = NULL WHERE id % 13 = 0; INSERT INTO post SELECT 200000 + n, n, '2026-06-20Z', n * 7, 2, 8000 FROM generate_series(1, 100) AS n" >/dev/null
catch_up
is 'so do changes that follow' "$(ask_copy "$copied")" "$(ask "$anew")"
is 'and tiers that change' "$(ask_copy "$tiers")" "$(ask "$computed")"
ask_copy 'DROP SUBSCRIPTION reporting' >/dev/null

done_testing
