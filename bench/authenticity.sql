-- Read bench/authenticity.sh.

-- The area under the ROC curve: the chance that a fake account has a higher
-- score than a real one, ties counting half (Mann and Whitney).
CREATE TEMP VIEW scored AS
SELECT *, fake_score(followers, following, posts, has_picture, biography_length, username_digits) AS score,
	cardinality(fake_reasons(followers, following, posts, has_picture, biography_length, username_digits)) AS fired
FROM account;
CREATE FUNCTION pg_temp.auc(which text, score text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	area numeric;
BEGIN
	EXECUTE format($q$
		SELECT round(((sum(place) FILTER (WHERE fake) - count(*) FILTER (WHERE fake) * (count(*) FILTER (WHERE fake) + 1) / 2.0)
			/ count(*) FILTER (WHERE fake) / count(*) FILTER (WHERE NOT fake))::numeric, 4)
		FROM (SELECT fake, rank() OVER (ORDER BY score) + (count(*) OVER (PARTITION BY score) - 1) / 2.0 AS place
			FROM (SELECT fake, %1$s AS score FROM scored WHERE source = %2$L) AS s) AS r $q$, score, which) INTO area;
	RETURN area;
END $$;
SELECT format('%s: %s fake, %s real accounts; AUC of fake_score %s, of the number of reasons %s; above .5: %s of the fake, %s of the real',
	source, count(*) FILTER (WHERE fake), count(*) FILTER (WHERE NOT fake), pg_temp.auc(source, 'score'), pg_temp.auc(source, 'fired'),
	round(avg((score > .5)::integer) FILTER (WHERE fake), 3), round(avg((score > .5)::integer) FILTER (WHERE NOT fake), 3))
FROM scored GROUP BY source ORDER BY source;

-- Costs against SQL by hand: medians of interleaved runs, on one core.
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SELECT setseed(.5) \g /dev/null
CREATE TEMP TABLE many AS
SELECT floor(exp(14 * random()))::bigint AS followers, floor(exp(9 * random()))::bigint AS following, floor(exp(7 * random()) - 1)::bigint AS posts,
	random() < .8 AS has_picture, (150 * random())::integer AS biography_length, (5 * random())::integer AS username_digits
FROM generate_series(1, :accounts);
VACUUM ANALYZE many;
CREATE TEMP TABLE timing (name text, ms float8);
CREATE FUNCTION pg_temp.clock(label text, query text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	start timestamptz := clock_timestamp();
BEGIN
	EXECUTE query;
	INSERT INTO timing VALUES (label, 1000 * extract(epoch FROM clock_timestamp() - start));
END $$;
SELECT pg_temp.clock('score', 'SELECT avg(fake_score(followers, following, posts, has_picture, biography_length, username_digits)) FROM many'),
	pg_temp.clock('score by hand', $$ SELECT avg(1 / (1 + exp(-(
		CASE WHEN following > 1500 THEN 3.11::float8 ELSE -0.66::float8 END + CASE WHEN following > 5 * followers THEN 3.37::float8 ELSE -1.83::float8 END
		+ CASE WHEN followers < 30 THEN 3.57::float8 ELSE -0.68::float8 END
		+ CASE WHEN posts = 0 THEN 2.61::float8 WHEN posts < 50 THEN -0.35::float8 ELSE -3.61::float8 END + CASE WHEN has_picture THEN -0.49::float8 ELSE 3.41::float8 END
		+ CASE WHEN biography_length = 0 THEN 0.63::float8 ELSE -0.83::float8 END + CASE WHEN username_digits >= 3 THEN 2.18::float8 ELSE -0.34::float8 END)))) FROM many $$),
	pg_temp.clock('type', 'SELECT count(follower_type(followers, following)) FROM many'),
	pg_temp.clock('type by hand', $$ SELECT count(CASE WHEN following > 1500 THEN 'mass' WHEN followers > 5000 THEN 'influencer' ELSE 'real' END) FROM many $$),
	pg_temp.clock('benford', 'SELECT benford_deviation(followers) FROM many'),
	pg_temp.clock('benford by hand', $$ SELECT avg(abs(coalesce(n, 0) / total - log(1 + 1.0 / digit))) FROM generate_series(1, 9) AS digit
		LEFT JOIN (SELECT left(followers::text, 1)::integer AS digit, count(*) AS n, sum(count(*)) OVER () AS total FROM many WHERE followers > 0 GROUP BY 1) AS c USING (digit) $$)
FROM generate_series(1, :runs) \g /dev/null
SELECT format('%s / by hand: %s', name, round((median / (SELECT percentile_cont(.5) WITHIN GROUP (ORDER BY ms) FROM timing WHERE name = m.name || ' by hand'))::numeric, 2))
FROM (SELECT name, percentile_cont(.5) WITHIN GROUP (ORDER BY ms) AS median FROM timing WHERE name NOT LIKE '%by hand' GROUP BY name) AS m ORDER BY name;
