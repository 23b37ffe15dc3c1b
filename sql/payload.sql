--
-- Payloads of platforms, and audience reports
--
SET timezone = 'UTC';

-- Instagram: business discovery, the own user with media, lists, insights
SELECT * FROM profile_metrics('instagram', '{"business_discovery": {"id": "178", "username": "ann", "followers_count": 12000, "follows_count": 300, "media_count": 42}, "id": "1"}');
SELECT * FROM profile_metrics('instagram', '{"id": "178", "username": "ann", "followers_count": 12000}');
SELECT * FROM post_metrics('instagram', '{"business_discovery": {"followers_count": 12000, "media": {"data": [
	{"id": "1", "timestamp": "2019-04-05T07:56:32+0000", "like_count": 320, "comments_count": 12},
	{"id": "2", "timestamp": "2019-04-06T07:56:32+0000", "comments_count": 3}]}}}');
SELECT * FROM post_metrics('instagram', '{"id": "178", "followers_count": 9, "media": {"data": [{"id": "1", "like_count": 5,
	"insights": {"data": [{"name": "saved", "period": "lifetime", "values": [{"value": 7}]}, {"name": "likes", "values": [{"value": 6}]},
		{"name": "shares", "values": [{"value": null}]}, {"name": "impressions", "values": [{"value": 90}]},
		{"name": "views", "total_value": {"value": 100}}, {"name": "plays", "values": [{"value": 80}]}, {"name": "navigation", "values": [{"value": {}}]}]}}]}}');
SELECT * FROM post_metrics('instagram', '{"data": [{"name": "reach", "period": "lifetime", "values": [{"value": 13}], "id": "178/insights/reach/lifetime"},
	{"name": "comments", "period": "lifetime", "values": []}]}');
SELECT * FROM post_metrics('instagram', '{"data": [{"name": "reach", "values": [{"value": 13}]}, {"name": "reach", "values": [{"value": 14}]}]}');
SELECT * FROM post_metrics('instagram', '{"data": [{"id": "1", "like_count": 1}, {"id": "2", "like_count": 2.0}]}');
SELECT * FROM post_metrics('instagram', '{"11": {"id": "11", "like_count": 1}, "12": {"id": "12", "like_count": null}}');
SELECT * FROM post_metrics('instagram', '{"id": "1", "like_count": 1}');
SELECT * FROM post_metrics('instagram', '[{"id": "1", "like_count": 1}]');
SELECT * FROM post_metrics('instagram', '{"data": []}');

-- YouTube: counts are strings, times have fractions or not
SELECT * FROM profile_metrics('youtube', '{"kind": "youtube#channelListResponse", "items": [{"kind": "youtube#channel", "id": "UC1",
	"snippet": {"customUrl": "@ann", "publishedAt": "2007-08-23T00:34:43.5Z"},
	"statistics": {"viewCount": "160361638", "subscriberCount": "1920000", "hiddenSubscriberCount": false, "videoCount": "5026"}}]}');
SELECT * FROM profile_metrics('youtube', '{"kind": "youtube#channel", "id": "UC1", "statistics": {"subscriberCount": "0", "hiddenSubscriberCount": true, "videoCount": "7"}}');
SELECT * FROM profile_metrics('youtube', '{"pageInfo": {"totalResults": 0}}');
SELECT * FROM post_metrics('youtube', '{"items": [{"kind": "youtube#video", "id": "a", "snippet": {"publishedAt": "2019-03-21T20:37:49Z"},
	"statistics": {"viewCount": "1000", "likeCount": "10", "commentCount": "2"}}, {"id": "b", "statistics": {"viewCount": "9223372036854775807"}},
	{"id": "c", "statistics": {"likeCount": "7", "favoriteCount": "0"}}, {"id": "d", "statistics": {"favoriteCount": "0"}}]}');

-- TikTok: Display, Research
SELECT * FROM profile_metrics('tiktok', '{"data": {"user": {"open_id": "u1", "username": "ann", "follower_count": 12000, "following_count": 5, "likes_count": 7, "video_count": 8}}, "error": {"code": "ok"}}');
SELECT * FROM profile_metrics('tiktok', '{"data": {"follower_count": 12000, "following_count": 5, "video_count": 8}}');
SELECT * FROM post_metrics('tiktok', '{"data": {"videos": [{"id": "7", "create_time": 1633305600, "like_count": 1, "comment_count": 2, "share_count": 3, "view_count": 4},
	{"id": 7080213458555737986, "create_time": 0, "favourites_count": 5}, {"id": "9", "favorites_count": 6}], "cursor": 1}}');

-- X: one object or many
SELECT * FROM profile_metrics('x', '{"data": {"id": "22", "username": "ann", "created_at": "2013-12-14T04:35:55.000Z", "public_metrics": {"followers_count": 514020, "following_count": 2038, "tweet_count": 3639, "listed_count": 1676}}}');
SELECT * FROM profile_metrics('x', '{"data": [{"id": "22", "username": "ann", "public_metrics": {"followers_count": null}}]}');
SELECT * FROM post_metrics('x', '{"data": [{"id": "1", "text": "a", "created_at": "2021-02-23T18:07:07.000Z", "public_metrics": {"retweet_count": 10, "reply_count": 2, "like_count": 37, "quote_count": 1, "bookmark_count": 4, "impression_count": 999}},
	{"id": "2", "text": "b", "public_metrics": {"retweet_count": 10}, "non_public_metrics": {"impression_count": 7}}]}');
SELECT * FROM post_metrics('x', '{"data": {"id": "1", "text": "a", "public_metrics": {"like_count": 3}}}');
SELECT * FROM post_metrics('x', '{"meta": {"result_count": 0}}');

-- NULL
SELECT profile_metrics(NULL, '{}') IS NULL AS platform, profile_metrics('x', NULL) IS NULL AS payload;
SELECT count(*) FROM post_metrics(NULL, '{}');
SELECT count(*) FROM post_metrics('x', NULL);

-- errors
CREATE FUNCTION pg_temp.try(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	state text; message text; detail text; hint text;
BEGIN
	EXECUTE query;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' | ', state, message, nullif(detail, ''), nullif(hint, ''));
END $$;
\pset tuples_only on
\pset format unaligned
SELECT pg_temp.try(format('SELECT * FROM %s_metrics(%L, %L)', what, platform, payload)) FROM (VALUES
	(1, 'post', 'myspace', '{}'),
	(2, 'profile', 'Instagram', '{}'),
	(2, 'post', 'hypeauditor', '{}'),
	(3, 'profile', 'instagram', '{"business_discovery": {"id": "1"}}'),
	(4, 'profile', 'instagram', '{}'),
	(5, 'profile', 'instagram', '"followers_count"'),
	(6, 'profile', 'instagram', 'null'),
	(7, 'profile', 'instagram', '[]'),
	(8, 'profile', 'instagram', '[1]'),
	(9, 'profile', 'instagram', '{"followers_count": "12K"}'),
	(10, 'profile', 'instagram', '{"followers_count": 1.5}'),
	(11, 'profile', 'instagram', '{"followers_count": -1}'),
	(12, 'profile', 'instagram', '{"followers_count": 9223372036854775808}'),
	(13, 'profile', 'instagram', '{"followers_count": 1e400}'),
	(14, 'profile', 'instagram', '{"followers_count": 1, "username": 5}'),
	(15, 'profile', 'instagram', '{"business_discovery": 7}'),
	(16, 'post', 'instagram', '{"business_discovery": {"followers_count": 1}}'),
	(17, 'post', 'instagram', '{"business_discovery": {"media": {}}}'),
	(18, 'post', 'instagram', '{"id": "1", "followers_count": 1}'),
	(19, 'post', 'instagram', '{"data": [{"id": "1"}, {"like_count": 1}]}'),
	(20, 'post', 'instagram', '{"data": [{"id": "1", "like_count": true}]}'),
	(21, 'post', 'instagram', '{"data": [{"id": "1", "like_count": 1, "timestamp": "2019-04-05T07:56:32"}]}'),
	(22, 'post', 'instagram', '{"data": [{"id": "1", "like_count": 1, "timestamp": "2019-13-05T07:56:32+0000"}]}'),
	(23, 'post', 'instagram', '{"data": [{"id": "1", "like_count": 1, "timestamp": 5}]}'),
	(24, 'post', 'instagram', '{"data": [{"name": "reach", "period": "day", "values": [{"value": 5}]}]}'),
	(25, 'post', 'instagram', '{"data": [{"name": "reach", "values": [{"value": true}]}]}'),
	(26, 'post', 'instagram', '{"data": "none"}'),
	(27, 'post', 'instagram', '{"11": {"id": "11", "like_count": "1e3"}}'),
	(28, 'post', 'instagram', '{"11": {"id": "11"}, "x": 1}'),
	(29, 'profile', 'youtube', '{"items": [{"kind": "youtube#video", "id": "1"}]}'),
	(30, 'profile', 'youtube', '{"items": [{"id": "1", "statistics": {"subscriberCount": "1"}}, {"id": "2", "statistics": {"subscriberCount": "1"}}]}'),
	(31, 'profile', 'youtube', '{"items": [{"id": "1", "statistics": 5}]}'),
	(32, 'profile', 'youtube', '{"items": [{"id": "1", "statistics": {"subscriberCount": "1.9M"}}]}'),
	(33, 'profile', 'youtube', '{"items": [{"id": "1", "statistics": {"subscriberCount": ""}}]}'),
	(34, 'profile', 'youtube', '{"items": [{"id": "1", "statistics": {"hiddenSubscriberCount": false}}]}'),
	(35, 'post', 'youtube', '{"items": [{"id": "1", "statistics": {"viewCount": "18446744073709551615"}}]}'),
	(36, 'post', 'youtube', '{"items": [{"id": {"kind": "youtube#video", "videoId": "1"}}]}'),
	(37, 'post', 'youtube', '{"pageInfo": {"totalResults": 1}}'),
	(38, 'post', 'tiktok', '{"data": {"user": {}}}'),
	(39, 'post', 'tiktok', '{"data": {"videos": [{"id": "1", "like_count": 1, "create_time": "2020-01-01T00:00:00Z"}]}}'),
	(40, 'post', 'tiktok', '{"data": {"videos": [{"id": "1", "like_count": 1, "create_time": 253402300800}]}}'),
	(41, 'post', 'tiktok', '{"data": {"videos": [{"id": "1", "like_count": 1, "create_time": 1e30}]}}'),
	(42, 'profile', 'tiktok', '{"data": {"user": {"open_id": "1"}}}'),
	(43, 'profile', 'tiktok', '{"data": {"videos": []}}'),
	(44, 'post', 'x', '{"data": {"id": "1", "username": "ann"}}'),
	(45, 'profile', 'x', '{"data": {"id": "1", "text": "ann"}}'),
	(46, 'post', 'x', '{"data": [{"id": "1", "public_metrics": {"retweet_count": 9223372036854775807, "quote_count": 1}}]}'),
	(47, 'post', 'x', '{"data": [[]]}'),
	(48, 'post', 'x', '{"errors": []}'),
	(49, 'post', 'tiktok', '{"data": {"videos": [{"id": "1", "like_count": 1, "create_time": 1633305600000}]}}'),
	(50, 'post', 'instagram', '{"data": [{"name": "likes", "id": "1/insights/likes/lifetime", "values": [{"value": 5}]}, {"name": "reach", "id": "2/insights/reach/lifetime", "values": [{"value": 7}]}]}'),
	(51, 'post', 'instagram', '{"data": [{"name": "reach", "id": "1/insights/reach/lifetime", "values": [{"value": 5}]}, {"name": "reach", "id": "2/insights/reach/lifetime", "values": [{"value": 7}]}]}'),
	(52, 'post', 'instagram', '{"id": "1", "timestamp": "2019-04-05T07:56:32+0000"}'),
	(53, 'post', 'instagram', '{"data": [{"id": "1", "like_count": 1}, {"id": "2", "likeCount": 1}]}'),
	(54, 'post', 'instagram', '{"id": "1", "like_count": 1, "insights": "none"}'),
	(55, 'post', 'tiktok', '[{"id": "1", "diggs": 5}]'),
	(56, 'post', 'youtube', '{"items": [{"id": "1", "snippet": {}, "statistics": {"likes": "5"}}]}'),
	(57, 'post', 'x', '{"data": {"id": "1", "public_metrics": {"followers_count": 5, "like_count": 7}}}')
) AS v (n, what, platform, payload) ORDER BY n;

-- times
SELECT text, pg_temp.try(format('SELECT * FROM post_metrics(''instagram'', %L)', jsonb_build_object('id', '1', 'like_count', 1, 'timestamp', text))) FROM (VALUES
	('2020-02-29T23:59:60Z'), ('2020-02-30T00:00:00Z'), ('2100-02-29T00:00:00Z'), ('0000-01-01T00:00:00Z'), ('2020-01-01T24:00:00Z'), ('2020-01-01T00:60:00Z'),
	('2020-01-01T00:00:00+1600'), ('2020-01-01T00:00:00+05:3'), ('2020-01-01T00:00:00.Z'), ('2020-01-01'), ('yesterday'), ('infinity'), (''), ('2020-01-01T00:00:00Zjunk'))
	AS v (text);
\pset tuples_only off
\pset format aligned

-- what posts say beside their counts
SELECT post_id, caption, media_type, permalink, is_sponsored FROM post_metrics('instagram', '{"data": [{"id": "1", "like_count": 1, "caption": "Which one?", "media_type": "IMAGE", "permalink": "https://example.com/p/1"}]}')
UNION ALL SELECT post_id, caption, media_type, permalink, is_sponsored FROM post_metrics('youtube', '{"items": [{"id": "2", "snippet": {"title": "A title", "description": "#ad"}, "statistics": {"viewCount": "1"}, "paidProductPlacementDetails": {"hasPaidProductPlacement": true}}]}')
UNION ALL SELECT post_id, caption, media_type, permalink, is_sponsored FROM post_metrics('x', '{"data": [{"id": "3", "text": "short", "note_tweet": {"text": "a long text"}, "public_metrics": {"like_count": 1}}]}')
UNION ALL SELECT post_id, caption, media_type, permalink, is_sponsored FROM post_metrics('instagram', '{"items": [{"pk": "4", "code": "c", "like_count": 1, "caption": {"text": "hi"}, "media_type": 8, "is_paid_partnership": false}]}');

-- shapes of other answers and of scrapers: counts that are hidden, comments that are off, retweets
\pset null ~
SELECT post_id, published_at, likes, comments, shares, saves, views, reach FROM (VALUES
	(1, 'instagram', '{"mentioned_media": {"id": "1", "like_count": 5, "comments_count": 2}, "id": "99"}'::jsonb),
	(2, 'instagram', '{"id": "2", "like_count": 5, "is_comment_enabled": false}'),
	(3, 'instagram', '{"data": [{"name": "replies", "period": "lifetime", "values": [{"value": 4}], "id": "3/insights/replies/lifetime"}, {"name": "reach", "period": "lifetime", "values": [{"value": 40}], "id": "3/insights/reach/lifetime"}]}'),
	(4, 'instagram', '[{"id": "4a", "likesCount": 389, "commentsCount": 12, "videoPlayCount": 900, "timestamp": "2026-04-05T07:56:32.000Z"}, {"id": "4b", "likesCount": -1, "commentsCount": 12}, {"id": "4c", "likesCount": 3, "isCommentsDisabled": true}]'),
	(5, 'instagram', '[{"id": "9", "followersCount": 5, "latestPosts": [{"id": "5", "likesCount": 7, "commentsCount": 0}]}]'),
	(6, 'instagram', '{"edge_followed_by": {"count": 5}, "edge_owner_to_timeline_media": {"edges": [{"node": {"id": "6a", "taken_at_timestamp": 1700000000, "edge_liked_by": {"count": 9}, "edge_media_to_comment": {"count": 2}}}, {"node": {"id": "6b", "edge_media_preview_like": {"count": -1}, "edge_media_to_comment": {"count": 2}}}]}}'),
	(7, 'instagram', '{"items": [{"pk": "7", "code": "abc", "taken_at": 1700000000, "like_count": 3, "comment_count": 1, "play_count": 50}, {"pk": "7b", "like_count": 3, "like_and_view_counts_disabled": true, "comment_count": 1}]}'),
	(8, 'tiktok', '[{"id": "8", "diggCount": 4165, "commentCount": 58, "shareCount": 3, "playCount": 18800, "createTime": 1607000000, "authorMeta": {"fans": 120000}}]'),
	(9, 'tiktok', '{"itemInfo": {"itemStruct": {"id": "9", "createTime": "1700000000", "statsV2": {"diggCount": "12", "commentCount": "3", "playCount": "99", "collectCount": "4"}}}}'),
	(10, 'tiktok', '{"itemList": [{"id": "10", "stats": {"diggCount": 12, "commentCount": 3, "shareCount": 1, "playCount": 99}}]}'),
	(11, 'tiktok', '{"data": {"videos": [{"video_id": 11, "like_count": 1}]}}'),
	(12, 'tiktok', '{"aweme_list": [{"aweme_id": "12", "statistics": {"digg_count": 5, "comment_count": 1, "play_count": 50}}]}'),
	(13, 'x', '{"data": [{"id": "13", "text": "a", "organic_metrics": {"like_count": 3, "retweet_count": 1, "reply_count": 2, "impression_count": 50}}]}'),
	(14, 'x', '{"data": [{"id": "14a", "public_metrics": {"like_count": 0, "reply_count": 0, "retweet_count": 48000, "quote_count": 0}, "referenced_tweets": [{"type": "retweeted", "id": "9"}]},
		{"id": "14b", "public_metrics": {"like_count": 1, "reply_count": 0, "retweet_count": 4, "quote_count": 0}, "referenced_tweets": [{"type": "quoted", "id": "9"}]}]}'),
	(15, 'Twitter', '[{"id_str": "15", "id": 15, "created_at": "Wed Oct 10 20:19:24 +0000 2018", "full_text": "hi", "favorite_count": 3, "retweet_count": 1},
		{"id_str": "16", "favorite_count": 0, "retweet_count": 48000, "retweeted_status": {"id_str": "1"}}]'),
	(16, 'TIKTOK', '{"data": [{"id": "17", "engagement": {"like_count": 5, "comment_count": 1, "view_count": null, "play_count": 7}, "published_at": "2026-04-05T15:14:39.000+00:00"}]}'),
	(17, 'phyllo', '{"profile": {"recent_contents": [{"url": "https://example.com/p/18", "engagement": {"like_count": null, "comment_count": null}}]}}'),
	(18, 'modash', '{"profile": {"recentPosts": [{"id": "19", "likes": 5, "comments": 1, "created": "2026-04-05T07:56:32.000Z"}]}}'),
	(20, 'phyllo', '{"data": [{"id": "20", "engagement": {"like_count": 5, "comment_count": 1}, "published_at": "2026-04-05T15:14:39"},
		{"id": "21", "engagement": {"like_count": 5, "comment_count": 1}, "published_at": "2026-04-05T15:14:39+02:00"}]}'))
	AS v (n, platform, payload), post_metrics(platform, payload) ORDER BY n, post_id;
SELECT n, p.* FROM (VALUES
	(1, 'instagram', '{"data": {"user": {"id": "1", "username": "ann", "edge_followed_by": {"count": 5}, "edge_follow": {"count": 6}, "edge_owner_to_timeline_media": {"count": 7}}}}'::jsonb),
	(2, 'instagram', '[{"id": "2", "username": "ann", "followersCount": 5, "followsCount": 6, "postsCount": 7}]'),
	(3, 'instagram', '{"user": {"pk": 3, "username": "ann", "follower_count": 5, "following_count": 6, "media_count": 7}}'),
	(4, 'tiktok', '{"userInfo": {"user": {"id": "4", "uniqueId": "ann"}, "stats": {"followerCount": 5, "followingCount": 6, "videoCount": 7}, "statsV2": {"followerCount": "8"}}}'),
	(5, 'tiktok', '{"authorMeta": {"id": "5", "name": "ann", "fans": 5, "following": 6, "video": 7}}'),
	(6, 'x', '[{"id_str": "6", "screen_name": "ann", "followers_count": 5, "friends_count": 6, "statuses_count": 7, "created_at": "Wed Oct 10 20:19:24 +0000 2018"}]'),
	(7, 'phyllo', '{"data": [{"id": "a", "external_id": "7", "platform_username": "ann", "reputation": {"follower_count": 5, "following_count": 6, "content_count": 7}}]}'),
	(8, 'insightiq', '{"profile": {"external_id": "8", "platform_username": "ann", "follower_count": null, "subscriber_count": 5}}'),
	(9, 'modash', '{"profile": {"userId": "9", "profile": {"username": "ann", "followers": 5}}}'),
	(10, 'iqdata', '{"account": {"user_profile": {"user_id": "10", "username": "ann", "followers": 5}}}'),
	(11, 'hypeauditor', '{"result": {"report": {"basic": {"id": "11", "username": "ann"}, "metrics": {"subscribers_count": {"value": 5}, "media_count": {"value": 7}}}}}'))
	AS v (n, platform, payload), profile_metrics(platform, payload) AS p ORDER BY n;

-- files of downloaders, and what scrapers and vendors make of it: all that they tell is read
SELECT n, p.post_id, p.published_at, p.likes, p.comments, p.shares, p.saves, p.views, p.reach, p.caption, p.media_type, p.permalink, p.is_sponsored FROM (VALUES
	(1, 'instagram', '{"node": {"__typename": "GraphImage", "id": "1", "taken_at_timestamp": 1700000000, "edge_media_preview_like": {"count": 55}, "edge_media_to_comment": {"count": 4}, "edge_media_to_caption": {"edges": [{"node": {"text": "hi"}}]}}, "instaloader": {"node_type": "Post"}}'::jsonb),
	(2, 'instagram', '{"node": {"__typename": "GraphVideo", "id": 2, "date": 1700000000, "caption": "hi", "edge_media_preview_like": {"count": -1}, "video_view_count": 80, "iphone_struct": {"pk": 2, "like_count": -1, "comment_count": 7}}, "instaloader": {"node_type": "Post"}}'),
	(3, 'instagram', '[{"pk": "3", "id": "3_1", "code": "a", "taken_at": "2023-11-14T22:13:20Z", "taken_at_ts": 1700000000, "media_type": 1, "like_count": 3, "comment_count": 1, "caption_text": "hey", "play_count": 0, "view_count": 0}]'),
	(4, 'instagram', '{"pk": "4", "id": "4_1", "taken_at": "2023-11-14T22:13:20+00:00", "media_type": 2, "like_count": 3, "comment_count": 1, "caption_text": "", "view_count": 70}'),
	(5, 'instagram', '[{"id": "5_1", "code": "a", "taken_at": 1700000000, "like_count": 8, "comment_count": 2, "caption": {"text": "x"}}]'),
	(6, 'instagram', '{"data": {"xdt_api__v1__feed__user_timeline_graphql_connection": {"edges": [{"node": {"pk": "6", "code": "a", "taken_at": 1700000000, "like_count": 8, "comment_count": 2, "caption": {"text": "x"}, "media_type": 1}}]}}, "status": "ok"}'),
	(7, 'instagram', '[{"url": "https://example.com/p/a", "user_posted": "ann", "description": "hi", "num_comments": 3, "date_posted": "2024-05-05T10:00:00.000Z", "likes": 44, "post_id": "7", "content_type": "Reel", "video_play_count": 900, "is_paid_partnership": true}]'),
	(8, 'youtube', '{"id": "8", "title": "t", "description": "d", "timestamp": 1700000000, "view_count": 100, "like_count": 7, "comment_count": 2, "channel_follower_count": 1000, "webpage_url": "https://example.com/8", "extractor": "youtube"}'),
	(9, 'youtube', '{"_type": "playlist", "id": "UU", "entries": [{"id": "9", "ie_key": "Youtube", "view_count": 100, "title": "t"}]}'),
	(10, 'youtube', '[{"title": "t", "id": "10", "url": "https://example.com/10", "viewCount": 100, "date": "2024-05-05T10:00:00.000Z", "likes": 7, "commentsCount": null, "commentsTurnedOff": true, "type": "shorts", "text": "d"}]'),
	(11, 'tiktok', '{"id": "11", "title": "t", "description": "d", "timestamp": 1700000000, "view_count": 99, "like_count": 5, "comment_count": 1, "repost_count": 2, "save_count": 3, "webpage_url": "https://example.com/11", "extractor": "TikTok"}'),
	(12, 'tiktok', '{"code": 0, "message": "OK", "data": {"videos": [{"item_id": "12", "caption": "c", "create_time": "1700000000", "share_url": "https://example.com/12", "likes": 7, "comments": 2, "shares": 1, "video_views": 100, "reach": 90, "favorites": 3}]}}'),
	(13, 'tiktok', '{"code": 0, "msg": "success", "data": {"videos": [{"aweme_id": "v1", "video_id": "13", "title": "t", "create_time": 1700000000, "digg_count": 5, "comment_count": 1, "share_count": 0, "play_count": 99, "collect_count": 2}]}}'),
	(14, 'tiktok', '{"code": 0, "msg": "success", "data": {"aweme_id": "14", "id": "14", "title": "t", "create_time": 1700000000, "digg_count": 5, "comment_count": 1, "share_count": 0, "play_count": 99, "is_ad": false}}'),
	(15, 'tiktok', '[{"url": "https://example.com/15", "post_id": "15", "description": "d", "create_time": "2024-05-05T10:00:00.000Z", "digg_count": 5, "share_count": "1", "collect_count": 2, "comment_count": 1, "play_count": 99}]'),
	(16, 'tiktok', '{"data": {"itemList": [{"id": "16", "desc": "d", "createTime": 1700000000, "stats": {"diggCount": 5, "commentCount": 1, "shareCount": 0, "playCount": 99}}]}}'),
	(17, 'tiktok', '{"ItemModule": {"17": {"id": "17", "desc": "d", "createTime": "1700000000", "stats": {"diggCount": 5, "commentCount": 1, "shareCount": 1, "playCount": 9}}}}'),
	(18, 'tiktok', '{"data": [{"aweme_id": "18", "create_time": 1700000000, "desc": "d", "statistics": {"digg_count": 5, "comment_count": 1, "play_count": 9}}], "nextCursor": 10}'),
	(19, 'x', '[{"url": "https://example.com/19", "date": "2023-01-05T10:00:00+00:00", "rawContent": "t", "id": 19, "replyCount": 1, "retweetCount": 2, "likeCount": 3, "quoteCount": 1, "viewCount": 55, "retweetedTweet": null}, {"id": 20, "likeCount": 0, "retweetCount": 9, "retweetedTweet": {"id": 1}}]'),
	(20, 'x', '{"tweets": [{"id": "21", "fullText": "t", "createdAt": "Fri Nov 24 17:49:36 +0000 2023", "retweetCount": 1, "replyCount": 2, "likeCount": 3, "quoteCount": 0, "bookmarkCount": 4, "viewCount": 90, "isRetweet": false}]}'),
	(21, 'x', '{"data": {"tweetResult": {"result": {"rest_id": "22", "legacy": {"created_at": "Fri Nov 24 17:49:36 +0000 2023", "favorite_count": 3, "reply_count": 1, "retweet_count": 2, "quote_count": 1, "bookmark_count": 1, "full_text": "t"}, "views": {"count": "90"}}}}}'),
	(22, 'x', '[{"tweet": {"id_str": "23", "full_text": "t", "favorite_count": "3", "retweet_count": "1", "created_at": "Fri Nov 24 17:49:36 +0000 2023"}}]'),
	(23, 'x', '[{"id": "24", "user_posted": "ann", "description": "t", "date_posted": "2024-05-05T10:00:00.000Z", "likes": 10, "replies": 7, "reposts": 3, "quotes": 2, "bookmarks": 1, "views": 4011, "is_repost": false}]'),
	(24, 'phyllo', '{"data": [{"external_id": "25", "engagement": {"like_count": 5}, "published_at": "2022-08-05T15:14:39.5"}]}')
) AS v (n, platform, payload), post_metrics(platform, payload) AS p ORDER BY n, post_id;
SELECT n, p.* FROM (VALUES
	(1, 'instagram', '{"node": {"id": "1", "username": "ann", "edge_followed_by": {"count": 5}, "edge_follow": {"count": 6}, "edge_owner_to_timeline_media": {"count": 7}}, "instaloader": {"node_type": "Profile"}}'::jsonb),
	(2, 'youtube', '{"channel_id": "2", "channel": "Ann", "uploader_id": "@ann", "channel_follower_count": 5, "_type": "playlist", "entries": []}'),
	(3, 'youtube', '[{"channelName": "Ann", "channelId": "3", "numberOfSubscribers": 5, "channelTotalVideos": 7, "channelTotalViews": "1,710"}]'),
	(4, 'x', '{"data": {"user": {"result": {"rest_id": "4", "legacy": {"screen_name": "ann", "followers_count": 5, "friends_count": 6, "statuses_count": 7, "created_at": "Wed Oct 10 20:19:24 +0000 2018"}}}}}'),
	(5, 'x', '[{"type": "user", "userName": "ann", "id": "5", "followers": 5, "following": 6, "statusesCount": 7}]'),
	(8, 'tiktok', '{"code": 0, "message": "OK", "data": {"username": "ann", "followers_count": 5, "following_count": 6, "videos_count": 7}}'),
	(9, 'tiktok', '{"code": 0, "data": {"user": {"id": "9", "uniqueId": "ann"}, "stats": {"followerCount": 5, "followingCount": 6, "videoCount": 7}}}'),
	(10, 'tiktok', '{"user": {"uid": "10", "unique_id": "ann", "follower_count": 5, "following_count": 6, "aweme_count": 7}}'),
	(11, 'instagram', '{"data": {"id": "11", "username": "ann", "follower_count": 5, "following_count": 6, "media_count": 7}}'),
	(12, 'modash', '{"userId": "12", "profile": {"followers": 5, "username": "ann"}}'),
	(7, 'tiktok', '[{"id": "1", "diggCount": 1, "authorMeta": {"id": "7", "name": "ann", "fans": 5}}, {"id": "2", "diggCount": 1, "authorMeta": {"id": "7", "name": "ann", "fans": 6}}]'),
	(6, 'x', '{"username": "ann", "id": 6, "followersCount": 5, "friendsCount": 6, "statusesCount": 7}')
) AS v (n, platform, payload), profile_metrics(platform, payload) AS p ORDER BY n;
-- All of the first one counts, whatever is read after it.
SELECT * FROM profile_metrics('{"items": [{"id": "1", "name": "ann", "fans": 5, "since": 1600000000}, {"id": "1", "name": "bob", "fans": 6, "since": 1700000000},
		{"id": "1", "name": "eve", "fans": 7, "since": 1800000000}]}'::jsonb,
	'{"profile": "items[]", "profile_id": "id", "username": "name", "followers": "fans", "created_at": {"path": "since", "as": "epoch"}}');
\pset null ''

-- enums and domains name platforms
CREATE TYPE pg_temp.network AS ENUM ('INSTAGRAM', 'twitter', 'mastodon');
CREATE DOMAIN pg_temp.platform AS text;
CREATE DOMAIN pg_temp.chosen AS pg_temp.network CHECK (VALUE <> 'mastodon');
CREATE DOMAIN pg_temp.chosen_again AS pg_temp.chosen;
CREATE DOMAIN pg_temp.short_platform AS varchar(10);
SELECT p.post_id, t.username, try.likes, a.part FROM (VALUES ('INSTAGRAM'::pg_temp.chosen)) AS v (network), post_metrics(network, '{"id": "1", "like_count": 1}') AS p,
	try_profile_metrics(network, '{"followers_count": 2, "username": "ann"}') AS t, try_post_metrics(network, '{"id": "1", "like_count": 3}') AS try,
	audience_metrics(network, '{"data": [{"name": "audience_country", "values": [{"value": {"DE": 5}}]}]}') AS a;
SELECT p.username, countries, payload_mapping(network) = payload_mapping('INSTAGRAM') AS mapping FROM (VALUES ('INSTAGRAM'::pg_temp.chosen_again)) AS v (network),
	profile_metrics(network, '{"followers_count": 2, "username": "ann"}') AS p, audience_profile(network, '{"data": [{"name": "audience_country", "values": [{"value": {"DE": 5}}]}]}');
SELECT count(*) FROM post_metrics('Instagram'::varchar(12), '{"id": "1", "like_count": 1}') AS a, post_metrics('instagram'::pg_temp.short_platform, '{"id": "1", "like_count": 1}') AS b,
	post_metrics('instagram'::name, '{"id": "1", "like_count": 1}') AS c, post_metrics('instagram'::char(20), '{"id": "1", "like_count": 1}') AS d;
SELECT count(*) FROM post_metrics(NULL::pg_temp.chosen, '{"id": "1", "like_count": 1}');
SELECT * FROM post_metrics(5, '{"id": "1", "like_count": 1}'::jsonb);
SELECT * FROM profile_metrics('{}'::json, '{"followers_count": 1}'::jsonb);
SELECT * FROM audience_metrics('2026-01-01'::date, '{}'::jsonb);
SELECT payload_mapping(true);
SELECT post_id FROM post_metrics('INSTAGRAM'::pg_temp.network, '{"id": "1", "like_count": 1}');
SELECT post_id FROM post_metrics('instagram'::pg_temp.platform, '{"id": "1", "like_count": 1}'::jsonb);
SELECT username FROM unnest(enum_range(NULL, 'twitter'::pg_temp.network)) AS n, profile_metrics(n, CASE n WHEN 'twitter' THEN '{"data": {"id": "1", "username": "x", "public_metrics": {"followers_count": 1}}}'::jsonb ELSE '{"followers_count": 2, "username": "instagram"}' END);
SELECT post_id FROM post_metrics('mastodon'::pg_temp.network, '{}');

-- errors of platforms, and what says nothing
\pset tuples_only on
\pset format unaligned
SELECT pg_temp.try(format('SELECT * FROM post_metrics(%L, %L)', platform, payload)) FROM (VALUES
	(1, 'instagram', '{"error": {"message": "Invalid OAuth access token.", "type": "OAuthException", "code": 190}}'),
	(2, 'tiktok', '{"data": {}, "error": {"code": "access_token_invalid", "message": "The access token is invalid.", "log_id": "1"}}'),
	(3, 'tiktok', '{"data": {"videos": []}, "error": {"code": "ok", "message": ""}}'),
	(4, 'tiktok', '{"data": {"videos": []}, "error": {"code": "rate_limit_exceeded", "message": ""}}'),
	(5, 'x', '{"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Not authorized."}'),
	(6, 'x', '{"errors": [{"message": "Could not authenticate you.", "code": 32}]}'),
	(7, 'youtube', '{"error": {"code": 403, "message": "Quota exceeded.", "errors": [{"reason": "quotaExceeded"}]}}'),
	(8, 'phyllo', '{"error": {"type": "RECORD_NOT_FOUND", "code": "not_found", "message": "There is none."}}'),
	(9, 'instagram', '{"status": "fail", "message": "Please wait."}'),
	(10, 'instagram', '{"error": true}'),
	(11, 'instagram', '{"success": false}'),
	(12, 'instagram', '{"error": null}'),
	(15, 'tiktok', '{"code": 40001, "message": "Access token is incorrect.", "request_id": "1", "data": {}}'),
	(16, 'tiktok', '{"code": -1, "msg": "Url parsing is failed!"}'),
	(18, 'tiktok', '{"message": "You have exceeded the MONTHLY quota for Requests on your current plan"}'),
	(17, 'instagram', '[{"url": "https://example.com", "error": "not_found", "errorDescription": "Post does not exist"}]'),
	(13, 'x', 'null'),
	(14, 'x', '{"data": [{"id": "1", "public_metrics": {"like_count": 1}}], "errors": [{"message": "One was deleted."}]}')
) AS v (n, platform, payload) ORDER BY n;
-- a code of its own for success, and no posts
SELECT count(*) FROM post_metrics('{"code": 10000, "msg": "OK", "items": []}'::jsonb, '{"posts": "items[]", "post_id": "k", "likes": "l"}');
SELECT profile_metrics('x', 'null') IS NULL;

-- a shape of one's own
\pset tuples_only off
\pset format aligned
SELECT post_id, published_at, likes, comments, views, is_sponsored, media_type FROM post_metrics('{"result": {"pages": [{"items": [{"n": 1, "at": 1700000000500, "l": "5", "c": -1, "v": [1, 2], "ad": true}, {"n": 2, "l": 6, "off": true}]}, {"items": []}, {"items": [{"n": 3, "l": null, "kind": "repost"}, {"n": 4, "l": null}]}]}}'::jsonb,
	'{"name": "our crawler", "posts": "result.pages[].items[]", "hidden": -1, "skip": {"path": "kind", "is": "repost"}, "post_id": "n", "published_at": {"path": "at", "as": "epoch_ms"}, "likes": "l",
	"comments": {"path": "c", "zero_if": "off"}, "views": {"sum": ["v[0]", "v[1]"]}, "is_sponsored": "ad", "media_type": {"value": "post"}}');
SELECT * FROM profile_metrics('{"who": {"id": "a", "stats": [{"metric": "fans", "n": 9}, {"metric": "posts", "n": 3}]}}'::jsonb,
	'{"profile": "who", "profile_id": "id", "followers": "stats[metric=fans].n", "posts": "stats[metric=posts].n"}');
-- the first shape that is there counts; a built-in one is a mapping too
SELECT post_id, likes FROM post_metrics('{"videos": [{"key": "a", "hearts": 3}]}'::jsonb, '{"posts": "videos[]", "post_id": "key", "likes": "hearts"}'::jsonb || payload_mapping('tiktok'));
SELECT post_id, likes FROM post_metrics('{"videos": [{"id": "b", "like_count": 4}]}'::jsonb, '{"posts": "videos[]", "post_id": "key", "likes": "hearts"}'::jsonb || payload_mapping('tiktok'));
SELECT platform, jsonb_array_length(payload_mapping(platform)) > 0 AS shapes, payload_mapping(platform) @> '[{"name": "Phyllo: profile"}]' AS phyllo FROM unnest('{instagram,youtube,tiktok,x,Twitter,insightiq,phyllo,modash,iqdata,hypeauditor}'::text[]) AS platform;
SELECT payload_mapping(NULL) IS NULL AS null;
-- every shape has a name, and is compiled
SELECT DISTINCT s ->> 'name' FROM unnest('{instagram,youtube,tiktok,x}'::text[]) AS platform, jsonb_array_elements(payload_mapping(platform)) AS s WHERE s ->> 'name' IS NULL;
SELECT platform, count(*) FROM unnest('{instagram,youtube,tiktok,x}'::text[]) AS platform, post_metrics('[]'::jsonb, payload_mapping(platform)) GROUP BY 1;
\pset tuples_only on
\pset format unaligned
SELECT pg_temp.try(format('SELECT * FROM post_metrics(''{"a": [{"id": 1, "l": 1}]}''::jsonb, %L)', mapping)) FROM (VALUES
	(1, '5'),
	(2, '[]'),
	(3, '{}'),
	(4, '{"profile": "", "followers": "l"}'),
	(5, '{"posts": "a[]"}'),
	(6, '{"posts": "a[]", "post_id": "id"}'),
	(7, '{"posts": "a[]", "like": "l"}'),
	(8, '{"posts": 5, "likes": "l"}'),
	(9, '{"posts": [], "likes": "l"}'),
	(10, '{"posts": "a[", "likes": "l"}'),
	(11, '{"posts": "a[x]", "likes": "l"}'),
	(12, '{"posts": "a[1x]", "likes": "l"}'),
	(13, '{"posts": "a[9999999999]", "likes": "l"}'),
	(14, '{"posts": "a{x}", "likes": "l"}'),
	(15, '{"posts": "a..b", "likes": "l"}'),
	(16, '{"posts": "a[]b", "likes": "l"}'),
	(17, '{"posts": "''a", "likes": "l"}'),
	(18, '{"posts": "a[]", "likes": "l[]"}'),
	(19, '{"posts": "a[]", "likes": ""}'),
	(20, '{"posts": "a[]", "likes": {}}'),
	(21, '{"posts": "a[]", "likes": {"path": "l", "value": 5}}'),
	(22, '{"posts": "a[]", "likes": {"path": "l", "sum": ["l", "m"]}}'),
	(23, '{"posts": "a[]", "likes": {"path": "l", "as": "epoch"}}'),
	(24, '{"posts": "a[]", "likes": "l", "published_at": {"path": "t", "as": "date"}}'),
	(25, '{"posts": "a[]", "likes": "l", "caption": {"path": "t", "before": ""}}'),
	(26, '{"posts": "a[]", "likes": "l", "is_sponsored": {"value": "yes"}}'),
	(27, '{"posts": "a[]", "likes": "l", "needs": {"is": 5}}'),
	(28, '{"posts": "a[]", "likes": "l", "needs": {"path": "x", "equals": 5}}'),
	(29, '{"posts": "a[]", "likes": "l", "skip": {"path": "x", "is": {}}}'),
	(30, '{"posts": "a[]", "likes": "l", "hidden": 1.5}'),
	(31, '{"posts": "a[]", "likes": "l", "hidden": "x"}'),
	(32, '{"posts": "a[]", "likes": "l", "empty": "b[]"}'),
	(33, '{"posts": "a[]", "likes": {"path": "l", "zero_if": 5}}'),
	(34, '{"posts": "a[]", "likes": {"path": "l", "optional": 1}}'),
	(35, '{"posts": "' || repeat('a.', 16) || 'a", "likes": "l"}'),
	(36, '[{"posts": "a[]", "likes": "l"}, {"profile": "", "followers": []}]'),
	(37, '[{"posts": "a[]", "likes": "l"}, 5]'),
	(38, '{"posts": "a[]", "post_id": "key", "likes": "l"}'),
	(39, '{"posts": "b[]", "post_id": "id", "likes": "l"}'),
	(40, '{"posts": "a[]", "post_id": "id", "likes": "l"}')
) AS v (n, mapping) ORDER BY n;
SELECT pg_temp.try($$ SELECT * FROM post_metrics('{}'::jsonb, (SELECT jsonb_object_agg('posts', '') || jsonb_build_object('likes', jsonb_agg('k' || n)) FROM generate_series(1, 65) AS n)) $$);
SELECT pg_temp.try($$ SELECT * FROM post_metrics('{}'::jsonb, (SELECT jsonb_agg('{"posts": "", "likes": "l"}'::jsonb) FROM generate_series(1, 101) AS n)) $$);

-- what can't be read is said
\pset tuples_only off
\pset format aligned
SELECT post_id, likes, skipped FROM try_post_metrics('instagram', '{"data": [{"id": "1"}, {"id": "2", "like_count": -5}, {"id": "3", "like_count": 5}, 7, {"id": "4", "like_count": 1, "timestamp": "soon"}]}');
SELECT post_id, skipped FROM try_post_metrics('x', '{"errors": [{"message": "Could not authenticate you."}]}');
SELECT post_id, skipped FROM try_post_metrics('INSTAGRAM'::pg_temp.network, '{"x": true}') WHERE skipped LIKE 'None of%';
SELECT post_id, likes, skipped FROM try_post_metrics('{"a": [{"id": 1, "l": "x"}, {"id": 2, "l": 1}]}'::jsonb, '{"posts": "a[]", "post_id": "id", "likes": "l"}');
SELECT username, followers, skipped FROM try_profile_metrics('instagram', '{"business_discovery": {"id": "1", "username": "ann"}}');
SELECT username, followers, skipped FROM try_profile_metrics('instagram', '{"username": "ann", "followers_count": 1}');
SELECT username, followers, skipped FROM try_profile_metrics('twitter'::pg_temp.network, '{"data": [{"username": "a", "public_metrics": {"followers_count": 1}}, {"username": "b", "public_metrics": {"followers_count": 1}}]}');
SELECT followers, skipped FROM try_profile_metrics('{"f": 1.5}'::jsonb, '{"profile": "", "followers": "f"}');
SELECT part, composition, skipped FROM try_audience_metrics('modash', '{"profile": {"audience": {"genders": [{"code": "MALE"}], "ages": [{"code": "18-24", "weight": 0.5}]}}}');
SELECT part, composition, skipped FROM try_audience_metrics('modash', '{"error": true}');
SELECT part, composition, skipped FROM try_audience_metrics('Modash', '{"profile": {}}') WHERE skipped LIKE 'None of%';

-- audience reports: what is cut off is the rest
SELECT part, composition, unknown_share(composition) FROM audience_metrics('modash', '{"profile": {"audience": {
	"geoCountries": [{"code": "DE", "name": "Germany", "weight": 0.5}, {"code": "AT", "weight": 0.25}],
	"genders": [{"code": "FEMALE", "weight": 0.75}, {"code": "MALE", "weight": 0.25}],
	"gendersPerAge": [{"code": "18-24", "male": 0.125, "female": 0.5}, {"code": "25-34", "male": 0.125, "female": 0.25}],
	"interests": [{"name": "Travel", "weight": 0.75}, {"name": "Food", "weight": 0.5}], "languages": null}}}') ORDER BY part;
SELECT part, composition FROM audience_metrics('iqdata', '{"match": {"audience_likers": {"data": {"audience_geo": {"countries": [{"code": "US", "weight": 0.5}]}}}}}');
SELECT part, composition FROM audience_metrics('insightiq', '{"profile": {"audience": {"countries": [{"code": "US", "value": 50}],
	"gender_age_distribution": [{"gender": "MALE", "age_range": "18-24", "value": 20}, {"gender": "FEMALE", "age_range": "18-24", "value": 30}, {"gender": "FEMALE", "age_range": "25-34", "value": 50}],
	"follower_types": [{"name": "real", "value": 80}], "follower_reachability": [{"following_range": "<500", "value": 60}]},
	"audience_likers": {"countries": [{"code": "GB", "value": 25}], "gender_distribution": [{"gender": "MALE", "value": 40}, {"gender": "FEMALE", "value": 60}]}}}') ORDER BY part;
SELECT part, composition FROM audience_metrics('hypeauditor', '{"report_state": "READY", "user": {"demography": [{"gender": "F", "value": 60}, {"gender": "M", "value": 40}],
	"demography_by_age": [{"gender": "female", "value": 60, "by_age_group": [{"group": "18-24", "value": 45}, {"group": "25-34", "value": 15}]},
		{"gender": "male", "value": 40, "by_age_group": [{"group": "18-24", "value": 25}, {"group": "25-34", "value": 75}]}],
	"audience_geography": {"countries": [{"name": "United Kingdom", "code": "uk", "value": 12.5}]}, "audience_type": {"real": 70, "susp": 10, "infs": 5, "mass": 15}}}') ORDER BY part;
SELECT part, composition FROM audience_metrics('instagram', '{"data": [
	{"name": "follower_demographics", "total_value": {"breakdowns": [{"dimension_keys": ["country"], "results": [{"dimension_values": ["DE"], "value": 310}, {"dimension_values": ["AT"], "value": 90}]}]}},
	{"name": "engaged_audience_demographics", "total_value": {"breakdowns": [{"dimension_keys": ["age", "gender"], "results": [{"dimension_values": ["18-24", "F"], "value": 5}]}]}},
	{"name": "reach", "total_value": {"value": 9}}]}') ORDER BY part;
SELECT part, composition FROM audience_metrics('iqdata', '{"audience_followers": {"success": true, "data": {"audience_geo": {"countries": [{"code": "US", "name": "United States", "weight": 0.5}]},
	"audience_genders_per_age": [{"code": "18-24", "male": 0.25, "female": 0.5}, {"code": "65-", "female": 0.125}], "audience_interests": [{"name": "Travel", "weight": 0.75}]}},
	"audience_likers": {"data": {"audience_genders": [{"code": "MALE", "weight": 0.5}]}}}');
SELECT part, composition FROM audience_metrics('hypeauditor', '{"result": {"report_state": "READY", "report": {"features": {"audience_geo": {"data": [{"title": "us", "prc": 39.22}, {"title": "in", "prc": 10.22}]},
	"audience_age_gender": {"data": {"18-24": {"male": 20, "female": 35.5}, "25-34": {"male": 30, "female": 14.5}}}, "audience_languages": {"data": [{"title": "en", "prc": 90.12}]}}}}}');
-- empty lists, as of an account with too few followers; features that are null; what is null is rest, or unknown
SELECT part, composition FROM audience_metrics('modash', '{"profile": {"audience": {"geoCountries": [], "gendersPerAge": []}}}');
SELECT part, composition FROM audience_metrics('instagram', '{"data": [{"name": "follower_demographics", "total_value": {"breakdowns": [{"dimension_keys": ["age"]}]}}]}');
SELECT part, composition FROM audience_metrics('instagram', '{"data": []}');
SELECT part, composition FROM audience_metrics('hypeauditor', '{"features": {"audience_geo": null, "audience_age_gender": {"data": []}}}');
SELECT part, composition FROM audience_metrics('insightiq', '{"profile": {"audience": {"gender_age_distribution": [{"gender": null, "age_range": "18-24", "value": 40}, {"gender": "MALE", "age_range": "18-24", "value": null}]}}}');
SELECT count(*) FROM audience_metrics('modash', NULL);
-- one name for one thing
SELECT part, composition FROM audience_metrics('HypeAuditor', '{"demography": [{"gender": "F", "value": 40}, {"gender": "male", "value": 50}, {"gender": "U", "value": 10}], "audience_geography": {"countries": [{"code": "uk", "value": 5}, {"code": "de", "value": 6}]},
	"audience_languages": {"data": [{"title": "EN", "prc": 50}]}}') ORDER BY part;
SELECT part, composition FROM audience_metrics('instagram', '{"data": [{"name": "audience_gender_age", "period": "lifetime", "values": [{"value": {"F.18-24": 100, "M.65+": 50, "U.18-24": 10}}]},
	{"name": "audience_country", "values": [{"value": {"DE": 5, "US": 3}}]}, {"name": "audience_locale", "values": [{"value": {"en_US": 5, "en_GB": 3}}]}, {"name": "audience_city", "values": [{"value": {"Berlin, Berlin": 4}}]}]}') ORDER BY part;
SELECT age, labels(composition) FROM unnest('{18-24,65-,65+,>65,"65 and over",<18,-17,age18-24,AGE_18_24,"18 – 24",old,1-2-3,2000-2010,18,""}'::text[]) AS age,
	audience_metrics('modash', jsonb_build_object('audience', jsonb_build_object('ages', jsonb_build_array(jsonb_build_object('code', age, 'weight', .5)))));
-- other places and forms
SELECT part, composition FROM audience_metrics('phyllo', '{"countries": [{"code": "us", "value": 60.5}], "cities": [{"name": "Boston", "value": 3}], "gender_age_distribution": [{"gender": "FEMALE", "age_range": "18-24", "value": 100}]}') ORDER BY part;
SELECT part, composition FROM audience_metrics('insightiq', '{"profile": {"audience": {"languages": [{"code": "en", "value": 50}], "interests": [{"name": "Music", "value": 3.5}], "brand_affinity": [{"name": "Acme", "value": 2}]}}}') ORDER BY part;
SELECT part, composition FROM audience_metrics('hypeauditor', '{"result": {"report": {"features": {"audience_geo": {"data": {"groups": {"x": 1}, "countries": [{"id": "ru", "code": "ru", "prc": 62.34}]}},
	"audience_age_gender": {"data": {"18-24": {"male": 40, "female": 60}}}, "audience_by_type": {"data": {"real": 60, "bots": 10, "infs": 10, "mass": 20}}, "audience_languages": {"disabled": true, "data": "none"}}}}}') ORDER BY part;
-- no audience, and errors
SELECT part, composition FROM audience_metrics('iqdata', '{"audience_likers": {"success": false, "error": "empty_audience"}}');
SELECT part, composition FROM audience_metrics('iqdata', '{"success": false, "error": "empty_audience"}');
SELECT part, composition FROM audience_metrics('iqdata', '{"success": false, "error": "retry_later"}');
SELECT part, composition FROM audience_metrics('modash', 'null');
-- in one row
SELECT * FROM audience_profile('modash', '{"profile": {"audience": {"geoCountries": [{"code": "DE", "weight": 0.5}], "geoCities": [{"name": "Bonn", "weight": 0.25}], "genders": [{"code": "FEMALE", "weight": 0.75}, {"code": "MALE", "weight": 0.25}], "ages": [{"code": "65-", "weight": 1}],
	"gendersPerAge": [{"code": "18-24", "female": 1}], "languages": [{"code": "de", "weight": 1}], "interests": [{"name": "Food", "weight": 0.5}], "audienceTypes": [{"code": "real", "weight": 1}], "audienceReachability": [{"code": "-500", "weight": 1}], "brandAffinity": [{"name": "Acme", "weight": 0.5}]}}}') \gx
SELECT share(genders, 'FEMALE') AS female, countries IS NULL AS countries FROM audience_profile('insightiq', '{"audience": {"gender_distribution": [{"gender": "female", "value": 60}]}}');
SELECT audience_profile('modash', 'null') IS NULL AS json_null, audience_profile('modash', NULL) IS NULL AS null;
SELECT ages FROM audience_profile('modash', '{"profile": {}}');
\pset tuples_only on
\pset format unaligned
SELECT pg_temp.try(format('SELECT * FROM audience_metrics(%L, %L)', source, payload)) FROM (VALUES
	(1, 'nobody', '{}'),
	(2, 'iqdata', '{"match": {}}'),
	(3, 'iqdata', '5'),
	(4, 'modash', '{"profile": {"audience": {"genders": [{"code": "MALE", "weight": "half"}]}}}'),
	(5, 'insightiq', '{"profile": {"audience": {"countries": [{"code": "US", "value": 150}]}}}'),
	(6, 'hypeauditor', '{"user": {"demography": {"F": 60}}}'),
	(7, 'hypeauditor', '{"user": {"demography": [{"value": 60}]}}'),
	(8, 'hypeauditor', '{"user": {"demography": [{"gender": "F"}]}}'),
	(9, 'hypeauditor', '{"user": {"demography": [{"gender": "F", "value": "60"}]}}'),
	(10, 'hypeauditor', '{"user": {"demography": [60]}}'),
	(11, 'hypeauditor', '{"demography_by_age": [{"gender": "F", "value": 60, "by_age_group": [{"group": "18-24", "value": true}]}]}'),
	(12, 'hypeauditor', '{"demography_by_age": [{"gender": "F", "value": 60, "by_age_group": [{"value": 5}]}]}'),
	(13, 'hypeauditor', '{"demography_by_age": [{"gender": "F", "value": 1e100000, "by_age_group": [{"group": "18-24", "value": 1e100000}]}]}'),
	(14, 'hypeauditor', '{"features": {"audience_age_gender": {"data": {"18-24": {"other": 5}}}}}'),
	(15, 'hypeauditor', '{"features": {"audience_age_gender": {"data": {"18-24": 5}}}}'),
	(16, 'hypeauditor', '{"audience_type": {"real": -1}}'),
	(17, 'modash', '{"profile": {"audience": {"gendersPerAge": [{"male": 0.5}]}}}'),
	(18, 'modash', '{"profile": {"audience": {"ages": [{"weight": 0.5}]}}}'),
	(19, 'modash', '{"profile": {"audience": {"ages": 5}}}'),
	(20, 'insightiq', '{"profile": {"audience": {"gender_age_distribution": [{"gender": "MALE", "value": 5}]}}}'),
	(21, 'instagram', '{"data": [{"name": "reach", "period": "day", "values": [{"value": 4}]}]}'),
	(22, 'instagram', '{"data": [{"id": "1", "like_count": 1}]}'),
	(23, 'instagram', '{"data": {"name": "reach"}}'),
	(24, 'instagram', '{"data": [{"name": "reach", "total_value": {"breakdowns": [{"results": []}]}}]}'),
	(25, 'instagram', '{"data": [{"name": "reach", "total_value": {"breakdowns": [{"dimension_keys": ["age"], "results": [{"value": 5}]}]}}]}'),
	(26, 'instagram', '{"data": [{"name": "reach", "total_value": {"breakdowns": [{"dimension_keys": ["age"], "results": [{"dimension_values": [18], "value": 5}]}]}}]}'),
	(27, 'instagram', '{}'),
	(28, 'hypeauditor', '{"user": {"demography": [{"gender": "F", "value": 60}], "audience_languages": [{"code": "en", "value": 70}]}}'),
	(29, 'iqdata', '{"audience_followers": {"data": {"audience_genders": [{"code": "MALE", "weight": 0.5}], "audience_geo": "US"}}}')
) AS v (n, source, payload) ORDER BY n;
SELECT part, composition, skipped FROM try_audience_metrics('hypeauditor', '{"user": {"demography": [{"gender": "F", "value": 60}], "audience_languages": [{"code": "en", "value": 70}], "audience_geography": []}}');
SELECT part, skipped FROM try_audience_metrics('instagram', '{"data": [{"name": "online_followers", "values": [{"value": {"0": 5}}]}]}');

-- Countries by whatever name: two letters of ISO 3166
SELECT composition, share(composition, 'DE', 'AT') FROM audience_metrics('modash',
	'{"profile": {"audience": {"geoCountries": [{"name": "Germany", "weight": 0.25}, {"name": "DEU", "weight": 0.25}, {"code": "at", "weight": 0.125},
		{"name": "The Netherlands", "weight": 0.0625}, {"name": "Côte d’Ivoire", "weight": 0.03125}, {"name": "Cote d''Ivoire", "weight": 0.03125},
		{"name": "Bosnia and Herzegovina", "weight": 0.03125}, {"name": "Russian Federation", "weight": 0.03125}, {"name": "Atlantis", "weight": 0.03125},
		{"name": "日本", "weight": 0.03125}]}}}');
