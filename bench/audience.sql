-- What audiences cost, against the sketches of postgresql-hll, count(DISTINCT)
-- and the exact join; cost against the number of rows, and with workers.
-- Queries that are compared alternate in one session; printed are the ratio of
-- the medians, what it should not exceed, and the medians in milliseconds.
--
-- psql -v rows=10000000 -v runs=3 -f bench/audience.sql
\pset tuples_only on
\pset format unaligned
\pset fieldsep ' | '
SET client_min_messages = warning;
SET work_mem = '1GB';
SET jit = off;
SET max_parallel_workers_per_gather = 0;
CREATE EXTENSION IF NOT EXISTS influencer;
CREATE EXTENSION IF NOT EXISTS hll;

-- 1,000 accounts, followers drawn from one user in ten rows.
CREATE UNLOGGED TABLE bench_follower AS
	SELECT (hashint8(i) & 2147483647) % 1000 AS account,
		(hashint8extended(i, 1) & 9223372036854775807) % (:rows / 10) AS user_id
	FROM generate_series(1, :rows::bigint) AS i;
VACUUM ANALYZE bench_follower;
CREATE UNLOGGED TABLE bench_audience AS
	SELECT account, audience(user_id) AS a FROM bench_follower GROUP BY account;
VACUUM ANALYZE bench_audience;

-- Milliseconds of a query; all its rows are computed and skipped.
CREATE FUNCTION pg_temp.run_time(query text) RETURNS float8
LANGUAGE plpgsql AS $$
DECLARE
	started timestamptz := clock_timestamp();
BEGIN
	EXECUTE query || ' OFFSET 1000000000';
	RETURN extract(epoch FROM clock_timestamp() - started) * 1000;
END $$;

CREATE FUNCTION pg_temp.compare(what text, target text, query text, reference text, runs integer)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	ours float8[];
	theirs float8[];
	our_median float8;
	their_median float8;
BEGIN
	IF runs > 1 THEN
		PERFORM pg_temp.run_time(query);
	END IF;
	FOR i IN 1 .. runs LOOP
		theirs := theirs || pg_temp.run_time(reference);
		ours := ours || pg_temp.run_time(query);
	END LOOP;
	our_median := (SELECT percentile_cont(.5) WITHIN GROUP (ORDER BY t) FROM unnest(ours) t);
	their_median := (SELECT percentile_cont(.5) WITHIN GROUP (ORDER BY t) FROM unnest(theirs) t);
	RETURN format('%s: %s | %s | %s / %s ms', what, round((our_median / their_median)::numeric, 2),
		target, round(our_median), round(their_median));
END $$;

\set built '''SELECT account, audience(user_id) FROM bench_follower GROUP BY 1'''
SELECT pg_temp.compare('audience per account / hll_add_agg', '<= 1.0', :built,
	'SELECT account, hll_add_agg(hll_hash_bigint(user_id)) FROM bench_follower GROUP BY 1', :runs);
SELECT pg_temp.compare('audience per account / count(DISTINCT)', '<= 0.5', :built,
	'SELECT account, count(DISTINCT user_id) FROM bench_follower GROUP BY 1', :runs);
SELECT pg_temp.compare('audience per account of 20 followers / count(*)', 'no target',
	'SELECT user_id % (' || :rows || ' / 20), audience(user_id) FROM bench_follower GROUP BY 1',
	'SELECT user_id % (' || :rows || ' / 20), count(*) FROM bench_follower GROUP BY 1', 1);
SELECT pg_temp.compare('overlap of all pairs of 1,000 stored sketches / exact join', '<= 0.2',
	'SELECT sum(overlap(x.a, y.a)) FROM bench_audience x JOIN bench_audience y ON x.account < y.account',
	'SELECT x.account, y.account, count(*) FROM bench_follower x JOIN bench_follower y USING (user_id) WHERE x.account < y.account GROUP BY 1, 2', 1);

-- cost against the number of rows
SELECT 'nanoseconds a row, ' || n || ' rows: ' || round((min(pg_temp.run_time(
	'SELECT account, audience(user_id) FROM (SELECT * FROM bench_follower LIMIT ' || n || ') s GROUP BY 1')) * 1e6 / n)::numeric)
FROM unnest(ARRAY[:rows / 100, :rows / 10, :rows]) n, generate_series(1, :runs) GROUP BY n ORDER BY n;

-- workers
ALTER TABLE bench_follower SET (parallel_workers = 1);
CREATE TEMP TABLE one AS SELECT pg_temp.run_time(:built) AS ms FROM generate_series(1, :runs);
SET max_parallel_workers_per_gather = 1;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
CREATE TEMP TABLE two AS SELECT pg_temp.run_time(:built) AS ms FROM generate_series(1, :runs);
SELECT 'one process / two: ' || round((min(one.ms) / min(two.ms))::numeric, 2) || ' | >= 1.7' FROM one, two;

DROP TABLE bench_follower, bench_audience;
