-- Not under valgrind: it takes seconds as it is, and would take hours.
--
-- Authenticity against plain SQL: types and scores of random accounts from the
-- documented table, first digits from the numbers' texts, the same state in
-- any order and in parallel, text and bytes read back, and hostile input.
--
BEGIN;
SELECT plan(25);
SELECT setseed(.31);

-- Accounts around all limits, some inputs unknown.
CREATE TABLE account AS
SELECT id, CASE WHEN r1 > .1 THEN ((ARRAY[0, 1, 29, 30, 31, 100, 299, 300, 301, 4999, 5000, 5001, 1000000])[1 + (r2 * 12)::int])::bigint END AS followers,
	CASE WHEN r3 > .1 THEN ((ARRAY[0, 1, 5, 6, 149, 150, 151, 500, 501, 1499, 1500, 1501, 7500])[1 + (r4 * 12)::int])::bigint END AS following,
	CASE WHEN r5 > .1 THEN ((ARRAY[0, 1, 49, 50, 51, 1000])[1 + (r6 * 5)::int])::bigint END AS posts,
	CASE WHEN r7 > .1 THEN r8 < .5 END AS picture, CASE WHEN r9 > .1 THEN (r10 * 3)::int END AS biography,
	CASE WHEN r11 > .1 THEN (r12 * 5)::int END AS digits, CASE WHEN r13 > .2 THEN r13 > .6 END AS suspicious
FROM (SELECT id, random() AS r1, random() AS r2, random() AS r3, random() AS r4, random() AS r5, random() AS r6, random() AS r7,
	random() AS r8, random() AS r9, random() AS r10, random() AS r11, random() AS r12, random() AS r13
	FROM generate_series(1, 6000) AS id OFFSET 0) AS r
UNION ALL SELECT 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL;

SELECT is_empty($$ SELECT * FROM account WHERE follower_type(followers, following, suspicious) IS DISTINCT FROM
	CASE following > 1500 WHEN true THEN 'mass' WHEN false THEN
		CASE followers > 5000 WHEN true THEN 'influencer' WHEN false THEN
			CASE suspicious WHEN true THEN 'suspicious' WHEN false THEN 'real' END END END $$, 'types by the first rule that decides');
SELECT is_empty($$ SELECT * FROM account WHERE follower_type(followers, following) IS DISTINCT FROM follower_type(followers, following, false) $$,
	'not suspicious, unless said');
SELECT is((SELECT jsonb_object_agg(label, weight(types, label)) FROM (SELECT compose(follower_type(followers, following, suspicious)) AS types FROM account) AS c,
		unnest('{mass,influencer,suspicious,real}'::text[]) AS label),
	(SELECT jsonb_object_agg(type, n) FROM (SELECT follower_type(followers, following, suspicious) AS type, count(*) AS n FROM account GROUP BY 1) AS g WHERE type IS NOT NULL),
	'a composition of types');

-- The points from the accounts counted: fake of 200, real of 994.
CREATE TABLE rule (n int, reason text, fake_fired int, fake_asked int, real_fired int, real_asked int);
INSERT INTO rule VALUES (1, 'follows over 1500 accounts', 99, 200, 22, 994), (2, 'follows over 5 times its followers', 169, 200, 29, 994),
	(3, 'under 30 followers', 100, 200, 14, 994), (4, 'under 50 posts', 198, 200, 628, 994), (5, 'no posts', 115, 198, 42, 628),
	(6, 'no picture', 79, 200, 13, 994), (7, 'no biography', 147, 200, 389, 994), (8, '3 digits or more in username', 62, 200, 35, 994);
CREATE VIEW asked AS
SELECT id, n, reason, fires, CASE WHEN fires THEN round(ln((fake_fired::numeric / fake_asked) / (real_fired::numeric / real_asked)), 2)
	ELSE round(ln((1 - fake_fired::numeric / fake_asked) / (1 - real_fired::numeric / real_asked)), 2) END AS points
FROM account, rule, LATERAL (SELECT CASE n WHEN 1 THEN following > 1500 WHEN 2 THEN following > 5 * followers WHEN 3 THEN followers < 30 WHEN 4 THEN posts < 50
	WHEN 5 THEN CASE WHEN posts < 50 THEN posts = 0 END WHEN 6 THEN NOT picture WHEN 7 THEN biography = 0 WHEN 8 THEN digits >= 3 END AS fires) AS f
WHERE fires IS NOT NULL;
CREATE TABLE expected AS
SELECT id, (SELECT 1 / (1 + exp(-sum(points))) FROM asked AS a WHERE a.id = account.id) AS score,
	(SELECT coalesce(array_agg(reason ORDER BY n) FILTER (WHERE fires), '{}') FROM asked AS a WHERE a.id = account.id HAVING count(*) > 0) AS reasons
FROM account;
CREATE VIEW scored AS
SELECT id, fake_score(followers, following, posts, picture, biography, digits) AS score, fake_reasons(followers, following, posts, picture, biography, digits) AS reasons FROM account;
SELECT is_empty('SELECT * FROM scored JOIN expected AS e USING (id) WHERE scored.reasons IS DISTINCT FROM e.reasons', 'reasons are exactly the rules that fired');
SELECT is_empty('SELECT * FROM scored JOIN expected AS e USING (id) WHERE (scored.score IS NULL) <> (e.score IS NULL) OR abs(scored.score - e.score) > 1e-12',
	'scores from the published shares');
SELECT is((SELECT count(*)::int FROM scored WHERE score IS NULL), 1, 'a score unless nothing is known');
SELECT ok(bool_and(score > 0 AND score < 1) AND max(score) > .999 AND min(score) < .001, 'from 0 to 1') FROM scored;
SELECT is_empty($$ SELECT * FROM scored JOIN account USING (id) WHERE cardinality(reasons) = 0 AND score > .5 $$, 'no score above .5 without a reason');

-- first digits
CREATE TABLE number AS
SELECT id, id % 20 AS part, CASE WHEN id % 50 = 0 THEN NULL WHEN id % 50 = 1 THEN 0 WHEN id % 50 = 2 THEN -id ELSE floor(exp(43 * random()))::bigint END AS n
FROM generate_series(1, 20000) AS id;
INSERT INTO number SELECT -i, 3, power(10::numeric, i)::bigint - d FROM generate_series(0, 18) AS i, generate_series(0, 1) AS d;
INSERT INTO number VALUES (-100, 3, 9223372036854775807), (-101, 3, -9223372036854775808);
CREATE TABLE made AS SELECT part, first_digits(n) AS d FROM number GROUP BY part;
CREATE FUNCTION pg_temp.by_hand(which int) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(digit || '=' || c, ',' ORDER BY digit) FROM (SELECT digit, count(n) AS c FROM generate_series(1, 9) AS digit
		LEFT JOIN number ON left(n::text, 1) = digit::text AND n > 0 AND (which IS NULL OR part = which) GROUP BY digit) AS g WHERE digit = 1 OR c > 0 $$;
SELECT is_empty('SELECT * FROM made WHERE d::text <> pg_temp.by_hand(part)', 'first digits from texts');
SELECT is((SELECT round(benford_deviation(n)::numeric, 12) FROM number),
	(SELECT round(avg(abs(c::numeric / total - log(1 + 1.0 / digit))), 12) FROM (SELECT digit, split_part(split_part(pg_temp.by_hand(NULL), digit || '=', 2), ',', 1)::int AS c,
		(SELECT count(*) FROM number WHERE n > 0) AS total FROM generate_series(1, 9) AS digit) AS g), 'deviation by hand');
SELECT is((SELECT round(benford_deviation(digit::bigint * 1000)::numeric, 5) FROM unnest('{26286,14395,9923,7246,5737,4641,3834,3348,2816}'::int[]) WITH ORDINALITY AS c (n, digit), generate_series(1, n)),
	.00996, 'Golbeck: followers on Twitter');
SELECT is((SELECT round(benford_deviation(digit)::numeric, 5) FROM unnest('{5913,3428,2232,1692,1389,1130,928,811,775}'::int[]) WITH ORDINALITY AS c (n, digit), generate_series(1, n)),
	.00742, 'Golbeck: friends on Facebook');
SELECT results_eq('SELECT benford_deviation(n), benford_deviation(n) FILTER (WHERE false) FROM number WHERE n <= 0 OR n IS NULL', 'VALUES (NULL::float8, NULL::float8)', 'no numbers');

-- the same in any order, from parts, in windows and in parallel
SELECT is((SELECT sum(d ORDER BY random()) FROM made), (SELECT first_digits(n ORDER BY random()) FROM number), 'a sum of parts, in any order');
SELECT is_empty('SELECT * FROM made AS a, made AS b WHERE a.d + b.d <> b.d + a.d OR digit_counts_hash_extended(a.d + b.d, 7) <> digit_counts_hash_extended(b.d + a.d, 7)', 'addition commutes');
CREATE FUNCTION pg_temp.plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE 'EXPLAIN (COSTS off) ' || query;
END $$;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
ALTER TABLE number SET (parallel_workers = 2);
SELECT isnt_empty($$ SELECT * FROM pg_temp.plan('SELECT benford_deviation(n) FROM number') AS p WHERE p LIKE '%Partial Aggregate%' $$, 'the plan is parallel');
SELECT results_eq('SELECT first_digits(n), benford_deviation(n) FROM number', 'SELECT sum(d), benford_deviation(sum(d)) FROM made', 'in parallel');
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET max_parallel_workers_per_gather;

-- A final function called on a running state leaves it alone.
SELECT is((SELECT array_agg(d::text ORDER BY id) FROM (SELECT id, first_digits(id) OVER (ORDER BY id) AS d FROM generate_series(1, 3) AS id) AS w),
	'{1=1,"1=1,2=1","1=1,2=1,3=1"}', 'as a window');
SELECT is((SELECT count(*)::int FROM (SELECT id, benford_deviation(id) OVER (ORDER BY id) AS running, id AS upto FROM generate_series(1, 30) AS id) AS w
	WHERE running <> (SELECT benford_deviation(i) FROM generate_series(1, upto) AS i)), 0, 'a deviation as a window');

-- text and bytes read back
SELECT is_empty('SELECT * FROM made WHERE d::text::digit_counts <> d', 'text reads back');
CREATE TABLE file (path text);
INSERT INTO file SELECT current_setting('data_directory') || '/influencer_authenticity.data';
CREATE TABLE bytes_of (d digit_counts);
CREATE FUNCTION pg_temp.copy(query text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	TRUNCATE bytes_of;
	EXECUTE format('COPY (%s) TO %L (FORMAT binary)', query, (SELECT path FROM file));
	EXECUTE format('COPY bytes_of FROM %L (FORMAT binary)', (SELECT path FROM file));
END $$;
SELECT pg_temp.copy('SELECT d FROM made');
SELECT set_eq('SELECT d FROM bytes_of', 'SELECT d FROM made', 'bytes read back');
CREATE FUNCTION pg_temp.refused(bytes bytea) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_temp.copy(format('SELECT %L::bytea', bytes));
	RETURN CASE WHEN (SELECT digit_counts_send(d) = bytes AND d::text::digit_counts = d AND benford_deviation(d) BETWEEN 0 AND .2121 FROM bytes_of) THEN 'read back' ELSE 'changed' END;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
CREATE TABLE good AS SELECT digit_counts_send(d) AS bytes FROM made WHERE part = 3;
SELECT is_empty($$ SELECT name, pg_temp.refused(bad) FROM good, LATERAL (VALUES
	('version', set_byte(bytes, 0, 2)), ('reserved', set_byte(bytes, 5, 1)), ('cut short', substr(bytes, 1, length(bytes) - 1)), ('too long', bytes || '\x00'),
	('nothing', ''::bytea), ('negative count', set_byte(bytes, 8, 255)), ('negative count of 9', set_byte(bytes, 72, 128))) AS v (name, bad)
	WHERE pg_temp.refused(bad) NOT IN ('22P03', '08P01') $$, 'malformed bytes are refused');
CREATE TABLE mutants AS
SELECT set_byte(bytes, (random() * (length(bytes) - 1))::int, (random() * 255)::int) AS bytes FROM good, generate_series(1, 200);
SELECT is_empty($$ SELECT * FROM (SELECT pg_temp.refused(bytes) AS state FROM mutants) AS t WHERE state NOT IN ('read back', '22P03') $$,
	'one byte changed: read, or refused as such');
SELECT throws_ok($$ SELECT first_digits(1) + '1=9223372036854775807'::digit_counts $$, '22003', NULL, 'a count past bigint');
SELECT is((SELECT benford_deviation(('1=9223372036854775807,2=9223372036854775807')::digit_counts) < .2121), true, 'counts that are as large as can be');

DO $$ BEGIN EXECUTE format('COPY (SELECT WHERE false) TO PROGRAM %L', 'rm -f ' || quote_literal((SELECT path FROM file))); END $$;
SELECT * FROM finish();
ROLLBACK;
