-- Authenticity against SQL by hand.

SELECT setseed(.5) \g /dev/null
CREATE UNLOGGED TABLE many AS
SELECT floor(exp(14 * random()))::bigint AS followers, floor(exp(9 * random()))::bigint AS following, floor(exp(7 * random()) - 1)::bigint AS posts,
	random() < .8 AS has_picture, (150 * random())::integer AS biography_length, (5 * random())::integer AS username_digits
FROM generate_series(1, :rows / 10);
VACUUM ANALYZE many;
SELECT bench.compare('`fake_score(…)`', 'SQL by hand', NULL,
	'SELECT avg(fake_score(followers, following, posts, has_picture, biography_length, username_digits)) FROM many',
	$$ SELECT avg(1 / (1 + exp(-(
		CASE WHEN following > 1500 THEN 3.11::float8 ELSE -0.66::float8 END + CASE WHEN following > 5 * followers THEN 3.37::float8 ELSE -1.83::float8 END
		+ CASE WHEN followers < 30 THEN 3.57::float8 ELSE -0.68::float8 END
		+ CASE WHEN posts = 0 THEN 2.61::float8 WHEN posts < 50 THEN -0.35::float8 ELSE -3.61::float8 END + CASE WHEN has_picture THEN -0.49::float8 ELSE 3.41::float8 END
		+ CASE WHEN biography_length = 0 THEN 0.63::float8 ELSE -0.83::float8 END + CASE WHEN username_digits >= 3 THEN 2.18::float8 ELSE -0.34::float8 END)))) FROM many $$, :runs);
SELECT bench.compare('`follower_type(…)`', 'SQL by hand', NULL,
	'SELECT count(follower_type(followers, following)) FROM many',
	$$ SELECT count(CASE WHEN following > 1500 THEN 'mass' WHEN followers > 5000 THEN 'influencer' ELSE 'real' END) FROM many $$, :runs);
SELECT bench.compare('`benford_deviation(…)`', 'SQL by hand', NULL,
	'SELECT benford_deviation(followers) FROM many',
	$$ SELECT avg(abs(coalesce(n, 0) / total - log(1 + 1.0 / digit))) FROM generate_series(1, 9) AS digit
		LEFT JOIN (SELECT left(followers::text, 1)::integer AS digit, count(*) AS n, sum(count(*)) OVER () AS total FROM many WHERE followers > 0 GROUP BY 1) AS c USING (digit) $$, :runs);
DROP TABLE many;
