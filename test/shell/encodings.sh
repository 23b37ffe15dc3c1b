#!/bin/sh
# A written count is the same one in a database of any encoding that has its
# characters.
set -eu
. dev/tap.sh

export PGOPTIONS='-c client_min_messages=warning' PGCLIENTENCODING=UTF8
cat >"$WORK/texts" <<'END'
48.5M
1,234,567
~5k
≈5k
17,7 k
1 234
1 234
1’234
−5
3.4万
508.3万
1,234万
2萬
5만
1.2亿
1.2億
3억
8千
9천
１２，３４５
４８．５Ｍ
3　万
١٢٣٤
١٢٫٥ ألف
۱۲۳۴
१२३४
12,5 тыс.
1,5 млн
½
5 €
é
ÑK
5ÿ
日本
END

# Each text in a statement of its own, so that one which the encoding does not
# have is left out.
while read -r text; do
	echo "SELECT '$text', try_parse_count('$text');"
done <"$WORK/texts" >"$WORK/ask.sql"

# counts ENCODING: the texts that it has, with their counts.
counts() {
	createdb -T template0 -E "$1" --locale=C written
	psql -X -q -d written -c 'CREATE EXTENSION influencer'
	psql -X -At -d written -f "$WORK/ask.sql" 2>/dev/null | sort >"$WORK/$1" || :
	dropdb written
}

counts UTF8
is 'UTF8 has all texts' "$(wc -l <"$WORK/UTF8")" "$(wc -l <"$WORK/texts")"
is '... and they are what they are elsewhere in the tests' "$(grep -c '|[0-9]' "$WORK/UTF8")" 27
for encoding in LATIN1 LATIN9 WIN1252 KOI8R WIN1251 ISO_8859_6 WIN1256 EUC_JP EUC_JIS_2004 EUC_CN EUC_KR EUC_TW SQL_ASCII; do
	counts $encoding
	is "$encoding gives nothing else" "$(comm -23 "$WORK/$encoding" "$WORK/UTF8")" ''
	echo "# $encoding has $(wc -l <"$WORK/$encoding") of the texts"
done
is 'Japanese is counted in EUC_JP' "$(grep 万 "$WORK/EUC_JP")" "$(printf '1,234万|12340000\n3.4万|34000\n3　万|30000\n508.3万|5083000')"
is 'French is counted in LATIN1' "$(grep '^17' "$WORK/LATIN1")" "$(printf '17,7\302\240k|17700')"
done_testing
