-- What rate ratios of many profiles have in common

-- The 13 trials of BCG against tuberculosis (Colditz et al. 1994, JAMA 271): a relative risk of .49, by DerSimonian and Laird, .34 to .70
-- at 95 %.  Their later bounds, by Hartung and Knapp, are wider.
CREATE TABLE trial (n integer, tuberculosis integer, others integer, control_tuberculosis integer, control_others integer);
INSERT INTO trial VALUES (1, 4, 119, 11, 128), (2, 6, 300, 29, 274), (3, 3, 228, 11, 209), (4, 62, 13536, 248, 12619), (5, 33, 5036, 47, 5761),
	(6, 180, 1361, 372, 1079), (7, 8, 2537, 10, 619), (8, 505, 87886, 499, 87892), (9, 29, 7470, 45, 7232), (10, 17, 1699, 65, 1600),
	(11, 186, 50448, 141, 27197), (12, 5, 2493, 3, 2338), (13, 27, 16886, 29, 17825);
CREATE VIEW study AS
SELECT n, ln(a / (a + b) / (c / (c + d))) AS y, 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) AS v
FROM trial, LATERAL (SELECT tuberculosis::float8, others::float8, control_tuberculosis::float8, control_others::float8) AS f (a, b, c, d);

-- By hand, as in DerSimonian and Laird (1986); with the quantiles of Student's t for 12 degrees of freedom
CREATE VIEW by_hand AS
WITH fixed AS (SELECT sum(1 / v) AS w, sum(y / v) / sum(1 / v) AS mean, sum(1 / v ^ 2) AS squares, count(*) AS k FROM study),
	between_trials AS (SELECT greatest(0, (sum((y - mean) ^ 2 / v) - (k - 1)) / (w - squares / w)) AS tau2 FROM study, fixed GROUP BY w, squares, k),
	random AS (SELECT sum(1 / (v + tau2)) AS w, sum(y / (v + tau2)) / sum(1 / (v + tau2)) AS mean, tau2 FROM study, between_trials GROUP BY tau2),
	spread AS (SELECT greatest(1, sum((y - mean) ^ 2 / (v + tau2)) / (count(*) - 1)) AS q FROM study, random)
SELECT mean, w, tau2, sqrt(q / w) AS error FROM random, spread;
SELECT round(exp(mean)::numeric, 4) AS ratio, round(exp(mean - 1.959964 / sqrt(w))::numeric, 2) AS published_low,
	round(exp(mean + 1.959964 / sqrt(w))::numeric, 2) AS published_high, round(tau2::numeric, 4) AS tau2,
	round(exp(mean - 2.178813 * error)::numeric, 4) AS low, round(exp(mean + 2.178813 * error)::numeric, 4) AS high FROM by_hand;
CREATE VIEW bcg AS SELECT ('{' || string_agg(y || ' ' || v, ',' ORDER BY y, v) || '}')::profile_ratios AS c FROM study;
SELECT round(rate_ratio(c)::numeric, 4) AS ratio, round((between_stddev(c) ^ 2)::numeric, 4) AS tau2, round(rate_ratio_low(c, .95)::numeric, 4) AS low,
	round(rate_ratio_high(c, .95)::numeric, 4) AS high, profiles(c), profiles_left_out(c) FROM bcg;
SELECT abs(ln(rate_ratio(c)) - mean) < 1e-12 AS mean, abs(between_stddev(c) ^ 2 - tau2) < 1e-12 AS tau2 FROM bcg, by_hand;

-- From posts; of one profile, its own ratio; those that have none are left out and counted
CREATE TABLE profile AS
SELECT n, engagement(50 + i * 7919 % 97 * (2 + n % 3), i % 9, 10000) FILTER (WHERE i % 3 = 0) AS a,
	engagement(50 + i * 7919 % 89 * 2, i % 7, 10000) FILTER (WHERE i % 3 > 0) AS b
FROM generate_series(1, 20) AS n, LATERAL generate_series(n, n + 35 + n % 5) AS i GROUP BY n;
INSERT INTO profile VALUES (21, 'posts=0', NULL), (22, engagement_from_averages(10, 250, 0, 1000), engagement_from_averages(10, 200, 0, 1000));
INSERT INTO profile SELECT 23, engagement(100, 0, 1000), engagement(200, 0, 1000);
SELECT profiles(common_rate_ratio(a, b)), profiles_left_out(common_rate_ratio(a, b)),
	abs(ln(rate_ratio(common_rate_ratio(a, b))) - avg(ln(rate_ratio(a, b))) FILTER (WHERE n <= 20)) < .05 AS near_mean
FROM profile;
SELECT bool_and(abs(ln(rate_ratio(c) / rate_ratio(a, b))) < 1e-12) AS same, count(*) FROM (SELECT a, b, common_rate_ratio(a, b) OVER (PARTITION BY n) AS c FROM profile WHERE n <= 20) AS s;
-- 1 / ratio when the sides are changed
SELECT round((rate_ratio(ab) * rate_ratio(ba))::numeric, 12) AS inverse, round((rate_ratio_low(ab) * rate_ratio_high(ba))::numeric, 9) AS inverse_bounds,
	rate_ratio_low(ab, .5) > rate_ratio_low(ab, .99) AS wider
FROM (SELECT common_rate_ratio(a, b) AS ab, common_rate_ratio(b, a) AS ba FROM profile) AS s;
-- In any order, in parts
SELECT count(DISTINCT profile_ratios_send(c)) FROM (
	SELECT common_rate_ratio(a, b ORDER BY n) AS c FROM profile
	UNION ALL SELECT common_rate_ratio(a, b ORDER BY n * 5 % 23) FROM profile
	UNION ALL SELECT sum(c) FROM (SELECT common_rate_ratio(a, b) AS c FROM profile GROUP BY n % 4) AS parts
	UNION ALL SELECT sum(c::text::profile_ratios ORDER BY c::text) FROM (SELECT common_rate_ratio(a, b) AS c FROM profile GROUP BY n % 7) AS parts) AS s;
-- A window's frames, whose state goes on
SELECT n, profiles(c), round(rate_ratio(c)::numeric, 3) AS ratio, round(rate_ratio_low(c)::numeric, 3) AS low
FROM (SELECT n, common_rate_ratio(a, b) OVER (ORDER BY n) AS c FROM profile) AS s WHERE n IN (1, 2, 3, 23);

-- Profiles that do not differ: no variance between them, and the weights are the precisions
SELECT round(ln(rate_ratio(c))::numeric, 9) AS mean, between_stddev(c) FROM (SELECT '{.1 .01,.2 .04}'::profile_ratios AS c) AS s;
-- None, and one
SELECT c, round(rate_ratio(c)::numeric, 9) AS ratio, rate_ratio_low(c), rate_ratio_high(c), between_stddev(c), profiles(c), profiles_left_out(c)
FROM (SELECT common_rate_ratio(a, b) AS c FROM profile WHERE n > 20 UNION ALL SELECT '{0.5 .01}' UNION ALL SELECT common_rate_ratio(a, b) FROM profile WHERE false) AS s;
SELECT rate_ratio(NULL::profile_ratios), sum(c) FROM (VALUES (NULL::profile_ratios)) AS v (c);
-- Extremes
SELECT rate_ratio(c) > 0, rate_ratio_low(c) <= rate_ratio_high(c), between_stddev(c) FROM (SELECT '{-100 1e-40,100 1e15}'::profile_ratios AS c) AS s;
SELECT rate_ratio_low(c, 1) FROM bcg;
SELECT rate_ratio_high(c, 'NaN') FROM bcg;
SELECT profile_ratios_combine('{}', '{}');
SELECT sum(c) FROM (VALUES ('9223372036854775807{}'::profile_ratios), ('1{}')) AS v (c);
CREATE AGGREGATE full_ratios(engagement_summary, engagement_summary) (
	SFUNC = profile_ratios_accum, STYPE = profile_ratios, FINALFUNC = profile_ratios_final, INITCOND = '9223372036854775807{}');
SELECT full_ratios('posts=0', 'posts=0');
DROP AGGREGATE full_ratios(engagement_summary, engagement_summary);
-- posts that are all the same
SELECT c::text::profile_ratios::text = c::text AS text, rate_ratio(c) BETWEEN 1.99 AND 2.01 AS ratio, rate_ratio_low(c) IS NOT NULL AS low, profiles(c), profiles_left_out(c)
FROM (SELECT common_rate_ratio(a, b) AS c FROM (SELECT engagement(20000, 0, 1000000) AS a, engagement(10000, 0, 1000000) AS b
	FROM generate_series(1, 40) AS post, generate_series(1, 12) AS profile GROUP BY profile) AS p) AS r;

-- Text
SELECT v::profile_ratios FROM (VALUES ('{}'), (' 3 { -0.5 1e-2 , 0 .5 } '), ('{-0 1}')) AS t (v);
SELECT '{1}'::profile_ratios;
SELECT '{2 1,1 1}'::profile_ratios;
SELECT '{NaN 1}'::profile_ratios;
SELECT '{1 0}'::profile_ratios;
SELECT 'x{1 1}'::profile_ratios;
SELECT '9223372036854775808{}'::profile_ratios;
SELECT '{1 1'::profile_ratios;
-- A text of so many commas is refused by the first of them: room is taken for
-- what was read, or this would be past 1 GB.
DO $$ BEGIN PERFORM ('{' || repeat(',', 70000000) || '}')::profile_ratios; EXCEPTION WHEN invalid_text_representation THEN RAISE NOTICE 'no ratios'; END $$;
DROP VIEW by_hand, bcg, study;
DROP TABLE trial, profile;
