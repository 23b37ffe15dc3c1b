--
-- An agency's tables, and the real data in them. Run it in the folder above.
--

CREATE TABLE platform (
	platform	text PRIMARY KEY,
	scheme		tier_scheme NOT NULL
);

CREATE TABLE profile (
	profile_id	bigint PRIMARY KEY,
	platform	text NOT NULL REFERENCES platform,
	category	integer NOT NULL,
	followers	bigint				-- NULL where unknown
);

CREATE TABLE post (
	profile_id	bigint NOT NULL REFERENCES profile,
	likes		bigint,				-- NULL where hidden
	comments	bigint,
	shares		bigint,
	followers	bigint,				-- of the profile, when it was published
	hours_since_published integer NOT NULL,	-- when comments were counted
	later_comments bigint,				-- counted once more,
	later_hours	integer					-- so many hours after publication
);

-- An index on the count: conditions on the tier use it too.
CREATE INDEX profile_followers ON profile (followers);
CREATE INDEX post_profile ON post (profile_id);

-- How many groups GROUP BY tier(followers) makes, which nothing else tells.
CREATE STATISTICS profile_tier ON (tier(followers)) FROM profile;

INSERT INTO platform VALUES ('facebook', 'instagram');

-- The files as they are, then the agency's tables from them.
CREATE TEMPORARY TABLE page (
	page integer, followers bigint, category integer, talking_about bigint
);
CREATE TEMPORARY TABLE page_post (
	page integer, comments bigint, shares bigint, hours_since_published integer,
	comments_next_hours bigint, next_hours integer, characters integer,
	weekday integer
);
\copy page FROM 'demo/data/pages.csv' CSV HEADER
\copy page_post FROM 'demo/data/posts.csv' CSV HEADER

INSERT INTO profile
SELECT page, 'facebook', category, followers FROM page;

-- The data has no likes of posts, so here they are no part of engagement: 0
-- for all. Of the followers, it has only today's.
INSERT INTO post
SELECT page, 0, comments, shares, followers, hours_since_published,
	comments + comments_next_hours, hours_since_published + next_hours
FROM page_post JOIN page USING (page);

ANALYZE;
