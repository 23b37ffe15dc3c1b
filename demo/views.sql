--
-- The agency's reporting views.
--

-- How comments of a post grow with its age, from posts that were counted twice.
CREATE VIEW comment_maturity AS
SELECT platform, maturity(make_interval(hours => hours_since_published), comments,
	make_interval(hours => later_hours), later_comments) AS maturity
FROM post JOIN profile USING (profile_id)
GROUP BY platform;

-- Fresh posts have not met their audience yet: their comments are raised to
-- what they come to at the age of four days, the last that was seen. At an age
-- of which nothing is known, under an hour, they are unknown. The shares are
-- left as they are: this data does not say when they were counted.
CREATE VIEW counted_post AS
SELECT t.profile_id, t.likes, round(t.comments / matured_share(m.maturity,
	make_interval(hours => t.hours_since_published)))::bigint AS comments,
	t.shares, t.followers
FROM post t
	JOIN profile p USING (profile_id)
	JOIN comment_maturity m USING (platform);

-- Every profile with its tier and its engagement: one summary that answers all
-- questions about rates, and that adds up.
CREATE VIEW profile_engagement AS
SELECT p.profile_id, p.platform, p.category, p.followers,
	tier(p.followers, f.scheme) AS tier,
	engagement(c.likes, c.comments, c.followers, c.shares, 0) AS engagement
FROM profile p
	JOIN platform f USING (platform)
	LEFT JOIN counted_post c USING (profile_id)
GROUP BY p.profile_id, f.scheme;

-- The tier ladder, empty tiers included.
CREATE VIEW tier_ladder AS
SELECT l.tier, l.followers AS band,
	count(e.profile_id) AS profiles,
	percentile_cont(0.5) WITHIN GROUP (ORDER BY e.followers) AS median_followers,
	posts(sum(e.engagement)) AS posts,
	percentile_cont(0.5) WITHIN GROUP (ORDER BY typical_rate(e.engagement)) AS median_rate,
	pooled_rate(sum(e.engagement)) AS pooled_rate
FROM tiers() l
	LEFT JOIN profile_engagement e ON e.tier = l.tier
GROUP BY l.tier, l.followers;

-- What is normal for a profile of each size on its platform, and who is better
-- than normal beyond luck. The norm is that of all profiles of the platform,
-- so filters go on top of this view.
CREATE VIEW profile_rank AS
SELECT e.*,
	mean_rate(engagement) AS mean_rate,
	typical_rate(engagement) AS typical_rate,
	shrunk_rate(norm, engagement, followers) AS shrunk_rate,
	rate_low(norm, engagement, followers) AS rate_low,
	lift(norm, engagement, followers) AS lift
FROM (
	SELECT *, benchmark(engagement, followers) OVER (PARTITION BY platform) AS norm
	FROM profile_engagement
) AS e;

-- The micro profiles of each category that have posts, by the rate they have with 95 %
-- certainty, beside the ranking by mean rate that most tools show.
CREATE VIEW micro_ranking AS
SELECT profile_id, category, followers, posts(engagement) AS posts,
	mean_rate, typical_rate, shrunk_rate, rate_low, lift,
	rank() OVER (PARTITION BY category ORDER BY rate_low DESC NULLS LAST) AS place,
	rank() OVER (PARTITION BY category ORDER BY mean_rate DESC NULLS LAST) AS naive_place
FROM profile_rank
WHERE tier = 'micro' AND posts(engagement) > 0;
