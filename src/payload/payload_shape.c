/*-------------------------------------------------------------------------
 *
 * payload_shape.c
 *		Where the answers of platforms hold what profiles and posts need.
 *
 * A platform is a row of platforms[], its documented shapes are rows of a table
 * of its own, and what is read of each are rows of a list of fields.  doc/
 * payloads.md has the addresses of the documentation.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "payload/payload.h"

#define FIELDS_END	{FIELD_NOT, 0, NULL, NULL, NULL}
#define SHAPES_END	{{NULL}, -1, NULL, NULL, NULL, false}

/* Instagram Graph */

static const Field instagram_media[] = {
	{FIELD_NOT, 0, NULL, "followers_count", "media.data"},
	{FIELD_ID, POST_ID, NULL, "id", NULL},
	{FIELD_ISO_TIME, POST_PUBLISHED_AT, NULL, "timestamp", NULL},
	{FIELD_COUNT, POST_LIKES, NULL, "like_count", NULL},
	{FIELD_COUNT, POST_COMMENTS, NULL, "comments_count", NULL},
	{FIELD_COUNT, POST_VIEWS, NULL, "view_count", NULL},
	{FIELD_INSIGHTS, 0, "insights", "data", NULL},
	FIELDS_END
};

/* The list itself is the element. */
static const Field instagram_insights[] = {
	{FIELD_INSIGHTS, 0, NULL, "", NULL},
	FIELDS_END
};

static const Field instagram_user[] = {
	{FIELD_ID, PROFILE_ID, NULL, "id", NULL},
	{FIELD_TEXT, PROFILE_USERNAME, NULL, "username", NULL},
	{FIELD_COUNT, PROFILE_FOLLOWERS, NULL, "followers_count", NULL},
	{FIELD_COUNT, PROFILE_FOLLOWING, NULL, "follows_count", NULL},
	{FIELD_COUNT, PROFILE_POSTS, NULL, "media_count", NULL},
	FIELDS_END
};

static const Shape instagram_posts[] = {
	{{"business_discovery", "media", "data"}, 1, "id", instagram_media, NULL, false},
	{{"media", "data"}, 1, "id", instagram_media, NULL, false},
	{{"data"}, 1, NULL, instagram_insights, "name", false},
	{{"data"}, 1, "id", instagram_media, NULL, false},
	{{NULL}, 0, "id", instagram_media, NULL, true},
	SHAPES_END
};

static const Shape instagram_profiles[] = {
	{{"business_discovery"}, 1, "followers_count", instagram_user, NULL, false},
	{{NULL}, 0, "followers_count", instagram_user, NULL, false},
	SHAPES_END
};

/*
 * The names of media insights.  Meta replaced the last three by views; where
 * several are there, the first in this order counts.
 */
const InsightName insight_names[] = {
	{"likes", POST_LIKES},
	{"comments", POST_COMMENTS},
	{"shares", POST_SHARES},
	{"saved", POST_SAVES},
	{"reach", POST_REACH},
	{"views", POST_VIEWS},
	{"plays", POST_VIEWS},
	{"video_views", POST_VIEWS},
	{"impressions", POST_VIEWS},
	{NULL, 0}
};

/* YouTube Data v3: counts are strings */

static const Field youtube_video[] = {
	{FIELD_IS, 0, NULL, "kind", "youtube#video"},
	{FIELD_ID, POST_ID, NULL, "id", NULL},
	{FIELD_ISO_TIME, POST_PUBLISHED_AT, "snippet", "publishedAt", NULL},
	{FIELD_COUNT_TEXT, POST_LIKES, "statistics", "likeCount", NULL},
	{FIELD_COUNT_TEXT, POST_COMMENTS, "statistics", "commentCount", NULL},
	{FIELD_COUNT_TEXT, POST_VIEWS, "statistics", "viewCount", NULL},
	FIELDS_END
};

static const Field youtube_channel[] = {
	{FIELD_IS, 0, NULL, "kind", "youtube#channel"},
	{FIELD_ID, PROFILE_ID, NULL, "id", NULL},
	{FIELD_TEXT, PROFILE_USERNAME, "snippet", "customUrl", NULL},
	{FIELD_ISO_TIME, PROFILE_CREATED_AT, "snippet", "publishedAt", NULL},
	{FIELD_COUNT_TEXT, PROFILE_FOLLOWERS, "statistics", "subscriberCount", NULL},
	{FIELD_HIDES, PROFILE_FOLLOWERS, "statistics", "hiddenSubscriberCount", NULL},
	{FIELD_COUNT_TEXT, PROFILE_POSTS, "statistics", "videoCount", NULL},
	{FIELD_COUNT_TEXT, PROFILE_VIEWS, "statistics", "viewCount", NULL},
	FIELDS_END
};

static const Shape youtube_posts[] = {
	{{"items"}, 1, "id", youtube_video, NULL, false},
	{{NULL}, 0, "id", youtube_video, NULL, false},
	SHAPES_END
};

static const Shape youtube_profiles[] = {
	{{"items"}, 1, "id", youtube_channel, NULL, false},
	{{NULL}, 0, "id", youtube_channel, NULL, false},
	SHAPES_END
};

/* TikTok Display v2 and Research v2: these differ in saves and in the user */

static const Field tiktok_video[] = {
	{FIELD_NOT, 0, NULL, "follower_count", "data.videos"},
	{FIELD_ID, POST_ID, NULL, "id", NULL},
	{FIELD_EPOCH, POST_PUBLISHED_AT, NULL, "create_time", NULL},
	{FIELD_COUNT, POST_LIKES, NULL, "like_count", NULL},
	{FIELD_COUNT, POST_COMMENTS, NULL, "comment_count", NULL},
	{FIELD_COUNT, POST_SHARES, NULL, "share_count", NULL},
	{FIELD_COUNT, POST_SAVES, NULL, "favourites_count", NULL},
	{FIELD_COUNT, POST_SAVES, NULL, "favorites_count", NULL},
	{FIELD_COUNT, POST_VIEWS, NULL, "view_count", NULL},
	FIELDS_END
};

static const Field tiktok_user[] = {
	{FIELD_ID, PROFILE_ID, NULL, "open_id", NULL},
	{FIELD_TEXT, PROFILE_USERNAME, NULL, "username", NULL},
	{FIELD_COUNT, PROFILE_FOLLOWERS, NULL, "follower_count", NULL},
	{FIELD_COUNT, PROFILE_FOLLOWING, NULL, "following_count", NULL},
	{FIELD_COUNT, PROFILE_POSTS, NULL, "video_count", NULL},
	FIELDS_END
};

static const Shape tiktok_posts[] = {
	{{"data", "videos"}, 1, "id", tiktok_video, NULL, false},
	{{NULL}, 0, "id", tiktok_video, NULL, false},
	SHAPES_END
};

static const Shape tiktok_profiles[] = {
	{{"data", "user"}, 2, "follower_count", tiktok_user, NULL, false},
	{{"data"}, 1, "follower_count", tiktok_user, NULL, false},
	{{NULL}, 0, "follower_count", tiktok_user, NULL, false},
	SHAPES_END
};

/* X v2 */

static const Field x_tweet[] = {
	{FIELD_NOT, 0, NULL, "username", "text"},
	{FIELD_ID, POST_ID, NULL, "id", NULL},
	{FIELD_ISO_TIME, POST_PUBLISHED_AT, NULL, "created_at", NULL},
	{FIELD_COUNT, POST_LIKES, "public_metrics", "like_count", NULL},
	{FIELD_COUNT, POST_COMMENTS, "public_metrics", "reply_count", NULL},
	{FIELD_COUNT, POST_SHARES, "public_metrics", "retweet_count", NULL},
	{FIELD_MORE, POST_SHARES, "public_metrics", "quote_count", NULL},
	{FIELD_COUNT, POST_SAVES, "public_metrics", "bookmark_count", NULL},
	{FIELD_COUNT, POST_VIEWS, "public_metrics", "impression_count", NULL},
	{FIELD_COUNT, POST_VIEWS, "non_public_metrics", "impression_count", NULL},
	FIELDS_END
};

static const Field x_user[] = {
	{FIELD_ID, PROFILE_ID, NULL, "id", NULL},
	{FIELD_TEXT, PROFILE_USERNAME, NULL, "username", NULL},
	{FIELD_ISO_TIME, PROFILE_CREATED_AT, NULL, "created_at", NULL},
	{FIELD_COUNT, PROFILE_FOLLOWERS, "public_metrics", "followers_count", NULL},
	{FIELD_COUNT, PROFILE_FOLLOWING, "public_metrics", "following_count", NULL},
	{FIELD_COUNT, PROFILE_POSTS, "public_metrics", "tweet_count", NULL},
	FIELDS_END
};

static const Shape x_posts[] = {
	{{"data"}, 1, "id", x_tweet, NULL, false},
	{{NULL}, 0, "id", x_tweet, NULL, false},
	SHAPES_END
};

static const Shape x_profiles[] = {
	{{"data"}, 1, "username", x_user, NULL, false},
	{{NULL}, 0, "username", x_user, NULL, false},
	SHAPES_END
};

const Platform platforms[] = {
	{"instagram", instagram_posts, instagram_profiles, NULL, NULL},
	{"youtube", youtube_posts, youtube_profiles, "pageInfo", "totalResults"},
	{"tiktok", tiktok_posts, tiktok_profiles, NULL, NULL},
	{"x", x_posts, x_profiles, "meta", "result_count"},
	{NULL, NULL, NULL, NULL, NULL}
};
