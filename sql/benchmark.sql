-- A cohort of six profiles; the same by hand in plain SQL

CREATE TABLE profile (id integer PRIMARY KEY, followers bigint, e engagement_summary);
INSERT INTO profile
SELECT id, followers, engagement(likes, 0, followers)
FROM (VALUES (1, 12000, '{600,800,500}'::bigint[]),
		(2, 20000, '{900,700,1500,650}'),
		(3, 35000, '{700}'),
		(4, 48000, '{2500,2100,2900,2600,9000}'),
		(5, 150000, '{3000,2500}'),
		(6, 900000, '{9000,11000,15000}')) AS p (id, followers, counts),
	unnest(counts) AS likes
GROUP BY id, followers;

CREATE TABLE fit AS SELECT benchmark(e, followers) AS b FROM profile;

SELECT profiles(b), round(slope(b)::numeric, 8) AS slope,
	round(between_stddev(b)::numeric, 8) AS between_stddev,
	round(within_stddev(b)::numeric, 8) AS within_stddev,
	round(expected_rate(b, 30000)::numeric, 8) AS expected
FROM fit;

-- The line by hand: each profile with the weight n / (n + 3), in 1/256
WITH post (id, followers, y) AS (
	VALUES (1, 12000, ln(600.5 / 12000)), (1, 12000, ln(800.5 / 12000)), (1, 12000, ln(500.5 / 12000)),
		(2, 20000, ln(900.5 / 20000)), (2, 20000, ln(700.5 / 20000)), (2, 20000, ln(1500.5 / 20000)),
		(2, 20000, ln(650.5 / 20000)), (3, 35000, ln(700.5 / 35000)), (4, 48000, ln(2500.5 / 48000)),
		(4, 48000, ln(2100.5 / 48000)), (4, 48000, ln(2900.5 / 48000)), (4, 48000, ln(2600.5 / 48000)),
		(4, 48000, ln(9000.5 / 48000)), (5, 150000, ln(3000.5 / 150000)), (5, 150000, ln(2500.5 / 150000)),
		(6, 900000, ln(9000.5 / 900000)), (6, 900000, ln(11000.5 / 900000)), (6, 900000, ln(15000.5 / 900000))),
mean AS (
	SELECT id, ln(followers::numeric) AS x, avg(y) AS y, round(256.0 * count(*) / (count(*) + 3)) AS w
	FROM post GROUP BY id, followers),
center AS (SELECT sum(w * x) / sum(w) AS x, sum(w * y) / sum(w) AS y FROM mean),
line AS (
	SELECT sum(w * (m.x - c.x) * (m.y - c.y)) / sum(w * (m.x - c.x) ^ 2) AS b
	FROM mean AS m, center AS c)
SELECT round(b, 8) AS slope, round(exp(y + b * (ln(30000.0) - x)), 8) AS expected FROM line, center;

SELECT id, round(typical_rate(e)::numeric, 6) AS typical,
	round(shrunk_rate(b, e, followers)::numeric, 6) AS shrunk,
	round(rate_low(b, e, followers)::numeric, 6) AS low,
	round(rate_high(b, e, followers)::numeric, 6) AS high,
	round(lift(b, e, followers)::numeric, 6) AS lift,
	round(rate_percentile(b, e, followers)::numeric, 6) AS percentile,
	round(rate_z(b, e, followers)::numeric, 6) AS z
FROM profile, fit ORDER BY id;

-- Mean rates over typical ones, of profiles with two posts, by class of exposure,
-- and times the mean log: in units of 2^-16, and 2^-32 with 64 added.
SELECT class, weight = sum(w) AS weight, abs(posts / sum(w / posts(e)) / 65536 - 1) < 1e-4 AS posts, abs(excess / sum(w * ln(ratio)) / 65536 - 1) < 1e-3 AS excess, abs(ratios / sum(w * ratio) / 65536 - 1) < 1e-4 AS ratios,
	abs(ratio_rates / sum(w * ratio * (ln(typical_rate(e)) + 64)) / 65536 / 4294967296 - 1) < 1e-4 AS ratio_rates
FROM (SELECT e, CASE WHEN followers < 32768 THEN 3 WHEN followers < 262144 THEN 4 ELSE 5 END AS class, round(256.0 * posts(e) / (posts(e) + 3)) AS w,
		mean_rate(e) / typical_rate(e) AS ratio FROM profile WHERE posts(e) > 1) AS p, fit,
	LATERAL (SELECT (regexp_match(b::text, format('ratio_weight_%s=(\d+)', class)))[1]::numeric AS weight, (regexp_match(b::text, format('ratio_posts_%s=(\d+)', class)))[1]::float8 AS posts,
		(regexp_match(b::text, format('excess_%s=(\d+)', class)))[1]::float8 AS excess, (regexp_match(b::text, format(',ratios_%s=(\d+)', class)))[1]::float8 AS ratios,
		(regexp_match(b::text, format('ratio_rates_%s=(\d+)', class)))[1]::float8 AS ratio_rates) AS s
GROUP BY class, weight, posts, excess, ratios, ratio_rates ORDER BY class;

-- As a window, and merged from parts
SELECT bool_and(w = b) AS window FROM fit, (SELECT benchmark(e, followers) OVER () AS w FROM profile) AS p;
SELECT sum(part) = b AS merged FROM fit, (
	SELECT benchmark(e, followers) AS part FROM profile GROUP BY id % 2) AS p GROUP BY b;
SELECT b - benchmark(e, followers) FILTER (WHERE id < 4) = benchmark(e, followers) FILTER (WHERE id >= 4) AS "without some"
FROM fit, profile GROUP BY b;
SELECT b = b::text::engagement_benchmark AS text, b FROM fit;

SELECT b::jsonb ?& '{profiles,typical_followers,typical_rate,slope,between_stddev,within_stddev}' AS keys,
	b::jsonb -> 'typical_followers' AS followers FROM fit;

-- A profile without posts is what its size is
SELECT shrunk_rate(b, e, followers) = expected_rate(b, followers) AS expected, lift(b, e, followers),
	rate_percentile(b, e, followers), rate_z(b, e, followers),
	rate_low(b, e, followers) < expected_rate(b, followers) AS low,
	rate_high(b, e, followers) > expected_rate(b, followers) AS high
FROM fit, (VALUES ('posts=0,hidden_posts=3'::engagement_summary, 30000)) AS p (e, followers);

-- NULL, no followers, negative ones
SELECT expected_rate(b, 0), expected_rate(b, NULL), shrunk_rate(b, e, 0), shrunk_rate(b, NULL, 30000),
	rate_low(b, e, 30000, NULL), lift(NULL, e, 30000)
FROM fit, profile WHERE id = 1;
SELECT expected_rate(b, -1) FROM fit;
SELECT shrunk_rate(b, e, -1) FROM fit, profile WHERE id = 1;
SELECT benchmark(e, -followers) FROM profile WHERE id = 1;

-- Bounds need a confidence between 0 and 1, and grow with it
SELECT rate_low(b, e, followers, 0) FROM fit, profile;
SELECT rate_high(b, e, followers, 1) FROM fit, profile;
SELECT rate_low(b, e, followers, 90) FROM fit, profile;
SELECT rate_low(b, e, followers, 'NaN') FROM fit, profile;
SELECT confidence, round(rate_low(b, e, followers, confidence)::numeric, 6) AS low,
	round(rate_high(b, e, followers, confidence)::numeric, 6) AS high
FROM fit, profile, unnest('{1e-300,0.5,0.9,0.999}'::float8[]) AS confidence
WHERE id = 1 ORDER BY confidence;
SELECT rate_low(b, e, followers, c) BETWEEN 1e-20 AND 0.02 AS low, rate_high(b, e, followers, c) BETWEEN 0.15 AND 1e20 AS high
FROM fit, profile, (SELECT 0.9999999999999999::float8) AS near_one (c)
WHERE id = 4;

-- Cohorts that say little.  An empty one says nothing.

CREATE FUNCTION figures(b engagement_benchmark, e engagement_summary, followers bigint,
	OUT n bigint, OUT slope numeric, OUT "between" numeric, OUT within numeric,
	OUT expected numeric, OUT shrunk numeric, OUT low numeric, OUT high numeric,
	OUT lift numeric, OUT pct numeric, OUT z numeric)
LANGUAGE SQL RETURN (profiles(b), round(slope(b)::numeric, 3), round(between_stddev(b)::numeric, 3),
	round(within_stddev(b)::numeric, 3), round(expected_rate(b, followers)::numeric, 4),
	round(shrunk_rate(b, e, followers)::numeric, 4), round(rate_low(b, e, followers)::numeric, 4),
	round(rate_high(b, e, followers)::numeric, 4), round(lift(b, e, followers)::numeric, 3),
	round(rate_percentile(b, e, followers)::numeric, 3), round(rate_z(b, e, followers)::numeric, 3));

SELECT f.* FROM profile, figures('profiles=0', e, followers) AS f WHERE id = 4;
SELECT benchmark(e, followers), sum(b) FROM (SELECT e, followers, 'profiles=0'::engagement_benchmark AS b FROM profile WHERE false) AS p;
SELECT benchmark(e, followers)::jsonb FROM profile WHERE false;
-- left out: nothing known, no followers, no usable post
SELECT benchmark(e, followers) FROM (VALUES (NULL::engagement_summary, 100::bigint),
	('posts=0', 100), (NULL, NULL), ('posts=0,hidden_posts=5', 0)) AS p (e, followers);
SELECT benchmark(e, NULL) = 'profiles=0' AS unknown, benchmark(e, 0) = 'profiles=0' AS none FROM profile;
-- one profile, judged itself and another
SELECT f.* FROM profile AS p, (SELECT benchmark(e, followers) AS b FROM profile WHERE id = 4) AS one,
	figures(b, e, followers) AS f WHERE p.id IN (3, 4) ORDER BY id;
-- two: no slope
SELECT f.* FROM profile AS p, (SELECT benchmark(e, followers) AS b FROM profile WHERE id IN (4, 6)) AS two,
	figures(b, e, followers) AS f ORDER BY id;
-- three, all with the same followers: no slope
SELECT f.* FROM profile AS p, (SELECT benchmark(e, 1000) AS b FROM profile WHERE id <= 3) AS same,
	figures(b, e, followers) AS f ORDER BY id;
-- followers that differ by rounding only: no slope
SELECT slope(benchmark(e, 9223372036854775807 - id)), slope(benchmark(e, 1000000000000 + id)) FROM profile;
-- one post each: luck and merit can't be told apart
WITH single AS (SELECT id, followers, engagement(id * 100, 0, 10000) AS e FROM profile GROUP BY id)
SELECT f.* FROM single, (SELECT benchmark(e, followers) AS b FROM single) AS bs, figures(b, e, followers) AS f ORDER BY id;
-- no variance at all, within or between
WITH equal AS (SELECT id, 1000::bigint AS followers, engagement(50, 0, 1000) AS e
	FROM generate_series(1, 5) AS id, generate_series(1, 4) GROUP BY id)
SELECT DISTINCT f.* FROM equal, (SELECT benchmark(e, followers) AS b FROM equal) AS bs, figures(b, e, followers) AS f;
-- profiles that differ, posts that don't: one post says all
WITH firm AS (SELECT id, 1000::bigint AS followers, engagement(id * 10, 0, 1000) AS e
	FROM generate_series(1, 5) AS id, generate_series(1, 2) GROUP BY id)
SELECT f.* FROM firm, (SELECT benchmark(e, followers) AS b FROM firm) AS bs, figures(b, e, followers) AS f ORDER BY id;
-- neither differs within the cohort: it takes all profiles for alike
WITH firm AS (SELECT id, engagement(id * 10, 0, 1000) AS e
	FROM generate_series(1, 5) AS id, generate_series(1, 2) GROUP BY id)
SELECT id, rate_percentile(b, e, 1000) FROM firm,
	(SELECT benchmark(e, 1000) AS b FROM firm, generate_series(1, 4) WHERE id = 3) AS bs ORDER BY id;
-- posts that differ, profiles that don't: all are what is expected
WITH noisy AS (SELECT id, 1000::bigint AS followers, engagement(likes, 0, 1000) AS e
	FROM generate_series(1, 5) AS id, unnest('{10,100,40}'::bigint[]) AS likes GROUP BY id)
SELECT DISTINCT f.* FROM noisy, (SELECT benchmark(e, followers) AS b FROM noisy) AS bs, figures(b, e, followers) AS f;
-- lines that lead anywhere end at rates that can be
WITH steep AS (SELECT i, 1000000 + i * 10 AS followers, engagement(1000 * power(50, i)::bigint, 0, 1000000) AS e
	FROM generate_series(0, 2) AS i, generate_series(1, 2) GROUP BY i)
SELECT round(slope(b)) AS slope, expected_rate(b, 1) > 0 AS positive, expected_rate(b, 9223372036854775807) < 'Infinity' AS finite,
	lift(b, e, 9223372036854775807) > 0 AS lift, rate_low(b, e, 1) > 0 AS low, rate_high(b, e, 9223372036854775807) < 'Infinity' AS high
FROM (SELECT benchmark(e, followers) AS b FROM steep) AS bs, profile WHERE id = 1;

-- Arithmetic that can't be
SELECT benchmark(e, followers) - b FROM fit, profile WHERE id < 4 GROUP BY b;
SELECT 'profiles=0'::engagement_benchmark - b FROM fit;

-- A member of a small cohort hides itself: bought likes, 100 times as many, of one among 8
CREATE TABLE eight AS SELECT id, followers, engagement(likes * CASE WHEN id = 5 THEN 100 ELSE 1 END, 0, followers) AS e
FROM (SELECT id, 10000 * id AS followers, 300 * id + 20 * id * post * (1 + id % 2) AS likes FROM generate_series(1, 8) AS id, generate_series(1, 5) AS post) AS p
GROUP BY id, followers;
SELECT rate_z(b, e, followers) < 3 AS "with itself", rate_z(leave_out(b, e, followers), e, followers) > 10 AS "against the others",
	leave_out(b, e, followers) = others AS exact, leave_out(b, 'posts=0', followers) = b AS none, leave_out(b, e, 0) = b AS no_size
FROM eight, (SELECT benchmark(e, followers) AS b, benchmark(e, followers) FILTER (WHERE id <> 5) AS others FROM eight) AS bs WHERE id = 5;
SELECT leave_out(benchmark(e, followers), 'posts=0', -1) FROM eight;
SELECT leave_out(b, engagement(7, 0, 100), 100) FROM (SELECT benchmark(e, followers) AS b FROM eight) AS bs GROUP BY b;
DROP TABLE eight;

-- Averages: ranked where the spread of posts is known from others, or assumed
CREATE TABLE stored AS SELECT id, followers, engagement_from_averages(10, likes, 2, followers) AS e
FROM (VALUES (1, 10000, 300), (2, 20000, 1300), (3, 40000, 900), (4, 80000, 1500), (5, 160000, 9000)) AS p (id, followers, likes);
SELECT f.* FROM stored, (SELECT benchmark(e, followers) AS b FROM stored) AS bs, figures(b, e, followers) AS f ORDER BY id;
SELECT f.* FROM stored, (SELECT assume_within(benchmark(e, followers), 0.9) AS b FROM stored) AS bs, figures(b, e, followers) AS f ORDER BY id;
SELECT f.* FROM stored, (SELECT benchmark(e, followers) + b AS b FROM stored, fit GROUP BY fit.b) AS bs, figures(b, e, followers) AS f ORDER BY id;
SELECT within_stddev(assume_within(b, 0.5)), within_stddev(assume_within(b, 0)), within_stddev(assume_within(b, 0.5) + b) FROM fit;
SELECT assume_within(b, -1) FROM fit;
SELECT assume_within(b, 'NaN') FROM fit;
SELECT assume_within(b, 11) FROM fit;
DROP TABLE stored;

-- One line for a client, with the numbers of the other functions
SELECT rate_explanation(b, e, followers) FROM fit, profile WHERE id IN (3, 4) ORDER BY id;
SELECT rate_explanation(b, e, 30000) FROM fit, (VALUES (1, 'posts=0,hidden_posts=3'::engagement_summary), (2, engagement_from_averages(10, 300, 2, 30000)),
	(3, 'posts=0')) AS p (n, e) ORDER BY n;
SELECT rate_explanation(b, e, followers) FROM profile, (SELECT benchmark(e, followers) AS b FROM profile WHERE id = 4) AS one WHERE id = 3;
SELECT rate_explanation(b, e, 0), rate_explanation('profiles=0', e, 1), rate_explanation(b, NULL, 1) FROM fit, profile WHERE id = 3;
SELECT rate_explanation(b, e, -1) FROM fit, profile WHERE id = 3;

-- What is not a benchmark
SELECT ''::engagement_benchmark;
SELECT 'profiles=0,zeros_1=1'::engagement_benchmark;
SELECT 'profiles=1'::engagement_benchmark;
SELECT 'profiles=0,assumed_within=1'::engagement_benchmark;
SELECT regexp_replace(b::text, 'y_3=\d+', 'y_3=1')::engagement_benchmark FROM fit;
SELECT regexp_replace(b::text, 'xx_3=\d+', 'xx_3=1')::engagement_benchmark FROM fit;
SELECT regexp_replace(b::text, 'weight_3=\d+', 'weight_3=1')::engagement_benchmark FROM fit;
SELECT regexp_replace(b::text, ',posts_3=\d+', ',posts_3=1')::engagement_benchmark FROM fit;
SELECT regexp_replace(b::text, 'active_3=\d+', 'active_3=0')::engagement_benchmark FROM fit;
SELECT regexp_replace(b::text, '^profiles=\d+', 'profiles=99')::engagement_benchmark FROM fit;
SELECT regexp_replace(b::text, ',ratios_3=\d+', ',ratios_3=99')::engagement_benchmark FROM fit;
SELECT regexp_replace(b::text, ',ratios_3=\d+', ',ratios_3=9999999999')::engagement_benchmark FROM fit;
SELECT regexp_replace(b::text, 'excess_3=\d+', 'excess_3=9999999999')::engagement_benchmark FROM fit;
SELECT regexp_replace(b::text, 'ratio_rates_3=\d+', 'ratio_rates_3=1')::engagement_benchmark FROM fit;
SELECT regexp_replace(b::text, 'ratio_weight_3=\d+', 'ratio_weight_3=1')::engagement_benchmark FROM fit;
SELECT regexp_replace(b::text, 'ratio_posts_3=\d+', 'ratio_posts_3=99999999999')::engagement_benchmark FROM fit;

-- Operators change none of their arguments; transition functions are for aggregates only
SELECT profiles(b + b), profiles(b - b), profiles(b) FROM fit;
SELECT benchmark_accum(b, e, followers) FROM fit, profile WHERE id = 1;
SELECT profiles(b) FROM fit;

SELECT typlen, typalign, typstorage FROM pg_type WHERE typname = 'engagement_benchmark';
SELECT count(*) FROM fit AS x JOIN fit AS y USING (b);
DROP TABLE fit, profile;
DROP FUNCTION figures;
