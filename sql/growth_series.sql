--
-- growth_series: the state of growth_anomalies and crossed_at, and when a mark was passed
--
SET timezone = 'UTC';
SET datestyle = 'ISO, MDY';

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
-- So many commas are refused by the first of them: room is taken for what was
-- read, or this would be past 1 GB.
DO $$ BEGIN PERFORM ('{' || repeat(',', 45000000) || '}')::growth_series; EXCEPTION WHEN invalid_text_representation THEN RAISE NOTICE 'no series'; END $$;

-- times that are further apart than a bigint has microseconds
SELECT (crossed_at(at, followers, 9000000000000000000) AT TIME ZONE 'UTC')::date
FROM (VALUES ('4714-11-24 00:00Z BC'::timestamptz, 1), ('294276-12-31 00:00Z', 9223372036854775807)) AS v (at, followers);
DROP TABLE seen;
