--
-- What an agency asks of its database.
--

\echo
\echo The data: Facebook pages and their posts, 2015. Interactions are comments
\echo and shares; the likes of posts are not in the data. Rates in percent.
\echo
SELECT count(*) AS pages, count(DISTINCT category) AS categories,
	(SELECT count(*) FROM post) AS posts,
	(SELECT count(*) FROM counted_post WHERE comments IS NOT NULL) AS counted_posts
FROM profile;

\echo Fresh posts still collect. The share of its comments that a post has at an age, in
\echo percent of those at the age of four days; counts below are raised accordingly:
\echo
SELECT age, percent(matured_share(maturity, age), 1) AS matured_share,
	repeat('#', round(40 * matured_share(maturity, age))::integer) AS bar
FROM comment_maturity, unnest('{1h,3h,6h,12h,24h,48h,96h}'::interval[]) AS age;

\echo The tier ladder. The median is of the pages, of their typical rates; the pooled rate is
\echo all interactions of a tier over all its exposure.
\echo
SELECT tier, band, profiles, round(median_followers) AS median_followers, posts,
	percent(median_rate, 3) AS median_rate,
	percent(pooled_rate, 3) AS pooled_rate
FROM tier_ladder ORDER BY tier;

\echo Does engagement fall as reach grows? The slope is of log rate on log followers:
\echo at -0.3, ten times the followers have half the rate.
\echo
SELECT profiles(norm), round(slope(norm)::numeric, 3) AS slope,
	round(between_stddev(norm)::numeric, 2) AS between_pages,
	round(within_stddev(norm)::numeric, 2) AS within_pages
FROM (SELECT benchmark(engagement, followers) AS norm FROM profile_engagement) AS b;

\echo What is expected of a page at the median of each tier:
\echo
SELECT l.tier, round(l.median_followers) AS median_followers,
	percent(expected_rate(norm, l.median_followers::bigint), 3) AS expected_rate
FROM tier_ladder l,
	(SELECT benchmark(engagement, followers) AS norm FROM profile_engagement) AS b
WHERE l.profiles > 0
ORDER BY l.tier;

\echo The best three micro pages of the four categories that have the most, by the
\echo rate that they have with 95 % certainty; naive_place is that by mean rate.
\echo
SELECT category, place, naive_place, profile_id, followers, posts,
	percent(mean_rate, 3) AS mean_rate, percent(shrunk_rate, 3) AS shrunk_rate,
	percent(rate_low, 3) AS rate_low, round(lift::numeric, 2) AS lift
FROM micro_ranking
WHERE place <= 3 AND category IN (
	SELECT category FROM micro_ranking GROUP BY category
	ORDER BY count(*) DESC, category LIMIT 4)
ORDER BY category, place;

\echo Naive winners that were luck: first of their category by mean rate, but on so few
\echo posts, or by one viral post (then the typical rate is far below the mean), that
\echo another page is first by rate_low.
\echo
SELECT category, profile_id, posts, percent(mean_rate, 3) AS mean_rate,
	percent(typical_rate, 3) AS typical_rate, percent(rate_low, 3) AS rate_low, place
FROM micro_ranking
WHERE naive_place = 1 AND place > 1
ORDER BY category;

\echo The campaign. Its audiences and fees are made up: demo/campaign.sql says how.
\echo The pairs of candidates that share the most followers:
\echo
\ir campaign.sql
SELECT a.profile_id AS page, b.profile_id AS other,
	round(common_reach(a.audience, b.audience)) AS common_reach,
	percent(jaccard(a.audience, b.audience), 1) AS jaccard,
	percent(overlap_coefficient(a.audience, b.audience), 1) AS of_the_smaller
FROM candidate a JOIN candidate b ON a.profile_id < b.profile_id
ORDER BY jaccard(a.audience, b.audience) DESC, page, other
LIMIT 5;

\echo The plan for a budget of 2,000, with the reach that each pick adds:
\echo
SELECT pick, profile_id, fee, spent, round(added_reach) AS added_reach,
	round(total_reach) AS total_reach
FROM plan ORDER BY pick;

\echo Adding up the sizes claims more people than there are; the sketches come close
\echo to counting every follower once:
\echo
SELECT sum(p.followers) AS added_up,
	(SELECT round(max(total_reach)) FROM plan) AS total_reach,
	(SELECT count(DISTINCT user_id) FROM follower JOIN plan USING (profile_id)) AS exact
FROM profile p JOIN plan USING (profile_id);

\echo The same budget spent on the target group, women in Germany, Austria and
\echo Switzerland; reach is of people in the target group:
\echo
SELECT pick, profile_id, percent(on_target, 1) AS on_target,
	percent(unknown_countries, 1) AS unknown_countries, fee, spent,
	round(added_reach) AS added_reach, round(total_reach) AS total_reach
FROM target_plan JOIN target_share USING (profile_id) ORDER BY pick;

\echo Whose audiences are most like the customers of a brand, by country, of whom 60 % are in
\echo Germany, 25 % in Austria and 15 % in the US; and how focused these pages are on
\echo their niche, 1 being a single topic:
\echo
SELECT profile_id, round(customer_fit::numeric, 2) AS customer_fit,
	dominant(topics) AS niche, round(niche_focus::numeric, 2) AS niche_focus, topics
FROM brand_fit ORDER BY customer_fit DESC, profile_id LIMIT 5;

\echo A plan without any list: from followers, their share in the target group of 200,000
\echo people, and 1,500 people whom two of these pages share on average (made up):
\echo
SELECT pick, profile_id, fee, spent, round(added_reach) AS added_reach,
	round(total_reach) AS total_reach, round(reach_bound) AS reach_bound
FROM number_plan ORDER BY pick;

\echo The plan as the client signs it: at least two pages on food, at most half of the
\echo budget for running, six pages at most. No plan for 2,000 reaches more than reach_bound.
\echo
SELECT pick, profile_id, niche, fee, spent, round(added_reach) AS added_reach,
	round(total_reach) AS total_reach, round(reach_bound) AS reach_bound
FROM signed_plan ORDER BY pick;

\echo What other budgets would buy under the same rules:
\echo
SELECT budget, picks, spent, round(total_reach_low) AS at_least, round(total_reach) AS total_reach,
	round(total_reach_high) AS at_most, round(reach_bound) AS reach_bound
FROM budget_curve ORDER BY budget;

\echo How often the people of that plan are reached:
\echo
SELECT k AS times_or_more, round(reach_at(f, k)) AS people,
	round(average_frequency(f)::numeric, 2) AS average, round(gross_reach(f)) AS gross_reach
FROM (SELECT audience_frequency(audience) AS f FROM candidate JOIN signed_plan USING (profile_id)) AS s,
	generate_series(1, 3) AS k;
