-- How much of the error of fresh counts does matured_share() take away?
--
--	dev/server.sh psql -qX -f bench/accuracy_maturity.sql
--
-- A curve of the posts of one half of the demo's pages corrects those of the
-- other half, whose comments a day later are known; 100 random halves.  Raw is
-- the count as it is, hours are those since publication.  The error is that of
-- all posts' comments together, and the mean of single posts' errors, both as
-- parts of what came; and the median over posts of the factor that they are off.
\set ON_ERROR_STOP on
\pset footer off
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS influencer;

CREATE TEMP TABLE post (page integer, comments bigint, shares bigint, hours integer,
	comments_next_hours bigint, next_hours integer, characters integer, weekday integer);
\copy post FROM 'demo/data/posts.csv' CSV HEADER

CREATE TEMP TABLE pair AS
	SELECT page, hours, make_interval(hours => hours) AS age, comments AS earlier,
		make_interval(hours => hours + next_hours) AS later_age, comments + comments_next_hours AS later
	FROM post;

-- What the data says: the share of the next day's total.
SELECT least(hours / 6 * 6, 48) AS "from hour", round(sum(earlier) / sum(later), 3) AS "share of a day later",
	count(*) AS posts
FROM pair WHERE later_age = age + '1 day' AND (hours < 12 OR hours IN (24, 48)) GROUP BY 1 ORDER BY 1;

CREATE TEMP TABLE fitted AS
	SELECT number, maturity(age, earlier, later_age, later) AS m
	FROM generate_series(1, 100) AS number JOIN pair ON hashint8extended(page, number) & 1 = 0
	GROUP BY number;

CREATE TEMP TABLE corrected AS
	SELECT number, hours, earlier, later, earlier / (matured_share(m, age) / matured_share(m, later_age)) AS foretold
	FROM fitted JOIN pair ON hashint8extended(page, number) & 1 = 1 AND later_age = age + '1 day';

CREATE TEMP TABLE error AS
	SELECT name, number, abs(sum(earlier) / sum(later) - 1) AS raw_all, abs(sum(foretold) / sum(later) - 1) AS all,
		sum(abs(later - earlier)) / sum(later) AS raw_each, sum(abs(later - foretold)) / sum(later) AS each,
		exp(percentile_cont(.5) WITHIN GROUP (ORDER BY abs(ln((later + .5) / (earlier + .5))))) AS raw_factor,
		exp(percentile_cont(.5) WITHIN GROUP (ORDER BY abs(ln((later + .5) / (foretold + .5))))) AS factor
	FROM (VALUES ('1 to 5', 1, 5), ('6', 6, 6), ('6 to 11', 6, 11), ('12 to 23', 12, 23), ('24 to 47', 24, 47)) AS h (name, least, most)
		JOIN corrected ON hours BETWEEN least AND most
	WHERE foretold IS NOT NULL
	GROUP BY name, number;

\echo
SELECT name AS hours, round(avg(raw_all), 3) AS "all, raw", round(avg("all")::numeric, 3) AS corrected,
	round(avg(raw_each), 3) AS "each, raw", round(avg(each)::numeric, 3) AS corrected,
	round(avg(raw_factor)::numeric, 2) AS "factor, raw", round(avg(factor)::numeric, 2) AS corrected
FROM error GROUP BY name ORDER BY min(length(name)), name;
