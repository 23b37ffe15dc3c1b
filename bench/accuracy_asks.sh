#!/bin/sh
# How well asks() finds questions.
# usage: dev/server.sh bench/accuracy_asks.sh FOLDER
#
# FOLDER holds *.conllu files of UD English GUM, in whatever folders
# (github.com/UniversalDependencies/UD_English-GUM), whose comments tell the kind
# of each sentence: "# s_type = q" and "wh" are questions.  It is not part of this
# project.
set -eu

folder=$1
sentences=$(mktemp)
trap 'rm -f "$sentences"' EXIT

# The same sentence is in several files; the last two columns are its kind and
# its text.
find "$folder" -name '*.conllu' -exec awk -v OFS='\t' '
	/^# sent_id = / { id = substr($0, 13) }
	/^# s_type = / { kind = substr($0, 12) }
	/^# text = / { text = substr($0, 10); gsub(/\\/, "\\\\", text); print id, kind, text }' {} + |
	sort -u -t "$(printf '\t')" -k 1,1 >"$sentences"

psql -qXAt -v ON_ERROR_STOP=1 <<END
CREATE EXTENSION IF NOT EXISTS influencer;
CREATE TEMP TABLE sentence (id text, kind text, sentence text);
\copy sentence FROM '$sentences'
CREATE TEMP VIEW answer AS
SELECT method, kind IN ('q', 'wh') AS is_question, found
FROM sentence, LATERAL (VALUES
	(1, 'asks', asks(sentence)), (2, 'ends_asking', ends_asking(sentence)),
	(3, 'a question mark anywhere', sentence ~ '[?]')) AS a (place, method, found);
SELECT format('%s: precision %s, recall %s, F1 %s; %s questions of %s sentences', method,
	round(hits / found, 3), round(hits / questions, 3), round(2 * hits / (found + questions), 3), questions, sentences)
FROM (SELECT method, count(*) FILTER (WHERE found AND is_question)::numeric AS hits, count(*) FILTER (WHERE found) AS found,
	count(*) FILTER (WHERE is_question) AS questions, count(*) AS sentences FROM answer GROUP BY method) AS c
ORDER BY method;
END
