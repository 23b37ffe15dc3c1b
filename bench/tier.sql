-- Classification: ours against the hand-written range, CASE and stored column.

-- Follower counts over all sizes, evenly by their logarithm from 100 to 5
-- million: an agency's list, where no tier is rare.
SELECT setseed(.42) \g /dev/null
CREATE UNLOGGED TABLE profiles AS
SELECT n AS id, followers, CASE
	WHEN followers < 1000 THEN 0 WHEN followers < 10000 THEN 1 WHEN followers <= 50000 THEN 2
	WHEN followers < 500000 THEN 3 WHEN followers < 1000000 THEN 4 ELSE 5 END::smallint AS stored
FROM (SELECT n, (100 * power(50000, random()))::bigint AS followers
	FROM generate_series(1, :rows / 2) AS n OFFSET 0) AS r;
VACUUM ANALYZE profiles;

SELECT bench.compare('`WHERE tier(followers) = ''micro''`, seq scan', 'the range by hand', 1.02,
	'SELECT count(*) FROM profiles WHERE tier(followers) = ''micro''',
	'SELECT count(*) FROM profiles WHERE followers >= 10000::bigint AND followers <= 50000::bigint', :runs);
SELECT bench.compare('the same with a constant scheme', 'the range by hand', 1.02,
	'SELECT count(*) FROM profiles WHERE tier(followers, ''later_fohr'') = ''micro''',
	'SELECT count(*) FROM profiles WHERE followers >= 10000::bigint AND followers <= 99999::bigint', :runs);
SELECT bench.compare('`GROUP BY tier(followers)`', 'a stored smallint', 1.15,
	'SELECT tier(followers), count(*) FROM profiles GROUP BY 1',
	'SELECT stored, count(*) FROM profiles GROUP BY 1', :runs);
SELECT bench.compare('`GROUP BY tier(followers)`', 'the CASE expression', .75,
	'SELECT tier(followers), count(*) FROM profiles GROUP BY 1',
	'SELECT CASE WHEN followers < 1000 THEN ''none'' WHEN followers < 10000 THEN ''nano'' WHEN followers <= 50000 THEN ''micro''
		WHEN followers < 500000 THEN ''mid'' WHEN followers < 1000000 THEN ''macro'' ELSE ''mega'' END, count(*)
		FROM profiles GROUP BY 1', :runs);
SELECT bench.compare('`GROUP BY tier(followers, ''later_fohr'')`', 'a stored smallint', 1.15,
	'SELECT tier(followers, ''later_fohr''), count(*) FROM profiles GROUP BY 1',
	'SELECT stored, count(*) FROM profiles GROUP BY 1', :runs);

CREATE INDEX ON profiles (followers);
SELECT bench.compare('`WHERE tier(followers) = ''macro''`, index on followers', 'the range by hand', 1.02,
	'SELECT count(id) FROM profiles WHERE tier(followers) = ''macro''',
	'SELECT count(id) FROM profiles WHERE followers >= 500000::bigint AND followers <= 999999::bigint', :runs);
DROP TABLE profiles;
