--
-- Every function and aggregate, operators' functions among them, with NULLs and
-- extremes of each argument's type in all combinations, or in many where there
-- are too many.  Each call gives a value that reads back, or an SQLSTATE that a
-- user may meet.
--
SET client_min_messages = warning;
SELECT setseed(.42);

-- At most so many calls of one function.
SELECT coalesce(nullif(current_setting('abuse.calls', true), ''), '400') AS most \gset

CREATE TEMP TABLE pool AS
SELECT type, array_agg(literal ORDER BY number) || NULL::text AS literals FROM sample GROUP BY type;

-- The n-th of all combinations of the arguments, from 0 on; NULL past the last.
CREATE FUNCTION pg_temp.combinations(f callable) RETURNS numeric LANGUAGE sql AS $$
	SELECT coalesce(round(exp(sum(ln(cardinality(literals)::numeric)))), 1) FROM unnest(f.arguments) AS a (type) JOIN pool USING (type) $$;
CREATE FUNCTION pg_temp.combination(f callable, n numeric) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
	result text[] := '{}';
	literals text[];
	argument regtype;
BEGIN
	FOREACH argument IN ARRAY f.arguments LOOP
		literals := (SELECT p.literals FROM pool AS p WHERE type = argument);
		result := result || literals[1 + n % cardinality(literals)];
		n := div(n, cardinality(literals));
	END LOOP;
	RETURN result;
END $$;

-- Aggregates as anybody may make them of our functions: the state begins as NULL,
-- and is what the aggregate gives.
CREATE TEMP TABLE made (LIKE callable);
DO $$
DECLARE
	a record;
BEGIN
	FOR a IN SELECT c.*, g.*, 'own_' || row_number() OVER (ORDER BY aggtransfn) AS own_name
		FROM (SELECT DISTINCT ON (aggtransfn) * FROM pg_aggregate ORDER BY aggtransfn) AS g JOIN callable AS c ON c.function = aggfnoid LOOP
		BEGIN
			EXECUTE format('CREATE AGGREGATE public.%I(%s) (SFUNC = %s, STYPE = %s)', a.own_name,
				array_to_string(a.arguments, ', '), a.aggtransfn::regproc, a.aggtranstype::regtype);
			INSERT INTO made VALUES (format('public.%I(%s)', a.own_name, array_to_string(a.arguments, ', '))::regprocedure, a.own_name,
				'a', false, a.aggtranstype, a.arguments);
		EXCEPTION WHEN invalid_function_definition THEN
			NULL;				-- a strict one begins with a value, or INITCOND
		END;
	END LOOP;
END $$;

CREATE TEMP TABLE call AS
SELECT (f).function, (f).kind, (f).result, (f).arguments, pg_temp.combination(f, n) AS literals, f
FROM (SELECT c, :most FROM callable AS c UNION ALL SELECT ROW(m.*)::callable, :most / 10 FROM made AS m) AS f (f, most),
	LATERAL (SELECT pg_temp.combinations(f) AS combinations) AS c,
	LATERAL (SELECT generate_series(0, combinations - 1) AS n WHERE combinations <= most
		UNION ALL SELECT floor(random()::numeric * combinations) FROM generate_series(1, most) WHERE combinations > most) AS n;

-- Documents, each as what it is.
INSERT INTO call SELECT f.function, f.kind, f.result, f.arguments, ARRAY[source, body::text], f
FROM callable AS f, document WHERE f.arguments = '{text,jsonb}'::regtype[];
INSERT INTO call SELECT f.function, f.kind, f.result, f.arguments, ARRAY[body::text, mapping], f
FROM callable AS f, document, unnest(ARRAY[payload_mapping('instagram')::text, '{"posts": ["[]", "{}", "data[]", ""], "profile": "x", "likes": "id"}',
	'{"profile": ["", "data", "{}", "[]"], "followers": ["id", "a[0]", "b[c=d].e"]}']) AS mapping WHERE f.arguments = '{jsonb,jsonb}'::regtype[];

INSERT INTO called
SELECT function, kind, literals, outcome('SELECT ' || call_of(call.f, literals), result)
FROM call WHERE kind = 'f';

-- An aggregate over no row, one row, the same row twice, as a group and as a
-- frame that moves; and over rows of which each is another extreme.
INSERT INTO called
SELECT function, kind, literals, outcome(format('SELECT %s FROM generate_series(1, 3) AS i WHERE i <= %s %s',
	call_of(call.f, literals) || over, rows, CASE over WHEN '' THEN 'GROUP BY ()' END), result)
FROM call, (VALUES (0, ''), (1, ''), (2, ''), (3, ' OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)')) AS v (rows, over)
WHERE kind = 'a';
INSERT INTO called
SELECT function, 'a', NULL, outcome(format('SELECT %s%s FROM (VALUES %s) AS v',
	format('%s(%s)', function::regproc, (SELECT string_agg('column' || i, ', ') FROM generate_series(1, cardinality(arguments)) AS i)), over, rows), result)
FROM (SELECT function, arguments, result, string_agg(format('(%s)', (SELECT string_agg(format('%L::%s', l, t), ', ' ORDER BY n) FROM unnest(literals, arguments) WITH ORDINALITY AS u (l, t, n))), ', ') AS rows
	FROM (SELECT *, (row_number() OVER (PARTITION BY function ORDER BY random())) / 5 AS part FROM call WHERE kind = 'a') AS c GROUP BY function, arguments, result, part) AS g,
	unnest('{""," OVER (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)"}'::text[]) AS over;

SELECT no_plan();
SELECT is_empty($$ SELECT function, argument FROM callable, unnest(arguments) AS argument WHERE argument NOT IN (SELECT type FROM sample) $$, 'every type that is taken has samples');
SELECT is_empty($$ SELECT function FROM callable WHERE function NOT IN (SELECT function FROM called) $$, 'every function was called');
SELECT is_empty($$ SELECT function, outcome, left(literals::text, 200) FROM called WHERE outcome NOT IN ('ok', 'error') ORDER BY 1 LIMIT 20 $$,
	format('of %s calls, %s gave values that read back, and others errors of the caller', count(*), count(*) FILTER (WHERE outcome = 'ok'))) FROM called;
-- That a function always fails would hide what it can do; transition, inverse and
-- combine functions may, outside of an aggregate.
SELECT CASE WHEN :most < 400 THEN skip('too few calls', 1) ELSE set_eq($$ SELECT function::text FROM called GROUP BY function HAVING count(*) FILTER (WHERE outcome = 'ok') = 0
	EXCEPT SELECT f::text FROM pg_aggregate, unnest(ARRAY[aggtransfn, aggcombinefn, aggmtransfn, aggminvtransfn]::regprocedure[]) AS f $$, ARRAY[]::text[], 'what never gives a value') END;
SELECT * FROM finish();
