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
SET jit = off;
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

\echo Share of true rates that 90 % bounds hold, 3 and more posts, by the deviation between profiles (rows) and the profiles of a cohort (columns)
\echo
SELECT deviation, round(avg(held::integer) FILTER (WHERE size = 5), 3) AS "5",
	round(avg(held::integer) FILTER (WHERE size = 10), 3) AS "10",
	round(avg(held::integer) FILTER (WHERE size = 30), 3) AS "30",
	round(avg(held::integer) FILTER (WHERE size = 100), 3) AS "100",
	round(avg(held::integer) FILTER (WHERE size = 1000), 3) AS "1,000",
	round(avg(held::integer) FILTER (WHERE size = 10000), 3) AS "10,000"
FROM judged WHERE confidence = 0.9 AND posts >= 3 GROUP BY 1 ORDER BY 1;

\echo
\echo By posts and confidence, with a deviation of .8
\echo
SELECT size AS "profiles of a cohort", confidence,
	round(avg(held::integer) FILTER (WHERE posts < 3), 3) AS "held, 1 and 2 posts",
	round(avg(held::integer) FILTER (WHERE posts >= 3), 3) AS "3 and more",
	round(avg(held::integer) FILTER (WHERE posts BETWEEN 3 AND 5), 3) AS "3 to 5",
	round(avg(held::integer) FILTER (WHERE posts >= 9), 3) AS "9 to 12"
FROM judged WHERE deviation = 0.8 GROUP BY 1, 2 ORDER BY 1, 2;

\echo
\echo Where the deviation within profiles, .9, rests on few spare posts: 40,000 profiles, deviation .8, one post each, but so many profiles have two
\echo
SELECT profiles, round(avg(held::integer) FILTER (WHERE spare = 1), 3) AS "1 spare post", round(avg(held::integer) FILTER (WHERE spare = 2), 3) AS "2",
	round(avg(held::integer) FILTER (WHERE spare = 3), 3) AS "3", round(avg(held::integer) FILTER (WHERE spare = 5), 3) AS "5",
	round(avg(held::integer) FILTER (WHERE spare = 10), 3) AS "10"
FROM (SELECT profiles, spare, exp(truth) BETWEEN rate_low(b, e, followers) AND rate_high(b, e, followers) AS held
	FROM (SELECT *, benchmark(e, followers) OVER (PARTITION BY profiles, spare, cohort) AS b
		FROM (SELECT profiles, spare, cohort, id, followers, truth,
				engagement(round(100 * followers * exp(truth + 0.9 * pg_temp.normal()))::bigint, 0, 100 * followers) AS e
			FROM (SELECT *, -1.5 - 0.2 * ln(followers) + 0.8 * pg_temp.normal() AS truth
				FROM (SELECT profiles, spare, cohort, id, round(exp(ln(1000) + random() * ln(10000)))::bigint AS followers
					FROM unnest('{10,30,100}'::integer[]) AS profiles, unnest('{1,2,3,5,10}'::integer[]) AS spare,
						generate_series(1, 40000 / profiles) AS cohort, generate_series(1, profiles) AS id) AS p) AS p,
				generate_series(1, CASE WHEN id <= spare THEN 2 ELSE 1 END)
			GROUP BY profiles, spare, cohort, id, followers, truth) AS p) AS p) AS p
GROUP BY profiles ORDER BY profiles;

\echo
\echo What all profiles together tell of the slope, -.2, the deviation between, and that within, .9
\echo
SELECT deviation, profiles(b), round(slope(b)::numeric, 4) AS slope,
	round(between_stddev(b)::numeric, 4) AS between_stddev,
	round(within_stddev(b)::numeric, 4) AS within_stddev
FROM (SELECT deviation, benchmark(seen, followers) AS b FROM drawn GROUP BY deviation) AS d ORDER BY 1;
