--
-- Aggregates of a user's own: every function that takes a type and returns it
-- as the transition function, from no state and from each kind of state, with
-- any final, combine and inverse function that fits, where ours never stand.
--
SET client_min_messages = warning;
SELECT setseed(coalesce(nullif(current_setting('abuse.seed', true), '')::float8, .42));
SELECT greatest(1, coalesce(nullif(current_setting('abuse.calls', true), ''), '400')::int / 400) AS each \gset

DROP SCHEMA IF EXISTS aggregates CASCADE;
CREATE SCHEMA aggregates;
SET search_path = aggregates, public;

-- Functions that can be a part of an aggregate, and the rest of their arguments.
CREATE TABLE part AS
SELECT function, result, arguments[1] AS state, arguments[2:] AS inputs
FROM callable WHERE kind = 'f' AND NOT set AND cardinality(arguments) > 0 AND 'cstring'::regtype <> ALL (arguments) AND result <> 'cstring'::regtype;

CREATE FUNCTION any_part(state regtype, inputs regtype[], result regtype DEFAULT NULL) RETURNS regproc LANGUAGE sql VOLATILE AS $$
	SELECT function::regproc FROM part AS p WHERE p.state = $1 AND p.inputs = $2 AND ($3 IS NULL OR p.result = $3) ORDER BY random() LIMIT 1 $$;
CREATE FUNCTION any_literal(type regtype, nth int) RETURNS text LANGUAGE sql VOLATILE AS $$
	SELECT format('%L::%s', (SELECT literal FROM sample AS s WHERE s.type = $1 AND random() < .9 AND length(literal) < 5000 ORDER BY hashint4(number + nth) LIMIT 1), type) $$;

-- One aggregate of each transition function without a state to begin with, one
-- with a state, and others with more to them, by chance.  An ordered-set
-- aggregate's final function takes the direct argument, which is another state.
CREATE TABLE made AS
SELECT 'made_' || row_number() OVER () AS name, t.*, CASE n % 2 WHEN 1 THEN any_literal(state, n) END AS start,
	n > 1 AND random() < .2 AND inputs <> '{}' AS ordered
FROM (SELECT function, state, inputs, n FROM part, generate_series(0, 1 + :each) AS n WHERE state = result ORDER BY function, n) AS t;

CREATE FUNCTION definition(m made) RETURNS text LANGUAGE sql VOLATILE AS $$
	SELECT format('CREATE AGGREGATE %s(%s) (%s)', m.name,
		CASE WHEN m.ordered THEN format('%s ORDER BY ', m.state) ELSE '' END || CASE m.inputs WHEN '{}' THEN '*' ELSE array_to_string(m.inputs, ', ') END,
		concat_ws(', ', 'SFUNC = ' || m.function::regproc, 'STYPE = ' || m.state,
			'INITCOND = ' || substring(m.start FROM '^(.*)::'),
			CASE WHEN m.ordered THEN 'FINALFUNC = ' || any_part(m.state, ARRAY[m.state], m.state)
				WHEN m.n < 2 THEN NULL
				WHEN random() < .3 THEN 'FINALFUNC = ' || any_part(m.state, '{}')
				WHEN random() < .4 THEN 'FINALFUNC_EXTRA, FINALFUNC = ' || any_part(m.state, m.inputs) END,
			CASE WHEN m.n > 1 AND random() < .5 THEN 'PARALLEL = SAFE, COMBINEFUNC = ' || any_part(m.state, ARRAY[m.state], m.state) END,
			CASE WHEN m.n > 1 AND random() < .5 AND NOT m.ordered THEN format('MSTYPE = %1$s, MSFUNC = %2$s, MINVFUNC = %3$s', m.state, m.function::regproc, any_part(m.state, m.inputs, m.state)) END)) $$;

-- Rows in a table, as they are stored: short, and large ones out of line.
CREATE FUNCTION rows_of(m made) RETURNS text LANGUAGE sql VOLATILE AS $$
	SELECT format('CREATE TABLE %s AS SELECT * FROM (VALUES %s) AS v (i%s)', 'rows_of_' || m.name,
		(SELECT string_agg(format('(%s)', concat_ws(', ', r, (SELECT string_agg(any_literal(type, r), ', ' ORDER BY n) FROM unnest(m.inputs) WITH ORDINALITY AS u (type, n)))), ', ') FROM generate_series(1, 6) AS r),
		(SELECT string_agg(', c' || n, '' ORDER BY n) FROM generate_series(1, cardinality(m.inputs)) AS n)) $$;

CREATE FUNCTION uses(m made) RETURNS SETOF text LANGUAGE sql VOLATILE AS $$
	SELECT format(replace(use, '{f}', CASE WHEN m.ordered THEN format('%s(%s) WITHIN GROUP (ORDER BY %s)', m.name, any_literal(m.state, 1), c) ELSE format('%s(%s)', m.name, c) END), 'rows_of_' || m.name)
	FROM (SELECT coalesce(string_agg('c' || n, ', ' ORDER BY n), '*') AS c FROM generate_series(1, cardinality(m.inputs)) AS n) AS a,
		unnest(ARRAY['SELECT {f}::text FROM %s', 'SELECT {f}::text FROM %s GROUP BY i', 'SELECT {f}::text, {f} FROM %s WHERE i < 5 GROUP BY ROLLUP (i %% 2, i)', 'SELECT {f}::text FROM %s WHERE i < 0',
			'SELECT v::text FROM (SELECT {f} AS v FROM %s GROUP BY i %% 2 OFFSET 0) AS s', 'CREATE TEMP TABLE kept ON COMMIT DROP AS SELECT {f} AS v FROM %s GROUP BY i; SELECT v::text FROM kept; DROP TABLE kept'] ||
		CASE WHEN NOT m.ordered THEN ARRAY['SELECT {f} OVER (ORDER BY i)::text FROM %s', 'SELECT ({f} OVER (ORDER BY i ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING))::text FROM %s',
			'SELECT v::text FROM (SELECT {f} OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND 2 FOLLOWING EXCLUDE TIES) AS v FROM %s OFFSET 0) AS s'] END) AS use $$;

CREATE FUNCTION becomes(query text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RAISE LOG 'abuse aggregates %', left(query, 500);
	EXECUTE query;
	RETURN 'ok';
EXCEPTION WHEN OTHERS THEN
	IF SQLERRM ~ '^could not identify an ordering operator' THEN
		RETURN 'error';
	END IF;
	RETURN coalesce(public.complaint(SQLSTATE, SQLERRM), 'error');
END $$;

CREATE TABLE defined AS SELECT m.name, d AS query, becomes(d) AS outcome FROM made AS m, definition(m) AS d;
SELECT count(becomes(rows_of(m))) FROM made AS m;
SET work_mem = '64kB';
SET statement_timeout = '10min';
CREATE TABLE used AS SELECT m.name, q AS query, becomes(q) AS outcome FROM made AS m JOIN defined AS d USING (name), uses(m) AS q WHERE d.outcome = 'ok';

SELECT no_plan();
SELECT is_empty($$ SELECT function::regprocedure FROM part WHERE state = result AND function NOT IN (SELECT function FROM made JOIN defined USING (name) WHERE outcome = 'ok') $$, 'every function that can change a state is that of an aggregate');
SELECT is_empty($$ SELECT u.outcome, d.query, left(u.query, 300) FROM used AS u JOIN defined AS d USING (name) WHERE u.outcome NOT IN ('ok', 'error') LIMIT 20 $$,
	format('of %s uses of %s aggregates, %s gave results, and others errors of the caller', count(*), count(DISTINCT name), count(*) FILTER (WHERE outcome = 'ok'))) FROM used;
SELECT cmp_ok(count(*), '>', 20::bigint, 'most worked') FROM (SELECT function FROM used JOIN made USING (name) WHERE outcome = 'ok' GROUP BY 1) AS f;
SELECT * FROM finish();
DROP SCHEMA aggregates CASCADE;
