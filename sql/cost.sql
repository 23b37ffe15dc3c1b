-- the billboard: passed by many, noticed by few, relevant to fewer
SELECT relevant_reach(1000000, .05, .02), relevant_reach(30000, .6, .1);
SELECT relevant_reach(NULL, .05, .02), relevant_reach(1000, NULL, .02), relevant_reach(1000, .05, NULL);

-- 1,000,000 impressions at $6.50 per 1,000
SELECT earned_media_value(1000000, 6.50), earned_media_value(1000000, NULL), earned_media_value(NULL, 6.50);
SELECT cost_per_mille(6500, 1000000), cost_per_mille(500, 0), cost_per_mille(NULL, 10), cost_per_mille(500, NULL);
SELECT round(cost_per_engagement(500, 4067 + 176), 4), cost_per_engagement(500, 0), cost_per_engagement(500, NULL);
-- counts near the limits
SELECT earned_media_value(9223372036854775807, 1000), cost_per_mille(1, 9223372036854775807) > 0,
	relevant_reach(9223372036854775807, 1, 1);

-- they are inlined
CREATE TEMP TABLE cost (followers bigint, share float8, fee numeric,
	sponsored engagement_summary, organic engagement_summary);
EXPLAIN (VERBOSE, COSTS OFF)
SELECT cost_per_mille(fee, followers),
	cost_per_engagement(fee, followers), earned_media_value(followers, fee),
	rate_ratio(sponsored, organic) FROM cost;
-- counts as sum(bigint) gives them
SELECT cost_per_mille(1000, sum(i)), cost_per_engagement(1000, sum(i)), earned_media_value(sum(i), 6.5) FROM generate_series(1::bigint, 100) AS i;
