-- Not under valgrind: it takes seconds as it is, and would take hours.
-- Summaries of random posts: in any order and pieces, stored, sent, and in
-- frames that move, they have the same bytes, and say what plain SQL says.
BEGIN;
SELECT plan(27);

SELECT setseed(0.25);
CREATE TEMP TABLE post AS
SELECT i AS id, i % 97 AS profile,
	CASE kind WHEN 0 THEN NULL WHEN 1 THEN 0 WHEN 2 THEN 1000000000000 - 2000 - i ELSE (random() ^ 4 * 100000)::bigint END AS likes,
	CASE kind WHEN 3 THEN NULL WHEN 1 THEN 0 ELSE (random() * 1000)::bigint END AS comments,
	CASE WHEN kind % 5 = 0 THEN NULL ELSE (random() * 500)::bigint END AS shares,
	CASE WHEN kind % 7 = 0 THEN NULL ELSE (random() * 300)::bigint END AS saves,
	CASE kind WHEN 4 THEN NULL WHEN 5 THEN 0 WHEN 2 THEN 100000000000000 - 7 * i
		WHEN 6 THEN 1 WHEN 7 THEN 10000000000 ELSE 100 + (random() ^ 3 * 10000000)::bigint END AS exposure
FROM (SELECT i, floor(random() * 30)::integer AS kind FROM generate_series(1, 20000) AS i) AS k;
ANALYZE post;

CREATE TEMP TABLE whole AS
SELECT engagement(likes, comments, exposure) AS three,
	engagement(likes, comments, exposure, shares, saves) AS five FROM post;

-- Order and pieces

SELECT ok(bool_and(w.three = o.three AND w.five = o.five), 'any order')
FROM whole AS w, (
	SELECT engagement(likes, comments, exposure) AS three,
		engagement(likes, comments, exposure, shares, saves) AS five
	FROM (SELECT * FROM post ORDER BY hashint4(id)) AS p) AS o;

CREATE TEMP TABLE rollup AS
SELECT profile, id % 3 AS part, engagement(likes, comments, exposure) AS three,
	engagement(likes, comments, exposure, shares, saves) AS five
FROM post GROUP BY 1, 2;

SELECT ok(bool_and(w.three = s.three AND w.five = s.five), 'stored rollups, merged')
FROM whole AS w, (SELECT sum(three) AS three, sum(five) AS five FROM rollup) AS s;

SELECT ok(bool_and(whole.five = nested.five), 'rollups of rollups')
FROM whole, (SELECT sum(five) AS five FROM (SELECT sum(five) AS five FROM rollup GROUP BY profile % 5) AS s) AS nested;

SELECT ok((a + b) + c = a + (b + c) AND a + b = b + a, '+ is associative and commutative')
FROM (SELECT sum(five) FILTER (WHERE part = 0) AS a, sum(five) FILTER (WHERE part = 1) AS b,
	sum(five) FILTER (WHERE part = 2) AS c FROM rollup) AS s;

SELECT ok(bool_and(s.five - r.five + r.five = s.five), '- undoes +')
FROM rollup AS r, (SELECT sum(five) AS five FROM rollup) AS s;

-- The sum of rates is that of the quotients, each rounded to units of 2^-60.
-- A float8 is cast to fifteen digits, so here it is taken from its bits.  The
-- quotient is a numeric's, since a server that computes with the x87 rounds one of
-- float8 twice.
CREATE FUNCTION pg_temp.fixed(rate float8) RETURNS numeric LANGUAGE SQL IMMUTABLE AS $$
	SELECT CASE WHEN rate = 0 THEN 0
		WHEN shift >= 0 THEN mantissa * 2::numeric ^ shift
		ELSE div(mantissa + div(2::numeric ^ -shift, 2), 2::numeric ^ -shift) END
	FROM (SELECT (bits & 4503599627370495 | 4503599627370496)::numeric AS mantissa, (bits >> 52)::integer - 1075 + 60 AS shift
		FROM (SELECT ('x' || encode(float8send(rate), 'hex'))::bit(64)::bigint AS bits) AS b) AS m $$;
SELECT is((regexp_match(three::text, 'rates=(\d+)'))[1]::numeric, rates, 'rates are rounded once')
FROM whole, (SELECT round(sum(pg_temp.fixed(((likes + comments)::numeric(80, 60) / exposure)::float8))) AS rates
	FROM post WHERE likes >= 0 AND comments >= 0 AND exposure > 0 AND likes::float8 + comments::float8 <= exposure::float8 * 65536) AS r;

-- Parallel. A temporary table can't be read by workers.
CREATE TABLE shared_post WITH (parallel_workers = 3) AS SELECT * FROM post;
ANALYZE shared_post;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 3;

CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query;
END $$;

SELECT isnt_empty($$
	SELECT * FROM pg_temp.plan_of('SELECT engagement(likes, comments, exposure) FROM shared_post') AS line
	WHERE line ~ 'Partial Aggregate'$$, 'the plan is parallel');

SELECT ok(bool_and(w.three = p.three AND w.five = p.five), 'in parallel')
FROM whole AS w, (SELECT engagement(likes, comments, exposure) AS three,
	engagement(likes, comments, exposure, shares, saves) AS five FROM shared_post) AS p;

SELECT ok(bool_and(a.five = b.five), 'in parallel, per profile')
FROM (SELECT profile, engagement(likes, comments, exposure, shares, saves) AS five FROM shared_post GROUP BY 1) AS a
	JOIN (SELECT profile, sum(five) AS five FROM rollup GROUP BY 1) AS b USING (profile);
SET LOCAL max_parallel_workers_per_gather = 0;

-- Text and binary

SELECT is(count(*) FILTER (WHERE five::text::engagement_summary = five), count(*), 'text reads back')
FROM rollup;

CREATE TABLE sent AS SELECT profile, part, five FROM rollup;
CREATE TABLE received (LIKE sent);
CREATE FUNCTION pg_temp.file() RETURNS text LANGUAGE SQL
	RETURN current_setting('data_directory') || '/engagement_test';
SELECT format('COPY sent TO %L (FORMAT binary)', pg_temp.file()) AS send,
	format('COPY received FROM %L (FORMAT binary)', pg_temp.file()) AS receive \gset
:send;
:receive;
SELECT set_eq('SELECT profile, part, five::text FROM sent', 'SELECT profile, part, five::text FROM received', 'binary reads back');
SELECT is(count(*), (SELECT count(*) FROM sent), 'received values are equal')
FROM sent JOIN received USING (profile, part, five);

-- A binary value with another byte is refused, or is another value: never a
-- crash, and never one that can't be.
CREATE TEMP TABLE forged (e engagement_summary);
CREATE FUNCTION pg_temp.receive(value bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	header bytea := '\x5047434f50590aff0d0a00' || decode(repeat('00', 8), 'hex') || '\x0001';
	size bytea := decode(lpad(to_hex(length(value)), 8, '0'), 'hex');
	got text;
BEGIN
	PERFORM lo_unlink(2147480001) FROM pg_largeobject_metadata WHERE oid = 2147480001;
	PERFORM lo_from_bytea(2147480001, header || size || value || '\xffff');
	PERFORM lo_export(2147480001, pg_temp.file());
	TRUNCATE forged;
	EXECUTE format('COPY forged FROM %L (FORMAT binary)', pg_temp.file());
	SELECT e::text || (e::jsonb - 'x')::text INTO got FROM forged;
	RETURN 'value ' || got;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

SELECT engagement_summary_send(five) AS bytes FROM sent WHERE profile = 1 AND part = 1 \gset
SELECT matches(pg_temp.receive(:'bytes'::bytea), '^value posts=', 'a true value is received');
SELECT is(pg_temp.receive(set_byte(:'bytes'::bytea, 0, 2)), '22P03', 'unknown version');
SELECT is(pg_temp.receive(substr(:'bytes'::bytea, 1, 169)), '22P03', 'too short');
SELECT is(pg_temp.receive(:'bytes'::bytea || '\x00'), '22P03', 'too long');
SELECT is(pg_temp.receive(set_byte(:'bytes'::bytea, 2, 1)), '22P03', 'more posts than a summary can hold');
SELECT ok(bool_and(r = '22P03' OR r ~ '^value posts='), 'forged bytes are refused or are values')
FROM (SELECT pg_temp.receive(set_byte(:'bytes'::bytea, i, (get_byte(:'bytes'::bytea, i) + d) % 256)) AS r
	FROM generate_series(0, 169) AS i, unnest('{1,100,255}'::integer[]) AS d) AS f;

-- Windows: a frame that moves gives what each frame gives afresh

SELECT is(count(*) FILTER (WHERE moved = afresh), count(*), 'the last 12 posts, moving')
FROM (SELECT id, profile, engagement(likes, comments, exposure, shares, saves)
		OVER (PARTITION BY profile ORDER BY id ROWS 11 PRECEDING) AS moved FROM post) AS m
	JOIN LATERAL (SELECT engagement(likes, comments, exposure, shares, saves) AS afresh
		FROM (SELECT * FROM post AS p WHERE p.profile = m.profile AND p.id <= m.id
			ORDER BY p.id DESC LIMIT 12) AS frame) AS f ON true
WHERE m.profile < 8;

SELECT is(count(*) FILTER (WHERE moved = afresh), count(*), 'sum of the last 3 parts, moving')
FROM (SELECT profile, part, sum(three) OVER (ORDER BY profile, part ROWS 2 PRECEDING) AS moved,
		lag(three, 2, 'posts=0') OVER w + lag(three, 1, 'posts=0') OVER w + three AS afresh
	FROM rollup WINDOW w AS (ORDER BY profile, part)) AS r;

-- The same figures in plain SQL

CREATE TEMP TABLE figures AS
SELECT profile, 'posts=0'::engagement_summary AS e,
	count(*) FILTER (WHERE rate IS NOT NULL) AS posts,
	count(*) FILTER (WHERE rate = 0) AS zero,
	count(*) FILTER (WHERE rate IS NULL) AS hidden,
	sum(coalesce(likes, 0) + coalesce(comments, 0)) + coalesce(sum(others) FILTER (WHERE rate IS NOT NULL), 0) AS interactions,
	sum(coalesce(exposure, 0)) AS exposure,
	sum(likes + comments + others) FILTER (WHERE rate IS NOT NULL) / sum(exposure) FILTER (WHERE rate IS NOT NULL) AS pooled,
	avg(rate) AS mean, stddev_samp(rate) AS deviation,
	exp(avg(ln((likes + comments + others + 0.5) / exposure)) FILTER (WHERE rate > 0)) AS typical
FROM (SELECT profile, likes::numeric, comments::numeric, exposure::numeric, shares, saves, others,
		CASE WHEN rate <= 65536 THEN rate END AS rate
	FROM (SELECT *, coalesce(shares, 0) + coalesce(saves, 0) AS others,
			(likes::numeric + comments + coalesce(shares, 0) + coalesce(saves, 0)) / nullif(exposure, 0) AS rate
		FROM post WHERE likes < 1000000 OR likes IS NULL) AS p) AS p
GROUP BY profile;
UPDATE figures SET e = (SELECT engagement(likes, comments, exposure, shares, saves) FROM post
	WHERE post.profile = figures.profile AND (likes < 1000000 OR likes IS NULL));

CREATE FUNCTION pg_temp.near(a float8, b numeric, tolerance float8 DEFAULT 1e-11) RETURNS boolean LANGUAGE SQL
	RETURN abs(a - b::float8) <= tolerance * abs(b::float8);

SELECT is(count(*), 0::bigint, 'counts as in plain SQL') FROM figures
WHERE (posts(e), zero_posts(e), hidden_posts(e), interactions(e), exposure(e)) IS DISTINCT FROM (posts, zero, hidden, interactions::bigint, exposure::bigint);
SELECT is(count(*) FILTER (WHERE pg_temp.near(pooled_rate(e), pooled)), count(*), 'pooled_rate') FROM figures;
SELECT is(count(*) FILTER (WHERE pg_temp.near(mean_rate(e), mean)), count(*), 'mean_rate') FROM figures;
SELECT is(count(*) FILTER (WHERE pg_temp.near(rate_stddev(e), deviation)), count(*), 'rate_stddev') FROM figures;
SELECT is(count(*) FILTER (WHERE pg_temp.near(typical_rate(e), typical, 1e-9)), count(*), 'typical_rate') FROM figures;

-- One viral post among a million nearly equal rates does not blur the deviation
SELECT ok(pg_temp.near(rate_stddev(engagement(1000000 + i % 2, 0, 100000000)),
	stddev_samp((1000000 + i % 2) / 100000000.0)), 'nearly equal rates')
FROM generate_series(1, 100000) AS i;

-- Soft errors, where the server has them
SELECT current_setting('server_version_num')::integer >= 160000 AS soft \gset
\if :soft
SELECT ok(NOT pg_input_is_valid('posts=0,likes=1', 'engagement_summary')
	AND NOT pg_input_is_valid('?', 'engagement_summary')
	AND pg_input_is_valid('posts=0', 'engagement_summary')
	AND NOT pg_input_is_valid('profiles=1', 'engagement_benchmark'), 'soft errors');
\else
SELECT skip('no soft errors before 16', 1);
\endif

SELECT * FROM finish();
ROLLBACK;
