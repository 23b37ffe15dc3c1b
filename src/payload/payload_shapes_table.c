/*-------------------------------------------------------------------------
 *
 * payload_shapes_table.c
 *		The shapes that platforms, vendors and scrapers answer with.
 *
 * Each is a mapping as users write them; doc/payloads.md describes the
 * language and has the sources.  The preprocessor makes strings of them, so
 * that the json stands here as it is.  The first shape that a payload has
 * counts: those with a place of their own come before those that may be the
 * whole document.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "payload/payload_mapping.h"

#define JSON(...)	#__VA_ARGS__

/* Instagram */

static const char instagram_graph[] = JSON(
{
	"name": "Graph API: media",
	"posts": ["business_discovery.media.data[]", "mentioned_media", "media.data[]", "stories.data[]", "tags.data[]", "data[]", "[]", "",
		"{}"],
	"unless": ["followers_count", "pk", "taken_at", "comment_count", "extractor"],
	"post_id": "id",
	"published_at": "timestamp",
	"likes": ["like_count", "insights.data[name=likes].values[0].value", "insights.data[name=likes].total_value.value"],
	"comments": {
		"path": ["comments_count", "insights.data[name=comments].values[0].value", "insights.data[name=comments].total_value.value",
			"insights.data[name=replies].values[0].value", "insights.data[name=replies].total_value.value"],
		"zero_if": {"path": "is_comment_enabled", "is": false}},
	"shares": ["insights.data[name=shares].values[0].value", "insights.data[name=shares].total_value.value"],
	"saves": ["insights.data[name=saved].values[0].value", "insights.data[name=saved].total_value.value"],
	"views": ["view_count", "insights.data[name=views].values[0].value", "insights.data[name=views].total_value.value",
		"insights.data[name=plays].values[0].value", "insights.data[name=plays].total_value.value",
		"insights.data[name=video_views].values[0].value", "insights.data[name=video_views].total_value.value",
		"insights.data[name=impressions].values[0].value", "insights.data[name=impressions].total_value.value"],
	"reach": ["insights.data[name=reach].values[0].value", "insights.data[name=reach].total_value.value"],
	"caption": "caption",
	"media_type": "media_type",
	"permalink": "permalink"
});

static const char instagram_insights[] = JSON(
{
	"name": "Graph API: insights of one medium",
	"posts": "",
	"needs": ["data[0].name", {"path": "data[0].period", "is": ["lifetime", null]}],
	"post_id": {
		"same": ["data[name=likes].id", "data[name=comments].id", "data[name=replies].id", "data[name=shares].id", "data[name=saved].id",
			"data[name=reach].id", "data[name=views].id", "data[name=plays].id", "data[name=video_views].id",
			"data[name=impressions].id", "data[name=total_interactions].id"],
		"before": "/", "optional": true},
	"likes": ["data[name=likes].values[0].value", "data[name=likes].total_value.value"],
	"comments": ["data[name=comments].values[0].value", "data[name=comments].total_value.value",
		"data[name=replies].values[0].value", "data[name=replies].total_value.value"],
	"shares": ["data[name=shares].values[0].value", "data[name=shares].total_value.value"],
	"saves": ["data[name=saved].values[0].value", "data[name=saved].total_value.value"],
	"views": ["data[name=views].values[0].value", "data[name=views].total_value.value",
		"data[name=plays].values[0].value", "data[name=plays].total_value.value",
		"data[name=video_views].values[0].value", "data[name=video_views].total_value.value",
		"data[name=impressions].values[0].value", "data[name=impressions].total_value.value"],
	"reach": ["data[name=reach].values[0].value", "data[name=reach].total_value.value"]
});

static const char instagram_web[] = JSON(
{
	"name": "web: media",
	"posts": ["edge_owner_to_timeline_media.edges[].node", "user.edge_owner_to_timeline_media.edges[].node",
		"data.user.edge_owner_to_timeline_media.edges[].node", "graphql.user.edge_owner_to_timeline_media.edges[].node",
		"shortcode_media", "data.shortcode_media", "data.xdt_shortcode_media", "graphql.shortcode_media", "edges[].node", "node", "[].node", "[]", ""],
	"hidden": -1,
	"unless": "edge_followed_by",
	"post_id": "id",
	"published_at": {"path": ["taken_at_timestamp", "date"], "as": "epoch"},
	"likes": ["edge_media_preview_like.count", "edge_liked_by.count"],
	"comments": {
		"path": ["edge_media_to_parent_comment.count", "edge_media_to_comment.count", "edge_media_preview_comment.count",
			"iphone_struct.comment_count"],
		"zero_if": "comments_disabled"},
	"views": ["video_play_count", "video_view_count"],
	"caption": ["edge_media_to_caption.edges[0].node.text", "caption"],
	"media_type": "__typename",
	"is_sponsored": "is_paid_partnership"
});

/* with -1 or 0 for what a medium has none of */
static const char instagram_instagrapi[] = JSON(
{
	"name": "instagrapi: media",
	"posts": ["[]", ""],
	"hidden": -1,
	"needs": ["pk", "caption_text"],
	"post_id": "pk",
	"published_at": [{"path": "taken_at_ts", "as": "epoch"}, "taken_at"],
	"likes": {"path": "like_count", "null_if": "like_and_view_counts_disabled"},
	"comments": {"path": "comment_count", "zero_if": "comments_disabled"},
	"views": {"path": ["play_count", "view_count"], "null_if": {"path": "media_type", "is": [1, 8]}},
	"caption": "caption_text",
	"media_type": "media_type",
	"is_sponsored": "is_paid_partnership"
});

static const char instagram_app[] = JSON(
{
	"name": "app: media",
	"posts": ["items[]", "items[].media", "data.items[]", "response.items[]",
		"data.xdt_api__v1__feed__user_timeline_graphql_connection.edges[].node", "[]", ""],
	"hidden": -1,
	"unless": "follower_count",
	"needs": [["pk", "code"]],
	"post_id": ["pk", "id"],
	"published_at": {"path": "taken_at", "as": "epoch"},
	"likes": {"path": "like_count", "null_if": "like_and_view_counts_disabled"},
	"comments": {"path": "comment_count", "zero_if": "comments_disabled"},
	"shares": "reshare_count",
	"views": ["play_count", "ig_play_count", "view_count"],
	"caption": ["caption.text", "caption"],
	"media_type": "media_type",
	"is_sponsored": "is_paid_partnership"
});

static const char instagram_apify[] = JSON(
{
	"name": "Apify: posts",
	"posts": ["latestPosts[]", "[].latestPosts[]", "[]", ""],
	"hidden": -1,
	"unless": "followersCount",
	"post_id": ["id", "shortCode"],
	"published_at": "timestamp",
	"likes": "likesCount",
	"comments": {"path": "commentsCount", "zero_if": "isCommentsDisabled"},
	"shares": "sharesCount",
	"views": ["videoPlayCount", "videoViewCount"],
	"caption": "caption",
	"media_type": "type",
	"permalink": "url",
	"is_sponsored": ["isSponsored", "paidPartnership"]
});

static const char instagram_bright_data[] = JSON(
{
	"name": "Bright Data: posts",
	"posts": ["[]", ""],
	"needs": [["user_posted", "date_posted"]],
	"post_id": ["post_id", "pk", "shortcode"],
	"published_at": "date_posted",
	"likes": "likes",
	"comments": "num_comments",
	"views": ["video_play_count", "video_view_count", "views"],
	"caption": "description",
	"media_type": "content_type",
	"permalink": "url",
	"is_sponsored": "is_paid_partnership"
});

static const char instagram_users[] = JSON(
{
	"name": "Graph API: user",
	"profile": ["business_discovery", "[]", ""],
	"profile_id": "id",
	"username": "username",
	"followers": "followers_count",
	"following": "follows_count",
	"posts": "media_count"
},
{
	"name": "web: user",
	"profile": ["data.user", "graphql.user", "user", "node", "data", "[]", ""],
	"profile_id": "id",
	"username": "username",
	"followers": "edge_followed_by.count",
	"following": "edge_follow.count",
	"posts": "edge_owner_to_timeline_media.count"
},
{
	"name": "app: user",
	"profile": ["data.user", "user", "data", "[]", ""],
	"profile_id": ["pk", "id"],
	"username": "username",
	"followers": "follower_count",
	"following": "following_count",
	"posts": "media_count"
},
{
	"name": "Apify: profile",
	"profile": ["[]", ""],
	"profile_id": "id",
	"username": "username",
	"followers": "followersCount",
	"following": "followsCount",
	"posts": "postsCount"
});

/* YouTube Data v3: counts are strings, favoriteCount is always there */

static const char youtube[] = JSON(
{
	"name": "Data API: videos",
	"posts": ["items[]", "[]", ""],
	"needs": {"path": "kind", "is": ["youtube#video", null]},
	"unless": ["statistics.subscriberCount", "statistics.hiddenSubscriberCount"],
	"none": "statistics.favoriteCount",
	"empty": {"path": "pageInfo.totalResults", "is": 0},
	"post_id": "id",
	"published_at": "snippet.publishedAt",
	"likes": "statistics.likeCount",
	"comments": {"path": "statistics.commentCount", "zero_if": "statistics.favoriteCount"},
	"views": "statistics.viewCount",
	"caption": ["snippet.description", "snippet.title"],
	"is_sponsored": "paidProductPlacementDetails.hasPaidProductPlacement"
},
{
	"name": "Data API: channel",
	"profile": ["items[]", "[]", ""],
	"needs": {"path": "kind", "is": ["youtube#channel", null]},
	"empty": {"path": "pageInfo.totalResults", "is": 0},
	"profile_id": "id",
	"username": "snippet.customUrl",
	"created_at": "snippet.publishedAt",
	"followers": {"path": "statistics.subscriberCount", "null_if": "statistics.hiddenSubscriberCount"},
	"posts": "statistics.videoCount",
	"views": "statistics.viewCount"
});

static const char youtube_apify[] = JSON(
{
	"name": "Apify: videos",
	"posts": ["[]", ""],
	"needs": "viewCount",
	"unless": ["subscriberCount", "videoCount"],
	"post_id": "id",
	"published_at": "date",
	"likes": "likes",
	"comments": {"path": "commentsCount", "zero_if": "commentsTurnedOff"},
	"views": "viewCount",
	"caption": ["text", "details", "title"],
	"media_type": "type",
	"permalink": "url"
},
{
	"name": "Apify: channel",
	"profile": ["[]", ""],
	"profile_id": "channelId",
	"username": ["channelUsername", "channelName"],
	"followers": "numberOfSubscribers",
	"posts": "channelTotalVideos"
});

/* TikTok */

static const char tiktok_api[] = JSON(
{
	"name": "Display and Research API: videos",
	"posts": ["data.videos[]", "videos[]", "[]", ""],
	"unless": ["follower_count", "digg_count", "play_count", "extractor"],
	"post_id": ["id", "video_id"],
	"published_at": {"path": "create_time", "as": "epoch"},
	"likes": "like_count",
	"comments": "comment_count",
	"shares": "share_count",
	"saves": ["favourites_count", "favorites_count"],
	"views": "view_count",
	"caption": ["video_description", "title"],
	"permalink": "share_url"
},
{
	"name": "Business API: videos",
	"posts": ["data.videos[]", "videos[]", "[]", ""],
	"needs": "item_id",
	"post_id": "item_id",
	"published_at": {"path": "create_time", "as": "epoch"},
	"likes": "likes",
	"comments": "comments",
	"shares": "shares",
	"saves": "favorites",
	"views": "video_views",
	"reach": "reach",
	"caption": "caption",
	"permalink": "share_url"
});

static const char tiktok_scrapers[] = JSON(
{
	"name": "web: videos",
	"posts": ["itemInfo.itemStruct", "itemStruct", "itemList[]", "data.itemList[]",
		"__DEFAULT_SCOPE__.'webapp.video-detail'.itemInfo.itemStruct", "ItemModule{}", "items[]", "[]", ""],
	"hidden": -1,
	"unless": ["statsV2.followerCount", "stats.followerCount"],
	"post_id": "id",
	"published_at": {"path": "createTime", "as": "epoch"},
	"likes": ["statsV2.diggCount", "stats.diggCount"],
	"comments": ["statsV2.commentCount", "stats.commentCount"],
	"shares": ["statsV2.shareCount", "stats.shareCount"],
	"saves": ["statsV2.collectCount", "stats.collectCount"],
	"views": ["statsV2.playCount", "stats.playCount"],
	"caption": "desc",
	"is_sponsored": "isAd"
},
{
	"name": "Apify: videos",
	"posts": ["[]", ""],
	"hidden": -1,
	"unless": ["followerCount", "fans"],
	"post_id": "id",
	"published_at": [{"path": "createTime", "as": "epoch"}, "createTimeISO"],
	"likes": "diggCount",
	"comments": "commentCount",
	"shares": "shareCount",
	"saves": "collectCount",
	"views": "playCount",
	"caption": "text",
	"permalink": "webVideoUrl",
	"is_sponsored": ["isSponsored", "isAd"]
},
{
	"name": "app: videos",
	"posts": ["aweme_list[]", "aweme_detail", "aweme_details[]", "data.aweme_list[]", "data.aweme_detail", "data.aweme_details[]",
		"data.data[]", "data[]", "[]", ""],
	"hidden": -1,
	"post_id": "aweme_id",
	"published_at": {"path": "create_time", "as": "epoch"},
	"likes": "statistics.digg_count",
	"comments": "statistics.comment_count",
	"shares": "statistics.share_count",
	"saves": "statistics.collect_count",
	"views": "statistics.play_count",
	"caption": "desc",
	"permalink": "share_url"
},
{
	"name": "tikwm: videos",
	"posts": ["data.videos[]", "data", "[]", ""],
	"needs": [["digg_count", "play_count"]],
	"unless": ["post_id", "follower_count"],
	"post_id": ["video_id", "id", "aweme_id"],
	"published_at": {"path": "create_time", "as": "epoch"},
	"likes": "digg_count",
	"comments": "comment_count",
	"shares": "share_count",
	"saves": "collect_count",
	"views": "play_count",
	"caption": "title",
	"is_sponsored": "is_ad"
},
{
	"name": "Bright Data: videos",
	"posts": ["[]", ""],
	"needs": [["digg_count", "play_count"]],
	"post_id": "post_id",
	"published_at": "create_time",
	"likes": "digg_count",
	"comments": "comment_count",
	"shares": "share_count",
	"saves": "collect_count",
	"views": "play_count",
	"caption": "description",
	"media_type": "post_type",
	"permalink": "url"
});

static const char tiktok_users[] = JSON(
{
	"name": "Display and Research API: user",
	"profile": ["data.user", "data", "user", "[]", ""],
	"profile_id": ["open_id", "uid"],
	"username": ["username", "unique_id"],
	"followers": "follower_count",
	"following": "following_count",
	"posts": ["video_count", "aweme_count"]
},
{
	"name": "Business API: account",
	"profile": "data",
	"profile_id": "business_id",
	"username": "username",
	"followers": "followers_count",
	"following": "following_count",
	"posts": "videos_count"
},
{
	"name": "web: user",
	"profile": ["userInfo", "__DEFAULT_SCOPE__.'webapp.user-detail'.userInfo", "data", "[]", ""],
	"profile_id": "user.id",
	"username": "user.uniqueId",
	"created_at": {"path": "user.createTime", "as": "epoch"},
	"followers": ["statsV2.followerCount", "stats.followerCount"],
	"following": ["statsV2.followingCount", "stats.followingCount"],
	"posts": ["statsV2.videoCount", "stats.videoCount"]
},
{
	"name": "Apify: author",
	"profile": ["authorMeta", "[].authorMeta", "[]", ""],
	"profile_id": "id",
	"username": ["name", "nickName"],
	"followers": "fans",
	"following": "following",
	"posts": "video"
});

/* X: a retweet is no post of its author */

static const char x_api[] = JSON(
{
	"name": "API v2: posts",
	"posts": ["data[]", "data", "[]", ""],
	"unless": ["public_metrics.followers_count", "username"],
	"skip": "referenced_tweets[type=retweeted].type",
	"empty": {"path": "meta.result_count", "is": 0},
	"post_id": "id",
	"published_at": "created_at",
	"likes": ["public_metrics.like_count", "organic_metrics.like_count"],
	"comments": ["public_metrics.reply_count", "organic_metrics.reply_count"],
	"shares": [{"sum": ["public_metrics.retweet_count", "public_metrics.quote_count"]}, "organic_metrics.retweet_count"],
	"saves": "public_metrics.bookmark_count",
	"views": ["public_metrics.impression_count", "non_public_metrics.impression_count", "organic_metrics.impression_count"],
	"caption": ["note_tweet.text", "text"]
},
{
	"name": "API v1.1: tweets",
	"posts": ["statuses[]", "[].tweet", "[]", ""],
	"unless": "screen_name",
	"skip": "retweeted_status",
	"post_id": ["id_str", "id"],
	"published_at": {"path": "created_at", "as": "ctime"},
	"likes": "favorite_count",
	"comments": "reply_count",
	"shares": [{"sum": ["retweet_count", "quote_count"]}, "retweet_count"],
	"caption": ["full_text", "extended_tweet.full_text", "text"]
});

static const char x_scrapers[] = JSON(
{
	"name": "web: posts",
	"posts": ["data.tweetResult.result", "data.tweetResult.result.tweet", "[]", ""],
	"needs": "legacy",
	"skip": "legacy.retweeted_status_result",
	"post_id": "rest_id",
	"published_at": {"path": "legacy.created_at", "as": "ctime"},
	"likes": "legacy.favorite_count",
	"comments": "legacy.reply_count",
	"shares": [{"sum": ["legacy.retweet_count", "legacy.quote_count"]}, "legacy.retweet_count"],
	"saves": "legacy.bookmark_count",
	"views": "views.count",
	"caption": ["note_tweet.note_tweet_results.result.text", "legacy.full_text"]
},
{
	"name": "snscrape and Apify: posts",
	"posts": ["tweets[]", "data.tweets[]", "[]", ""],
	"unless": ["followersCount", "statusesCount"],
	"skip": ["retweetedTweet", "retweeted_tweet", "isRetweet"],
	"post_id": "id",
	"published_at": ["date", {"path": "createdAt", "as": "ctime"}],
	"likes": "likeCount",
	"comments": "replyCount",
	"shares": [{"sum": ["retweetCount", "quoteCount"]}, "retweetCount"],
	"saves": "bookmarkCount",
	"views": "viewCount",
	"caption": ["rawContent", "content", "fullText", "text"],
	"permalink": "url"
},
{
	"name": "Bright Data: posts",
	"posts": ["[]", ""],
	"needs": [["user_posted", "date_posted"]],
	"skip": "is_repost",
	"post_id": "id",
	"published_at": "date_posted",
	"likes": "likes",
	"comments": "replies",
	"shares": [{"sum": ["reposts", "quotes"]}, "reposts"],
	"saves": "bookmarks",
	"views": "views",
	"caption": "description",
	"permalink": "url"
});

static const char x_users[] = JSON(
{
	"name": "API v2: user",
	"profile": ["data[]", "data", "[]", ""],
	"empty": {"path": "meta.result_count", "is": 0},
	"profile_id": "id",
	"username": "username",
	"created_at": "created_at",
	"followers": "public_metrics.followers_count",
	"following": "public_metrics.following_count",
	"posts": "public_metrics.tweet_count"
},
{
	"name": "API v1.1: user",
	"profile": ["users[]", "[]", ""],
	"needs": "screen_name",
	"profile_id": ["id_str", "id"],
	"username": "screen_name",
	"created_at": {"path": "created_at", "as": "ctime"},
	"followers": "followers_count",
	"following": "friends_count",
	"posts": "statuses_count"
},
{
	"name": "web: user",
	"profile": ["data.user.result", "[]", ""],
	"profile_id": "rest_id",
	"username": ["core.screen_name", "legacy.screen_name"],
	"created_at": {"path": ["core.created_at", "legacy.created_at"], "as": "ctime"},
	"followers": "legacy.followers_count",
	"following": "legacy.friends_count",
	"posts": "legacy.statuses_count"
},
{
	"name": "snscrape and Apify: user",
	"profile": ["data", "[]", ""],
	"needs": [["userName", "followersCount"]],
	"profile_id": "id",
	"username": ["userName", "username"],
	"followers": ["followers", "followersCount"],
	"following": ["following", "friendsCount"],
	"posts": "statusesCount"
});

/* yt-dlp: of all platforms */

static const char yt_dlp[] = JSON(
{
	"name": "yt-dlp: videos",
	"posts": ["entries[]", "[]", ""],
	"needs": [["extractor", "extractor_key", "ie_key"]],
	"unless": {"path": "_type", "is": "playlist"},
	"post_id": "id",
	"published_at": {"path": "timestamp", "as": "epoch"},
	"likes": "like_count",
	"comments": "comment_count",
	"shares": "repost_count",
	"saves": "save_count",
	"views": "view_count",
	"caption": ["description", "title"],
	"media_type": "media_type",
	"permalink": "webpage_url"
},
{
	"name": "yt-dlp: channel",
	"profile": ["[]", ""],
	"profile_id": "channel_id",
	"username": ["uploader_id", "channel"],
	"followers": "channel_follower_count"
});

/* Vendors: of all platforms */

static const char insightiq[] = JSON(
{
	"name": "Phyllo and InsightIQ: contents",
	"posts": ["data[]", "profile.recent_contents[]", "recent_contents[]", "profile.top_contents[]", "[]", ""],
	"post_id": ["external_id", "id", "url"],
	"published_at": {"path": "published_at", "as": "iso_utc"},
	"likes": "engagement.like_count",
	"comments": "engagement.comment_count",
	"shares": "engagement.share_count",
	"saves": "engagement.save_count",
	"views": ["engagement.view_count", "engagement.play_count", "engagement.impression_organic_count"],
	"reach": "engagement.reach_organic_count",
	"caption": ["description", "title"],
	"media_type": ["type", "format"],
	"permalink": "url",
	"is_sponsored": ["sponsored.is_sponsored", "sponsored", "is_sponsored"]
},
{
	"name": "Phyllo: profile",
	"profile": ["data[]", "[]", ""],
	"profile_id": ["external_id", "id"],
	"username": ["platform_username", "username"],
	"followers": ["reputation.follower_count", "reputation.subscriber_count"],
	"following": "reputation.following_count",
	"posts": "reputation.content_count"
},
{
	"name": "InsightIQ: profile analytics",
	"profile": ["profile", "data.profile", "[].profile"],
	"profile_id": "external_id",
	"username": "platform_username",
	"followers": ["follower_count", "subscriber_count"],
	"following": "following_count",
	"posts": "content_count"
});

static const char modash[] = JSON(
{
	"name": "Modash: recent posts",
	"posts": ["profile.recentPosts[]", "recentPosts[]"],
	"post_id": ["id", "url"],
	"published_at": "created",
	"likes": "likes",
	"comments": "comments",
	"shares": "shares",
	"saves": "saves",
	"views": ["views", "plays"],
	"caption": ["text", "title"],
	"media_type": "type",
	"permalink": "url"
},
{
	"name": "Modash: report",
	"profile": ["profile", "data.profile", "[]", ""],
	"profile_id": ["userId", "profile.userId"],
	"username": "profile.username",
	"followers": "profile.followers",
	"posts": ["postsCount", "profile.postsCount"]
});

static const char iqdata[] = JSON(
{
	"name": "IQData: recent posts",
	"posts": ["user_profile.recent_posts[]", "account.user_profile.recent_posts[]"],
	"post_id": ["post_id", "link"],
	"published_at": "created",
	"likes": "stat.likes",
	"comments": "stat.comments",
	"views": ["stat.views", "stat.plays"],
	"caption": "text",
	"media_type": "type",
	"permalink": "link"
},
{
	"name": "IQData: report",
	"profile": ["user_profile", "account.user_profile"],
	"profile_id": "user_id",
	"username": "username",
	"followers": "followers",
	"posts": "posts_count"
});

static const char hypeauditor[] = JSON(
{
	"name": "HypeAuditor: Instagram report",
	"profile": ["user", "result.user"],
	"profile_id": "id",
	"username": "username",
	"followers": "followers_count",
	"following": "followings_count",
	"posts": "posts_count"
},
{
	"name": "HypeAuditor: YouTube and TikTok report",
	"profile": ["result.report", "report", "result", ""],
	"profile_id": "basic.id",
	"username": "basic.username",
	"followers": "metrics.subscribers_count.value",
	"following": "metrics.following_count.value",
	"posts": "metrics.media_count.value",
	"views": "metrics.views_count.value"
});

#define VENDORS		insightiq, modash, iqdata, hypeauditor, NULL

static const char *const instagram_all[] = {
	instagram_insights, instagram_graph, instagram_web, instagram_instagrapi,
	instagram_app, instagram_apify, instagram_bright_data, instagram_users,
	yt_dlp, VENDORS
};
static const char *const youtube_all[] = {
	youtube, youtube_apify, yt_dlp, VENDORS
};
static const char *const tiktok_all[] = {
	tiktok_api, tiktok_scrapers, tiktok_users, yt_dlp, VENDORS
};
static const char *const x_all[] = {
	x_api, x_scrapers, x_users, yt_dlp, VENDORS
};
static const char *const insightiq_all[] = {insightiq, NULL};
static const char *const modash_all[] = {modash, NULL};
static const char *const iqdata_all[] = {iqdata, NULL};
static const char *const hypeauditor_all[] = {hypeauditor, NULL};

const Platform platforms[] = {
	{"instagram", instagram_all},
	{"youtube", youtube_all},
	{"tiktok", tiktok_all},
	{"x", x_all},
	{"twitter", x_all},
	{"insightiq", insightiq_all},
	{"phyllo", insightiq_all},
	{"modash", modash_all},
	{"iqdata", iqdata_all},
	{"hypeauditor", hypeauditor_all},
	{NULL, NULL}
};
