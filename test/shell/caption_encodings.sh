#!/bin/sh
# Captions mean the same in databases of other encodings and locales.
set -eu
. dev/tap.sh

export PGOPTIONS='-c client_min_messages=warning' PGCLIENTENCODING=UTF8

make_database() {
	createdb -T template0 -E "$1" --locale="$2" encodings
	psql -qX -v ON_ERROR_STOP=1 -d encodings -c 'CREATE EXTENSION influencer'
}

# answers ENCODING LOCALE FILE...: what a database of its own says of captions
answers() {
	make_database "$1" "$2"
	shift 2
	for file; do
		psql -qXAt -d encodings -f "test/shell/caption_encodings/$file.psql"
	done
	dropdb encodings
}

# The same answers as in UTF-8, of captions that both can hold.
compare() {
	answers UTF8 C.UTF-8 $2 >"$WORK/utf8.answers" 2>&1
	answers "$1" C $2 >"$WORK/other.answers" 2>&1
	diff "$WORK/utf8.answers" "$WORK/other.answers" >"$WORK/diff" && passed=yes || passed=no
	grep -q '{' "$WORK/utf8.answers" && ! grep -q ERROR "$WORK/utf8.answers" || passed=no
	result "$1: the same as UTF8" $passed "$WORK/diff"
}

compare LATIN1 western
compare LATIN9 western
compare WIN1252 western
compare EUC_JP japanese
compare EUC_JIS_2004 japanese
compare EUC_KR korean
compare EUC_CN chinese
compare KOI8R cyrillic
compare SQL_ASCII 'western japanese korean chinese cyrillic emoji'
compare UTF8 'western japanese korean chinese cyrillic emoji'

make_database LATIN1 C
is 'LATIN1: memory of many short texts' "$(psql -qXAt -d encodings -f test/shell/caption_encodings/memory.psql 2>&1)" t
dropdb encodings

# A tag of any letter that an encoding has comes back as it was; nothing that it
# has, letter or not, is an error.  From MULE_INTERNAL, nothing leads to UTF-8.
export PGCLIENTENCODING=SQL_ASCII
for encoding in EUC_JP EUC_JIS_2004 EUC_KR EUC_CN EUC_TW LATIN1 LATIN2 WIN1251 WIN1253 ISO_8859_7 MULE_INTERNAL; do
	make_database $encoding C
	psql -qXAt -v ON_ERROR_STOP=1 -d encodings -f test/shell/caption_encodings/every.psql >"$WORK/every" 2>&1 || :
	is "$encoding: every character" "$(cat "$WORK/every")" t
	dropdb encodings
done
done_testing
