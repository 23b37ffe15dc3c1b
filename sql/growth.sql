--
-- growth: how a follower count grows, by time
--
SET timezone = 'UTC';
SET datestyle = 'ISO, MDY';

-- 500 to 2,000 in two weeks doubles each week
CREATE TABLE observation (profile text, observed_at timestamptz, followers bigint);
INSERT INTO observation VALUES
  ('doubling', '2026-01-15', 2000), ('doubling', '2026-01-01', 500),
  ('shrinking', '2026-01-01', 2000), ('shrinking', '2026-01-08', 1000), ('shrinking', '2026-01-15', 500),
  ('steady', '2026-01-01', 700), ('steady', '2026-02-01', 700),
  ('single', '2026-01-01', 700),
  ('from zero', '2026-01-01', 0), ('from zero', '2026-01-08', 100), ('from zero', '2026-01-15', 200),
  ('to zero', '2026-01-01', 100), ('to zero', '2026-01-08', 50), ('to zero', '2026-01-15', 0),
  ('zero', '2026-01-01', 0), ('zero', '2026-01-02', 0),
  ('one instant', '2026-01-01', 100), ('one instant', '2026-01-01', 300), ('one instant', '2026-01-01', 200),
  ('twice at the ends', '2026-01-01', 90), ('twice at the ends', '2026-01-01', 100),
  ('twice at the ends', '2026-01-11', 200), ('twice at the ends', '2026-01-11', 190),
  ('unknown', NULL, 100), ('unknown', '2026-01-01', NULL);
CREATE VIEW profile_growth AS
  SELECT profile, growth(observed_at, followers) AS g FROM observation GROUP BY profile;
SELECT profile, observations(g), first_at(g), first_followers(g), last_at(g), last_followers(g)
FROM profile_growth ORDER BY profile;
SELECT profile, round(growth_rate(g, '1 week')::numeric, 9) AS rate, round(growth_trend(g, '1 week')::numeric, 9) AS trend,
       date_trunc('minute', reaches_at(g, 10000)) AS reaches_10000, reaches_at(g, 50) AS reached
FROM profile_growth ORDER BY profile;
SELECT growth_rate(g, '1 week'), growth_rate(g, '7 days') = growth_rate(g, '168 hours') AS by_hours, growth_rate(g, '14 days')
FROM profile_growth WHERE profile = 'doubling';
-- a month is a twelfth of 365.25 days
SELECT growth_rate(g, '1 month') = growth_rate(g, '30.4375 days') AS month, growth_rate(g, '1 year') = growth_rate(g, '12 months') AS year,
       growth_rate(g, '1000 years') AS past_float8
FROM profile_growth WHERE profile = 'doubling';
-- which day the next tier is reached
SELECT profile, (SELECT min(tier) FROM tiers() WHERE tier > tier(last_followers(g))) AS next,
       date_trunc('day', reaches_at(g, lower(tier_range((SELECT min(tier) FROM tiers() WHERE tier > tier(last_followers(g))))))) AS on_day
FROM profile_growth WHERE profile IN ('doubling', 'shrinking', 'from zero') ORDER BY profile;
-- never, or past the range of timestamps
SELECT reaches_at(growth(t, f), 9223372036854775807)
FROM (VALUES ('2026-01-01'::timestamptz, 1000000000), ('2027-01-01', 1000000001)) v(t, f);
SELECT reaches_at('observations=0', 1), growth_rate('observations=0', '1 day'), growth_trend('observations=0', '1 day');

-- no rows: the empty value
SELECT growth(observed_at, followers), sum(NULL::growth_summary) FROM observation WHERE false;
SELECT growth(observed_at, followers) FROM observation WHERE profile = 'doubling';
-- 0 is no count: the last one before it stands, and the zeros are counted
SELECT observations(g), zero_observations(g), last_followers(g), growth_rate(g, '1 week') > 0 AS grows, reaches_at(g, 12000) IS NOT NULL AS reaches
FROM (SELECT growth('2026-01-01'::timestamptz + day * interval '1 day', f) AS g FROM unnest('{10000,10050,0,10100,0}'::bigint[]) WITH ORDINALITY AS v(f, day)) s;
-- counts rounded down to three digits: .001 a day is within the bounds
SELECT growth_rate(g, '1 day'), growth_rate_low(g, '1 day'), growth_rate_high(g, '1 day'), growth_rate_low(g, '1 day', 6) = growth_rate(g, '1 day') AS exact
FROM (SELECT growth(t, f) AS g FROM (VALUES ('2026-01-01'::timestamptz, 115000), ('2026-01-31', 119000)) v(t, f)) s;

-- parts of one profile's time put together in any order
CREATE VIEW profile_week AS
  SELECT profile, growth(observed_at, followers) AS g FROM observation GROUP BY profile, date_trunc('week', observed_at);
SELECT profile, descending = p.g AS same, ascending::text::growth_summary = p.g AS text
FROM (SELECT profile, sum(g ORDER BY first_at(g) DESC) AS descending, sum(g ORDER BY first_at(g)) AS ascending FROM profile_week GROUP BY profile) w
  JOIN profile_growth p USING (profile) ORDER BY profile;
SELECT a.g + b.g = b.g + a.g AS commutes, a.g + 'observations=0' = a.g AS neutral, a.g <> b.g AS differ,
       growth_summary_hash(a.g) = growth_summary_hash(a.g + 'observations=0') AS hash
FROM profile_week a, profile_week b WHERE a.profile = 'doubling' AND b.profile = 'doubling' AND first_at(a.g) < first_at(b.g);
-- several profiles are no growth
SELECT sum(g) FROM profile_growth WHERE profile IN ('doubling', 'shrinking');
SELECT a.g + b.g FROM profile_growth a, profile_growth b WHERE a.profile = 'doubling' AND b.profile = 'shrinking';
SELECT sum(growth(day, f)) OVER () FROM (VALUES ('2026-01-01'::timestamptz, 1000), ('2026-01-01', 100000)) v(day, f) GROUP BY f;
-- that of the whole is that of their followers together
SELECT growth_rate(growth(observed_at, followers), '1 week') FROM (
  SELECT observed_at, sum(followers)::bigint AS followers FROM observation WHERE profile IN ('doubling', 'shrinking') GROUP BY observed_at HAVING count(*) = 2) s;
SELECT profile, observed_at::date, last_followers(growth(observed_at, followers) OVER (ORDER BY observed_at))
FROM observation WHERE profile = 'shrinking' ORDER BY observed_at;

-- json is for reading, with times in UTC whatever the session's zone
SET timezone = 'Asia/Tokyo';
SELECT profile, to_jsonb(g) = g::jsonb AS same, g::json FROM profile_growth ORDER BY profile;
SELECT growth(t, 1)::jsonb FROM (VALUES ('4713-01-01 BC'::timestamptz), ('287000-01-01 12:00:00.123456+00')) v(t);
SELECT growth(t, 0)::jsonb FROM (VALUES (NULL::timestamptz)) v(t);
SET timezone = 'UTC';

-- bad input
SELECT growth(t, 1) FROM (VALUES ('infinity'::timestamptz)) v(t);
SELECT growth(t, 1) FROM (VALUES ('-infinity'::timestamptz)) v(t);
SELECT growth(t, 1) FROM (VALUES ('294000-01-01'::timestamptz)) v(t);
SELECT first_at(growth(t, 1)), last_at(growth(t, 1)) FROM (VALUES ('4713-01-01 BC'::timestamptz), ('287000-01-01')) v(t);
SELECT growth(now(), -1);
SELECT growth_rate('observations=0', '0');
SELECT growth_trend('observations=0', '-1 day');
SELECT reaches_at('observations=0', -1);
SELECT 'observations=1'::growth_summary;
SELECT 'observations=1,positive=1'::growth_summary;
SELECT growth_rate_low('observations=0', '1 day', 0);
SELECT 'observations=2,first_at=2,last_at=1'::growth_summary;
SELECT 'observations=1,positive=2'::growth_summary;
SELECT 'observations=1,followers=2'::growth_summary;
SELECT 'observations=4294967296'::growth_summary;
SELECT observations('observations=4294967294'::growth_summary + 'observations=1');
SELECT 'observations=4294967295'::growth_summary + 'observations=1';

DROP VIEW profile_growth, profile_week;
DROP TABLE observation;
