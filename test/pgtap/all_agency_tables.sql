--
-- Tables as agencies have them, made before the extension is there: the
-- extension installs beside them, in public and in a schema of its own, and
-- computes over them.
--
BEGIN;
SELECT plan(60);
SET LOCAL timezone = 'UTC';
DROP EXTENSION influencer;

-- A roster in percent, counts as text; a table in fractions, names quoted,
-- likes 0 by default; a third party's report; and names that the extension has.
CREATE SCHEMA shop;
SET LOCAL search_path = shop, public;
CREATE TABLE roster (id serial PRIMARY KEY, handle varchar(50) NOT NULL, followers text, engagement_rate decimal(5,2), niches text[] DEFAULT '{}');
INSERT INTO roster (handle, followers, engagement_rate, niches) VALUES
	('anna', '29.4K', 2.69, '{fashion,travel}'), ('ben', '1,234,567', 0.80, '{gaming}'), ('cleo', 'N/A', NULL, NULL), ('dora', '12.5K', 4.10, '{travel,food,fashion}'), ('ed', '0', 0, '{}');
CREATE TABLE "Creators" (id integer PRIMARY KEY, "displayName" text, "followersCount" integer DEFAULT 0, "avgLikes" integer DEFAULT 0, "avgComments" integer DEFAULT 0,
	"engagementRate" double precision, audience jsonb, "createdAt" timestamptz DEFAULT now());
INSERT INTO "Creators" VALUES
	(1, 'Eve', 48500, 1250, 55, .0269, '{"countries": [{"code": "DE", "weight": 0.6}, {"code": "AT", "weight": 0.25}], "genders": {"female": 0.7, "male": 0.3}}'),
	(2, 'Finn', 640000, 5000, 120, .008, '{"countries": [{"code": "US", "weight": 0.5}, {"code": "DE", "weight": 0.1}], "genders": {"female": 0.4, "male": 0.6}}'),
	(3, 'Gus', 0, 0, 0, NULL, NULL);
CREATE TABLE "Post" (id serial, "creatorId" integer REFERENCES "Creators", "likeCount" integer DEFAULT 0, "commentCount" integer DEFAULT 0, "followersAtPost" integer, "postedAt" timestamptz);
INSERT INTO "Post" ("creatorId", "likeCount", "commentCount", "followersAtPost", "postedAt") VALUES
	(1, 1200, 30, 47000, '2026-01-01'), (1, 0, 41, 47500, '2026-01-08'), (1, 1350, 25, 48500, '2026-01-15'), (2, 5000, 100, 640000, '2026-01-02'), (2, 4100, 80, 640000, '2026-01-09');
CREATE TABLE snapshot (creator_id integer, taken_at timestamptz, followers integer);
INSERT INTO snapshot VALUES (1, '2026-01-14', 48000), (1, '2025-12-15', 24000), (2, '2026-01-01', 640000), (3, '2026-01-01', 0);
CREATE TABLE report (creator_id integer, follower_type text, followers integer, following integer, "hasPicture" boolean, bio text, username varchar(30), posts integer);
INSERT INTO report VALUES (1, NULL, 120, 310, true, 'hello', 'real_one', 60), (1, NULL, 80, 6200, false, '', 'x12345', 0), (1, NULL, 9000, 400, true, 'I paint', 'painter', 300), (1, NULL, 3, 900, NULL, NULL, 'kk99281', 0);
CREATE TABLE engagement (post_id integer, likes integer DEFAULT 0, comments integer DEFAULT 0, followers integer);
INSERT INTO engagement VALUES (1, 320, 12, 10000), (2, 500, 0, 5000), (3, 2000, 0, 400000);
CREATE TABLE audience (profile_id integer, follower_id bigint, country text);
INSERT INTO audience SELECT 1 + i % 2, i, CASE WHEN i % 4 = 0 THEN 'DE' ELSE 'AT' END FROM generate_series(1, 400) AS i;
CREATE TABLE campaign (id integer, budget numeric);
CREATE TABLE tiers (name text, "minFollowers" integer, "maxFollowers" integer);
INSERT INTO tiers VALUES ('nano', 0, 10000), ('micro', 10001, 100000), ('mid', 100000, 500000), ('macro', 500001, 1000000);
CREATE TYPE network AS ENUM ('INSTAGRAM', 'twitter');
CREATE TABLE stats (id uuid PRIMARY KEY, platform network, tier text, followers bigint, avg_likes numeric, avg_comments numeric, raw jsonb);
INSERT INTO stats VALUES ('6f1d2c3b-4a59-4877-9665-0fab1c2d3e4f', 'INSTAGRAM', 'Micro', 48500, 1250.4, 55.25, '{"followers_count": 48500, "username": "eve"}'),
	('0b6e8a52-7c1d-4e3f-8a9b-1c2d3e4f5a6b', 'twitter', 'MEGA', 2100000, -1, 312, '{"data": {"username": "finn", "public_metrics": {"followers_count": 2100000}}}');
CREATE TABLE daily AS SELECT '2026-03-01'::timestamptz + n * interval '3 days' AS taken_at, 10000 + n * 87 AS followers FROM generate_series(0, 10) AS n;
CREATE TABLE payment (campaign_id integer, amount numeric);
INSERT INTO payment VALUES (1, 10), (1, 20), (1, 30);

-- What every place of the extension must give; the extension is on the
-- search_path, after the tables.
CREATE FUNCTION pg_temp.one(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE query INTO result;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
CREATE TABLE question (n serial, what text, query text, answer text);
INSERT INTO question (what, query, answer) VALUES
	('percent and fraction in one view', $$ SELECT string_agg(name || ' ' || percent(rate), ',' ORDER BY rate DESC, name COLLATE "C") FROM
		(SELECT handle AS name, (nullif(engagement_rate, 0) / 100)::float8 AS rate FROM roster UNION ALL SELECT "displayName", "engagementRate" FROM "Creators") AS u $$,
		'dora 4.10,Eve 2.69,anna 2.69,Finn 0.80,ben 0.80'),
	('counts that are text', $$ SELECT string_agg(handle || ' ' || coalesce(tier(try_parse_count(followers))::text, '?'), ',' ORDER BY id) FROM roster $$,
		'anna micro,ben mega,cleo ?,dora micro,ed none'),
	('a tier compared with a literal', $$ SELECT string_agg("displayName", ',' ORDER BY id) FROM "Creators" WHERE tier("followersCount") >= 'micro' $$, 'Eve,Finn'),
	('no followers, no rate', $$ SELECT string_agg(coalesce(percent(engagement_rate("avgLikes", "avgComments", "followersCount"))::text, '?'), ',' ORDER BY id) FROM "Creators" $$, '2.69,0.80,?'),
	('likes that are 0 by default', $$ SELECT string_agg(concat_ws(' ', posts(e), hidden_posts(e), percent(pooled_rate(e))), ',' ORDER BY id) FROM
		(SELECT "creatorId" AS id, engagement(CASE WHEN "likeCount" > 0 OR "commentCount" = 0 THEN "likeCount" END, "commentCount", "followersAtPost") AS e FROM "Post" GROUP BY 1) AS s $$,
		'2 1 2.73,2 0 0.73'),
	('a table called engagement', $$ SELECT concat_ws(' ', round(pooled_rate(e)::numeric, 5), round(mean_rate(e)::numeric, 5)) FROM
		(SELECT engagement(likes, comments, followers) AS e FROM engagement WHERE post_id > 1) AS s $$, '0.00617 0.05250'),
	('no integer division', $$ SELECT engagement_rate(likes, comments, followers) FROM engagement WHERE post_id = 1 $$, '0.0332'),
	('a table called audience', $$ SELECT concat_ws(' ', round(reach(audience(follower_id))), round(reach(audience(follower_id) FILTER (WHERE country = 'DE')))) FROM audience $$, '400 100'),
	('tiers that are a table', $$ SELECT string_agg("displayName" || ' ' || tier("followersCount", scheme), ',' ORDER BY id) FROM "Creators",
		(SELECT string_agg(name || '=' || "minFollowers", ',' ORDER BY "minFollowers")::tier_scheme AS scheme FROM tiers) AS s $$, 'Eve micro,Finn macro,Gus nano'),
	('niches in arrays', $$ SELECT compose(niche) FROM roster, unnest(niches) AS niche $$, '{"fashion": 2, "food": 1, "gaming": 1, "travel": 2}'),
	('audiences in jsonb', $$ SELECT string_agg("displayName" || ' ' || round((share(to_composition(audience->'countries', 1), 'DE', 'AT', 'CH')
		* share(to_composition(audience->'genders'), 'female'))::numeric, 3), ',' ORDER BY id) FROM "Creators" WHERE audience IS NOT NULL $$, 'Eve 0.595,Finn 0.040'),
	('growth by days', $$ SELECT string_agg(coalesce(percent(growth_rate(g, '30 days'), 0)::text, '?'), ',' ORDER BY creator_id) FROM (SELECT creator_id, growth(taken_at, followers) AS g FROM snapshot GROUP BY 1) AS s $$,
		'100,?,?'),
	('types of followers, integer columns', $$ SELECT compose(follower_type(followers, following)) FROM report $$, '{"influencer": 1, "mass": 1, "real": 2}'),
	('reasons, from texts', $$ SELECT string_agg(array_to_string(fake_reasons(followers, following, posts, "hasPicture", length(bio), length(regexp_replace(username, '\D', '', 'g'))), '/'), ',' ORDER BY username)
		FROM report WHERE followers < 10 OR posts > 50 $$,
		'follows over 5 times its followers/under 30 followers/under 50 posts/no posts/3 digits or more in username,,'),
	('averages that are numeric, and -1', $$ SELECT string_agg(coalesce(percent(engagement_rate(nullif(avg_likes, -1)::bigint, avg_comments::bigint, followers))::text, '?'), ',' ORDER BY followers) FROM stats $$, '2.69,?'),
	('-1 is refused with a hint', $$ SELECT engagement_rate(avg_likes::bigint, avg_comments::bigint, followers) FROM stats WHERE avg_likes < 0 $$, '22023 likes must not be negative: -1'),
	('sums and averages of bigint', $$ SELECT concat_ws(' ', tier(sum(followers)::bigint), tier(avg(followers)::bigint)) FROM stats $$, 'mega mega'),
	('ids that are uuid', $$ SELECT concat_ws(' ', reach(audience(id)), (top_ids(id, followers, 1))[1]) FROM stats $$, '2 0b6e8a52-7c1d-4e3f-8a9b-1c2d3e4f5a6b'),
	('a column called tier', $$ SELECT string_agg(concat_ws(' ', tier, tier(followers)), ',' ORDER BY followers) FROM stats $$, 'Micro micro,MEGA mega'),
	('seven bands', $$ SELECT string_agg(tier(f, 'nano=0,micro=10K,small=50K,mid=100K,macro=500K,mega=1M,celebrity=5M')::text, ',') FROM unnest('{9000,60000,7000000}'::bigint[]) AS f $$, 'nano,small,celebrity'),
	('an enum names platforms', $$ SELECT string_agg(username, ',' ORDER BY s.followers) FROM stats AS s, profile_metrics(platform, raw) AS p $$, 'eve,finn'),
	('growth of every third day', $$ SELECT percent(growth_rate(growth(taken_at, followers), '1 week')) FROM daily $$, '1.97'),
	('a total over a join', $$ SELECT cost_per_mille(amount, views)::int FROM (SELECT sum(likes)::bigint AS views FROM engagement WHERE post_id > 1) AS p, (SELECT sum(amount) AS amount FROM payment) AS c $$, '24'),
	('first digits of integers', $$ SELECT benford_deviation(followers) > .05 FROM report $$, 'true');
CREATE FUNCTION pg_temp.asks(place text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	q record;
BEGIN
	FOR q IN SELECT * FROM shop.question ORDER BY n LOOP
		RETURN NEXT is(pg_temp.one(q.query), q.answer, place || ': ' || q.what);
	END LOOP;
END $$;

-- in public, the tables in a schema of their own
CREATE EXTENSION influencer SCHEMA public;
SELECT pg_temp.asks('public');
DROP EXTENSION influencer;

-- A table called tier takes the type's name in its schema.
CREATE TABLE public.tier (id integer, name text);
SELECT throws_ok('CREATE EXTENSION influencer SCHEMA public', '42710', 'type "tier" already exists', 'no two types of one name in a schema');
SELECT is_empty($$ SELECT FROM pg_extension WHERE extname = 'influencer' $$, 'nothing is left of it');
SELECT is((SELECT count(*)::int FROM public.tier), 0, 'the table is as it was');

-- So does a function of the same arguments.
DROP TABLE public.tier;
CREATE FUNCTION public.tier(bigint) RETURNS text LANGUAGE sql AS 'SELECT ''mine''::text';
SELECT throws_ok('CREATE EXTENSION influencer SCHEMA public', '42723', 'function "tier" already exists with same argument types', 'no two functions of one kind in a schema');
SELECT is(public.tier(5), 'mine', 'the function is as it was');
DROP FUNCTION public.tier(bigint);

-- What is written with the wrong types, as doc/tier.md tells it.
CREATE EXTENSION influencer SCHEMA public;
SELECT throws_ok($$ SELECT in_tiers(5::bigint, ARRAY['micro', 'mid']) $$, '42883', 'function in_tiers(bigint, text[]) does not exist', 'tiers as text');
SELECT throws_ok($$ SELECT tier(5::bigint, 'iab_uk'::text) $$, '42883', 'function tier(bigint, text) does not exist', 'a scheme as text');
SELECT throws_ok($$ SELECT tier(5.0) $$, '42883', 'function tier(numeric) does not exist', 'a numeric count');
SELECT throws_ok($$ SELECT tier(5) = 'micro'::text $$, '42883', 'operator does not exist: tier = text', 'a label as text');
DROP EXTENSION influencer;

-- in a schema of its own: beside a table tier, which wins by name
CREATE SCHEMA influencer;
CREATE EXTENSION influencer SCHEMA influencer;
CREATE TABLE shop.tier (id integer, name text);
INSERT INTO shop.tier VALUES (1, 'gold');
SET LOCAL search_path = shop, public, influencer;
SELECT pg_temp.asks('a schema of its own');
SELECT is(pg_temp.one('SELECT name FROM tier'), 'gold', 'the table is found by its name');
SELECT is(pg_temp.one($$ SELECT 'micro'::influencer.tier $$), 'micro', 'the type by its schema');
SELECT is(pg_temp.one($$ SELECT concat_ws(' ', tier(20000), tier(20000) IN ('micro', 'mid'), in_tiers(20000, '{micro}'), (SELECT count(*) FROM influencer.tiers())) $$), 'micro t t 6', 'functions by their names');

SELECT * FROM finish();
ROLLBACK;
