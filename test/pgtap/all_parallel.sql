-- Not under valgrind: it takes seconds as it is, and would take hours.
--
-- Every function and aggregate of the extension gives the same bytes in a
-- parallel plan.  They come from the catalog, so that a new one is tested, or
-- fails until it can be.
--
BEGIN;
SET LOCAL client_min_messages = warning;
\ir ../shell/sample/sample.psql

SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL seq_page_cost = 0;
SET LOCAL parallel_leader_participation = off;
-- The same setting; 16 gave it another name.
SELECT set_config(name, 'on', true) AS forced FROM pg_settings
WHERE name IN ('force_parallel_mode', 'debug_parallel_query') \gset

-- What differs between the serial and the parallel result of a query over the
-- sample, or NULL; "below" must be computed by the workers.  A worker that
-- starts early would read all rows, if some of them did not take a while.
CREATE FUNCTION pg_temp.problem(query text, below text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	plan jsonb;
	differences bigint;
BEGIN
	SET LOCAL max_parallel_workers_per_gather = 4;
	EXECUTE 'EXPLAIN (ANALYZE, VERBOSE, COSTS OFF, TIMING OFF, SUMMARY OFF, FORMAT JSON) CREATE TEMP TABLE parallel AS ' ||
		replace(query, 'FROM sample', 'FROM sample WHERE (id % 4 > 0 OR pg_sleep(.001)::text = '''')') INTO plan;
	SET LOCAL max_parallel_workers_per_gather = 0;
	EXECUTE 'CREATE TEMP TABLE serial AS ' || query;
	SELECT count(*) INTO differences FROM (
		(TABLE parallel EXCEPT ALL TABLE serial) UNION ALL (TABLE serial EXCEPT ALL TABLE parallel)) AS d;
	DROP TABLE parallel, serial;
	IF 2 > (SELECT count(*) FROM jsonb_path_query(plan, '$.** ? (@."Relation Name" == "sample").Workers[*]."Actual Rows" ? (@ > 0)')) THEN
		RETURN 'fewer than two workers: ' || left(plan::text, 500);
	ELSIF NOT plan @? below::jsonpath THEN
		RETURN 'not computed by the workers: ' || left(plan::text, 500);
	ELSIF differences > 0 THEN
		RETURN differences || ' rows differ';
	END IF;
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	RETURN format('%s: %s', query, SQLERRM);
END $$;

-- Functions that can't be called in a query of their own.
CREATE TEMP TABLE left_out AS
SELECT c.function, 'a step of an aggregate' AS reason FROM callable AS c
WHERE EXISTS (SELECT FROM pg_aggregate WHERE c.function IN (aggtransfn, aggcombinefn, aggmtransfn, aggminvtransfn))
	AND NOT EXISTS (SELECT FROM pg_operator WHERE oprcode = c.function);

SELECT plan(4 + (SELECT count(*)::int FROM callable) + (SELECT count(*)::int FROM callable WHERE is_aggregate) - (SELECT count(*)::int FROM left_out));

SELECT cmp_ok((SELECT count(*) FROM callable), '>', 200::bigint, 'there are functions to call');
SELECT is_empty($$ SELECT function FROM callable WHERE call ~ '""' $$, 'there are values for every argument');
SELECT is_empty($$
	SELECT p.oid::regprocedure FROM pg_proc AS p
	WHERE p.oid IN (SELECT function FROM callable) AND p.proparallel <> 's' $$, 'all are parallel safe');
SELECT is_empty($$ SELECT function FROM callable WHERE call IS NULL OR send IS NULL AND result NOT IN ('cstring'::regtype, 'void'::regtype) $$, 'every result has bytes');

SELECT is(pg_temp.problem(
		format('SELECT id, %s AS result FROM sample',
			CASE result WHEN 'cstring'::regtype THEN call || '::text' ELSE format('%s(%s)', send, call) END),
		'$.** ? (@."Node Type" == "Gather").Plans.**.Output[*] ? (@ like_regex "[(]")'),
	NULL, function::text)
FROM callable
WHERE NOT is_aggregate AND function NOT IN (SELECT function FROM left_out)
ORDER BY function::text COLLATE "C";

-- Aggregates: the workers aggregate what they read, and their states are merged.
-- Of so few rows, merging candidates would cost more than it saves, and next to
-- planning nothing counts.
DO $$
DECLARE
	f regprocedure;
BEGIN
	FOR f IN SELECT oid FROM pg_proc WHERE proname IN ('campaign_plan_combine', 'campaign_plan_final', 'campaign_curve_final', 'audience_frequency_combine') LOOP
		EXECUTE format('ALTER FUNCTION %s COST 1', f);
	END LOOP;
END $$;
SELECT is(pg_temp.problem(
		format('SELECT %s(%s) AS result FROM sample', send, call),
		'$.** ? (@."Node Type" == "Gather").Plans.**."Partial Mode" ? (@ == "Partial")'),
	NULL, 'one group: ' || function)
FROM callable WHERE is_aggregate
ORDER BY function::text COLLATE "C";
SELECT is(pg_temp.problem(
		format('SELECT bucket, %s(%s) AS result FROM sample GROUP BY bucket', send, call),
		'$.** ? (@."Node Type" like_regex "^Gather").Plans.**."Partial Mode" ? (@ == "Partial")'),
	NULL, 'many groups: ' || function)
FROM callable WHERE is_aggregate
ORDER BY function::text COLLATE "C";

SELECT * FROM finish();
ROLLBACK;
