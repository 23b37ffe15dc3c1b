-- Follower counts over time: anomalies against a summary, which has a fixed
-- size, and against the same by window functions.

-- A hundred daily counts of each profile, profile by profile as a cluster or
-- an index gives them, and day by day as a job writes them.
SELECT setseed(.5) \g /dev/null
CREATE UNLOGGED TABLE by_profile AS
	SELECT p AS profile, '2026-01-01Z'::timestamptz + d * interval '1 day' AS at,
		(1000 * exp(p % 10 + d * .001 + random() * .002))::bigint AS followers
	FROM generate_series(1, :rows / 1000) AS p, generate_series(1, 100) AS d ORDER BY p, d;
CREATE UNLOGGED TABLE by_day AS TABLE by_profile ORDER BY at, profile;
VACUUM ANALYZE by_profile;
VACUUM ANALYZE by_day;
SELECT bench.compare('`growth_anomalies(…)` of 100 counts a profile, in their order', '`growth(…)`', 3,
	'SELECT profile, growth_anomalies(at, followers) FROM by_profile GROUP BY 1',
	'SELECT profile, growth(at, followers) FROM by_profile GROUP BY 1', :runs);
SELECT bench.compare('`growth_anomalies(…)` of 100 counts a profile, day by day', '`growth(…)`', 3,
	'SELECT profile, growth_anomalies(at, followers) FROM by_day GROUP BY 1',
	'SELECT profile, growth(at, followers) FROM by_day GROUP BY 1', :runs);
SELECT bench.compare('`growth_anomalies(…)` of 100 counts a profile, day by day', '`lag()` and a median by hand', NULL,
	'SELECT profile, growth_anomalies(at, followers) FROM by_day GROUP BY 1',
	'SELECT profile, percentile_cont(.5) WITHIN GROUP (ORDER BY step) FROM (
		SELECT profile, ln(followers::float8 / lag(followers) OVER (PARTITION BY profile ORDER BY at)) AS step FROM by_day) AS s GROUP BY 1', :runs);
CALL bench.grow('`growth_anomalies(…)` of 100 counts a profile', 'SELECT profile, growth_anomalies(at, followers) FROM bench.sized GROUP BY 1', 'by_profile', :rows / 10, :runs);
DROP TABLE by_profile, by_day;

-- Pairs of counts of posts.
CREATE UNLOGGED TABLE pair AS
	SELECT random() * interval '3 days' AS age, (100 * random())::bigint AS earlier, interval '1 day' * (3 + random()) AS later_age, (200 * random())::bigint AS later
	FROM generate_series(1, :rows / 10);
VACUUM ANALYZE pair;
SELECT bench.compare('`maturity(…)`', '`sum` of both counts and ages', 1.2,
	'SELECT maturity(age, earlier, later_age, later) FROM pair',
	'SELECT sum(age), sum(earlier), sum(later_age), sum(later) FROM pair', :runs);
SELECT bench.compare('`maturity(…)`', '`sum` of an age', 1.2,
	'SELECT maturity(age, earlier, later_age, later) FROM pair',
	'SELECT sum(later_age) FROM pair', :runs);
SELECT bench.compare('`maturity(…)`', '`sum` of a count', NULL,
	'SELECT maturity(age, earlier, later_age, later) FROM pair',
	'SELECT sum(later) FROM pair', :runs);
CALL bench.grow('`maturity(…)` over all pairs', 'SELECT maturity(age, earlier, later_age, later) FROM bench.sized', 'pair', :rows / 10, :runs);
DROP TABLE pair;
