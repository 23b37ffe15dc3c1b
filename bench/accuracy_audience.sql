-- Accuracy of audience sketches, by experiment.
-- usage: dev/server.sh psql -qX -f bench/accuracy_audience.sql
--
-- Each trial is a set of users that no other trial has.  Everything is
-- computed anew; nothing is random but the hashes, so the figures are the
-- same each time.
CREATE EXTENSION IF NOT EXISTS influencer;
SET jit = off;
SET max_parallel_workers_per_gather = 0;
\pset footer off
\set trials 400

\echo reach: error in parts of the true number; theory: sqrt((1 - theta) / retained)
CREATE TEMP TABLE sketch AS
SELECT trial, n, audience(u, 8) AS a8, audience(u, 10) AS a10, audience(u, 12) AS a12
FROM generate_series(1, :trials) trial, (VALUES (1000), (10000), (100000)) v (n),
	LATERAL generate_series(trial * 4294967296 + n * 1000000::bigint, trial * 4294967296 + n * 1000000::bigint + n - 1) u
GROUP BY trial, n;

SELECT lg_k, n, count(*) AS trials,
	round(avg(reach(a) / n - 1)::numeric, 4) AS mean_error,
	round(stddev(reach(a) / n - 1)::numeric, 4) AS standard_error,
	round(avg(sqrt((1 - audience_theta(a)) / audience_retained(a)))::numeric, 4) AS theory,
	round(1 / sqrt(2 ^ lg_k)::numeric, 4) AS at_most,
	round(avg((n BETWEEN reach_low(a, 1) AND reach_high(a, 1))::int), 3) AS within_1,
	round(avg((n BETWEEN reach_low(a, 2) AND reach_high(a, 2))::int), 3) AS within_2,
	round(avg((n BETWEEN reach_low(a, 3) AND reach_high(a, 3))::int), 3) AS within_3
FROM sketch, LATERAL (VALUES (8, a8), (10, a10), (12, a12)) v (lg_k, a)
WHERE NOT (lg_k = 12 AND n = 1000)
GROUP BY lg_k, n ORDER BY lg_k, n;

\echo common_reach and jaccard: two audiences of 50,000, lg_k 12; theory: sqrt(j (1 - j) / hashes in the union)
\set n 50000
\set trials 200
CREATE TEMP TABLE pair AS
SELECT j, trial, common, a, b
FROM (VALUES (.5), (.05), (.005), (.0005), (.00005)) v (j),
	LATERAL (SELECT round(2 * :n * j / (1 + j))::int AS common) c,
	generate_series(1, :trials) trial,
	LATERAL (SELECT ((trial * 10000 + j * 10000) * 4294967296)::bigint AS zero) z,
	LATERAL (SELECT audience(zero + i) AS a FROM generate_series(1, :n) i) x,
	LATERAL (SELECT audience(zero + i) AS b FROM generate_series(:n - common + 1, 2 * :n - common) i) y;

SELECT j AS jaccard, common, count(*) AS trials,
	round(avg(jaccard(a, b))::numeric, 5) AS mean,
	round(stddev(jaccard(a, b))::numeric, 5) AS standard_error,
	round(avg(sqrt(j * (1 - j) / (2 * :n - common) / least(audience_theta(a), audience_theta(b))))::numeric, 5) AS theory,
	round(avg(common_reach(a, b))) AS mean_shared,
	round((stddev(common_reach(a, b)) / avg(common))::numeric, 3) AS error_of_shared,
	round(avg((common BETWEEN reach_low(a & b) AND reach_high(a & b))::int), 3) AS within_2,
	round(avg((common_reach(a, b) = 0)::int), 3) AS none_seen
FROM pair GROUP BY j, common ORDER BY j DESC;
