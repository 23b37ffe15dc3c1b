--
-- Memory is given back: many calls in one query, up to a million, groups one after the
-- other and frames that move take no more of it in the end than in the beginning.
--
SET client_min_messages = warning;
SET jit = off;
SET enable_hashagg = off;
SET max_parallel_workers_per_gather = 0;
SET work_mem = '1MB';
SELECT setseed(.42);

-- At most so many calls of one function, and so many seconds; 5 times as many
-- for less than 5000 calls.
\set most 1000000
SELECT coalesce(nullif(current_setting('abuse.seconds', true), ''), '.01') AS seconds \gset
-- What the server takes for itself, now and then.
\set bytes 500000

-- Bytes of the process; NULL where there is no /proc.
CREATE FUNCTION pg_temp.resident() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
	RETURN 1024 * substring(pg_read_file('/proc/self/status') FROM 'RssAnon:\s*(\d+)')::bigint;
EXCEPTION WHEN undefined_file THEN
	RETURN NULL;
END $$;

-- What only works within an aggregate is called by one.
CREATE TEMP TABLE inner_function AS
SELECT DISTINCT f FROM pg_aggregate, unnest(ARRAY[aggtransfn, aggcombinefn, aggmtransfn, aggminvtransfn]::regprocedure[]) AS f;

-- Calls that gave a value, each with all its arguments, some of each function,
-- the longest first: its rows make the largest state of an aggregate.
CREATE TEMP TABLE good AS
SELECT c.*, p.result, p.arguments FROM callable AS p JOIN LATERAL (
	SELECT kind, function, literals, row_number() OVER (ORDER BY length(literals::text) DESC) AS number FROM (
		SELECT kind, function, literals FROM called WHERE called.function = p.function
		GROUP BY 1, 2, 3 HAVING bool_and(outcome = 'ok') AND array_position(literals, NULL) IS NULL AND length(literals::text) < CASE kind WHEN 'a' THEN 60000 ELSE 20000 END
		ORDER BY random() LIMIT 8) AS r) AS c ON true
WHERE cardinality(p.arguments) > 0 AND p.function NOT IN (TABLE inner_function);

-- A table of the arguments of a function, and how they are called.
CREATE FUNCTION pg_temp.argument_rows(f regprocedure) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT format('(VALUES %s) AS v', string_agg(format('(%s, %s)', number, (SELECT string_agg(format('%L::%s', l, t), ', ' ORDER BY n)
		FROM unnest(literals, arguments) WITH ORDINALITY AS u (l, t, n))), ', ')) FROM good WHERE function = f $$;
CREATE FUNCTION pg_temp.call(f regprocedure) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT format('%s(%s)', f::regproc, string_agg(before_argument(f, n) || 'column' || n + 1, ', ' ORDER BY n)) FROM generate_series(1, (SELECT pronargs FROM pg_proc WHERE oid = f)) AS n $$;

-- How much the process grew from the first to the last of n calls.
CREATE FUNCTION pg_temp.grown(query text, most int, seconds float8, OUT calls int, OUT bytes bigint) LANGUAGE plpgsql AS $$
DECLARE
	start timestamptz := clock_timestamp();
	few interval;				-- what 10 calls take, most of it to plan them
BEGIN
	EXECUTE replace(query, '{n}', '10') INTO bytes;
	few := clock_timestamp() - start;
	calls := 10;
	LOOP
		calls := least(calls * 8, most);
		start := clock_timestamp();
		EXECUTE replace(query, '{n}', calls::text) INTO bytes;
		EXIT WHEN calls = most OR clock_timestamp() - start > few + seconds * interval '1 second' * CASE WHEN calls < 5000 THEN 5 ELSE 1 END;
	END LOOP;
EXCEPTION WHEN numeric_value_out_of_range OR invalid_parameter_value THEN
	-- sums of the largest values; a mean that a candidate allows, and many do not
	SELECT * INTO calls, bytes FROM pg_temp.grown(query, most / 10, seconds) AS g WHERE most > 10;
END $$;

CREATE TEMP TABLE query AS
SELECT function, 'calls' AS what, format('SELECT max(m) FILTER (WHERE i = {n}) - min(m) FILTER (WHERE i = 1) + count(r) * 0
	FROM (SELECT i, %s AS r, CASE WHEN i IN (1, {n}) THEN pg_temp.resident() END AS m FROM generate_series(1, {n}) AS i, %s) AS c',
	pg_temp.call(function), pg_temp.argument_rows(function)) AS query
FROM good WHERE kind = 'f' GROUP BY function
UNION ALL
SELECT function, 'groups', format('SELECT max(m) FILTER (WHERE i = {n}) - min(m) FILTER (WHERE i = 1) + count(r) * 0
	FROM (SELECT i, %s AS r, CASE WHEN i IN (1, {n}) THEN pg_temp.resident() END AS m FROM generate_series(1, {n}) AS i, generate_series(1, 5), %s GROUP BY i, column1) AS c',
	pg_temp.call(function), pg_temp.argument_rows(function))
FROM good WHERE kind = 'a' GROUP BY function
UNION ALL
SELECT function, CASE WHEN frame ~ 'UNBOUNDED' THEN 'state' ELSE 'frame' END, format('SELECT max(m) FILTER (WHERE i = {n}) - min(m) FILTER (WHERE i = 1) + count(r) * 0
	FROM (SELECT i, %s OVER (PARTITION BY column1 ORDER BY i %s) AS r, CASE WHEN i IN (1, {n}) THEN pg_temp.resident() END AS m
		FROM generate_series(1, {n}) AS i, %s WHERE column1 = 1) AS c', pg_temp.call(function), frame, pg_temp.argument_rows(function))
FROM good, unnest('{ROWS UNBOUNDED PRECEDING,ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING}'::text[]) AS frame WHERE kind = 'a' GROUP BY function, frame;

CREATE TEMP TABLE growth_of AS
SELECT function, what, g.* FROM query, pg_temp.grown(query, :most, :seconds) AS g;

-- What large rows take once is no leak: what took much is called 4 times as
-- often, and what counts is how much more that took.  A leak takes 3 times as
-- much more, and is over the limit again.
CREATE FUNCTION pg_temp.grown_further(query text, calls int, bytes bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	more bigint;
BEGIN
	EXECUTE replace(query, '{n}', (4 * calls)::text) INTO more;
	RETURN more - bytes;
EXCEPTION WHEN numeric_value_out_of_range OR invalid_parameter_value THEN
	RETURN bytes;
END $$;
UPDATE growth_of AS g SET bytes = pg_temp.grown_further(query, calls, bytes)
FROM query AS q WHERE q.function = g.function AND q.what = g.what AND g.what <> 'state' AND bytes > :bytes;

-- A state that is an array of rows, or the ratios of all profiles, holds every
-- row that it was given, as it was given: so many bytes more for each call, and
-- as many for the copy that the final function reads, and for the ratios, which
-- are given twice the room when it is full, as many again; all others are as
-- large after a million rows.
CREATE FUNCTION pg_temp.bytes_given(f regprocedure) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	bytes bigint;
BEGIN
	EXECUTE format('SELECT pg_column_size(ROW(%s)) FROM %s WHERE column1 = 1',
		(SELECT string_agg('column' || n + 1, ', ') FROM generate_series(1, (SELECT pronargs FROM pg_proc WHERE oid = f)) AS n), pg_temp.argument_rows(f)) INTO bytes;
	RETURN bytes;
END $$;
CREATE TEMP TABLE keeps_rows AS
SELECT aggfnoid::regprocedure AS function, pg_temp.bytes_given(aggfnoid::regprocedure) * CASE WHEN e.oid IS NULL THEN 3 ELSE 2 END AS bytes_kept
FROM pg_aggregate JOIN pg_type AS a ON a.oid = aggtranstype LEFT JOIN pg_type AS e ON e.oid = a.typelem AND e.typtype = 'c'
WHERE (e.oid IS NOT NULL OR a.typname = 'profile_ratios') AND aggfnoid IN (SELECT function FROM growth_of);

-- Arrays of NULLs, which take an eighth of a byte for each: for one, no function
-- takes more than the server does to take an array apart, and a few times that.
\set nulls 2000000
CREATE FUNCTION pg_temp.peak() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
	RETURN 1024 * substring(pg_read_file('/proc/self/status') FROM 'VmHWM:\s*(\d+)')::bigint;
EXCEPTION WHEN undefined_file THEN
	RETURN NULL;
END $$;
CREATE FUNCTION pg_temp.peak_grown(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	before bigint := pg_temp.peak();
BEGIN
	BEGIN
		EXECUTE query;
	EXCEPTION WHEN OTHERS THEN
		NULL;					-- such an array may be refused
	END;
	RETURN pg_temp.peak() - before;
END $$;
CREATE FUNCTION pg_temp.of_nulls(f callable, most int) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT format('SELECT %s(%s)', f.function::regproc, string_agg(before_argument(f.function, n) || CASE WHEN t.typcategory = 'A' THEN format('array_fill(NULL::%s, ARRAY[%s])', t.typelem::regtype, most)
		ELSE format('%L::%s', (SELECT literal FROM sample AS s WHERE s.type = a.type AND length(literal) < 2000 ORDER BY hashint4(number) LIMIT 1), a.type) END, ', ' ORDER BY n))
	FROM unnest(f.arguments) WITH ORDINALITY AS a (type, n) JOIN pg_type AS t ON t.oid = a.type $$;
CREATE TEMP TABLE nulls_of AS
SELECT function, pg_temp.peak_grown(pg_temp.of_nulls(c, :nulls)) AS bytes FROM callable AS c
WHERE EXISTS (SELECT FROM pg_type WHERE oid = ANY (arguments) AND typcategory = 'A') AND function NOT IN (TABLE inner_function);

SELECT no_plan();
SELECT CASE WHEN pg_temp.peak() IS NULL THEN skip('no /proc', 1) ELSE
	is_empty(format('SELECT function, bytes FROM nulls_of WHERE bytes > %s * 60', :nulls), format('%s functions of arrays of NULLs take no more', count(*))) END FROM nulls_of;
SELECT CASE WHEN pg_temp.resident() IS NULL THEN skip('no /proc', 1) ELSE
	is_empty(format($$ SELECT function, what, calls, bytes FROM growth_of LEFT JOIN keeps_rows USING (function)
		WHERE bytes > %s * CASE what WHEN 'state' THEN 10 ELSE 1 END + CASE what WHEN 'state' THEN calls * coalesce(bytes_kept, 0) ELSE 0 END $$, :bytes),
		format('%s queries of %s calls and more took no memory', count(*), min(calls))) END FROM growth_of;
SELECT is_empty($$ SELECT function, what FROM growth_of WHERE calls IS NULL $$, 'no query ended with an error');
SELECT is_empty($$ SELECT function FROM callable WHERE cardinality(arguments) > 0 AND function NOT IN (SELECT function FROM growth_of)
	AND function NOT IN (TABLE inner_function) $$, 'no function was left out');
SELECT * FROM finish();
