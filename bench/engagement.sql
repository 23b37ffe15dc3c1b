-- What a summary per profile costs, against count(*) and against the same
-- figures by the built-in aggregates.

-- A profile has 20 posts, spread over the table, which is in the order of
-- publication.  One like count in twenty is hidden.
CREATE UNLOGGED TABLE posts AS
	SELECT (hashint8(i) & 2147483647) % (:rows / 20) AS profile_id,
		CASE WHEN i % 20 <> 0 THEN (hashint8(i + 1) & 65535)::bigint END AS likes,
		(hashint8(i + 2) & 1023)::bigint AS comments,
		1000 + (hashint8(i + 3) & 1048575)::bigint AS followers
	FROM generate_series(1, :rows) AS i;
VACUUM ANALYZE posts;

SELECT bench.compare('`engagement(…)` per profile of 20 posts', '`count(*)` per profile', 1.25,
	'SELECT profile_id, engagement(likes, comments, followers) FROM posts GROUP BY 1',
	'SELECT profile_id, count(*) FROM posts GROUP BY 1', :runs);

-- The same figures the usual way, with the same rule for hidden posts.
SELECT bench.compare('`engagement(…)` per profile of 20 posts', 'the same figures by sum, avg, stddev', .6,
	'SELECT profile_id, engagement(likes, comments, followers) FROM posts GROUP BY 1',
	'SELECT profile_id, count(*) FILTER (WHERE rate IS NOT NULL), count(*) FILTER (WHERE rate IS NULL),
		sum(likes) FILTER (WHERE rate IS NOT NULL), sum(comments) FILTER (WHERE rate IS NOT NULL), sum(followers) FILTER (WHERE rate IS NOT NULL),
		avg(rate), stddev(rate), avg(log_rate), stddev(log_rate)
	FROM (SELECT *, (likes + comments)::float8 / nullif(followers, 0) AS rate,
			ln((likes + comments + 0.5::float8) / nullif(followers, 0)) AS log_rate
		FROM posts OFFSET 0) AS p GROUP BY 1', :runs);

CALL bench.grow('`engagement(…)` over all posts', 'SELECT engagement(likes, comments, followers) FROM bench.sized', 'posts', :rows, :runs);
DROP TABLE posts;
