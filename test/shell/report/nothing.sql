--
-- Where an agency has less, or nothing: what can't be drawn says what it needs.
--

BEGIN;
\set profiles '(SELECT * FROM report_profile WHERE false)'
\set candidates '(SELECT * FROM report_candidate WHERE false)'
\set snapshots '(SELECT * FROM report_snapshot WHERE false)'
\ir ../../../demo/chart.sql
CREATE TEMP TABLE drawn AS SELECT page() AS page;
SELECT 'without rows, every section says what it needs', array_length(regexp_split_to_array(page, 'Not drawn: '), 1) - 1, 8 FROM drawn;
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
