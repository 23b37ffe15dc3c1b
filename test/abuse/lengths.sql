--
-- Texts and strings of hostile length, a million bytes each or abuse.length, of
-- every shape: every type reads them, and every function that takes a text or a
-- document, or refuses them with an SQLSTATE that a user may meet, in a time
-- that grows no faster than they do.
--
SET client_min_messages = warning;
SET statement_timeout = '20min';
SELECT setseed(.42);
SELECT coalesce(nullif(current_setting('abuse.length', true), ''), '1000000')::int AS length \gset

CREATE TEMP TABLE long AS
SELECT shape, repeat(shape, :length / octet_length(shape)) AS text
FROM unnest(ARRAY[' ', '0', '9', '-', '.', ',', '=', '"', '\', '{', '[', '{}', 'a', '#a ', '@a ', '#a', 'http://x.com/(', 'a.b-c@', '?!', 'ad: ', 'Ab-',
	E'\u20AC', E'\U0001F600', E'\u0130', E'\uFE0F\u20E3', 'a=1,', '"a": 1,', '{"a":', '1=1,', 'a[0].', 'picks <= 3, ', E'\n', '%s', '1e']) AS shape;

-- The same behind and before what is right, and in the place of a number in it.
CREATE FUNCTION pg_temp.long_literals(of regtype) RETURNS TABLE (shape text, literal text) LANGUAGE sql AS $$
	SELECT shape, text FROM long
	UNION ALL SELECT s.shape || l.shape, CASE n WHEN 1 THEN literal || text WHEN 2 THEN text || literal
		WHEN 3 THEN regexp_replace(literal, '\d+', text) ELSE left(literal, length(literal) / 2) || text || right(literal, length(literal) / 2) END
	FROM long AS l, (SELECT literal, left(literal, 30) || ' ... ' AS shape FROM sample WHERE type = of AND length(literal) < 2000 AND literal !~ '\\' ORDER BY random() LIMIT 2) AS s, generate_series(1, 4) AS n $$;

CREATE TEMP TABLE long_result (what text, shape text, outcome text, milliseconds float8);
CREATE FUNCTION pg_temp.try_long(what text, shape text, query text, taken text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	start timestamptz := clock_timestamp();
	outcome text := 'ok';
	found bigint;
BEGIN
	BEGIN
		EXECUTE 'SELECT count(r) FROM (' || query || ' OFFSET 0) AS q (r)' INTO found USING taken;
	EXCEPTION WHEN OTHERS THEN
		outcome := coalesce(complaint(SQLSTATE, left(SQLERRM, 200)), 'error');
	END;
	INSERT INTO long_result VALUES (what, shape, outcome, 1000 * extract(epoch FROM clock_timestamp() - start));
END $$;

-- Types.
SELECT format('SELECT pg_temp.try_long(%L, shape, %L, literal) FROM pg_temp.long_literals(%L)', type, format('SELECT $1::%s', type), type)
FROM (SELECT type FROM mutable_type UNION SELECT 'tier[]'::regtype) AS t \gexec

-- Functions of a text, each text argument in turn.
SELECT format('SELECT pg_temp.try_long(%L, shape, %L, text) FROM long', function || ' ' || n, 'SELECT ' || (
	SELECT format('%s(%s)', c.function::regproc, string_agg(before_argument(c.function, m) || CASE WHEN m = n THEN '$1' ELSE format('%L::%s',
		(SELECT literal FROM sample AS s WHERE s.type = b ORDER BY length(literal), number OFFSET 1 LIMIT 1), b) END, ', ' ORDER BY m))
	FROM unnest(c.arguments) WITH ORDINALITY AS u (b, m)))
FROM callable AS c, unnest(arguments) WITH ORDINALITY AS a (type, n) WHERE kind = 'f' AND type = 'text'::regtype \gexec
SELECT format('SELECT pg_temp.try_long(%L, shape, %L, text) FROM long', function, format('SELECT %s(VARIADIC ARRAY[$1, $1])', function::regproc))
FROM callable WHERE kind = 'f' AND arguments = '{text[]}' AND before_argument(function, 1) <> '' \gexec

-- Documents whose strings, keys and numbers are long; jsonb itself has a limit of 256 MB
-- for a string.
CREATE TEMP TABLE long_document AS
SELECT source, shape, CASE n WHEN 1 THEN regexp_replace(body::text, '"1[^"]*"', to_json(text)::text) WHEN 2 THEN regexp_replace(body::text, '"(id|code|username|label)"', to_json(text)::text)
	ELSE regexp_replace(body::text, ': \d+', ': ' || repeat('9', least(:length, 100000))) END AS body
FROM document, long, generate_series(1, 3) AS n
WHERE shape IN ('9', 'a', '#a ', '[') AND NOT (n = 3 AND shape <> '9');
SELECT format('SELECT pg_temp.try_long(%L, shape, format(%L, source), body) FROM long_document', function, format('SELECT %s(%%L, $1::jsonb)', function::regproc))
FROM callable WHERE arguments = '{text,jsonb}' \gexec
SELECT format('SELECT pg_temp.try_long(%L, shape, %L, body) FROM long_document', function, format('SELECT %s($1::jsonb)', function::regproc))
FROM callable WHERE kind = 'f' AND arguments = '{jsonb}' \gexec
-- Mappings whose paths are long.
SELECT format('SELECT pg_temp.try_long(%L, shape, %L, text) FROM long', function || ' mapping',
	format('SELECT %s(%L, jsonb_build_object(%L, %L::text, %L, $1))', function::regproc, '{"data": [{"id": 1}]}', CASE WHEN function::text ~ 'profile' THEN 'profile' ELSE 'posts' END, '', CASE WHEN function::text ~ 'profile' THEN 'followers' ELSE 'likes' END))
FROM callable WHERE arguments = '{jsonb,jsonb}' \gexec

SELECT no_plan();
SELECT is_empty($$ SELECT what, shape, outcome FROM long_result WHERE outcome NOT IN ('ok', 'error') LIMIT 20 $$,
	format('of %s texts of %s bytes, %s are read, and others refused', count(*), :length, count(*) FILTER (WHERE outcome = 'ok'))) FROM long_result;
-- A millionth of it takes less than 20 us; what takes time by the square takes hours.
SELECT is_empty(format($$ SELECT what, shape, milliseconds FROM long_result WHERE milliseconds > greatest(20000, %s * .02) LIMIT 20 $$, :length),
	format('none takes longer than %s ms', ceil(max(milliseconds)))) FROM long_result;
SELECT * FROM finish();
