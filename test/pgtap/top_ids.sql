-- Not under valgrind: it takes seconds as it is, and would take hours.
-- top_ids against row_number(), serial against parallel, and its state
BEGIN;
SELECT plan(23);

-- Many ties, repeated ids, NULLs, NaN and infinities.
CREATE TABLE scored AS
SELECT (hash >> 8 & 31)::integer AS grp,
	CASE WHEN i % 97 > 0 THEN (hash >> 16 & 4095) - 2000 END AS id,
	CASE i % 50
		WHEN 0 THEN NULL WHEN 1 THEN 'NaN' WHEN 2 THEN 'infinity' WHEN 3 THEN '-infinity'
		WHEN 4 THEN '-0' ELSE (hash & 63) / 8.0 - 4
	END::float8 AS score
FROM generate_series(1, 60000) AS i,
	LATERAL (SELECT hashint8extended(i, 7)) AS h (hash);
-- A group with fewer rows than k, and one without any that counts.
INSERT INTO scored VALUES (100, 1, 1), (100, 2, 3), (101, NULL, 1), (101, 1, NULL);
ANALYZE scored;

CREATE FUNCTION serially() RETURNS void LANGUAGE sql AS $$
	SELECT set_config('max_parallel_workers_per_gather', '0', true);
$$;
CREATE FUNCTION in_parallel() RETURNS void LANGUAGE sql AS $$
	SELECT set_config('max_parallel_workers_per_gather', '2', true),
		set_config('parallel_setup_cost', '0', true),
		set_config('parallel_tuple_cost', '0', true),
		set_config('min_parallel_table_scan_size', '0', true),
		set_config('parallel_leader_participation', 'off', true);
$$;
CREATE FUNCTION plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	lines text = '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		lines := lines || line || E'\n';
	END LOOP;
	RETURN lines;
END $$;

-- What a query with row_number() gives, for ids of a type.
CREATE FUNCTION by_row_number(type text, k integer)
	RETURNS TABLE (grp integer, ids text) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format($q$
		SELECT grp, coalesce(array_agg(id ORDER BY n) FILTER (WHERE n <= $1), '{}')::text
		FROM (SELECT grp, id, usable, CASE WHEN usable THEN row_number() OVER (
				PARTITION BY grp, usable ORDER BY score DESC, id) END AS n
			FROM (SELECT grp, %s AS id, score,
					id IS NOT NULL AND score IS NOT NULL AND score <> 'NaN' AS usable
				FROM scored) AS s) AS numbered
		GROUP BY grp$q$, type) USING k;
END $$;
CREATE FUNCTION by_top_ids(type text, k integer)
	RETURNS TABLE (grp integer, ids text) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format(
		'SELECT grp, top_ids(%s, score, %s)::text FROM scored GROUP BY grp', type, k);
END $$;

SELECT serially();
SELECT set_eq(
	format('SELECT * FROM by_top_ids(%L, %s)', type, k),
	format('SELECT * FROM by_row_number(%L, %s)', type, k),
	format('the same as row_number(): %s, k = %s', type, k))
FROM (VALUES ('id'), ('id::text COLLATE "C"'), ('md5(id::text)::uuid')) AS t (type),
	(VALUES (1), (10), (100000)) AS v (k);

CREATE TABLE serial AS
SELECT type, k, r.* FROM (VALUES ('id'), ('id::text'), ('md5(id::text)::uuid')) AS t (type),
	(VALUES (1), (10), (1000)) AS v (k), by_top_ids(type, k) AS r;
SELECT in_parallel();
SELECT matches(plan_of('SELECT grp, top_ids(id, score, 10) FROM scored GROUP BY grp'),
	'Partial', 'workers aggregate bigint');
SELECT matches(plan_of('SELECT grp, top_ids(id::text, score, 10) FROM scored GROUP BY grp'),
	'Partial', 'workers aggregate text');
SELECT matches(plan_of('SELECT grp, top_ids(md5(id::text)::uuid, score, 10) FROM scored GROUP BY grp'),
	'Partial', 'workers aggregate uuid');
SELECT set_eq(
	$$SELECT type, k, r.* FROM (VALUES ('id'), ('id::text'), ('md5(id::text)::uuid')) AS t (type),
		(VALUES (1), (10), (1000)) AS v (k), by_top_ids(type, k) AS r$$,
	'SELECT * FROM serial', 'parallel gives what serial gives');
SELECT serially();

-- The order of the rows changes nothing, not even in the state.
CREATE AGGREGATE top_state(bigint, float8, integer) (
	SFUNC = top_ids_accum, STYPE = top_ids_state);
CREATE AGGREGATE top_state(text, float8, integer) (
	SFUNC = top_ids_accum, STYPE = top_ids_state);
CREATE AGGREGATE top_merge(top_ids_state) (
	SFUNC = top_ids_combine, STYPE = top_ids_state);
SELECT is(
	(SELECT top_state(id, score, 50 ORDER BY score, id)::text FROM scored),
	(SELECT top_state(id, score, 50 ORDER BY score DESC, id DESC)::text FROM scored),
	'rows in any order give the same state');
SELECT is(
	(SELECT top_merge(s)::text FROM (SELECT top_state(id, score, 50) AS s FROM scored GROUP BY grp) AS g),
	(SELECT top_state(id, score, 50)::text FROM scored),
	'merged states are the state of all rows');
SELECT is(
	(SELECT top_merge(s::text::top_ids_state)::text
		FROM (SELECT top_state('id ' || id, score, 50) AS s FROM scored GROUP BY grp) AS g),
	(SELECT top_state('id ' || id, score, 50)::text FROM scored),
	'states that were written and read merge alike');

-- Stored states: toasted, and in binary.
CREATE TABLE stored AS
SELECT grp, top_state(repeat(md5(id::text), 1 + abs(id::integer) % 20), score, 500) AS s FROM scored GROUP BY grp;
SELECT is(
	(SELECT top_ids_final_text(top_merge(s)) FROM stored),
	(SELECT top_ids(repeat(md5(id::text), 1 + abs(id::integer) % 20), score, 500) FROM scored),
	'stored states merge');
SELECT is((SELECT count(*) FROM stored WHERE top_ids_state_send(s) <> s::text::bytea), 0::bigint,
	'text and binary hold the same bytes');

-- Text states are compacted: 500,000 rising ids leave ten behind.
SELECT cmp_ok(
	(SELECT pg_column_size(top_state(repeat('x', 100) || i, i, 10)) FROM generate_series(1, 500000) AS i),
	'<=', 4096, 'the state does not grow with the rows');

-- Text in another encoding than the database's is refused, as text and in binary.
SELECT throws_ok($$SELECT '\x010200000003000000013ff000000000000000000001ff'::top_ids_state$$,
	'22P02', NULL, 'text input: an id that is not text');
SELECT lives_ok($$SELECT '\x010200000003000000013ff000000000000000000002c3a9'::top_ids_state$$,
	'text input: an id that is text');

-- Binary input: the two functions that no SQL can call, through COPY.
CREATE TABLE copied (s top_ids_state);
CREATE FUNCTION copy_binary(field bytea) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	file text = current_setting('data_directory') || '/top_ids.bin';
	oid oid;
BEGIN
	oid := lo_from_bytea(0, '\x5047434f50590aff0d0a00' || '\x0000000000000000'::bytea
		|| int2send(1::int2) || int4send(length(field)) || field || int2send((-1)::int2));
	PERFORM lo_export(oid, file);
	PERFORM lo_unlink(oid);
	EXECUTE format('COPY copied FROM %L (FORMAT binary)', file);
END $$;
SELECT throws_ok($$SELECT copy_binary('\x01010000000300000001')$$, '22P03', NULL,
	'binary input: a state cut short');
SELECT copy_binary(s::text::bytea) FROM stored;
SELECT set_eq('SELECT s::text FROM copied', 'SELECT s::text FROM stored',
	'binary input reads back what was sent');

SELECT * FROM finish();
ROLLBACK;
