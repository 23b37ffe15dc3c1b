-- Compositions and growth against the hand-written SQL.

SELECT setseed(.42) \g /dev/null
-- Reports as vendors write them: ten of twenty countries, shares of six
-- decimals, ten reports of each profile.
CREATE UNLOGGED TABLE report AS
SELECT n, n % (:rows / 100) AS profile, jsonb_build_object('username', 'user' || n, 'audience', countries) AS report
FROM generate_series(1, :rows / 10) AS n, LATERAL (
	SELECT jsonb_agg(jsonb_build_object('code', codes[1 + (n + i * 3) % 20], 'name', 'Country ' || (n + i * 3) % 20,
		'weight', round((random() / 10)::numeric, 6))) AS countries
	FROM generate_series(0, 9) AS i,
		(SELECT '{US,BR,IN,GB,DE,FR,IT,ES,MX,ID,AT,CH,NL,BE,PL,TR,RU,AR,CA,JP}'::text[] AS codes) AS c) AS l;
VACUUM ANALYZE report;
CREATE UNLOGGED TABLE post AS
SELECT n % (:rows / 200) AS profile, (ARRAY['fashion', 'beauty', 'fitness', 'travel', 'food', 'tech', 'gaming'])[1 + (n * 7919::bigint) % 7] AS topic,
	round((random() * 100)::numeric, 2)::float8 AS weight, '2026-01-01'::timestamptz + n * interval '1 minute' AS at, (1000 + n)::bigint AS followers
FROM generate_series(1, :rows / 10) AS n;
VACUUM ANALYZE post;

SELECT bench.compare('`sum(to_composition(…))` of all jsonb reports', 'SQL by hand', .7,
	$$ SELECT length(sum(to_composition(report -> 'audience'))::text) FROM report $$,
	$$ SELECT count(w) FROM (SELECT e ->> 'code', sum((e ->> 'weight')::float8) AS w
	FROM report, jsonb_array_elements(report -> 'audience') AS e GROUP BY 1) AS t $$, :runs);
SELECT bench.compare('`sum(to_composition(…))` per profile of ten reports', 'SQL by hand', .7,
	$$ SELECT count(c) FROM (SELECT profile, sum(to_composition(report -> 'audience')) AS c FROM report GROUP BY 1) AS t $$,
	$$ SELECT count(w) FROM (SELECT profile, e ->> 'code', sum((e ->> 'weight')::float8) AS w
	FROM report, jsonb_array_elements(report -> 'audience') AS e GROUP BY 1, 2) AS t $$, :runs);
SELECT bench.compare('`share(to_composition(…), …)` in each report', 'SQL by hand', .7,
	$$ SELECT sum(share(to_composition(report -> 'audience', 1), 'DE', 'AT', 'CH')) FROM report $$,
	$$ SELECT sum((SELECT sum((e ->> 'weight')::float8) FROM jsonb_array_elements(report -> 'audience') AS e
	WHERE e ->> 'code' IN ('DE', 'AT', 'CH'))) FROM report $$, :runs);
SELECT bench.compare('`concentration(to_composition(…))` of each report', 'SQL by hand', .7,
	$$ SELECT sum(concentration(to_composition(report -> 'audience'))) FROM report $$,
	$$ SELECT sum((SELECT sum(w * w) / sum(w) ^ 2 FROM (SELECT (e ->> 'weight')::float8 AS w
	FROM jsonb_array_elements(report -> 'audience') AS e) AS t)) FROM report $$, :runs);
SELECT bench.compare('`compose(topic)` per profile of 20 posts', 'SQL by hand', .7,
	$$ SELECT count(c) FROM (SELECT profile, compose(topic) AS c FROM post GROUP BY 1) AS t $$,
	$$ SELECT count(c) FROM (SELECT profile, jsonb_object_agg(topic, n) AS c
	FROM (SELECT profile, topic, count(*) AS n FROM post GROUP BY 1, 2) AS p GROUP BY 1) AS t $$, :runs);
SELECT bench.compare('`compose(topic, weight)` per profile of 20 posts', 'SQL by hand', .7,
	$$ SELECT count(c) FROM (SELECT profile, compose(topic, weight) AS c FROM post GROUP BY 1) AS t $$,
	$$ SELECT count(c) FROM (SELECT profile, jsonb_object_agg(topic, n) AS c
	FROM (SELECT profile, topic, sum(weight) AS n FROM post GROUP BY 1, 2) AS p GROUP BY 1) AS t $$, :runs);
SELECT bench.compare('`growth(…)` per profile of 20 counts', 'SQL by hand', .7,
	$$ SELECT count(growth_trend(g, '1 week')) FROM (SELECT profile, growth(at, followers) AS g FROM post GROUP BY 1) AS t $$,
	$$ SELECT count(r) FROM (SELECT profile, exp(regr_slope(ln(followers::float8), extract(epoch FROM at)::float8) * 604800) - 1 AS r,
	min(at), max(at), count(*) FROM post GROUP BY 1) AS t $$, :runs);
DROP TABLE report, post;
