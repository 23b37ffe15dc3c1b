#!/bin/sh
# How often hashtags() and mentions() differ from twitter-text's own JavaScript.
# usage: dev/server.sh bench/accuracy_tags.sh TWITTER_TEXT [FILE]
#
# TWITTER_TEXT is js/pkg/twitter-text-3.1.0.js of github.com/twitter/twitter-text,
# FILE has a caption a line; without it, there are NUMBER (200000) random texts
# of SEED (1).  Needs node.  Neither is part of this project.
#
# Names are compared up to their first dot and their 20th character, which is
# what X has of them.
set -eu

rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
if [ $# -gt 1 ]; then
	node bench/accuracy_tags.js "$1" <"$2" >"$rows"
else
	node bench/accuracy_tags.js "$1" "${NUMBER:-200000}" "${SEED:-1}" >"$rows"
fi

psql -qXAt -v ON_ERROR_STOP=1 <<END
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS influencer;
CREATE TEMP TABLE twitter (caption text, tags json, names json);
\copy twitter FROM '$rows'
CREATE FUNCTION pg_temp.short(names text[]) RETURNS text[] LANGUAGE SQL
	RETURN ARRAY(SELECT left(split_part(name, '.', 1), 20) FROM unnest(names) WITH ORDINALITY AS n (name, place) ORDER BY place);
CREATE TEMP VIEW compared AS
SELECT caption, hashtags(caption) AS tags, ARRAY(SELECT json_array_elements_text(t.tags)) AS twitter_tags,
	pg_temp.short(mentions(caption)) AS names, ARRAY(SELECT json_array_elements_text(t.names)) AS twitter_names FROM twitter AS t;
SELECT format('%s texts; of %s with hashtags, %s differ; of %s with mentions, %s differ', count(*),
	count(*) FILTER (WHERE twitter_tags <> '{}'), count(*) FILTER (WHERE tags <> twitter_tags),
	count(*) FILTER (WHERE twitter_names <> '{}'), count(*) FILTER (WHERE names <> twitter_names)) FROM compared;
END
