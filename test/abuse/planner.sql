--
-- What the planner is told of tiers, over whatever a user can write: functions
-- of every kind that return a tier or take one, in every form of condition, at
-- every place of a statement.  Each ends with a result or with an SQLSTATE that
-- a user may meet; a condition gives the rows that it gives over the tier as a
-- column, where there is nothing to rewrite.
--
SET client_min_messages = warning;
SET jit = off;
SET max_parallel_workers_per_gather = 0;
SELECT setseed(coalesce(nullif(current_setting('abuse.seed', true), '')::float8, .42));

-- At most so many of a kind.
SELECT 10 * coalesce(nullif(current_setting('abuse.calls', true), ''), '400')::int AS most \gset

DROP SCHEMA IF EXISTS planner CASCADE;
CREATE SCHEMA planner;
SET search_path = planner, public;

CREATE DOMAIN a_tier AS tier CHECK (VALUE <> 'celebrity');
CREATE DOMAIN a_scheme AS tier_scheme DEFAULT 'iab_uk' NOT NULL;
CREATE DOMAIN a_count AS bigint;
CREATE DOMAIN tiers_of AS tier[];
CREATE TYPE pair AS (a tier, b int);

CREATE TABLE t AS
SELECT n, x, CASE WHEN x BETWEEN -2147483648 AND 2147483647 THEN x END::integer AS i, (n % 30000)::smallint AS s, x::a_count AS c,
	tier(x) AS tr, nullif(tier(x), 'mega')::a_tier AS d, 'later_fohr'::tier_scheme AS sch, 'micro=5K,mega=1M'::a_scheme AS dsch,
	ARRAY[tier(x), 'mid'] AS arr, tier(x)::text AS txt
FROM (SELECT n, (ARRAY[NULL, 0, -1, 999, 1000, 9999, 10000, 50000, 50001, 499999, 1000000, 9223372036854775807, -9223372036854775808]::bigint[])[1 + n % 17] AS x
	FROM generate_series(1, 120) AS n) AS r;
CREATE INDEX ON t (x);
CREATE INDEX ON t (tr);
ANALYZE t;
CREATE TABLE parts (LIKE t) PARTITION BY LIST (tier(x));
CREATE TABLE parts_micro PARTITION OF parts FOR VALUES IN ('micro');
CREATE TABLE parts_rest PARTITION OF parts DEFAULT;
INSERT INTO parts TABLE t;

-- Functions that return a tier: no argument to three, with defaults, of one
-- type or of any, variadic, of sets, of rows, as a domain; in each language and
-- volatility, STRICT or not.
CREATE TABLE maker (expression text, steady boolean DEFAULT true);
DO $$
DECLARE
	f record;
	volatility text;
BEGIN
	FOR f IN SELECT v.*, language, body, row_number() OVER () AS n FROM (VALUES
			('', 'tier', ''), ('bigint', 'tier', 'x'), ('bigint', 'a_tier', 'x'), ('a_count', 'tier', 'c'), ('tier', 'tier', 'tr'), ('a_tier', 'a_tier', 'd'),
			('bigint, tier_scheme', 'tier', 'x, sch'), ('bigint, a_scheme', 'tier', 'x, dsch'), ('text, tier_scheme', 'tier', 'txt, sch'),
			('tier_scheme', 'tier', 'sch'), ('bigint, tier_scheme DEFAULT ''iab_uk''', 'tier', 'x'), ('bigint DEFAULT 7', 'tier', ''),
			('bigint, tier_scheme, integer', 'tier', 'x, sch, i'), ('bigint, bigint, bigint', 'a_tier', 'x, 5, x'),
			('anyelement', 'anyelement', 'tr'), ('anyelement', 'tier', 'x'), ('anyarray', 'anyelement', 'arr'), ('anyelement, anyarray', 'anyelement', 'tr, arr'),
			('anycompatible, anycompatible', 'anycompatible', 'tr, d::tier'), ('VARIADIC tier[]', 'tier', 'tr, tr'), ('VARIADIC bigint[]', 'tier', 'x, i'),
			('VARIADIC anyarray', 'anyelement', 'tr, tr, tr'), ('bigint, VARIADIC tier[] DEFAULT ''{}''', 'tier', 'x'),
			('bigint', 'SETOF tier', 'x'), ('', 'SETOF tier', ''), ('bigint, tier_scheme', 'SETOF a_tier', 'x, sch'),
			('bigint, OUT a tier', '', 'x'), ('record', 'tier', 't'), ('internal_none text', 'tier', 'txt')) AS v (arguments, result, call),
		(VALUES ('sql', '{ SELECT ''mid''::tier LIMIT 1 }'), ('sql', '{ SELECT ''mid''::tier }'), ('plpgsql', '{ BEGIN {r} END }')) AS l (language, body)
	LOOP
		FOREACH volatility IN ARRAY '{IMMUTABLE,STABLE STRICT,VOLATILE,IMMUTABLE SET work_mem = 4096}'::text[] LOOP
			BEGIN
				EXECUTE format('CREATE FUNCTION %I(%s) %s LANGUAGE %s %s AS %L', 'f' || f.n || left(md5(volatility), 4), f.arguments,
					CASE WHEN f.result <> '' THEN 'RETURNS ' || f.result END, f.language, volatility,
					replace(replace(replace(f.body, '{r}', CASE WHEN f.result ~ 'SETOF' THEN 'RETURN NEXT ''mid''; RETURN;' WHEN f.result = '' THEN 'a := ''mid'';'
						ELSE 'RETURN ''mid'';' END), '{ ', ''), ' }', ''));
				INSERT INTO maker VALUES (format('%I(%s)', 'f' || f.n || left(md5(volatility), 4), f.call), f.result !~ 'SETOF');
			EXCEPTION WHEN OTHERS THEN
				NULL;				-- this language has no such function
			END;
		END LOOP;
	END LOOP;
END $$;
CREATE FUNCTION zero() RETURNS tier LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN ''micro''; END';
CREATE AGGREGATE last_tier(tier) (SFUNC = tier_larger, STYPE = tier);
-- Ours and what is built over them.
INSERT INTO maker (expression) SELECT unnest(ARRAY['tr', 'd', 'd::tier', 'tier(x)', 'tier(i)', 'tier(s)', 'tier(c)', 'tier(x, sch)', 'tier(x, dsch)', 'tier(x, ''later_fohr'')',
	'tier(x, ''micro=0''::a_scheme)', 'tier(x, NULL)', 'tier(NULL::bigint)', 'tier(i, ''celebrity=5'')', 'tier(x)::a_tier', 'tier(x)::a_tier::tier', 'tier(scheme => ''iab_uk'', followers => x)',
	'tier((SELECT x))', 'tier((SELECT max(x) FROM t))', '(SELECT tier(x))', '(SELECT tier(o.x) FROM t AS o WHERE o.n = t.n)', 'tier((random() * 5)::bigint)', 'tier(generate_series(1, 2))',
	'tier(CASE WHEN n > 5 THEN x END)', 'tier(coalesce(x, i, s))', 'coalesce(tier(x), ''none'')', 'nullif(tier(x), ''micro'')', 'CASE WHEN n > 5 THEN tier(x) ELSE tr END',
	'CASE tier(x) WHEN ''micro'' THEN d WHEN tr THEN ''mid'' END', 'greatest(tier(x), tr)', '(ARRAY[tier(x), tr])[1]', '(ROW(tier(x), 1)::planner.pair).a', 'txt::tier', '''micro''::tier', 'NULL::tier',
	'tier_larger(tier(x), tr)', 'tier(parse_count(n::text))', 'tier(tier_first(tr))', 'tier(tiers_last(tr, tier(x)))', 'min(tier(x)) OVER (ORDER BY n)', 'tier(max(x) OVER (PARTITION BY s))',
	'max(tier(x))', 'tier(max(x))', 'last_tier(tr)', 'tier(count(*))', 'tier(grouping(x))', 'tier_in(txt::cstring)', 'tier(x::text::bigint)', 'tier((x)::a_count::bigint)', 'tier(i + s)', '((t).tr)', 'tier((t).x)']);

-- Conditions over it, {e}; the parameter {p} is of type tier.
CREATE TABLE condition (condition text);
INSERT INTO condition
SELECT format(CASE commuted WHEN 0 THEN '{e} %s %s' ELSE '%2$s %1$s {e}' END, op, other)
FROM unnest('{=,<>,<,<=,>,>=}'::text[]) AS op, generate_series(0, 1) AS commuted,
	unnest(ARRAY['''micro''', 'NULL', '''small''', '{p}', 'tr', 'tier(i)', '''mid''::a_tier', '(SELECT ''mid''::tier)', '(SELECT min(tr) FROM t)', 'txt::tier', 'tier(n)', '{e}']) AS other;
INSERT INTO condition SELECT unnest(ARRAY['{e} IN (''micro'', ''mid'')', '{e} NOT IN (''micro'', NULL)', '{e} = ANY (arr)', '{e} <> ALL (arr)', '{e} = ANY ((SELECT arr)::tier[])', '{e} = ANY (ARRAY[tr, {p}])',
	'{e} = ANY ({p}::tier || arr)', '{e} < ANY (''{}''::tier[])', '{e} IN (SELECT tr FROM t)', '{e} NOT IN (SELECT tier(x) FROM t WHERE x > 0)', '{e} > ALL (SELECT tr FROM t WHERE n < 3)',
	'{e} IS DISTINCT FROM ''micro''', '{e} IS NOT DISTINCT FROM {p}', '{e} IS DISTINCT FROM NULL', '{e} BETWEEN ''nano'' AND {p}', '{e} BETWEEN SYMMETRIC {p} AND tr', 'NOT ({e} = ''micro'')',
	'({e} = ''micro'') IS NOT TRUE', '({e} >= {p}) IS UNKNOWN', '({e} = ''micro'') = ({e} = {p})', 'CASE {e} WHEN ''micro'' THEN true WHEN tr THEN false END', 'CASE WHEN {e} = ''mid'' THEN {e} > ''none'' ELSE {e} = tr END',
	'coalesce({e}, ''mid'') = ''mid''', 'nullif({e}, ''mid'') IS NULL', 'ROW({e}, 1) = ROW(''mid''::tier, 1)', 'ROW({e}, n) < ROW({p}, 5)', 'ROW({e}, n) IS DISTINCT FROM ROW(tr, n)', '{e} IS NULL',
	'tier_eq({e}, ''micro'')', 'tier_lt(''mid'', {e})', 'tier_ge({e}, {p})', 'tier_cmp({e}, ''mid'') > 0', 'in_tiers(x, ARRAY[{e}])', 'in_tiers(x, ARRAY[{e}, ''mid''], sch)', 'in_tiers(i, ''{micro,mid,NULL}'')',
	'in_tiers(x, arr, ''iab_uk'')', 'in_tiers(x, NULL)', 'in_tiers(NULL, ARRAY[{e}], NULL)', 'in_tiers(x, {p} || ''{}''::tier[])', 'in_tiers(x, ''{micro}''::tiers_of)', 'in_tiers(tiers => ''{mid}'', followers => x)',
	'x <@ tier_range({e})', 'x BETWEEN tier_first({e}) AND tier_last({e}, sch)', '{e}::integer > 2', 'exists (SELECT FROM (SELECT x AS ox FROM t) AS o WHERE tier(ox) = {e})', '{e} = ANY (SELECT tier FROM tiers(sch))',
	'{e} = ''micro'' OR {e} = {p} OR x = 5', 'greatest({e}, ''nano'') <= {p}', 'array_position(arr, {e}) > 1', 'arr @> ARRAY[{e}]::tier[]', '{e} = ANY (ARRAY[]::tier[])', 'ARRAY[{e}]::tier[] = ARRAY[''micro''::tier]']);

-- Places, {c} for the condition and {e} for the tier; {n} is a new name.  Those
-- of {p} are prepared and executed by plans of both kinds.
CREATE TABLE place (place text, has_parameter boolean);
INSERT INTO place SELECT unnest(ARRAY[
	'SELECT n, ({c}) FROM t WHERE {c}', 'SELECT count(*) FROM parts AS t WHERE {c}', 'SELECT count(*) FILTER (WHERE {c}), bool_or({c}) FROM t',
	'SELECT {e}, ({c}), NOT ({c}), count(*) FROM t WHERE {c} GROUP BY ROLLUP ({e}, n, x, tr, txt, arr, i, s, d, sch)', 'SELECT tier(x), ({c}) FROM t GROUP BY CUBE (tier(x), tr), x, n, i, arr, txt, d, sch, dsch, s, c',
	'SELECT tr, count(*) FROM t GROUP BY GROUPING SETS ((tr), (x, i), ()) HAVING {c}', 'SELECT tier(x), count(*) FROM t WHERE {c} GROUP BY ROLLUP (tier(x)) HAVING tier(x) = ''micro''',
	'SELECT n FROM t GROUP BY n, x, tr, i, s, c, d, sch, dsch, arr, txt HAVING {c}', 'SELECT rank() OVER (PARTITION BY {c} ORDER BY {e}) FROM t', 'SELECT DISTINCT ON ({c}) n FROM t ORDER BY ({c}), {e} DESC NULLS LAST',
	'SELECT count(*) FROM t JOIN t AS u USING (n, x, i, s, c, tr, d, sch, dsch, arr, txt) WHERE {c}', 'SELECT count(*) FROM (SELECT * FROM t WHERE n < 9) AS t LEFT JOIN t AS u ON {b}', 'SELECT count(*) FROM t FULL JOIN (SELECT tr AS v FROM t WHERE {c}) AS u ON tr = v',
	'SELECT count(*) FROM t AS u WHERE EXISTS (SELECT FROM t WHERE {c} AND t.n = u.n)', 'SELECT (SELECT ({c}) FROM t LIMIT 1) FROM t AS u WHERE NOT EXISTS (SELECT FROM t WHERE t.tr = u.tr AND {c})',
	'SELECT u.* FROM t, LATERAL (SELECT ({c}) AS v, {e} AS w) AS u WHERE v', 'WITH t AS MATERIALIZED (SELECT * FROM t) SELECT n FROM t WHERE {c}', 'SELECT v FROM (SELECT DISTINCT ({c}) AS v, {e} FROM t) AS q WHERE v',
	'SELECT n FROM t WHERE {c} UNION ALL SELECT n FROM t WHERE NOT ({c}) ORDER BY 1', 'SELECT n FROM (SELECT * FROM t UNION ALL SELECT * FROM t) AS t WHERE {c}', 'UPDATE t SET n = n WHERE {c}', 'DELETE FROM t WHERE {c} AND n < 0 RETURNING ({c})',
	'UPDATE t SET tr = {e} WHERE {c} AND n < 0', 'MERGE INTO parts_rest AS p USING t ON {c} AND p.n = t.n + 1000 WHEN MATCHED AND {c} THEN DO NOTHING', 'EXPLAIN (VERBOSE) SELECT * FROM t WHERE {c}', 'SELECT array_agg(n ORDER BY {e}, ({c})) FROM t',
	'SELECT u.n, EXISTS (SELECT FROM t AS v, t AS w, t WHERE v.n = u.n AND w.n = u.n AND t.n = u.n AND {c}) FROM t AS u', 'SELECT EXISTS (SELECT FROM t WHERE t.n = parts.n AND {c}), count(*) FROM parts GROUP BY ROLLUP (parts.n, tier(parts.x))',
	'SELECT tr FROM t ORDER BY ({c}), {e} LIMIT 3', 'INSERT INTO parts SELECT * FROM t WHERE {c} AND n < 0', 'SELECT CASE WHEN {c} THEN 1 WHEN NOT ({c}) THEN 2 END, coalesce({c}, false) FROM t']), true;
INSERT INTO place SELECT unnest(ARRAY[
	'CREATE TABLE {n} (LIKE t, CHECK ({c})); INSERT INTO {n} SELECT * FROM t WHERE {c}; SET LOCAL constraint_exclusion = on; SELECT * FROM {n} AS t WHERE {c}',
	'CREATE TABLE {n} (LIKE t, v boolean GENERATED ALWAYS AS ({c}) STORED); INSERT INTO {n} SELECT * FROM t; SELECT * FROM {n} AS t WHERE {c} AND v', 'CREATE TABLE {n} AS SELECT * FROM t; ALTER TABLE {n} ADD w tier GENERATED ALWAYS AS ({e}) STORED; SELECT w FROM {n}',
	'CREATE TABLE {n} (LIKE t); INSERT INTO {n} SELECT * FROM t; CREATE INDEX ON {n} (n) WHERE {c}; SET LOCAL enable_seqscan = off; SELECT * FROM {n} AS t WHERE {c} AND n = 5',
	'CREATE TABLE {n} (LIKE t); INSERT INTO {n} SELECT * FROM t; CREATE INDEX ON {n} (({e}), ({c})); ANALYZE {n}; SET LOCAL enable_seqscan = off; SELECT * FROM {n} AS t WHERE {c}',
	'CREATE TABLE {n} (LIKE t); INSERT INTO {n} SELECT * FROM t; CREATE STATISTICS {n}_s ON ({e}), ({c}) FROM {n}; ANALYZE {n}; SELECT * FROM {n} AS t JOIN t AS u ON {e} = u.tr WHERE {b}',
	'CREATE TABLE {n} (LIKE t) PARTITION BY LIST (({e})); CREATE TABLE {n}_1 PARTITION OF {n} FOR VALUES IN (''mid'', NULL); CREATE TABLE {n}_2 PARTITION OF {n} DEFAULT; INSERT INTO {n} SELECT * FROM t; SELECT * FROM {n} AS t WHERE {c}',
	'CREATE TABLE {n} (LIKE t) PARTITION BY RANGE (({e}), x); CREATE TABLE {n}_1 PARTITION OF {n} FOR VALUES FROM (''none'', 0) TO (''mid'', 100); CREATE TABLE {n}_2 PARTITION OF {n} DEFAULT; INSERT INTO {n} SELECT * FROM t; SELECT * FROM {n} AS t WHERE {c}',
	'CREATE VIEW {n} AS SELECT *, {e} AS e, ({c}) AS v FROM t WHERE {c}; SELECT * FROM {n} WHERE e = ''micro'' OR v; SELECT pg_get_viewdef(''{n}''::regclass)', 'CREATE VIEW {n} WITH (security_barrier) AS SELECT * FROM t WHERE {c}; SELECT * FROM {n} AS t WHERE {c}',
	'CREATE TABLE {n} AS SELECT * FROM t; ALTER TABLE {n} ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON {n} USING ({c}) WITH CHECK ({c}); GRANT ALL ON SCHEMA planner TO public; GRANT ALL ON {n}, t TO public; SET LOCAL ROLE pg_monitor; SELECT * FROM {n} AS t WHERE {c}; UPDATE {n} AS t SET n = n',
	'CREATE DOMAIN {n} AS bigint CHECK (tier(VALUE) >= ''micro'' AND in_tiers(VALUE, ''{micro,mid}'')); SELECT n::{n} FROM t WHERE {c}', 'CREATE TABLE {n} (LIKE t); CREATE UNIQUE INDEX ON {n} (n) WHERE {c}; INSERT INTO {n} SELECT * FROM t ON CONFLICT (n) WHERE {c} DO UPDATE SET n = excluded.n',
	'CREATE TABLE {n} (LIKE t, e tier DEFAULT zero() CHECK (e >= ''nano'')); INSERT INTO {n} SELECT * FROM t WHERE {c}', 'CREATE TABLE {n} (LIKE t, EXCLUDE USING btree (n WITH =) WHERE ({c})); INSERT INTO {n} SELECT * FROM t',
	'CREATE FUNCTION {n}(t) RETURNS boolean LANGUAGE sql IMMUTABLE AS $f$ SELECT {f} FROM (SELECT ($1).*) AS t $f$; SELECT {n}(t) FROM t WHERE {n}(t)', 'CREATE MATERIALIZED VIEW {n} AS SELECT {e} AS e, count(*) FROM t WHERE {c} GROUP BY 1; SELECT * FROM {n} WHERE e IN (''mid'')',
	'CREATE FUNCTION {n}(p tier) RETURNS bigint LANGUAGE sql STABLE AS $f$ SELECT count(*) FROM t WHERE {r} $f$; SELECT {n}(tr) FROM t; SELECT {n}(NULL)']), false;

-- Statements, some of each: every tier and every condition at every kind of place.
CREATE TABLE statement AS
SELECT row_number() OVER () AS id, s.* FROM (
	SELECT m.*, c.condition, p.place, p.has_parameter FROM maker AS m, condition AS c, place AS p
	WHERE NOT (expression ~ '\(t\)' AND place ~ '{n}') AND random() < :most::float8 / (SELECT count(*) FROM maker) / (SELECT count(*) FROM condition) / (SELECT count(*) FROM place)
	UNION ALL SELECT m.*, c.condition, (SELECT place FROM place LIMIT 1), true FROM maker AS m, condition AS c
	WHERE random() < :most::float8 / (SELECT count(*) FROM maker) / (SELECT count(*) FROM condition)) AS s;

CREATE FUNCTION written(s statement, parameter text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT replace(replace(replace(replace(replace(replace(replace(s.place, '{b}', replace('{c}', '{c}', regexp_replace(s.condition, '\m(n|x|i|s|c|tr|d|sch|dsch|arr|txt)\M(?!'')', 't.\1', 'g'))),
		'{c}', s.condition), '{r}', replace(s.condition, '{p}', 'p')), '{f}', replace(s.condition, '{p}', '''mid''')), '{e}', s.expression), '{p}', parameter), '{n}', 'made_' || s.id) $$;

-- What becomes of it; what it makes is undone.  A condition without a column,
-- with a domain in it, is nothing that PostgreSQL can plan twice in a policy:
-- that is so of every type.  And in a policy, a table has no other name.
CREATE FUNCTION becomes(VARIADIC queries text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	query text;
BEGIN
	FOREACH query IN ARRAY queries LOOP
		RAISE LOG 'abuse planner %', query;
		EXECUTE query;
	END LOOP;
	RAISE EXCEPTION USING ERRCODE = 'ZZ999';
EXCEPTION WHEN OTHERS THEN
	IF SQLSTATE = 'ZZ999' THEN
		RETURN 'ok';
	ELSIF (SQLERRM = 'cannot cope with variable-free clause' OR SQLERRM ~ '^invalid reference to FROM-clause entry') AND queries::text ~ 'CREATE POLICY' THEN
		RETURN 'error';
	END IF;
	RETURN coalesce(public.complaint(SQLSTATE, SQLERRM), 'error');
END $$;

SET statement_timeout = '10min';
SET plan_cache_mode = force_custom_plan;
CREATE TABLE result AS SELECT id, becomes(written(s, '''mid''')) AS outcome FROM statement AS s;
INSERT INTO result SELECT id, becomes('PREPARE q(tier) AS ' || written(s, '$1'), 'EXECUTE q(''mid'')', 'DEALLOCATE q') FROM statement AS s
WHERE has_parameter AND condition ~ '{p}' AND place !~ 'EXPLAIN';
SET plan_cache_mode = force_generic_plan;
INSERT INTO result SELECT id, becomes('PREPARE g(tier) AS ' || written(s, '$1'), 'EXECUTE g(''mid'')', 'EXECUTE g(NULL)', 'DEALLOCATE g') FROM statement AS s
WHERE has_parameter AND condition ~ '{p}' AND place !~ 'EXPLAIN';
DEALLOCATE ALL;
RESET plan_cache_mode;

-- The same rows as over a column; only of what gives the same each time.
CREATE FUNCTION differs(s statement) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	same boolean;
BEGIN
	EXECUTE format('SELECT (SELECT array_agg(n ORDER BY n) || array_agg(n ORDER BY n) FILTER (WHERE NOT (%1$s)) FROM t WHERE (%1$s) IS NOT FALSE)
		IS NOT DISTINCT FROM (SELECT array_agg(n ORDER BY n) || array_agg(n ORDER BY n) FILTER (WHERE NOT (%2$s)) FROM (SELECT *, %3$s AS made FROM t OFFSET 0) AS t WHERE (%2$s) IS NOT FALSE)',
		replace(replace(s.condition, '{e}', s.expression), '{p}', '''mid'''), replace(replace(s.condition, '{e}', 'made'), '{p}', '''mid'''), s.expression) INTO same;
	RETURN NOT same;
EXCEPTION WHEN OTHERS THEN
	RETURN NULL;
END $$;
CREATE TABLE compared AS SELECT id, differs(s) FROM statement AS s WHERE steady AND expression !~ 'random|generate_series';

-- And of a parameter, whose value the plan does not know: whatever it is.
CREATE FUNCTION differs_generic(s statement) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	value text;
	same boolean;
BEGIN
	EXECUTE format('PREPARE d(tier) AS SELECT (SELECT array_agg(n ORDER BY n) || array_agg(n ORDER BY n) FILTER (WHERE NOT (%1$s)) FROM t WHERE (%1$s) IS NOT FALSE)
		IS NOT DISTINCT FROM (SELECT array_agg(n ORDER BY n) || array_agg(n ORDER BY n) FILTER (WHERE NOT (%2$s)) FROM (SELECT *, %3$s AS made FROM t OFFSET 0) AS t WHERE (%2$s) IS NOT FALSE)',
		replace(replace(s.condition, '{e}', s.expression), '{p}', '$1'), replace(replace(s.condition, '{e}', 'made'), '{p}', '$1'), s.expression);
	FOREACH value IN ARRAY '{none,nano,micro,small,mid,mega,celebrity,NULL}'::text[] LOOP
		EXECUTE format('EXECUTE d(%s)', quote_nullable(value)) INTO same;
		EXIT WHEN NOT same;
	END LOOP;
	DEALLOCATE d;
	RETURN NOT same;
EXCEPTION WHEN OTHERS THEN
	RETURN NULL;
END $$;
SET plan_cache_mode = force_generic_plan;
CREATE TABLE compared_generic AS SELECT id, differs_generic(s) AS differs FROM statement AS s WHERE steady AND expression !~ 'random|generate_series' AND condition ~ '{p}';
DEALLOCATE ALL;
RESET plan_cache_mode;

SELECT no_plan();
SELECT is_empty($$ SELECT outcome, left(written(s, '$1'), 400) FROM result JOIN statement AS s USING (id) WHERE outcome NOT IN ('ok', 'error') ORDER BY 1 LIMIT 20 $$,
	format('of %s statements, %s gave results, and others errors of the caller', count(*), count(*) FILTER (WHERE outcome = 'ok'))) FROM result;
SELECT is_empty($$ SELECT condition, expression FROM compared JOIN statement USING (id) WHERE differs LIMIT 20 $$,
	format('%s conditions over a tier gave the rows that they give over a column', count(differs))) FROM compared;
SELECT is_empty($$ SELECT condition, expression FROM compared_generic JOIN statement USING (id) WHERE differs LIMIT 20 $$,
	format('%s conditions over a parameter gave the rows that they give over a column', count(differs))) FROM compared_generic;
SELECT is_empty($$ SELECT condition FROM statement JOIN result USING (id) GROUP BY 1 HAVING count(*) > 20 AND bool_and(outcome <> 'ok') $$, 'every condition worked somewhere');
SELECT is_empty($$ SELECT place FROM statement JOIN result USING (id) GROUP BY 1 HAVING count(*) > 30 AND bool_and(outcome <> 'ok') $$, 'every place worked somewhere');
SELECT cmp_ok(count(*), '>', 60::bigint, 'many kinds of tiers worked') FROM (SELECT expression FROM statement JOIN result USING (id) WHERE outcome = 'ok' GROUP BY 1) AS e;
SELECT * FROM finish();
DROP SCHEMA planner CASCADE;
