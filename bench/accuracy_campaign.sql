-- How true the reach of plans is, by experiment.
-- usage: dev/server.sh psql -qX -f bench/accuracy_campaign.sql [-v trials=20]
--
-- Nothing is random but the hashes, so the figures are the same each time.
CREATE EXTENSION IF NOT EXISTS influencer;
SET jit = off;
SET max_parallel_workers_per_gather = 0;
\pset footer off
\if :{?trials}
\else
	\set trials 20
\endif

\echo 20 of 1,000 audiences of 20,000 that have nobody in common: reach / 400,000
CREATE TEMP TABLE told (total float8, low float8, high float8, true_reach float8);
CREATE PROCEDURE pg_temp.disjoint(trials integer) LANGUAGE plpgsql AS $$
BEGIN
	FOR t IN 1 .. trials LOOP
		INSERT INTO told
		SELECT max(total_reach), max(total_reach_low), max(total_reach_high), 400000
		FROM (SELECT campaign_plan(id, 1, a, 20) AS picks FROM (
			SELECT id, (SELECT audience(t * 4294967296 + id * 1000000 + m) FROM generate_series(1, 20000) AS m) AS a
			FROM generate_series(1::bigint, 1000) AS id) AS s) AS c, unnest(picks);
	END LOOP;
END $$;
CALL pg_temp.disjoint(:trials);
SELECT count(*) AS trials, round((avg(total / true_reach) - 1)::numeric, 4) AS mean_error, round((stddev(total) / 400000)::numeric, 4) AS standard_error,
	round(avg((true_reach BETWEEN low AND high)::integer), 3) AS within_bounds FROM told;

\echo Some of 30 audiences of 330 to 1,300 of 3,000 people, lg_k 8, 200 plans: reach / true reach
CREATE TEMP TABLE member AS
SELECT t, id, t * 4294967296 + (hashint8extended(t * 100 + id, n) & 1048575) * 3000 / 1048576 AS person
FROM generate_series(1::bigint, 200) AS t, generate_series(1::bigint, 30) AS id, LATERAL (SELECT generate_series(1, 300 + id * 40) AS n) AS n;
CREATE TEMP TABLE plan AS
SELECT t, campaign_plan(id, 1 + id % 3, a, 16) AS picks FROM (SELECT t, id, audience(person, 8) AS a FROM member GROUP BY t, id) AS s GROUP BY t;
TRUNCATE told;
INSERT INTO told
SELECT max(p.total_reach), max(p.total_reach_low), max(p.total_reach_high), count(DISTINCT person)
FROM plan, unnest(picks) AS p, member WHERE member.t = plan.t AND member.id = p.id GROUP BY plan.t;
SELECT count(*) AS trials, round((avg(total / true_reach) - 1)::numeric, 4) AS mean_error, round(stddev(total / true_reach)::numeric, 4) AS standard_error,
	round(avg((true_reach BETWEEN low AND high)::integer), 3) AS within_bounds FROM told;

\echo A star of 3,000,000, and 200 profiles of exactly 5,000 that share nobody: what 20 of them add
SELECT count(*) AS picks, min(added_reach), max(added_reach)
FROM (SELECT campaign_plan(id, fee, a, 1200) AS picks FROM (
	SELECT 0::bigint AS id, 1000 AS fee, (SELECT audience(m) FROM generate_series(1, 3000000) AS m) AS a
	UNION ALL SELECT id, 10, (SELECT audience(id * 10000000 + m) FROM generate_series(1, 5000) AS m) FROM generate_series(1::bigint, 200) AS id) AS s) AS c, unnest(picks)
WHERE id > 0;
