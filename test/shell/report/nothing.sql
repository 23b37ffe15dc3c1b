--
-- Where an agency has less, or nothing: what can't be drawn says what it needs.
--

BEGIN;
\set profiles '(SELECT * FROM report_profile WHERE false)'
\set candidates '(SELECT * FROM report_candidate WHERE false)'
\set snapshots '(SELECT * FROM report_snapshot WHERE false)'
\ir ../../../demo/chart.sql
CREATE TEMP TABLE drawn AS SELECT page() AS page;
SELECT 'without rows, every section says what it needs', array_length(regexp_split_to_array(page, 'Not drawn: '), 1) - 1, 9 FROM drawn;
SELECT 'without rows, the page is well-formed', xmlparse(DOCUMENT page) IS DOCUMENT, true FROM drawn;
ROLLBACK;

BEGIN;
CREATE TEMP VIEW numbers_only AS
SELECT profile_id, fee, on_target, NULL::audience_sketch AS audience,
	NULL::composition AS countries, NULL::composition AS ages, NULL::composition AS genders
FROM report_candidate;
\set profiles report_profile
\set candidates numbers_only
\set population 200000
\set mean_common 1500
\ir ../../../demo/chart.sql
SELECT 'without sketches, the plan is one by numbers', (SELECT string_agg(profile_id, ' ' ORDER BY pick) FROM plan),
	(SELECT string_agg(p.id, ' ' ORDER BY p.pick)
	FROM (SELECT campaign_plan(profile_id::text, fee, followers * on_target, 1000, 200000::float8, 1500::float8) AS picks
			FROM report_candidate JOIN report_profile USING (profile_id)) AS made,
		unnest(made.picks) AS p);
SELECT 'what is not known is not drawn', string_agg(m[1], ' '), 'overlap audience growth'
FROM regexp_matches(page(), 'Not drawn: (\w+)', 'g') AS m;
ROLLBACK;

-- Picks whose posts nearly nobody answers, and picks without posts.
BEGIN;
CREATE TEMP VIEW quiet_profile AS
SELECT p.profile_id, p.name, p.tier, p.followers, p.maturity, e.engagement
FROM report_profile AS p LEFT JOIN (
	SELECT profile_id, engagement(0, comments / 20, followers) AS engagement FROM post WHERE profile_id % 4 > 0 GROUP BY profile_id) AS e USING (profile_id);
\set profiles quiet_profile
\set candidates report_candidate
\set rules ''
\ir ../../../demo/chart.sql
SELECT 'a range that begins at 0 begins at the left edge', count(*), (SELECT count(*) FROM plan_forecast WHERE low = 0)
FROM xmltable(xmlnamespaces('http://www.w3.org/2000/svg' AS s), '//s:line[@class = "interval" or @class = "interval strong"][@x1 = "0%"]'
	PASSING forecast_figure() COLUMNS x text PATH '@x1') AS t;
SELECT 'picks without posts are not foretold', string_agg(name, ' ' ORDER BY pick),
	(SELECT string_agg(p.name, ' ' ORDER BY pick) FROM plan AS p JOIN quiet_profile AS q ON q.profile_id = p.profile_id::bigint WHERE q.engagement IS NOT NULL)
FROM plan_forecast WHERE pick IS NOT NULL;
ROLLBACK;
