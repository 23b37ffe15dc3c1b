-- What do fresh posts cost a forecast, and the industry's?
--
--	dev/server.sh psql -qX -f bench/accuracy_fresh.sql
--
-- The demo's pages: some posts of each are seen, at the age at which they were
-- counted, and others are foretold, as they are at two to four days.  What is
-- seen is fresh, under 12 hours, or mature, from 48 hours on.  Campaigns are of
-- ten pages with a post each.  The industry's figure is the sum of mean rates
-- times followers, of counts as they are; the forecast's counts are corrected by
-- a maturity curve of the other half of the pages.  50 random orders.
\set ON_ERROR_STOP on
\pset footer off
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS influencer;

CREATE TEMP TABLE page (page integer, followers bigint, category integer, talking_about bigint);
\copy page FROM 'demo/data/pages.csv' CSV HEADER
CREATE TEMP TABLE post (page integer, comments bigint, shares bigint, hours integer,
	comments_next_hours bigint, next_hours integer, characters integer, weekday integer);
\copy post FROM 'demo/data/posts.csv' CSV HEADER

CREATE TEMP TABLE shuffled AS
	SELECT number, page, followers, comments, hours, comments + comments_next_hours AS later, next_hours,
		hashint8extended(row_number() OVER (ORDER BY page, hours, comments, shares, characters), number) & 1 = 0 AS seen
	FROM post JOIN page USING (page), generate_series(1, 50) AS number WHERE followers > 0;
CREATE TEMP TABLE curve AS
	SELECT number, side, maturity(make_interval(hours => hours), comments, make_interval(hours => hours + next_hours), later) AS m
	FROM shuffled, generate_series(0, 1) AS side WHERE hashint8extended(page, number) & 1 <> side
	GROUP BY number, side;

-- The factor that raises a count at an age, once for each curve and age.
CREATE TEMP TABLE raised AS
	SELECT number, side, hours, matured_share(m, least(make_interval(hours => greatest(hours, 1)), last_age(m))) AS share
	FROM curve, generate_series(0, 200) AS hours;

CREATE TEMP TABLE seen AS
	SELECT regime, number, page, followers, avg(comments / followers::float8) AS mean_rate, engagement(0, comments, followers, 0, 0) AS raw,
		engagement(0, round(comments / coalesce(share, 1))::bigint, followers, 0, 0) AS e, engagement(0, comments, followers, 0, 0) AS e_raw
	FROM shuffled JOIN (VALUES ('fresh', 0, 11), ('mature', 48, 1000)) AS r (regime, least, most) ON hours BETWEEN least AND most
		LEFT JOIN raised USING (number, hours)
	WHERE seen AND (side IS NULL OR side = hashint8extended(page, number) & 1) GROUP BY regime, number, page, followers;
CREATE TEMP TABLE target AS
	SELECT number, page, (array_agg(later ORDER BY hashint8extended(comments * 1000 + hours, number)))[1] AS came
	FROM shuffled WHERE NOT seen AND hours >= 24 AND next_hours = 24 GROUP BY number, page;
CREATE TEMP TABLE norm AS
	SELECT regime, number, benchmark(e, followers) AS b, benchmark(e_raw, followers) AS b_raw FROM seen GROUP BY regime, number;
CREATE TEMP TABLE campaign AS
	SELECT regime, number, grouping, sum(came)::float8 AS came, sum(followers * mean_rate) AS industry,
		campaign_forecast(b, e, followers, 1) AS f, campaign_forecast(b_raw, e_raw, followers, 1) AS raw
	FROM (SELECT *, (row_number() OVER (PARTITION BY regime, number ORDER BY hashint8extended(page, number)) - 1) / 10 AS grouping
			FROM seen JOIN target USING (number, page)) AS p
		JOIN norm USING (regime, number)
	GROUP BY regime, number, grouping HAVING count(*) = 10;

SELECT regime AS "posts seen", count(*) AS campaigns,
	round((percentile_cont(.5) WITHIN GROUP (ORDER BY abs(ln((industry + .5) / (came + .5)))))::numeric, 3) AS "industry: median error of the log",
	round((percentile_cont(.5) WITHIN GROUP (ORDER BY abs(ln(((raw).median + .5) / (came + .5)))))::numeric, 3) AS "forecast of counts as they are",
	round((percentile_cont(.5) WITHIN GROUP (ORDER BY abs(ln(((f).median + .5) / (came + .5)))))::numeric, 3) AS "corrected",
	round((sum(industry) / sum(came))::numeric, 2) AS "industry: all / came",
	round((sum((raw).mean) / sum(came))::numeric, 2) AS "mean of counts as they are", round((sum((f).mean) / sum(came))::numeric, 2) AS "corrected mean",
	round(avg((came BETWEEN (raw).low AND (raw).high)::integer), 3) AS "90 % hold, as they are",
	round(avg((came BETWEEN (f).low AND (f).high)::integer), 3) AS "corrected"
FROM campaign GROUP BY regime ORDER BY regime;
