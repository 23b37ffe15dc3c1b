--
-- Virtual generated columns, which PostgreSQL has from 18 on and which it does
-- not let have types and functions of extensions; what doc/tier.md says instead
-- works in all versions.
--
BEGIN;
SELECT plan(13);

-- Before 18, a generated column without STORED is a syntax error.
CREATE FUNCTION refusal() RETURNS text LANGUAGE SQL AS
$$ SELECT CASE WHEN current_setting('server_version_num')::integer >= 180000 THEN '0A000' ELSE '42601' END $$;

SELECT throws_ok(format('CREATE TABLE page_%s (followers bigint, likes bigint, comments bigint, caption text, virtual %s)', n, declaration),
	refusal(), NULL, 'refused: ' || declaration)
FROM (VALUES
	(1, $$tier GENERATED ALWAYS AS (tier(followers)) VIRTUAL$$),
	(2, $$tier GENERATED ALWAYS AS (tier(followers))$$),
	(3, $$text GENERATED ALWAYS AS (tier(followers)::text) VIRTUAL$$),
	(4, $$boolean GENERATED ALWAYS AS (tier(followers) = 'micro') VIRTUAL$$),
	(5, $$float8 GENERATED ALWAYS AS (engagement_rate(likes, comments, followers)) VIRTUAL$$),
	(6, $$text[] GENERATED ALWAYS AS (hashtags(caption)) VIRTUAL$$)) AS d (n, declaration);

CREATE TABLE page (
	id			bigint,
	followers	bigint,
	fans		bigint,
	tags		text,
	tier		tier GENERATED ALWAYS AS (tier(followers)) STORED
);
INSERT INTO page (id, followers, fans, tags) SELECT i, i * 100, i * 7, '#tag' || i % 10 FROM generate_series(1, 1000) AS i;
SELECT throws_ok($$ ALTER TABLE page ADD virtual tier GENERATED ALWAYS AS (tier(followers)) VIRTUAL $$, refusal(), NULL, 'refused: ALTER TABLE');
SELECT throws_ok($$ ALTER TABLE page ADD virtual tier GENERATED ALWAYS AS ('micro') VIRTUAL $$, refusal(), NULL, 'refused: the type alone');

-- Over a virtual column of plain numbers everything goes.
SELECT lives_ok(format('ALTER TABLE page ADD reach bigint GENERATED ALWAYS AS (followers + fans) %s',
	CASE WHEN current_setting('server_version_num')::integer >= 180000 THEN 'VIRTUAL' ELSE 'STORED' END), 'a virtual column of numbers');
ANALYZE page;
CREATE VIEW page_size AS SELECT id, tier(reach) AS size, hashtags(tags) AS tags FROM page;
CREATE FUNCTION plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT is((SELECT count(*) FROM plan_of($$ SELECT id FROM page_size WHERE size = 'micro' $$) AS line WHERE line ~ 'tier'), 0::bigint,
	'a condition on the tier of a virtual column is a range');
SELECT results_eq($$ SELECT id FROM page_size WHERE size = 'micro' ORDER BY id $$,
	$$ SELECT id FROM page WHERE followers + fans BETWEEN 10000 AND 50000 ORDER BY id $$, 'its rows');
SELECT is((SELECT count(*) FROM page_size WHERE tags @> '{tag3}'), 100::bigint, 'a view has what a virtual column would');
SELECT is((SELECT count(*) FROM page WHERE tier <> tier(followers)), 0::bigint, 'a stored column');

SELECT * FROM finish();
ROLLBACK;
