--
-- Payloads against plain SQL over the same documents, hostile documents, and
-- the way from a stored payload to a ranking.
--
BEGIN;
SELECT plan(39);
SELECT setseed(.23);
SET LOCAL timezone = 'Asia/Kathmandu';

-- Pages of 0 to 40 posts of each platform, with fields absent and null.
CREATE TABLE made AS
SELECT n, jsonb_agg(p) FILTER (WHERE post > 0) AS posts FROM (
	SELECT n, post, jsonb_build_object('id', 'p' || n || '_' || post,
			'time', '2024-01-01T00:00:00Z'::timestamptz + random() * interval '700 days',
			'like', (random() * 10 ^ (random() * 18))::bigint, 'comment', (random() * 1000)::bigint, 'share', (random() * 100)::bigint,
			'quote', (random() * 10)::bigint, 'save', (random() * 10)::bigint, 'view', (random() * 1e6)::bigint)
		- CASE WHEN random() < .3 THEN (ARRAY['time', 'like', 'comment', 'share', 'quote', 'save', 'view'])[1 + (random() * 6)::int + post * 0] ELSE '' END AS p
	FROM generate_series(0, 60) AS n, generate_series(CASE WHEN n % 41 = 0 THEN 0 ELSE 1 END, n % 41) AS post) AS t
GROUP BY n;
UPDATE made SET posts = '[]' WHERE posts IS NULL;
CREATE TABLE expected AS
SELECT n, p ->> 'id' AS post_id, date_trunc('second', (p ->> 'time')::timestamptz) AS published_at,
	(p ->> 'like')::bigint AS likes, (p ->> 'comment')::bigint AS comments, (p ->> 'share')::bigint AS share, (p ->> 'quote')::bigint AS quote,
	(p ->> 'save')::bigint AS saves, (p ->> 'view')::bigint AS views
FROM made, jsonb_array_elements(posts) AS p;
CREATE FUNCTION pg_temp.iso(at timestamptz, zone text) RETURNS text LANGUAGE sql AS
$$ SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') || zone $$;
SELECT cmp_ok((SELECT count(*) FROM expected), '>', 1000::bigint, 'there are posts to test');

CREATE TABLE instagram AS
SELECT m.n, jsonb_build_object('business_discovery', jsonb_build_object('media', jsonb_build_object('data',
	coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', post_id, 'timestamp', pg_temp.iso(published_at, '+0000'),
		'like_count', likes, 'comments_count', comments, 'view_count', views))) FILTER (WHERE post_id IS NOT NULL), '[]')))) AS payload
FROM made AS m LEFT JOIN expected AS e USING (n) GROUP BY m.n;
SELECT set_eq($$ SELECT n, p.* FROM instagram, post_metrics('instagram', payload) AS p $$,
	$$ SELECT n, post_id, published_at, likes, comments, NULL::bigint AS shares, NULL::bigint AS saves, views, NULL::bigint AS reach, NULL::text AS caption, NULL::text AS media_type, NULL::text AS permalink, NULL::boolean AS is_sponsored FROM expected $$, 'instagram');
CREATE TABLE youtube AS
SELECT n, jsonb_build_object('items', jsonb_agg(jsonb_build_object('id', post_id, 'snippet', jsonb_build_object('publishedAt', pg_temp.iso(published_at, '.000Z')),
	'statistics', jsonb_build_object('likeCount', likes::text, 'commentCount', comments::text, 'viewCount', views::text)))) AS payload FROM expected GROUP BY n;
SELECT set_eq($$ SELECT n, p.* FROM youtube, post_metrics('youtube', payload) AS p $$,
	$$ SELECT n, post_id, published_at, likes, comments, NULL::bigint AS shares, NULL::bigint AS saves, views, NULL::bigint AS reach, NULL::text AS caption, NULL::text AS media_type, NULL::text AS permalink, NULL::boolean AS is_sponsored FROM expected $$, 'youtube');
CREATE TABLE tiktok AS
SELECT n, jsonb_build_object('data', jsonb_build_object('videos', jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', post_id,
	'create_time', extract(epoch FROM published_at)::bigint, 'like_count', likes, 'comment_count', comments, 'share_count', share,
	'favourites_count', saves, 'view_count', views))))) AS payload FROM expected GROUP BY n;
SELECT set_eq($$ SELECT n, p.* FROM tiktok, post_metrics('tiktok', payload) AS p $$,
	$$ SELECT n, post_id, published_at, likes, comments, share, saves, views, NULL::bigint AS reach, NULL::text AS caption, NULL::text AS media_type, NULL::text AS permalink, NULL::boolean AS is_sponsored FROM expected $$, 'tiktok');
CREATE TABLE x AS
SELECT n, jsonb_build_object('data', jsonb_agg(jsonb_build_object('id', post_id, 'text', '', 'created_at', pg_temp.iso(published_at, '.000Z'),
	'public_metrics', jsonb_build_object('like_count', likes, 'reply_count', comments, 'retweet_count', share, 'quote_count', quote,
		'bookmark_count', saves, 'impression_count', views)))) AS payload FROM expected GROUP BY n;
SELECT set_eq($$ SELECT n, p.* FROM x, post_metrics('x', payload) AS p $$,
	$$ SELECT n, post_id, published_at, likes, comments, share + quote, saves, views, NULL::bigint AS reach, ''::text AS caption, NULL::text AS media_type, NULL::text AS permalink, NULL::boolean AS is_sponsored FROM expected $$, 'x');
SELECT set_eq($$ SELECT (p).* FROM (SELECT post_metrics('x', payload) AS p FROM x) AS t $$,
	$$ SELECT p.* FROM x, post_metrics('x', payload) AS p $$, 'posts in a select list');
SELECT set_eq($$ SELECT p.* FROM x, jsonb_array_elements(payload -> 'data') AS tweet, post_metrics('x', tweet) AS p $$,
	$$ SELECT p.* FROM x, post_metrics('x', payload) AS p $$, 'posts one by one');

-- Times are those of timestamptz, whatever the session's zone.
CREATE TABLE times AS
SELECT to_char(day, 'YYYY-MM-DD') || sep || '23:59:' || sec || zone AS text
FROM (VALUES ('0001-01-01'::date), ('1582-10-15'), ('1969-12-31'), ('1970-01-01'), ('2000-02-29'), ('2024-02-29'), ('2023-12-31'), ('9999-12-31')) AS d (day),
	unnest('{T," "}'::text[]) AS sep, unnest('{00,59,59.5,59.000001,59.9999994,59.9999996,60}'::text[]) AS sec,
	unnest('{Z,+00,+0000,-0330,+05:45,-15:59,+1559}'::text[]) AS zone;
SELECT is_empty($$ SELECT * FROM times, post_metrics('instagram', jsonb_build_object('id', '', 'like_count', 1, 'timestamp', text)) AS p
	WHERE published_at <> text::timestamptz $$, 'times are as timestamptz reads them');
SELECT is((SELECT published_at FROM post_metrics('tiktok', '{"id": "1", "like_count": 1, "create_time": 253402300799}')), '9999-12-31 23:59:59Z'::timestamptz, 'the last second');

-- hostile documents
CREATE FUNCTION pg_temp.state(query text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE query;
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
CREATE TABLE junk AS
SELECT value::jsonb AS value FROM unnest(ARRAY['null', 'true', '-1', '1.5', '1e300', '99999999999999999999', '"a"', '""', '"1"', '[]', '{}', '[[]]', '[1]', '[null]', '[{}]',
	'{"a": 1}', '{"id": []}', '{"data": []}', '{"data": [{"name": 1}]}']) AS value;
-- Every document with each of its values, at any depth, replaced by junk.
CREATE TABLE good AS
SELECT * FROM (VALUES
	('post_metrics', 'instagram', '{"business_discovery": {"media": {"data": [{"id": "1", "timestamp": "2019-04-05T07:56:32+0000", "like_count": 1, "insights": {"data": [{"name": "reach", "values": [{"value": 1}]}]}}]}}}'::jsonb),
	('post_metrics', 'instagram', '{"data": [{"name": "reach", "period": "lifetime", "id": "1/a", "total_value": {"value": 1}}]}'),
	('profile_metrics', 'instagram', '{"business_discovery": {"id": "1", "username": "a", "followers_count": 1}}'),
	('post_metrics', 'youtube', '{"items": [{"id": "1", "kind": "youtube#video", "snippet": {"publishedAt": "2019-04-05T07:56:32Z"}, "statistics": {"likeCount": "1"}}], "pageInfo": {"totalResults": 0}}'),
	('profile_metrics', 'youtube', '{"items": [{"id": "1", "kind": "youtube#channel", "statistics": {"subscriberCount": "1", "hiddenSubscriberCount": false}}]}'),
	('post_metrics', 'tiktok', '{"data": {"videos": [{"id": "1", "create_time": 1, "like_count": 1}]}}'),
	('profile_metrics', 'tiktok', '{"data": {"user": {"open_id": "1", "follower_count": 1}}}'),
	('post_metrics', 'x', '{"data": [{"id": "1", "public_metrics": {"retweet_count": 1, "quote_count": 1}}], "meta": {"result_count": 1}}'),
	('profile_metrics', 'x', '{"data": {"id": "1", "username": "a", "public_metrics": {"followers_count": 1}}}'),
	('audience_metrics', 'modash', '{"profile": {"audience": {"genders": [{"code": "MALE", "weight": 0.5}], "gendersPerAge": [{"code": "18-24", "male": 0.5}]}}}'),
	('audience_metrics', 'insightiq', '{"profile": {"audience": {"gender_age_distribution": [{"gender": "MALE", "age_range": "18-24", "value": 5}]}}}'),
	('audience_metrics', 'hypeauditor', '{"demography": [{"gender": "F", "value": 60}], "demography_by_age": [{"gender": "F", "value": 60, "by_age_group": [{"group": "18-24", "value": 5}]}]}'),
	('audience_metrics', 'hypeauditor', '{"features": {"audience_geo": {"data": [{"title": "us", "prc": 5}]}, "audience_age_gender": {"data": {"18-24": {"male": 5}}}}}'),
	('audience_metrics', 'instagram', '{"data": [{"name": "reach", "total_value": {"breakdowns": [{"dimension_keys": ["age"], "results": [{"dimension_values": ["18-24"], "value": 5}]}]}}]}')) AS g (what, platform, payload);
CREATE TABLE damaged AS
WITH RECURSIVE paths AS (
	SELECT payload, '{}'::text[] AS path, payload AS value FROM good
UNION ALL
	SELECT payload, path || step.key, step.value FROM paths, LATERAL (
		SELECT key, v AS value FROM jsonb_each(CASE jsonb_typeof(value) WHEN 'object' THEN value ELSE '{}' END) AS o (key, v)
	UNION ALL
		SELECT (n - 1)::text, v FROM jsonb_array_elements(CASE jsonb_typeof(value) WHEN 'array' THEN value ELSE '[]' END) WITH ORDINALITY AS a (v, n)) AS step)
SELECT g.what, g.platform, CASE path WHEN '{}' THEN junk.value ELSE jsonb_set(paths.payload, path, junk.value) END AS payload
FROM paths JOIN good AS g USING (payload), junk;
CREATE TABLE outcome AS
SELECT *, pg_temp.state(format('SELECT count(p) FROM %s(%L, %L) AS p', what, platform, payload)) AS state FROM damaged;
SELECT cmp_ok((SELECT count(*) FROM outcome), '>', 1000::bigint, 'there are damaged documents');
SELECT is_empty($$ SELECT * FROM outcome WHERE state NOT IN ('22023', '22003', '22007', '22008') $$, 'damage is refused with an SQLSTATE of its kind, or is harmless');
SELECT results_eq($$ SELECT DISTINCT state FROM outcome WHERE state IS NOT NULL ORDER BY 1 $$, $$ VALUES ('22003'), ('22007'), ('22008'), ('22023') $$, 'each kind occurs');
SELECT is_empty($$ SELECT * FROM good, (VALUES ('post_metrics'), ('profile_metrics')) AS other (what) WHERE good.what <> 'audience_metrics' AND other.what <> good.what
	AND pg_temp.state(format('SELECT * FROM %s(%L, %L)', other.what, platform, payload)) IS DISTINCT FROM '22023' $$,
	'posts are not read as a profile, nor a profile as posts');

-- No post that knows nothing: every key of every shape renamed, and left out,
-- and shapes that nobody has.
CREATE TABLE shape AS
SELECT * FROM (VALUES
	('instagram', '{"mentioned_media": {"id": "1", "like_count": 5, "comments_count": 2}, "id": "99"}'::jsonb),
	('instagram', '{"data": [{"id": "1", "like_count": 5, "comments_count": 2, "timestamp": "2019-04-05T07:56:32+0000", "caption": "a"}]}'),
	('instagram', '{"data": [{"name": "replies", "period": "lifetime", "values": [{"value": 4}], "id": "3/insights/replies/lifetime"}]}'),
	('instagram', '[{"id": "1", "likesCount": 389, "commentsCount": 12, "type": "Video"}]'),
	('instagram', '{"edge_followed_by": {"count": 5}, "edge_owner_to_timeline_media": {"edges": [{"node": {"id": "1", "edge_liked_by": {"count": 9}, "edge_media_to_comment": {"count": 2}}}]}}'),
	('instagram', '{"items": [{"pk": "1", "code": "a", "like_count": 5, "comment_count": 2, "caption": {"text": "a"}}]}'),
	('youtube', '{"items": [{"id": "1", "kind": "youtube#video", "snippet": {"title": "a"}, "statistics": {"likeCount": "1", "viewCount": "2"}}], "pageInfo": {"totalResults": 1}}'),
	('tiktok', '{"data": {"videos": [{"id": "1", "create_time": 1, "like_count": 1}]}}'),
	('tiktok', '[{"id": "1", "diggCount": 4165, "playCount": 18800, "createTime": 1607000000}]'),
	('tiktok', '{"itemInfo": {"itemStruct": {"id": "1", "stats": {"diggCount": 12, "playCount": 99}}}}'),
	('tiktok', '{"aweme_list": [{"aweme_id": "1", "statistics": {"digg_count": 5}}]}'),
	('x', '{"data": [{"id": "1", "text": "a", "public_metrics": {"retweet_count": 1, "quote_count": 1, "like_count": 2}}]}'),
	('x', '[{"id_str": "1", "full_text": "hi", "favorite_count": 3, "retweet_count": 1}]'),
	('insightiq', '{"data": [{"id": "1", "engagement": {"like_count": 5}, "published_at": "2026-04-05T15:14:39.000+00:00"}]}'),
	('modash', '{"profile": {"recentPosts": [{"id": "1", "likes": 5}]}}'),
	('instagram', '{"node": {"id": "1", "date": 1700000000, "edge_media_preview_like": {"count": 5}, "iphone_struct": {"comment_count": 7}}}'),
	('instagram', '[{"pk": "1", "id": "1_2", "taken_at": "2023-11-14T22:13:20Z", "media_type": 2, "like_count": 3, "comment_count": 1, "caption_text": "hey", "view_count": 70}]'),
	('instagram', '[{"user_posted": "ann", "num_comments": 3, "date_posted": "2024-05-05T10:00:00.000Z", "likes": 44, "post_id": "7", "video_play_count": 900}]'),
	('youtube', '[{"id": "1", "viewCount": 100, "date": "2024-05-05T10:00:00.000Z", "likes": 7, "commentsCount": 2}]'),
	('youtube', '{"id": "1", "timestamp": 1700000000, "view_count": 100, "like_count": 7, "comment_count": 2, "extractor": "youtube"}'),
	('tiktok', '{"id": "1", "timestamp": 1700000000, "view_count": 100, "like_count": 7, "comment_count": 2, "repost_count": 3, "extractor": "TikTok"}'),
	('tiktok', '{"data": {"videos": [{"item_id": "1", "likes": 7, "comments": 2, "shares": 1, "video_views": 100, "reach": 90}]}}'),
	('tiktok', '{"data": {"videos": [{"video_id": "1", "digg_count": 5, "comment_count": 1, "share_count": 0, "play_count": 99}]}}'),
	('tiktok', '[{"post_id": "1", "create_time": "2024-05-05T10:00:00.000Z", "digg_count": 5, "share_count": "1", "comment_count": 1, "play_count": 99}]'),
	('x', '[{"id": 1, "date": "2023-01-05T10:00:00+00:00", "replyCount": 1, "retweetCount": 2, "likeCount": 3, "quoteCount": 1, "viewCount": 55}]'),
	('x', '{"data": {"tweetResult": {"result": {"rest_id": "1", "legacy": {"favorite_count": 3, "reply_count": 1, "retweet_count": 2, "quote_count": 1}, "views": {"count": "90"}}}}}'),
	('x', '[{"id": "1", "date_posted": "2024-05-05T10:00:00.000Z", "likes": 10, "replies": 7, "reposts": 3, "quotes": 2, "views": 4011}]')) AS v (platform, payload);
CREATE TABLE changed AS
WITH RECURSIVE paths AS (
	SELECT platform, payload, '{}'::text[] AS path, payload AS value FROM shape
UNION ALL
	SELECT platform, payload, path || step.key, step.value FROM paths, LATERAL (
		SELECT key, v AS value FROM jsonb_each(CASE jsonb_typeof(value) WHEN 'object' THEN value ELSE '{}' END) AS o (key, v)
	UNION ALL
		SELECT (n - 1)::text, v FROM jsonb_array_elements(CASE jsonb_typeof(value) WHEN 'array' THEN value ELSE '[]' END) WITH ORDINALITY AS a (v, n)) AS step)
SELECT platform, payload #- path AS payload FROM paths WHERE path <> '{}'
UNION ALL
SELECT platform, replace(payload::text, to_json(key) || ':', to_json(other) || ':')::jsonb
FROM shape, LATERAL (SELECT DISTINCT m[1] AS key FROM regexp_matches(payload::text, '"([^"]+)":', 'g') AS m) AS k,
	LATERAL (VALUES (key || 's'), (upper(key)), (replace(key, '_', '')), ('x_' || key)) AS o (other);
CREATE FUNCTION pg_temp.knows_nothing(platform text, payload jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	RETURN EXISTS (SELECT FROM post_metrics(platform, payload) AS p WHERE num_nonnulls(likes, comments, shares, saves, views, reach) = 0);
EXCEPTION WHEN invalid_parameter_value THEN
	RETURN false;
END $$;
SELECT cmp_ok((SELECT count(*) FROM changed), '>', 300::bigint, 'there are changed shapes');
SELECT is_empty($$ SELECT * FROM changed WHERE pg_temp.knows_nothing(platform, payload) $$, 'no changed shape is a post that knows nothing');
-- A shape takes no post of another for its own: each is read the same alone and
-- in a list, after whatever other shapes, with every count that it has.
CREATE TABLE alone AS
SELECT platform, payload, element FROM shape, LATERAL (
	WITH RECURSIVE inside AS (
		SELECT payload AS value
	UNION ALL
		SELECT v FROM inside, LATERAL (SELECT v FROM jsonb_each(CASE jsonb_typeof(value) WHEN 'object' THEN value ELSE '{}' END) AS o (k, v)
			UNION ALL SELECT v FROM jsonb_array_elements(CASE jsonb_typeof(value) WHEN 'array' THEN value ELSE '[]' END) AS a (v)) AS below)
	SELECT value AS element FROM inside WHERE jsonb_typeof(value) = 'object' AND value ?| '{id,pk,post_id,item_id,video_id,aweme_id,rest_id,id_str}' AND value <> payload) AS e;
SELECT cmp_ok((SELECT count(*) FROM alone), '>', 20::bigint, 'there are posts of every shape');
SELECT is_empty($$ SELECT a.* FROM alone AS a, post_metrics(a.platform, payload) AS p, try_post_metrics(a.platform, element) AS q, try_post_metrics(a.platform, jsonb_build_array(element)) AS r
	WHERE q.post_id = p.post_id AND q.skipped IS NULL AND r.skipped IS NULL
	AND (p IS DISTINCT FROM ROW(q.post_id, q.published_at, q.likes, q.comments, q.shares, q.saves, q.views, q.reach, q.caption, q.media_type, q.permalink, q.is_sponsored)
		OR q IS DISTINCT FROM r) $$, 'a post is read the same wherever it is');
SELECT is_empty($$ SELECT * FROM shape, post_metrics(platform, payload) AS p
	WHERE num_nonnulls(likes, comments, shares, saves, views, reach) < (SELECT count(*) FROM regexp_matches(payload::text,
		'"(?:likesCount|likeCount|likes|like_count|diggCount|digg_count|favorite_count|comments_count|commentsCount|commentCount|comment_count|comments|num_comments|replies|reply_count|replyCount|views|view_count|playCount|play_count|video_views|viewCount|video_play_count|reach|shares|share_count|repost_count)": "?[0-9]', 'g'))
	AND payload::text !~ 'followed_by|insights' $$, 'with every count that it has');
CREATE TABLE invented AS SELECT payload::jsonb FROM unnest(ARRAY[
	'{"id": "1"}', '[{"id": "1"}, {"id": "2"}]', '{"data": [{"id": "1"}]}', '{"data": {"id": "1", "text": "a"}}', '{"items": [{"id": "1"}]}', '{"items": [{"id": {"videoId": "1"}, "snippet": {}}]}',
	'{"posts": [{"id": "1", "likes": 5}]}', '{"data": {"posts": [{"id": "1", "like_count": 5}]}}', '[{"id": "1", "likes": 5, "comments": 2}]', '{"id": "1", "stats": {"likes": 5}}',
	'{"id": "1", "metrics": {"like_count": 5}}', '{"data": [{"id": "1", "attributes": {"likes": 5}}]}', '{"edges": [{"node": {"id": "1", "likes": {"count": 5}}}]}',
	'{"data": {"items": [{"id": "1", "diggCount": 5}]}}', '{"result": {"id": "1", "like_count": 5}}', '{"id": "1", "engagement": {"likes": 5}}', '{"id": "1", "public_metrics": {}}',
	'{"id": "1", "statistics": {}}', '{"id": "1", "stats": {}}', '{"id": "1", "engagement": {}}', '{"id": "1", "insights": {"data": []}}', '{"id": "1", "insights": {"data": [{"name": "follows", "values": [{"value": 1}]}]}}',
	'{"data": [{"name": "follows", "period": "lifetime", "values": [{"value": 1}], "id": "1/insights/follows/lifetime"}]}', '{"id": "1", "username": "a", "followers_count": 5, "media_count": 7}',
	'{"data": {"user": {"open_id": "1", "follower_count": 5, "likes_count": 7}}}', '{"data": {"id": "1", "username": "a", "public_metrics": {"followers_count": 5, "like_count": 7}}}',
	'{"kind": "youtube#channel", "id": "1", "statistics": {"viewCount": "5", "subscriberCount": "7"}}', '{"kind": "youtube#playlistItem", "id": "1", "statistics": {"viewCount": "5"}}',
	'{"edge_followed_by": {"count": 5}, "id": "1"}', '{"userInfo": {"user": {"id": "1"}, "stats": {"followerCount": 5, "heartCount": 7}}}', '{"id_str": "1", "text": "a", "retweet_count": null}',
	'{"shortcode_media": {"id": "1", "edge_liked_by": {}}}', '{"aweme_detail": {"aweme_id": "1", "statistics": {}}}', '{"media": {"data": [{"id": "1", "caption": "a"}]}}', '{"1": {"id": "1"}, "2": {"id": "2"}}',
	'{"latestPosts": [{"id": "1", "caption": "a"}]}', '[[{"id": "1", "like_count": 5}]]', '{"data": [[{"id": "1", "like_count": 5}]]}', '[{"post": {"id": "1", "like_count": 5}}]', '{"id": "1", "caption": {"text": "a"}, "code": "b", "pk": "1"}']) AS payload;
SELECT is_empty($$ SELECT * FROM invented, unnest('{instagram,youtube,tiktok,x,insightiq,modash,iqdata}'::text[]) AS platform WHERE pg_temp.knows_nothing(platform, payload)
	AND NOT payload @> '{"retweet_count": null}' $$, 'no invented shape is one');
SELECT is_empty($$ SELECT * FROM invented, unnest('{instagram,youtube,tiktok,x}'::text[]) AS platform, try_profile_metrics(platform, payload)
	WHERE skipped IS NULL AND followers IS NULL $$, 'nor a profile');
-- Shapes that nobody announced: envelopes of other names, flat keys, other
-- languages, edges of GraphQL, tables as json, numbers under unknown names, counts
-- in other wrappings, parts of a figure.  Each is an error that says what was
-- looked for, and nothing is read from it.
CREATE TABLE unannounced AS SELECT payload::jsonb FROM unnest(ARRAY[
	'{"response": {"posts": [{"post_id": 1, "likes_total": 5}]}}', '{"payload": {"result": {"entries": [{"uid": "1", "counts": {"likes": 5}}]}}}',
	'{"post.id": "1", "post.like_count": 5, "post.comments_count": 2}', '[{"id": "1", "metrics.likes": 5, "metrics_comments": 2}]',
	'{"publicaciones": [{"id": "1", "me_gusta": 5, "comentarios": 2}]}', '{"beitraege": [{"kennung": "1", "gefaellt_mir": 5}]}', '{"投稿": [{"識別子": "1", "いいね": 5}]}',
	'{"data": {"viewer": {"posts": {"edges": [{"node": {"id": "1", "reactions": {"totalCount": 5}}}]}}}}', '{"data": {"node": {"id": "1", "likers": {"count": 5}}}}',
	'{"columns": ["id", "likes", "comments"], "rows": [["1", 5, 2]]}', '[["id", "likes"], ["1", "5"]]', '{"id": ["1", "2"], "likes": [5, 6]}', '{"id;likes;comments": "1;5;2"}',
	'{"id": "1", "n1": 5, "n2": 2}', '{"posts": {"1": {"hearts": 5}, "2": {"hearts": 6}}}', '{"feed": [{"type": "post", "object": {"id": "1", "favs": 5}}]}',
	'{"@type": "SocialMediaPosting", "identifier": "1", "interactionStatistic": [{"interactionType": "LikeAction", "userInteractionCount": 5}]}',
	'{"rss": {"channel": {"item": [{"guid": "1", "likes": {"#text": "5"}}]}}}', '{"value": [{"Id": "1", "LikeCount": 5}]}', '{"hits": {"hits": [{"_id": "1", "_source": {"likes": 5}}]}}',
	'{"data": "eyJpZCI6IjEifQ=="}', '{"data": [{"id": "1", "likes": {"summary": {"total_count": 5}}}]}', '{"posts": "1;5;2"}', '"1,5,2"', '5', 'true', '[5]', '["1"]', '[null]', '[{}]', '{}', '{"data": 5}', '{"data": {}}',
	'{"id": "1", "public_metrics": {"retweet_count": 5}}', '{"data": [{"id": "1", "public_metrics": {"quote_count": 5}}]}', '{"1": {"likes": 5}, "2": {"likes": 6}}']) AS payload;
CREATE FUNCTION pg_temp.answer(query text, platform text, payload jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	detail text;
	rows bigint;
BEGIN
	EXECUTE query INTO rows USING platform, payload;
	RETURN rows || ' rows';
EXCEPTION WHEN invalid_parameter_value THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
	RETURN CASE WHEN detail ~ '"[^"]+".* (is missing|is there|has another value)|^None of these is there: "|not an (object|array)' THEN 'says what was looked for' ELSE detail END;
END $$;
SELECT is_empty($$ SELECT platform, payload, answer FROM unannounced, unnest('{instagram,youtube,tiktok,x,insightiq,modash,iqdata}'::text[]) AS platform,
		pg_temp.answer('SELECT count(*) FROM post_metrics($1, $2)', platform, payload) AS answer
	WHERE answer <> 'says what was looked for' $$, 'posts that nobody announced: what was looked for');
SELECT is_empty($$ SELECT platform, payload, answer FROM unannounced, unnest('{instagram,youtube,tiktok,x,insightiq,modash,iqdata,hypeauditor}'::text[]) AS platform,
		pg_temp.answer('SELECT count(*) FROM profile_metrics($1, $2)', platform, payload) AS answer WHERE answer <> 'says what was looked for' $$, 'nor are they profiles');
SELECT is_empty($$ SELECT platform, payload, answer FROM unannounced, unnest('{instagram,insightiq,modash,iqdata,hypeauditor}'::text[]) AS platform,
		pg_temp.answer('SELECT count(*) FROM audience_metrics($1, $2)', platform, payload) AS answer WHERE answer <> 'says what was looked for' $$, 'nor audiences');
-- A part of a sum is no figure; beside a figure, or where a part is hidden, the sum is unknown.
SELECT results_eq($$ SELECT post_id, likes, shares FROM post_metrics('x', '[{"id": "1", "public_metrics": {"retweet_count": 5, "like_count": 2}}, {"id": "2", "public_metrics": {"retweet_count": 5, "quote_count": null}}]') $$,
	$$ VALUES ('1', 2::bigint, NULL::bigint), ('2', NULL, NULL) $$, 'a sum of which a part is missing');
SELECT throws_like($$ SELECT * FROM post_metrics('[{"id": "1", "a": 5}]'::jsonb, '{"posts": "[]", "likes": {"sum": ["a", "b"]}}') $$, '%does not fit the mapping', 'a part of a sum, by a mapping');

-- The same answers, with and without what can't be read.
SELECT is_empty($$ SELECT * FROM damaged AS d, LATERAL (SELECT pg_temp.state(format('SELECT count(p) FROM %s(%L, %L) AS p', what, platform, payload)) AS strict,
		pg_temp.state(format('SELECT count(p) FROM try_%s(%L, %L) AS p', what, platform, payload)) AS lenient) AS s WHERE lenient IS NOT NULL $$, 'what skips never fails');

-- deep and huge ones
SELECT is(pg_temp.state(format('SELECT * FROM post_metrics(''x'', %L)', repeat('[', 1000) || repeat(']', 1000))), '22023', 'a deep document');
SELECT is((SELECT count(*) FROM post_metrics('x', (repeat('{"a":', 1000) || '1' || repeat('}', 1000))::jsonb || '{"data": {"id": "1", "public_metrics": {"like_count": 1}}}')), 1::bigint, 'a deep part that is not read');
SELECT results_eq($$ SELECT count(*), sum(likes) FROM post_metrics('instagram', (SELECT jsonb_build_object('data', jsonb_agg(jsonb_build_object('id', n::text, 'like_count', n)))
	FROM generate_series(1, 100000) AS n)) $$, 'VALUES (100000::bigint, 5000050000::numeric)', 'a page of 100000 posts');
SELECT is((SELECT length(post_id) FROM post_metrics('x', jsonb_build_object('id', repeat('x', 1000000), 'public_metrics', jsonb_build_object('like_count', 1)))), 1000000, 'a long id');

-- Profiles as they are written flat have counts that posts have too.
CREATE TABLE profile_only AS
SELECT * FROM (VALUES
	('instagram', '{"id": "1", "username": "ann", "followers_count": 5, "media_count": 7, "like_count": 3}'::jsonb),
	('instagram', '{"pk": "1", "username": "ann", "follower_count": 5, "media_count": 7, "like_count": 3}'),
	('instagram', '[{"id": "1", "username": "ann", "followersCount": 5, "postsCount": 7, "likesCount": 3}]'),
	('instagram', '{"node": {"id": "1", "username": "ann", "edge_followed_by": {"count": 5}, "edge_liked_by": {"count": 3}}}'),
	('youtube', '{"items": [{"kind": "youtube#channel", "id": "1", "statistics": {"viewCount": "5", "subscriberCount": "7"}}]}'),
	('youtube', '[{"id": "1", "title": "Ann", "subscriberCount": 5, "viewCount": 500, "videoCount": 7}]'),
	('youtube', '{"id": "1", "_type": "playlist", "extractor": "youtube:tab", "channel_id": "1", "channel_follower_count": 5, "view_count": 500, "entries": []}'),
	('tiktok', '{"data": {"user": {"open_id": "1", "follower_count": 5, "likes_count": 7, "video_count": 3}}}'),
	('tiktok', '[{"id": "1", "uniqueId": "ann", "followerCount": 5, "heartCount": 9, "diggCount": 3, "videoCount": 7}]'),
	('tiktok', '{"userInfo": {"user": {"id": "1", "uniqueId": "ann"}, "stats": {"followerCount": 5, "diggCount": 3, "videoCount": 7}}}'),
	('tiktok', '[{"id": "1", "unique_id": "ann", "follower_count": 5, "digg_count": 3, "aweme_count": 7}]'),
	('tiktok', '[{"id": "1", "name": "ann", "fans": 5, "diggCount": 3}]'),
	('x', '{"data": {"id": "1", "username": "ann", "public_metrics": {"followers_count": 5, "tweet_count": 7, "like_count": 3}}}'),
	('x', '[{"id_str": "1", "screen_name": "ann", "followers_count": 5, "favorite_count": 3, "statuses_count": 7}]'),
	('x', '{"data": {"user": {"result": {"rest_id": "1", "legacy": {"screen_name": "ann", "followers_count": 5, "favourites_count": 3}}}}}'),
	('phyllo', '{"data": [{"id": "1", "platform_username": "ann", "reputation": {"follower_count": 5, "like_count": 3}}]}')) AS v (platform, payload);
SELECT is_empty($$ SELECT * FROM profile_only, try_post_metrics(platform, payload) WHERE skipped IS NULL $$, 'a profile written flat is no post');
SELECT is_empty($$ SELECT * FROM shape, try_profile_metrics(platform, payload) WHERE skipped IS NULL AND payload::text !~ 'edge_followed_by' $$, 'nor are posts a profile');

-- citext, where it is
CREATE FUNCTION pg_temp.by_citext() RETURNS SETOF bigint LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'citext') THEN
		CREATE EXTENSION IF NOT EXISTS citext;
		CREATE DOMAIN pg_temp.any_case AS citext;
		RETURN QUERY EXECUTE $q$ SELECT likes FROM post_metrics('TikTok'::citext, '{"id": "1", "like_count": 1}')
			UNION ALL SELECT likes FROM post_metrics('TikTok'::pg_temp.any_case, '{"id": "1", "like_count": 1}') $q$;
	ELSE
		RETURN QUERY VALUES (1::bigint), (1);
	END IF;
END $$;
SELECT results_eq('SELECT * FROM pg_temp.by_citext()', 'VALUES (1::bigint), (1)', 'citext and domains over it name platforms');

-- audience reports
SELECT results_eq($$ SELECT share(composition, 'DE', 'AT', 'CH') FROM audience_metrics('modash',
	'{"profile": {"audience": {"geoCountries": [{"code": "DE", "weight": 0.5}, {"code": "AT", "weight": 0.125}]}}}') WHERE part = 'countries' $$, 'VALUES (.625::float8)', 'a share of a report');
SELECT results_eq($$ SELECT part, total(composition) FROM audience_metrics('insightiq', '{"profile": {"audience": {"countries": [{"code": "DE", "value": 85.2}], "follower_types": []}}}') ORDER BY 1 $$,
	$$ VALUES ('countries', 100::float8), ('types', 100) $$, 'an empty list is all rest');
SELECT results_eq($$ SELECT part, cardinality(labels(composition)), dominant(composition) FROM audience_metrics('insightiq', (SELECT jsonb_build_object('profile', jsonb_build_object('audience',
	jsonb_build_object('gender_age_distribution', jsonb_agg(jsonb_build_object('gender', 'F', 'age_range', n::text, 'value', n * 1e-10)))))
	FROM generate_series(1, 100000) AS n)) $$, $$ VALUES ('ages', 100000, '100000'), ('genders', 1, 'female'), ('genders_ages', 100000, '100000 female') $$, 'a report of 100000 groups');
-- The same by plain SQL: percent of a gender, or of all, are one thing.
CREATE TABLE report AS
SELECT n, jsonb_agg(jsonb_build_object('gender', gender, 'value', whole, 'by_age_group', groups)) AS of_gender,
	jsonb_agg(jsonb_build_object('gender', gender, 'value', whole, 'by_age_group', (SELECT jsonb_agg(jsonb_build_object('group', g ->> 'group', 'value', (g ->> 'value')::numeric * whole / 100)) FROM jsonb_array_elements(groups) AS g))) AS of_all,
	jsonb_object_agg(gender, whole) AS genders
FROM (SELECT n, gender, CASE gender WHEN 'F' THEN n ELSE 100 - n END::numeric AS whole, jsonb_build_array(jsonb_build_object('group', '13-17', 'value', n / 2.0), jsonb_build_object('group', '18+', 'value', 100 - n / 2.0)) AS groups
	FROM generate_series(1, 99) AS n, unnest('{F,M}'::text[]) AS gender) AS t GROUP BY n;
SELECT is_empty($$ SELECT * FROM report, audience_metrics('hypeauditor', jsonb_build_object('demography_by_age', of_gender)) AS a
	JOIN LATERAL audience_metrics('hypeauditor', jsonb_build_object('user', jsonb_build_object('demography_by_age', of_all))) AS b USING (part) WHERE a.composition <> b.composition $$, 'age groups of a gender, or of all');
SELECT is_empty($$ SELECT * FROM report, audience_metrics('hypeauditor', jsonb_build_object('demography_by_age', of_gender)) WHERE part = 'genders_ages'
	AND abs(share(composition, '13-17 female') - n / 100.0 * n / 200.0) + abs(share(composition, '18+ male') - (100 - n) / 100.0 * (1 - n / 200.0)) > 1e-9 $$, 'and what they are');

-- From the stored payload to the ranking in one query.
CREATE TABLE stored (platform text, profile jsonb, posts jsonb);
INSERT INTO stored VALUES
	('instagram', '{"business_discovery": {"username": "ann", "followers_count": 12000}}',
		'{"business_discovery": {"media": {"data": [{"id": "1", "like_count": 600, "comments_count": 30}, {"id": "2", "like_count": 500, "comments_count": 10}]}}}'),
	('x', '{"data": {"id": "7", "username": "bob", "public_metrics": {"followers_count": 50000}}}',
		'{"data": [{"id": "3", "public_metrics": {"like_count": 40, "reply_count": 5, "retweet_count": 3, "quote_count": 2}}]}'),
	('youtube', '{"items": [{"id": "U", "snippet": {"customUrl": "@eve"}, "statistics": {"subscriberCount": "1000", "hiddenSubscriberCount": true}}]}',
		'{"items": [{"id": "4", "statistics": {"likeCount": "10"}}]}');
SELECT results_eq($$ SELECT username, tier(followers)::text, round(mean_rate(engagement(likes, comments, followers))::numeric, 6)
	FROM stored, profile_metrics(platform, profile), post_metrics(platform, stored.posts)
	GROUP BY platform, username, followers ORDER BY 3 DESC NULLS LAST $$,
	$$ VALUES ('ann', 'micro', .0475), ('bob', 'micro', .0009), ('@eve', NULL, NULL) $$, 'from payload to ranking');
SELECT * FROM finish();
ROLLBACK;
