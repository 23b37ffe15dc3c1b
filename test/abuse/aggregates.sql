--
-- Aggregates of somebody's own, which every user may make, of functions that do
-- not belong together: each function that takes a state and gives one, with no
-- first state, with one read from text, with another function to combine or to
-- take away, with every final function of the state's type, as a final function
-- itself, in frames and by workers.  calls.sql has each alone and more rows.
-- Each call gives a value that reads back, or an SQLSTATE that a user may meet.
--
SET client_min_messages = warning;
SELECT setseed(.42);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
CREATE TABLE few AS SELECT generate_series(1, 4) AS i;
ALTER TABLE few SET (parallel_workers = 2);

CREATE TEMP TABLE pool AS
SELECT type, array_agg(literal ORDER BY number) || NULL::text AS literals FROM sample GROUP BY type;
CREATE TEMP TABLE transition AS
SELECT *, arguments[1] AS state, arguments[2:] AS rest FROM callable
WHERE kind = 'f' AND NOT set AND cardinality(arguments) > 1 AND result = arguments[1]
	AND result::text IN (SELECT aggtranstype::regtype::text FROM pg_aggregate AS a JOIN callable AS c ON c.function = a.aggfnoid::regprocedure);

-- What an aggregate is made of, beside its transition function.
CREATE TEMP TABLE made AS
SELECT t.function, t.name, t.state, t.rest, p.parts FROM transition AS t, LATERAL (
	SELECT ''
	UNION ALL SELECT format(', INITCOND = %L', l) FROM pool, unnest(literals) AS l WHERE type = t.state AND length(l) < 100000
	UNION ALL SELECT format(', COMBINEFUNC = %s, PARALLEL = SAFE', c.name) FROM transition AS c WHERE c.arguments = ARRAY[t.state, t.state]
	UNION ALL SELECT format(', MSTYPE = %s, MSFUNC = %s, MINVFUNC = %s', t.state, t.name, m.name) FROM transition AS m WHERE m.arguments = t.arguments
	UNION ALL SELECT format(', FINALFUNC = %s', c.name) FROM callable AS c WHERE c.kind = 'f' AND NOT c.set AND c.arguments = ARRAY[t.state]
	UNION ALL SELECT format(', FINALFUNC = %s, FINALFUNC_EXTRA', t.name)) AS p (parts);

CREATE FUNCTION pg_temp.some_row(types regtype[]) RETURNS text LANGUAGE sql VOLATILE AS $$
	SELECT format('(%s)', string_agg(format('%L::%s', literals[1 + floor(random() * cardinality(literals))::int], a.type), ', ' ORDER BY n))
	FROM unnest(types) WITH ORDINALITY AS a (type, n) JOIN pool USING (type) $$;
-- 'refused' if there can be no such aggregate, else the worst of some queries.
CREATE FUNCTION pg_temp.tried(name name, state regtype, rest regtype[], parts text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	own text := format('pg_temp.own(%s)', array_to_string(rest, ', '));
	call text := format('pg_temp.own(%s)', (SELECT string_agg('c' || n, ', ') FROM generate_series(1, cardinality(rest)) AS n));
	one text := substr(pg_temp.some_row(rest), 2);
	lines text := format('(VALUES %s) AS v (%s)', (SELECT string_agg(pg_temp.some_row(rest), ', ') FROM generate_series(1, 4)),
		(SELECT string_agg('c' || n, ', ') FROM generate_series(1, cardinality(rest)) AS n));
	result text := 'error';
	got text;
	query text;
BEGIN
	BEGIN
		EXECUTE format('CREATE AGGREGATE %s (SFUNC = %s, STYPE = %s%s)', own, name, state, parts);
	EXCEPTION WHEN invalid_function_definition OR datatype_mismatch THEN
		RETURN 'refused';
	END;
	FOREACH query IN ARRAY ARRAY[
		format('SELECT %s::text FROM %s', call, lines),
		format('SELECT %s::text FROM %s WHERE false', call, lines),
		format('SELECT (%s OVER (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW))::text FROM %s', call, lines),
		format('SELECT pg_temp.own(%s::text FROM few WHERE i > 0', one)] LOOP
		got := outcome(query, 'text');
		IF got NOT IN ('ok', 'error') THEN
			result := format('%s: %s', got, left(query, 300));
		ELSIF got = 'ok' AND result = 'error' THEN
			result := got;
		END IF;
	END LOOP;
	EXECUTE 'DROP AGGREGATE ' || own;
	RETURN result;
END $$;

CREATE TEMP TABLE tried AS SELECT *, pg_temp.tried(name, state, rest, parts) AS outcome FROM made;
SELECT no_plan();
SELECT is_empty($$ SELECT function, parts, outcome FROM tried WHERE outcome NOT IN ('ok', 'error', 'refused') ORDER BY 1, 2 LIMIT 20 $$,
	format('of %s aggregates, %s gave values that read back, %s can not be made', count(*), count(*) FILTER (WHERE outcome = 'ok'), count(*) FILTER (WHERE outcome = 'refused'))) FROM tried;
SELECT is_empty($$ SELECT t.function FROM callable AS t
	WHERE EXISTS (SELECT FROM pg_aggregate JOIN callable AS a ON a.function = aggfnoid::regprocedure WHERE aggtransfn = t.function)
		AND NOT EXISTS (SELECT FROM tried WHERE tried.function = t.function AND outcome = 'ok') $$, 'every transition function gives values in an aggregate of one''s own');
DROP TABLE few;
SELECT * FROM finish();
