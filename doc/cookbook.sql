--
-- The agency of doc/cookbook.md: its tables, with made rows that are the same at
-- every run. Creates the schema cookbook, unless it is there.
--
SELECT to_regnamespace('cookbook') IS NULL AS missing, set_config('search_path', 'cookbook, ' || current_setting('search_path'), false) AS search_path \gset
SET timezone = 'UTC';
\if :missing
CREATE SCHEMA cookbook;

CREATE TABLE profile (profile_id uuid PRIMARY KEY, handle text, platform text, niche text, country text, followers bigint);  -- today's
CREATE TABLE follower_count (profile_id uuid, observed_at timestamptz, followers bigint, PRIMARY KEY (profile_id, observed_at));
CREATE TABLE post (profile_id uuid, post_id bigint, published_at timestamptz, format text, caption text,
	likes bigint, comments bigint, views bigint, followers bigint, PRIMARY KEY (profile_id, post_id));          -- then's
CREATE TABLE fee (profile_id uuid PRIMARY KEY, amount numeric);
CREATE TABLE vendor_report (profile_id uuid PRIMARY KEY, report jsonb);
CREATE TABLE commenter (profile_id uuid, person bigint, PRIMARY KEY (profile_id, person));
CREATE TABLE campaign (campaign_id bigint PRIMARY KEY, name text);
CREATE TABLE booking (campaign_id bigint, profile_id uuid, planned numeric, PRIMARY KEY (campaign_id, profile_id));
CREATE TABLE payment (campaign_id bigint, profile_id uuid, paid_on date, amount numeric);

-- A number from 0 to 1 and one around 0, always the same for a key.
CREATE FUNCTION chance(key text) RETURNS float8 IMMUTABLE LANGUAGE sql
RETURN (('x' || substr(md5(key), 1, 8))::bit(32)::bigint + .5) / 4294967296;
CREATE FUNCTION noise(key text) RETURNS float8 IMMUTABLE LANGUAGE sql
RETURN .55 * ln(chance(key) / (1 - chance(key)));

CREATE TABLE made AS
SELECT i, md5('profile ' || i)::uuid AS profile_id, (ARRAY['instagram', 'tiktok', 'youtube'])[1 + i % 3] AS platform,
	exp(ln(1500) + 6.2 * chance('size ' || i) ^ 1.4) AS followers, .02 + .5 * chance('growth ' || i) ^ 2 AS growth,
	.05 * exp(.5 * noise('rate ' || i)) AS rate, 1 + (chance('better ' || i) < .08)::integer AS better
FROM generate_series(1, 300) AS i;

INSERT INTO profile
SELECT profile_id, 'creator ' || i, platform, (ARRAY['running', 'food', 'travel', 'fashion', 'gaming'])[1 + floor(5 * chance('niche ' || i))::integer],
	(ARRAY['DE', 'DE', 'DE', 'AT', 'CH', 'FR'])[1 + floor(6 * chance('country ' || i))::integer], round(followers)
FROM made;

INSERT INTO follower_count
SELECT profile_id, timestamptz '2026-07-01' - ago * interval '1 day',
	CASE WHEN platform = 'youtube' THEN trunc(n::numeric, 2 - floor(log(n))::integer) ELSE round(n) END
FROM made, generate_series(0, 360) AS ago,
	LATERAL (SELECT followers * exp(-growth * ago / 365.0 + .0008 * noise(i || ' day ' || ago))
		* CASE WHEN i % 59 = 7 AND ago > 40 + i / 10 THEN .84 ELSE 1 END            -- five jumps
		* CASE WHEN platform = 'tiktok' AND ago > 73 THEN 1.03 ELSE 1 END AS n) AS f -- the platform removed accounts
WHERE (ago <= 120 OR ago % 7 = 0) AND chance('seen ' || i || ' ' || ago) > .02;

INSERT INTO post
SELECT profile_id, n, published_at, format, CASE WHEN paid THEN 'Anzeige | Ours now: ' ELSE '' END || CASE WHEN chance(i || ' ask ' || n) < .2 THEN 'Which one?' ELSE 'A new one.' END,
	CASE WHEN platform = 'instagram' AND chance(i || ' hidden ' || n) < .06 THEN NULL ELSE round(likes) END,
	round(likes * .03 * exp(.5 * noise(i || ' comments ' || n))),
	CASE WHEN platform <> 'instagram' THEN round(likes * 14 * exp(.3 * noise(i || ' views ' || n))) END, round(f.exposed)
FROM made,
	LATERAL (SELECT n, timestamptz '2026-06-24' - chance(i || ' when ' || n) * 350 * interval '1 day' AS published_at,
			chance(i || ' paid ' || n) < .04 * ln(followers / 1000) AS paid,
			CASE WHEN platform <> 'instagram' THEN 'video' WHEN chance(i || ' format ' || n) < .11 * ln(followers / 1000) THEN 'reel' ELSE 'photo' END AS format
		FROM generate_series(1, 4 + floor(26 * chance('posts ' || i))::integer) AS n) AS p,
	LATERAL (SELECT followers * exp(-growth * (extract(epoch FROM timestamptz '2026-07-01' - published_at) / 86400)::float8 / 365) AS exposed) AS f,
	LATERAL (SELECT exposed * rate * (exposed / 10000) ^ -.25 * CASE platform WHEN 'tiktok' THEN 1.4 WHEN 'youtube' THEN .5 ELSE 1 END
		* CASE WHEN published_at >= '2026-04-01' THEN better ELSE 1 END * CASE WHEN paid THEN .8 ELSE 1 END * CASE WHEN format = 'reel' THEN 1.3 ELSE 1 END
		* CASE WHEN extract(hour FROM published_at AT TIME ZONE 'Europe/Berlin') = 19 THEN 1.6 ELSE 1 END
		* exp(.55 * noise(i || ' post ' || n)) AS likes) AS l;

INSERT INTO fee
SELECT profile_id, greatest(30, round((15 * (followers / 1000) ^ .8 * exp(.35 * noise('fee ' || i)))::numeric, -1)) FROM made;

-- Percent, the largest countries only, as vendors write them; a few profiles have no report.
INSERT INTO vendor_report
SELECT profile_id, jsonb_build_object(
	'countries', jsonb_build_array(jsonb_build_object('code', country, 'value', 30 + floor(30 * chance('home ' || handle))),
		jsonb_build_object('code', CASE country WHEN 'DE' THEN 'AT' ELSE 'DE' END, 'value', 5 + floor(10 * chance('next ' || handle))),
		jsonb_build_object('code', 'US', 'value', 3 + floor(12 * chance('us ' || handle)))),
	'genders', jsonb_build_array(jsonb_build_object('code', 'female', 'value', f), jsonb_build_object('code', 'male', 'value', 100 - f)),
	'types', jsonb_build_object('real', 96 - s, 'suspicious', s - 2, 'mass', 6))
FROM profile, LATERAL (SELECT 25 + floor(60 * chance('female ' || handle)) AS f, 6 + floor(40 * chance('types ' || handle) ^ 3) AS s) AS r
WHERE chance('report ' || handle) > .1;

-- Who commented: people of the niche, 15,000 each, some of them on everything.
INSERT INTO commenter
SELECT DISTINCT profile_id, (CASE niche WHEN 'running' THEN 1 WHEN 'food' THEN 2 WHEN 'travel' THEN 3 WHEN 'fashion' THEN 4 ELSE 5 END) * 100000::bigint
	+ floor(15000 * chance(handle || ' person ' || n) ^ 2)::bigint
FROM profile, generate_series(1, least(1500, followers / 20)) AS n WHERE followers BETWEEN 10000 AND 50000;

INSERT INTO campaign VALUES (1, 'spring'), (2, 'summer');
INSERT INTO booking
SELECT c.campaign_id, profile_id, amount FROM profile JOIN fee USING (profile_id), campaign AS c
WHERE followers BETWEEN 5000 AND 100000 AND chance(c.name || handle) < .12;
-- Half of them are paid in two parts, and some had costs besides.
INSERT INTO payment
SELECT b.campaign_id, b.profile_id, date '2026-05-01' + 30 * part, round((b.planned * CASE WHEN halves THEN .5 ELSE 1 END * (1 + .1 * chance('cost ' || b.profile_id) * part))::numeric, 2)
FROM booking AS b, LATERAL (SELECT chance('halves ' || b.profile_id) < .5 AS halves) AS h, generate_series(1, CASE WHEN halves THEN 2 ELSE 1 END) AS part;
DROP TABLE made;
CREATE STATISTICS profile_tier ON (tier(followers)) FROM profile;
ANALYZE;
DROP FUNCTION noise(text), chance(text);
\endif
