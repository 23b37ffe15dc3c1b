-- Do forecasts hold?  Sum up some of each account's videos, forecast the others,
-- and count how many are inside.
--
--	dev/server.sh psql -qX -v csv=videos.csv -v draws=10 -f bench/accuracy_forecast.sql
--
-- The file is that of bench/tiktok.sql.  Videos of 21 days and more before the
-- last one are mature; what is drawn, a random half or one to eight of an account's, is a
-- function of the draw's number; number 0 is the earlier half.  The score of a range is Winkler's: its width, and
-- 2 / (1 - confidence) times what is outside, of logarithms; less is better.  Beside it is that
-- of one variance for all accounts and log-normal sums (Fenton 1960).
--
-- Videos of one account are alike, and an account is in many campaigns, so that
-- standard errors are those of 20 groups of accounts; campaigns are within these.
\set ON_ERROR_STOP on
\pset footer off
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS influencer;

CREATE TEMP TABLE videos (account integer, followers bigint, published_epoch bigint,
	likes bigint, comments bigint, shares bigint, views bigint);
\set load '\\copy videos FROM ' :'csv' ' CSV HEADER'
:load

-- Every video of accounts with four and more mature ones, once for each draw.
CREATE TEMP TABLE drawn AS
	WITH old AS (
		SELECT account, max(followers) OVER (PARTITION BY account) AS followers, likes, comments, shares,
			likes + comments + shares AS interactions, count(*) OVER (PARTITION BY account) AS videos, published_epoch, views
		FROM videos WHERE followers > 0 AND published_epoch < (SELECT max(published_epoch) FROM videos) - 21 * 86400),
	shuffled AS (
		SELECT number, old.*, row_number() OVER (PARTITION BY number, account
			ORDER BY CASE number WHEN 0 THEN published_epoch ELSE hashint8extended(published_epoch, number) END, likes, views) AS place
		FROM old, generate_series(0, :draws) AS number WHERE videos >= 4)
	SELECT CASE WHEN number = 0 THEN 'the earlier half' WHEN number % 2 = 0 THEN 'half' ELSE '1 to 8' END AS seen_videos, *, place <= CASE number % 2 WHEN 0 THEN videos / 2
			ELSE least(videos / 2, 1 + (hashint8extended(account, number) & 7)) END AS seen
	FROM shuffled;

-- Accounts: what was seen, and those of the others that are to be foretold.
CREATE TEMP TABLE account AS
	SELECT seen_videos, number, account, followers,
		engagement(likes, comments, followers, shares, NULL) FILTER (WHERE seen) AS e,
		avg(interactions / followers::float8) FILTER (WHERE seen) AS mean_rate,
		array_agg(interactions ORDER BY place) FILTER (WHERE NOT seen) AS coming
	FROM drawn GROUP BY seen_videos, number, account, followers;
CREATE TEMP TABLE norm AS
	SELECT number, benchmark(e, followers) AS b, benchmark(e, followers) FILTER (WHERE account % 2 = 0) AS even,
		benchmark(e, followers) FILTER (WHERE account % 2 = 1) AS odd
	FROM account GROUP BY number;
ANALYZE;

-- One variance for all: the deviation of the long-run rate is that of its bounds.
CREATE TEMP TABLE pooled AS
	SELECT number, account, followers * shrunk_rate(b, e, followers) AS typical, within_stddev(b) ^ 2 AS within,
		(ln(rate_high(b, e, followers) / rate_low(b, e, followers)) / 2 / 1.644854) ^ 2 AS variance
	FROM account JOIN norm USING (number);

CREATE TEMP TABLE held (seen_videos text, what text, confidence float8, block integer, low float8, high float8, came float8, pooled_low float8, pooled_high float8);

-- A share of what is in groups, and its standard error by those.
CREATE FUNCTION pg_temp.by_block(shares float8[]) RETURNS numeric LANGUAGE SQL IMMUTABLE
	RETURN (SELECT round((stddev_samp(share) / sqrt(count(*)))::numeric, 3) FROM unnest(shares) AS share);

-- Single videos, and ten of one account together.
INSERT INTO held
	SELECT seen_videos, what, confidence, account % 20, ln((f).low + .5), ln((f).high + .5), ln(came + .5),
		mu - z * sqrt(variance + s), mu + z * sqrt(variance + s)
	FROM (SELECT *, ln(typical * posts) + within / 2 - s / 2 AS mu
		FROM (SELECT *, forecast(b, e, followers, posts, confidence) AS f, ln(1 + (exp(within) - 1) / posts) AS s
			FROM account JOIN norm USING (number) JOIN pooled USING (number, account),
				(VALUES (.9, 1.644854), (.5, .674490)) AS c (confidence, z),
				LATERAL (SELECT '1 video' AS what, 1 AS posts, came FROM unnest(coming[:4]) AS came
					UNION ALL SELECT '10 videos of an account', 10, (SELECT sum(n) FROM unnest(coming[:10]) AS n)
					WHERE cardinality(coming) >= 10) AS h) AS f) AS p;

-- Campaigns of ten accounts, one video each: every account is in ten of them.
CREATE TEMP TABLE campaign AS
	SELECT seen_videos, number, repeat, block, grouping, confidence, z, count(*) AS accounts,
		campaign_forecast(b, e, followers, 1, confidence) AS f, sum(coming[1 + repeat % cardinality(coming)]) AS came,
		sum(typical * exp((variance + within) / 2)) AS mean,
		sum(typical ^ 2 * exp(variance + within) * (exp(variance + within) - 1)) AS variance,
		sum(followers * mean_rate) AS industry
	FROM (SELECT *, account % 20 AS block,
				(row_number() OVER (PARTITION BY number, repeat, account % 20 ORDER BY hashint8extended(account, number * 1000 + repeat)) - 1) / 10 AS grouping
			FROM account, generate_series(1, 10) AS repeat) AS a
		JOIN norm USING (number) JOIN pooled USING (number, account),
		(VALUES (.9, 1.644854), (.5, .674490)) AS c (confidence, z)
	GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING count(*) = 10;
INSERT INTO held
	SELECT seen_videos, 'campaign of 10 accounts', confidence, block, ln((f).low + .5), ln((f).high + .5), ln(came + .5),
		mu - z * sqrt(s), mu + z * sqrt(s)
	FROM (SELECT *, ln(mean) - s / 2 AS mu FROM (SELECT *, ln(1 + variance / mean ^ 2) AS s FROM campaign) AS c) AS c;

SELECT what, seen_videos AS "videos seen", confidence, sum(forecasts) AS forecasts,
	round(sum(held * forecasts) / sum(forecasts), 3) AS held, pg_temp.by_block(array_agg(held::float8)) AS "standard error",
	round(sum(below * forecasts) / sum(forecasts), 3) AS below, round(sum(above * forecasts) / sum(forecasts), 3) AS above,
	round(sum(pooled_held * forecasts) / sum(forecasts), 3) AS "held, one variance",
	round((sum(score) / sum(pooled_score))::numeric, 3) AS "score / that of one variance"
FROM (SELECT what, seen_videos, confidence, block, count(*) AS forecasts,
		avg((came BETWEEN low AND high)::integer) AS held, avg((came < low)::integer) AS below, avg((came > high)::integer) AS above,
		avg((came BETWEEN pooled_low AND pooled_high)::integer) AS pooled_held,
		sum(high - low + 2 / (1 - confidence) * (greatest(0, low - came) + greatest(0, came - high))) AS score,
		sum(pooled_high - pooled_low + 2 / (1 - confidence) * (greatest(0, pooled_low - came) + greatest(0, came - pooled_high))) AS pooled_score
	FROM held GROUP BY what, seen_videos, confidence, block) AS h
GROUP BY what, seen_videos, confidence ORDER BY what, seen_videos DESC, confidence DESC;

\echo
\echo Accounts that are not in the cohort: the benchmark is made of the other half of them; what is known of these is half of their videos, or nothing but their followers.
\echo
CREATE TEMP TABLE stranger AS
	SELECT number, account, known, coming, followers, CASE account % 2 WHEN 0 THEN odd ELSE even END AS b,
		CASE known WHEN 'half' THEN e ELSE 'posts=0' END AS e
	FROM account JOIN norm USING (number), unnest('{half,nothing}'::text[]) AS known WHERE seen_videos = 'half';
SELECT what, known AS "known of them", confidence, sum(forecasts) AS forecasts,
	round(sum(held * forecasts) / sum(forecasts), 3) AS held, pg_temp.by_block(array_agg(held::float8)) AS "standard error",
	round((sum(mean) / sum(came))::numeric, 3) AS "mean / came"
FROM (SELECT known, what, confidence, block, count(*) AS forecasts, avg((came BETWEEN (f).low AND (f).high)::integer) AS held, sum((f).mean) AS mean, sum(came) AS came
	FROM (SELECT known, what, confidence, account % 20 AS block, forecast(b, e, followers, posts, confidence) AS f, came
			FROM stranger, unnest('{.9,.5}'::float8[]) AS confidence,
				LATERAL (SELECT '1 video' AS what, 1 AS posts, came FROM unnest(coming[:4]) AS came
					UNION ALL SELECT '10 videos of an account', 10, (SELECT sum(n) FROM unnest(coming[:10]) AS n) WHERE cardinality(coming) >= 10) AS h
		UNION ALL SELECT known, 'campaign of 10 accounts', confidence, block, campaign_forecast(b, e, followers, 1, confidence), sum(coming[1])
			FROM (SELECT *, account % 20 AS block, (row_number() OVER (PARTITION BY number, known, account % 20 ORDER BY hashint8extended(account, number)) - 1) / 10 AS grouping
				FROM stranger) AS s, unnest('{.9,.5}'::float8[]) AS confidence
			GROUP BY known, number, block, grouping, confidence HAVING count(*) = 10) AS f
	GROUP BY known, what, confidence, block) AS s
GROUP BY what, known, confidence ORDER BY known, what, confidence DESC;

-- The industry's sum of mean rates times followers, beside ours.
\echo
\echo Campaigns, by the industry and by campaign_forecast; the mean is to come true in the sum of all.
\echo
SELECT seen_videos AS "videos seen", sum(campaigns) AS campaigns,
	(SELECT round((percentile_cont(.5) WITHIN GROUP (ORDER BY abs(ln(industry / came))))::numeric, 3) FROM campaign AS c
		WHERE c.seen_videos = b.seen_videos AND confidence = .9) AS "industry: median error of the log",
	(SELECT round((percentile_cont(.5) WITHIN GROUP (ORDER BY abs(ln(((f).median) / came))))::numeric, 3) FROM campaign AS c
		WHERE c.seen_videos = b.seen_videos AND confidence = .9) AS "forecast",
	round((sum(industry) / sum(came))::numeric, 3) AS "industry: all / came", pg_temp.by_block(array_agg(industry / came)) AS "standard error",
	round((sum(mean) / sum(came))::numeric, 3) AS "forecast's mean", pg_temp.by_block(array_agg(mean / came)) AS "standard error",
	round(sum(industry_above) / sum(campaigns), 3) AS "industry: above what came", round(sum(median_above) / sum(campaigns), 3) AS "forecast's median"
FROM (SELECT seen_videos, block, count(*) AS campaigns, sum(industry) AS industry, sum((f).mean) AS mean, sum(came)::float8 AS came,
		sum((industry > came)::integer) AS industry_above, sum(((f).median > came)::integer) AS median_above
	FROM campaign WHERE confidence = .9 GROUP BY seen_videos, block) AS b
GROUP BY seen_videos ORDER BY seen_videos DESC;
