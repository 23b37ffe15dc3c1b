-- Benchmarks of random cohorts: the same bytes in any order and pieces, and the
-- figures that plain SQL computes; bounds that hold what they promise.
BEGIN;
SELECT plan(40);

-- Profiles drawn from the model: y = -1.5 - 0.2 x + u + e, u with deviation
-- 0.8, e with 0.9; a few without posts or followers.
SELECT setseed(0.75);
CREATE FUNCTION pg_temp.normal() RETURNS float8 LANGUAGE SQL VOLATILE AS
	'SELECT sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())';

CREATE TEMP TABLE post AS
SELECT id, followers, truth, round(100 * followers * exp(truth + 0.9 * pg_temp.normal()))::bigint AS likes
FROM (SELECT id, followers, 1 + floor(12 * random())::integer AS posts,
		-1.5 - 0.2 * ln(followers) + 0.8 * pg_temp.normal() AS truth
	FROM (SELECT id, round(exp(ln(1000) + random() * ln(10000)))::bigint AS followers
		FROM generate_series(1, 6000) AS id) AS p) AS p,
	LATERAL generate_series(1, posts);
CREATE TABLE profile WITH (parallel_workers = 3) AS
SELECT id, id % 20 AS cohort, followers, exp(truth) AS truth, engagement(likes, 0, 100 * followers) AS e
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
SELECT is(pg_temp.receive(substr(:'bytes'::bytea, 1, 2159)), '22P03', 'too short');
SELECT ok(bool_and(r = '22P03' OR (r ~ '^value' AND r !~* 'nan|infinity')), 'forged bytes are refused, or have figures')
FROM (SELECT pg_temp.receive(set_byte(:'bytes'::bytea, i, (get_byte(:'bytes'::bytea, i) + d) % 256)) AS r
	FROM generate_series(0, length(:'bytes'::bytea) - 1, 5) AS i, unnest('{1,255}'::integer[]) AS d) AS f;

-- Windows

SELECT is(count(*) FILTER (WHERE moved = afresh), count(*), 'frames that move')
FROM (SELECT id, benchmark(e, followers) OVER (ORDER BY id ROWS 19 PRECEDING) AS moved FROM profile) AS m
	JOIN LATERAL (SELECT benchmark(e, followers) AS afresh FROM profile AS p
		WHERE p.id BETWEEN m.id - 19 AND m.id) AS f ON true
WHERE m.id <= 300 OR m.id > 5990;
SELECT is(count(*) FILTER (WHERE moved = afresh), count(*), 'sums that move')
FROM (SELECT sum(b) OVER (ORDER BY cohort ROWS 1 PRECEDING) AS moved,
		lag(b, 1, 'profiles=0') OVER (ORDER BY cohort) + b AS afresh FROM part) AS p;

-- The model in plain SQL, per cohort.  Counts are so many here that their own
-- noise, which the benchmark takes off, hardly matters.

CREATE TEMP TABLE mean AS
SELECT id, id % 20 AS cohort, ln(followers) AS x, avg(y) AS y, count(*) AS n, var_pop(y) * count(*) AS within,
	round(256.0 * count(*) / (count(*) + 3))::float8 / 256 AS w
FROM (SELECT *, ln((likes + 0.5::float8) / (100 * followers)) AS y FROM post) AS p GROUP BY id, followers;

CREATE TEMP TABLE line AS
SELECT *, (q - s * (wn - 2 * wwn / w)) / (w - 2 * ww / w) AS t
FROM (SELECT c.*, sum(m.w * (y - my - b * (x - mx)) ^ 2) AS q
	FROM (SELECT cohort, sum(m.w) AS w, sum(m.w ^ 2) AS ww, sum(m.w / n) AS wn, sum(m.w ^ 2 / n) AS wwn, mx, my,
			sum(m.w * (x - mx) * (y - my)) / sum(m.w * (x - mx) ^ 2) AS b, sum(m.w * (x - mx) ^ 2) AS sxx,
			sum(within) / sum(n - 1) AS s, count(*) AS profiles
		FROM mean AS m JOIN (SELECT cohort, sum(w * x) / sum(w) AS mx, sum(w * y) / sum(w) AS my FROM mean GROUP BY cohort) AS center USING (cohort)
		GROUP BY cohort, mx, my) AS c JOIN mean AS m USING (cohort)
	GROUP BY c.cohort, c.w, c.ww, c.wn, c.wwn, c.mx, c.my, c.b, c.sxx, c.s, c.profiles) AS l;

CREATE TEMP TABLE by_hand AS
SELECT id, cohort, expected, expected + w * (y - expected) AS shrunk, t, y - expected AS off, s / n AS luck,
	w * s / n + (1 - w) ^ 2 * line_variance AS variance, line_variance
FROM (SELECT m.id, m.cohort, m.y, m.n, l.t, l.s, l.my + l.b * (m.x - l.mx) AS expected, t / (t + s / n) AS w,
		(l.ww * t + l.wwn * s) / l.w * (1 / l.w + (m.x - l.mx) ^ 2 / sxx) AS line_variance
	FROM mean AS m JOIN line AS l USING (cohort)) AS e;

CREATE FUNCTION pg_temp.near(a float8, b float8, tolerance float8) RETURNS boolean LANGUAGE SQL
	RETURN abs(a - b) <= tolerance;

SELECT is(count(*) FILTER (WHERE pg_temp.near(slope(p.b), l.b, 1e-6)), 20::bigint, 'slope')
FROM part AS p JOIN line AS l USING (cohort);
SELECT is(count(*) FILTER (WHERE pg_temp.near(within_stddev(p.b), sqrt(s), 1e-3)), 20::bigint, 'within_stddev')
FROM part AS p JOIN line AS l USING (cohort);
SELECT is(count(*) FILTER (WHERE pg_temp.near(between_stddev(p.b), sqrt(t), 1e-3)), 20::bigint, 'between_stddev')
FROM part AS p JOIN line AS l USING (cohort);

CREATE TEMP TABLE judged AS
SELECT b, e, followers, h.* FROM profile AS p JOIN part USING (cohort) JOIN by_hand AS h USING (id);
-- What S and T may be moves a shrunk rate by less than a tenth of its deviation.
SELECT is(count(*) FILTER (WHERE pg_temp.near(ln(expected_rate(b, followers)), expected, 1e-6)), 6000::bigint, 'expected_rate') FROM judged;
SELECT is(count(*) FILTER (WHERE pg_temp.near(ln(shrunk_rate(b, e, followers)), shrunk, 0.1 * sqrt(variance))), 6000::bigint, 'shrunk_rate') FROM judged;
SELECT is(count(*) FILTER (WHERE pg_temp.near(ln(lift(b, e, followers)), shrunk - expected, 0.1 * sqrt(variance))), 6000::bigint, 'lift') FROM judged;
SELECT is(count(*) FILTER (WHERE pg_temp.near(ln(rate_low(b, e, followers)), shrunk - 1.645 * sqrt(variance), 0.15 * sqrt(variance))), 6000::bigint, 'rate_low') FROM judged;
SELECT is(count(*) FILTER (WHERE pg_temp.near(ln(rate_high(b, e, followers)), shrunk + 1.645 * sqrt(variance), 0.15 * sqrt(variance))), 6000::bigint, 'rate_high') FROM judged;
SELECT is(count(*) FILTER (WHERE pg_temp.near(rate_z(b, e, followers), off / sqrt(t + luck + line_variance), 0.01)), 6000::bigint, 'rate_z') FROM judged;

-- Percentiles are those of a simulated cohort: uniform, in the order of lift
SELECT ok(abs(avg(pct) - 0.5) < 0.02 AND max(pct) <= 1 AND min(pct) >= 0 AND corr(pct, ln(lift)) > 0.9, 'rate_percentile')
FROM (SELECT rate_percentile(b, e, followers) AS pct, lift(b, e, followers) AS lift FROM judged) AS p;

-- A profile judged by the others
SELECT ok(bool_and(leave_out(b, e, followers) = others), 'leave_out')
FROM (SELECT b, e, followers, benchmark(e, followers) OVER (PARTITION BY cohort ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS others
	FROM profile JOIN part USING (cohort) WHERE cohort = 3) AS p WHERE posts(e) > 0;

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
				engagement(round(100 * followers * exp(truth + 0.9 * pg_temp.normal()))::bigint, 0, 100 * followers) AS e
			FROM (SELECT *, -1.5 - 0.2 * ln(followers) + deviation * pg_temp.normal() AS truth
				FROM (SELECT deviation, size, id, round(exp(ln(100000) + random() * ln(100)))::bigint AS followers
					FROM unnest('{0.2,0.4,0.8}'::float8[]) AS deviation, unnest('{10,100}'::integer[]) AS size,
						generate_series(0, 5999) AS id) AS p) AS p, generate_series(1, 3 + id % 6)
			GROUP BY deviation, size, id, followers, truth) AS p) AS p) AS p;
SELECT is(array_agg(row(deviation, size, share)::text), NULL, '90 % bounds where luck is stronger')
FROM (SELECT deviation, size, round(avg(held::integer), 3) AS share FROM drawn GROUP BY deviation, size) AS d
WHERE share NOT BETWEEN 0.87 AND 0.95;

-- Lost posts: a tenth is stored without interactions, and big profiles are ranked
-- as if these were not there
SELECT ok(abs((b::jsonb ->> 'lost_share')::float8 - 0.1) < 0.01 AND abs(within_stddev(b) - 0.9) < 0.03
		AND avg((truth BETWEEN rate_low(b, e, followers) AND rate_high(b, e, followers))::integer) BETWEEN 0.88 AND 0.92, 'lost posts')
FROM (SELECT *, benchmark(e, followers) OVER () AS b
	FROM (SELECT p.id, p.followers, exp(p.truth) AS truth, engagement(CASE WHEN random() < 0.1 THEN 0 ELSE likes END, 0, 100 * p.followers) AS e
		FROM post AS p GROUP BY p.id, p.followers, p.truth) AS p) AS q GROUP BY b;

-- Small counts: rates of .02 %, so that the small have mostly none
CREATE FUNCTION pg_temp.poisson(mean float8) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
	product float8 := random();
	k bigint := 0;
BEGIN
	IF mean > 30 THEN
		RETURN greatest(round(mean + sqrt(mean) * pg_temp.normal()), 0);
	END IF;
	WHILE product > exp(-mean) LOOP
		product := product * random();
		k := k + 1;
	END LOOP;
	RETURN k;
END $$;
CREATE TEMP TABLE few AS
SELECT id, followers, truth, engagement(pg_temp.poisson(followers * exp(truth + 0.9 * pg_temp.normal())), 0, followers) AS e
FROM (SELECT id, followers, 1 + id % 12 AS posts, ln(0.0002) - 0.2 * ln(followers / 10000.0) + 0.8 * pg_temp.normal() AS truth
	FROM (SELECT id, round(exp(ln(317) + random() * ln(10000)))::bigint AS followers FROM generate_series(1, 3000) AS id) AS p) AS p,
	generate_series(1, posts)
GROUP BY id, followers, truth;
CREATE TEMP TABLE few_judged AS
SELECT *, ln(shrunk_rate(b, e, followers)) AS shrunk,
	truth BETWEEN ln(rate_low(b, e, followers)) AND ln(rate_high(b, e, followers)) AS held
FROM (SELECT *, benchmark(e, followers) OVER () AS b FROM few) AS f;
SELECT ok(abs(slope(b) + 0.2) < 0.06, 'small counts: slope') FROM (SELECT b FROM few_judged LIMIT 1) AS f;
SELECT ok(avg(held::integer) BETWEEN 0.86 AND 0.94, 'small counts: bounds') FROM few_judged;
SELECT ok(abs(avg(shrunk - truth)) < 0.3 AND avg(held::integer) BETWEEN 0.84 AND 0.95, 'small counts: small profiles') FROM few_judged WHERE followers < 1466;
SELECT ok(corr(shrunk_rank, truth_rank) > corr(mean_rank, truth_rank) + 0.08, 'small counts: ranked better than by the mean')
FROM (SELECT rank() OVER (ORDER BY shrunk) AS shrunk_rank, rank() OVER (ORDER BY truth) AS truth_rank, rank() OVER (ORDER BY mean_rate(e)) AS mean_rank FROM few_judged) AS f;
SELECT ok(count(*) FILTER (WHERE shrunk > dead) > 150, 'a dead account with one follower is not near the top')
FROM few_judged, (SELECT ln(shrunk_rate(b, engagement, 1)) AS dead FROM (SELECT b FROM few_judged LIMIT 1) AS f,
	(SELECT engagement(0, 0, 1) FROM generate_series(1, 20)) AS d) AS d;

-- Nano accounts alone, with a mean of 3 interactions a post: no class has plenty.
CREATE TEMP TABLE nano AS
SELECT id, followers, truth, engagement(pg_temp.poisson(followers * exp(truth + 0.9 * pg_temp.normal())), 0, followers) AS e
FROM (SELECT id, followers, 1 + id % 12 AS posts, ln(0.03) - 0.2 * ln(followers / 100.0) + 0.8 * pg_temp.normal() AS truth
	FROM (SELECT id, round(exp(ln(10) + random() * ln(50)))::bigint AS followers FROM generate_series(1, 3000) AS id) AS p) AS p,
	generate_series(1, posts)
GROUP BY id, followers, truth;
CREATE TEMP TABLE nano_judged AS
SELECT *, ln(shrunk_rate(b, e, followers)) AS shrunk,
	truth BETWEEN ln(rate_low(b, e, followers)) AND ln(rate_high(b, e, followers)) AS held
FROM (SELECT *, benchmark(e, followers) OVER () AS b FROM nano) AS n;
SELECT ok(abs(slope(b) + 0.2) < 0.08 AND abs(between_stddev(b) - 0.8) < 0.08 AND abs(within_stddev(b) - 0.9) < 0.08,
	'nano accounts alone: what the cohort says') FROM (SELECT b FROM nano_judged LIMIT 1) AS n;
SELECT ok(avg(held::integer) BETWEEN 0.88 AND 0.92 AND count(held) = count(*), 'nano accounts alone: bounds') FROM nano_judged;

-- Cohorts of 8 with small counts: T may be large there, but not so large that
-- a profile without interactions has no rate at all; and a class of sizes
-- where nobody has any does not bend the line.
CREATE TEMP TABLE eights AS
SELECT truth, ln(shrunk_rate(b, e, followers)) AS shrunk,
	truth BETWEEN ln(rate_low(b, e, followers)) AND ln(rate_high(b, e, followers)) AS held
FROM (SELECT *, benchmark(e, followers) OVER (PARTITION BY id / 8) AS b FROM nano) AS n;
SELECT ok(sqrt(avg(power(shrunk - truth, 2))) < 0.75, 'small counts in cohorts of 8: shrunk rates are near') FROM eights;
SELECT ok(avg(held::integer) BETWEEN 0.87 AND 0.93, 'small counts in cohorts of 8: bounds') FROM eights;

-- Many posts of few interactions tell a profile better than a table's steps.
CREATE TEMP TABLE long_known AS
SELECT id, followers, truth, engagement(pg_temp.poisson(followers * exp(truth + 0.9 * pg_temp.normal())), 0, followers) AS e
FROM (SELECT id, 300 + 5 * id AS followers, ln(0.005) + 0.8 * pg_temp.normal() AS truth FROM generate_series(1, 60) AS id) AS p,
	generate_series(1, 1000)
GROUP BY id, followers, truth;
SELECT ok(avg((truth BETWEEN ln(rate_low(b, e, followers)) AND ln(rate_high(b, e, followers)))::integer) BETWEEN 0.83 AND 0.97,
	'many posts of few interactions: bounds')
FROM long_known, (SELECT benchmark(e, followers) AS b FROM long_known) AS n;

SELECT * FROM finish();
ROLLBACK;
