-- Not under valgrind: it takes seconds as it is, and would take hours.
--
-- Compositions against plain SQL over numeric, the same bytes in any order and
-- in parallel, text and bytes read back, and hostile input.
--
BEGIN;
SELECT plan(40);
SELECT setseed(.17);
SET LOCAL timezone = 'UTC';

-- Groups of 1 to 400 rows: whole, decimal and full-precision weights, tiny and
-- large ones, labels of any character, NULLs.  g and n stand beside random() so
-- that each row has a label of its own.
CREATE TABLE observed AS
SELECT g, label,
	CASE (random() * 6)::int
		WHEN 0 THEN NULL
		WHEN 1 THEN (random() * 1e6)::int
		WHEN 2 THEN round((random() * 100)::numeric, 2)::float8
		WHEN 3 THEN random()
		WHEN 4 THEN random() * 1e-15
		WHEN 5 THEN random() * 1e14
		ELSE 0
	END AS weight
FROM generate_series(1, 60) AS g, generate_series(1, (1 + 400 * power(g / 60.0, 3))::int) AS n,
	LATERAL (SELECT CASE WHEN random() < .05 THEN NULL ELSE
		(ARRAY['', 'DE', 'de', 'D', 'a,b', '"q"', '\', '{x}', E'tab\t', E'\u00e9\u6771', E'\U0001F600', ' ', 'NULL', E'line\n', 'x''y', E'\u0001'])
			[1 + (random() * 15 + g * 0 + n * 0)::int] || CASE WHEN g > 30 THEN (random() * 50)::int::text ELSE '' END END) AS l (label);
CREATE TABLE expected AS
SELECT g, label, sum(round(weight::text::numeric, 18)) AS weight FROM observed
WHERE weight IS NOT NULL AND label IS NOT NULL GROUP BY g, label;
CREATE TABLE total AS
SELECT g, coalesce(sum(round(weight::text::numeric, 18)), 0) AS total FROM observed GROUP BY g;
CREATE TABLE made AS
SELECT g, compose(label, weight) AS c, compose(label) AS counts FROM observed GROUP BY g;

SELECT results_eq('SELECT count(DISTINCT g), count(DISTINCT label) > 100, count(*) > 5000, count(*) > count(label), count(*) > count(weight) FROM observed',
	'VALUES (60::bigint, true, true, true, true)', 'there is something to test');

-- exact sums
SELECT is_empty($$ SELECT * FROM made JOIN total USING (g)
	WHERE c IS DISTINCT FROM (coalesce((SELECT jsonb_object_agg(label, weight) FROM expected AS e WHERE e.g = made.g), '{}')::text
		|| ' / ' || total::text)::composition $$, 'weights and totals are exact decimal sums');
SELECT is_empty($$ SELECT * FROM made WHERE c::jsonb IS DISTINCT FROM
	coalesce((SELECT jsonb_object_agg(label, weight) FROM expected AS e WHERE e.g = made.g), '{}') $$, 'jsonb has the exact weights');
SELECT is_empty($$ SELECT * FROM made WHERE counts::jsonb IS DISTINCT FROM coalesce((SELECT jsonb_object_agg(label, n)
	FROM (SELECT label, count(*) AS n FROM observed AS o WHERE o.g = made.g AND label IS NOT NULL GROUP BY label) AS t), '{}') $$,
	'labels without weights are counted');
SELECT is_empty($$ SELECT * FROM made WHERE labels(c) IS DISTINCT FROM
	coalesce((SELECT array_agg(label ORDER BY lower(label COLLATE "C"), label COLLATE "C") FROM expected AS e WHERE e.g = made.g), '{}') $$, 'labels are in the order of bytes, capitals with small letters');
-- Labels that differ in case only are one.
CREATE TABLE folded AS SELECT g, lower(label COLLATE "C") AS label, sum(weight) AS weight FROM expected GROUP BY 1, 2;

-- accessors and measures
CREATE FUNCTION pg_temp.far(a float8, b float8) RETURNS boolean LANGUAGE sql AS
$$ SELECT a IS DISTINCT FROM b AND (a IS NULL OR b IS NULL OR abs(a - b) > 1e-12 * greatest(1, abs(b))) $$;
SELECT is_empty($$ SELECT * FROM made JOIN total USING (g) JOIN folded AS e USING (g), unnest(ARRAY[label, upper(label COLLATE "C")]) AS l
	WHERE pg_temp.far(share(c, l), e.weight / nullif(total, 0)) OR pg_temp.far(weight(c, l), e.weight) $$, 'share and weight of a label');
SELECT is_empty($$ SELECT * FROM made JOIN total USING (g)
	WHERE pg_temp.far(total(c), total) OR pg_temp.far(unknown_share(c),
		1 - coalesce((SELECT sum(weight) FROM expected AS e WHERE e.g = made.g), 0) / nullif(total, 0)) $$, 'total and rest');
SELECT is_empty($$ SELECT * FROM made JOIN total USING (g), (VALUES ('{DE,dE,"",DE,nobody,NULL}'::text[]), ('{}'), ('{"a,b","\"q\"","\\"}')) AS v (target)
	WHERE pg_temp.far(share(c, VARIADIC target), coalesce((SELECT sum(weight) FROM folded AS e WHERE e.g = made.g AND label = ANY (lower(target::text COLLATE "C")::text[])), 0) / nullif(total, 0)) $$, 'share of several labels');
SELECT is_empty($$ SELECT * FROM made WHERE dominant(c) IS DISTINCT FROM
	(SELECT label FROM expected AS e WHERE e.g = made.g AND weight > 0 ORDER BY weight DESC, lower(label COLLATE "C"), label COLLATE "C" LIMIT 1) $$, 'dominant label');
SELECT is_empty($$ SELECT * FROM made, LATERAL (SELECT sum(p * p) AS herfindahl, exp(-sum(p * ln(nullif(p, 0)))) AS hill
		FROM (SELECT weight / nullif(sum(weight) OVER (), 0) AS p FROM folded AS e WHERE e.g = made.g) AS t) AS m
	WHERE pg_temp.far(concentration(c), herfindahl) OR pg_temp.far(diversity(c), hill) $$, 'concentration and diversity');
SELECT is_empty($$ SELECT * FROM made WHERE 1 / concentration(c) > diversity(c) * (1 + 1e-12) $$, 'diversity is at least the inverse of concentration');
CREATE FUNCTION pg_temp.jensen_shannon(a integer, b integer) RETURNS float8 LANGUAGE sql AS $$
	WITH shares AS (SELECT g, label, weight / nullif(sum(weight) OVER (PARTITION BY g), 0) AS p FROM folded WHERE g IN (a, b)),
		pairs AS (SELECT coalesce(x.p, 0) AS p, coalesce(y.p, 0) AS q FROM (SELECT * FROM shares WHERE g = a) AS x
			FULL JOIN (SELECT * FROM shares WHERE g = b) AS y USING (label))
	SELECT sqrt(sum(coalesce(p * ln(nullif(p, 0) / ((p + q) / 2)), 0) + coalesce(q * ln(nullif(q, 0) / ((p + q) / 2)), 0)) / 2 / ln(2.0)) FROM pairs $$;
SELECT is_empty($$ SELECT * FROM made AS x JOIN made AS y ON y.g = x.g % 60 + 1
	WHERE pg_temp.far(similarity(x.c, y.c), 1 - pg_temp.jensen_shannon(x.g, y.g)) $$, 'similarity is 1 - the Jensen-Shannon distance');
SELECT is_empty($$ SELECT * FROM made AS x, made AS y
	WHERE similarity(x.c, y.c) IS DISTINCT FROM similarity(y.c, x.c) OR similarity(x.c, y.c) NOT BETWEEN 0 AND 1
		OR (x.g = y.g AND similarity(x.c, y.c) <> 1) $$, 'similarity is symmetric, from 0 to 1, and 1 with itself');
SELECT is_empty($$ SELECT * FROM made AS x, made AS y, made AS z WHERE x.g < 20 AND y.g < 20 AND z.g < 20
	AND (1 - similarity(x.c, y.c)) + (1 - similarity(y.c, z.c)) < (1 - similarity(x.c, z.c)) - 1e-9 $$, 'the distance obeys the triangle inequality');

-- the same bytes in any order, from parts, and in parallel
SELECT is((SELECT composition_send(compose(label, weight ORDER BY random())) FROM observed),
	(SELECT composition_send(compose(label, weight)) FROM observed), 'any order');
SELECT is((SELECT composition_send(sum(c ORDER BY random())) FROM made),
	(SELECT composition_send(compose(label, weight)) FROM observed), 'a sum of parts');
SELECT is((SELECT composition_send(sum(c)) FROM (SELECT (a.c + b.c) AS c FROM made AS a JOIN made AS b ON b.g = a.g + 1 WHERE a.g % 2 = 1) AS t),
	(SELECT composition_send(compose(label, weight)) FROM observed), 'a sum of sums');
CREATE FUNCTION pg_temp.plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE 'EXPLAIN (COSTS off) ' || query;
END $$;
CREATE TABLE alone AS SELECT compose(label, weight) AS c, compose(label) AS counts FROM observed;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
ALTER TABLE observed SET (parallel_workers = 2);
SELECT isnt_empty($$ SELECT * FROM pg_temp.plan('SELECT compose(label, weight) FROM observed') AS p WHERE p LIKE '%Partial Aggregate%' $$,
	'the plan is parallel');
SELECT results_eq('SELECT compose(label, weight)::text, compose(label)::text FROM observed', 'SELECT c::text, counts::text FROM alone',
	'in parallel');
SELECT results_eq('SELECT g, compose(label, weight)::text FROM observed GROUP BY g ORDER BY g', 'SELECT g, c::text FROM made ORDER BY g',
	'in parallel by group');
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET max_parallel_workers_per_gather;

-- many labels, and a state that outgrows its room many times
CREATE TABLE many AS SELECT compose('label ' || i % 30011, 1) AS c FROM generate_series(1, 90033) AS i;
SELECT results_eq('SELECT cardinality(labels(c)), total(c), unknown_share(c), dominant(c), round(diversity(c)::numeric, 3) FROM many',
	$$ VALUES (30011, 90033::float8, 0::float8, 'label 0', 30011.000) $$, 'thirty thousand labels');
SELECT is((SELECT to_composition(c::jsonb) = c FROM many), true, 'thirty thousand labels through jsonb');
SELECT is((SELECT length(dominant(compose(x, 1))) FROM (VALUES (repeat('x', 3000000)), (repeat('y', 2000000))) AS v (x)), 3000000,
	'labels of megabytes');

-- text and bytes read back
CREATE TABLE values_of (c composition);
INSERT INTO values_of SELECT c FROM made UNION ALL SELECT counts FROM made UNION ALL SELECT c FROM many
	UNION ALL VALUES ('{}'::composition), ('{} / 3'), ('{"": 0}'), ('{"a": 9999999999999999999.999999999999999999}'), ('{"a": 0.000000000000000001} / 1');
SELECT is_empty('SELECT * FROM values_of WHERE composition_send(c::text::composition) <> composition_send(c)', 'text reads back');
CREATE TABLE file (path text);
INSERT INTO file SELECT current_setting('data_directory') || '/influencer_composition.data';
CREATE TABLE bytes_of (c composition);
CREATE FUNCTION pg_temp.copy_out(query text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('COPY (%s) TO %L (FORMAT binary)', query, (SELECT path FROM file));
END $$;
CREATE FUNCTION pg_temp.copy_in() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	TRUNCATE bytes_of;
	EXECUTE format('COPY bytes_of FROM %L (FORMAT binary)', (SELECT path FROM file));
END $$;
SELECT pg_temp.copy_out('SELECT c FROM values_of');
SELECT pg_temp.copy_in();
SELECT results_eq('SELECT c::text FROM bytes_of ORDER BY 1', 'SELECT c::text FROM values_of ORDER BY 1', 'bytes read back');

-- Labels are converted to the encoding of the client, where their order differs.
TRUNCATE values_of;
INSERT INTO values_of VALUES (E'{"\u00e9": 1, "z": 2, "\u00ff": 3, "\u20ac": 4} / 11'::composition);
SET LOCAL client_encoding = 'WIN1252';
SELECT pg_temp.copy_out('SELECT c FROM values_of');
SELECT pg_temp.copy_in();
RESET client_encoding;
SELECT results_eq('SELECT c::text FROM bytes_of', 'SELECT c::text FROM values_of', 'bytes in another encoding read back');

-- A state that is not finished, as a distributed query sends it, is the same value.
CREATE AGGREGATE unfinished(text, float8) (SFUNC = compose_accum_weight, STYPE = composition, INITCOND = '{}');
CREATE TABLE states AS SELECT g, unfinished(label, weight) AS c FROM observed GROUP BY g;
SELECT is_empty($$ SELECT * FROM states AS s JOIN made AS m USING (g) WHERE s.c <> m.c OR composition_send(s.c) <> composition_send(m.c)
	OR s.c::text <> m.c::text OR composition_hash(s.c) <> composition_hash(m.c) OR similarity(s.c, m.c) <> 1 OR labels(s.c) <> labels(m.c) $$, 'a state is read as a value');
SELECT is((SELECT composition_send(sum(c)) FROM states), (SELECT composition_send(sum(c)) FROM made), 'states are summed up as values');

-- malformed bytes
CREATE FUNCTION pg_temp.refused(bytes bytea) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_temp.copy_out(format('SELECT %L::bytea', bytes));
	PERFORM pg_temp.copy_in();
	RETURN CASE WHEN (SELECT composition_send(c) = bytes AND c::text::composition = c FROM bytes_of) THEN 'read back' ELSE 'changed' END;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
CREATE FUNCTION pg_temp.bytes(version text, labels text, total text, VARIADIC entries text[] DEFAULT '{}') RETURNS bytea LANGUAGE sql AS
$$ SELECT decode(version || labels || total || array_to_string(entries, ''), 'hex') $$;
\set one '''00000000000000000de0b6b3a7640000'''
\set two '''00000000000000001bc16d674ec80000'''
\set limit '''0785ee10d5da46d900f436a000000000'''
SELECT is(pg_temp.refused(pg_temp.bytes('01', '00000002', :two, :one, '0000000161', :one, '0000000162')), 'read back', 'bytes written by hand');
CREATE TABLE malformed (name text, bytes bytea);
INSERT INTO malformed VALUES
	('version', pg_temp.bytes('02', '00000000', :one)),
	('growing form', pg_temp.bytes('81', '00000000', :one)),
	('more labels than bytes', pg_temp.bytes('01', '7fffffff', :one, :one, '0000000161')),
	('negative number of labels', pg_temp.bytes('01', 'ffffffff', :one)),
	('longer label than bytes', pg_temp.bytes('01', '00000001', :one, :one, '7fffffff61')),
	('negative length', pg_temp.bytes('01', '00000001', :one, :one, 'ffffffff61')),
	('above the total', pg_temp.bytes('01', '00000001', :one, :two, '0000000161')),
	('label twice', pg_temp.bytes('01', '00000002', :two, :one, '0000000161', :one, '0000000161')),
	('total past the range', pg_temp.bytes('01', '00000000', :limit)),
	('weight past the range', pg_temp.bytes('01', '00000001', :one, repeat('f', 32), '0000000161')),
	('bytes left over', pg_temp.bytes('01', '00000000', :one, '00')),
	('cut short', '\x0100000000'),
	('nothing', '\x');
SELECT is_empty($$ SELECT name, pg_temp.refused(bytes) FROM malformed WHERE pg_temp.refused(bytes) NOT IN ('22P03', '08P01') $$,
	'malformed bytes are refused');
SELECT is(pg_temp.refused(pg_temp.bytes('01', '00000001', :one, :one, '00000001ff')), '22021', 'a label that is no text is refused');
SELECT is(pg_temp.refused(pg_temp.bytes('01', '00000001', :one, :one, '0000000100')), '22021', 'so is one with a zero byte');
CREATE TABLE mutants AS
SELECT set_byte(bytes, (random() * (length(bytes) - 1))::int, (random() * 255)::int) AS bytes
FROM (SELECT composition_send('{"": 1.5, "DE": 0.25, "东京": 3} / 9') AS bytes) AS t, generate_series(1, 400);
SELECT is_empty($$ SELECT * FROM (SELECT bytes, pg_temp.refused(bytes) AS state FROM mutants) AS t
	WHERE state NOT IN ('read back', 'changed', '22P03', '08P01', '22021') $$, 'one byte changed: read, or refused as such');

-- malformed text and json
CREATE FUNCTION pg_temp.refused_text(value text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN value::composition;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
SELECT is_empty($$ SELECT * FROM unnest(ARRAY['', ' ', '{', '{"a": 1', '{"a": 1} /', '{"a": 1} / ', '{"a": 1} / x', '{"a": 1} 5', '/ 5', '1', '"a"', 'null',
	'{"a": 1}}', '{"a"}', '{"a": "1 of"}', '{"a": [1]}', '[1]', '[[]]', '[{}]', '{"a": 1} / 0.5', '{"a": -1}', '{"a": 1} / -1', '{"a": 1} / Infinity',
	'{"a": NaN}', repeat('[', 5000), repeat('{"a":', 4000) || '1' || repeat('}', 4000)]) AS text
	WHERE pg_temp.refused_text(text) NOT IN ('22P02', '54001') $$, 'malformed text is refused');
SELECT is_empty($$ SELECT * FROM unnest(ARRAY['{"a": 1e19}', '{"a": 9e18, "b": 9e18}', '{"a": 1} / 1e19', '{"a": 1e100000}']) AS text
	WHERE pg_temp.refused_text(text) <> '22003' $$, 'weights past the range are refused');
SELECT throws_ok($$ SELECT to_composition(('[' || repeat('{"code": "x", "weight": 1},', 200000) || '{"code": "x", "weight": "one"}]')::jsonb) $$, '22023', NULL,
	'a huge document with one bad weight');
SELECT is((SELECT total(to_composition(('[' || repeat('{"code": "x", "weight": 1, "deep": [[[[{"weight": 2}]]]]},', 200000) || '{"code": "x", "weight": 1}]')::jsonb))),
	200001::float8, 'a huge document');
-- Texts one to four changes away from good ones.
CREATE FUNCTION pg_temp.mutated(value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	letters text := E'{}[]":,./\\-+0123456789eE aNu\u00e9\u6771\n\t';
BEGIN
	FOR i IN 1 .. 1 + (random() * 3)::int LOOP
		value := overlay(value PLACING CASE WHEN random() < .7 THEN substr(letters, 1 + (random() * (length(letters) - 1))::int, 1) ELSE '' END
			FROM 1 + (random() * length(value))::int FOR (random())::int);
	END LOOP;
	RETURN value;
END $$;
CREATE FUNCTION pg_temp.state_of(value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	c composition := value::composition;
BEGIN
	RETURN CASE WHEN composition_send(c::text::composition) = composition_send(c) AND coalesce(unknown_share(c) BETWEEN 0 AND 1, true)
		AND coalesce(concentration(c) > 0, true) THEN 'good' ELSE 'bad' END;
END $$;
CREATE FUNCTION pg_temp.outcome(value text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN pg_temp.state_of(value);
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
CREATE TABLE outcomes AS
SELECT text, pg_temp.outcome(text) AS outcome FROM unnest(ARRAY['{"AT": 0.25, "DE": 60.5} / 100', '[{"code": "DE", "weight": 1}, {"name": "A", "value": 2e1}]/30', '{}']) AS good,
	generate_series(1, 700) AS n, LATERAL (SELECT pg_temp.mutated(good || left(n::text, 0)) AS text) AS m;
SELECT is_empty($$ SELECT * FROM outcomes WHERE outcome NOT IN ('good', '22P02', '22P05', '22003') $$, 'changed texts: read, or refused as such');
SELECT ok((SELECT count(*) FILTER (WHERE outcome = 'good') > 100 AND count(*) FILTER (WHERE outcome <> 'good') > 100 FROM outcomes), 'there are both');
-- Soft errors, from 16 on.
CREATE FUNCTION pg_temp.soft(value text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	valid boolean;
BEGIN
	IF current_setting('server_version_num')::int < 160000 THEN
		RETURN false;
	END IF;
	EXECUTE 'SELECT pg_input_is_valid($1, ''composition'')' INTO valid USING value;
	RETURN valid;
END $$;
SELECT is_empty($$ SELECT * FROM unnest(ARRAY['', '{"a": 1', '{"a": 1} / x', '{"a": "one"}', '[1]', '3', '[{"code": "x"}]', '[{"code": 3, "weight": 1}]',
	'{"a": 1} / 0.5', '{"a": -1}', '{"a": 1e19}', '{"a": 9e18, "b": 9e18}', '{"a": 1} / -1']) AS text WHERE pg_temp.soft(text) $$,
	'input errors are soft');

SELECT * FROM finish();
ROLLBACK;
