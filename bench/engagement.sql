-- What a summary per profile costs, against count(*) and against the same
-- figures by the built-in aggregates; cost against the number of posts, with
-- and without workers.  Queries that are compared alternate in one session;
-- printed are medians and the median of the ratios.
--
-- Run by bench/engagement.sh.
\set QUIET on
\pset tuples_only on
\pset format unaligned
\pset fieldsep ' | '
SET client_min_messages = warning;
SET work_mem = '2GB';
SET jit = off;

CREATE EXTENSION IF NOT EXISTS influencer;

-- A profile has 20 posts, spread over the table, which is in the order of
-- publication.  One like count in twenty is hidden.
DROP TABLE IF EXISTS bench_posts;
CREATE UNLOGGED TABLE bench_posts AS
	SELECT (hashint8(i) & 2147483647) % (:posts / 20) AS profile_id,
		CASE WHEN i % 20 <> 0 THEN (hashint8(i + 1) & 65535)::bigint END AS likes,
		(hashint8(i + 2) & 1023)::bigint AS comments,
		1000 + (hashint8(i + 3) & 1048575)::bigint AS followers
	FROM generate_series(1, :posts) AS i;
VACUUM ANALYZE bench_posts;

-- Milliseconds of a query; all its rows are computed and skipped.
CREATE FUNCTION pg_temp.run_time(query text) RETURNS float8
LANGUAGE plpgsql AS $$
DECLARE
	started timestamptz := clock_timestamp();
BEGIN
	EXECUTE query || ' OFFSET 1000000000';
	RETURN extract(epoch FROM clock_timestamp() - started) * 1000;
END $$;

CREATE FUNCTION pg_temp.compare(query text, reference text, runs integer,
		OUT ms float8, OUT reference_ms float8, OUT ratio numeric)
LANGUAGE plpgsql AS $$
DECLARE
	ours float8[];
	theirs float8[];
BEGIN
	PERFORM pg_temp.run_time(reference);
	FOR i IN 1 .. runs LOOP
		ours := ours || pg_temp.run_time(query);
		theirs := theirs || pg_temp.run_time(reference);
	END LOOP;
	SELECT percentile_cont(.5) WITHIN GROUP (ORDER BY o),
		percentile_cont(.5) WITHIN GROUP (ORDER BY t),
		round((percentile_cont(.5) WITHIN GROUP (ORDER BY o / t))::numeric, 2)
	INTO ms, reference_ms, ratio
	FROM unnest(ours, theirs) AS run (o, t);
END $$;

\set summary '''SELECT profile_id, engagement(likes, comments, followers) FROM bench_posts GROUP BY 1'''
\set counted '''SELECT profile_id, count(*) FROM bench_posts GROUP BY 1'''
-- The same figures the usual way, with the same rule for hidden posts.
\set by_hand '''SELECT profile_id, count(*) FILTER (WHERE rate IS NOT NULL), count(*) FILTER (WHERE rate IS NULL), sum(likes) FILTER (WHERE rate IS NOT NULL), sum(comments) FILTER (WHERE rate IS NOT NULL), sum(followers) FILTER (WHERE rate IS NOT NULL), avg(rate), stddev(rate), avg(log_rate), stddev(log_rate) FROM (SELECT *, (likes + comments)::float8 / nullif(followers, 0) AS rate, ln((likes + comments + 0.5::float8) / nullif(followers, 0)) AS log_rate FROM bench_posts OFFSET 0) AS p GROUP BY 1'''

SET max_parallel_workers_per_gather = 0;
SELECT 'engagement() per profile / count(*) per profile', ratio,
	round(ms) || ' ms', round(reference_ms) || ' ms'
FROM pg_temp.compare(:summary, :counted, :runs);
SELECT 'engagement() per profile / the same figures by sum, avg, stddev', ratio,
	round(ms) || ' ms', round(reference_ms) || ' ms'
FROM pg_temp.compare(:summary, :by_hand, :runs);

-- From 10^5 posts on.  Each size has a table of its own, so that it can be read
-- in parallel.
CREATE FUNCTION pg_temp.median_time(query text, workers integer, runs integer) RETURNS float8
LANGUAGE plpgsql AS $$
DECLARE
	times float8[];
BEGIN
	PERFORM set_config('max_parallel_workers_per_gather', workers::text, false);
	FOR i IN 0 .. runs LOOP
		times[i] := pg_temp.run_time(query);
	END LOOP;
	RETURN (SELECT percentile_cont(.5) WITHIN GROUP (ORDER BY t) FROM unnest(times[1:]) AS t);
END $$;

SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET parallel_leader_participation = off;
\set sized '''SELECT engagement(likes, comments, followers) FROM bench_sized'''

SELECT 'DROP TABLE IF EXISTS bench_sized',
	format('CREATE UNLOGGED TABLE bench_sized WITH (parallel_workers = 2) AS SELECT * FROM bench_posts LIMIT %s', n),
	'VACUUM ANALYZE bench_sized',
	format($$
		SELECT 'engagement() over all of %1$s posts', round(serial) || ' ms',
			round(serial * 1000000 / %1$s) || ' ns a post',
			'one worker / two workers ' || round((one / two)::numeric, 2)
		FROM (SELECT pg_temp.median_time(%2$L, 0, %3$s) AS serial,
				pg_temp.median_time(%2$L, 1, %3$s) AS one,
				pg_temp.median_time(%2$L, 2, %3$s) AS two) AS t
		$$, n, :sized, :runs)
FROM (SELECT :posts / d AS n FROM unnest('{100,10,1}'::integer[]) AS d) AS sizes
\gexec

DROP TABLE bench_posts, bench_sized;
