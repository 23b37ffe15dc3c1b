#!/bin/sh
# How well comment_kind() finds comments that promote something.
# usage: dev/server.sh bench/accuracy_comments.sh FOLDER
#
# FOLDER holds Youtube01-Psy.csv to Youtube05-Shakira.csv of UCI's YouTube Spam
# Collection (Alberto, Lochter and Almeida 2015), as in
# github.com/shalimanov/spamchecker, data/.  It is not part of this project.  The
# words of src/caption/promotion_list.c were chosen on files 01 to 03.
set -eu

folder=$1
psql -qXAt -v ON_ERROR_STOP=1 <<END
CREATE EXTENSION IF NOT EXISTS influencer;
CREATE TEMP TABLE comment (file text, comment text, spam boolean);
CREATE TEMP TABLE raw (id text, author text, at text, content text, class integer);
$(for file in "$folder"/Youtube0[1-5]*.csv; do
	printf '%s\n' 'TRUNCATE raw;' "\\copy raw FROM '$file' (FORMAT csv, HEADER)" \
		"INSERT INTO comment SELECT '$(basename "$file" .csv)', content, class = 1 FROM raw;"
done)
-- The collection holds what a page shows: entities, and tags of HTML.
UPDATE comment SET comment = replace(replace(replace(replace(comment, '&#39;', ''''), '&quot;', '"'), '&amp;', '&'), '<br />', E'\n');
CREATE TEMP VIEW answer AS
SELECT file, spam, comment_kind(comment) IS NOT DISTINCT FROM 'promotion' AS found FROM comment;
SELECT format('%s: precision %s, recall %s, F1 %s; %s promotions of %s comments', files,
	round(hits / found, 3), round(hits / spam, 3), round(2 * hits / (found + spam), 3), spam, comments)
FROM (SELECT CASE WHEN grouping(file) = 0 THEN file WHEN held_out THEN '04 and 05, held out' ELSE '01 to 03' END AS files, grouping(file) AS together, held_out,
	count(*) FILTER (WHERE found AND answer.spam)::numeric AS hits, count(*) FILTER (WHERE found) AS found,
	count(*) FILTER (WHERE answer.spam) AS spam, count(*) AS comments
	FROM (SELECT *, file > 'Youtube04' AS held_out FROM answer) AS answer GROUP BY GROUPING SETS ((file, held_out), (held_out))) AS c
ORDER BY held_out, together, files;
END
