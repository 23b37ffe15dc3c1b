-- Do the bounds hold what they promise?  Draw cohorts from the model, and see
-- how often the bounds hold the profile's true rate.
--
--	dev/server.sh psql -qX -v profiles=200000 -f bench/coverage.sql
--
-- log rate = a + b log followers + u + e with b = -0.2, u ~ N(0, 0.8^2),
-- e ~ N(0, 0.9^2), 1 to 12 posts, 1,000 to 10 million followers; likes are whole
-- numbers.  Profiles are the cohorts' together.
\set ON_ERROR_STOP on
\pset footer off
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS influencer;

-- A standard normal number (Box and Muller).
CREATE FUNCTION pg_temp.normal() RETURNS float8 LANGUAGE SQL VOLATILE AS
	'SELECT sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())';
SELECT setseed(0.5) \g /dev/null

CREATE TEMP TABLE drawn AS
	SELECT id, followers, truth,
		engagement(round(followers * exp(truth + 0.9 * pg_temp.normal()))::bigint, 0, followers) AS seen
	FROM (SELECT id, followers, 1 + floor(12 * random())::integer AS posts,
			-1.5 - 0.2 * ln(followers) + 0.8 * pg_temp.normal() AS truth
		FROM (SELECT id, round(exp(ln(1000) + random() * ln(10000)))::bigint AS followers
			FROM generate_series(1, :profiles) AS id) AS p) AS p,
		LATERAL generate_series(1, posts)
	GROUP BY id, followers, truth;

CREATE TEMP TABLE judged AS
	SELECT cohort, confidence, posts(seen) AS posts,
		exp(truth) BETWEEN rate_low(normal, seen, followers, confidence)
			AND rate_high(normal, seen, followers, confidence) AS held,
		exp(truth) < rate_low(normal, seen, followers, confidence) AS below
	FROM (SELECT cohort, seen, truth, followers,
			benchmark(seen, followers) OVER (PARTITION BY cohort, id / cohort) AS normal
		FROM drawn, unnest('{10,30,100,1000,100000}'::integer[]) AS cohort) AS d,
		unnest('{0.5,0.9,0.99}'::float8[]) AS confidence;

SELECT cohort AS "profiles of a cohort", confidence,
	round(avg(held::integer) FILTER (WHERE posts < 3), 4) AS "held, 1 and 2 posts",
	round(avg(held::integer) FILTER (WHERE posts >= 3), 4) AS "3 and more",
	round(avg(held::integer) FILTER (WHERE posts BETWEEN 3 AND 5), 4) AS "3 to 5",
	round(avg(held::integer) FILTER (WHERE posts >= 9), 4) AS "9 to 12",
	round(avg(below::integer) FILTER (WHERE posts >= 3), 4) AS "below, 3 and more"
FROM judged GROUP BY 1, 2 ORDER BY 1, 2;

SELECT profiles(b), round(slope(b)::numeric, 4) AS slope,
	round(between_stddev(b)::numeric, 4) AS between_stddev,
	round(within_stddev(b)::numeric, 4) AS within_stddev
FROM (SELECT benchmark(seen, followers) AS b FROM drawn OFFSET 0) AS d;
