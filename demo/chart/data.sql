--
-- What the pictures show: one view or more of figures for each, over the three
-- that an agency gives. Money is in the agency's currency, rates and shares are
-- fractions.
--

-- What was given to psql: texts, money, the people of the target group, how many
-- of them two candidates share on average, rules of the plan, and notes that stand
-- under a picture, by its name.
CREATE TABLE setting AS
SELECT isolated(:'title') AS title, isolated(:'source') AS source, :budget::numeric AS budget, :'currency' AS currency,
	nullif(:'population', '')::float8 AS population, nullif(:'mean_common', '')::float8 AS mean_common,
	nullif(:'rules', '')::plan_rules AS rules, :'notes'::jsonb AS notes;

-- The profiles of one platform: the cohort that says what is normal.
CREATE TABLE profile AS
SELECT profile_id::text, isolated(shown) AS name, short_name(shown, 16) AS label,
	tier, followers::bigint, engagement, maturity
FROM :profiles AS given, LATERAL (SELECT coalesce(nullif(given.name::text, ''), given.profile_id::text) AS shown) AS n;

CREATE TABLE norm AS
SELECT benchmark(engagement, followers) AS norm FROM profile;

CREATE TABLE profile_rate AS
SELECT profile_id, name, label, tier, followers, posts(engagement) AS posts,
	mean_rate(engagement) AS mean_rate, typical_rate(engagement) AS typical_rate,
	expected_rate(norm, followers) AS expected_rate, shrunk_rate(norm, engagement, followers) AS shrunk_rate,
	rate_low(norm, engagement, followers) AS rate_low, rate_high(norm, engagement, followers) AS rate_high,
	rank() OVER (PARTITION BY tier ORDER BY mean_rate(engagement) DESC NULLS LAST) AS naive_place
FROM profile, norm;

-- The candidates of the campaign, the surest rate first.
CREATE TABLE candidate AS
SELECT row_number() OVER (ORDER BY r.rate_low DESC NULLS LAST, r.profile_id) AS place, r.*,
	c.fee::numeric, c.on_target::float8, c.audience, c.countries, c.ages, c.genders
FROM :candidates AS c JOIN profile_rate AS r ON r.profile_id = c.profile_id::text;

-- Counts of followers over time, of as many profiles as there are.
CREATE TABLE snapshot AS
SELECT s.profile_id::text, s.observed_at::timestamptz, s.followers::bigint
FROM :snapshots AS s;

ANALYZE profile, profile_rate, candidate, snapshot;

-- Tier ladder. The rate is the median of the profiles' typical rates.
CREATE VIEW ladder AS
SELECT tier, count(*) AS profiles, min(followers) AS smallest, max(followers) AS largest,
	sum(posts)::bigint AS posts, count(typical_rate) AS rated,
	percentile_cont(0.5) WITHIN GROUP (ORDER BY typical_rate) AS median_rate
FROM profile_rate
WHERE tier IS NOT NULL
GROUP BY tier;

-- The tiers that the candidates are of, and from where to where they reach.
CREATE VIEW candidate_tier AS
SELECT string_agg(DISTINCT tier::text, ' and ') AS tiers, min(followers) AS smallest, max(followers) AS largest
FROM profile_rate
WHERE tier IN (SELECT tier FROM candidate);

-- What is normal at so many followers: the expected rate, and the band in which
-- nine of ten profiles are in the long run.
CREATE VIEW expected_band AS
SELECT round(followers)::bigint AS followers, expected_rate(norm, round(followers)::bigint) AS expected_rate,
	expected_rate(norm, round(followers)::bigint) * exp(-1.645 * between_stddev(norm)) AS band_low,
	expected_rate(norm, round(followers)::bigint) * exp(1.645 * between_stddev(norm)) AS band_high
FROM norm, (SELECT min(followers) AS low, max(followers) AS high FROM profile_rate WHERE typical_rate > 0 AND followers > 0) AS r,
	generate_series(0, 60) AS n,
	LATERAL (SELECT low * power(high::float8 / low, n / 60.0) AS followers) AS f;

-- Who would be first by the mean rate that most tools show, but is no candidate.
CREATE VIEW naive_leader AS
SELECT *
FROM profile_rate
WHERE naive_place <= 3 AND posts > 0 AND tier IN (SELECT tier FROM candidate)
	AND profile_id NOT IN (SELECT profile_id FROM candidate);

-- Ten candidates in an order in which those that share people stand together:
-- each time the one that has most in common with the last.
CREATE VIEW overlap_order AS
WITH RECURSIVE member AS (
	SELECT profile_id, label, audience FROM candidate WHERE audience IS NOT NULL ORDER BY place LIMIT 10
), chain AS (
	SELECT profile_id, audience, 1 AS n, ARRAY[profile_id] AS taken
	FROM (SELECT * FROM member ORDER BY profile_id LIMIT 1) AS first
	UNION ALL
	SELECT m.profile_id, m.audience, c.n + 1, c.taken || m.profile_id
	FROM chain AS c, LATERAL (
		SELECT profile_id, audience FROM member
		WHERE profile_id <> ALL (c.taken)
		ORDER BY jaccard(c.audience, member.audience) DESC NULLS LAST, profile_id LIMIT 1) AS m
)
SELECT chain.n, chain.profile_id, member.label, chain.audience
FROM chain JOIN member ON member.profile_id = chain.profile_id;

-- Of the people of one candidate, the share that follows the other too.
CREATE VIEW overlap AS
SELECT a.n AS y, b.n AS x, a.profile_id, b.profile_id AS other_id, a.label, b.label AS other,
	common_reach(a.audience, b.audience) / nullif(reach(a.audience), 0) AS common_share
FROM overlap_order AS a, overlap_order AS b;

-- What adding the candidates up claims, and how many people they are.
CREATE VIEW overlap_claim AS
SELECT count(*) AS candidates, sum(reach(audience)) AS added_up, reach(audience_union(audience)) AS people
FROM candidate
WHERE audience IS NOT NULL;

-- The plan, and what other budgets buy: by sketches, where every candidate has
-- one, otherwise by numbers, if it is known how many people are to be reached.
CREATE VIEW plan_way AS
SELECT CASE WHEN count(c.profile_id) = 0 THEN NULL
	WHEN count(c.audience) = count(*) THEN 'sketches'
	WHEN s.population IS NOT NULL THEN 'numbers' END AS way
FROM setting AS s LEFT JOIN candidate AS c ON true
GROUP BY s.population;

CREATE TABLE plan AS
SELECT p.pick, p.id AS profile_id, c.name, c.label, p.fee, p.spent, p.added_reach, p.total_reach, p.reach_bound
FROM (
	SELECT campaign_plan(profile_id, fee, audience, budget, on_target, ARRAY[tier::text], rules) AS picks
	FROM candidate, setting WHERE (SELECT way FROM plan_way) = 'sketches'
	UNION ALL
	SELECT campaign_plan(profile_id, fee, followers * on_target, budget, population, mean_common, NULL, ARRAY[tier::text], rules)
	FROM candidate, setting WHERE (SELECT way FROM plan_way) = 'numbers'
) AS made, unnest(made.picks) AS p JOIN candidate AS c ON c.profile_id = p.id;

CREATE TABLE budget_curve AS
SELECT p.*
FROM (SELECT array_agg(round(budget * part, 2)) AS budgets
		FROM setting, unnest('{0.25,0.5,0.75,1,1.25,1.5,2}'::numeric[]) AS part) AS b,
	LATERAL (
		SELECT campaign_curve(profile_id, fee, audience, budgets, on_target, ARRAY[tier::text], rules) AS points
		FROM candidate, setting WHERE (SELECT way FROM plan_way) = 'sketches'
		UNION ALL
		SELECT campaign_curve(profile_id, fee, followers * on_target, budgets, population, mean_common, NULL, ARRAY[tier::text], rules)
		FROM candidate, setting WHERE (SELECT way FROM plan_way) = 'numbers'
	) AS made, unnest(made.points) AS p;

-- Why the picks: each with what is known of it.
CREATE VIEW recommendation AS
SELECT p.pick, p.profile_id, p.name, p.fee, p.added_reach, c.followers, c.posts, c.tier, c.on_target,
	c.rate_low, c.shrunk_rate, c.expected_rate, c.naive_place, c.place,
	1000 * p.fee::float8 / nullif(p.added_reach, 0) AS per_thousand
FROM plan AS p JOIN candidate AS c ON c.profile_id = p.profile_id;

-- What one post of each pick will bring, and, where pick is NULL, all of them
-- together: interactions, in the range that holds them nine of ten times. A
-- forecast is for the followers that the posts had: so it is multiplied by how
-- many more there are today, that of all by the mean of this over the picks'
-- forecasts. A pick without posts is in neither.
CREATE VIEW plan_forecast AS
WITH one AS (
	SELECT p.pick, p.name, p.label, p.fee, norm, engagement, followers, f,
		coalesce(followers / (exposure(engagement)::float8 / nullif(posts(engagement) + hidden_posts(engagement), 0)), 1) AS grown
	FROM plan AS p JOIN profile USING (profile_id), norm, forecast(norm, engagement, followers, 1) AS f
	WHERE f.median IS NOT NULL
)
SELECT pick, name, label, fee, (f).low * grown AS low, (f).median * grown AS median, (f).high * grown AS high, (f).mean * grown AS mean,
	fee::float8 / nullif((f).median * grown, 0) AS fee_per_median, fee::float8 / nullif((f).low * grown, 0) AS fee_per_low
FROM (
	SELECT pick, name, label, fee, grown, f FROM one
	UNION ALL
	SELECT NULL, 'all together', 'all together', sum(fee), coalesce(sum((f).mean * grown) / nullif(sum((f).mean), 0), 1),
		campaign_forecast(norm, engagement, followers, 1)
	FROM one
) AS f
WHERE (f).median IS NOT NULL;

-- The audience of the first pick, or else of the first candidate of which it is
-- known, by country, age and gender; the seven largest of each, and the rest.
CREATE VIEW audience_profile AS
SELECT c.profile_id, c.name, c.countries, c.ages, c.genders
FROM candidate AS c LEFT JOIN plan AS p ON p.profile_id = c.profile_id
WHERE c.countries IS NOT NULL OR c.ages IS NOT NULL OR c.genders IS NOT NULL
ORDER BY p.pick, c.place
LIMIT 1;

CREATE VIEW audience_share AS
WITH part AS (
	SELECT p.part, p.title, p.shares
	FROM audience_profile AS a,
		LATERAL (VALUES (1, 'country', a.countries), (2, 'age', a.ages), (3, 'gender', a.genders)) AS p (part, title, shares)
), listed AS (
	SELECT part, title, label, share(shares, label) AS share,
		row_number() OVER (PARTITION BY part ORDER BY CASE WHEN title <> 'age' THEN share(shares, label) END DESC, label) AS n
	FROM part, unnest(labels(shares)) AS label
)
SELECT part, title, n, isolated(label) AS label, share, false AS unknown FROM listed WHERE n <= 7
UNION ALL
SELECT part, title, 8, 'others', sum(share), false FROM listed WHERE n > 7 GROUP BY part, title
UNION ALL
SELECT part, title, 9, 'unknown', unknown_share(shares), true FROM part WHERE shares IS NOT NULL;

-- Growth: of each profile its changes out of proportion, and the profile whose
-- largest is the most so.
CREATE VIEW anomaly AS
SELECT s.profile_id, a.at, a.change, a.kind::text AS kind, a.z
FROM (SELECT profile_id, growth_anomalies(observed_at, followers) AS found FROM snapshot GROUP BY profile_id) AS s,
	unnest(s.found) AS a;

CREATE VIEW growth_profile AS
SELECT s.profile_id, p.name
FROM (SELECT profile_id, count(*) AS counts FROM snapshot GROUP BY profile_id) AS s
	JOIN profile AS p ON p.profile_id = s.profile_id
	LEFT JOIN (SELECT profile_id, max(abs(z)) AS z FROM anomaly GROUP BY profile_id) AS a ON a.profile_id = s.profile_id
ORDER BY a.z DESC NULLS LAST, s.counts DESC, s.profile_id
LIMIT 1;

-- The share of its interactions that a post has at an age.
CREATE VIEW matured AS
SELECT age, matured_share(curve, age) AS share
FROM (SELECT sum(maturity) AS curve FROM profile) AS c,
	unnest('{1 min,2 min,5 min,10 min,20 min,30 min,1 h,2 h,3 h,4 h,6 h,8 h,12 h,18 h,24 h,36 h,48 h,72 h,96 h,7 days,10 days,14 days,21 days,30 days,60 days,90 days}'::interval[]) AS age
WHERE matured_share(curve, age) IS NOT NULL;
