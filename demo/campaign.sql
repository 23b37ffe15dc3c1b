--
-- A campaign: a shortlist, its audiences and its fees.
--
-- No real follower lists are free to be shipped, so the audiences and the fees
-- are made up here, the same ones at every run: each page has as many followers
-- as in reality, drawn from one of four communities of 99,991 people, so that
-- pages of one community share followers. Multiplying by a number modulo a
-- prime gives a follower only once per page.
--

CREATE VIEW shortlist AS
SELECT profile_id, followers, rate_low
FROM profile_rank
WHERE tier = 'micro' AND posts(engagement) >= 3
ORDER BY rate_low DESC NULLS LAST
LIMIT 20;

CREATE VIEW follower AS
SELECT s.profile_id,
	(s.profile_id % 4) * 100000
		+ ((s.profile_id * 7919 + 13) * i + s.profile_id * 104729) % 99991 AS user_id
FROM shortlist s
	CROSS JOIN LATERAL generate_series(1, s.followers) AS i;

CREATE TABLE candidate (
	profile_id	bigint PRIMARY KEY REFERENCES profile,
	fee			numeric NOT NULL,
	audience	audience_sketch NOT NULL
);

INSERT INTO candidate
SELECT s.profile_id,
	round(s.followers * (0.008 + 0.001 * (s.profile_id % 9)), -1),
	(SELECT audience(f.user_id) FROM follower f WHERE f.profile_id = s.profile_id)
FROM shortlist s;

-- What a report would say of these audiences, as vendors write it: percent, the
-- largest countries only; and how many posts there are of each topic. Made up
-- as well.
CREATE TABLE audience_report (
	profile_id	bigint PRIMARY KEY REFERENCES profile,
	report		jsonb NOT NULL
);

INSERT INTO audience_report
SELECT profile_id, jsonb_build_object(
	'countries', jsonb_build_array(
		jsonb_build_object('code', 'DE', 'value', 20 + profile_id % 31),
		jsonb_build_object('code', 'US', 'value', 15 + profile_id % 7),
		jsonb_build_object('code', 'AT', 'value', 4 + profile_id % 11)),
	'genders', jsonb_build_array(
		jsonb_build_object('code', 'female', 'value', 35 + profile_id % 47),
		jsonb_build_object('code', 'male', 'value', 65 - profile_id % 47)),
	'topics', jsonb_build_object('running', 2 + profile_id % 13, 'food', profile_id % 7,
		'travel', profile_id % 3))
FROM shortlist;

-- The share of each audience that is in the target group: women in Germany,
-- Austria and Switzerland, taking gender and country as independent.
CREATE VIEW target_share AS
SELECT profile_id,
	share(countries, 'DE', 'AT', 'CH') * share(genders, 'female') AS on_target,
	unknown_share(countries) AS unknown_countries
FROM (
	SELECT profile_id, to_composition(report->'countries', 100) AS countries,
		to_composition(report->'genders', 100) AS genders
	FROM audience_report
) AS r;

-- How focused each profile is on its niche, and how much its audience is like the
-- brand's customers, by country.
CREATE VIEW brand_fit AS
SELECT profile_id, topics, concentration(topics) AS niche_focus,
	similarity(audience, brand_customers) AS customer_fit
FROM (
	SELECT profile_id, to_composition(report->'topics') AS topics,
		to_composition(report->'countries', 100) AS audience
	FROM audience_report
) AS r,
	to_composition('{"DE": 600, "AT": 250, "US": 150}') AS brand_customers;

-- What the agency would buy for a budget of 2,000.
CREATE VIEW plan AS
SELECT p.pick, p.id AS profile_id, p.fee, p.spent, p.added_reach, p.total_reach
FROM (SELECT campaign_plan(profile_id, fee, audience, 2000) AS picks FROM candidate) AS c,
	unnest(c.picks) AS p;

-- The same budget, but a follower counts as much as the profile's audience is
-- in the target group.
CREATE VIEW target_plan AS
SELECT p.pick, p.id AS profile_id, p.fee, p.spent, p.added_reach, p.total_reach
FROM (SELECT campaign_plan(profile_id, fee, audience, 2000, on_target) AS picks
	FROM candidate JOIN target_share USING (profile_id)) AS c,
	unnest(c.picks) AS p;

-- The same without any list, from what a platform and a report tell: followers,
-- the share of them in the target group, of which there are 200,000 people (made
-- up), and a guess of what two of these pages have in common.
CREATE VIEW number_plan AS
SELECT p.pick, p.id AS profile_id, p.fee, p.spent, p.added_reach, p.total_reach, p.reach_bound
FROM (SELECT campaign_plan(profile_id, fee, followers * on_target, 2000, 200000::float8, 1500::float8) AS picks
	FROM candidate JOIN target_share USING (profile_id) JOIN profile USING (profile_id)) AS c,
	unnest(c.picks) AS p;

-- What the client signs: at least two pages on food, at most half of the budget
-- for pages on running, six pages at most.
CREATE VIEW candidate_niche AS
SELECT profile_id, dominant(to_composition(report->'topics')) AS niche FROM audience_report;

CREATE VIEW signed_plan AS
SELECT p.pick, p.id AS profile_id, n.niche, p.fee, p.spent, p.added_reach, p.total_reach,
	p.total_reach_low, p.total_reach_high, p.reach_bound
FROM (SELECT campaign_plan(profile_id, fee, audience, 2000, 1, ARRAY[niche],
		'food >= 2, fee_share(running) <= 0.5, picks <= 6') AS picks
	FROM candidate JOIN candidate_niche USING (profile_id)) AS c,
	unnest(c.picks) AS p JOIN candidate_niche AS n ON n.profile_id = p.id;

-- What other budgets would buy under the same rules.
CREATE VIEW budget_curve AS
SELECT p.*
FROM (SELECT campaign_curve(profile_id, fee, audience, '{500,1000,1500,2000,3000}', 1, ARRAY[niche],
		'food >= 2, fee_share(running) <= 0.5, picks <= 6') AS points
	FROM candidate JOIN candidate_niche USING (profile_id)) AS c,
	unnest(c.points) AS p;
