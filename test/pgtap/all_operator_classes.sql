--
-- Operator classes: indexes, joins, sorts and groups by them give what the
-- texts of the same values give.
--
BEGIN;
SELECT plan(31);
SELECT setseed(.42);
SET LOCAL jit = off;

CREATE TABLE tiers_of AS
SELECT id, label::tier AS v, CASE WHEN label IS NOT NULL THEN place END AS place, label
FROM (SELECT id, (ARRAY['none', 'nano', 'micro', 'small', 'mid', 'macro', 'mega', 'celebrity', NULL])[place] AS label, place
	FROM (SELECT id, 1 + (random() * 9 - .5)::int % 9 AS place FROM generate_series(1, 900) AS id OFFSET 0) AS r) AS l;

-- The order of schemes is that of their bounds from the smallest, each with its
-- tier; what has no more bounds comes last.
CREATE TEMP TABLE texts AS
SELECT id, string_agg(tier || '=' || bound, ',' ORDER BY bound) AS label
FROM (SELECT id, (ARRAY['nano', 'micro', 'small', 'mid', 'macro', 'mega', 'celebrity'])[n] AS tier,
		sum(step) OVER (PARTITION BY id ORDER BY n) AS bound, luck
	FROM (SELECT id, n, 1 + (random() * 2)::int AS step, random() AS luck
		FROM generate_series(1, 700) AS id, generate_series(1, 7) AS n OFFSET 0) AS r) AS s
WHERE luck < .3
GROUP BY id;
CREATE TABLE schemes_of AS
SELECT id, label::tier_scheme AS v, dense_rank() OVER (ORDER BY ARRAY(
		SELECT v FROM (SELECT n, (regexp_match(label, t || '=(\d+)'))[1]::numeric AS bound
				FROM unnest('{nano,micro,small,mid,macro,mega,celebrity}'::text[]) WITH ORDINALITY AS u (t, n)) AS b,
			unnest(ARRAY[bound, n]) WITH ORDINALITY AS c (v, m) WHERE bound IS NOT NULL
		ORDER BY bound, m) || 1e30) AS place, label
FROM texts
UNION ALL SELECT id, NULL, NULL, NULL FROM generate_series(701, 710) AS id;

CREATE FUNCTION pg_temp.value(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE query INTO result;
	RETURN result;
END $$;
CREATE FUNCTION pg_temp.uses(query text, node text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	plan text;
BEGIN
	EXECUTE 'EXPLAIN (COSTS OFF, FORMAT JSON) ' || query INTO plan;
	RETURN plan LIKE '%"Node Type": "' || node || '"%';
END $$;

-- The same result, by the values in the plan wanted, and by their places.
CREATE FUNCTION pg_temp.same(tab text, node text, query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	ours text := replace(query, '{t}', tab);
	plain text := replace(regexp_replace(ours, '\mv\M', 'place', 'g'), '::' || CASE tab WHEN 'tiers_of' THEN 'tier' ELSE 'tier_scheme' END, '');
BEGIN
	IF NOT pg_temp.uses(ours, node) THEN
		RETURN fail(format('%s: %s is used', tab, node));
	END IF;
	RETURN is(pg_temp.value(ours), pg_temp.value(plain), format('%s: %s', tab, node));
END $$;

ANALYZE tiers_of;
ANALYZE schemes_of;
SET LOCAL enable_memoize = off;
SET LOCAL max_parallel_workers_per_gather = 0;

-- Sort, and the comparison's six operators against places.
SELECT pg_temp.same(tab, 'Sort', 'SELECT array_agg(id ORDER BY n) FROM (SELECT id, row_number() OVER (ORDER BY v, id) AS n FROM {t}) AS s')
FROM unnest('{tiers_of,schemes_of}'::text[]) AS tab;
SELECT pg_temp.same(tab, 'Nested Loop', 'SELECT array_agg(ARRAY[a.v < b.v, a.v <= b.v, a.v = b.v, a.v <> b.v, a.v >= b.v, a.v > b.v] ORDER BY a.id, b.id) FROM {t} AS a, {t} AS b WHERE a.id % 7 = 0 AND b.id % 5 = 0')
FROM unnest('{tiers_of,schemes_of}'::text[]) AS tab;

-- Joins.
SET LOCAL enable_mergejoin = off;
SET LOCAL enable_nestloop = off;
SELECT pg_temp.same(tab, 'Hash Join', 'SELECT count(*) || '' '' || sum(a.id * b.id) FROM {t} AS a JOIN {t} AS b ON a.v = b.v')
FROM unnest('{tiers_of,schemes_of}'::text[]) AS tab;
SET LOCAL enable_mergejoin = on;
SET LOCAL enable_hashjoin = off;
SELECT pg_temp.same(tab, 'Merge Join', 'SELECT count(*) || '' '' || sum(a.id * b.id) FROM {t} AS a JOIN {t} AS b ON a.v = b.v')
FROM unnest('{tiers_of,schemes_of}'::text[]) AS tab;
RESET enable_hashjoin;
RESET enable_nestloop;

-- Groups, by hash and by sort.
SET LOCAL enable_sort = off;
SELECT pg_temp.same(tab, 'Aggregate', 'SELECT array_agg(n || '' '' || s ORDER BY n, s) FROM (SELECT count(*) AS n, sum(id) AS s FROM {t} GROUP BY v) AS g')
FROM unnest('{tiers_of,schemes_of}'::text[]) AS tab;
SET LOCAL enable_sort = on;
SET LOCAL enable_hashagg = off;
SELECT pg_temp.same(tab, 'Sort', 'SELECT array_agg(n || '' '' || s ORDER BY n, s) FROM (SELECT count(*) AS n, sum(id) AS s FROM {t} GROUP BY v) AS g')
FROM unnest('{tiers_of,schemes_of}'::text[]) AS tab;
SELECT pg_temp.same(tab, 'Unique', 'SELECT count(*) FROM (SELECT DISTINCT v FROM {t}) AS d')
FROM unnest('{tiers_of,schemes_of}'::text[]) AS tab;
RESET enable_hashagg;
SELECT is((SELECT count(DISTINCT v) FROM tiers_of), 8::bigint, 'all tiers are there');
SELECT is((SELECT count(DISTINCT v) FROM schemes_of), (SELECT count(DISTINCT label) FROM schemes_of), 'schemes are their texts');

-- Indexes: btree (with duplicates, deduplicated) and hash.
CREATE INDEX ON tiers_of (v);
CREATE INDEX ON schemes_of (v);
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
SET LOCAL enable_indexonlyscan = off;
SELECT is((SELECT count(*)::int FROM (SELECT unnest('{none,nano,micro,small,mid,macro,mega,celebrity}'::tier[]) AS v) AS k, unnest('{=,<,<=,>,>=}'::text[]) AS op
	WHERE NOT pg_temp.uses(format('SELECT id FROM tiers_of WHERE v %s %L', op, v), 'Index Scan')
	OR pg_temp.value(format('SELECT array_agg(id ORDER BY id) FROM tiers_of WHERE v %s %L', op, v))
	IS DISTINCT FROM pg_temp.value(format('SELECT array_agg(id ORDER BY id) FROM tiers_of WHERE place %s %s', op,
		(SELECT DISTINCT p.place FROM tiers_of AS p WHERE p.label = k.v::text)))), 0, 'tier: btree index');
SELECT is((SELECT count(*)::int FROM (SELECT DISTINCT v, place FROM schemes_of WHERE id % 20 = 0) AS k, unnest('{=,<,<=,>,>=}'::text[]) AS op
	WHERE NOT pg_temp.uses(format('SELECT id FROM schemes_of WHERE v %s %L', op, v), 'Index Scan')
	OR pg_temp.value(format('SELECT array_agg(id ORDER BY id) FROM schemes_of WHERE v %s %L', op, v))
	IS DISTINCT FROM pg_temp.value(format('SELECT array_agg(id ORDER BY id) FROM schemes_of WHERE place %s %s', op, place))),
	0, 'tier_scheme: btree index');
SELECT ok(pg_temp.uses('SELECT max(v) FROM tiers_of', 'Index Scan'), 'max by the index');
SELECT is((SELECT ARRAY[min(v), max(v)]::text FROM tiers_of), '{none,celebrity}', 'min and max');
SELECT is((SELECT min(v)::text FROM tiers_of WHERE label > 'mi'), 'none', 'min of some');
DROP INDEX tiers_of_v_idx, schemes_of_v_idx;
CREATE INDEX ON tiers_of USING hash (v);
CREATE INDEX ON schemes_of USING hash (v);
SELECT is((SELECT count(*)::int FROM (SELECT DISTINCT v, label FROM schemes_of WHERE v IS NOT NULL) AS k
	WHERE NOT pg_temp.uses(format('SELECT id FROM schemes_of WHERE v = %L', v), 'Index Scan')
	OR pg_temp.value(format('SELECT array_agg(id ORDER BY id) FROM schemes_of WHERE v = %L', v))
	IS DISTINCT FROM pg_temp.value(format('SELECT array_agg(id ORDER BY id) FROM schemes_of WHERE label = %L', label))), 0, 'tier_scheme: hash index');
SELECT is((SELECT count(*)::int FROM (SELECT DISTINCT v, label FROM tiers_of WHERE v IS NOT NULL) AS k
	WHERE NOT pg_temp.uses(format('SELECT id FROM tiers_of WHERE v = %L', v), 'Index Scan')
	OR pg_temp.value(format('SELECT array_agg(id ORDER BY id) FROM tiers_of WHERE v = %L', v))
	IS DISTINCT FROM pg_temp.value(format('SELECT array_agg(id ORDER BY id) FROM tiers_of WHERE label = %L', label))), 0, 'tier: hash index');

-- A BRIN index: its pages are ordered here, so that some are left out.
DROP INDEX tiers_of_v_idx;
CREATE TABLE tiers_in_order AS SELECT t.* FROM tiers_of AS t, generate_series(1, 20) ORDER BY v, id;
CREATE INDEX ON tiers_in_order USING brin (v) WITH (pages_per_range = 2);
SET LOCAL enable_bitmapscan = on;
SELECT is((SELECT count(*)::int FROM (SELECT DISTINCT v, place FROM tiers_in_order WHERE v IS NOT NULL) AS k, unnest('{=,<,<=,>,>=}'::text[]) AS op
	WHERE NOT pg_temp.uses(format('SELECT id FROM tiers_in_order WHERE v %s %L', op, v), 'Bitmap Index Scan')
	OR pg_temp.value(format('SELECT array_agg(id ORDER BY id) FROM tiers_in_order WHERE v %s %L', op, v))
	IS DISTINCT FROM pg_temp.value(format('SELECT array_agg(id ORDER BY id) FROM tiers_in_order WHERE place %s %s', op, place))), 0, 'tier: BRIN index');
CREATE FUNCTION pg_temp.pages(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, FORMAT JSON) ' || query INTO plan;
	RETURN (plan->0->'Plan'->>'Lossy Heap Blocks')::float8;
END $$;
SELECT cmp_ok(pg_temp.pages('SELECT id FROM tiers_in_order WHERE v = ''small'''), '<', pg_relation_size('tiers_in_order') / 8192 / 4::float8, 'which leaves out most pages');
SET LOCAL enable_bitmapscan = off;

-- Hash partitions route by the seeded hash, list and range ones by the order.
CREATE TABLE by_hash (v tier_scheme, id int) PARTITION BY HASH (v);
CREATE TABLE by_hash_0 PARTITION OF by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE by_hash_1 PARTITION OF by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO by_hash SELECT v, id FROM schemes_of;
SELECT ok((SELECT count(*) FROM by_hash_0) > 100 AND (SELECT count(*) FROM by_hash_1) > 100, 'hash partitions are filled');
SELECT is((SELECT count(*)::int FROM by_hash_0 JOIN by_hash_1 USING (v)), 0, 'equal schemes stay together');
CREATE TABLE by_list (v tier) PARTITION BY LIST (v);
CREATE TABLE by_list_small PARTITION OF by_list FOR VALUES IN ('none', 'nano', NULL);
CREATE TABLE by_list_large PARTITION OF by_list DEFAULT;
INSERT INTO by_list SELECT v FROM tiers_of;
SELECT is((SELECT count(*)::int FROM by_list_small WHERE v > 'nano'), 0, 'list partitions');
SELECT is((SELECT count(*) FROM by_list_small), (SELECT count(*) FROM tiers_of WHERE label IN ('none', 'nano') OR label IS NULL), 'hold their tiers');

-- Arrays, composites and ranges of tiers use the default classes.
SELECT is(ARRAY['mid', 'nano']::tier[] < ARRAY['mid', 'micro']::tier[], true, 'arrays are ordered');
SELECT is((SELECT count(*)::int FROM tiers_of WHERE v = ANY ('{nano,mega}'::tier[])),
	(SELECT count(*)::int FROM tiers_of WHERE label IN ('nano', 'mega')), '= ANY');

SELECT * FROM finish();
ROLLBACK;
