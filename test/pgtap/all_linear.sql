--
-- Four times the input takes some four times the time, whatever the input: in
-- texts, documents, mappings and compositions.  What takes its square takes
-- sixteen times.
-- Not under valgrind: it measures time.
--
BEGIN;
SET LOCAL statement_timeout = '300s';
SET LOCAL jit = off;
SET LOCAL max_parallel_workers_per_gather = 0;

CREATE TABLE input (type text, name text, value text, n int);
CREATE TABLE document (type text, name text, times int, text text, jsonb jsonb);
ALTER TABLE document ALTER text SET STORAGE EXTERNAL, ALTER jsonb SET STORAGE EXTERNAL;

-- Seconds that this process was running, as Linux counts them: a busy machine
-- does not matter.
CREATE FUNCTION pg_temp.spent() RETURNS float8 LANGUAGE plpgsql AS $$
BEGIN
	RETURN split_part(pg_read_file('/proc/self/schedstat', 0, 100), ' ', 1)::float8 * 1e-9;
EXCEPTION WHEN OTHERS THEN
	RETURN extract(epoch FROM clock_timestamp());
END $$;

-- Seconds that a query takes for a document, some times.  It may be refused.
CREATE FUNCTION pg_temp.seconds(query text, d document, times int) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	start float8 := pg_temp.spent();
BEGIN
	FOR i IN 1 .. times LOOP
		BEGIN
			IF d.type = 'text' THEN
				EXECUTE query USING d.text;
			ELSE
				EXECUTE query USING d.jsonb;
			END IF;
		EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
			NULL;
		END;
	END LOOP;
	RETURN pg_temp.spent() - start;
END $$;

-- Four times the size, once, against the size, four times; 0 where that takes so
-- little that it can't be the square of anything.
CREATE FUNCTION pg_temp.growth(query text, once document, fourfold document) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	short float8 := 'Infinity';
	long float8 := 'Infinity';
BEGIN
	FOR try IN 1 .. 15 LOOP
		long := least(long, pg_temp.seconds(query, fourfold, 1));
		EXIT WHEN long < .04;
		short := least(short, pg_temp.seconds(query, once, 4));
		EXIT WHEN try > 1 AND long < 2 * short;
	END LOOP;
	RETURN CASE WHEN long < .04 THEN 0 ELSE long / short END;
END $$;

INSERT INTO input SELECT 'text', unit, format('repeat(%L, %%n / %s)', unit, octet_length(unit)), 100000
FROM unnest(ARRAY['a', '#tag ', '#', '@', '@a.', U&'\0301', U&'a\0301', '?', 'a? ', '"', '(', 'a.', 'http://a.co/', 'www.', 'a@b.', 'a-', U&'\+01F600', U&'\+01F468\200D', '広告', 'not ad ', E'ad:\n', 'paid ',
	'1', '1,', '1.', ' ', E'\n', 'k', '万']) AS unit;
INSERT INTO input VALUES
	('text', 'tags, each another', $$(SELECT string_agg('#t' || i, ' ') FROM generate_series(1, %n / 8) AS i)$$, 100000),
	('text', 'an address with brackets', $$'http://a.co/' || repeat('(', %n)$$, 100000),
	('text', 'a letter with marks', $$'#a' || repeat(U&'\0301', %n)$$, 100000),
	('jsonb', 'posts', $$SELECT jsonb_build_object('data', jsonb_agg(jsonb_build_object('id', i::text, 'like_count', i))) FROM generate_series(1, %n / 20) AS i$$, 100000),
	('jsonb', 'posts that are wrong', $$SELECT jsonb_build_object('data', jsonb_agg(jsonb_build_object('id', i::text, 'like_count', 'x'))) FROM generate_series(1, %n / 20) AS i$$, 100000),
	('jsonb', 'posts of no shape', $$SELECT jsonb_build_object('data', jsonb_agg(jsonb_build_object('nr', i))) FROM generate_series(1, %n / 20) AS i$$, 100000),
	('jsonb', 'posts by id', $$SELECT jsonb_object_agg(i, jsonb_build_object('id', i::text, 'like_count', i)) FROM generate_series(1, %n / 20) AS i$$, 100000),
	('jsonb', 'insights', $$SELECT jsonb_build_object('data', jsonb_agg(jsonb_build_object('name', 'likes', 'period', 'lifetime', 'id', '1/insights/likes/lifetime', 'values', '[{"value": 5}]'::jsonb))) FROM generate_series(1, %n / 20) AS i$$, 100000),
	('jsonb', 'numbers', $$SELECT jsonb_agg(i) FROM generate_series(1, %n / 4) AS i$$, 100000),
	('jsonb', 'empty objects', $$SELECT jsonb_build_object('data', jsonb_agg('{}'::jsonb)) FROM generate_series(1, %n / 4) AS i$$, 100000),
	('jsonb', 'keys', $$SELECT jsonb_object_agg('k' || i, i) FROM generate_series(1, %n / 8) AS i$$, 100000),
	('jsonb', 'pairs', $$SELECT jsonb_agg(jsonb_build_array('k' || i, 1)) FROM generate_series(1, %n / 8) AS i$$, 100000),
	('jsonb', 'pairs of one label', $$SELECT jsonb_agg(jsonb_build_array('k', 1)) FROM generate_series(1, %n / 8) AS i$$, 100000),
	('jsonb', 'labels that differ in case', $$SELECT jsonb_agg(translate(lpad(i::bit(24)::text, 24, '0'), '01', 'aA')) FROM generate_series(1, %n / 8) AS i$$, 100000),
	('jsonb', 'countries', $$SELECT jsonb_build_object('profile', jsonb_build_object('audience', jsonb_build_object('geoCountries', jsonb_agg(jsonb_build_object('code', 'k' || i, 'weight', 1e-9))))) FROM generate_series(1, %n / 8) AS i$$, 100000),
	('jsonb', 'errors', $$SELECT jsonb_build_object('errors', jsonb_agg(jsonb_build_object('message', 'm'))) FROM generate_series(1, %n / 8) AS i$$, 100000),
	('jsonb', 'arrays in arrays', $$repeat('[', %n / 100) || repeat(']', %n / 100)$$, 100000),
	('jsonb', 'objects in objects', $$repeat('{"data":', %n / 100) || '1' || repeat('}', %n / 100)$$, 100000),
	('jsonb', 'a long text', $$jsonb_build_object('id', repeat('x', 5 * %n), 'like_count', repeat('9', 5 * %n))$$, 100000);

CREATE TABLE work (type text, name text, query text);
INSERT INTO work SELECT 'text', f, format('SELECT count(%s($1))', f)
FROM unnest('{hashtags,mentions,asks,ends_asking,is_sponsored,sponsored_reasons,comment_kind,try_parse_count,parse_count}'::text[]) AS f;
INSERT INTO work SELECT 'text', t, format('SELECT count($1::%s)', t) FROM unnest('{tier,tier_scheme,composition}'::text[]) AS t;
INSERT INTO work SELECT 'jsonb', f || ', ' || p, format('SELECT count(*) FROM %s(%L, $1)', f, p)
FROM unnest('{post_metrics,try_post_metrics,try_profile_metrics}'::text[]) AS f, unnest('{instagram,tiktok,x}'::text[]) AS p;
INSERT INTO work SELECT 'jsonb', 'try_audience_metrics, ' || s, format('SELECT count(*) FROM try_audience_metrics(%L, $1)', s) FROM unnest('{modash,instagram}'::text[]) AS s;
INSERT INTO work VALUES
	('jsonb', 'a mapping', $$SELECT count(*) FROM try_post_metrics($1, '[{"posts": ["data[]", "{}", "[]", "[]{}", ""], "post_id": "id", "likes": ["like_count", "values[0].value", "[name=likes].x"], "skip": {"path": "id", "is": ["7", "9"]}}, {"posts": "data", "likes": "[3].id"}]')$$),
	('jsonb', 'to_composition', 'SELECT total(to_composition($1))'),
	('jsonb', 'figures of a composition', 'SELECT similarity(c, c) + diversity(c) + concentration(c) + cardinality(composition_keys(c)) + total(c + c) FROM to_composition($1) AS c'),
	('jsonb', 'shares of all labels', 'SELECT share(c, VARIADIC labels(c)) FROM to_composition($1) AS c'),
	('jsonb', 'a composition as text, and back', 'SELECT c::text::composition = c FROM to_composition($1) AS c');

DO $$
DECLARE
	i input;
BEGIN
	FOR i IN TABLE input LOOP
		EXECUTE format('INSERT INTO document (type, name, times, %I) SELECT %L, %L, 1, (%s)::%s UNION ALL SELECT %2$L, %3$L, 4, (%6$s)::%5$s', i.type, i.type, i.name,
			replace(i.value, '%n', i.n::text), i.type, replace(i.value, '%n', (4 * i.n)::text));
	END LOOP;
END $$;
CREATE TABLE measured AS
SELECT w.name AS work, a.name AS input, pg_temp.growth(w.query, a, b) AS growth
FROM work AS w JOIN document AS a ON a.type = w.type AND a.times = 1 JOIN document AS b ON b.type = a.type AND b.name = a.name AND b.times = 4;
SELECT plan(3);
SELECT cmp_ok((SELECT count(*) FROM measured), '>', 600::bigint, 'there is something to measure');
SELECT cmp_ok((SELECT pg_temp.growth('SELECT count(*) FROM generate_series(1, length($1) / 200) AS i, generate_series(1, length($1) / 200) AS j', a, b)
	FROM document AS a JOIN document AS b USING (type, name) WHERE a.name = 'a' AND a.times = 1 AND b.times = 4), '>', 2::float8, 'what takes the square is found');
SELECT is_empty('SELECT work, input, growth FROM measured WHERE growth >= 2', 'four times the input takes less than eight times the time');
SELECT * FROM finish();
ROLLBACK;
