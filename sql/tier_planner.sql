--
-- tier_planner: conditions on a tier are ranges of follower counts
--
\set SHOW_CONTEXT never

-- A plan as its nodes and their conditions, so that this file shows what the
-- planner understands, not what it costs.
CREATE FUNCTION plan_nodes(node jsonb, depth int DEFAULT 0) RETURNS SETOF text
LANGUAGE plpgsql AS $$
BEGIN
	RETURN NEXT repeat('  ', depth) || (node->>'Node Type') || coalesce(' on ' || (node->>'Relation Name'), '') ||
		coalesce(', index: ' || (node->>'Index Cond'), '') || coalesce(', filter: ' || (node->>'Filter'), '') ||
		coalesce(', join: ' || coalesce(node->>'Join Filter', node->>'Hash Cond'), '');
	RETURN QUERY SELECT plan_nodes(child, depth + 1)
		FROM jsonb_array_elements(coalesce(node->'Plans', '[]')) AS child;
END $$;
CREATE FUNCTION plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	result jsonb;
BEGIN
	EXECUTE 'EXPLAIN (COSTS OFF, FORMAT JSON) ' || query INTO result;
	RETURN QUERY SELECT plan_nodes(result->0->'Plan');
END $$;

CREATE TABLE profiles (id int PRIMARY KEY, followers bigint, fans integer, likes smallint, scheme tier_scheme);
INSERT INTO profiles SELECT n, n * 1000, n * 1000, n, 'iab_uk' FROM generate_series(1, 2000) AS n;
CREATE INDEX ON profiles (followers);
CREATE INDEX ON profiles (fans);
CREATE INDEX ON profiles (likes);
ANALYZE profiles;
CREATE TABLE counts (followers bigint);
SET enable_seqscan = off;
SET enable_bitmapscan = off;

-- A plain index over the count serves a condition on the tier, and the plan
-- is that of the range written by hand.
SELECT plan('SELECT id FROM profiles WHERE tier(followers) = ''micro''');
SELECT plan('SELECT id FROM profiles WHERE followers >= 10000::bigint AND followers <= 50000::bigint');
SELECT plan('SELECT id FROM profiles WHERE tier(followers, ''iab_uk'') = ''micro''');

-- Smaller integers: the cast to bigint is looked through.
SELECT plan('SELECT id FROM profiles WHERE tier(fans) = ''micro''');
SELECT plan('SELECT id FROM profiles WHERE fans >= 10000 AND fans <= 50000');
SELECT plan('SELECT id FROM profiles WHERE tier(fans, ''nano=1000,mega=3B'') = ''mega''');
SELECT plan('SELECT id FROM profiles WHERE tier(likes) = ''nano''');
SELECT plan('SELECT id FROM profiles WHERE tier(likes) = ''mega''');

-- All operators, both argument orders.
SELECT op, plan(format('SELECT * FROM counts WHERE tier(followers) %s ''micro''', op)) AS plan
FROM unnest('{=,<>,<,<=,>=,>}'::text[]) AS op;
SELECT op, plan(format('SELECT * FROM counts WHERE ''micro'' %s tier(followers)', op)) AS plan
FROM unnest('{=,<>,<,<=,>=,>}'::text[]) AS op;

-- The ends of the ladder.  Every known count, and none: NULL stays NULL.
SELECT condition, plan('SELECT * FROM counts WHERE ' || condition) AS plan
FROM (VALUES ('tier(followers) = ''none'''), ('tier(followers) = ''mega'''), ('tier(followers) <= ''mega'''),
	('tier(followers) > ''mega'''), ('tier(followers) < ''none'''), ('tier(followers) >= ''none'''),
	('tier(followers, ''micro=10K'') = ''nano'''), ('tier(followers, ''micro=10K'') <> ''nano''')) AS v (condition);

-- One of these tiers: in_tiers, since IN and = ANY never reach the rewriting.
-- Neighbours join into one range, and at most three are left.
SELECT tiers, plan(format('SELECT * FROM counts WHERE in_tiers(followers, %L)', tiers)) AS plan
FROM unnest(ARRAY['{micro}', '{nano,micro}', '{mega,none}', '{none,micro,macro}', '{}', '{micro,micro,NULL}',
	'{none,nano,micro,mid,macro,mega}', '{small,celebrity}', '{NULL}']) AS tiers;
SELECT in_tiers(NULL, '{}') AS "in", NULL::tier = ANY ('{}'::tier[]) AS "any", in_tiers(NULL, '{micro}') AS unknown, in_tiers(5, NULL) AS no_array;
SELECT plan('SELECT id FROM profiles WHERE in_tiers(fans, ''{micro,mid}'', ''later_fohr'')');
SET enable_bitmapscan = on;
SET enable_indexscan = off;
SELECT plan('SELECT id FROM profiles WHERE in_tiers(followers, ''{nano,mega}'')');
SET enable_bitmapscan = off;
SET enable_indexscan = on;
SELECT plan('SELECT id FROM profiles WHERE tier(followers) IN (''nano'', ''micro'')');

-- BETWEEN, AND, OR and NOT take the conditions apart as usual.
SELECT condition, plan('SELECT * FROM counts WHERE ' || condition) AS plan
FROM (VALUES ('tier(followers) BETWEEN ''nano'' AND ''mid'''), ('NOT tier(followers) = ''micro'''),
	('NOT tier(followers) < ''micro'''), ('tier(followers) = ''nano'' AND followers > 5000'),
	('(tier(followers) = ''nano'') IS TRUE')) AS v (condition);

-- Where the scheme or the tier is not a constant, nothing is rewritten.
SELECT condition, plan('SELECT id FROM profiles WHERE ' || condition) AS plan
FROM (VALUES ('tier(followers, scheme) = ''micro'''), ('tier(followers) = tier(likes)'),
	('tier(followers) = NULL'), ('tier(followers, NULL) = ''micro''')) AS v (condition);

-- A function that returns a tier may be any: without arguments, too.
CREATE FUNCTION no_count() RETURNS tier LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN 'micro'; END $$;
CREATE FUNCTION other_tier(bigint) RETURNS tier LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN 'micro'; END $$;
CREATE FUNCTION three(bigint, tier_scheme, int) RETURNS tier LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN 'micro'; END $$;
CREATE FUNCTION any_of(VARIADIC tier[] DEFAULT '{}') RETURNS tier LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN $1[1]; END $$;
SELECT condition, plan('SELECT id FROM profiles WHERE ' || condition) AS plan
FROM (VALUES ('''mid'' <= any_of()'), ('any_of(tier(followers), ''mid'') = ''mid'''), ('other_tier(followers) = ''mid'''),
	('three(followers, ''iab_uk'', 3) > ''mid''')) AS v (condition);
SELECT no_count() >= 'mid' AS ge, 'mid' > no_count() AS gt, no_count() IN ('micro', 'mid') AS "in", any_of() = 'mid' AS "null";

-- A count is repeated only if that changes nothing and costs little.
CREATE FUNCTION costly(bigint) RETURNS bigint LANGUAGE plpgsql IMMUTABLE COST 100 AS 'BEGIN RETURN $1; END';
CREATE FUNCTION cheap(bigint) RETURNS bigint LANGUAGE plpgsql IMMUTABLE COST 1 AS 'BEGIN RETURN $1; END';
CREATE FUNCTION fickle(bigint) RETURNS bigint LANGUAGE plpgsql VOLATILE COST 1 AS 'BEGIN RETURN $1; END';
SELECT condition, plan('SELECT id FROM profiles WHERE ' || condition) AS plan
FROM (VALUES ('tier(costly(followers)) = ''micro'''), ('tier(costly(followers)) = ''mega'''),
	('tier(cheap(followers)) = ''micro'''), ('tier(fickle(followers)) = ''mega'''),
	('in_tiers(fickle(followers), ''{mega}''::tier[])')) AS v (condition);
SELECT tier(generate_series(9999, 50001, 20001)) = 'micro' AS micro;

-- A partial index on a tier is found by a condition on that tier, and by the
-- range; ON CONFLICT infers it too.
CREATE TABLE stars (id int, followers bigint);
CREATE UNIQUE INDEX ON stars (id) WHERE tier(followers) = 'mega';
SELECT plan('SELECT id FROM stars WHERE id = 1 AND tier(followers) = ''mega''');
SELECT plan('SELECT id FROM stars WHERE id = 1 AND followers >= 2000000');
SELECT plan('SELECT id FROM stars WHERE tier(followers) >= ''macro''');
INSERT INTO stars VALUES (1, 1000000), (2, 5), (2, 5);
INSERT INTO stars VALUES (1, 3000000) ON CONFLICT (id) WHERE tier(followers) = 'mega' DO UPDATE SET followers = excluded.followers;
SELECT * FROM stars ORDER BY id;

-- Partitions by count are pruned.
CREATE TABLE parted (followers bigint) PARTITION BY RANGE (followers);
CREATE TABLE parted_small PARTITION OF parted FOR VALUES FROM (MINVALUE) TO (10000);
CREATE TABLE parted_micro PARTITION OF parted FOR VALUES FROM (10000) TO (50001);
CREATE TABLE parted_large PARTITION OF parted FOR VALUES FROM (50001) TO (MAXVALUE);
SELECT plan('SELECT * FROM parted WHERE tier(followers) = ''micro''');
SELECT plan('SELECT * FROM parted WHERE tier(followers) > ''micro''');

-- Partitions by the tier itself are found by the condition as it is written.
CREATE TABLE parted_by_tier (followers integer, n int) PARTITION BY LIST (tier(followers));
CREATE TABLE parted_by_tier_small PARTITION OF parted_by_tier FOR VALUES IN ('none', 'nano', NULL);
CREATE TABLE parted_by_tier_micro PARTITION OF parted_by_tier FOR VALUES IN ('micro');
CREATE TABLE parted_by_tier_large PARTITION OF parted_by_tier DEFAULT;
SELECT condition, plan('SELECT * FROM parted_by_tier WHERE ' || condition) AS plan
FROM (VALUES ('tier(followers) = ''micro'''), ('tier(followers) > ''micro'''), ('tier(followers) IN (''none'', ''micro'')'),
	('tier(n) = ''micro'' AND tier(followers) = ''nano'''), ('tier(followers, ''iab_uk'') = ''nano''')) AS v (condition);

-- The index is used under row security although the policy is a barrier, and
-- the policy's own condition as well.
CREATE TABLE owned (owner text, followers bigint);
CREATE INDEX ON owned (followers);
ALTER TABLE owned ENABLE ROW LEVEL SECURITY;
CREATE ROLE regress_influencer_reader;
CREATE POLICY own ON owned USING (owner = CURRENT_USER::text);
GRANT SELECT ON owned TO regress_influencer_reader;
SET ROLE regress_influencer_reader;
SELECT plan('SELECT * FROM owned WHERE tier(followers) = ''micro''');
RESET ROLE;
CREATE POLICY small ON owned AS RESTRICTIVE USING (tier(followers) <= 'micro');
SET ROLE regress_influencer_reader;
SELECT plan('SELECT * FROM owned');
RESET ROLE;

-- Prepared: a parameter is a constant in a custom plan, and not in a generic one.
SET plan_cache_mode = force_custom_plan;
PREPARE of_tier(tier) AS SELECT id FROM profiles WHERE tier(followers) = $1;
SELECT plan('EXECUTE of_tier(''micro'')');
SET plan_cache_mode = force_generic_plan;
SELECT plan('EXECUTE of_tier(''micro'')');
EXECUTE of_tier('none');
DO $$
DECLARE
	op text;
BEGIN
	FOREACH op IN ARRAY '{=,<>,<,<=,>,>=}'::text[] LOOP
		EXECUTE format('PREPARE %I(tier) AS SELECT * FROM counts WHERE tier(followers) %s $1', 'p' || op || 'false', op);
		EXECUTE format('PREPARE %I(tier) AS SELECT * FROM counts WHERE $1 %s tier(followers)', 'p' || op || 'true', op);
	END LOOP;
END $$;
SELECT op, commuted, plan(format('EXECUTE %I(''micro'')', 'p' || op || commuted)) AS plan
FROM unnest('{=,<>,<,<=,>,>=}'::text[]) AS op, unnest('{false,true}'::bool[]) AS commuted;
PREPARE of_scheme(tier_scheme) AS SELECT id FROM profiles WHERE tier(fans, $1) = 'micro';
SELECT plan('EXECUTE of_scheme(''iab_uk'')');
PREPARE of_both(tier, tier_scheme) AS SELECT id FROM profiles WHERE tier(followers, $2) <= $1;
SELECT plan('EXECUTE of_both(''mid'', ''iab_uk'')');
PREPARE micro AS SELECT id FROM profiles WHERE tier(followers) = 'micro';
SELECT plan('EXECUTE micro');
RESET plan_cache_mode;

-- In the rows of a ROLLUP that stand for all tiers, the tier is NULL, and so
-- is what is computed from it, even though the counts below are known.
SELECT tier(followers), tier(followers) = 'mid' AS mid, tier(followers) >= 'mid' AS from_mid, count(*)
FROM profiles GROUP BY ROLLUP (tier(followers)) ORDER BY 1;
SELECT fans::bigint, tier(fans::bigint) = 'mega' AS mega, count(*)
FROM profiles WHERE fans > 1998000 GROUP BY ROLLUP (fans::bigint) ORDER BY 1;


-- Such a query loses no more than that: its WHERE clause finds the index.
SELECT query, plan(query) AS plan FROM (VALUES
	('SELECT tier(followers), count(*) FROM profiles WHERE tier(followers) = ''micro'' GROUP BY ROLLUP (tier(followers))'),
	('SELECT tier(followers), tier(followers) = ''mid'', count(*) FROM profiles WHERE tier(followers) = ''micro'' GROUP BY ROLLUP (tier(followers))'),
	('SELECT tier(fans), count(*) FROM profiles WHERE in_tiers(followers, ''{micro}'') GROUP BY CUBE (tier(fans), likes) HAVING count(*) > 1'),
	('SELECT likes, count(*) FILTER (WHERE tier(likes) = ''mid'') FROM profiles WHERE tier(followers) = ''micro'' GROUP BY ROLLUP (likes)')) AS v (query);
-- The condition is found there in whatever it becomes.
CREATE FUNCTION is_micro(tier) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 = 'micro' $$;
SELECT tier(p.followers), is_micro(tier(p.followers)), NOT tier(p.followers) = 'micro' AS "not", count(*), count(*) FILTER (WHERE tier(p.followers) = 'micro')
FROM profiles AS p JOIN profiles AS q USING (id) WHERE tier(p.followers) IN ('nano', 'micro')
GROUP BY ROLLUP (tier(p.followers)) HAVING (tier(p.followers) = 'nano') IS NOT TRUE ORDER BY 1;

DROP TABLE profiles, counts, stars, parted, parted_by_tier, owned;
DROP ROLE regress_influencer_reader;
DROP FUNCTION plan, plan_nodes, costly, cheap, fickle, no_count, other_tier, three, any_of, is_micro;
