--
-- Names as they come: markup, quotes, other directions, emoji, characters that
-- XML does not have, none at all. The page stays one that a parser reads, and
-- gives the names back.
--

BEGIN;
CREATE TEMP TABLE hostile AS
SELECT row_number() OVER () AS n, name
FROM unnest(ARRAY['<script>alert(1)</script>', '"''&amp;<b>', U&'\0645\0631\062D\0628\0627 \202E live',
	U&'\+01F600\+01F469\200D\+01F469 ok', U&'tab\0009 bell\0007 \FFFE', '', ']]>', '<!--', repeat('long ', 40)]) AS name;
CREATE TEMP VIEW hostile_profile AS
SELECT e.profile_id, coalesce(h.name, 'page ' || e.profile_id) AS name, e.tier, e.followers, e.engagement, e.maturity
FROM report_profile AS e
	LEFT JOIN (SELECT profile_id, row_number() OVER (ORDER BY profile_id) AS n FROM report_candidate) AS c USING (profile_id)
	LEFT JOIN hostile AS h USING (n);
CREATE TEMP VIEW hostile_candidate AS
SELECT profile_id, fee, on_target, audience,
	'{"<script>alert(1)</script>": 0.5, "\"&": 0.25} / 1'::composition AS countries, ages, genders
FROM report_candidate;
\set profiles hostile_profile
\set candidates hostile_candidate
\set title '</title><script>alert(1)</script>'
\set source '<script>"&'
\set notes '{"growth": "<script>&"}'
\ir ../../../demo/chart.sql
SELECT chart.page() AS content \gset
\ir marks.sql

SELECT 'hostile names: no script', (SELECT count(*) FROM page WHERE page::text ~* '<script'), 0;
SELECT 'hostile names: they are what was given', count(DISTINCT h.name) FILTER (WHERE t.cell = isolated(h.name)),
	(SELECT count(*) - 1 FROM hostile)
FROM hostile AS h, page, xmltable(xmlnamespaces('http://www.w3.org/1999/xhtml' AS h),
	'//h:section[@id="reach"]//h:tbody/h:tr/h:th' PASSING page COLUMNS cell text PATH 'text()') AS t;
SELECT 'hostile names: nothing is empty', count(*), 0
FROM page, xmltable(xmlnamespaces('http://www.w3.org/1999/xhtml' AS h),
	'//h:*[self::h:td or self::h:th or self::h:p or self::h:h2][not(node())]' PASSING page COLUMNS cell text PATH '.') AS t;
SELECT 'hostile names: no character that XML does not have', count(*), 0
FROM page WHERE page::text ~ U&'[\0001-\0008\000B\000C\000E-\001F\FFFE\FFFF]';
SELECT 'hostile names: other directions are isolated', count(*) > 0 AND bool_and(words ~ U&'^\2068.*\2069'), true
FROM mark WHERE words ~ U&'[\0600-\06FF]';
ROLLBACK;
