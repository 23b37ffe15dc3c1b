--
-- Each ratio is that of two medians, timed by turns in this session.
--
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS influencer;
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET work_mem = '1GB';
SET seed = .42;

-- Reports as vendors write them: ten of twenty countries, shares of six
-- decimals, ten reports of each profile.
CREATE UNLOGGED TABLE report AS
SELECT n, n % (:reports / 10) AS profile, jsonb_build_object('username', 'user' || n, 'audience', countries) AS report
FROM generate_series(1, :reports) AS n, LATERAL (
	SELECT jsonb_agg(jsonb_build_object('code', codes[1 + (n + i * 3) % 20], 'name', 'Country ' || (n + i * 3) % 20,
		'weight', round((random() / 10)::numeric, 6))) AS countries
	FROM generate_series(0, 9) AS i,
		(SELECT '{US,BR,IN,GB,DE,FR,IT,ES,MX,ID,AT,CH,NL,BE,PL,TR,RU,AR,CA,JP}'::text[] AS codes) AS c) AS l;
VACUUM ANALYZE report;
CREATE UNLOGGED TABLE post AS
SELECT n % (:reports / 20) AS profile, (ARRAY['fashion', 'beauty', 'fitness', 'travel', 'food', 'tech', 'gaming'])[1 + (n * 7919::bigint) % 7] AS topic,
	round((random() * 100)::numeric, 2)::float8 AS weight, '2026-01-01'::timestamptz + n * interval '1 minute' AS at, (1000 + n)::bigint AS followers
FROM generate_series(1, :reports) AS n;
VACUUM ANALYZE post;

CREATE TEMP TABLE work (name text, ours text, theirs text, target float8);
INSERT INTO work VALUES
('sum of all reports / by hand',
 $$ SELECT length(sum(to_composition(report -> 'audience'))::text) FROM report $$,
 $$ SELECT count(w) FROM (SELECT e ->> 'code', sum((e ->> 'weight')::float8) AS w
	FROM report, jsonb_array_elements(report -> 'audience') AS e GROUP BY 1) AS t $$, 1.1),
('sum of reports per profile / by hand',
 $$ SELECT count(c) FROM (SELECT profile, sum(to_composition(report -> 'audience')) AS c FROM report GROUP BY 1) AS t $$,
 $$ SELECT count(w) FROM (SELECT profile, e ->> 'code', sum((e ->> 'weight')::float8) AS w
	FROM report, jsonb_array_elements(report -> 'audience') AS e GROUP BY 1, 2) AS t $$, 1.1),
('share of three countries in each report / by hand',
 $$ SELECT sum(share(to_composition(report -> 'audience', 1), '{DE,AT,CH}'::text[])) FROM report $$,
 $$ SELECT sum((SELECT sum((e ->> 'weight')::float8) FROM jsonb_array_elements(report -> 'audience') AS e
	WHERE e ->> 'code' IN ('DE', 'AT', 'CH'))) FROM report $$, 1.1),
('concentration of each report / by hand',
 $$ SELECT sum(concentration(to_composition(report -> 'audience'))) FROM report $$,
 $$ SELECT sum((SELECT sum(w * w) / sum(w) ^ 2 FROM (SELECT (e ->> 'weight')::float8 AS w
	FROM jsonb_array_elements(report -> 'audience') AS e) AS t)) FROM report $$, 1.1),
('topics per profile, counted / by hand',
 $$ SELECT count(c) FROM (SELECT profile, composition(topic) AS c FROM post GROUP BY 1) AS t $$,
 $$ SELECT count(c) FROM (SELECT profile, jsonb_object_agg(topic, n) AS c
	FROM (SELECT profile, topic, count(*) AS n FROM post GROUP BY 1, 2) AS p GROUP BY 1) AS t $$, 1.1),
('topics per profile, weighted / by hand',
 $$ SELECT count(c) FROM (SELECT profile, composition(topic, weight) AS c FROM post GROUP BY 1) AS t $$,
 $$ SELECT count(c) FROM (SELECT profile, jsonb_object_agg(topic, n) AS c
	FROM (SELECT profile, topic, sum(weight) AS n FROM post GROUP BY 1, 2) AS p GROUP BY 1) AS t $$, 1.1),
('growth per profile / by hand',
 $$ SELECT count(growth_trend(g, '1 week')) FROM (SELECT profile, growth(at, followers) AS g FROM post GROUP BY 1) AS t $$,
 $$ SELECT count(r) FROM (SELECT profile, exp(regr_slope(ln(followers::float8), extract(epoch FROM at)::float8) * 604800) - 1 AS r,
	min(at), max(at), count(*) FROM post GROUP BY 1) AS t $$, 1.1);

CREATE FUNCTION pg_temp.milliseconds(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	started timestamptz := clock_timestamp();
BEGIN
	EXECUTE query;
	RETURN extract(epoch FROM clock_timestamp() - started) * 1000;
END $$;
CREATE TEMP TABLE timing AS
SELECT run, name, pg_temp.milliseconds(ours) AS ours, pg_temp.milliseconds(theirs) AS theirs
FROM generate_series(0, :runs) AS run, work;

-- The first run does not count.
SELECT format('%s: %s (at most %s; %s ms / %s ms)', name, round((median.ours / median.theirs)::numeric, 3), target, round(median.ours), round(median.theirs))
FROM (SELECT name, percentile_cont(.5) WITHIN GROUP (ORDER BY ours) AS ours, percentile_cont(.5) WITHIN GROUP (ORDER BY theirs) AS theirs
	FROM timing WHERE run > 0 GROUP BY name) AS median JOIN work USING (name) ORDER BY name;
DROP TABLE report, post;
