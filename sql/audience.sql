-- text form, and what a sketch says
SELECT audience(i) FROM generate_series(1, 0) i;
SELECT audience(NULL::bigint);
SELECT audience(0::bigint);
SELECT audience(i) FROM generate_series(0, 2) i;
SELECT reach(a), audience_retained(a), audience_theta(a), audience_is_exact(a),
	reach_low(a), reach_high(a)
FROM (SELECT audience(i) a FROM generate_series(0, 9) i) s;

-- the bytes are those that Apache DataSketches writes for 0 .. n-1
SELECT n, md5(a::bytea), octet_length(a::bytea), audience_retained(a) AS retained,
	round(reach(a)) AS reach, round(reach_low(a)) AS low, round(reach_high(a)) AS high
FROM (VALUES (0), (1), (10), (100), (1000), (7680), (7681), (10000), (100000), (1000000)) v (n),
	LATERAL (SELECT audience(i) AS a FROM generate_series(0, n - 1) i) s;
SELECT lg_k, md5(a::bytea), audience_retained(a) AS retained, round(reach(a)) AS reach
FROM (VALUES (5), (8), (12), (16)) v (lg_k),
	LATERAL (SELECT audience(i, lg_k) AS a FROM generate_series(0, 99999) i) s;
-- and the compressed ones, which read back as the same
SELECT n, md5(audience_compress(a)), octet_length(audience_compress(a)), audience_compress(a)::audience_sketch = a AS same
FROM (VALUES (0), (1), (10), (100), (1000), (10000), (100000), (1000000)) v (n),
	LATERAL (SELECT audience(i) AS a FROM generate_series(0, n - 1) i) s;
SELECT width, audience_compress(a), audience_compress(a)::audience_sketch = a AS same
FROM (VALUES (1, '\x02030300001acc930300000000000000010000000000000002000000000000000300000000000000'),
	(10, '\x02030300001acc930200000000000000ff01000000000000ff03000000000000'),
	(63, '\x02030300001acc930200000000000000fdffffffffffff7ffeffffffffffff7f'),
	(1, '\x03030300001acc93010000000000000002000000000000000100000000000000'),
	(NULL, '\x03030300001acc93000000000000000000000014ae470100')) v (width, bytes),
	LATERAL (SELECT bytes::audience_sketch AS a) s;

-- members: text by its UTF-8 form, uuid by its 36 characters
SELECT audience('Zürich'::text);
SELECT audience('fe0b6d80-0000-4000-8000-00000000cafe'::text) =
	audience('FE0B6D80-0000-4000-8000-00000000CAFE'::uuid) AS same;
SELECT md5(audience(repeat('x', i))::bytea) AS lengths FROM generate_series(1, 40) i;
SELECT audience('') AS empty, audience(NULL::text) AS no_text, audience(NULL::uuid) AS no_uuid;
SELECT reach(audience(i)) AS repeated FROM generate_series(0, 9) i, generate_series(1, 5);

-- serial versions 1, 2, 3 and 4 of the hashes 1, 2, 5 and 1000
SELECT version, a, reach(a), audience_theta(a) < 1 AS sampled
FROM (VALUES
	('1, exact', '\x03010300001a0000040000000000803fffffffffffffff7f01000000000000000200000000000000'
		'0500000000000000e803000000000000'),
	('1, empty', '\x03010300001e00000000000000000000ffffffffffffff7f'),
	('2', '\x02020300001acc93040000000000803f010000000000000002000000000000000500000000000000e803000000000000'),
	('2, theta', '\x03020300001acc93040000000000803fd00700000000000001000000000000000200000000000000'
		'0500000000000000e803000000000000'),
	('2, empty', '\x01020300001ecc93'),
	('3', '\x02030300001acc930400000000000000010000000000000002000000000000000500000000000000e803000000000000'),
	('3, theta', '\x03030300001acc930400000000000000d00700000000000001000000000000000200000000000000'
		'0500000000000000e803000000000000'),
	('3, unordered', '\x02030300000acc93040000000000000005000000000000000200000000000000e8030000000000000100000000000000'),
	('3, one', '\x01030300001acc930500000000000000'),
	('3, empty with a seed', '\x01030300001ecc93'),
	('3, nothing seen', '\x03030300001acc93000000000000000000000014ae470100'),
	('4', '\x0104030a011acc93040040100fe3'),
	('4, theta', '\x0204030a011acc93d007000000000000040040100fe3')
) v (version, bytes), LATERAL (SELECT bytes::bytea::audience_sketch AS a) s;

-- what is no sketch
CREATE FUNCTION problem(input text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	state text;
	message text;
	detail text;
	hint text;
BEGIN
	RETURN input::audience_sketch;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
		detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(': ', state, message, nullif(detail, ''), nullif(hint, ''));
END $$;
SELECT what, problem(input) FROM (VALUES
	('nothing', ''),
	('no hexadecimal', '0103030000'),
	('half a byte', '\x010303000'),
	('no digit', '\x0g'),
	('no bytes', '\x'),
	('7 bytes', '\x01030300001e00'),
	('8 bytes and more', '\x01030300001e000000'),
	('empty with a hash', '\x01030300001e00000500000000000000'),
	('empty with a count', '\x02030300001ecc930100000000000000'),
	('version 0', '\x01000300001e0000'),
	('version 5', '\x01050300001e0000'),
	('family 2', '\x01030200001e0000'),
	('preamble 0', '\x00030300001e0000'),
	('preamble 4', '\x04030300001e0000'),
	('big-endian', '\x01030300001f0000'),
	('not compact', '\x0103030000160000'),
	('unknown flag', '\x01030300009e0000'),
	('other seed', '\x01030300003a1234e56b61eec8804420'),
	('other seed, version 2', '\x02020300001a1234010000000000803f0100000000000000'),
	('single, cut off', '\x01030300003acc93e56b61eec88044'),
	('single, preamble 2', '\x02030300003acc9301000000000000000500000000000000'),
	('preamble cut off', '\x02030300001acc9304000000'),
	('theta cut off', '\x03030300001acc930400000000000000d007'),
	('no hashes for the count', '\x02030300001acc930400000000000000'),
	('huge count', '\x02030300001acc93ffffffff00000000'),
	('a hash too many', '\x02030300001acc93010000000000000001000000000000000200000000000000'),
	('half a hash too many', '\x02030300001acc930100000000000000010000000000000002000000'),
	('hash 0', '\x02030300001acc93020000000000000000000000000000000200000000000000'),
	('descending', '\x02030300001acc93020000000000000002000000000000000100000000000000'),
	('twice', '\x02030300001acc93020000000000000002000000000000000200000000000000'),
	('twice, unordered', '\x02030300000acc930300000000000000050000000000000001000000000000000500000000000000'),
	('not below theta', '\x03030300001acc93010000000000000005000000000000000500000000000000'),
	('negative hash', '\x01030300003acc93e56b61eec88044a0'),
	('theta 0', '\x03030300001acc9300000000000000000000000000000000'),
	('theta too large', '\x03030300001acc9300000000000000000000000000000080'),
	('version 1, preamble 2', '\x02010300001a000000000000000000000000000000000000'),
	('version 4, preamble 3', '\x0304030a011acc93040040100fe3'),
	('version 4, 0 bits', '\x01040300011acc93040040100fe3'),
	('version 4, 64 bits', '\x01040340011acc93040040100fe3'),
	('version 4, no count', '\x0104030a001acc93040040100fe3'),
	('version 4, wide count', '\x0104030a051acc93040040100fe3'),
	('version 4, cut off', '\x0104030a011acc93040040100f'),
	('version 4, too long', '\x0104030a011acc93040040100fe300'),
	('version 4, huge count', '\x0104030a041acc93ffffffff0040100fe3'),
	('version 4, difference 0', '\x0104030a011acc93040000100fe3'),
	('version 4, past theta', '\x0204030a011acc93d000000000000000040040100fe3'),
	('version 4, empty', '\x0104030a011ecc93040040100fe3')
) v (what, input);
SELECT '\x01030300001f0000'::bytea::audience_sketch;
SELECT ''::bytea::audience_sketch;

-- lg_k
SELECT audience(1::bigint, 4);
SELECT audience(1::bigint, 27);
SELECT audience(1::bigint, NULL);
SELECT audience(i, 5 + i) FROM generate_series(0, 1) i;
SELECT audience_union(audience_sketch '\x01030300001e0000', 3);
SELECT audience_trim('\x01030300001e0000', 30);
SELECT reach_low('\x01030300001e0000', 0), reach_high('\x01030300001e0000', 2);
SELECT reach_high('\x01030300001e0000', 'NaN');

-- sets: 10,000 and 20,000 that share 1,000 are 29,000
CREATE VIEW two AS
SELECT (SELECT audience(i, 16) FROM generate_series(1, 10000) i) AS a,
	(SELECT audience(i, 16) FROM generate_series(9001, 29000) i) AS b;
SELECT reach(a), reach(b), reach(a & b) AS both, reach(a - b) AS only_a, reach(b - a) AS only_b,
	common_reach(a, b), jaccard(a, b), overlap_coefficient(a, b)
FROM two;
SELECT reach(audience_union(x, 16)) AS either, reach(audience_intersection(x)) AS both
FROM two, LATERAL (VALUES (a), (b)) v (x);

-- {1,2,3}, {1,4}, {1,3,5}: total 8, union 5, in all 1
CREATE VIEW three AS
SELECT profile, audience(follower) AS a
FROM (VALUES (1, 1), (1, 2), (1, 3), (2, 1), (2, 4), (3, 1), (3, 3), (3, 5)) v (profile, follower)
GROUP BY profile;
SELECT sum(reach(a)) AS total, reach(audience_union(a)) AS either,
	reach(audience_intersection(a)) AS in_all
FROM three;
SELECT sum(reach(t.a - (SELECT audience_union(o.a) FROM three o WHERE o.profile <> t.profile))) AS exclusive
FROM three t;
SELECT x.profile, y.profile, reach(x.a | y.a) AS either, common_reach(x.a, y.a), jaccard(x.a, y.a),
	overlap_coefficient(x.a, y.a)
FROM three x JOIN three y ON x.profile < y.profile
ORDER BY 1, 2;

-- the empty audience, and sketches that hold no hash
SELECT x, y, ax | ay AS either, ax & ay AS both, ax - ay AS minus, common_reach(ax, ay), jaccard(ax, ay),
	overlap_coefficient(ax, ay) AS coefficient
FROM (VALUES ('empty', audience_sketch '\x01030300001e0000'),
	('one', '\x01030300003acc930500000000000000'),
	('nothing seen', '\x03030300001acc9300000000000000000400000000000000')) a (x, ax),
	(VALUES ('empty', audience_sketch '\x01030300001e0000'),
	('one', '\x01030300003acc930500000000000000'),
	('nothing seen', '\x03030300001acc9300000000000000000400000000000000')) b (y, ay);
SELECT audience_union(a) AS u, audience_intersection(a) AS i FROM three WHERE false;
SELECT audience_union(NULL) AS u, audience_intersection(NULL) AS i;
SELECT reach(NULL), NULL::audience_sketch | audience(1::bigint) AS u FROM (SELECT 1) s;

-- different lg_k: the smaller theta holds; a union has 2^12 hashes, or what an operand shows
SELECT audience_retained(a | b) AS "8 | 14", audience_theta(a | b) = audience_theta(a) AS theta_8,
	audience_retained(b | c) AS "14 | 12", audience_theta(b | c) <= audience_theta(c) AS theta_12,
	audience_retained(b | b) AS "14 | 14", audience_retained(c | c) AS "12 | 12",
	audience_retained(audience_trim(b, 6)) AS trimmed
FROM (SELECT audience(i, 8) AS a, audience(i, 14) AS b, audience(i, 12) AS c FROM generate_series(1, 50000) i) s;

-- equality, in a hash and in a group
SELECT count(*), count(DISTINCT a::text) FROM
	(SELECT a FROM (SELECT audience(i % 7) AS a FROM generate_series(1, 100) i GROUP BY i % 10) s GROUP BY a) s;
SELECT a = b AS eq, a <> b AS ne, a = a | a AS same FROM two;

-- the transition functions are for aggregates only
SELECT audience_accum(NULL, 1::bigint);
SELECT audience_combine(a, a) FROM two;
SELECT audience_final(NULL);

-- a state keeps its value for another result, and in a window
SELECT reach(audience(i)) AS reach, audience_retained(audience(i)) AS retained, reach(audience(i) FILTER (WHERE i > 50)) AS late
FROM generate_series(1, 100) i;
SELECT i, reach(audience(i % 3) OVER (ORDER BY i)) FROM generate_series(1, 4) i;
SELECT i, reach(audience(i / 2) OVER w) AS ids, reach(audience_union(a) OVER w) AS united
FROM (SELECT i, audience(i / 2) AS a FROM generate_series(1, 6) i GROUP BY i) s
WINDOW w AS (ORDER BY i ROWS 2 PRECEDING);

DROP VIEW two, three;
DROP FUNCTION problem;
