-- Do the bounds hold what they promise?  Draw cohorts from the model, and see
-- how often the bounds hold the profile's true rate.
--
--	dev/server.sh psql -qX -v profiles=60000 -f bench/coverage.sql
--
-- log rate = a + b log followers + u + e with b = -0.2, u ~ N(0, T), e ~ N(0,
-- 0.9^2), 1 to 12 posts, 1,000 to 10 million followers; likes are whole numbers.
-- Profiles are those of all cohorts of a size together.
\set ON_ERROR_STOP on
\pset footer off
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS influencer;

-- A standard normal number (Box and Muller).
CREATE FUNCTION pg_temp.normal() RETURNS float8 LANGUAGE SQL VOLATILE AS
	'SELECT sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())';
SELECT setseed(0.5) \g /dev/null

-- Few likes are no part of the model: half a like is what a post without any
-- counts.  So followers are times 100 here, which x takes as a larger a.
CREATE TEMP TABLE drawn AS
	SELECT deviation, id, followers, truth,
		engagement(round(100 * followers * exp(truth + 0.9 * pg_temp.normal()))::bigint, 0, 100 * followers) AS seen
	FROM (SELECT deviation, id, followers, 1 + floor(12 * random())::integer AS posts,
			-1.5 - 0.2 * ln(followers) + deviation * pg_temp.normal() AS truth
		FROM (SELECT deviation, id, round(exp(ln(1000) + random() * ln(10000)))::bigint AS followers
			FROM unnest('{0,0.1,0.2,0.3,0.4,0.6,0.8}'::float8[]) AS deviation,
				generate_series(0, :profiles - 1) AS id) AS p) AS p,
		LATERAL generate_series(1, posts)
	GROUP BY deviation, id, followers, truth;

CREATE TEMP TABLE judged AS
	SELECT deviation, size, confidence, posts(seen) AS posts,
		exp(truth) BETWEEN rate_low(normal, seen, followers, confidence)
			AND rate_high(normal, seen, followers, confidence) AS held
	FROM (SELECT deviation, size, seen, truth, followers,
			benchmark(seen, followers) OVER (PARTITION BY deviation, size, id / size) AS normal
		FROM drawn, unnest('{5,10,30,100,1000,10000}'::integer[]) AS size) AS d,
		unnest('{0.5,0.9,0.99}'::float8[]) AS confidence;

\echo 'Share of true rates that 90 % bounds hold, 3 and more posts, by the deviation'
\echo 'between profiles (rows) and the profiles of a cohort (columns)'
SELECT deviation, round(avg(held::integer) FILTER (WHERE size = 5), 3) AS "5",
	round(avg(held::integer) FILTER (WHERE size = 10), 3) AS "10",
	round(avg(held::integer) FILTER (WHERE size = 30), 3) AS "30",
	round(avg(held::integer) FILTER (WHERE size = 100), 3) AS "100",
	round(avg(held::integer) FILTER (WHERE size = 1000), 3) AS "1000",
	round(avg(held::integer) FILTER (WHERE size = 10000), 3) AS "10000"
FROM judged WHERE confidence = 0.9 AND posts >= 3 GROUP BY 1 ORDER BY 1;

\echo 'By posts and confidence, deviation 0.8'
SELECT size AS "profiles of a cohort", confidence,
	round(avg(held::integer) FILTER (WHERE posts < 3), 3) AS "held, 1 and 2 posts",
	round(avg(held::integer) FILTER (WHERE posts >= 3), 3) AS "3 and more",
	round(avg(held::integer) FILTER (WHERE posts BETWEEN 3 AND 5), 3) AS "3 to 5",
	round(avg(held::integer) FILTER (WHERE posts >= 9), 3) AS "9 to 12"
FROM judged WHERE deviation = 0.8 GROUP BY 1, 2 ORDER BY 1, 2;

\echo 'What all profiles together tell of b = -0.2, the deviation, and 0.9'
SELECT deviation, profiles(b), round(slope(b)::numeric, 4) AS slope,
	round(between_stddev(b)::numeric, 4) AS between_stddev,
	round(within_stddev(b)::numeric, 4) AS within_stddev
FROM (SELECT deviation, benchmark(seen, followers) AS b FROM drawn GROUP BY deviation) AS d ORDER BY 1;
