--
-- Each ratio is that of two medians, timed by turns over one connection.
--
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET seed = .42;

-- Follower counts over all sizes, evenly by their logarithm from 100 to 5
-- million: an agency's list, where no tier is rare.
CREATE TABLE profiles AS
SELECT n AS id, followers, CASE
	WHEN followers < 1000 THEN 0 WHEN followers < 10000 THEN 1 WHEN followers <= 50000 THEN 2
	WHEN followers < 500000 THEN 3 WHEN followers < 1000000 THEN 4 ELSE 5 END::smallint AS stored
FROM (SELECT n, (100 * power(50000, random()))::bigint AS followers
	FROM generate_series(1, :profiles) AS n OFFSET 0) AS r;
VACUUM ANALYZE profiles;

CREATE FUNCTION milliseconds(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	started timestamptz := clock_timestamp();
BEGIN
	EXECUTE query;
	RETURN extract(epoch FROM clock_timestamp() - started) * 1000;
END $$;

-- Times the queries by turns, after one run of each that does not count.
CREATE FUNCTION medians(queries text[], runs int) RETURNS float8[] LANGUAGE plpgsql AS $$
DECLARE
	result float8[];
BEGIN
	PERFORM milliseconds(query) FROM unnest(queries) AS query;
	SELECT array_agg(median ORDER BY n) INTO result
	FROM (SELECT n, percentile_cont(.5) WITHIN GROUP (ORDER BY ms) AS median
		FROM (SELECT n, milliseconds(query) AS ms
			FROM generate_series(1, runs) AS run, unnest(queries) WITH ORDINALITY AS q (query, n)
			OFFSET 0) AS t
		GROUP BY n) AS m;
	RETURN result;
END $$;

CREATE FUNCTION ratio(what text, ours text, theirs text, limit_ float8, runs int) RETURNS text LANGUAGE SQL AS $$
	SELECT format('%s: %s (at most %s; %s ms / %s ms)', what, round((m[1] / m[2])::numeric, 3), limit_,
		round(m[1]::numeric, 1), round(m[2]::numeric, 1))
	FROM medians(ARRAY[ours, theirs], runs) AS m
$$;

CREATE FUNCTION plan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	result text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		result := result || line || E'\n';
	END LOOP;
	RETURN result;
END $$;

SELECT ratio('tier filter / range, seq scan',
	'SELECT count(*) FROM profiles WHERE tier(followers) = ''micro''',
	'SELECT count(*) FROM profiles WHERE followers >= 10000::bigint AND followers <= 50000::bigint', 1.02, :runs);
SELECT ratio('tier filter with a scheme / range, seq scan',
	'SELECT count(*) FROM profiles WHERE tier(followers, ''later_fohr'') = ''micro''',
	'SELECT count(*) FROM profiles WHERE followers >= 10000::bigint AND followers <= 99999::bigint', 1.02, :runs);
SELECT ratio('GROUP BY tier / GROUP BY stored smallint',
	'SELECT tier(followers), count(*) FROM profiles GROUP BY 1',
	'SELECT stored, count(*) FROM profiles GROUP BY 1', 1.15, :runs);
SELECT ratio('GROUP BY tier / GROUP BY CASE',
	'SELECT tier(followers), count(*) FROM profiles GROUP BY 1',
	'SELECT CASE WHEN followers < 1000 THEN ''none'' WHEN followers < 10000 THEN ''nano'' WHEN followers <= 50000 THEN ''micro''
		WHEN followers < 500000 THEN ''mid'' WHEN followers < 1000000 THEN ''macro'' ELSE ''mega'' END, count(*)
		FROM profiles GROUP BY 1', .75, :runs);
SELECT ratio('GROUP BY tier with a scheme / GROUP BY stored smallint',
	'SELECT tier(followers, ''later_fohr''), count(*) FROM profiles GROUP BY 1',
	'SELECT stored, count(*) FROM profiles GROUP BY 1', 1.15, :runs);

CREATE INDEX ON profiles (followers);
SELECT 'same plan with an index: ' || (plan('SELECT id FROM profiles WHERE tier(followers) = ''mega''')
	= plan('SELECT id FROM profiles WHERE followers >= 1000000::bigint'));
SELECT ratio('tier filter / range, with an index',
	'SELECT count(id) FROM profiles WHERE tier(followers) = ''macro''',
	'SELECT count(id) FROM profiles WHERE followers >= 500000::bigint AND followers <= 999999::bigint', 1.02, :runs);
