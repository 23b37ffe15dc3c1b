-- How often the bounds of a common rate ratio hold.
-- usage: dev/server.sh psql -qXAt -f bench/coverage_common.sql
--
-- 400 cohorts of each kind: profiles whose true log ratios are normal about ln(1.5), with 2 to MOST posts on either side, log-normal
-- rates of a spread that differs by profile, and whole counts.

SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS influencer;
SELECT setseed(.5);
CREATE FUNCTION pg_temp.normal() RETURNS float8 LANGUAGE SQL VOLATILE AS $$ SELECT sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()) $$;
CREATE TEMP TABLE cohort AS
SELECT row_number() OVER () AS cohort, size, between_stddev, most
FROM unnest('{3,10,40}'::integer[]) AS size, unnest('{0,0.3}'::float8[]) AS between_stddev, unnest('{5,30}'::integer[]) AS most, generate_series(1, 400);
CREATE TEMP TABLE member AS
SELECT cohort, p, ln(1.5) + between_stddev * pg_temp.normal() AS ratio, exp(ln(.6) + .3 * pg_temp.normal()) AS within, 200 * exp(pg_temp.normal()) AS level,
	2 + floor(random() * (most - 1))::integer AS a, 2 + floor(random() * (most - 1))::integer AS b
FROM cohort, generate_series(1, size) AS p;
CREATE TEMP TABLE pair AS
SELECT cohort, engagement(likes, 0, 10000) FILTER (WHERE i <= a) AS a, engagement(likes, 0, 10000) FILTER (WHERE i > a) AS b
FROM (SELECT *, (level * exp(CASE WHEN i <= a THEN ratio ELSE 0 END + within * pg_temp.normal()))::bigint AS likes FROM member, generate_series(1, a + b) AS i) AS post
GROUP BY cohort, p;
SELECT format('%s profiles, %s between them, 2 to %s posts: 90 %% bounds hold %s of the time, median of high / low %s, bias %s', size, between_stddev, most,
	round(avg((low <= 1.5 AND high >= 1.5)::integer), 3), round((percentile_cont(.5) WITHIN GROUP (ORDER BY high / low))::numeric, 2),
	round(avg(ln(ratio / 1.5))::numeric, 3))
FROM cohort JOIN (SELECT cohort, rate_ratio(c) AS ratio, rate_ratio_low(c) AS low, rate_ratio_high(c) AS high
	FROM (SELECT cohort, common_rate_ratio(a, b) AS c FROM pair GROUP BY cohort) AS s) AS r USING (cohort)
GROUP BY size, between_stddev, most ORDER BY 1;
