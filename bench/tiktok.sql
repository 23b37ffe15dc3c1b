-- Does it pay?  Draw videos of each account at random, rank the accounts by
-- what is drawn, and see what their other videos say.
--
--	dev/server.sh psql -qX -v csv=videos.csv -v draws=100 -f bench/tiktok.sql
--
-- The file has a header and the columns account, followers, published_epoch,
-- likes, comments, shares, views, one row per video.  A benchmark is always
-- made of the drawn videos only.  Printed are the means over the draws and the
-- 5th and 95th percentiles; a draw is a function of its number.
\set ON_ERROR_STOP on
\pset footer off
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS influencer;

CREATE TEMP TABLE videos (account integer, followers bigint, published_epoch bigint,
	likes bigint, comments bigint, shares bigint, views bigint);
\set load '\\copy videos FROM ' :'csv' ' CSV HEADER'
:load
CREATE TEMP TABLE accounts AS
	SELECT account, max(followers) AS followers, count(*) AS videos
	FROM videos WHERE followers > 0 GROUP BY account;
ANALYZE;

-- The videos of all accounts with enough of them, summed up: the first so many
-- of a random order are drawn, the others held out.  drawn NULL is 1 to 8.
CREATE FUNCTION pg_temp.draw(number integer, at_least integer, drawn integer)
	RETURNS TABLE (account integer, followers bigint,
		seen engagement_summary, held_out engagement_summary)
LANGUAGE SQL STABLE AS $$
	WITH shuffled AS (
		SELECT a.account, a.followers, v.likes, v.comments, v.shares,
			row_number() OVER (PARTITION BY a.account
				ORDER BY hashint8extended(v.published_epoch, number), v.likes, v.views)
				<= coalesce(drawn, 1 + (hashint8extended(a.account, number) & 7)) AS seen
		FROM accounts AS a JOIN videos AS v USING (account)
		WHERE a.videos >= at_least)
	SELECT account, followers,
		engagement(likes, comments, followers, shares, NULL) FILTER (WHERE seen),
		engagement(likes, comments, followers, shares, NULL) FILTER (WHERE NOT seen)
	FROM shuffled GROUP BY account, followers
$$;

-- Squared errors of the log rates that two videos, or five, predict.
CREATE TEMP TABLE errors AS
	SELECT k, number,
		avg(power(ln(typical_rate(seen)) - ln(typical_rate(held_out)), 2)) AS raw,
		avg(power(ln(shrunk_rate(normal, seen, followers)) - ln(typical_rate(held_out)), 2)) AS shrunk
	FROM generate_series(1, :draws) AS number, unnest('{2,5}'::integer[]) AS k,
		LATERAL (SELECT *, benchmark(seen, followers) OVER () AS normal
			FROM pg_temp.draw(number, k + 1, k)) AS d
	GROUP BY k, number;

SELECT k AS "videos seen", round(avg(raw)::numeric, 3) AS "error of the log mean",
	round(avg(shrunk)::numeric, 3) AS "of the shrunk rate",
	round(avg(shrunk / raw)::numeric, 3) AS ratio,
	round((percentile_cont(.05) WITHIN GROUP (ORDER BY shrunk / raw))::numeric, 3) AS "5 %",
	round((percentile_cont(.95) WITHIN GROUP (ORDER BY shrunk / raw))::numeric, 3) AS "95 %"
FROM errors GROUP BY k ORDER BY k;

-- One to eight videos of accounts that have twelve or more.
CREATE TEMP TABLE ranked AS
	SELECT number, ln(typical_rate(held_out)) AS truth,
		rank() OVER (w ORDER BY typical_rate(held_out)) AS by_truth,
		rank() OVER (w ORDER BY mean_rate(seen)) AS by_mean,
		rank() OVER (w ORDER BY typical_rate(seen)) AS by_typical,
		rank() OVER (w ORDER BY shrunk_rate(normal, seen, followers)) AS by_shrunk,
		row_number() OVER (w ORDER BY mean_rate(seen) DESC) AS top_mean,
		row_number() OVER (w ORDER BY typical_rate(seen) DESC) AS top_typical,
		row_number() OVER (w ORDER BY shrunk_rate(normal, seen, followers) DESC) AS top_shrunk,
		row_number() OVER (w ORDER BY rate_low(normal, seen, followers) DESC) AS top_low
	FROM generate_series(1, :draws) AS number,
		LATERAL (SELECT *, benchmark(seen, followers) OVER () AS normal
			FROM pg_temp.draw(number, 12, NULL)) AS d
	WINDOW w AS (PARTITION BY number);

CREATE TEMP TABLE figures AS
	SELECT number, f.*
	FROM (SELECT number, corr(by_truth, by_mean) AS c_mean,
			corr(by_truth, by_typical) AS c_typical, corr(by_truth, by_shrunk) AS c_shrunk,
			exp(avg(truth) FILTER (WHERE top_mean <= 50)) AS t_mean,
			exp(avg(truth) FILTER (WHERE top_typical <= 50)) AS t_typical,
			exp(avg(truth) FILTER (WHERE top_shrunk <= 50)) AS t_shrunk,
			exp(avg(truth) FILTER (WHERE top_low <= 50)) AS t_low
		FROM ranked GROUP BY number) AS r,
	LATERAL (VALUES
		(1, 'rank correlation with the held-out rate: mean_rate', c_mean),
		(2, 'typical_rate', c_typical),
		(3, 'shrunk_rate', c_shrunk),
		(4, 'shrunk_rate - mean_rate', c_shrunk - c_mean),
		(5, 'held-out typical rate of the first 50 by mean_rate', t_mean),
		(6, 'by typical_rate / by mean_rate', t_typical / t_mean),
		(7, 'by shrunk_rate / by mean_rate', t_shrunk / t_mean),
		(8, 'by rate_low / by mean_rate', t_low / t_mean)) AS f (line, what, value);

\echo
SELECT what, round(avg(value)::numeric, 3) AS mean,
	round((percentile_cont(.05) WITHIN GROUP (ORDER BY value))::numeric, 3) AS "5 %",
	round((percentile_cont(.95) WITHIN GROUP (ORDER BY value))::numeric, 3) AS "95 %"
FROM figures GROUP BY line, what ORDER BY line;

-- How often the bounds hold the held-out typical rate.  It is one of a finite
-- number of videos, so they hold it a little less often than the true one.
\echo
SELECT 'accounts with 3 and more videos seen' AS what, round(avg((ln(typical_rate(held_out)) BETWEEN
		ln(rate_low(normal, seen, followers)) AND ln(rate_high(normal, seen, followers)))::integer), 3)
	AS "held by the 90 % bounds"
FROM generate_series(1, :draws) AS number,
	LATERAL (SELECT *, benchmark(seen, followers) OVER () AS normal
		FROM pg_temp.draw(number, 12, NULL)) AS d
WHERE posts(seen) >= 3;
