-- one form for all ways to write rules: the strictest of a group, in order
SELECT 'micro>=3 , nano <= 2;FEE_share(nano)<=.20,  picks<=10, with 17,without "page 9", reach>=100000.50, reach_at=2'::plan_rules;
SELECT 'micro >= 3, micro <= 5, micro >= 4, mid = 2, "reach" = 1, "a ""b"" c" <= 0'::plan_rules;
SELECT ''::plan_rules = ' '::plan_rules AS none, 'a >= 1, b <= 2'::plan_rules = 'b<=2;a>=1'::plan_rules AS same, 'a >= 1'::plan_rules <> 'a >= 2' AS other;
SELECT count(*) FROM (SELECT r FROM unnest('{"a >= 1", "a>=1", "a >= 2"}'::plan_rules[]) AS r GROUP BY r) AS g;
-- what is wrong
SELECT 'micro > 3'::plan_rules;
SELECT 'micro >= 3.5'::plan_rules;
SELECT 'micro >= -1'::plan_rules;
SELECT 'micro >= 3 nano <= 2'::plan_rules;
SELECT 'micro >= 3, micro <= 2'::plan_rules;
SELECT 'picks >= 3, picks <= 2'::plan_rules;
SELECT 'with 3, without 3'::plan_rules;
SELECT 'fee_share(nano) <= 30'::plan_rules;
SELECT 'reach <= 5'::plan_rules;
SELECT 'reach_at = 0'::plan_rules;
SELECT 'with "page'::plan_rules;

CREATE TEMP TABLE candidate (id bigint, fee numeric, size text, country text, audience audience_sketch);
INSERT INTO candidate
SELECT id, fee, size, country, (SELECT audience(m) FROM unnest(members) AS m)
FROM (VALUES (1, 40, 'mid', 'DE', '{1,2,3,4,5,6,7,8}'::bigint[]), (2, 10, 'nano', 'DE', '{1,2}'), (3, 15, 'nano', 'AT', '{3,9}'), (4, 12, 'micro', 'AT', '{10}'),
	(5, 30, 'micro', NULL, '{11,12,13}')) AS v (id, fee, size, country, members);
-- the best for 70, and what rules make of it
SELECT p.* FROM unnest((SELECT campaign_plan(id, fee, audience, 70) FROM candidate)) AS p;
SELECT p.* FROM unnest((SELECT campaign_plan(id, fee, audience, 70, 1, ARRAY[size, country], 'nano >= 2') FROM candidate)) AS p;
SELECT p.id FROM unnest((SELECT campaign_plan(id, fee, audience, 70, 1, ARRAY[size, country], 'AT >= 1, mid = 0') FROM candidate)) AS p;
SELECT p.id FROM unnest((SELECT campaign_plan(id, fee, audience, 70, 1, ARRAY[size, country], 'with 4, without 1') FROM candidate)) AS p;
SELECT p.id FROM unnest((SELECT campaign_plan(id, fee, audience, 70, 1, ARRAY[size, country], 'fee_share(mid) <= 0.5') FROM candidate)) AS p;
SELECT p.id FROM unnest((SELECT campaign_plan(id, fee, audience, 70, 1, ARRAY[size, country], 'picks <= 1') FROM candidate)) AS p;
SELECT p.id FROM unnest((SELECT campaign_plan('page ' || id, fee, audience, 70, 1, NULL, 'with "page 4"') FROM candidate)) AS p;
SELECT p.id FROM unnest((SELECT campaign_plan(md5(id::text)::uuid, fee, audience, 70, 1, NULL, 'picks = 1') FROM candidate)) AS p;
-- somebody who adds nobody, but is asked for
SELECT p.* FROM unnest((SELECT campaign_plan(id, fee, audience, 50, 1, ARRAY[size], 'with 1, nano >= 1') FROM candidate)) AS p;
-- reached at least twice
SELECT p.id, p.total_reach FROM unnest((SELECT campaign_plan(id, fee, audience, 70, 1, NULL, 'reach_at = 2') FROM candidate)) AS p;
-- what can't be met is named
SELECT campaign_plan(id, fee, audience, 70, 1, ARRAY[size], 'macro >= 1') FROM candidate;
SELECT campaign_plan(id, fee, audience, 20, 1, ARRAY[size], 'nano >= 2') FROM candidate;
SELECT campaign_plan(id, fee, audience, 30, 1, ARRAY[size, country], 'DE >= 1, micro >= 1, AT >= 2') FROM candidate;
SELECT campaign_plan(id, fee, audience, 70, 1, ARRAY[size], 'with 9') FROM candidate;
SELECT campaign_plan(id, fee, audience, 70, 1, ARRAY[size], 'with x') FROM candidate;
SELECT campaign_plan(id, fee, audience, 30, 1, ARRAY[size], 'with 1') FROM candidate;
SELECT campaign_plan(id, fee, audience, 70, 1, ARRAY[size], 'reach >= 13') FROM candidate;
SELECT campaign_plan(id, fee, audience, 70, 1, ARRAY[size], 'fee_share(mid) <= 0.1, mid >= 1') FROM candidate;
SELECT campaign_plan(id, fee, audience, 70, 1, ARRAY[size], CASE id WHEN 1 THEN 'nano <= 1' ELSE 'nano <= 2' END::plan_rules) FROM candidate;
SELECT campaign_plan(id, fee, audience, 70, 1 / id, ARRAY[size], 'reach_at = 2') FROM candidate;
