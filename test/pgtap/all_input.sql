--
-- Malformed and hostile input, as text and as bytes: each value is accepted and
-- read back as it was, or refused with an error that says what is wrong.
-- Nothing is an internal error, and nothing is lost.
--
BEGIN;
SELECT plan(27);
SELECT setseed(.42);

-- The SQLSTATE with which a text is refused by a type; NULL if it is accepted
-- and what is printed for it reads back as the same.
CREATE FUNCTION pg_temp.refused(type text, value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	same boolean;
BEGIN
	EXECUTE format('SELECT $1::%1$s::text::%1$s = $1::%1$s', type) INTO same USING value;
	RETURN CASE WHEN same THEN NULL ELSE 'changed' END;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
CREATE FUNCTION pg_temp.refused_count(value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	count bigint;
BEGIN
	count := parse_count(value);
	RETURN CASE WHEN count >= 0 AND parse_count(count::text) = count AND try_parse_count(value) = count
		THEN NULL ELSE 'changed' END;
EXCEPTION WHEN OTHERS THEN
	RETURN CASE WHEN try_parse_count(value) IS NULL THEN SQLSTATE ELSE 'differs' END;
END $$;

-- A bytea in a binary COPY file is its bytes, so it makes any value of a type.
CREATE TABLE tier_values (v tier);
CREATE TABLE tier_scheme_values (v tier_scheme);
CREATE TABLE file (path text);
INSERT INTO file SELECT current_setting('data_directory') || '/influencer_all_input.data';
CREATE FUNCTION pg_temp.refused_bytes(type text, bytes bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	path text := (SELECT f.path FROM file AS f);
	sent bytea;
BEGIN
	EXECUTE format('COPY (SELECT %L::bytea) TO %L (FORMAT binary)', bytes, path);
	EXECUTE format('TRUNCATE %I', type || '_values');
	EXECUTE format('COPY %I FROM %L (FORMAT binary)', type || '_values', path);
	EXECUTE format('SELECT %I(v) FROM %I', type || '_send', type || '_values') INTO sent;
	RETURN CASE WHEN sent = bytes THEN pg_temp.refused(type, pg_temp.printed(type)) ELSE 'changed' END;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
CREATE FUNCTION pg_temp.printed(type text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SELECT v::text FROM %I', type || '_values') INTO result;
	RETURN result;
END $$;

-- Texts one to four changes away from good ones: a character put in, taken
-- out, or replaced, from all that the grammars know and some that they don't.
CREATE FUNCTION pg_temp.mutated(value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	letters text := E'0123456789,.=- \t\n''"KMBkmb_+eE/\\%xnoanmicrdg\u00A0\u2009\u2019\u0130\u20AC';
	at int;
	letter text;
BEGIN
	FOR i IN 1 .. 1 + (random() * 3)::int LOOP
		at := 1 + (random() * length(value))::int;
		letter := substr(letters, 1 + (random() * (length(letters) - 1))::int, 1);
		value := overlay(value PLACING CASE WHEN random() < .7 THEN letter ELSE '' END FROM at FOR (random())::int);
	END LOOP;
	RETURN value;
END $$;
CREATE TABLE mutants AS
SELECT type, pg_temp.mutated(good) AS text
FROM (VALUES ('tier', '{none,nano,micro,small,mid,macro,mega,celebrity,"  Micro ",Mid-Tier,"mid tier",CELEB}'::text[]),
	('tier_scheme', ARRAY['instagram', 'nano=1000,micro=10K,mid=50001,macro=500K,mega=1M', 'micro=10 000 , mega=1.000.000', 'nano=0']),
	('count', ARRAY['48.5M', '1,234,567', '10.000', '29.4K', '9223372036854775807', '2B', '1 234,5K'])) AS v (type, goods),
	unnest(goods) AS good, generate_series(1, 400);
CREATE TABLE results AS
SELECT type, text, CASE type WHEN 'count' THEN pg_temp.refused_count(text) ELSE pg_temp.refused(type, text) END AS state
FROM mutants;
SELECT is_empty(format($$ SELECT text, state FROM results WHERE type = %L AND state NOT IN ('22P02', '22003') $$, type),
	type || ': refused with an SQLSTATE for bad input, or accepted') FROM unnest('{tier,tier_scheme,count}'::text[]) AS type;
SELECT ok(count(state) > 100 AND count(state) < count(*) - 20, type || ': some are accepted, some are refused')
FROM results GROUP BY type ORDER BY type;

-- All single bytes, and all lengths, for a tier.
SELECT is((SELECT array_agg(b) FROM generate_series(0, 255) AS b WHERE pg_temp.refused_bytes('tier', set_byte('\x00', 0, b)) IS NULL),
	'{0,32,64,96,128,160,192,224}', 'tier: eight bytes are tiers');
SELECT is((SELECT array_agg(DISTINCT pg_temp.refused_bytes('tier', set_byte('\x00', 0, b))) FROM generate_series(0, 255) AS b WHERE b % 32 > 0),
	'{22P03}', 'tier: others are 22P03');
SELECT is(pg_temp.refused_bytes('tier', ''), '08P01', 'tier: no byte');
SELECT is(pg_temp.refused_bytes('tier', '\x4002'), '22P03', 'tier: two bytes');

-- Schemes: good bytes with some bits turned, bounds put in disorder, cut off
-- and continued.
CREATE FUNCTION pg_temp.entry(bytes bytea, luck float8) RETURNS bytea LANGUAGE SQL AS
	$$ SELECT substr(bytes, 2 + 9 * floor(luck * get_byte(bytes, 0))::int, 9) $$;
CREATE TABLE bytes AS
SELECT kind, CASE kind
	WHEN 'bits' THEN (SELECT set_bit(set_bit(good, (r1 * (8 * length(good) - 1))::int, (r2)::int), (r3 * (8 * length(good) - 1))::int, (r4)::int))
	WHEN 'order' THEN substr(good, 1, 1) || (SELECT string_agg(pg_temp.entry(good, r), '') FROM (SELECT r FROM unnest(ARRAY[r1, r2, r3, r4, r1, r2, r3]) AS r LIMIT get_byte(good, 0)) AS e)
	WHEN 'cut' THEN substr(good, 1, (r1 * (length(good) - 1))::int)
	ELSE good || substr(good, 1, 1 + (r1 * (length(good) - 1))::int) END AS bytes
FROM (SELECT kind, tier_scheme_send(scheme) AS good, random() AS r1, random() AS r2, random() AS r3, random() AS r4
	FROM unnest('{bits,order,cut,continued}'::text[]) AS kind, generate_series(1, 60),
		unnest('{instagram,"nano=0,mega=1","micro=9223372036854775807","mid=5,macro=7","nano=1,micro=2,small=3,mid=4,macro=5,mega=6,celebrity=7"}'::tier_scheme[]) AS scheme OFFSET 0) AS r;
CREATE TABLE byte_results AS SELECT kind, bytes, pg_temp.refused_bytes('tier_scheme', bytes) AS state FROM bytes;
SELECT is_empty($$ SELECT bytes, state FROM byte_results WHERE kind IN ('bits', 'order') AND state NOT IN ('22P03', '08P01') $$, 'tier_scheme: turned bits and disorder');
SELECT is_empty($$ SELECT bytes, state FROM byte_results WHERE kind = 'cut' AND state IS DISTINCT FROM '08P01' $$, 'tier_scheme: cut off');
SELECT is_empty($$ SELECT bytes, state FROM byte_results WHERE kind = 'continued' AND state IS DISTINCT FROM '22P03' $$, 'tier_scheme: continued');
SELECT ok(count(state) > 50 AND count(state) < count(*) - 50, 'tier_scheme: some are accepted, some are refused')
FROM byte_results WHERE kind IN ('bits', 'order');
-- What makes a scheme, said in SQL: as many bounds as it says, one at least, of
-- tiers that ascend, and ascending, none negative.
CREATE FUNCTION pg_temp.is_scheme(bytes bytea) RETURNS boolean LANGUAGE SQL AS $$
	SELECT length(bytes) = 1 + 9 * get_byte(bytes, 0) AND get_byte(bytes, 0) BETWEEN 1 AND 7
		AND bool_and(tier IN (32, 64, 96, 128, 160, 192, 224)) AND array_agg(tier) = ARRAY(SELECT DISTINCT t FROM unnest(array_agg(tier)) AS t ORDER BY t)
		AND min(bound) >= 0 AND array_agg(bound) = ARRAY(SELECT DISTINCT b FROM unnest(array_agg(bound)) AS b ORDER BY b)
	FROM (SELECT get_byte(bytes, 1 + 9 * n) AS tier, ('x' || encode(substr(bytes, 3 + 9 * n, 8), 'hex'))::bit(64)::bigint AS bound
		FROM generate_series(0, (length(bytes) - 1) / 9 - 1) AS n ORDER BY n) AS e $$;
SELECT is_empty($$ SELECT bytes, state FROM byte_results WHERE kind IN ('bits', 'order') AND (state IS NULL) <> pg_temp.is_scheme(bytes) $$,
	'tier_scheme: accepted exactly if it is one');

-- A bad row ends its COPY, and the rows that were there stay.
CREATE TABLE kept (t tier);
INSERT INTO kept VALUES ('mid');
SELECT throws_ok($$ INSERT INTO kept SELECT v::tier FROM unnest('{nano,giant}'::text[]) AS v $$, '22P02', NULL, 'a bad label ends the statement');
SELECT is((SELECT array_agg(t::text) FROM kept), '{mid}', 'nothing is lost, nothing is half done');

-- Very long input is refused as any other.
SELECT is(pg_temp.refused('tier', repeat('micro', 1000000)), '22P02', 'tier: 5 MB');
SELECT is(pg_temp.refused('tier_scheme', repeat('nano=1,', 1000000)), '22P02', 'tier_scheme: 7 MB');
SELECT is(pg_temp.refused('tier_scheme', 'nano=' || repeat('9', 1000000)), '22003', 'tier_scheme: a bound of a million digits');
SELECT is(pg_temp.refused_count(repeat('1,', 1000000)), '22P02', 'count: a million separators');

-- Soft errors, from PostgreSQL 16 on: bad input is a value, not an error.
CREATE FUNCTION pg_temp.soft(value text, type text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	result boolean;
BEGIN
	EXECUTE 'SELECT pg_input_is_valid($1, $2)' INTO result USING value, type;
	RETURN result;
END $$;
SELECT CASE WHEN current_setting('server_version_num')::int < 160000 THEN skip('no soft errors before 16', 3) ELSE (
	SELECT string_agg(t, E'\n') FROM (
		SELECT is((SELECT count(*)::int FROM results WHERE type <> 'count' AND pg_temp.soft(text, type) <> (state IS NULL)), 0, 'soft errors are the hard ones')
		UNION ALL SELECT ok(pg_temp.soft('later_fohr', 'tier_scheme') AND pg_temp.soft('mid', 'tier'), 'good input is valid')
		UNION ALL SELECT ok(NOT pg_temp.soft('nano=', 'tier_scheme') AND NOT pg_temp.soft('giant', 'tier'), 'bad input is not')) AS s (t)) END;

DO $$ BEGIN EXECUTE format('COPY (SELECT WHERE false) TO PROGRAM %L', 'rm -f ' || quote_literal((SELECT path FROM file))); END $$;
SELECT throws_ok($$ SELECT parse_count(U&'1\200B5') $$, '22P02', NULL, 'a blank of no width groups nothing');
-- Row types that their owner altered: no row is formed of columns that are not filled.
CREATE TABLE altered (type, query) AS VALUES
	('engagement_forecast', 'SELECT forecast(b, e, 1000, 1) FROM one'), ('engagement_forecast', 'SELECT campaign_forecast(b, e, 1000, 1) FROM one'),
	('growth_anomaly', $q$ SELECT growth_anomalies('2026-01-01'::timestamptz + i * interval '1 day', CASE i WHEN 9 THEN 0 ELSE 1000 + i END) FROM generate_series(1, 20) AS i $q$),
	('campaign_pick', 'SELECT campaign_plan(i, 1, 10.0, 5, 1000) FROM generate_series(1::bigint, 3) AS i'),
	('campaign_pick_text', 'SELECT campaign_plan(i::text, 1, 10.0, 5, 1000) FROM generate_series(1, 3) AS i'),
	('campaign_pick_uuid', 'SELECT campaign_plan(md5(i::text)::uuid, 1, 10.0, 5, 1000) FROM generate_series(1, 3) AS i'),
	('campaign_point', 'SELECT campaign_curve(i, 1, 10.0, ARRAY[5], 1000) FROM generate_series(1::bigint, 3) AS i'),
	('campaign_candidate', 'SELECT campaign_plan(i, 1, 10.0, 5, 1000) FROM generate_series(1::bigint, 3) AS i'),
	('campaign_candidate_text', 'SELECT campaign_plan(i::text, 1, 10.0, 5, 1000) FROM generate_series(1, 3) AS i'),
	('campaign_candidate_uuid', 'SELECT campaign_plan(md5(i::text)::uuid, 1, 10.0, 5, 1000) FROM generate_series(1, 3) AS i');
CREATE TABLE one AS SELECT benchmark(e, 1000 + i) AS b, (array_agg(e))[1] AS e FROM (SELECT i, engagement(50 + i, 5, 1000 + i) AS e FROM generate_series(1, 40) AS i, generate_series(1, 3) GROUP BY i) AS s;
CREATE FUNCTION pg_temp.altered(type text, query text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE query;
	EXECUTE format('ALTER TYPE %I ADD ATTRIBUTE note text', type);
	EXECUTE query;
	RETURN 'formed';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ': ' || SQLERRM;
END $$;
SELECT is_empty($$ SELECT type, query, pg_temp.altered(type, query) FROM altered WHERE pg_temp.altered(type, query) <> '42804: type ' || type || ' has been altered' $$,
	'types that were altered are refused');
SELECT set_eq('SELECT type FROM altered', $$ SELECT relname::text FROM pg_depend AS d JOIN pg_extension AS e ON e.oid = refobjid AND refclassid = 'pg_extension'::regclass
	JOIN pg_type AS t ON t.oid = d.objid AND classid = 'pg_type'::regclass JOIN pg_class AS c ON c.oid = typrelid AND relkind = 'c' WHERE extname = 'influencer' $$, 'all row types are tried');
SELECT * FROM finish();
ROLLBACK;
