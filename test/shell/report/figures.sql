--
-- What the pictures show is what their views hold: places of marks are turned
-- back into figures by the labels of the axes alone.
--

BEGIN;
SET LOCAL timezone = 'UTC';
\ir ../../../demo/page_settings.sql
\ir ../../../demo/chart.sql
\set content `cat "$WORK/report.html"`
\ir marks.sql

-- Reach: every profile that is drawn, within what .1 pixel and .01 % can tell.
CREATE TEMP TABLE dot AS
SELECT picture ~ '^All' AS all_tiers, class, split_part(hint, ':', 1) AS name, exp(x_value) AS followers, exp(y_value) AS rate
FROM read_mark WHERE section = 'reach' AND kind = 'circle';
SELECT 'reach: a dot for every profile with a rate', (SELECT count(DISTINCT name) FROM dot WHERE all_tiers),
	(SELECT count(*) FROM profile_rate WHERE typical_rate > 0);
SELECT 'reach: a dot for every profile of the tier', (SELECT count(*) FROM dot WHERE NOT all_tiers),
	(SELECT count(*) FROM profile_rate WHERE typical_rate > 0 AND tier = 'micro');
SELECT 'reach: dots stand at followers and rate',
	bool_and(abs(d.followers / p.followers - 1) < 0.01 AND abs(d.rate / p.typical_rate - 1) < 0.01), true
FROM dot AS d JOIN profile_rate AS p USING (name);
SELECT 'reach: candidates are marked', string_agg(DISTINCT name, ' ' ORDER BY name),
	(SELECT string_agg(name, ' ' ORDER BY name) FROM candidate)
FROM dot WHERE class = 'dot accent';
SELECT 'reach: the naive leaders are marked', string_agg(name, ' ' ORDER BY name),
	(SELECT string_agg(name, ' ' ORDER BY name) FROM naive_leader)
FROM dot WHERE class = 'dot naive';
SELECT 'reach: the line is the expected rate', count(*) || ' '
	|| bool_and(abs(exp(y_value) / expected_rate(norm, round(exp(x_value))::bigint) - 1) < 0.01), '61 true'
FROM read_path, norm WHERE section = 'reach' AND class = 'expected' AND picture ~ '^All';

-- The shortlist's intervals.
SELECT 'shortlist: lines go from at least to at most', count(*) || ' '
	|| bool_and(abs(exp(x_value) / rate_low - 1) < 0.01 AND abs(exp(x2_value) / rate_high - 1) < 0.01),
	(SELECT count(*) FROM shortlist_row) || ' true'
FROM read_mark AS m JOIN shortlist_row AS r ON m.hint LIKE r.label || ': %'
WHERE m.section = 'shortlist' AND m.kind = 'line' AND m.class LIKE 'interval%';
SELECT 'shortlist: the places by mean rate', string_agg(words, ' ' ORDER BY y),
	(SELECT string_agg(ordinal(naive_place), ' ' ORDER BY n) FROM shortlist_row)
FROM mark WHERE section = 'shortlist' AND class LIKE 'naive%';

-- The ladder: bars as shares of the longest.
SELECT 'ladder: bars are as long as there are profiles', count(*) || ' '
	|| bool_and(abs(m.width / 26 - l.profiles::float8 / (SELECT max(profiles) FROM ladder)) < 0.001),
	(SELECT count(*) FROM ladder) || ' true'
FROM mark AS m JOIN ladder AS l ON m.hint = l.tier || ': ' || count_text(l.profiles) || ' profiles';
SELECT 'ladder: what is written', string_agg(words, ' ' ORDER BY y, x),
	(SELECT string_agg(concat_ws(' ', count_text(profiles), count_text(posts),
		CASE WHEN rated >= 5 THEN rate_text(median_rate) END), ' ' ORDER BY tier) FROM ladder)
FROM mark WHERE section = 'ladder' AND class LIKE 'value%';

-- Overlap, cell by cell.
SELECT 'overlap: cells', string_agg(words, ' ' ORDER BY n),
	(SELECT string_agg(round(100 * common_share::numeric)::text, ' ' ORDER BY y, x) FROM overlap WHERE y <> x)
FROM mark WHERE section = 'overlap' AND class LIKE 'cellvalue%';
SELECT 'overlap: the claim', round(max(width) FILTER (WHERE class = 'bar accent')),
	(SELECT round(100 * people / added_up) FROM overlap_claim)
FROM mark WHERE section = 'overlap';

-- The plan: picks, and the curve with its bound.
SELECT 'plan: picks stand at spent and reached', count(*) || ' '
	|| bool_and(abs(x_value - spent::float8) < 2 AND abs(y_value - total_reach) < 50), (SELECT count(*) FROM plan) || ' true'
FROM read_mark AS m JOIN plan AS p ON m.hint LIKE p.label || ' adds %'
WHERE m.section = 'plan' AND m.class = 'dot accent';
SELECT 'plan: curve and bound', count(*) || ' ' || bool_and(abs(x_value - budget::float8) < 2
	AND abs(y_value - CASE class WHEN 'curve' THEN total_reach ELSE reach_bound END) < 50),
	(SELECT 2 * count(*) FROM budget_curve) || ' true'
FROM read_path AS p JOIN (SELECT *, row_number() OVER (ORDER BY budget) AS n FROM budget_curve) AS c USING (n)
WHERE p.section = 'plan' AND p.class IN ('curve', 'bound');

-- The audience: bars as shares of the longest.
SELECT 'audience: bars are shares', string_agg(round(width)::text, ' ' ORDER BY y),
	(SELECT string_agg(round(100 * share / (SELECT max(share) FROM audience_share))::text, ' ' ORDER BY part, n)
	FROM audience_share WHERE share > 0)
FROM mark WHERE section = 'audience' AND kind = 'rect';
SELECT 'audience: what is unknown is marked', count(*), (SELECT count(*) FROM audience_share WHERE unknown AND share > 0)
FROM mark WHERE section = 'audience' AND class = 'bar unknown';

-- Growth and maturity.
SELECT 'growth: every count that was seen', count(*) || ' ' || bool_and(abs(y_value - followers) < 20),
	(SELECT count(*) || ' true' FROM snapshot JOIN growth_profile USING (profile_id))
FROM read_path AS p JOIN (
	SELECT followers, row_number() OVER (ORDER BY observed_at) AS n
	FROM snapshot JOIN growth_profile USING (profile_id)) AS s USING (n)
WHERE p.section = 'growth' AND p.class = 'growth';
SELECT 'growth: a flag for every anomaly', string_agg(hint, ', ' ORDER BY x),
	(SELECT string_agg(kind || ' of ' || percent_text(change, 2), ', ' ORDER BY at)
	FROM anomaly JOIN growth_profile USING (profile_id))
FROM mark WHERE section = 'growth' AND class = 'flag';
SELECT 'maturity: dots stand at shares', count(*) || ' ' || bool_and(abs(y_value - share) < 0.001),
	(SELECT count(*) || ' true' FROM matured)
FROM read_mark AS d JOIN matured AS m ON d.hint LIKE age_text(m.age) || ': %'
WHERE d.section = 'maturity' AND d.class = 'dot accent';

-- The forecast: a range for each pick, and the one of all of them together.
SELECT 'forecast: lines go from low to high', count(*) || ' '
	|| bool_and(abs(exp(x_value) / low - 1) < 0.01 AND abs(exp(x2_value) / high - 1) < 0.01),
	(SELECT count(*) + 1 FROM plan) || ' true'
FROM read_mark AS m JOIN plan_forecast AS f ON m.hint LIKE f.label || ': between %'
WHERE m.section = 'forecast' AND m.kind = 'line';
SELECT 'forecast: dots stand at median and mean', count(*) || ' ' || bool_and(abs(exp(x_value)
	/ CASE class WHEN 'dot mean' THEN mean ELSE median END - 1) < 0.01), (SELECT 2 * count(*) FROM plan_forecast) || ' true'
FROM (SELECT class, x_value, rank() OVER (PARTITION BY class ORDER BY y) AS n FROM read_mark WHERE section = 'forecast' AND kind = 'circle') AS m
	JOIN (SELECT *, row_number() OVER (ORDER BY pick) AS n FROM plan_forecast) AS f USING (n);
SELECT 'forecast: the medians are written', string_agg(words, ' ' ORDER BY y),
	(SELECT string_agg(count_text(median), ' ' ORDER BY pick) FROM plan_forecast)
FROM mark WHERE section = 'forecast' AND class LIKE 'value%';
SELECT 'forecast: it is that of the campaign', (SELECT concat_ws(' ', low, median, high, mean) FROM plan_forecast WHERE pick IS NULL),
	(SELECT concat_ws(' ', (f).low, (f).median, (f).high, (f).mean) FROM (
		SELECT campaign_forecast(norm, engagement, followers, 1) AS f
		FROM (SELECT benchmark(engagement, followers) AS norm FROM report_profile) AS b, report_profile
		WHERE name IN (SELECT name FROM plan)) AS c);

-- What is said: names of the picks; a label, a description and a table for all.
SELECT 'the picks are named', string_agg(t.name, ', '), (SELECT string_agg(name, ', ' ORDER BY pick) FROM plan)
FROM page, xmltable(xmlnamespaces('http://www.w3.org/1999/xhtml' AS h), '//h:ol/h:li/h:h3'
	PASSING page COLUMNS name text PATH 'text()') AS t;
SELECT 'every picture has a label and a description, every section a title and a table', count(*) || ' '
	|| bool_and(labels = pictures AND descriptions = pictures AND titles = 1 AND tables >= 1 AND pictures >= 1), '9 true'
FROM page, xmltable(
	xmlnamespaces('http://www.w3.org/2000/svg' AS s, 'http://www.w3.org/1999/xhtml' AS h),
	'//h:section[@id != "book"]' PASSING page COLUMNS
		pictures integer PATH 'count(.//s:svg[@role="img"])',
		labels integer PATH 'count(.//s:svg[@role="img"][string-length(@aria-label) > 0])',
		descriptions integer PATH 'count(.//s:svg[@role="img"]/s:desc[text()])',
		titles integer PATH 'count(h:h2)', tables integer PATH 'count(h:details//h:table)') AS t;
ROLLBACK;

-- Twice as many followers as when they posted: twice as much is to come.
BEGIN;
CREATE TEMP VIEW grown_profile AS
SELECT profile_id, name, tier, 2 * followers AS followers, engagement, maturity FROM report_profile;
\set profiles grown_profile
\ir ../../../demo/chart.sql
SELECT 'forecast: who grew is foretold for the followers of today', string_agg(round(median)::text, ' ' ORDER BY pick),
	(SELECT string_agg(round(2 * (f).median)::text, ' ' ORDER BY pick) FROM (
		SELECT pick, forecast(norm, engagement, followers, 1) AS f FROM plan JOIN profile USING (profile_id), norm
		UNION ALL SELECT NULL, campaign_forecast(norm, engagement, followers, 1) FROM plan JOIN profile USING (profile_id), norm) AS c)
FROM plan_forecast;
ROLLBACK;
