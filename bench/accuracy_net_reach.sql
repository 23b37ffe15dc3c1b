-- How true net_reach is, on audiences whose members are known.
-- usage: dev/server.sh psql -qX -v file=members.csv -f bench/accuracy_net_reach.sql
--
-- The file has a line for each member: profile, person, under a header. It is
-- no part of the repository; doc/campaign.md has what it gave on the listeners
-- of Last.fm artists (HetRec 2011). A niche is a profile and those nearest to it.
CREATE EXTENSION IF NOT EXISTS influencer;
\pset footer off
CREATE TEMP TABLE member (profile bigint, person bigint);
\set copy '\\copy member FROM ' :file ' CSV HEADER'
:copy
CREATE TEMP TABLE profile AS SELECT profile, count(*)::float8 AS reach, audience(person, 16) AS audience FROM member GROUP BY profile HAVING count(*) >= 50;
CREATE TEMP TABLE pair AS
SELECT a.profile, b.profile AS other, common_reach(a.audience, b.audience) AS common, jaccard(a.audience, b.audience) AS jaccard
FROM profile AS a JOIN profile AS b ON a.profile <> b.profile;
CREATE INDEX ON pair (profile);
CREATE INDEX ON member (profile);
ANALYZE;
CREATE TEMP TABLE niche AS
SELECT by, n, ARRAY(SELECT p.profile UNION ALL (SELECT other FROM pair WHERE pair.profile = p.profile
	ORDER BY CASE by WHEN 'common' THEN common ELSE jaccard END DESC, other LIMIT n - 1)) AS profiles
FROM profile AS p, unnest('{common,jaccard}'::text[]) AS by, unnest('{5,10,20}'::integer[]) AS n;
CREATE TEMP TABLE figure AS
SELECT by, n, (SELECT array_agg(reach) FROM profile WHERE profile = ANY (profiles)) AS reaches,
	(SELECT count(DISTINCT person) FROM member) AS population,
	(SELECT avg(common) FROM pair WHERE profile = ANY (profiles) AND other = ANY (profiles)) AS mean_common,
	(SELECT count(DISTINCT person) FROM member WHERE profile = ANY (profiles)) AS true_reach
FROM niche;
SELECT by AS nearest_by, n, round((avg(net_reach(reaches, population) / true_reach) - 1)::numeric, 3) AS sainsbury,
	round((avg(net_reach(reaches, population, mean_common) / true_reach) - 1)::numeric, 3) AS mean_error,
	round(avg(abs(net_reach(reaches, population, mean_common) / true_reach - 1))::numeric, 3) AS mean_absolute_error,
	bool_and(true_reach BETWEEN net_reach_low(reaches, population, mean_common) - 1e-6 AND net_reach_high(reaches, population, mean_common) + 1e-6) AS within_bounds
FROM figure GROUP BY by, n ORDER BY by, n;
