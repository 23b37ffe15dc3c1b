-- What the rollup of doc/rollups.md costs per post, beside an index; and what a
-- report of all profiles costs with it.  bench/run.sh reads its SQL from there.
-- The posts arrive in batches of 10,000, five of a profile and day.
CREATE UNLOGGED TABLE arriving AS
	SELECT i AS media_id, hashint8(i / 5) & 65535 AS profile_id,
		'2026-01-01Z'::timestamptz + (hashint8(i / 5 + 9) & 15) * interval '1 day' + i % 5 * interval '1 hour' AS published_at,
		(hashint8(i + 1) & 65535)::bigint AS likes, (hashint8(i + 2) & 1023)::bigint AS comments,
		1000 + (hashint8(i + 3) & 1048575)::bigint AS followers, i / 10000 AS batch
	FROM generate_series(0, greatest(:rows / 20, 10000) - 1) AS i;
CREATE INDEX ON arriving (batch);
VACUUM ANALYZE arriving;

CREATE TABLE media_plain (LIKE media);
CREATE TABLE media_indexed (LIKE media);
CREATE INDEX ON media_indexed (profile_id, published_at);
ALTER TABLE media DROP CONSTRAINT media_pkey;

-- Microseconds a post that the rollup and the index add, by turns over the batches.
CREATE TABLE bench.arrival (rollup float8, index float8);
DO $$
DECLARE
	spent float8[];
	started timestamptz;
	tables text[] := '{media_plain,media_indexed,media}';
BEGIN
	FOR turn IN 0 .. (SELECT max(batch) FROM arriving) LOOP
		FOR i IN 1 .. 3 LOOP
			started := clock_timestamp();
			EXECUTE format('INSERT INTO %I SELECT media_id, profile_id, published_at, likes, comments, followers FROM arriving WHERE batch = %s', tables[i], turn);
			spent[i] := extract(epoch FROM clock_timestamp() - started) * 100;
		END LOOP;
		INSERT INTO bench.arrival VALUES (spent[3] - spent[1], spent[2] - spent[1]);
	END LOOP;
END $$;
INSERT INTO bench.ratio (work, reference, target, runs, ratio, low, high, ms, reference_ms, query, plan, reference_plan)
SELECT 'a rollup kept by triggers: what 10,000 posts cost more', 'what an index costs more', 2, count(*),
	bench.median(array_agg(rollup)) / bench.median(array_agg(index)),
	percentile_cont(.25) WITHIN GROUP (ORDER BY rollup) / bench.median(array_agg(index)),
	percentile_cont(.75) WITHIN GROUP (ORDER BY rollup) / bench.median(array_agg(index)),
	10 * bench.median(array_agg(rollup)), 10 * bench.median(array_agg(index)),
	'INSERT INTO media', 'as in doc/rollups.md', 'CREATE INDEX ON media_indexed (profile_id, published_at)'
FROM bench.arrival
RETURNING format('%s / %s: %s, at most %s; %s ms / %s ms', work, reference, round(ratio::numeric, 2), target, round(ms), round(reference_ms));
DROP TABLE arriving, media_plain, media_indexed;
DROP TABLE media, media_daily CASCADE;

-- A report of all profiles, of 20 posts each.
CREATE UNLOGGED TABLE posts AS
	SELECT (hashint8(i) & 2147483647) % (:rows / 20) AS profile_id,
		(hashint8(i + 1) & 65535)::bigint AS likes, (hashint8(i + 2) & 1023)::bigint AS comments,
		1000 + (hashint8(i + 3) & 1048575)::bigint AS followers
	FROM generate_series(1, :rows) AS i;
CREATE UNLOGGED TABLE post_total AS SELECT profile_id, engagement(likes, comments, followers) FROM posts GROUP BY 1;
VACUUM ANALYZE posts, post_total;
SELECT bench.compare('a report of every profile of 20 posts, from a rollup', 'the same from the posts', .05,
	'SELECT profile_id, posts(engagement), pooled_rate(engagement), mean_rate(engagement), typical_rate(engagement) FROM post_total',
	'SELECT profile_id, posts(e), pooled_rate(e), mean_rate(e), typical_rate(e) FROM (
		SELECT profile_id, engagement(likes, comments, followers) AS e FROM posts GROUP BY 1) AS s', :runs);
