-- How well does a ranking find the truth?  Cohorts whose truth is known are
-- drawn, and ranked by the mean rate, by shrunk_rate, and by the best that can
-- be: the posterior under the true model with its true parameters.
--
--	dev/server.sh psql -qX -v seeds=5 -f bench/ranking.sql
--
-- 3,000 profiles with 317 to 3 million followers and 1 to 12 posts.  A profile
-- has the log rate log(base) - .2 log(followers / 10,000) + u, u with variance
-- .64; a post's interactions are Poisson with mean followers * exp(that + e), e
-- with variance .81.  Some posts are lost, and stored without interactions.
-- Other regimes have other followers, cohorts of few profiles, of which each is
-- ranked by itself, or posts that are given 30 times as much as others.
\set ON_ERROR_STOP on
\pset footer off
SET client_min_messages = warning;
SET jit = off;
SET max_parallel_workers_per_gather = 0;
CREATE EXTENSION IF NOT EXISTS influencer;

-- A standard normal number (Box and Muller).
CREATE FUNCTION pg_temp.normal() RETURNS float8 LANGUAGE SQL VOLATILE AS
	'SELECT sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())';

-- One with t's distribution with 4 degrees of freedom, and variance 1.
CREATE FUNCTION pg_temp.heavy() RETURNS float8 LANGUAGE SQL VOLATILE AS
	'SELECT pg_temp.normal() / sqrt(-(ln(1 - random()) + ln(1 - random())))';

CREATE FUNCTION pg_temp.poisson(mean float8) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
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

CREATE TEMP TABLE regime (number integer, name text, base float8, lost float8 DEFAULT 0, exposure float8 DEFAULT 0, heavy boolean DEFAULT false,
	platforms float8 DEFAULT 0, bought float8 DEFAULT 0, fewest float8 DEFAULT 317, most float8 DEFAULT 3e6, size integer DEFAULT 3000,
	giveaways float8 DEFAULT 0);
INSERT INTO regime (number, name, base, lost) VALUES
	(1, 'rate 3 %', 0.03, 0),
	(2, 'rate .1 %', 0.001, 0),
	(3, 'rate .02 %', 0.0002, 0),
	(4, 'rate 3 %, 1 % of posts lost', 0.03, 0.01),
	(5, 'rate 3 %, 5 % lost', 0.03, 0.05),
	(6, 'rate 3 %, 20 % lost', 0.03, 0.2),
	(7, 'rate .1 %, 5 % lost', 0.001, 0.05);
INSERT INTO regime (number, name, base, exposure) VALUES (8, 'rate .1 %, exposures of a profile differ by e^.7', 0.001, 0.7);
INSERT INTO regime (number, name, base, heavy) VALUES (9, 'rate .1 %, heavy tails (t, 4 degrees)', 0.001, true);
INSERT INTO regime (number, name, base, platforms) VALUES (10, 'rate .1 %, two platforms, a factor of 11 apart', 0.001, 1.2);
INSERT INTO regime (number, name, base, bought) VALUES (11, 'rate 3 %, likes bought by 5 % of profiles', 0.03, 0.05);
INSERT INTO regime (number, name, base, fewest, most) VALUES (12, 'rate 3 %, 10 to 500 followers', 0.03, 10, 500);
INSERT INTO regime (number, name, base, size) VALUES
	(13, 'rate 3 %, cohorts of 8', 0.03, 8),
	(14, 'rate .1 %, cohorts of 8', 0.001, 8);
INSERT INTO regime (number, name, base, fewest, most, size) VALUES (15, 'rate 1.2 %, 10 to 500 followers, cohorts of 20', 0.012, 10, 500, 20);
INSERT INTO regime (number, name, base, giveaways) VALUES (16, 'rate 3 %, 5 % of posts have 30 times as much', 0.03, 0.05);

-- Nodes of a normal variable, for the best that can be.
CREATE TEMP TABLE node AS SELECT z, exp(-z * z / 2) / sum(exp(-z * z / 2)) OVER () AS weight
FROM (SELECT i * 0.8::float8 AS z FROM generate_series(-6, 6) AS i) AS n;
CREATE TEMP TABLE place AS SELECT i / 5.0::float8 * 0.8 AS u, -power(i / 5.0::float8, 2) / 2 AS log_prior FROM generate_series(-20, 20) AS i;

CREATE TEMP TABLE drawn (seed integer, regime integer, cohort integer, id integer, followers bigint, line float8, truth float8,
	exposure bigint, interactions bigint, bought boolean);

CREATE FUNCTION pg_temp.draw(seed integer, r regime) RETURNS void LANGUAGE SQL VOLATILE AS $$
	SELECT setseed((seed * 31 + r.number) / 1000.0);
	INSERT INTO drawn
	SELECT seed, r.number, id / r.size, id, followers, line, truth, exposure,
		CASE WHEN random() < r.lost THEN 0
			ELSE pg_temp.poisson(exposure * exp(truth + 0.9 * CASE WHEN r.heavy THEN pg_temp.heavy() ELSE pg_temp.normal() END)
				* CASE WHEN random() < r.giveaways THEN 30 ELSE 1 END)
				+ CASE WHEN bought AND random() < 0.7 THEN pg_temp.poisson(exposure * 0.3) ELSE 0 END END,
		bought
	FROM (SELECT *, greatest(1, round(followers * exp(r.exposure * pg_temp.normal())))::bigint AS exposure
		FROM (SELECT *, line + 0.8 * CASE WHEN r.heavy THEN pg_temp.heavy() ELSE pg_temp.normal() END
				+ r.platforms * sign(random() - 0.5) AS truth, random() < r.bought AS bought, 1 + floor(12 * random())::integer AS posts
			FROM (SELECT id, followers, ln(r.base) - 0.2 * ln(followers / 10000.0::float8) AS line
				FROM (SELECT id, round(exp(ln(r.fewest) + random() * ln(r.most / r.fewest)))::bigint AS followers FROM generate_series(0, 2999) AS id) AS p) AS p) AS p,
			generate_series(1, posts)) AS p
$$;
SELECT pg_temp.draw(seed, r) FROM regime AS r, generate_series(1, :seeds) AS seed \g /dev/null
ANALYZE drawn;

CREATE TEMP TABLE judged AS
SELECT seed, regime, cohort, id, followers, truth, bought, mean_rate(e) AS mean, ln(shrunk_rate(b, e, followers)) AS shrunk,
	truth BETWEEN ln(rate_low(b, e, followers)) AND ln(rate_high(b, e, followers)) AS held
FROM (SELECT *, benchmark(e, followers) OVER (PARTITION BY seed, regime, cohort) AS b
	FROM (SELECT seed, regime, cohort, id, followers, truth, bought, engagement(interactions, 0, exposure) AS e
		FROM drawn GROUP BY seed, regime, cohort, id, followers, truth, bought) AS p) AS p;

-- The posterior mean of u, where the model is that of the draw: regimes 1 to 7.
CREATE TEMP TABLE best AS
SELECT seed, regime, id, sum(exp(greatest(log_chance - top, -200)) * u) / sum(exp(greatest(log_chance - top, -200))) + line AS best
FROM (SELECT *, max(log_chance) OVER (PARTITION BY seed, regime, id) AS top
	FROM (SELECT seed, regime, id, line, u, log_prior + sum(ln(chance + 1e-300)) AS log_chance
		FROM (SELECT d.seed, d.regime, d.id, d.line, u, log_prior,
				CASE WHEN interactions > 200 THEN exp(greatest(-power(ln(interactions) - mu, 2) / 2 / (0.81 + 1.0 / interactions), -300))
					ELSE (SELECT sum(weight * exp(greatest(interactions * (mu + 0.9 * z) - exp(least(mu + 0.9 * z, 300))
							- interactions * (ln(greatest(interactions, 1)) - 1), -300))) FROM node) END
					* CASE WHEN interactions = 0 THEN 1 - r.lost ELSE 1 END
					+ CASE WHEN interactions = 0 THEN r.lost ELSE 0 END AS chance
			FROM drawn AS d JOIN regime AS r ON r.number = d.regime, place, LATERAL (SELECT ln(d.exposure) + d.line + u AS mu) AS m
			WHERE d.regime <= 7 AND d.seed <= :best) AS c
		GROUP BY seed, regime, id, line, u, log_prior) AS l) AS p
GROUP BY seed, regime, id, line;

\echo Rank correlation with the truth (Spearman), of shrunk_rate; how far that is below the best that can be (in the first seeds only); of mean_rate; root mean squared error of the log rate; share of true rates that 90 % bounds hold, of all profiles, of those under 1,466 and over a million followers; bias of the log rate of those. Means over the seeds, with the range of the seeds in brackets; ranks within a cohort.
\echo
WITH ranked AS (
	SELECT j.*, best, rank() OVER (w ORDER BY truth) AS by_truth, rank() OVER (w ORDER BY mean) AS by_mean,
		rank() OVER (w ORDER BY shrunk) AS by_shrunk, rank() OVER (w ORDER BY best) AS by_best
	FROM judged AS j LEFT JOIN best USING (seed, regime, id) WHERE NOT bought AND shrunk IS NOT NULL WINDOW w AS (PARTITION BY seed, regime, cohort)),
figures AS (
	SELECT regime, seed, CASE WHEN count(best) > 0 THEN corr(by_truth, by_best) END AS best, corr(by_truth, by_shrunk) AS shrunk, corr(by_truth, by_mean) AS mean,
		sqrt(avg(power(shrunk - truth, 2))) AS error, avg(held::integer) AS held,
		avg(held::integer) FILTER (WHERE followers < 1466) AS held_small, avg(held::integer) FILTER (WHERE followers > 1000000) AS held_big,
		avg(shrunk - truth) FILTER (WHERE followers < 1466) AS bias_small, avg(shrunk - truth) FILTER (WHERE followers > 1000000) AS bias_big
	FROM ranked GROUP BY regime, seed)
SELECT r.name AS regime,
	format('%s (%s to %s)', round(avg(shrunk)::numeric, 3), round(min(shrunk)::numeric, 3), round(max(shrunk)::numeric, 3)) AS shrunk_rate,
	coalesce(round(avg(best - shrunk)::numeric, 3)::text, '') AS "below the best",
	round(avg(mean)::numeric, 3) AS mean_rate, round(avg(error)::numeric, 3) AS error,
	format('%s (%s to %s)', round(avg(held), 3), round(min(held), 3), round(max(held), 3)) AS held,
	round(avg(held_small), 2) AS small, coalesce(round(avg(held_big), 2)::text, '') AS big,
	format('%s (%s to %s)', round(avg(bias_small)::numeric, 2), round(min(bias_small)::numeric, 2), round(max(bias_small)::numeric, 2)) AS "bias, small",
	coalesce(round(avg(bias_big)::numeric, 2)::text, '') AS "bias, big"
FROM figures JOIN regime AS r ON r.number = regime GROUP BY r.number, r.name ORDER BY r.number;

\echo
\echo How many of 3,001 a dead account with one follower and 20 posts without interactions has before it, by shrunk_rate, in each seed.
\echo
SELECT r.name AS regime, string_agg(before::text, ', ' ORDER BY seed) AS before
FROM (SELECT seed, regime, count(*) FILTER (WHERE shrunk > dead) AS before
	FROM (SELECT seed, regime, ln(shrunk_rate(b, engagement, 1)) AS dead
		FROM (SELECT seed, regime, benchmark(e, followers) + (SELECT benchmark(engagement, 1) FROM (SELECT engagement(0, 0, 1) FROM generate_series(1, 20)) AS d) AS b
			FROM (SELECT seed, regime, followers, engagement(interactions, 0, exposure) AS e FROM drawn WHERE regime <= 3 GROUP BY seed, regime, id, followers) AS p
			GROUP BY seed, regime) AS b, (SELECT engagement(0, 0, 1) FROM generate_series(1, 20)) AS d) AS d
		JOIN judged USING (seed, regime) GROUP BY seed, regime) AS b
	JOIN regime AS r ON r.number = regime GROUP BY r.number, r.name ORDER BY r.number;
