-- the best ids of each group, best first
CREATE TEMP TABLE page (niche text, id bigint, score float8);
INSERT INTO page VALUES
	('beauty', 1, .021), ('beauty', 2, .054), ('beauty', 3, .008), ('beauty', 4, .033),
	('travel', 5, .012), ('travel', 6, NULL), ('travel', 7, 'NaN'), ('travel', NULL, .9);
SELECT niche, top_ids(id, score, 2), top_ids(id::text, score, 2)
FROM page GROUP BY niche ORDER BY niche;

-- integer and numeric arguments, literals
SELECT top_ids(i, i::numeric, 3), top_ids('page ' || i, i, 3)
FROM generate_series(1, 10) AS i;

-- ties by id, whatever the order of the rows; text by bytes
SELECT top_ids(id, 1, 3) FROM (VALUES (7), (5), (-1), (9), (6)) AS v (id);
SELECT top_ids(id, 1, 3) FROM (VALUES (9), (6), (5), (7), (-1)) AS v (id);
SELECT top_ids(id, 1, 5) FROM (VALUES ('b'), ('ab'), ('B'), (''), ('a')) AS v (id);
SELECT top_ids(id, 1, 2) FROM (VALUES ('b'), ('ab'), ('B'), ('a')) AS v (id);
SELECT top_ids(id::uuid, 1, 2) FROM (VALUES
	('ffffffff-0000-0000-0000-000000000000'),
	('00000000-0000-0000-0000-000000000001'),
	('7fffffff-0000-0000-0000-000000000000')) AS v (id);

-- infinite scores are scores; the two zeros are one
SELECT top_ids(id, score, 10) FROM (VALUES
	(1, '-infinity'::float8), (2, 'infinity'), (3, 0), (4, '-0'), (0, '-0'), (5, 'NaN')) AS v (id, score);
SELECT top_ids(id, '-infinity', 1) FROM (VALUES (2), (1), (3)) AS v (id);

-- an id that comes twice is kept twice
SELECT top_ids(id, 1, 3) FROM (VALUES (1), (2), (1)) AS v (id);

-- over no rows, and over none that count
SELECT top_ids(id, score, 3), top_ids(id::text, score, 3),
	top_ids(md5(id::text)::uuid, score, 3) FROM page WHERE false;
SELECT top_ids(id, score, 3) FROM page WHERE score IS NULL OR id IS NULL;

-- k: a huge one takes no memory
SELECT top_ids(id, score, 2147483647) FROM page;
SELECT cardinality(top_ids(i, i, 2147483647)), cardinality(top_ids(md5(i::text)::uuid, i, 2147483647)) FROM generate_series(1, 1000) AS i;
SELECT top_ids(id, score, 0) FROM page;
SELECT top_ids(id, score, -1) FROM page;
SELECT top_ids(id, score, NULL) FROM page;
SELECT top_ids(id, score, id::integer) FROM page WHERE id < 3;
SELECT top_ids(NULL::bigint, NULL, 0);

-- as a window
SELECT id, top_ids(id, score, 2) OVER (ORDER BY id), top_ids(id, score, 2) OVER ()
FROM page WHERE niche = 'beauty' ORDER BY id;

-- text ids of any length; what is dropped leaves room
SELECT length(t[1]), length(t[2]), left(t[3], 4)
FROM (SELECT top_ids(repeat(i::text, (i * 7919 % 300)::integer), i, 3) AS t
	FROM generate_series(1000, 5000) AS i) AS s;

-- the state: out and in
CREATE AGGREGATE pg_temp.state_of(bigint, float8, integer) (SFUNC = top_ids_accum, STYPE = top_ids_state);
CREATE AGGREGATE pg_temp.state_of(text, float8, integer) (SFUNC = top_ids_accum, STYPE = top_ids_state);
CREATE AGGREGATE pg_temp.state_of(uuid, float8, integer) (SFUNC = top_ids_accum, STYPE = top_ids_state);
CREATE AGGREGATE pg_temp.merge(top_ids_state) (SFUNC = top_ids_combine, STYPE = top_ids_state);
CREATE TEMP TABLE state AS
SELECT 'bigint' AS kind, pg_temp.state_of(42::bigint, .5, 3) AS s
UNION ALL SELECT 'text', pg_temp.state_of('nee'::text, -1, 3)
UNION ALL SELECT 'uuid', pg_temp.state_of('00112233-4455-6677-8899-aabbccddeeff'::uuid, 'infinity', 3);
SELECT kind, s FROM state;
SELECT kind, s::text::top_ids_state::text = s::text, top_ids_state_send(s) = s::text::bytea FROM state;
-- states are merged by aggregates only, and a stored one stays as it is
SELECT top_ids_accum(s, 1, 2, 3) FROM state WHERE kind = 'bigint';
SELECT top_ids_accum(NULL, 1::bigint, 2, 3);
SELECT top_ids_combine(s, s) FROM state;
SELECT top_ids_final_text(s) FROM state WHERE kind = 'bigint';
SELECT pg_temp.merge(s) FROM state WHERE kind <> 'uuid';
SELECT pg_temp.merge(s) FROM (SELECT s FROM state WHERE kind = 'bigint' UNION ALL SELECT pg_temp.state_of(1::bigint, 1, 4)) AS u;
SELECT top_ids_final_bigint(pg_temp.merge(s)), pg_temp.merge(s) FILTER (WHERE s IS NULL)
FROM (SELECT s FROM state WHERE kind = 'bigint' UNION ALL VALUES (NULL::top_ids_state)
	UNION ALL SELECT s FROM state WHERE kind = 'bigint' UNION ALL SELECT pg_temp.state_of(1::bigint, 2, 3)) AS u;
SELECT top_ids_final_bigint(s) FROM state WHERE kind = 'bigint';

-- what is no state
SELECT ''::top_ids_state;
SELECT 'x01'::top_ids_state;
SELECT '\x0'::top_ids_state;
SELECT '\x01gg'::top_ids_state;
SELECT '\x01010000000300000001'::top_ids_state;
SELECT '\x02010000000300000000'::top_ids_state;
SELECT '\x01040000000300000000'::top_ids_state;
SELECT '\x01010000000000000000'::top_ids_state;
SELECT '\x010100000003ffffffff'::top_ids_state;
SELECT '\x01010000000300000004'::top_ids_state;
SELECT '\x01017fffffff7fffffff'::top_ids_state;
SELECT '\x0101000000030000000000'::top_ids_state;
SELECT '\x010100000003000000017ff80000000000000000000000000001'::top_ids_state;
SELECT '\x010100000003000000023ff000000000000000000000000000023ff00000000000000000000000000001'::top_ids_state;
SELECT '\x010200000003000000013ff0000000000000ffffffff616263'::top_ids_state;
SELECT '\x010200000003000000013ff00000000000000000000100'::top_ids_state;
-- huge k, no entries: fine
SELECT top_ids_final_bigint('\x01017fffffff00000000');
-- huge k, entries: room for k of them is more than 4 GB
SELECT k, cardinality(top_ids(n, n, k)), cardinality(top_ids(n::text, n, k)), cardinality(top_ids(md5(n::text)::uuid, n, k))
FROM generate_series(1, 1000) AS n, unnest('{268435456,178956971,357913942,2147483647}'::integer[]) AS k GROUP BY k ORDER BY k;
