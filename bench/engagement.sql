-- The posts that bench/engagement.sh times: :posts posts of :profiles profiles,
-- in the order of publication, so that a profile's posts are spread over the
-- table.  One like count in twenty is hidden.
DROP TABLE IF EXISTS posts;
CREATE UNLOGGED TABLE posts AS
	SELECT (hashint8(i) & 2147483647) % :profiles AS profile_id,
		CASE WHEN i % 20 <> 0 THEN (hashint8(i + 1) & 65535)::bigint END AS likes,
		(hashint8(i + 2) & 1023)::bigint AS comments,
		1000 + (hashint8(i + 3) & 1048575)::bigint AS followers
	FROM generate_series(1, :posts) AS i;
VACUUM ANALYZE posts;
