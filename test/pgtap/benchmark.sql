-- Benchmarks of random cohorts: the same bytes in any order and pieces, and the
-- figures that plain SQL computes; bounds that hold what they promise.
BEGIN;
SELECT plan(31);

-- Profiles drawn from the model: y = -1.5 - 0.2 x + u + e, u with deviation
-- 0.8, e with 0.9; a few without posts or followers.
SELECT setseed(0.75);
CREATE FUNCTION pg_temp.normal() RETURNS float8 LANGUAGE SQL VOLATILE AS
	'SELECT sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())';

CREATE TEMP TABLE post AS
SELECT id, followers, truth, round(followers * exp(truth + 0.9 * pg_temp.normal()))::bigint AS likes
FROM (SELECT id, followers, 1 + floor(12 * random())::integer AS posts,
		-1.5 - 0.2 * ln(followers) + 0.8 * pg_temp.normal() AS truth
	FROM (SELECT id, round(exp(ln(1000) + random() * ln(10000)))::bigint AS followers
		FROM generate_series(1, 6000) AS id) AS p) AS p,
	LATERAL generate_series(1, posts);
CREATE TABLE profile WITH (parallel_workers = 3) AS
SELECT id, id % 20 AS cohort, followers, exp(truth) AS truth, engagement(likes, 0, followers) AS e
FROM post GROUP BY id, followers, truth
UNION ALL SELECT 6001, 1, NULL, NULL, engagement(5, 0, 100)
UNION ALL SELECT 6002, 2, 0, NULL, engagement(5, 0, 100)
UNION ALL SELECT 6003, 3, 5000, NULL, engagement(NULL, 0, 100)
UNION ALL SELECT 6004, 3, 5000, NULL, NULL;
ANALYZE profile;

CREATE TEMP TABLE whole AS SELECT benchmark(e, followers) AS b FROM profile;
CREATE TABLE part AS SELECT cohort, benchmark(e, followers) AS b FROM profile GROUP BY cohort;

-- Order and pieces

SELECT is(profiles(b), 6000::bigint, 'profiles without posts or followers are left out') FROM whole;
SELECT ok(whole.b = o.b, 'any order') FROM whole,
	(SELECT benchmark(e, followers) AS b FROM (SELECT * FROM profile ORDER BY hashint4(id)) AS p) AS o;
SELECT ok(whole.b = s.b, 'merged') FROM whole, (SELECT sum(b) AS b FROM part) AS s;
SELECT ok(bool_and(whole.b - part.b + part.b = whole.b), '- undoes +') FROM whole, part;

SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 3;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query;
END $$;
SELECT isnt_empty($$
	SELECT * FROM pg_temp.plan_of('SELECT benchmark(e, followers) FROM profile') AS line
	WHERE line ~ 'Partial Aggregate'$$, 'the plan is parallel');
SELECT ok(whole.b = p.b, 'in parallel') FROM whole, (SELECT benchmark(e, followers) AS b FROM profile) AS p;
SET LOCAL max_parallel_workers_per_gather = 0;

SELECT is(count(*) FILTER (WHERE b::text::engagement_benchmark = b), count(*), 'text reads back') FROM part;

CREATE TABLE received (LIKE part);
CREATE FUNCTION pg_temp.file() RETURNS text LANGUAGE SQL
	RETURN current_setting('data_directory') || '/benchmark_test';
SELECT format('COPY part TO %L (FORMAT binary)', pg_temp.file()) AS send,
	format('COPY received FROM %L (FORMAT binary)', pg_temp.file()) AS receive \gset
:send;
:receive;
SELECT is(count(*), 20::bigint, 'binary reads back') FROM part JOIN received USING (cohort, b);

-- A binary value with another byte is refused, or is another value whose
-- figures are numbers.
CREATE TEMP TABLE forged (b engagement_benchmark);
CREATE FUNCTION pg_temp.receive(value bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	header bytea := '\x5047434f50590aff0d0a00' || decode(repeat('00', 8), 'hex') || '\x0001';
	size bytea := decode(lpad(to_hex(length(value)), 8, '0'), 'hex');
	got text;
BEGIN
	PERFORM lo_unlink(2147480002) FROM pg_largeobject_metadata WHERE oid = 2147480002;
	PERFORM lo_from_bytea(2147480002, header || size || value || '\xffff');
	PERFORM lo_export(2147480002, pg_temp.file());
	TRUNCATE forged;
	EXECUTE format('COPY forged FROM %L (FORMAT binary)', pg_temp.file());
	SELECT concat_ws(' ', 'value', slope(f.b), between_stddev(f.b), within_stddev(f.b), expected_rate(f.b, 1),
		shrunk_rate(f.b, e, followers), rate_low(f.b, e, followers), rate_high(f.b, e, followers),
		lift(f.b, e, followers), rate_percentile(f.b, e, followers), rate_z(f.b, e, followers),
		f.b::jsonb) INTO got
	FROM forged AS f, profile WHERE id = 1;
	RETURN got;
EXCEPTION WHEN invalid_binary_representation THEN
	RETURN SQLSTATE;
END $$;
SELECT engagement_benchmark_send(b) AS bytes FROM part WHERE cohort = 1 \gset
SELECT matches(pg_temp.receive(:'bytes'::bytea), '^value', 'a true value is received');
SELECT is(pg_temp.receive(set_byte(:'bytes'::bytea, 0, 2)), '22P03', 'unknown version');
SELECT is(pg_temp.receive(set_byte(:'bytes'::bytea, 5, 1)), '22P03', 'reserved bytes');
SELECT is(pg_temp.receive(substr(:'bytes'::bytea, 1, 135)), '22P03', 'too short');
SELECT ok(bool_and(r = '22P03' OR (r ~ '^value' AND r !~* 'nan|infinity')), 'forged bytes are refused, or have figures')
FROM (SELECT pg_temp.receive(set_byte(:'bytes'::bytea, i, (get_byte(:'bytes'::bytea, i) + d) % 256)) AS r
	FROM generate_series(0, 135) AS i, unnest('{1,255}'::integer[]) AS d) AS f;

-- Windows

SELECT is(count(*) FILTER (WHERE moved = afresh), count(*), 'frames that move')
FROM (SELECT id, benchmark(e, followers) OVER (ORDER BY id ROWS 19 PRECEDING) AS moved FROM profile) AS m
	JOIN LATERAL (SELECT benchmark(e, followers) AS afresh FROM profile AS p
		WHERE p.id BETWEEN m.id - 19 AND m.id) AS f ON true
WHERE m.id <= 300 OR m.id > 5990;
SELECT is(count(*) FILTER (WHERE moved = afresh), count(*), 'sums that move')
FROM (SELECT sum(b) OVER (ORDER BY cohort ROWS 1 PRECEDING) AS moved,
		lag(b, 1, 'profiles=0') OVER (ORDER BY cohort) + b AS afresh FROM part) AS p;

-- The model in plain SQL, per cohort

CREATE TEMP TABLE mean AS
SELECT id, id % 20 AS cohort, ln(followers) AS x, avg(y) AS y, count(*) AS n, var_pop(y) * count(*) AS within
FROM (SELECT *, ln((likes + 0.5::float8) / followers) AS y FROM post) AS p GROUP BY id, followers;

CREATE TEMP TABLE line AS
SELECT cohort, count(*) AS profiles, regr_slope(y, x) AS b, regr_intercept(y, x) AS a, avg(x) AS x, regr_sxx(y, x) AS sxx,
	(regr_syy(y, x) - regr_sxy(y, x) ^ 2 / regr_sxx(y, x)) / (count(*) - 2) AS residual,
	sum(within) / sum(n - 1) AS s, avg(1.0 / n) AS inverse
FROM mean GROUP BY cohort;

CREATE TEMP TABLE by_hand AS
SELECT id, cohort, expected, exp(expected + w * (y - expected)) AS shrunk, w * (y - expected) AS above, w, t,
	y - expected AS off, s / n AS luck, line_variance,
	sqrt((1 - w) * t + (1 - w) ^ 2 * line_variance) AS deviation, quantile
FROM (SELECT m.*, l.t, l.s, a + b * m.x AS expected, t / (t + s / n) AS w,
		residual * (1.0 / profiles + (m.x - l.x) ^ 2 / sxx) AS line_variance,
		-- of Student's t with 298 degrees of freedom, at 95 %
		1.6499829759 AS quantile
	FROM mean AS m JOIN (SELECT *, residual - s * inverse AS t FROM line) AS l USING (cohort)) AS e;

CREATE FUNCTION pg_temp.near(a float8, b float8) RETURNS boolean LANGUAGE SQL
	RETURN abs(a - b) <= 1e-8 * abs(b);

SELECT is(count(*) FILTER (WHERE pg_temp.near(slope(p.b), l.b)), 20::bigint, 'slope')
FROM part AS p JOIN line AS l USING (cohort);
SELECT is(count(*) FILTER (WHERE pg_temp.near(within_stddev(p.b), sqrt(s))), 20::bigint, 'within_stddev')
FROM part AS p JOIN line AS l USING (cohort);
SELECT is(count(*) FILTER (WHERE pg_temp.near(between_stddev(p.b), sqrt(residual - s * inverse))), 20::bigint, 'between_stddev')
FROM part AS p JOIN line AS l USING (cohort);

CREATE TEMP TABLE judged AS
SELECT b, e, followers, h.* FROM profile AS p JOIN part USING (cohort) JOIN by_hand AS h USING (id);
SELECT is(count(*) FILTER (WHERE pg_temp.near(expected_rate(b, followers), exp(expected))), 6000::bigint, 'expected_rate') FROM judged;
SELECT is(count(*) FILTER (WHERE pg_temp.near(shrunk_rate(b, e, followers), shrunk)), 6000::bigint, 'shrunk_rate') FROM judged;
SELECT is(count(*) FILTER (WHERE pg_temp.near(lift(b, e, followers), exp(above))), 6000::bigint, 'lift') FROM judged;
SELECT is(count(*) FILTER (WHERE pg_temp.near(rate_low(b, e, followers), exp(ln(shrunk) - quantile * deviation))), 6000::bigint, 'rate_low') FROM judged;
SELECT is(count(*) FILTER (WHERE pg_temp.near(rate_high(b, e, followers), exp(ln(shrunk) + quantile * deviation))), 6000::bigint, 'rate_high') FROM judged;
SELECT is(count(*) FILTER (WHERE pg_temp.near(rate_z(b, e, followers), off / sqrt(t + luck + line_variance))), 6000::bigint, 'rate_z') FROM judged;

-- Percentiles are those of a simulated cohort: uniform, in the order of lift
SELECT ok(abs(avg(pct) - 0.5) < 0.02 AND max(pct) <= 1 AND min(pct) >= 0 AND corr(pct, ln(lift)) > 0.9, 'rate_percentile')
FROM (SELECT rate_percentile(b, e, followers) AS pct, lift(b, e, followers) AS lift FROM judged) AS p;

-- Where profiles hardly differ, the estimate of T is often 0, and bounds rest on
-- the mean of a normal variable that is positive: here a sum over small steps.
CREATE TEMP TABLE alike AS
SELECT id, id / 50 AS cohort, x, avg(y) AS y, count(*) AS n, var_pop(y) * count(*) AS within, engagement(likes, 0, followers) AS e, followers
FROM (SELECT *, ln(followers) AS x, ln((likes + 0.5::float8) / followers) AS y
	FROM (SELECT id, followers, round(followers * exp(truth + 0.9 * pg_temp.normal()))::bigint AS likes
		FROM (SELECT id, 100000 + id * 777 AS followers, -2 - 0.2 * ln(100000 + id * 777) + 0.1 * pg_temp.normal() AS truth
			FROM generate_series(0, 999) AS id) AS p, generate_series(1, 3 + id % 4)) AS p) AS p
GROUP BY id, x, followers;

CREATE TEMP TABLE alike_line AS
SELECT l.*, t + h AS t_mean, greatest(t, 0) AS t_shown
FROM (SELECT *, residual - s * inverse AS t, residual * sqrt(2.0 / 48) AS d
	FROM (SELECT cohort, regr_slope(y, x) AS b, regr_intercept(y, x) AS a, avg(x) AS x, regr_sxx(y, x) AS sxx,
			(regr_syy(y, x) - regr_sxy(y, x) ^ 2 / regr_sxx(y, x)) / 48 AS residual,
			sum(within) / sum(n - 1) AS s, avg(1.0 / n) AS inverse
		FROM alike GROUP BY cohort) AS l) AS l,
	LATERAL (SELECT sum((v - t) * exp(-0.5 * ((v - t) / d) ^ 2)) / sum(exp(-0.5 * ((v - t) / d) ^ 2)) AS h
		FROM (SELECT (i + 0.5) * d / 500 AS v FROM generate_series(0, 5000) AS i) AS step) AS mean;

SELECT ok(count(*) FILTER (WHERE t < 0) > 2 AND count(*) FILTER (WHERE t > 0) > 2, 'T is estimated as 0 in some') FROM alike_line;
-- 1.6772242 is Student's t with 48 degrees of freedom, at 95 %
SELECT is(count(*) FILTER (WHERE abs(ln(high / low) / 2 / sqrt((1 - w) ^ 2 * (t_mean + line_variance) + w ^ 2 * luck) / 1.6772242 - 1) < 1e-4),
	1000::bigint, 'bounds where profiles hardly differ')
FROM (SELECT rate_low(bs.b, e, followers) AS low, rate_high(bs.b, e, followers) AS high, t_mean, s / n AS luck,
		t_shown / (t_shown + s / n) AS w, residual * (1.0 / 50 + (p.x - l.x) ^ 2 / sxx) AS line_variance
	FROM alike AS p JOIN alike_line AS l USING (cohort)
		JOIN (SELECT cohort, benchmark(e, followers) AS b FROM alike GROUP BY cohort) AS bs USING (cohort)) AS b;

-- One and two degrees of freedom: Student's t is 6.3137515 and 2.9199856
SELECT results_eq($$
	SELECT profiles, round((ln(rate_high(b, e, 1000) / rate_low(b, e, 1000)) / ln(rate_high(b, e, 1000, 0.5) / rate_low(b, e, 1000, 0.5)))::numeric, 6)
	FROM (SELECT n AS profiles, benchmark(e, 1000 * id) AS b
			FROM unnest('{3,4}'::integer[]) AS n, generate_series(1, n) AS id,
				LATERAL (SELECT engagement(10 * likes * (id % 2 + 1), 0, 1000 * id) AS e FROM unnest('{1,4,6}'::integer[]) AS likes) AS p
			GROUP BY n) AS b,
		(SELECT engagement(likes, 0, 1000) AS e FROM unnest('{30,50}'::bigint[]) AS likes) AS e
	ORDER BY profiles$$,
	$$VALUES (3, 6.313752), (4, round(2.91998558 / 0.81649658, 6))$$, 'bounds of three and four profiles');

-- What the model was drawn with is found, and bounds hold what they promise
SELECT ok(abs(slope(b) + 0.2) < 0.02 AND abs(between_stddev(b) - 0.8) < 0.03 AND abs(within_stddev(b) - 0.9) < 0.03, 'the model is found') FROM whole;
SELECT ok(avg((truth BETWEEN rate_low(b, e, followers) AND rate_high(b, e, followers))::integer) BETWEEN 0.88 AND 0.92, '90 % bounds')
FROM profile JOIN part USING (cohort) WHERE posts(e) >= 3 AND truth IS NOT NULL;

-- The same for profiles that differ less, in smaller cohorts
CREATE TEMP TABLE drawn AS
SELECT deviation, size, held
FROM (SELECT deviation, size, truth,
		exp(truth) BETWEEN rate_low(b, e, followers) AND rate_high(b, e, followers) AS held
	FROM (SELECT *, benchmark(e, followers) OVER (PARTITION BY deviation, size, id / size) AS b
		FROM (SELECT deviation, size, id, followers, truth,
				engagement(round(followers * exp(truth + 0.9 * pg_temp.normal()))::bigint, 0, followers) AS e
			FROM (SELECT *, -1.5 - 0.2 * ln(followers) + deviation * pg_temp.normal() AS truth
				FROM (SELECT deviation, size, id, round(exp(ln(100000) + random() * ln(100)))::bigint AS followers
					FROM unnest('{0.2,0.4,0.8}'::float8[]) AS deviation, unnest('{10,100}'::integer[]) AS size,
						generate_series(0, 5999) AS id) AS p) AS p, generate_series(1, 3 + id % 6)
			GROUP BY deviation, size, id, followers, truth) AS p) AS p) AS p;
SELECT is(array_agg(row(deviation, size, share)::text), NULL, '90 % bounds where luck is stronger')
FROM (SELECT deviation, size, round(avg(held::integer), 3) AS share FROM drawn GROUP BY deviation, size) AS d
WHERE share NOT BETWEEN 0.87 AND 0.95;

SELECT * FROM finish();
ROLLBACK;
