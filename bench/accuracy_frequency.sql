-- How true frequencies are, by experiment: 20 audiences of 20,000 to 60,000 out of
-- 150,000 people who differ in how likely they are to follow, 50 times.
-- usage: dev/server.sh psql -qX -f bench/accuracy_frequency.sql [-v trials=50]
CREATE EXTENSION IF NOT EXISTS influencer;
SET jit = off;
SET max_parallel_workers_per_gather = 0;
\pset footer off
\if :{?trials}
\else
	\set trials 50
\endif
CREATE TEMP TABLE error (k integer, error float8);
CREATE PROCEDURE pg_temp.trials(trials integer) LANGUAGE plpgsql AS $$
BEGIN
	FOR t IN 1 .. trials LOOP
		CREATE TEMP TABLE member AS
		SELECT id, t * 4294967296 + person AS person FROM generate_series(1::bigint, 20) AS id, generate_series(1::bigint, 150000) AS person
		WHERE (hashint8extended(person, t * 100 + id) & 65535) < 65536 * (.1 + id * .015) * (1 + person % 3) / 2.5;
		INSERT INTO error
		WITH times AS MATERIALIZED (SELECT count(*) AS n FROM member GROUP BY person),
			f AS MATERIALIZED (SELECT audience_frequency(a) AS f FROM (SELECT audience(person) AS a FROM member GROUP BY id) AS s)
		SELECT k, reach_at(f, k) / (SELECT count(*) FROM times WHERE n >= k) - 1 FROM f, generate_series(1, 5) AS k;
		DROP TABLE member;
	END LOOP;
END $$;
CALL pg_temp.trials(:trials);
SELECT k, count(*) AS trials, round(avg(error)::numeric, 4) AS mean_error, round(sqrt(avg(error * error))::numeric, 4) AS root_mean_square FROM error GROUP BY k ORDER BY k;
