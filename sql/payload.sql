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
	"statistics": {"viewCount": "1000", "likeCount": "10", "commentCount": "2"}}, {"id": "b", "statistics": {"viewCount": "9223372036854775807"}}, {"id": "c"}]}');

-- TikTok: Display, Research
SELECT * FROM profile_metrics('tiktok', '{"data": {"user": {"open_id": "u1", "username": "ann", "follower_count": 12000, "following_count": 5, "likes_count": 7, "video_count": 8}}, "error": {"code": "ok"}}');
SELECT * FROM profile_metrics('tiktok', '{"data": {"follower_count": 12000, "following_count": 5, "video_count": 8}}');
SELECT * FROM post_metrics('tiktok', '{"data": {"videos": [{"id": "7", "create_time": 1633305600, "like_count": 1, "comment_count": 2, "share_count": 3, "view_count": 4},
	{"id": 7080213458555737986, "create_time": 0, "favourites_count": 5}, {"id": "9", "favorites_count": 6}], "cursor": 1}}');

-- X: one object or many
SELECT * FROM profile_metrics('x', '{"data": {"id": "22", "username": "ann", "created_at": "2013-12-14T04:35:55.000Z", "public_metrics": {"followers_count": 514020, "following_count": 2038, "tweet_count": 3639, "listed_count": 1676}}}');
SELECT * FROM profile_metrics('x', '{"data": [{"id": "22", "username": "ann"}]}');
SELECT * FROM post_metrics('x', '{"data": [{"id": "1", "text": "a", "created_at": "2021-02-23T18:07:07.000Z", "public_metrics": {"retweet_count": 10, "reply_count": 2, "like_count": 37, "quote_count": 1, "bookmark_count": 4, "impression_count": 999}},
	{"id": "2", "text": "b", "public_metrics": {"retweet_count": 10}, "non_public_metrics": {"impression_count": 7}}, {"id": "3", "text": "c"}]}');
SELECT * FROM post_metrics('x', '{"data": {"id": "1", "text": "a"}}');
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
	(3, 'profile', 'instagram', '{"business_discovery": {"id": "1"}}'),
	(4, 'profile', 'instagram', '{}'),
	(5, 'profile', 'instagram', '"followers_count"'),
	(6, 'profile', 'instagram', 'null'),
	(7, 'profile', 'instagram', '[]'),
	(8, 'profile', 'instagram', '[1]'),
	(9, 'profile', 'instagram', '{"followers_count": "12000"}'),
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
	(21, 'post', 'instagram', '{"data": [{"id": "1", "timestamp": "2019-04-05T07:56:32"}]}'),
	(22, 'post', 'instagram', '{"data": [{"id": "1", "timestamp": "2019-13-05T07:56:32+0000"}]}'),
	(23, 'post', 'instagram', '{"data": [{"id": "1", "timestamp": 5}]}'),
	(24, 'post', 'instagram', '{"data": [{"name": "reach", "period": "day", "values": [{"value": 5}]}]}'),
	(25, 'post', 'instagram', '{"data": [{"name": "reach", "values": [{"value": "5"}]}]}'),
	(26, 'post', 'instagram', '{"data": "none"}'),
	(27, 'post', 'instagram', '{"11": {"id": "11", "like_count": "1"}}'),
	(28, 'post', 'instagram', '{"11": {"id": "11"}, "x": 1}'),
	(29, 'profile', 'youtube', '{"items": [{"kind": "youtube#video", "id": "1"}]}'),
	(30, 'profile', 'youtube', '{"items": [{"id": "1"}, {"id": "2"}]}'),
	(31, 'profile', 'youtube', '{"items": [{"id": "1", "statistics": 5}]}'),
	(32, 'profile', 'youtube', '{"items": [{"id": "1", "statistics": {"subscriberCount": "1.9M"}}]}'),
	(33, 'profile', 'youtube', '{"items": [{"id": "1", "statistics": {"subscriberCount": ""}}]}'),
	(34, 'profile', 'youtube', '{"items": [{"id": "1", "statistics": {"hiddenSubscriberCount": "true"}}]}'),
	(35, 'post', 'youtube', '{"items": [{"id": "1", "statistics": {"viewCount": "18446744073709551615"}}]}'),
	(36, 'post', 'youtube', '{"items": [{"id": {"kind": "youtube#video", "videoId": "1"}}]}'),
	(37, 'post', 'youtube', '{"pageInfo": {"totalResults": 1}}'),
	(38, 'post', 'tiktok', '{"data": {"user": {}}}'),
	(39, 'post', 'tiktok', '{"data": {"videos": [{"id": "1", "create_time": "2020-01-01T00:00:00Z"}]}}'),
	(40, 'post', 'tiktok', '{"data": {"videos": [{"id": "1", "create_time": 253402300800}]}}'),
	(41, 'post', 'tiktok', '{"data": {"videos": [{"id": "1", "create_time": 1e30}]}}'),
	(42, 'profile', 'tiktok', '{"data": {"user": {"open_id": "1"}}}'),
	(43, 'profile', 'tiktok', '{"data": {"videos": []}}'),
	(44, 'post', 'x', '{"data": {"id": "1", "username": "ann"}}'),
	(45, 'profile', 'x', '{"data": {"id": "1", "text": "ann"}}'),
	(46, 'post', 'x', '{"data": [{"id": "1", "public_metrics": {"retweet_count": 9223372036854775807, "quote_count": 1}}]}'),
	(47, 'post', 'x', '{"data": [[]]}'),
	(48, 'post', 'x', '{"errors": []}'),
	(49, 'post', 'tiktok', '{"data": {"videos": [{"id": "1", "create_time": 1633305600000}]}}'),
	(50, 'post', 'instagram', '{"data": [{"name": "likes", "id": "1/insights/likes/lifetime", "values": [{"value": 5}]}, {"name": "reach", "id": "2/insights/reach/lifetime", "values": [{"value": 7}]}]}'),
	(51, 'post', 'instagram', '{"id": "1", "insights": {"data": [{"name": "reach", "id": "2/insights/reach/lifetime", "values": [{"value": 7}]}]}}')
) AS v (n, what, platform, payload) ORDER BY n;

-- times
SELECT text, pg_temp.try(format('SELECT * FROM post_metrics(''instagram'', %L)', jsonb_build_object('id', '1', 'timestamp', text))) FROM (VALUES
	('2020-02-29T23:59:60Z'), ('2020-02-30T00:00:00Z'), ('2100-02-29T00:00:00Z'), ('0000-01-01T00:00:00Z'), ('2020-01-01T24:00:00Z'), ('2020-01-01T00:60:00Z'),
	('2020-01-01T00:00:00+1600'), ('2020-01-01T00:00:00+05:3'), ('2020-01-01T00:00:00.Z'), ('2020-01-01'), ('yesterday'), ('infinity'), (''), ('2020-01-01T00:00:00Zjunk'))
	AS v (text);
\pset tuples_only off
\pset format aligned

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
\pset tuples_only on
\pset format unaligned
SELECT pg_temp.try(format('SELECT * FROM audience_metrics(%L, %L)', source, payload)) FROM (VALUES
	(1, 'nobody', '{}'),
	(2, 'iqdata', '{"match": {}}'),
	(3, 'iqdata', '5'),
	(4, 'modash', '{"profile": {"audience": {"genders": [{"code": "MALE", "weight": "0.5"}]}}}'),
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
	(27, 'instagram', '{}')
) AS v (n, source, payload) ORDER BY n;
