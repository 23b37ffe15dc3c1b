#!/bin/sh
# Two servers and postgres_fdw with extensions 'influencer': conditions and whole
# aggregates are computed where the rows are, and summaries of several shards,
# merged here, are the bytes that one server with all the rows would give.
set -eu
. dev/tap.sh

second=$WORK/second
mkdir "$second"
[ "$(id -u)" != 0 ] || chown "$(stat -c %U "$WORK")" "$second"
cd "$second"
$AS_OWNER "$SERVER_BIN/initdb" -D "$second/data" -U postgres -A trust -N \
	-E UTF8 --locale=C.UTF-8 >/dev/null
$AS_OWNER $PRELOAD "$SERVER_BIN/pg_ctl" -D "$second/data" -l "$second/log" -w -o \
	"-p 5433 -c listen_addresses= -c unix_socket_directories=$WORK -c fsync=off" start >/dev/null
trap 'cd "$second" && $AS_OWNER "$SERVER_BIN/pg_ctl" -D "$second/data" -m immediate -w stop >/dev/null' EXIT
cd "$OLDPWD"

dropdb --if-exists fdw 2>/dev/null
createdb fdw
createdb -p 5433 fdw
export PGDATABASE=fdw
export PGOPTIONS='-c client_min_messages=warning'
psql -X -q -v ON_ERROR_STOP=1 -p 5433 -f test/shell/fdw/shard.psql
psql -X -q -v ON_ERROR_STOP=1 -v host="$WORK" -f test/shell/fdw/coordinator.psql

ask() { psql -X -At -c "$1"; }
remote_sql() { ask "EXPLAIN (VERBOSE, COSTS OFF) $1" | sed -n 's/^ *Remote SQL: //p'; }

is 'a condition on a tier ships as a range' \
	"$(remote_sql "SELECT id FROM shard_profile WHERE tier(followers) = 'micro'")" \
	'SELECT id FROM public.profile WHERE ((followers >= 10000::bigint)) AND ((followers <= 50000::bigint))'
is 'a grouped aggregate ships whole' \
	"$(remote_sql 'SELECT profile_id, engagement(likes, comments, followers) FROM shard_post GROUP BY profile_id')" \
	'SELECT profile_id, public.engagement(likes, comments, followers) FROM public.post GROUP BY 1'
is 'an audience ships whole' \
	"$(remote_sql 'SELECT profile_id, audience(likes) FROM shard_post GROUP BY profile_id')" \
	'SELECT profile_id, public.audience(likes) FROM public.post GROUP BY 1'

# Half of the rows are there, half here; all_post and all_profile have both.
is 'engagement of two shards, merged, is that of one server' \
	"$(ask "SELECT encode(engagement_summary_send(sum(e)), 'hex') FROM (
		SELECT engagement(likes, comments, followers) AS e FROM shard_post
		UNION ALL SELECT engagement(likes, comments, followers) FROM post) AS s")" \
	"$(ask "SELECT encode(engagement_summary_send(engagement(likes, comments, followers)), 'hex') FROM all_post")"
is 'benchmarks of two shards, merged, are that of one server' \
	"$(ask "SELECT encode(engagement_benchmark_send(sum(b)), 'hex') FROM (
		SELECT benchmark(e, followers) AS b FROM (
			SELECT profile_id, max(followers) AS followers, engagement(likes, comments, followers) AS e
			FROM shard_post GROUP BY profile_id) AS p
		UNION ALL
		SELECT benchmark(e, followers) FROM (
			SELECT profile_id, max(followers) AS followers, engagement(likes, comments, followers) AS e
			FROM post GROUP BY profile_id) AS p) AS s")" \
	"$(ask "SELECT encode(engagement_benchmark_send(benchmark(e, followers)), 'hex') FROM (
			SELECT profile_id, max(followers) AS followers, engagement(likes, comments, followers) AS e
			FROM all_post GROUP BY profile_id) AS p")"
is 'an exact audience of two shards, merged, is that of one server' \
	"$(ask "SELECT encode(audience_union(a)::bytea, 'hex') FROM (
		SELECT audience(likes) AS a FROM shard_post
		UNION ALL SELECT audience(likes) FROM post) AS s")" \
	"$(ask "SELECT encode(audience(likes)::bytea, 'hex') FROM all_post")"

# Of one profile, in two periods: the odd rows are of the later one.
is 'growth of two shards, merged, is that of one server' \
	"$(ask "SELECT encode(growth_summary_send(sum(g)), 'hex') FROM (
		SELECT growth('2026-01-01Z'::timestamptz + likes * interval '1 hour' + interval '100 years', followers) AS g FROM shard_post
		UNION ALL SELECT growth('2026-01-01Z'::timestamptz + likes * interval '1 hour', followers) FROM post) AS s")" \
	"$(ask "SELECT encode(growth_summary_send(growth('2026-01-01Z'::timestamptz + likes * interval '1 hour' + profile_id % 2 * interval '100 years', followers)), 'hex') FROM all_post")"
is 'first digits of two shards, merged, are those of one server' \
	"$(ask "SELECT encode(digit_counts_send(sum(d)), 'hex') FROM (
		SELECT first_digits(likes) AS d FROM shard_post
		UNION ALL SELECT first_digits(likes) FROM post) AS s")" \
	"$(ask "SELECT encode(digit_counts_send(first_digits(likes)), 'hex') FROM all_post")"
is 'a composition of two shards, merged, is that of one server' \
	"$(ask "SELECT encode(composition_send(sum(c)), 'hex') FROM (
		SELECT compose('c' || comments, likes) AS c FROM shard_post
		UNION ALL SELECT compose('c' || comments, likes) FROM post) AS s")" \
	"$(ask "SELECT encode(composition_send(compose('c' || comments, likes)), 'hex') FROM all_post")"

psql -X -q -v ON_ERROR_STOP=1 -p 5433 -f test/shell/sample/sample.psql
is 'conditions and aggregates ship, all of them, and give the same' \
	"$(psql -X -At -v ON_ERROR_STOP=1 -f test/shell/fdw/all.psql 2>&1)" ''

done_testing
