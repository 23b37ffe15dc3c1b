-- Not under valgrind: it takes seconds as it is, and would take hours.
-- Audience sketches against models in plain SQL, at random; the same results
-- in any order, in parts, in parallel, spilled and through binary copies; and
-- damaged bytes.
BEGIN;
SELECT plan(47);

SELECT setseed(.42);

-- The hash of a member, from the sketch that holds it alone.
CREATE FUNCTION read_hash(image bytea, at integer) RETURNS bigint
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT sum(get_byte(image, at + i)::bigint << (8 * i))::bigint FROM generate_series(0, 7) i
$$;
CREATE FUNCTION hashes(a audience_sketch) RETURNS bigint[]
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT coalesce(array_agg(read_hash(image, octet_length(image) - 8 * i) ORDER BY i DESC), '{}')
	FROM (SELECT a::bytea AS image) s, generate_series(1, audience_retained(a)) i
$$;
CREATE FUNCTION raw_theta(a audience_sketch) RETURNS bigint
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT CASE WHEN get_byte(image, 0) = 3 THEN read_hash(image, 16) ELSE 9223372036854775807 END
	FROM (SELECT a::bytea AS image) s
$$;

CREATE TABLE bag (account integer, user_id bigint);
INSERT INTO bag
SELECT a, (random() * 40 * a)::bigint
FROM generate_series(1, 40) a, generate_series(1, 80 * a);
ANALYZE bag;

CREATE TABLE member AS
SELECT user_id, read_hash(audience(user_id)::bytea, 8) AS hash FROM bag GROUP BY user_id;

-- construction

SELECT is_empty($$
	SELECT account FROM bag GROUP BY account
	HAVING reach(audience(user_id)) <> count(DISTINCT user_id)
$$, 'exact below 2^lg_k, with every member twice');

SELECT is_empty($$
	SELECT account, lg_k
	FROM generate_series(5, 12) lg_k, LATERAL (
		SELECT account, audience(user_id, lg_k) AS a, array_agg(DISTINCT hash) AS h
		FROM bag JOIN member USING (user_id) GROUP BY account) s
	WHERE hashes(a) IS DISTINCT FROM
			(SELECT coalesce(array_agg(x ORDER BY x), '{}') FROM unnest(h) x WHERE x < raw_theta(a))
		OR cardinality(hashes(a)) > 15 * 2 ^ lg_k / 8
		OR raw_theta(a) < 9223372036854775807 AND cardinality(hashes(a)) < 2 ^ lg_k
$$, 'all hashes below theta, at least k of them if it is not 1, never more than 15/8 k');

SELECT is_empty($$
	SELECT account, lg_k
	FROM generate_series(5, 9) lg_k, LATERAL (
		SELECT account, audience_trim(audience(user_id, lg_k), lg_k) AS a, array_agg(DISTINCT hash) AS h
		FROM bag JOIN member USING (user_id) GROUP BY account) s
	WHERE cardinality(h) > 15 * 2 ^ lg_k / 8
		AND (hashes(a) IS DISTINCT FROM
				ARRAY(SELECT x FROM unnest(h) x ORDER BY x LIMIT (2 ^ lg_k)::int)
			OR raw_theta(a) <>
				(SELECT x FROM unnest(h) x ORDER BY x OFFSET (2 ^ lg_k)::int LIMIT 1))
$$, 'trimmed: the k smallest hashes, theta the one after');

-- The rule of the update sketch, one member at a time.
CREATE FUNCTION model(ids bigint[], lg_k integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	k integer := 1 << lg_k;
	theta bigint := 9223372036854775807;
	held bigint[] := '{}';
	h bigint;
BEGIN
	FOR h IN SELECT hash FROM unnest(ids) WITH ORDINALITY u (user_id, n) JOIN member USING (user_id) ORDER BY n
	LOOP
		CONTINUE WHEN h >= theta OR h = ANY (held);
		held := held || h;
		IF cardinality(held) > 15 * k / 8 THEN
			held := ARRAY(SELECT x FROM unnest(held) x ORDER BY x LIMIT k + 1);
			theta := held[k + 1];
			held := held[:k];
		END IF;
	END LOOP;
	RETURN theta || ' ' || ARRAY(SELECT x FROM unnest(held) x ORDER BY x)::text;
END $$;

SELECT is_empty($$
	SELECT account, lg_k
	FROM (SELECT account, array_agg(user_id) AS ids FROM bag WHERE account % 3 = 0 GROUP BY account) s,
		generate_series(5, 7) lg_k,
		LATERAL (SELECT audience(id, lg_k) AS a FROM unnest(ids) id) t
	WHERE raw_theta(a) || ' ' || hashes(a)::text IS DISTINCT FROM model(ids, lg_k)
$$, 'the rule followed member by member gives the same');

SELECT is_empty($$
	SELECT n FROM unnest('{59,60,61,62,90,91,92,93,120,300}'::int[]) n,
		LATERAL (SELECT array_agg(i % n ORDER BY r) AS ids
			FROM (SELECT i, random() r FROM generate_series(0, 20 * n) i) s) t,
		LATERAL (SELECT audience(id::bigint, 5) AS a FROM unnest(ids) id) u
	WHERE EXISTS (SELECT FROM unnest(ids) id WHERE id NOT IN (SELECT user_id FROM member)) = false
		AND raw_theta(a) || ' ' || hashes(a)::text IS DISTINCT FROM model(ids::bigint[], 5)
$$, 'and at the limit, with many repeated members');

-- any order, any parts

SELECT is_empty($$
	SELECT lg_k FROM generate_series(5, 10) lg_k, LATERAL (
		SELECT audience_trim(audience(user_id, lg_k ORDER BY random()), lg_k) AS a,
			audience_trim(audience(user_id, lg_k ORDER BY user_id DESC), lg_k) AS b,
			audience_trim(audience(user_id, lg_k), lg_k) AS c FROM bag) s
	WHERE a <> b OR b <> c OR a::bytea <> b::bytea
$$, 'trimmed, the order of rows makes no difference');

SELECT is_empty($$
	SELECT lg_k, parts
	FROM generate_series(5, 12) lg_k, unnest('{1,2,7,40}'::int[]) parts, LATERAL (
		SELECT audience_union(a, lg_k) AS whole FROM (
			SELECT audience(user_id, lg_k) AS a FROM bag GROUP BY (random() * parts)::int) s) u,
		LATERAL (SELECT audience(user_id, lg_k) AS a FROM bag) v
	WHERE whole::bytea <> audience_trim(a, lg_k)::bytea
$$, 'the union of parts is the trimmed whole, byte by byte');

SELECT is(audience_union(a ORDER BY account), audience_union(a ORDER BY random()), 'a union in any order')
FROM (SELECT account, audience(user_id, 8) AS a FROM bag GROUP BY account) s;

SELECT is((audience_union(a, 12))::text, (audience_union(u, 12))::text, 'a union of unions')
FROM (SELECT account % 5 AS g, account, audience(user_id, 7) AS a FROM bag GROUP BY account) s,
	LATERAL (SELECT audience_union(a, 12) AS u FROM
		(SELECT account % 5 AS g, account, audience(user_id, 7) AS a FROM bag GROUP BY account) t
		WHERE t.g = s.g) v;

-- sets

CREATE TABLE pair AS
SELECT x.account AS x, y.account AS y, x.a, y.a AS b, least(raw_theta(x.a), raw_theta(y.a)) AS theta
FROM (SELECT account, audience(user_id, 5 + account % 6) AS a FROM bag WHERE account % 4 = 0 GROUP BY account) x,
	(SELECT account, audience(user_id, 5 + account % 5) AS a FROM bag WHERE account % 3 = 0 GROUP BY account) y;
INSERT INTO pair SELECT 0, account, '\x01030300001e0000', a, raw_theta(a)
FROM (SELECT account, audience(user_id) AS a FROM bag WHERE account < 5 GROUP BY account) s;
ALTER TABLE pair ADD ha bigint[], ADD hb bigint[];
UPDATE pair SET
	ha = ARRAY(SELECT h FROM unnest(hashes(a)) h WHERE h < theta ORDER BY h),
	hb = ARRAY(SELECT h FROM unnest(hashes(b)) h WHERE h < theta ORDER BY h);

SELECT is_empty($$
	SELECT x, y FROM pair
	WHERE hashes(a | b) IS DISTINCT FROM
			ARRAY(SELECT unnest(ha) UNION SELECT unnest(hb) ORDER BY 1)
		OR raw_theta(a | b) <> theta OR (a | b) <> (b | a)
$$, '| is the union below the smaller theta');
SELECT is_empty($$
	SELECT x, y FROM pair
	WHERE hashes(a & b) IS DISTINCT FROM
			ARRAY(SELECT unnest(ha) INTERSECT SELECT unnest(hb) ORDER BY 1)
		OR raw_theta(a & b) <> CASE x WHEN 0 THEN 9223372036854775807 ELSE theta END
		OR (a & b) <> (b & a)
$$, '& is the intersection below the smaller theta');
SELECT is_empty($$
	SELECT x, y FROM pair
	WHERE hashes(a - b) IS DISTINCT FROM
			ARRAY(SELECT unnest(ha) EXCEPT SELECT unnest(hb) ORDER BY 1)
		OR hashes(b - a) IS DISTINCT FROM
			ARRAY(SELECT unnest(hb) EXCEPT SELECT unnest(ha) ORDER BY 1)
		OR raw_theta(a - b) <> CASE x WHEN 0 THEN 9223372036854775807 ELSE theta END
$$, '- is the difference below the smaller theta');
SELECT is_empty($$
	SELECT x, y FROM pair
	WHERE abs(common_reach(a, b) - coalesce(least(reach(a), reach(b)) * audience_retained(a & b)
				/ nullif(cardinality(CASE WHEN reach(a) <= reach(b) THEN ha ELSE hb END), 0), 0)) > 1e-9 * reach(a)
		OR common_reach(a, b) > least(reach(a), reach(b)) OR common_reach(a, b) <> common_reach(b, a)
		OR jaccard(a, b) IS DISTINCT FROM
			audience_retained(a & b) / nullif(cardinality(ha) + cardinality(hb) - audience_retained(a & b), 0)::float8
		OR overlap_coefficient(a, b) IS DISTINCT FROM
			audience_retained(a & b) / nullif(least(cardinality(ha), cardinality(hb)), 0)::float8
		OR jaccard(a, b) IS DISTINCT FROM jaccard(b, a)
$$, 'shared, overlap and overlap_coefficient count the common hashes');
SELECT is_empty($$
	SELECT x, y FROM pair WHERE x > 0 AND hashes((a - b) | (a & b)) IS DISTINCT FROM ha
$$, 'what is not shared and what is make the whole');

SELECT is_empty($$
	SELECT x, y FROM pair
	WHERE (SELECT audience_intersection(s) FROM (VALUES (a), (b), (a)) v (s)) <> (a & b)
		OR (SELECT audience_union(s, 26) FROM (VALUES (a), (b), (a)) v (s)) <> (a | b)
$$, 'the aggregates agree with the operators');
SELECT is_empty($$
	SELECT x, y FROM pair WHERE NOT (reach_low(a) <= reach(a) AND reach(a) <= reach_high(a))
		OR NOT (reach_low(a, 3) <= reach_low(a, 1) AND reach_high(a, 3) >= reach_high(a, 1))
$$, 'bounds hold the estimate, and widen with the deviations');

-- Stored out of line: the one side of a pair is kept from call to call.
CREATE TABLE large AS
SELECT g, audience(i, 10 + g % 2) AS a FROM generate_series(1, 4) g, generate_series(g * 300, 4000) i GROUP BY g;
SELECT is_empty($$
	SELECT x.g, y.g FROM large x, large y, LATERAL (SELECT x.a::bytea::audience_sketch AS xa, y.a::bytea::audience_sketch AS ya OFFSET 0) c
	WHERE common_reach(x.a, y.a) <> common_reach(xa, ya) OR jaccard(y.a, x.a) <> jaccard(xa, ya) OR (x.a & y.a) <> (xa & ya)
		OR (x.a - y.a) <> (xa - ya) OR (x.a | y.a) <> (xa | ya) OR pg_column_size(x.a) < 2000
$$, 'stored out of line: the same');

-- through parallel workers, and spilled to disk

SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
ALTER TABLE bag SET (parallel_workers = 2);

CREATE FUNCTION plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query;
END $$;
CREATE TABLE result (how text, account integer, a audience_sketch, b audience_sketch, c audience_sketch);

SELECT ok(count(*) FILTER (WHERE plan_of ~ 'Partial.*Aggregate') > 0, 'a parallel plan')
FROM plan_of('SELECT account, audience(user_id), audience(user_id, 6), audience(user_id::text, 7) FROM bag GROUP BY 1');
INSERT INTO result
SELECT 'parallel', * FROM (SELECT account, audience(user_id), audience(user_id, 6), audience(user_id::text, 7) FROM bag GROUP BY 1) s;
SELECT ok((SELECT count(*) FROM result) = 40, 'a result of it');
SET LOCAL max_parallel_workers_per_gather = 0;
INSERT INTO result
SELECT 'serial', account, audience(user_id), audience(user_id, 6), audience(user_id::text, 7) FROM bag GROUP BY account;
SELECT is_empty($$
	SELECT account FROM result p JOIN result s USING (account)
	WHERE p.how = 'parallel' AND s.how = 'serial'
		AND (p.a::bytea <> s.a::bytea OR audience_trim(p.b, 6)::bytea <> audience_trim(s.b, 6)::bytea
			OR audience_trim(p.c, 7)::bytea <> audience_trim(s.c, 7)::bytea)
$$, 'parallel: exact ones are the same bytes, others once they are trimmed');

CREATE TABLE whole AS SELECT audience(user_id + 1600 * (account % 4)) AS a FROM bag;
SELECT ok(audience_is_exact(a) AND audience_retained(a) > 6000, 'exact, with more than k members') FROM whole;
SET LOCAL max_parallel_workers_per_gather = 2;
CREATE TABLE whole_parallel AS SELECT audience(user_id + 1600 * (account % 4)) AS a FROM bag;
SELECT is(p.a::bytea, w.a::bytea, 'in parallel as well') FROM whole w, whole_parallel p;
SET LOCAL max_parallel_workers_per_gather = 0;

CREATE TABLE part AS
SELECT account, user_id % 6 AS p, audience(user_id, 8) AS a FROM bag GROUP BY 1, 2;
ALTER TABLE part SET (parallel_workers = 2);
ANALYZE part;
CREATE TABLE united (how text, account integer, u audience_sketch, i audience_sketch);
INSERT INTO united SELECT 'serial', account, audience_union(a, 8), audience_intersection(a) FROM part GROUP BY account;
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL cpu_operator_cost = 1;	-- with so few rows, sharing the work must be made to pay
SELECT ok(count(*) FILTER (WHERE plan_of ~ 'Partial.*Aggregate') > 0, 'a parallel plan of unions')
FROM plan_of('SELECT account, audience_union(a, 8), audience_intersection(a) FROM part GROUP BY account');
CREATE TABLE united_parallel AS
SELECT account, audience_union(a, 8) AS u, audience_intersection(a) AS i FROM part GROUP BY account;
SELECT is_empty($$
	SELECT account FROM united s JOIN united_parallel p USING (account)
	WHERE s.u::bytea <> p.u::bytea OR s.i::bytea <> p.i::bytea
$$, 'parallel unions and intersections are the same bytes');
RESET cpu_operator_cost;
SELECT is_empty($$
	SELECT account FROM united s JOIN result r USING (account)
	WHERE r.how = 'serial' AND s.u <> audience_trim(r.a, 8)
$$, 'and those of the whole');
SET LOCAL max_parallel_workers_per_gather = 0;

SET LOCAL work_mem = '64kB';
CREATE TABLE spilled AS
SELECT user_id % 5000 AS g, audience(user_id + account) AS a FROM bag GROUP BY 1;
SET LOCAL enable_hashagg = off;
SELECT is_empty($$
	SELECT g FROM spilled JOIN (SELECT user_id % 5000 AS g, audience(user_id + account) AS b FROM bag GROUP BY 1) s USING (g)
	WHERE a::bytea <> b::bytea
$$, 'spilled to disk and sorted: the same');
RESET enable_hashagg;
RESET work_mem;
SELECT is_empty($$
	SELECT account FROM (
		SELECT account, audience(user_id) AS a, reach(audience(user_id)) AS r, grouping(account) AS g
		FROM bag GROUP BY GROUPING SETS ((account), ())) s
	WHERE a <> (SELECT audience(user_id) FROM bag b WHERE g = 1 OR b.account = s.account) OR r <> reach(a)
$$, 'grouping sets');

-- bytes

SELECT is_empty($$
	SELECT account FROM result WHERE a::text::audience_sketch::bytea <> a::bytea
		OR a::bytea::audience_sketch::text <> a::text OR audience_sketch_send(a) <> a::bytea
$$, 'text and bytea read back the same');

CREATE FUNCTION through_file(what text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	file text := current_setting('data_directory') || '/audience_test.bin';
	state text;
	detail text;
BEGIN
	EXECUTE format('COPY (%s) TO %L (FORMAT binary)', what, file);
	CREATE TEMP TABLE received (a audience_sketch) ON COMMIT DROP;
	EXECUTE format('COPY received FROM %L (FORMAT binary)', file);
	EXECUTE format('COPY (SELECT 1) TO %L', file);
	detail := (SELECT md5(string_agg(a::text, ',' ORDER BY a::text)) FROM received);
	DROP TABLE received;
	RETURN detail;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, detail = PG_EXCEPTION_DETAIL;
	RETURN state || ': ' || detail;
END $$;
SELECT is(through_file('SELECT a FROM result'), (SELECT md5(string_agg(a::text, ',' ORDER BY a::text)) FROM result),
	'a binary copy reads back the same');
SELECT is(through_file($$SELECT '\x0104030a011acc93040040100fe3'::bytea$$),
	md5('\x02030300001acc930400000000000000010000000000000002000000000000000500000000000000e803000000000000'),
	'a binary copy of serial version 4');
SELECT is(through_file(format('SELECT %L::bytea', bytes)), '22P03: ' || detail, 'binary: ' || detail)
FROM (VALUES
	('\x', 'A sketch has at least 8 bytes.'),
	('\x01030300001f0000', 'The flags say that the bytes are big-endian.'),
	('\x02030300001acc93ffffffff00000000', 'The count of hashes does not agree with the length.'),
	('\x02030300001acc93020000000000000002000000000000000200000000000000', 'The hashes are not ascending and distinct.'),
	('\x03030300001acc9300000000000000000000000000000000', 'Theta is not between 1 and 2^63 - 1.')) v (bytes, detail);

-- Any prefix of a sketch is refused; so is one with a byte more.
CREATE FUNCTION accepted(bytes bytea) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	RETURN bytes::audience_sketch::bytea::audience_sketch = bytes::audience_sketch
		AND bytes::audience_sketch::text::audience_sketch::text = bytes::audience_sketch::text;
EXCEPTION WHEN invalid_binary_representation THEN
	RETURN NULL;
END $$;
SELECT is_empty($$
	SELECT image, n
	FROM (VALUES
		('\x01030300001e0000'::bytea),
		('\x01030300003acc93e56b61eec8804420'),
		('\x0104030a011acc93040040100fe3'),
		('\x0204030a011acc93d007000000000000040040100fe3'),
		('\x03010300001a0000040000000000803fffffffffffffff7f01000000000000000200000000000000'
			'0500000000000000e803000000000000'),
		('\x03030300001acc930400000000000000d00700000000000001000000000000000200000000000000'
			'0500000000000000e803000000000000')) v (image),
		generate_series(0, octet_length(image) + 1) n
	WHERE accepted(CASE WHEN n > octet_length(image) THEN image || '\x00' ELSE substr(image, 1, n) END)
		IS DISTINCT FROM CASE WHEN n = octet_length(image) THEN true END
$$, 'cut anywhere, or a byte longer: refused');
SELECT is_empty($$
	SELECT damaged
	FROM (SELECT audience(i)::bytea AS image FROM generate_series(1, 5) i
			UNION ALL SELECT audience(i, 5)::bytea FROM generate_series(1, 100) i
			UNION ALL SELECT '\x0204030a011acc93d007000000000000040040100fe3') s,
		generate_series(1, 1500) n,
		LATERAL (SELECT set_bit(image, (random() * (n - n + 8 * octet_length(image) - 1))::int,
			(random() + n - n)::int) AS damaged) d
	WHERE accepted(damaged) = false
$$, 'a flipped bit: refused with 22P03, or a sketch that reads back the same');

-- Soft errors, on a server that has them.
CREATE FUNCTION is_valid(input text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	valid boolean := input LIKE '%3acc93%';
BEGIN
	IF current_setting('server_version_num')::int >= 160000 THEN
		EXECUTE 'SELECT pg_input_is_valid($1, ''audience_sketch'')' INTO valid USING input;
	END IF;
	RETURN valid;
END $$;
SELECT is(array_agg(is_valid(input)), '{f,f,f,t}', 'bad text is reported softly')
FROM (VALUES ('x'), ('\x01'), ('\x01030300001f0000'), ('\x01030300003acc930500000000000000')) v (input);

-- states that came from elsewhere

CREATE AGGREGATE merge_states(audience_sketch) (
	SFUNC = audience_combine, STYPE = audience_sketch, FINALFUNC = audience_final);
SELECT throws_ok($$
	SELECT merge_states(s) FROM (VALUES ('\x01030308003acc930500000000000000'::audience_sketch),
		('\x01030309003acc930500000000000000')) v (s)
$$, '22023', 'lg_k must be the same in all rows of a group: 8, then 9', 'states of different lg_k');
SELECT throws_ok($$
	SELECT merge_states('\x01030300003acc930500000000000000')
$$, '22023', 'lg_k must be between 5 and 26: 0', 'a sketch that is no state');
SELECT is((SELECT merge_states(s)::text FROM (VALUES ('\x01030308003acc930500000000000000'::audience_sketch),
		('\x01030308003acc930600000000000000')) v (s)),
	'\x02030300001acc93020000000000000005000000000000000600000000000000', 'states of the same lg_k');
SELECT is((SELECT audience_retained(merge_states(overlay(a::bytea PLACING '\x05' FROM 4)::text::audience_sketch)) FROM result WHERE how = 'serial' AND account = 40),
	32, 'a state that holds more than its lg_k allows is trimmed');
CREATE AGGREGATE go_on(bigint) (
	SFUNC = audience_accum, STYPE = audience_sketch, FINALFUNC = audience_final,
	INITCOND = '\x01030308003acc930500000000000000');
SELECT is(reach(go_on(user_id)), 1 + reach(audience(user_id)), 'a flat state is gone on with')
FROM bag WHERE account = 2;

-- hashing

SELECT is(count(*)::int, 5000, 'sketches as hash keys')
FROM (SELECT a FROM (SELECT audience(i % 5000) AS a FROM generate_series(1, 10000) i GROUP BY i) s GROUP BY a) t;
SELECT is(audience(x)::text, audience(convert_from(convert_to(x, 'UTF8'), 'UTF8'))::text, 'text by its UTF-8 bytes')
FROM (VALUES ('Zürich'::text)) v (x);

-- A union that leaves room for one hash only: those that come again fill it again and again, which must not settle all each time.
CREATE TABLE nearly AS
SELECT n, CASE n WHEN 1 THEN (SELECT audience(i, 16) FROM generate_series(1, 90000) AS i) WHEN 2 THEN (SELECT audience(i, 16) FROM generate_series(90000, 122880) AS i)
	ELSE (SELECT audience(i, 16) FROM generate_series(1, 22000) AS i) END AS a FROM generate_series(1, 3) AS n;
SET LOCAL statement_timeout = '3s';
SELECT is((SELECT audience_union(a, 16 ORDER BY n)::text FROM nearly), (SELECT audience_union(a, 16 ORDER BY n DESC)::text FROM nearly), 'a union that is nearly full, in either order');
SELECT cmp_ok((SELECT abs(reach(audience_union(a, 16 ORDER BY n)) / 122880 - 1) FROM nearly), '<', 0.01::float8, 'and right');
SET LOCAL statement_timeout = 0;

SELECT * FROM finish();
ROLLBACK;
