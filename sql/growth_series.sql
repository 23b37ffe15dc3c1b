--
-- growth_series: changes of a follower count that are out of proportion, and when a mark was passed
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

-- too few to tell, no rows, NULLs, one instant
SELECT growth_anomalies(at, f), crossed_at(at, f, 5) FROM (VALUES ('2026-01-01'::timestamptz, 1), ('2026-01-02', 100), ('2026-01-03', 100)) v(at, f);
SELECT growth_anomalies(NULL, NULL), growth_anomalies(NULL, NULL, NULL), crossed_at(NULL, NULL, 1);
SELECT growth_anomalies(at, f) FROM (VALUES ('2026-01-01'::timestamptz, 1), ('2026-01-01', 100), ('2026-01-02', 100), ('2026-01-02', 7), ('2026-01-03', 100), ('2026-01-04', 100), (NULL, 5), ('2026-01-04', NULL)) v(at, f);

-- when a mark was passed: interpolated, on the way up, the first time
CREATE TABLE seen (at timestamptz, followers bigint);
INSERT INTO seen VALUES ('2026-01-01', 9000), ('2026-01-11', 0), ('2026-01-21', 9900), ('2026-01-31', 10100), ('2026-02-10', 9950), ('2026-02-20', 12000);
SELECT mark, (SELECT crossed_at(at, followers, mark) FROM seen) FROM unnest('{9000,9001,9900,10000,10100,12000,12001}'::bigint[]) AS mark;
SELECT crossed_at(at, followers, 10000) = crossed_at(at, followers, 10000 ORDER BY followers DESC) AS any_order FROM seen;
-- a summary tells when, or crossed_at since when
SELECT mark, coalesce(reaches_at(growth(at, followers), mark), crossed_at(at, followers, mark))::date FROM seen, unnest('{11000,13000}'::bigint[]) AS mark GROUP BY mark;

-- bad input
SELECT growth_anomalies('infinity', 1);
SELECT growth_anomalies(now(), -1);
SELECT growth_anomalies(now(), 1, -1);
SELECT growth_anomalies(now(), 1, 'NaN');
SELECT growth_anomalies(now(), 1, 'infinity');
SELECT crossed_at(now(), 1, 0);
SELECT crossed_at(now(), 1, NULL);
SELECT crossed_at(at, followers, followers + 1) FROM seen;
SELECT growth_series_accum('{}', now(), 1);
SELECT '{5 1, 4 1}'::growth_series;
SELECT '{5}'::growth_series;
SELECT '{5 -1}'::growth_series;
SELECT '{5 1 -1}'::growth_series;
SELECT '0{5 1}'::growth_series;
SELECT '{9223372036854775807 1}'::growth_series;
SELECT ' 5 { 1 2 , 1 3 0.0 } '::growth_series;

-- times that are further apart than a bigint has microseconds
SELECT (crossed_at(at, followers, 9000000000000000000) AT TIME ZONE 'UTC')::date
FROM (VALUES ('4714-11-24 00:00Z BC'::timestamptz, 1), ('294276-12-31 00:00Z', 9223372036854775807)) AS v (at, followers);
SELECT kind, round(change) FROM (SELECT growth_anomalies(at, followers) AS found FROM (
	SELECT '4714-11-24 00:00Z BC'::timestamptz + n * interval '1 day', CASE WHEN n = 21 THEN 900000 ELSE 1000 END FROM generate_series(1, 21) AS n
	UNION ALL SELECT '294276-12-01 00:00Z'::timestamptz + n * interval '1 day', 1000 FROM generate_series(1, 20) AS n) AS v (at, followers)) AS a, unnest(found);

DROP FUNCTION anomalies, rounded(growth_anomaly);
DROP TABLE purged, seen;
