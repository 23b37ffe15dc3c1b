--
-- growth_anomalies: changes of a follower count that are out of proportion
--
SET timezone = 'UTC';
SET datestyle = 'ISO, MDY';

-- counts of consecutive days
CREATE FUNCTION anomalies(VARIADIC counts bigint[]) RETURNS SETOF growth_anomaly LANGUAGE sql AS $$
  SELECT a.* FROM (SELECT growth_anomalies('2025-12-31'::timestamptz + day * interval '1 day', followers) AS found
    FROM unnest(counts) WITH ORDINALITY AS c (followers, day)) AS s, unnest(found) AS a $$;
CREATE FUNCTION rounded(growth_anomaly) RETURNS text LANGUAGE sql AS $$
  SELECT format('%s %s %s %s', ($1).at::date, round(($1).change::numeric, 3), ($1).kind, coalesce(round(($1).z::numeric, 1)::text, '-')) $$;
-- a step stays, a sawtooth does not, a purge is a fall that stays
SELECT rounded(a) FROM anomalies(10000, 10050, 10100, 10160, 10200, 12000, 12050, 12110, 12160, 12200) a;
SELECT rounded(a) FROM anomalies(10000, 10050, 10100, 10160, 10200, 12000, 12050, 10300, 10350, 10400) a;
SELECT rounded(a) FROM anomalies(10000, 10050, 10100, 10160, 10200, 9000, 9050, 9100, 9150, 9200) a;
-- slowly back: bought followers that leave
SELECT rounded(a) FROM anomalies(VARIADIC ARRAY(SELECT 10000 + day * 20 + CASE WHEN day >= 20 THEN 2000 - (day - 20) * 150 ELSE 0 END FROM generate_series(1, 29) AS day)) a;
-- glitches: 3, 0 in between, 0 at the end, a row of 0
SELECT rounded(a) FROM anomalies(10000, 10050, 10100, 3, 10200, 10250, 10300, 10350) a;
SELECT rounded(a) FROM anomalies(10000, 10050, 0, 10160, 10200, 10250, 10300, 10350) a;
SELECT rounded(a) FROM anomalies(10000, 10050, 10100, 0) a;
SELECT rounded(a) FROM anomalies(0, 0, 10000, 0, 0, 10050, 10100, 0, 0) a;
-- counts rounded to three digits: a unit is no step, 5 % are
SELECT rounded(a) FROM anomalies(115000, 115000, 115000, 116000, 116000, 116000, 116000, 117000, 123000, 123000, 124000) a;
-- an account that never moves may win a few
SELECT rounded(a) FROM anomalies(1000, 1000, 1000, 1001, 1001, 1001, 1005, 1005) a;
-- a change over a hole in the observations may have come slowly
SELECT rounded(a) FROM (SELECT growth_anomalies('2026-01-01'::timestamptz + day * interval '1 day', followers) AS found
  FROM (VALUES (1, 10000), (2, 10010), (3, 10020), (4, 10030), (5, 10040), (25, 14000), (26, 14010), (27, 14020)) v(day, followers)) s, unnest(found) a;

-- a purge that hits all is nobody's, if the cohort's change is given
CREATE TABLE purged AS
SELECT p, '2026-01-01'::timestamptz + d * interval '1 day' AS at, round((1000 * p + p * d * 3 + (p * d * 7919) % 11) * CASE WHEN d >= 15 THEN .97 ELSE 1 END)::bigint AS followers
FROM generate_series(1, 9) AS p, generate_series(0, 29) AS d;
SELECT count(*) FILTER (WHERE alone <> '{}') AS alone, count(*) FILTER (WHERE with_cohort <> '{}') AS with_cohort
FROM (SELECT p, growth_anomalies(at, followers) AS alone, growth_anomalies(at, followers, cohort_change) AS with_cohort
  FROM purged JOIN (SELECT at, percentile_cont(.5) WITHIN GROUP (ORDER BY change) AS cohort_change
    FROM (SELECT at, followers / lag(followers) OVER (PARTITION BY p ORDER BY at)::float8 - 1 AS change FROM purged) c GROUP BY at) c USING (at)
  GROUP BY p) a;
-- the cohort's change over an observation of 0 is that of both days
SELECT rounded(a) FROM (SELECT growth_anomalies('2026-01-01'::timestamptz + day * interval '1 day', f, c) AS found
  FROM (VALUES (1, 10000, 0.), (2, 10010, NULL), (3, 10020, 0), (4, 0, .1), (5, 12130, .1), (6, 12140, 0), (7, 12150, 0)) v(day, f, c)) s, unnest(found) a;

-- Planted: 60 profiles over 60 days, whose rates differ and whose days are noisy.
-- Of the first 10 each has a step of 6 %, of the next a purge of 5 %, then bought
-- followers of 8 % that leave within four days, a day of 0, and 12 % over a week
-- without counts; the last 10 have nothing.
CREATE FUNCTION noise(a bigint, b bigint) RETURNS float8 LANGUAGE SQL IMMUTABLE
	RETURN (hashint8extended(a, b) & 65535) / 65536.0 - .5;
CREATE TABLE planted AS
SELECT p, (p - 1) / 10 AS kind, d, '2026-01-01'::timestamptz + d * interval '1 day' AS at,
	CASE WHEN (p - 1) / 10 = 3 AND d = 30 THEN 0 ELSE round(20000 * p * (1 + d * .0005 * (p % 5) + .0008 * noise(p, d)) * CASE
		WHEN d < 30 THEN 1
		WHEN (p - 1) / 10 = 0 THEN 1.06
		WHEN (p - 1) / 10 = 1 THEN .95
		WHEN (p - 1) / 10 = 2 THEN 1 + .02 * greatest(0, 34 - d)
		WHEN (p - 1) / 10 = 4 THEN 1.12
		ELSE 1 END) END::bigint AS followers
FROM generate_series(1, 60) AS p, generate_series(0, 59) AS d WHERE NOT ((p - 1) / 10 = 4 AND d BETWEEN 24 AND 30);
SELECT s.kind, a.kind AS found, a.at::date AS day, count(*)
FROM (SELECT p, kind, growth_anomalies(at, followers) AS found FROM planted GROUP BY p, kind) AS s, unnest(found) AS a
GROUP BY s.kind, a.kind, day ORDER BY s.kind, day, found;
-- The cohort loses 4 % on a day, which is told: what was planted is found as
-- before, and nobody is more suspect for the day.
CREATE TABLE cohort_day AS
SELECT at, CASE WHEN d = 45 THEN -.04 ELSE 0 END AS change, CASE WHEN d >= 45 THEN .96 ELSE 1 END AS left_over
FROM (SELECT DISTINCT d, at FROM planted) AS d;
SELECT s.kind, a.kind AS found, a.at::date AS day, count(*)
FROM (SELECT p, kind, growth_anomalies(at, round(followers * left_over)::bigint, change) AS found FROM planted JOIN cohort_day USING (at) GROUP BY p, kind) AS s, unnest(found) AS a
GROUP BY s.kind, a.kind, day ORDER BY s.kind, day, found;
SELECT s.kind, count(*) AS untold FROM (SELECT kind, growth_anomalies(at, round(followers * left_over)::bigint) AS found FROM planted JOIN cohort_day USING (at) GROUP BY p, kind) AS s, unnest(found) AS a
WHERE a.at = '2026-02-15' GROUP BY s.kind ORDER BY s.kind;

-- times that are further apart than a bigint has microseconds
SELECT kind, round(change) FROM (SELECT growth_anomalies(at, followers) AS found FROM (
	SELECT '4714-11-24 00:00Z BC'::timestamptz + n * interval '1 day', CASE WHEN n = 21 THEN 900000 ELSE 1000 END FROM generate_series(1, 21) AS n
	UNION ALL SELECT '294276-12-01 00:00Z'::timestamptz + n * interval '1 day', 1000 FROM generate_series(1, 20) AS n) AS v (at, followers)) AS a, unnest(found);

DROP FUNCTION anomalies, rounded(growth_anomaly), noise;
DROP TABLE purged, planted, cohort_day;
