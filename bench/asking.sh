#!/bin/sh
# Do captions that ask get more comments than others of the same account?
# usage: dev/server.sh bench/asking.sh FOLDER
#
# FOLDER holds */**/instagram/*.txt of github.com/erickmoreno/influencers-data, a
# post a line: date; user; caption; likes; comments; two fields more; address.  It
# is not part of this project.
#
# The logarithm of 1 + comments, the mean over an account's posts that ask less
# the mean over its others, of accounts with at least POSTS of both (default 10);
# then the mean over accounts, each counting once, with its standard error; and
# common_rate_ratio(), which weighs accounts by what their posts tell.
set -eu

folder=$1
posts=$(mktemp)
trap 'rm -f "$posts"' EXIT

# A caption may hold semicolons; the fields around it don't.
find "$folder" -path '*/instagram/*.txt' -exec cat {} + |
	perl -ne 'print join("\t", map { s/\\/\\\\/gr =~ s/[\t\r]/ /gr } $1, $2, $3, $4, $5), "\n"
		if /^(\d{4}-\d\d-\d\d [^;]*); ([^;]*); (.*); (\d+); (\d+); [^;]*; [^;]*; http\S+\s*$/' |
	sort -u >"$posts"

psql -qXAt -v ON_ERROR_STOP=1 -v least="${POSTS:-10}" <<END
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS influencer;
CREATE TEMP TABLE post (at timestamptz, account text, caption text, likes bigint, comments bigint);
\copy post FROM '$posts'
SELECT format('%s posts of %s accounts', count(*), count(DISTINCT account)) FROM post;
CREATE TEMP VIEW figure AS
SELECT account, method, kind, asking, figure
FROM post, LATERAL (VALUES (1, 'ends_asking', ends_asking(caption)), (2, 'asks', asks(caption)),
		(3, 'a question mark anywhere', caption ~ '[?]')) AS m (n, method, asking),
	LATERAL (VALUES ('comments', ln(1.0 + comments)), ('comments per like', ln((1 + comments) / (1.0 + likes)))) AS f (kind, figure)
WHERE comments >= 0 AND likes >= 0;
SELECT format('%s, %s: %s times, standard error of the log %s; more in %s %% of %s accounts; %s posts ask', method, kind,
	round(exp(avg(difference))::numeric, 2), round((stddev_samp(difference) / sqrt(count(*)))::numeric, 3),
	round(100 * avg((difference > 0)::integer)), count(*), sum(asking))
FROM (SELECT method, kind, account, avg(figure) FILTER (WHERE asking) - avg(figure) FILTER (WHERE NOT asking) AS difference,
		count(*) FILTER (WHERE asking) AS asking, count(*) FILTER (WHERE NOT asking) AS others
	FROM figure GROUP BY method, kind, account) AS a
WHERE asking >= :least AND others >= :least GROUP BY method, kind ORDER BY kind, method DESC;

-- Comments are the only interactions; the exposure is none, or the likes.
CREATE TEMP VIEW pair AS
SELECT method, kind, engagement(comments, 0, exposure) FILTER (WHERE asking) AS asking, engagement(comments, 0, exposure) FILTER (WHERE NOT asking) AS others
FROM post, LATERAL (VALUES (1, 'ends_asking', ends_asking(caption)), (2, 'asks', asks(caption)),
		(3, 'a question mark anywhere', caption ~ '[?]')) AS m (n, method, asking),
	LATERAL (VALUES ('comments', 1000000), ('comments per like', nullif(likes, 0))) AS f (kind, exposure)
WHERE comments >= 0 AND likes >= 0 GROUP BY method, kind, account;
SELECT format('common_rate_ratio, %s, %s: %s times, 90 %% bounds %s to %s; standard deviation between accounts %s; %s accounts', method, kind,
	round(rate_ratio(c)::numeric, 2), round(rate_ratio_low(c)::numeric, 2), round(rate_ratio_high(c)::numeric, 2),
	round(between_stddev(c)::numeric, 2), profiles(c))
FROM (SELECT method, kind, common_rate_ratio(asking, others) FILTER (WHERE posts(asking) >= :least AND posts(others) >= :least) AS c
	FROM pair GROUP BY method, kind) AS s ORDER BY kind, method DESC;
END
