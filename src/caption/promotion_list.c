/*-------------------------------------------------------------------------
 *
 * promotion_list.c
 *		Words by which comments promote something of their writer's.
 *
 * Chosen on three of the five files of UCI's YouTube Spam Collection, and what
 * says the same on other platforms and in other languages; doc/captions.md has
 * how well they do on the other two.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "caption/promotion_list.h"

const char *const promotion_phrases[] = {
	/* subscribe to me */
	"subscribe", "subscribe to", "suscribe", "subscribers", "subs", "sub to",
	"sub me", "sub4sub", "my channel", "our channel", "new channel",
	"youtube channel", "gaming channel",
	"abonniere", "abonniert", "mein kanal", "meinen kanal", "meinem kanal",
	"abonnez vous", "abonne toi", "ma cha\u00EEne",
	"suscr\u00EDbete", "suscr\u00EDbanse", "mi canal",
	"inscreva se", "se inscreve", "meu canal",
	"iscriviti", "iscrivetevi", "mio canale",

	/* look at what I make */
	"check out", "checked out", "check my", "check our", "check it out",
	"check me out", "check us out", "check this", "checkout my",
	"take a look at",
	"watch my", "watch our", "listen to my", "listen to our", "visit",
	"my video", "my videos", "my vids", "my music", "my cover", "my covers",
	"my page", "my site", "my website", "my blog", "my shop", "my store",
	"my new", "new track", "new song on", "my playlist", "this playlist",
	"schaut vorbei", "schaut bei mir", "mira mi", "visita mi",

	/* follow me */
	"follow me", "follow us", "follow my", "follow back", "follow for follow",
	"follow 4 follow", "f4f", "followforfollow", "l4l", "like4like",
	"like 4 like", "like for like", "free followers", "buy followers",
	"add me", "join me", "join us", "facebook page", "on facebook",
	"my facebook", "my instagram", "my twitter", "my snapchat",
	"folgt mir", "folge mir", "suivez moi", "s\u00EDgueme", "s\u00EDganme",
	"segue de volta", "sdv", "seguitemi",

	/* write to me, buy, click */
	"dm me", "dm us", "dm for", "link in bio", "link in my bio",
	"link in description", "click here", "click the link", "click on",
	"promo code", "discount code", "use code", "use my code", "coupon code",
	"giveaway", "for free", "free download", "download", "sign up", "whatsapp",
	"telegram", "make money", "earn money", "earn", "work from home",
	"bitcoin",
	"forex", "gofundme", "donate", "crowdfunding", "promo",

	/* like this comment */
	"like this comment", "comment if", "thumbs up if",
	"give it a like", "like my", "share this", "please share", "vote for",
	"please vote", "help me", "please help",
};

const int	promotion_phrase_count = lengthof(promotion_phrases);
