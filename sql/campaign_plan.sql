-- {1,2,3}, {1,4}, {1,3,5}: 8 in all, 5 people
CREATE TEMP TABLE profile (id bigint, fee numeric, audience audience_sketch);
INSERT INTO profile
SELECT id, fee, (SELECT audience(m) FROM unnest(members) AS m)
FROM (VALUES (1, 100, '{1,2,3}'::bigint[]), (2, 50, '{1,4}'), (3, 100, '{1,3,5}')) AS v (id, fee, members);
SELECT p.* FROM unnest((SELECT campaign_plan(id, fee, audience, 1000) FROM profile)) AS p;
SELECT p.* FROM unnest((SELECT campaign_plan(id, fee, audience, 150) FROM profile)) AS p;
SELECT p.* FROM unnest((SELECT campaign_plan('page ' || id, fee, audience, 199.99) FROM profile)) AS p;

-- the best single profile beats many that pay off more, each for itself
SELECT p.* FROM unnest((SELECT campaign_plan(id, fee, audience, 10)
	FROM (SELECT id, fee, audience(member) FROM (VALUES (1, 1, 1, 2), (2, 10, 10, 24)) AS v (id, fee, low, high),
		generate_series(low, high) AS member GROUP BY id, fee) AS s)) AS p;

-- who is free comes first, if it adds anyone; ties by id
SELECT p.* FROM unnest((SELECT campaign_plan(id, fee, audience, 100) FROM (
	SELECT * FROM profile UNION ALL
	SELECT 9, 0, audience(m) FROM generate_series(4, 5) AS m UNION ALL
	SELECT 8, 0, audience(m) FROM generate_series(4, 5) AS m UNION ALL
	SELECT 7, 0, audience(4)) AS s)) AS p;
SELECT p.* FROM unnest((SELECT campaign_plan(id, fee, audience, 0) FROM profile)) AS p;

-- relevance: person 1 counts with the largest weight of a pick
SELECT p.* FROM unnest((SELECT campaign_plan(id, fee, audience, 1000, 1.0 / id) FROM profile)) AS p;
SELECT p.* FROM unnest((SELECT campaign_plan(id, fee, audience, 100, CASE id WHEN 1 THEN .25 ELSE .5 END) FROM profile)) AS p;
SELECT p.* FROM unnest((SELECT campaign_plan(id::text, fee, audience, 1000, 0) FROM profile)) AS p;

-- what is not known is left out
SELECT p.* FROM unnest((SELECT campaign_plan(id, fee, audience, 1000) FROM (
	SELECT NULL AS id, fee, audience FROM profile UNION ALL
	SELECT id, NULL, audience FROM profile UNION ALL
	SELECT id, fee, NULL FROM profile UNION ALL
	SELECT id, fee, audience FROM profile WHERE id = 2) AS s)) AS p;
SELECT p.id FROM unnest((SELECT campaign_plan(id, fee, audience, 1000, CASE WHEN id > 1 THEN 1 END) FROM profile)) AS p;
SELECT campaign_plan(id, fee, audience, 1000), campaign_plan(id::text, fee, audience, 1000) FROM profile WHERE false;
SELECT campaign_plan(id, 1, audience, 10) FROM (SELECT 1 AS id, audience(m) FROM generate_series(1, 0) AS m) AS empty;

-- an id may come twice, with two offers
SELECT p.* FROM unnest((SELECT campaign_plan(id % 2, fee, audience, 1000) FROM profile)) AS p;

-- as a window
SELECT id, (SELECT array_agg(p.id) FROM unnest(plan) AS p)
FROM (SELECT id, campaign_plan(id, fee, audience, 200) OVER (ORDER BY id) AS plan FROM profile) AS s;

-- what is wrong
SELECT campaign_plan(id, -1, audience, 1000) FROM profile;
SELECT campaign_plan(id, 'NaN', audience, 1000) FROM profile;
SELECT campaign_plan(id, 'infinity', audience, 1000) FROM profile;
SELECT campaign_plan(id, fee, audience, NULL) FROM profile;
SELECT campaign_plan(id, fee, audience, -.01) FROM profile;
SELECT campaign_plan(id, fee, audience, 'NaN') FROM profile;
SELECT campaign_plan(id, fee, audience, 1000 + id) FROM profile;
SELECT campaign_plan(id, fee, audience, 1000, 1.01) FROM profile;
SELECT campaign_plan(id, fee, audience, 1000, -.01) FROM profile;
SELECT campaign_plan(id, fee, audience, 1000, 'NaN') FROM profile;
-- no limit
SELECT cardinality(campaign_plan(id, fee, audience, 'infinity')) FROM profile;

-- the state can be written by hand, but not anyhow
SELECT campaign_plan_final(ARRAY[ROW(1, 10, audience, NULL, 4607182418800017408, NULL, NULL, NULL, NULL, '{100}', NULL), NULL]::campaign_candidate[]) FROM profile WHERE id = 2;
SELECT campaign_plan_final('{}'::campaign_candidate[]);
SELECT campaign_plan_final(NULL::campaign_candidate_text[]);
SELECT campaign_plan_final(ARRAY[ROW(1, NULL, audience, NULL, 4607182418800017408, NULL, NULL, NULL, NULL, '{100}', NULL)]::campaign_candidate[]) FROM profile WHERE id = 2;
SELECT campaign_plan_final(ARRAY[ROW(1, -1, audience, NULL, 4607182418800017408, NULL, NULL, NULL, NULL, '{100}', NULL)]::campaign_candidate[]) FROM profile WHERE id = 2;
SELECT campaign_plan_final(ARRAY[ROW(1, 1, audience, NULL, 4611686018427387904, NULL, NULL, NULL, NULL, '{100}', NULL)]::campaign_candidate[]) FROM profile WHERE id = 2;
SELECT campaign_plan_final(ARRAY[ROW(1, 1, audience, NULL, 4607182418800017408, NULL, NULL, NULL, NULL, '{100}', NULL), ROW(1, 1, audience, NULL, 4607182418800017408, NULL, NULL, NULL, NULL, '{101}', NULL)]::campaign_candidate[])
FROM profile WHERE id = 2;

-- by numbers: the model's sums, and nobody more than once
SELECT pick, id, spent, round(added_reach) AS added, round(total_reach) AS total, round(reach_bound) AS bound FROM unnest((
	SELECT campaign_plan(i, 10 * i, 1000.0 * i * i, 100, 100000::float8) FROM generate_series(1::bigint, 6) AS i)) AS p;
SELECT round(max(total_reach)) = round(net_reach('{16000,36000}', 100000)) AS as_net_reach FROM unnest((
	SELECT campaign_plan(i, 10 * i, 1000.0 * i * i, 100, 100000::float8) FROM generate_series(1::bigint, 6) AS i WHERE i IN (4, 6))) AS p;
SELECT id, round(total_reach) AS total FROM unnest((SELECT campaign_plan(i, 10 * i, 1000.0 * i * i, 100, 100000::float8, 5000::float8) FROM generate_series(1::bigint, 6) AS i)) AS p;
SELECT id, round(total_reach) AS total FROM unnest((SELECT campaign_plan('page ' || i, 10, 1000.0 * i, 30, 100000::float8, NULL,
	CASE WHEN i > 3 THEN 'AT' END, ARRAY['tier ' || i % 2], '"tier 0" >= 2, without "page 6"') FROM generate_series(1::bigint, 6) AS i)) AS p;
SELECT campaign_plan(i, 10, 1000.0, 30, 100000::float8, 2000::float8) FROM generate_series(1::bigint, 6) AS i;
SELECT campaign_plan(i, 10, 1000.0, 30, 100000.0 + i) FROM generate_series(1::bigint, 6) AS i;
SELECT campaign_plan(i, 10, 1000.0, 30, 100::float8) FROM generate_series(1::bigint, 6) AS i;
SELECT campaign_plan(i, 10, NULL::float8, 30, 100::float8), campaign_plan(i, 10, 5::float8, 30, NULL::float8) FROM generate_series(1::bigint, 6) AS i;

-- several budgets
SELECT p.* FROM unnest((SELECT campaign_curve(id, fee, audience, '{250,50,150,0}') FROM profile)) AS p;
SELECT budget, picks, spent, round(total_reach) AS total, round(reach_bound) AS bound FROM unnest((
	SELECT campaign_curve(i, 10 * i, 1000.0 * i * i, '{10,50,100}', 100000::float8, NULL, NULL, NULL, 'picks >= 2') FROM generate_series(1::bigint, 6) AS i)) AS p;
SELECT campaign_curve(id, fee, audience, '{}'), campaign_curve(id, fee, audience, '{0}') FILTER (WHERE false) FROM profile;
SELECT campaign_curve(id, fee, audience, '{1,NULL}') FROM profile;

-- a market for each candidate; an id in two markets, whatever the order; a mean that is none
SELECT cardinality(picks) AS picks, picks[20000].total_reach
FROM (SELECT campaign_plan(id, 1, 10::float8, 'Infinity', 1000::float8, NULL::float8, id::text, NULL, NULL) AS picks
	FROM generate_series(1::bigint, 20000) AS id) AS s;
SELECT count(DISTINCT picks) AS plans
FROM (SELECT campaign_plan(id, 1, 100::float8, 3, 1000::float8, 50::float8, market, NULL, NULL ORDER BY hashtextextended(market || id, n)) AS picks
	FROM generate_series(1::bigint, 3) AS id, unnest('{x,y,z}'::text[]) AS market, generate_series(1::bigint, 20) AS n GROUP BY n) AS s;
SELECT campaign_plan(1::bigint, 1, 100::float8, 3, 1000::float8, 'NaN'::float8);
SELECT campaign_plan(1::bigint, 1, 100::float8, 3, 1000::float8, -1::float8);
