-- the billboard: passed by many, noticed by few, relevant to fewer
SELECT effective_reach(1000000, .05, .02), effective_reach(30000, .6, .1);
SELECT effective_reach(NULL, .05, .02), effective_reach(1000, NULL, .02), effective_reach(1000, .05, NULL);

-- 1,000,000 impressions at $6.50 per 1,000
SELECT earned_media_value(1000000, 6.50), earned_media_value(1000000, NULL), earned_media_value(NULL, 6.50);
SELECT cost_per_mille(6500, 1000000), cost_per_mille(500, 0), cost_per_mille(NULL, 10), cost_per_mille(500, NULL);
SELECT round(cost_per_engagement(500, 4067 + 176), 4), cost_per_engagement(500, 0), cost_per_engagement(500, NULL);
-- counts near the limits
SELECT earned_media_value(9223372036854775807, 1000), cost_per_mille(1, 9223372036854775807) > 0,
	effective_reach(9223372036854775807, 1, 1);

-- overlapping by chance: 1 - (1 - .1)(1 - .2)
SELECT round(duplicated_reach('{1000, 2000}', 10000)::numeric, 10);
SELECT duplicated_reach('{}', 10000), duplicated_reach('{10000}', 10000), duplicated_reach('{0}', 10000);
SELECT duplicated_reach('{1000, NULL}', 10000), duplicated_reach(NULL, 10000), duplicated_reach('{1000}', NULL),
	duplicated_reach('{1000}', 0), duplicated_reach('{1000}', -1), duplicated_reach('{1000}', 'NaN');
SELECT duplicated_reach('{10001}', 10000);
SELECT duplicated_reach('{-1}', 10000);
SELECT duplicated_reach('{NaN}', 10000);
SELECT duplicated_reach('{NULL,-1}', 10000);
SELECT duplicated_reach('{{1000,2000},{0,0}}', 10000) = duplicated_reach('{1000,2000}', 10000);

-- sponsored posts against organic ones, by their typical rates
CREATE TEMP TABLE page_post (sponsored boolean, likes bigint, comments bigint, followers bigint);
INSERT INTO page_post VALUES
	(false, 99, 0, 10000), (false, 400, 0, 10000), (false, NULL, 7, 10000), (true, 149, 0, 10000);
SELECT round(paid_lift(s, o)::numeric, 10) AS lift, round((149.5 / sqrt(99.5 * 400.5))::numeric, 10) AS by_hand,
	paid_lift(s, e), paid_lift(e, o), paid_lift(NULL, o)
FROM (SELECT engagement(likes, comments, followers) FILTER (WHERE sponsored) AS s,
	engagement(likes, comments, followers) FILTER (WHERE NOT sponsored) AS o,
	engagement(likes, comments, followers) FILTER (WHERE false) AS e FROM page_post) AS p;

-- they are inlined
CREATE TEMP TABLE cost (followers bigint, share float8, fee numeric,
	sponsored engagement_summary, organic engagement_summary);
EXPLAIN (VERBOSE, COSTS OFF)
SELECT effective_reach(followers, share, .1), cost_per_mille(fee, followers),
	cost_per_engagement(fee, followers), earned_media_value(followers, fee),
	paid_lift(sponsored, organic) FROM cost;
