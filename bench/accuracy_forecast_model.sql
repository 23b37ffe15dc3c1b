-- Do forecasts hold where the truth is the model, and where it is not?
--
--	dev/server.sh psql -qX -v seeds=5 -f bench/accuracy_forecast_model.sql
--
-- Cohorts of 3,000 profiles with 317 to 3 million followers.  A profile has the
-- log rate log(base) - .2 log(followers / 10,000) + .8 u; a post's interactions
-- are Poisson with mean followers * exp(that + e).  e has the deviation .9, or
-- one from .5 to 1.3 that differs by profile; it is normal, or skewed: a gamma
-- variable with skewness 1; or its deviation and skewness fall with followers.  Half of the profiles have 12 posts
-- that are summed up, half 1 to 8; eleven more are foretold, the first alone and
-- the others together, and a post of ten profiles each.
\set ON_ERROR_STOP on
\pset footer off
SET client_min_messages = warning;
SET jit = off;
CREATE EXTENSION IF NOT EXISTS influencer;

-- A standard normal number (Box and Muller), and a gamma variable of a whole
-- number of exponential ones, with mean 0 and variance 1.
CREATE FUNCTION pg_temp.normal() RETURNS float8 LANGUAGE SQL VOLATILE AS
	'SELECT sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())';
CREATE FUNCTION pg_temp.gamma(shape integer) RETURNS float8 LANGUAGE SQL VOLATILE AS
	'SELECT (sum(-ln(1 - random())) - shape) / sqrt(shape) FROM generate_series(1, shape)';
CREATE FUNCTION pg_temp.chance(mean float8) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
	product float8 := random();
	k bigint := 0;
BEGIN
	IF mean > 40 THEN
		RETURN greatest(round(mean + sqrt(mean) * pg_temp.normal()), 0);
	END IF;
	WHILE product > exp(-mean) LOOP
		product := product * random();
		k := k + 1;
	END LOOP;
	RETURN k;
END $$;

CREATE TEMP TABLE regime (number integer, name text, base float8, differ boolean, skewed boolean, by_size boolean);
INSERT INTO regime VALUES (1, 'rate 3 %', .03, false, false, false), (2, 'rate .1 %', .001, false, false, false),
	(3, 'rate 3 %, variances differ', .03, true, false, false), (4, 'rate 3 %, skewed', .03, false, true, false),
	(5, 'rate 3 %, less variance and skewness of big profiles', .03, false, true, true);

SELECT setseed(.25) \g /dev/null
CREATE TEMP TABLE profile AS
	SELECT number AS regime, seed, id, followers, id % 2 = 0 AS many, CASE WHEN id % 2 = 0 THEN 12 ELSE 1 + id / 2 % 8 END AS posts,
		followers * exp(ln(base) - .2 * ln(followers / 10000.0) + .8 * pg_temp.normal()) AS mean, skewed,
		CASE WHEN by_size THEN .9 - .06 * ln(followers / 10000.0)
			WHEN differ THEN .5 + .8 * random() ELSE .9 END AS deviation,
		CASE WHEN by_size THEN least(.8, greatest(0, .5 - .1 * ln(followers / 10000.0))) ELSE 1 END AS skew
	FROM regime, generate_series(1, :seeds) AS seed, generate_series(1, 3000) AS id,
		LATERAL (SELECT round(exp(ln(317) + random() * ln(3e6 / 317)) + 0 * id)::bigint AS followers) AS f;
CREATE TEMP TABLE post AS
	SELECT regime, seed, id, many, followers, posts, place, pg_temp.chance(mean * exp(deviation *
			CASE WHEN skewed THEN skew * pg_temp.gamma(4) + sqrt(1 - skew * skew) * pg_temp.normal() ELSE pg_temp.normal() END)) AS n
	FROM profile, generate_series(1, posts + 11) AS place;
CREATE TEMP TABLE seen AS
	SELECT regime, seed, id, many, followers, engagement(n, 0, followers) FILTER (WHERE place <= posts) AS e,
		sum(n) FILTER (WHERE place = posts + 1)::float8 AS one, sum(n) FILTER (WHERE place > posts + 1)::float8 AS ten
	FROM post GROUP BY regime, seed, id, many, followers;
CREATE TEMP TABLE norm AS SELECT regime, seed, benchmark(e, followers) AS b FROM seen GROUP BY regime, seed;
ANALYZE;

CREATE TEMP TABLE foretold AS
	SELECT regime, many, what, w.f, w.half, w.came, w.weight
	FROM (SELECT s.*, forecast(b, e, followers, 1) AS f, forecast(b, e, followers, 1, .5) AS half,
				forecast(b, e, followers, 10) AS ten_f, forecast(b, e, followers, 10, .5) AS ten_half, followers * expected_rate(b, followers) AS usual
			FROM seen AS s JOIN norm USING (regime, seed)) AS s,
		LATERAL (VALUES (1, f, half, one, 1 / usual), (2, ten_f, ten_half, ten, 1 / usual)) AS w (what, f, half, came, weight)
	UNION ALL
	SELECT regime, many, 3, campaign_forecast(b, e, followers, 1), campaign_forecast(b, e, followers, 1, .5), sum(one), 1 / sum(followers * expected_rate(b, followers))
	FROM seen JOIN norm USING (regime, seed) GROUP BY regime, seed, many, id / 2 / 10;

SELECT name AS regime, CASE WHEN many THEN '12' ELSE '1 to 8' END AS "posts seen",
	round(avg((came BETWEEN (f).low AND (f).high)::integer) FILTER (WHERE what = 1), 3) AS "1 post: 90 % hold",
	round(avg((came BETWEEN (half).low AND (half).high)::integer) FILTER (WHERE what = 1), 3) AS "50 %",
	round(avg((came BETWEEN (f).low AND (f).high)::integer) FILTER (WHERE what = 2), 3) AS "10 posts: 90 %",
	round(avg((came BETWEEN (half).low AND (half).high)::integer) FILTER (WHERE what = 2), 3) AS "50 %",
	round(avg((came BETWEEN (f).low AND (f).high)::integer) FILTER (WHERE what = 3), 3) AS "10 profiles: 90 %",
	round(avg((came BETWEEN (half).low AND (half).high)::integer) FILTER (WHERE what = 3), 3) AS "50 %",
	round((sum((f).mean * weight) FILTER (WHERE what = 2) / sum(came * weight) FILTER (WHERE what = 2))::numeric, 3) AS "mean / came, by size",
	round((sum((f).mean) FILTER (WHERE what = 2) / sum(came) FILTER (WHERE what = 2))::numeric, 3) AS "all"
FROM foretold JOIN regime ON number = regime GROUP BY number, name, many ORDER BY number, many DESC;
