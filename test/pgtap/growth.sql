--
-- Growth summaries against plain SQL, the same bytes in any order and in
-- parallel, text and bytes read back, and hostile input.
--
BEGIN;
SELECT plan(28);
SELECT setseed(.29);
SET LOCAL timezone = 'UTC';

-- Accounts of 1 to 300 observations, over hours to years, some growing, some
-- shrinking, some of no followers at times; some instants several times.
CREATE TABLE observed AS
SELECT p, date_trunc(CASE WHEN p % 3 = 0 THEN 'day' ELSE 'microseconds' END,
		'2020-01-01'::timestamptz + random() * power(10, p % 5) * interval '6 hours') AS at,
	CASE WHEN random() < .02 AND p % 4 = 0 THEN 0 WHEN p % 7 = 0 THEN (random() * 9e18)::bigint
		ELSE floor(exp(ln(1000) + p % 11 + random()))::bigint END AS followers
FROM generate_series(1, 80) AS p, generate_series(1, (1 + 300 * power(p / 80.0, 3))::int) AS n;
UPDATE observed SET followers = (followers * exp((p % 9 - 4) * extract(epoch FROM at - '2020-01-01') / 86400 / power(10, p % 5)))::bigint WHERE p % 7 <> 0;
INSERT INTO observed VALUES (81, NULL, 5), (81, '2020-01-01', NULL);
CREATE TABLE made AS SELECT p, growth(at, followers) AS g FROM observed GROUP BY p;
-- The same accounts in parts of a day: what is stored.
CREATE TABLE part AS SELECT p, growth(at, followers) AS g FROM observed GROUP BY p, date_trunc('day', at);

SELECT results_eq('SELECT count(*), count(*) FILTER (WHERE first_followers(g) > last_followers(g)) > 10, count(*) FILTER (WHERE growth_trend(g, ''1 day'') > 0) > 10 FROM made',
	'VALUES (81::bigint, true, true)', 'there is something to test');
SELECT is_empty($$ SELECT * FROM made JOIN (SELECT p, count(*) FILTER (WHERE at IS NOT NULL AND followers IS NOT NULL) AS n, count(*) FILTER (WHERE at IS NOT NULL AND followers = 0) AS zeros, min(at) FILTER (WHERE followers > 0) AS first,
		max(at) FILTER (WHERE followers > 0) AS last FROM observed GROUP BY p) AS e USING (p)
	WHERE (observations(g), zero_observations(g), first_at(g), last_at(g)) IS DISTINCT FROM (n, zeros, first, last) $$, 'counts, first and last time');
SELECT is_empty($$ SELECT * FROM made WHERE (first_followers(g), last_followers(g)) IS DISTINCT FROM
	((SELECT followers FROM observed AS o WHERE o.p = made.p AND at IS NOT NULL AND followers > 0 ORDER BY at, followers DESC LIMIT 1),
	 (SELECT followers FROM observed AS o WHERE o.p = made.p AND at IS NOT NULL AND followers > 0 ORDER BY at DESC, followers DESC LIMIT 1)) $$,
	'first and last count, the largest of several');
CREATE FUNCTION pg_temp.far(a float8, b float8, tolerance float8) RETURNS boolean LANGUAGE sql AS
$$ SELECT a IS DISTINCT FROM b AND (a IS NULL OR b IS NULL OR abs(a - b) > tolerance * greatest(1, abs(b))) $$;
CREATE TABLE per AS SELECT * FROM (VALUES ('1 hour'::interval, 3600.0), ('1 day', 86400), ('2 weeks', 1209600), ('1 mon', 2629800), ('1 year 2 mons 3 days', 36817200 + 259200)) AS v (i, seconds);
SELECT is_empty($$ SELECT * FROM made, per, LATERAL (SELECT CASE WHEN first_followers(g) > 0 AND last_at(g) > first_at(g)
		THEN ln(last_followers(g)::numeric / first_followers(g)) * seconds / extract(epoch FROM last_at(g) - first_at(g)) END AS log) AS e
	WHERE last_followers(g) > 0 AND log < 600 AND pg_temp.far(growth_rate(g, i), (exp(log) - 1)::float8, 1e-9) $$, 'compound rate');
-- In numeric, around the first time, so that nothing is lost.
CREATE TABLE slope AS
SELECT p, (n * tl - t * l) / nullif(n * tt - t * t, 0) AS per_second
FROM (SELECT p, count(*)::numeric AS n, sum(s) AS t, sum(s * s) AS tt, sum(log) AS l, sum(s * log) AS tl
	FROM (SELECT p, extract(epoch FROM at - first_at(g)) AS s, ln(followers::numeric) AS log
		FROM observed JOIN made USING (p) WHERE followers > 0 AND at IS NOT NULL) AS o GROUP BY p) AS sums;
SELECT is_empty($$ SELECT * FROM made JOIN slope USING (p), per
	WHERE abs(per_second * seconds) < 600 AND pg_temp.far(growth_trend(g, i), (exp(per_second * seconds) - 1)::float8, 1e-7) $$, 'trend');
SELECT is_empty($$ SELECT * FROM made JOIN slope USING (p) WHERE per_second IS NULL AND growth_trend(g, '1 day') IS NOT NULL $$, 'no trend of one instant');
SELECT is_empty($$ SELECT * FROM made JOIN slope USING (p), unnest('{0,1,1000,10000,50001,1000000,9223372036854775807}'::bigint[]) AS goal,
	LATERAL (SELECT CASE WHEN goal > last_followers(g) AND per_second > 0
		THEN last_at(g) + (ln(goal::numeric / last_followers(g)) / per_second)::float8 * interval '1 second' END AS at) AS e
	WHERE (reaches_at(g, goal) IS NULL) <> (e.at IS NULL)
		OR pg_temp.far(extract(epoch FROM reaches_at(g, goal) - last_at(g))::float8, extract(epoch FROM e.at - last_at(g))::float8, 1e-6) $$, 'when a count is reached');
-- Close together and far from the epoch: the sums must not lose the difference.
SELECT is((SELECT round(growth_trend(growth('4000-01-01 UTC'::timestamptz + i * interval '1 ms', (1000 * power(2, i))::bigint), '1 ms')::numeric, 6)
	FROM generate_series(0, 3) AS i), 1.000000, 'milliseconds in the year 4000');
SELECT is((SELECT round(growth_trend(growth('4000-01-01 UTC'::timestamptz - i * interval '1 ms', (1000 * power(2, i))::bigint), '1 ms')::numeric, 6)
	FROM generate_series(0, 3) AS i), -0.500000, 'and falling');

-- the same bytes in any order, from parts, and in parallel
SELECT is((SELECT growth_summary_send(growth(at, followers ORDER BY random())) FROM observed), (SELECT growth_summary_send(growth(at, followers)) FROM observed), 'any order');
SELECT is_empty('SELECT p FROM made JOIN part USING (p) GROUP BY p, growth_summary_send(made.g) HAVING growth_summary_send(sum(part.g ORDER BY random())) <> growth_summary_send(made.g)', 'a sum of parts');
-- There are 160,000 pairs of parts, each of which must find its days quickly.
CREATE TABLE daily AS SELECT p, date_trunc('day', at) AS day, at, followers FROM observed;
CREATE INDEX ON daily (p, day);
ANALYZE daily;
SELECT is_empty($$ SELECT a.p FROM part AS a JOIN part AS b USING (p) WHERE first_at(a.g) < first_at(b.g) AND
	growth_summary_send(a.g + b.g) <> (SELECT growth_summary_send(growth(at, followers)) FROM daily AS d
		WHERE d.p = a.p AND day IN (date_trunc('day', first_at(a.g)), date_trunc('day', first_at(b.g)))) $$, 'a sum of two');
SELECT is_empty('SELECT * FROM part AS a, part AS b WHERE a.p = b.p AND a.ctid <> b.ctid AND growth_summary_send(a.g + b.g) <> growth_summary_send(b.g + a.g)', 'addition commutes');
-- Several profiles: refused, whatever the order, unless their times tell nothing.
CREATE FUNCTION pg_temp.sum_error(a integer, b integer) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM sum(g ORDER BY p * (a - b)) FROM made WHERE p IN (a, b);
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
SELECT is_empty($$ SELECT a.p, b.p FROM made AS a JOIN made AS b ON a.p <> b.p AND (first_at(a.g), last_at(a.g)) <= (first_at(b.g), last_at(b.g))
	WHERE (a.p + b.p) % 5 = 0 AND pg_temp.sum_error(a.p, b.p) IS DISTINCT FROM
		CASE WHEN (last_at(a.g), -last_followers(a.g)) > (first_at(b.g), -first_followers(b.g)) OR last_at(a.g) = first_at(b.g) AND last_followers(a.g) <> first_followers(b.g)
		THEN '22023' END $$, 'several profiles are refused');
CREATE FUNCTION pg_temp.plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE 'EXPLAIN (COSTS off) ' || query;
END $$;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
ALTER TABLE observed SET (parallel_workers = 2);
ALTER TABLE part SET (parallel_workers = 2);
SELECT isnt_empty($$ SELECT * FROM pg_temp.plan('SELECT growth(at, followers) FROM observed') AS p WHERE p LIKE '%Partial Aggregate%' $$, 'the plan is parallel');
SELECT results_eq('SELECT p, growth_summary_send(growth(at, followers)) FROM observed GROUP BY p ORDER BY p', 'SELECT p, growth_summary_send(g) FROM made ORDER BY p',
	'in parallel by group');
SELECT results_eq('SELECT sum(g)::text FROM part WHERE p = 80', 'SELECT g::text FROM made WHERE p = 80', 'parts in parallel');
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET max_parallel_workers_per_gather;

-- text and bytes read back
SELECT is_empty('SELECT * FROM made WHERE growth_summary_send(g::text::growth_summary) <> growth_summary_send(g)', 'text reads back');
CREATE TABLE file (path text);
INSERT INTO file SELECT current_setting('data_directory') || '/influencer_growth.data';
CREATE TABLE bytes_of (g growth_summary);
CREATE FUNCTION pg_temp.copy(query text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	TRUNCATE bytes_of;
	EXECUTE format('COPY (%s) TO %L (FORMAT binary)', query, (SELECT path FROM file));
	EXECUTE format('COPY bytes_of FROM %L (FORMAT binary)', (SELECT path FROM file));
END $$;
SELECT pg_temp.copy('SELECT g FROM made');
SELECT set_eq('SELECT g::text FROM bytes_of', 'SELECT g::text FROM made', 'bytes read back');
CREATE FUNCTION pg_temp.refused(bytes bytea) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_temp.copy(format('SELECT %L::bytea', bytes));
	RETURN CASE WHEN (SELECT growth_summary_send(g) = bytes AND growth_summary_send(g::text::growth_summary) = bytes
		AND growth_rate(g, '1 day') IS DISTINCT FROM 'NaN' AND growth_trend(g, '1 day') IS DISTINCT FROM 'NaN'
		AND coalesce(isfinite(reaches_at(g, 1000000)), true) FROM bytes_of) THEN 'read back' ELSE 'changed' END;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
CREATE TABLE good AS SELECT growth_summary_send(g) AS bytes FROM made WHERE p = 80;
SELECT is((SELECT pg_temp.refused(bytes) FROM good), 'read back', 'bytes that were sent');
SELECT is_empty($$ SELECT name, pg_temp.refused(bad) FROM good, LATERAL (VALUES
	('version', set_byte(bytes, 0, 2)), ('reserved', set_byte(bytes, 5, 1)), ('cut short', substr(bytes, 1, length(bytes) - 1)), ('too long', bytes || '\x00'),
	('nothing', ''::bytea), ('negative count', set_byte(bytes, 8, 255)), ('no observations', overlay(bytes PLACING '\x0000000000000000' FROM 9)),
	('time past the range', set_byte(bytes, 40, 255)), ('last before first', overlay(bytes PLACING '\x0000000000000000' FROM 41)),
	('sum of times', set_byte(bytes, 64, 255)), ('squares of times', overlay(bytes PLACING decode(repeat('00', 24), 'hex') FROM 73))) AS v (name, bad)
	WHERE pg_temp.refused(bad) NOT IN ('22P03', '08P01') $$, 'malformed bytes are refused');
CREATE TABLE mutants AS
SELECT set_byte(bytes, (random() * (length(bytes) - 1))::int, (random() * 255)::int) AS bytes FROM good, generate_series(1, 300);
SELECT is_empty($$ SELECT * FROM (SELECT pg_temp.refused(bytes) AS state FROM mutants) AS t WHERE state NOT IN ('read back', '22P03') $$,
	'one byte changed: read, or refused as such');

CREATE FUNCTION pg_temp.text_error(value text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM value::growth_summary;
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
-- Sums that would carry over when they are added would give what can't be read.
SELECT is_empty($$ SELECT * FROM unnest(ARRAY['logs=70368744177663', 'logs=118747255799809', 'time_squares=26,logs=70368744177664',
		'time_squares=25,logs=70368744177664,products=593736278999041']) AS sums
	WHERE pg_temp.text_error('observations=1,positive=1,first_at=5,first=1,last_at=5,last=1,times=5,' ||
		CASE WHEN sums LIKE 'logs%' THEN 'time_squares=25,' ELSE '' END || sums) IS DISTINCT FROM '22P02' $$, 'sums past what their terms can be');

-- errors
SELECT throws_ok($$ SELECT growth('infinity', 1) $$, '22008', NULL, 'an infinite time');
SELECT throws_ok($$ SELECT growth('2020-01-01', -1) $$, '22023', NULL, 'a negative count');
CREATE FUNCTION pg_temp.rate_error(i text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM growth_rate('observations=0', i::interval), growth_trend('observations=0', i::interval);
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
SELECT is_empty($$ SELECT * FROM unnest(ARRAY['0', '-1 day', '1 month -31 days', '-178000000 years'] || CASE WHEN current_setting('server_version_num')::int >= 170000
	THEN ARRAY['infinity', '-infinity'] ELSE '{}' END) AS i WHERE pg_temp.rate_error(i) IS DISTINCT FROM '22023' $$, 'intervals that are not above 0 and finite');

-- A million observations of one profile, a minute apart and not in order.
CREATE TABLE long AS SELECT '2024-01-01'::timestamptz + i * interval '1 minute' AS at, (100000 + i / 10 + CASE WHEN i > 600000 THEN 50000 ELSE 0 END)::bigint AS followers
FROM (SELECT (n::bigint * 7919 % 1000003)::integer AS i FROM generate_series(1, 1000002) AS n) AS s;
SELECT results_eq($$ SELECT a.kind, a.at FROM (SELECT growth_anomalies(at, followers) AS found FROM long) AS g, unnest(found) AS a ORDER BY abs(z) DESC LIMIT 1 $$,
	$$ VALUES ('step'::text, '2024-01-01'::timestamptz + 600001 * interval '1 minute') $$, 'a million observations of one profile: its step');
SELECT results_eq($$ SELECT crossed_at(at, followers, 150000) FROM long $$, $$ VALUES ('2024-01-01'::timestamptz + 500000 * interval '1 minute') $$, 'and when it passed a mark');

SELECT * FROM finish();
ROLLBACK;
