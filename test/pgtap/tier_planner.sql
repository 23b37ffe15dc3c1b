--
-- The rewriting of conditions on a tier is an identity: each is evaluated as
-- the planner rewrites it, and in a form that it can't rewrite.
--
BEGIN;
SELECT plan(98);
SELECT setseed(.42);
SET LOCAL jit = off;

-- The form that can't be rewritten: the constant is a scalar subquery.  What
-- is written as {tier} stands for one or the other below.
CREATE FUNCTION pg_temp.rewritten(condition text) RETURNS text IMMUTABLE LANGUAGE SQL AS
	$$ SELECT regexp_replace(condition, '\{(\w+)\}', '''\1''::tier', 'g') $$;
CREATE FUNCTION pg_temp.plain(condition text) RETURNS text IMMUTABLE LANGUAGE SQL AS
	$$ SELECT regexp_replace(condition, '\{(\w+)\}', '(SELECT ''\1''::tier)', 'g') $$;

CREATE FUNCTION pg_temp.plan_text(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	result text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || query LOOP
		result := result || line || E'\n';
	END LOOP;
	RETURN result;
END $$;

CREATE FUNCTION pg_temp.value(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE query INTO result;
	RETURN result;
END $$;

-- Schemes: the named ones, tiers left out, bounds at the ends of bigint, and
-- random ones.
CREATE TABLE schemes (scheme tier_scheme PRIMARY KEY);
INSERT INTO schemes VALUES ('instagram'), ('iab_uk'), ('hypeauditor'), ('later_fohr'),
	('nano=0'), ('mega=1'), ('micro=10K,macro=1M'), ('micro=0,mega=1'), ('nano=1,mega=9223372036854775807'),
	('mega=9223372036854775807'), ('nano=0,micro=1,small=2,mid=3,macro=4,mega=5,celebrity=6'), ('celebrity=9223372036854775807'), ('mid=32767,macro=32768'),
	('micro=2147483647,mid=2147483648'), ('nano=9223372036854775806,micro=9223372036854775807');
INSERT INTO schemes
SELECT string_agg(label || '=' || bound, ',' ORDER BY bound)::tier_scheme
FROM (SELECT scheme, (ARRAY['nano', 'micro', 'small', 'mid', 'macro', 'mega', 'celebrity'])[n] AS label,
		sum(step) OVER (PARTITION BY scheme ORDER BY n) AS bound
	FROM (SELECT scheme, n, 1 + (power(10, random() * 12))::bigint AS step, random() AS luck
		FROM generate_series(1, 10) AS scheme, generate_series(1, 7) AS n OFFSET 0) AS r
	WHERE luck < .7 OR n = 3) AS s
GROUP BY scheme ON CONFLICT DO NOTHING;

-- Counts: each bound, one less and one more, the ends of the integer types,
-- NULL, and random ones of every size.
CREATE TABLE counts AS
SELECT x, CASE WHEN x BETWEEN -2147483648 AND 2147483647 THEN x END::integer AS i,
	CASE WHEN x BETWEEN -32768 AND 32767 THEN x END::smallint AS s
FROM (SELECT b + d
	FROM schemes, tiers(scheme) AS t, unnest(ARRAY[lower(t.followers), upper(t.followers)]) AS b,
		generate_series(-1, 1) AS d
	WHERE b < 9223372036854775807 OR d < 1
	UNION SELECT unnest(ARRAY[NULL, 0, -1, 1, -9223372036854775808, -9223372036854775807, 9223372036854775807,
		-2147483648, 2147483647, -32768, 32767])
	UNION SELECT (CASE WHEN random() < .2 THEN -1 ELSE 1 END * power(10, random() * 18.9))::bigint
	FROM generate_series(1, 300)) AS c (x);
ANALYZE counts;
SELECT cmp_ok((SELECT count(*)::int FROM counts), '>', 300, 'there are counts to compare');

-- All conditions: both forms of tier, each column, operator, order and tier.
CREATE TABLE calls AS
SELECT coalesce(scheme::text, 'default') AS scheme, col, CASE WHEN scheme IS NULL THEN format('tier(%s)', col)
	ELSE format('tier(%s, %L::tier_scheme)', col, scheme) END AS call
FROM (SELECT scheme FROM schemes UNION ALL SELECT NULL) AS s, unnest('{x,i,s}'::text[]) AS col;
CREATE TABLE conditions AS
SELECT scheme, col, op, tier,
	CASE WHEN commuted THEN format('{%s} %s %s', tier, op, call) ELSE format('%s %s {%s}', call, op, tier) END AS condition
FROM calls, unnest('{=,<>,<,<=,>,>=}'::text[]) AS op,
	unnest('{none,nano,micro,small,mid,macro,mega,celebrity}'::text[]) AS tier, unnest('{false,true}'::bool[]) AS commuted;

-- The schemes that are enough where each condition is a query of its own.
CREATE TABLE few_schemes (scheme text);
INSERT INTO few_schemes VALUES ('default'), ('micro=10000,macro=1000000'), ('nano=0'), ('mega=9223372036854775807'),
	('micro=2147483647,mid=2147483648');

-- First, that the one is rewritten and the other is not: else the rest shows nothing.
CREATE FUNCTION pg_temp.select_list(conditions text[]) RETURNS text LANGUAGE SQL AS
	$$ SELECT 'SELECT ' || string_agg(format('(%s)', c), ', ') || ' FROM counts' FROM unnest(conditions) AS c $$;
SELECT is((SELECT count(*) FROM (SELECT scheme, col, array_agg(pg_temp.rewritten(condition)) AS list FROM conditions GROUP BY 1, 2) AS c
	WHERE pg_temp.plan_text(pg_temp.select_list(list)) LIKE '%tier(%'), 0::bigint, 'every condition is rewritten');
SELECT is((SELECT count(*) FROM (SELECT scheme, col, array_agg(pg_temp.plain(condition)) AS list FROM conditions GROUP BY 1, 2) AS c
	WHERE (SELECT count(*) FROM regexp_matches(pg_temp.plan_text(pg_temp.select_list(list)), 'tier\(', 'g')) <> 96),
	0::bigint, 'no condition over a subquery is rewritten');

-- In the select list, where NULL is not false.
SELECT is(sum(pg_temp.value('SELECT ' || list || ' FROM counts')::int)::int, 0, col || ': as a value')
FROM (SELECT scheme, col, string_agg(format('count(*) FILTER (WHERE (%s) IS DISTINCT FROM (%s))',
	pg_temp.rewritten(condition), pg_temp.plain(condition)), ' + ') AS list FROM conditions GROUP BY 1, 2) AS c
GROUP BY col ORDER BY col;

-- As WHERE, NOT and CASE conditions.  The reference is counted over values.
CREATE FUNCTION pg_temp.differing(form text, reference text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	c record;
	same boolean;
	result bigint := 0;
BEGIN
	FOR c IN SELECT pg_temp.rewritten(condition) AS rewritten, pg_temp.plain(condition) AS plain FROM conditions NATURAL JOIN few_schemes WHERE col <> 's' LOOP
		EXECUTE format('SELECT (%s) = (%s)', replace(form, '%', c.rewritten), replace(reference, '%', c.plain)) INTO same;
		result := result + CASE WHEN same THEN 0 ELSE 1 END;
	END LOOP;
	RETURN result;
END $$;
SELECT is(pg_temp.differing('SELECT count(*) FROM counts WHERE %', 'SELECT count(*) FILTER (WHERE v) FROM (SELECT % AS v FROM counts OFFSET 0) AS c'),
	0::bigint, 'as a WHERE condition');
SELECT is(pg_temp.differing('SELECT count(*) FROM counts WHERE NOT (%)', 'SELECT count(*) FILTER (WHERE NOT v) FROM (SELECT % AS v FROM counts OFFSET 0) AS c'),
	0::bigint, 'under NOT');
SELECT is(pg_temp.differing('SELECT sum(CASE WHEN % THEN 1 WHEN NOT (%) THEN 1000 ELSE 1000000 END) FROM counts',
	'SELECT sum(CASE WHEN v THEN 1 WHEN NOT v THEN 1000 ELSE 1000000 END) FROM (SELECT % AS v FROM counts OFFSET 0) AS c'),
	0::bigint, 'in CASE');

-- in_tiers: every set of tiers, with and without a NULL, against = ANY, and
-- against itself with an array that is no constant.  Of no tiers, both are false for
-- NULL too.
CREATE TABLE sets AS
SELECT ARRAY(SELECT t FROM unnest('{none,nano,micro,small,mid,macro,mega,celebrity}'::tier[]) WITH ORDINALITY AS u (t, n)
	WHERE bits & (1 << (n - 1)::int) <> 0) || CASE WHEN has_null THEN '{NULL}'::tier[] ELSE '{}' END AS tiers
FROM generate_series(0, 255) AS bits, unnest('{false,true}'::bool[]) AS has_null;
SELECT is(count(*)::int, 512, 'all sets') FROM sets;
CREATE TABLE set_calls AS
SELECT call, CASE WHEN scheme = 'default' THEN format('in_tiers(%s, %%s)', col)
	ELSE format('in_tiers(%s, %%s, %L::tier_scheme)', col, scheme) END AS in_call
FROM calls NATURAL JOIN few_schemes;
SELECT is(sum(pg_temp.value('SELECT ' || list || ' FROM counts')::int)::int, 0, 'in_tiers is = ANY, rewritten or not')
FROM (SELECT string_agg(format('count(*) FILTER (WHERE (%1$s) IS DISTINCT FROM (%2$s) OR (%1$s) IS DISTINCT FROM (%3$s))',
	format(in_call, format('%L::tier[]', tiers)), format('%s = ANY ((SELECT %L::tier[])::tier[])', call, tiers),
	format(in_call, format('(SELECT %L::tier[])', tiers))), ' + ') AS list
	FROM set_calls, sets GROUP BY in_call) AS c;
SELECT is((SELECT count(*) FROM (SELECT array_agg(format(in_call, format('%L::tier[]', tiers))) AS list FROM set_calls, sets GROUP BY in_call) AS c
	WHERE pg_temp.plan_text(pg_temp.select_list(list)) LIKE '%tiers(%'), 0::bigint, 'every constant set is rewritten');
SELECT is(in_tiers(20000, '{{nano,micro},{mid,NULL}}'), true, 'an array of two dimensions is a set too');
SELECT is(in_tiers(20000, NULL), NULL, 'no array, no answer');
SELECT is(in_tiers(NULL, '{micro}'), NULL, 'no count, no answer');
SELECT is(in_tiers(NULL, '{}'), false, 'but of no tiers');
SELECT is(in_tiers(NULL, '{}', NULL), false, 'in no scheme');
SELECT is(in_tiers(20000, '{micro}', NULL), NULL, 'no scheme, no answer');

-- A CHECK constraint accepts what the condition does not refuse.
CREATE TABLE checked (x bigint CHECK (tier(x) = 'micro'));
CREATE TABLE accepted (x bigint);
DO $$
DECLARE
	c counts;
BEGIN
	FOR c IN SELECT * FROM counts LOOP
		BEGIN
			INSERT INTO checked VALUES (c.x);
		EXCEPTION WHEN check_violation THEN NULL;
		END;
	END LOOP;
END $$;
SELECT set_eq('SELECT x FROM checked', 'SELECT x FROM counts WHERE ((tier(x) = (SELECT ''micro''::tier)) IS NOT FALSE)', 'CHECK');
SELECT is((SELECT count(*) FROM checked WHERE x IS NULL), 1::bigint, 'CHECK accepts NULL');

-- A generated column, and one that is the tier itself.
CREATE TABLE generated (x bigint, micro boolean GENERATED ALWAYS AS (tier(x) = 'micro') STORED,
	mine tier GENERATED ALWAYS AS (tier(x, 'later_fohr')) STORED);
INSERT INTO generated SELECT x FROM counts;
SELECT is(count(*) FILTER (WHERE micro IS DISTINCT FROM (tier(x) = (SELECT 'micro'::tier))
	OR mine IS DISTINCT FROM tier(x, 'later_fohr'))::int, 0, 'a generated column') FROM generated;
UPDATE generated SET x = 30000;
SELECT ok(bool_and(micro AND mine = 'micro'), 'a generated column follows') FROM generated;

-- A view, on top of it another, and a view that is a security barrier.
CREATE VIEW classified AS SELECT x, tier(x) AS tier, tier(x, 'iab_uk') AS iab FROM counts;
CREATE VIEW barrier WITH (security_barrier) AS SELECT * FROM classified WHERE iab >= 'nano';
SELECT set_eq('SELECT x FROM classified WHERE tier = ''micro''',
	'SELECT x FROM counts WHERE tier(x) = (SELECT ''micro''::tier)', 'a view');
SELECT unalike(pg_temp.plan_text('SELECT x FROM classified WHERE tier = ''micro'''), '%tier%', 'a view is rewritten');
SELECT set_eq('SELECT x FROM barrier WHERE tier <= ''mid''',
	'SELECT x FROM counts WHERE tier(x) <= (SELECT ''mid''::tier) AND tier(x, ''iab_uk'') >= (SELECT ''nano''::tier)', 'a barrier view');
CREATE INDEX ON counts (x);
SET LOCAL enable_seqscan = off;
SELECT alike(pg_temp.plan_text('SELECT x FROM barrier WHERE tier <= ''mid'''), '%Index%Cond: ((counts.x >= ''1000''::bigint) AND (counts.x <= ''499999''::bigint))%',
	'no condition waits behind the barrier: comparisons of tiers leak nothing');

-- Row security, as a role that it binds.
CREATE ROLE influencer_test_reader;
GRANT SELECT ON counts TO influencer_test_reader;
ALTER TABLE counts ENABLE ROW LEVEL SECURITY;
CREATE POLICY small ON counts USING (tier(x) <= 'micro');
SET LOCAL ROLE influencer_test_reader;
CREATE TEMP TABLE seen AS SELECT x FROM counts WHERE tier(x) >= 'nano';
CREATE TEMP TABLE seen_plan AS SELECT pg_temp.plan_text('SELECT x FROM counts WHERE tier(x) >= ''nano''') AS plan;
RESET ROLE;
SELECT set_eq('SELECT x FROM seen', 'SELECT x FROM counts WHERE x BETWEEN 1000 AND 50000', 'row security');
SELECT matches(plan, 'Index (Only )?Scan.*Cond: .*50000.*1000', 'row security uses the index') FROM seen_plan;
ALTER TABLE counts DISABLE ROW LEVEL SECURITY;
RESET enable_seqscan;

-- The index gives what a sequential scan gives.
SET LOCAL enable_seqscan = off;
SELECT is(pg_temp.differing('SELECT count(*) FROM counts WHERE %', 'SELECT count(*) FILTER (WHERE v) FROM (SELECT % AS v FROM counts OFFSET 0) AS c'),
	0::bigint, 'over an index');
CREATE INDEX ON counts (i);
SELECT is(pg_temp.differing('SELECT count(*) FROM counts WHERE %', 'SELECT count(*) FILTER (WHERE v) FROM (SELECT % AS v FROM counts OFFSET 0) AS c'),
	0::bigint, 'over an index on integer');
RESET enable_seqscan;

-- Partitions: each scheme's ladder as partitions of another's, by int8 and int4.
CREATE TABLE parted (x bigint, n integer) PARTITION BY RANGE (x);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (MINVALUE) TO (1000);
CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (1000) TO (50000);
CREATE TABLE parted_3 PARTITION OF parted FOR VALUES FROM (50000) TO (1000001) PARTITION BY RANGE (n);
CREATE TABLE parted_3_1 PARTITION OF parted_3 FOR VALUES FROM (0) TO (500000);
CREATE TABLE parted_3_2 PARTITION OF parted_3 DEFAULT;
CREATE TABLE parted_4 PARTITION OF parted DEFAULT;
INSERT INTO parted SELECT x, CASE WHEN x BETWEEN 0 AND 2147483647 THEN x END FROM counts;
SELECT is(count(*) FILTER (WHERE NOT same)::int, 0, 'partitions')
FROM (SELECT pg_temp.value(format('SELECT (SELECT count(*) FROM parted WHERE %s) = (SELECT count(*) FILTER (WHERE v) FROM (SELECT %s AS v FROM counts OFFSET 0) AS c)',
	pg_temp.rewritten(condition), pg_temp.plain(condition)))::bool AS same FROM conditions NATURAL JOIN few_schemes WHERE col = 'x') AS c;
SELECT unalike(pg_temp.plan_text('SELECT * FROM parted WHERE tier(x) = ''micro'''), '%public.parted_1 %', 'partitions are pruned');
SELECT unalike(pg_temp.plan_text('SELECT * FROM parted WHERE tier(x) = ''mid'' AND tier(n) = ''mid'''), '%public.parted_4 %', 'also where bounds differ');
SELECT unalike(pg_temp.plan_text('SELECT * FROM parted WHERE tier(x) = ''mid'' AND tier(n) = ''nano'''), '%public.parted_3_2 %', 'also by integer');

-- An exclusion by constraint.
CREATE TABLE large (x bigint CHECK (tier(x) >= 'macro'));
SET LOCAL constraint_exclusion = on;
SELECT alike(pg_temp.plan_text('SELECT * FROM large WHERE tier(x) = ''micro'''), '%One-Time Filter: false%', 'CHECK excludes');

-- Joins: inner, outer (a NULL of the outer side is no tier), semi and anti.
CREATE TABLE few AS SELECT x FROM counts WHERE x IS NULL OR x BETWEEN -5 AND 60000 ORDER BY x LIMIT 60;
SELECT is(pg_temp.value(pg_temp.rewritten(q)), pg_temp.value(pg_temp.plain(q)), 'join: ' || label)
FROM (VALUES
	('inner', 'SELECT count(*) FROM few AS a JOIN few AS b ON a.x = b.x AND tier(b.x) = {micro}'),
	('on a tier', 'SELECT count(*) FROM few AS a JOIN few AS b ON tier(a.x) = tier(b.x) AND tier(a.x) < {mid}'),
	('outer', 'SELECT count(*) || '' '' || count(b.x) FROM few AS a LEFT JOIN few AS b ON a.x = b.x AND tier(b.x) <> {micro}'),
	('above an outer one', 'SELECT count(*) FROM few AS a LEFT JOIN few AS b ON a.x + 1 = b.x WHERE (tier(b.x) = {micro}) IS NOT TRUE'),
	('full', 'SELECT count(*) || '' '' || count(b.x) FROM few AS a FULL JOIN (SELECT * FROM few WHERE tier(x) >= {nano}) AS b ON a.x = b.x WHERE (tier(a.x) = {none}) IS NOT FALSE'),
	('semi', 'SELECT count(*) FROM few AS a WHERE EXISTS (SELECT FROM few AS b WHERE b.x < a.x AND tier(b.x) = {nano})'),
	('anti', 'SELECT count(*) FROM few AS a WHERE NOT EXISTS (SELECT FROM few AS b WHERE b.x = a.x AND {none} < tier(b.x))'),
	('lateral', 'SELECT count(*) FROM few AS a, LATERAL (SELECT tier(a.x + b.x) >= {micro} AS v FROM few AS b) AS l WHERE v')) AS v (label, q);

-- PostgreSQL simplifies the conditions of an EXISTS subquery with what it knows
-- of the query around it, where the subquery's columns have no place or another's.
CREATE TABLE by_tier (x bigint) PARTITION BY LIST (tier(x));
CREATE TABLE by_tier_micro PARTITION OF by_tier FOR VALUES IN ('micro');
CREATE TABLE by_tier_rest PARTITION OF by_tier DEFAULT;
INSERT INTO by_tier SELECT x FROM few;
SELECT is(pg_temp.value(pg_temp.rewritten(q)), pg_temp.value(pg_temp.plain(q)), 'EXISTS: ' || label)
FROM (VALUES
	('more relations inside than outside', 'SELECT array_agg(EXISTS (SELECT FROM few AS p, few AS q, few AS r WHERE p.x = o.x AND q.x = o.x AND r.x = o.x AND tier(r.x) = {micro}) ORDER BY o.x) FROM few AS o'),
	('partitions outside', 'SELECT array_agg(EXISTS (SELECT FROM few AS p WHERE p.x = o.x AND tier(p.x) = {micro}) ORDER BY o.x) FROM by_tier AS o'),
	('partitions inside', 'SELECT array_agg(EXISTS (SELECT FROM by_tier AS p WHERE p.x = o.x AND tier(p.x) = {micro}) ORDER BY o.x) FROM few AS o')) AS v (label, q);

CREATE FUNCTION pg_temp.is_tier(tier, tier) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
-- Grouping: the value of an expression over the grouped tier, and HAVING.
SELECT is(pg_temp.value(format('SELECT array_agg(g::text ORDER BY g::text) FROM (%s) AS g', pg_temp.rewritten(q))),
	pg_temp.value(format('SELECT array_agg(g::text ORDER BY g::text) FROM (%s) AS g', pg_temp.plain(q))), 'grouping: ' || label)
FROM (VALUES
	('by tier', 'SELECT tier(x), tier(x) = {micro}, count(*) FROM counts GROUP BY tier(x)'),
	('HAVING', 'SELECT tier(i), count(*) FROM counts GROUP BY tier(i) HAVING tier(i) >= {micro}'),
	('HAVING of an aggregate', 'SELECT s, max(x) FROM counts GROUP BY s HAVING tier(max(x)) = {micro}'),
	('ROLLUP', 'SELECT tier(x), tier(x) = {micro}, tier(x) <= {mega}, count(*) FROM counts WHERE x > 0 GROUP BY ROLLUP (tier(x))'),
	('ROLLUP with HAVING', 'SELECT tier(x), count(*) FROM counts WHERE x BETWEEN 10000 AND 60000 GROUP BY ROLLUP (tier(x)) HAVING (tier(x) = {micro}) IS NOT TRUE'),
	('CUBE over a widened count', 'SELECT i::bigint, tier(i::bigint) > {nano}, s FROM counts GROUP BY CUBE (i::bigint, s)'),
	('ROLLUP in a subquery', 'SELECT t, t = {mid} FROM (SELECT tier(x) AS t FROM counts) AS c GROUP BY ROLLUP (t)'),
	('ROLLUP, WHERE of the same tier', 'SELECT tier(x), count(*) FROM counts WHERE tier(x) >= {micro} GROUP BY ROLLUP (tier(x))'),
	('ROLLUP, WHERE of the same condition', 'SELECT tier(x), tier(x) = {micro}, count(*) FROM counts WHERE tier(x) = {micro} GROUP BY ROLLUP (tier(x))'),
	('ROLLUP under NOT', 'SELECT tier(x), NOT tier(x) = {micro}, NOT (tier(x) >= {nano} AND tier(x) < {mid}) FROM counts GROUP BY ROLLUP (tier(x)) HAVING (NOT tier(x) <= {none}) IS NOT FALSE'),
	('ROLLUP over a function that is inlined', 'SELECT tier(x), pg_temp.is_tier(tier(x), {micro}), CASE WHEN tier(x) > {mid} THEN 1 WHEN NOT tier(x) > {mid} THEN 2 END FROM counts GROUP BY ROLLUP (tier(x))'),
	('ROLLUP over a merged column', 'SELECT tier(x), tier(x) = {micro}, count(*) FROM few AS a FULL JOIN few AS b USING (x) GROUP BY ROLLUP (tier(x))'),
	('ROLLUP over a join with a name', 'SELECT tier(j.x), tier(j.x) <> {micro}, count(*) FROM (few AS a JOIN few AS b USING (x)) AS j GROUP BY CUBE (tier(j.x), j.x)'),
	('ROLLUP, sets and another tier', 'SELECT tier(x), tier(i), tier(x) > {nano}, tier(i) > {nano}, count(*) FROM counts WHERE tier(s) < {mid} GROUP BY GROUPING SETS ((tier(x)), (tier(i)), ())'),
	('ROLLUP, conditions pushed down', 'SELECT * FROM (SELECT tier(x) AS t, count(*) AS n FROM counts GROUP BY ROLLUP (tier(x))) AS r WHERE (t = {micro}) IS NOT FALSE'),
	('ROLLUP over a condition', 'SELECT tier(x) = {micro}, count(*) FROM counts GROUP BY ROLLUP (tier(x) = {micro})'),
	('ROLLUP over a constant expression', 'SELECT tier(coalesce(NULL, x)), tier(coalesce(NULL, x)) = {micro}, count(*) FROM counts GROUP BY ROLLUP (tier(coalesce(NULL, x)))'),
	('ROLLUP with FILTER and DISTINCT', 'SELECT DISTINCT tier(x), count(*) FILTER (WHERE tier(x) = {micro}), bool_or(tier(x) = {mid}) FROM counts GROUP BY ROLLUP (tier(x)) ORDER BY tier(x)'),
	('ROLLUP with in_tiers', 'SELECT tier(x), in_tiers(x, ARRAY[{micro}, {mid}]), count(*) FROM counts WHERE in_tiers(x, ARRAY[{micro}, {nano}]) GROUP BY ROLLUP (tier(x), x)'),
	('a window', 'SELECT x, tier(max(x) OVER (ORDER BY x)) = {micro} FROM counts')) AS v (label, q);

-- The same where only columns are grouped by, of which conditions are rewritten.
SELECT is(pg_temp.value(format('SELECT array_agg(g::text ORDER BY g::text) FROM (%s) AS g', pg_temp.rewritten(q))),
	pg_temp.value(format('SELECT array_agg(g::text ORDER BY g::text) FROM (%s) AS g', pg_temp.plain(q))), 'grouping by columns: ' || label)
FROM (VALUES
	('ROLLUP', 'SELECT x, tier(x) = {micro}, tier(i) <> {mid}, count(*) FROM counts GROUP BY ROLLUP (x, i) HAVING (tier(i) = {nano}) IS NOT TRUE'),
	('CUBE of a merged column', 'SELECT x, tier(x) = {micro}, count(*) FROM few AS a JOIN (SELECT i AS x FROM counts) AS b USING (x) GROUP BY CUBE (x)'),
	('CUBE of a subquery''s', 'SELECT y, tier(y) = {micro}, in_tiers(y, ARRAY[{micro}, {mid}]), count(*) FROM (SELECT i::bigint AS y FROM counts) AS c GROUP BY CUBE (y)'),
	('SETS, sorted by a tier', 'SELECT x, i, count(*) FROM counts GROUP BY GROUPING SETS ((x), (i), ()) ORDER BY tier(x) = {micro}, tier(i) > {mid}')) AS v (label, q);

-- However conditions are nested, and whatever costs are set to, they don't grow,
-- nor does the time; many of them take no more than each.
CREATE FUNCTION pg_temp.nested(form text, inner_form text, depth int) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 1..depth LOOP
		inner_form := replace(form, '{}', inner_form);
	END LOOP;
	RETURN inner_form;
END $$;
SET LOCAL cpu_operator_cost = 0;
SELECT cmp_ok(length(pg_temp.plan_text('SELECT ' || pg_temp.nested(form, 'x', 18) || ' FROM counts GROUP BY ' || grouped)), '<', 10000, 'nested: ' || form)
FROM (VALUES ('CASE WHEN tier({}) <> ''micro'' THEN 1 ELSE 20000 END::bigint', 'x'), ('max(x) FILTER (WHERE x > 0) + CASE WHEN tier({}) <> ''micro'' THEN 1 ELSE 20000 END::bigint', 'x')) AS v (form, grouped);
SELECT cmp_ok(length(pg_temp.plan_text(format('SELECT tier(max(%s)) <> ''micro'' FROM counts', pg_temp.nested('x + ({})', 'x', 30)))), '<', 700, 'an aggregate''s argument is counted');
RESET cpu_operator_cost;
SET LOCAL statement_timeout = '20s';
SELECT isnt(pg_temp.plan_text('SELECT x, count(*) FROM counts GROUP BY ROLLUP (x, (i + 0)) HAVING ' ||
	(SELECT string_agg(format('(tier(i + 0) = ''micro'' AND count(*) > %s)', n), ' OR ') FROM generate_series(1, 1600) AS n)), NULL, 'many conditions over groups');
RESET statement_timeout;

-- Prepared statements: a custom plan knows its parameter, a generic one does
-- not, and both find the same.
PREPARE of_tier(tier) AS SELECT x FROM counts WHERE tier(x) >= $1 AND in_tiers(i, ARRAY[$1, 'mega']);
PREPARE in_scheme(tier_scheme) AS SELECT x FROM counts WHERE tier(x, $1) = 'micro';
SET LOCAL plan_cache_mode = force_custom_plan;
SELECT set_eq('EXECUTE of_tier(''mid'')', 'SELECT x FROM counts WHERE i BETWEEN 50001 AND 499999 OR i >= 1000000', 'a custom plan');
SELECT set_eq('EXECUTE in_scheme(''later_fohr'')', 'SELECT x FROM counts WHERE x BETWEEN 10000 AND 99999', 'a custom plan, by scheme');
SELECT unalike(pg_temp.plan_text('EXECUTE of_tier(''mid'')'), '%tier%', 'a custom plan is rewritten');
SET LOCAL plan_cache_mode = force_generic_plan;
SELECT set_eq('EXECUTE of_tier(''mid'')', 'SELECT x FROM counts WHERE i BETWEEN 50001 AND 499999 OR i >= 1000000', 'a generic plan');
SELECT set_eq('EXECUTE of_tier(''micro'')', 'SELECT x FROM counts WHERE i BETWEEN 10000 AND 50000 OR i >= 1000000', 'the same plan again');
SELECT set_eq('EXECUTE in_scheme(''later_fohr'')', 'SELECT x FROM counts WHERE x BETWEEN 10000 AND 99999', 'a generic plan, by scheme');
SELECT is_empty('EXECUTE of_tier(NULL)', 'a generic plan, by no tier');

-- The range of a parameter: every operator, order and tier, NULL among them, is
-- what the comparison gives that is not rewritten.
CREATE FUNCTION pg_temp.differing_parameter(col text, declared text, form text, reference text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	c record;
	t text;
	wrong int;
	result text[];
BEGIN
	FOR c IN SELECT DISTINCT scheme, call, op, commuted FROM calls NATURAL JOIN few_schemes, unnest('{=,<>,<,<=,>,>=}'::text[]) AS op, unnest('{false,true}'::bool[]) AS commuted
		WHERE calls.col = differing_parameter.col
	LOOP
		EXECUTE format('PREPARE p(%s) AS SELECT count(*) FILTER (WHERE (%s) IS DISTINCT FROM (%s)) FROM counts', declared,
			CASE WHEN c.commuted THEN format('%s %s %s', form, c.op, c.call) ELSE format('%s %s %s', c.call, c.op, form) END,
			CASE WHEN c.commuted THEN format('%s %s %s', reference, c.op, c.call) ELSE format('%s %s %s', c.call, c.op, reference) END);
		IF pg_temp.plan_text('EXECUTE p(NULL)') !~ 'tiers?_last\(' THEN
			result := result || format('%s is not rewritten', c);
		END IF;
		FOREACH t IN ARRAY '{none,nano,micro,small,mid,macro,mega,celebrity,NULL}'::text[] LOOP
			EXECUTE format('EXECUTE p(%L)', t) INTO wrong;
			IF wrong > 0 THEN
				result := result || format('%s: %s', c, t);
			END IF;
		END LOOP;
		DEALLOCATE p;
	END LOOP;
	RETURN result;
END $$;
SELECT is(pg_temp.differing_parameter(col, 'tier', '$1', '(SELECT $1)'), NULL, 'a parameter of a generic plan, ' || col) FROM unnest('{x,i,s}'::text[]) AS col;
-- As a condition over an index, and of partitions.
SET LOCAL enable_seqscan = off;
PREPARE from_tier(tier) AS SELECT count(*) FROM counts WHERE tier(x) >= $1;
SELECT matches(pg_temp.plan_text('EXECUTE from_tier(NULL)'), 'Index Cond: .*tiers_first', 'a parameter uses the index');
SELECT is(pg_temp.value(format('EXECUTE from_tier(%L)', t)), (SELECT count(*)::text FROM counts WHERE tier(x) >= (SELECT t::tier)), 'from ' || t) FROM unnest('{none,celebrity}'::text[]) AS t;
RESET enable_seqscan;
PREPARE in_parts(tier) AS SELECT * FROM parted WHERE tier(x) = $1;
SELECT matches(pg_temp.plan_text('EXECUTE in_parts(''none'')'), 'Subplans Removed', 'a parameter finds its partitions');
RESET plan_cache_mode;

-- Parallel: the functions run in workers, and states combine.
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE TABLE many AS SELECT c.* FROM counts AS c, generate_series(1, 20);
ANALYZE many;
SELECT matches(pg_temp.plan_text('SELECT tier(x), min(tier(x)), max(tier(i)), count(*) FROM many GROUP BY tier(x)'), 'Partial(.|\n)*Parallel', 'grouped in parallel');
SELECT bag_eq('SELECT tier(x)::text, min(tier(x))::text, max(tier(i))::text, count(*) FROM many GROUP BY tier(x)',
	'SELECT tier(x)::text, min(tier(x))::text, max(tier(i))::text, 20 * count(*) FROM (SELECT * FROM counts OFFSET 0) AS c GROUP BY tier(x)', 'with the same result');
SELECT bag_eq('SELECT tier(x)::text, tier(x) = ''micro'', count(*) FROM many GROUP BY tier(x)',
	'SELECT tier(x)::text, tier(x) = (SELECT ''micro''::tier) AS micro, 20 * count(*) AS n FROM counts GROUP BY tier(x)', 'a value over the group');
SELECT is((SELECT count(*) FROM many WHERE tier(x) = 'micro'), (SELECT 20 * count(*) FROM counts WHERE tier(x) = (SELECT 'micro'::tier)), 'filtered in parallel');
SET LOCAL max_parallel_workers_per_gather = 0;

-- Functions are known by what they call, not by name.  One that a setting wraps
-- is left alone: it must not be taken for another comparison.
CREATE FUNCTION pg_temp.alter_comparisons(change text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	name text;
BEGIN
	FOREACH name IN ARRAY '{eq,ne,lt,le,gt,ge}'::text[] LOOP
		EXECUTE format('ALTER FUNCTION %I(tier, tier) %s', 'tier_' || name, replace(change, '%', name));
	END LOOP;
END $$;
SELECT lives_ok('SELECT pg_temp.alter_comparisons(''SET work_mem = 4096'')', 'comparisons get a setting');
SELECT is(pg_temp.differing('SELECT count(*) FROM counts WHERE %', 'SELECT count(*) FILTER (WHERE v) FROM (SELECT % AS v FROM counts OFFSET 0) AS c'),
	0::bigint, 'comparisons with a setting');
SELECT lives_ok('SELECT pg_temp.alter_comparisons(''RESET ALL''), pg_temp.alter_comparisons(''RENAME TO my_%'')', 'comparisons are renamed');
SELECT unalike(pg_temp.plan_text('SELECT x FROM counts WHERE tier(x) > ''micro'''), '%tier%', 'renamed comparisons are rewritten');
SELECT is(pg_temp.differing('SELECT count(*) FROM counts WHERE %', 'SELECT count(*) FILTER (WHERE v) FROM (SELECT % AS v FROM counts OFFSET 0) AS c'),
	0::bigint, 'renamed comparisons');
CREATE FUNCTION tier_of(bigint) RETURNS tier IMMUTABLE STRICT LANGUAGE plpgsql AS 'BEGIN RETURN ''mega''; END';
SELECT is((SELECT count(*) FROM counts WHERE tier_of(x) = 'micro'), 0::bigint, 'a function of another is not taken for ours');

SELECT * FROM finish();
ROLLBACK;
