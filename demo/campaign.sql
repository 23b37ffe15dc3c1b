--
-- A campaign: a shortlist, its audiences and its fees.
--
-- No real follower lists are free to be shipped, so the audiences and the fees
-- are made up here, the same ones at every run: each page has as many followers
-- as in reality, drawn from one of four communities of 99,991 people, so that
-- pages of one community share followers. Multiplying by a number modulo a
-- prime gives a follower only once per page.
--

CREATE TABLE candidate (
	profile_id	bigint PRIMARY KEY REFERENCES profile,
	fee			numeric NOT NULL,
	audience	audience_sketch NOT NULL
);

INSERT INTO candidate
SELECT s.profile_id,
	round(s.followers * (0.008 + 0.001 * (s.profile_id % 9)), -1),
	audience((s.profile_id % 4) * 100000
		+ ((s.profile_id * 7919 + 13) * i + s.profile_id * 104729) % 99991)
FROM (
	SELECT profile_id, followers FROM profile_rank
	WHERE tier = 'micro' AND posts(engagement) >= 3
	ORDER BY rate_low DESC
	LIMIT 20
) AS s
	CROSS JOIN LATERAL generate_series(1, s.followers) AS i
GROUP BY s.profile_id, s.followers;
