-- Posts and profiles from payloads against the hand-written SQL.

-- Pages of 25 posts, as the APIs send them.
CREATE UNLOGGED TABLE instagram AS
SELECT jsonb_build_object('business_discovery', jsonb_build_object('id', page::text, 'username', 'user' || page, 'followers_count', 10000 + page,
	'media_count', page % 1000, 'media', jsonb_build_object('data', jsonb_agg(jsonb_build_object('id', (17895731045244887 + n)::text,
		'caption', repeat('caption ', 1 + (n % 10)::int), 'media_type', 'IMAGE', 'permalink', 'https://www.instagram.com/p/' || n, 'like_count', n * 7919 % 5000,
		'comments_count', n % 100, 'timestamp', to_char(timestamptz '2025-01-01' + n * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS"+0000"')))))) AS payload
FROM (SELECT n, n / 25 AS page FROM generate_series(0::bigint, :rows / 10 - 1) AS n) AS t GROUP BY page;
CREATE UNLOGGED TABLE youtube AS
SELECT jsonb_build_object('items', jsonb_agg(jsonb_build_object('kind', 'youtube#video', 'id', 'v' || n,
	'snippet', jsonb_build_object('publishedAt', to_char(timestamptz '2025-01-01' + n * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
		'title', repeat('title ', 1 + (n % 10)::int)),
	'statistics', jsonb_build_object('viewCount', (n * 104729 % 1000000)::text, 'likeCount', (n * 7919 % 5000)::text, 'commentCount', (n % 100)::text)))) AS payload
FROM generate_series(0::bigint, :rows / 10 - 1) AS n GROUP BY n / 25;

-- One post a row.
CREATE UNLOGGED TABLE x AS
SELECT jsonb_build_object('id', n::text, 'text', repeat('text ', 1 + (n % 20)::int),
	'created_at', to_char(timestamptz '2025-01-01' + n * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"'),
	'public_metrics', jsonb_build_object('retweet_count', n % 50, 'quote_count', n % 7, 'reply_count', n % 100, 'like_count', n * 7919 % 5000,
		'bookmark_count', n % 9, 'impression_count', n * 104729 % 1000000)) AS tweet
FROM generate_series(0::bigint, :rows / 10 - 1) AS n;
CREATE UNLOGGED TABLE x_page AS SELECT jsonb_build_object('data', jsonb_build_array(tweet)) AS payload FROM x;
DROP TABLE x;

-- A report of each tenth page: ten countries, two genders.
CREATE UNLOGGED TABLE modash AS
SELECT jsonb_build_object('profile', jsonb_build_object('audience', jsonb_build_object(
	'geoCountries', (SELECT jsonb_agg(jsonb_build_object('code', 'C' || (n + i) % 50, 'name', 'Country ' || (n + i) % 50, 'weight', .08)) FROM generate_series(1, 10) AS i),
	'genders', jsonb_build_array(jsonb_build_object('code', 'FEMALE', 'weight', .01 * (n % 100)), jsonb_build_object('code', 'MALE', 'weight', 1 - .01 * (n % 100)))))) AS payload
FROM generate_series(0::bigint, :rows / 100 - 1) AS n;
VACUUM ANALYZE instagram, youtube, x_page, modash;

SELECT bench.compare('`post_metrics(''instagram'', …)`, 25 posts a page', 'SQL by hand', .7,
	$$ SELECT count(post_id), min(published_at), sum(likes), sum(comments) FROM instagram, post_metrics('instagram', payload) $$,
	$$ SELECT count(post ->> 'id'), min((post ->> 'timestamp')::timestamptz), sum((post ->> 'like_count')::bigint), sum((post ->> 'comments_count')::bigint)
	FROM instagram, jsonb_array_elements(payload -> 'business_discovery' -> 'media' -> 'data') AS post $$, :runs);
SELECT bench.compare('`post_metrics(''youtube'', …)`, 25 posts a page', 'SQL by hand', .7,
	$$ SELECT count(post_id), min(published_at), sum(likes), sum(comments), sum(views) FROM youtube, post_metrics('youtube', payload) $$,
	$$ SELECT count(post ->> 'id'), min((post -> 'snippet' ->> 'publishedAt')::timestamptz), sum((post -> 'statistics' ->> 'likeCount')::bigint),
	sum((post -> 'statistics' ->> 'commentCount')::bigint), sum((post -> 'statistics' ->> 'viewCount')::bigint)
	FROM youtube, jsonb_array_elements(payload -> 'items') AS post $$, :runs);
SELECT bench.compare('`post_metrics(''x'', …)`, one post a page', 'SQL by hand', .7,
	$$ SELECT count(post_id), min(published_at), sum(likes), sum(comments), sum(shares), sum(saves), sum(views) FROM x_page, post_metrics('x', payload) $$,
	$$ SELECT count(post ->> 'id'), min((post ->> 'created_at')::timestamptz), sum((post #>> '{public_metrics,like_count}')::bigint),
	sum((post #>> '{public_metrics,reply_count}')::bigint),
	sum((post #>> '{public_metrics,retweet_count}')::bigint + (post #>> '{public_metrics,quote_count}')::bigint),
	sum((post #>> '{public_metrics,bookmark_count}')::bigint), sum((post #>> '{public_metrics,impression_count}')::bigint)
	FROM x_page, jsonb_array_elements(payload -> 'data') AS post $$, :runs);
SELECT bench.compare('`post_metrics(''instagram'', …)`, with captions', 'SQL by hand', .7,
	$$ SELECT count(post_id), min(published_at), sum(likes), sum(comments), count(caption), count(media_type), count(permalink)
	FROM instagram, post_metrics('instagram', payload) $$,
	$$ SELECT count(post ->> 'id'), min((post ->> 'timestamp')::timestamptz), sum((post ->> 'like_count')::bigint), sum((post ->> 'comments_count')::bigint),
	count(post ->> 'caption'), count(post ->> 'media_type'), count(post ->> 'permalink')
	FROM instagram, jsonb_array_elements(payload -> 'business_discovery' -> 'media' -> 'data') AS post $$, :runs);
SELECT bench.compare('`profile_metrics(''instagram'', …)`', 'SQL by hand', .7,
	$$ SELECT count(profile_id), count(username), sum(followers), sum(posts) FROM instagram, profile_metrics('instagram', payload) $$,
	$$ SELECT count(p ->> 'id'), count(p ->> 'username'), sum((p ->> 'followers_count')::bigint), sum((p ->> 'media_count')::bigint)
	FROM (SELECT payload -> 'business_discovery' AS p FROM instagram) AS t $$, :runs);
SELECT bench.compare('`audience_metrics(''modash'', …)`', 'SQL by hand', .7,
	$$ SELECT sum(share(composition, 'C1')), sum(share(composition, 'female')) FROM modash, audience_metrics('modash', payload) $$,
	$$ SELECT sum((e ->> 'weight')::float8) FILTER (WHERE e ->> 'code' = 'C1'), sum((e ->> 'weight')::float8) FILTER (WHERE e ->> 'code' = 'FEMALE')
	FROM modash, unnest('{geoCountries,genders}'::text[]) AS part, jsonb_array_elements(payload #> ARRAY['profile', 'audience', part]) AS e $$, :runs);
DROP TABLE instagram, youtube, x_page, modash;
