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
ORDER BY rate_low DESC
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

-- What the agency would buy for a budget of 2,000.
CREATE VIEW plan AS
SELECT p.pick, p.id AS profile_id, p.fee, p.spent, p.added_reach, p.total_reach
FROM (SELECT campaign_plan(profile_id, fee, audience, 2000) AS picks FROM candidate) AS c,
	unnest(c.picks) AS p;
