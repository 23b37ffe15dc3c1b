#!/bin/sh
# An upgraded extension has the catalog of a fresh one, and values stored before
# are what they were.
#
# upgrade/influencer--A.sql are the install scripts of released versions, and
# upgrade/influencer--A--B.sql the steps between them.  They are tried in the
# folder of extensions of the throw-away server, as are changes made up here,
# which show that a forgotten one is found.
set -eu
. dev/tap.sh

extensions=$WORK/tree$("${PG_CONFIG:-pg_config}" --sharedir)/extension
version=$(sed -n "s/^default_version = '\(.*\)'/\1/p" influencer.control)
PGOPTIONS='-c client_min_messages=warning'
export PGOPTIONS
createdb upgrade

# same NAME FILE FILE
same() {
	if grep ERROR "$2" "$3" >"$WORK/upgrade.diff"; then
		result "$1" no "$WORK/upgrade.diff"
	elif diff "$2" "$3" >"$WORK/upgrade.diff" 2>&1; then
		result "$1" yes
	else
		result "$1" no "$WORK/upgrade.diff"
	fi
}

run() { psql -X -q -At -d upgrade -v ON_ERROR_STOP=1 "$@"; }

# The catalog of a version, installed at once or in steps; nothing stays.
# catalog VERSION [STEP...]
catalog() {
	first=$1
	shift
	{
		echo 'BEGIN;'
		echo "CREATE EXTENSION influencer VERSION '$first';"
		for step; do
			echo "ALTER EXTENSION influencer UPDATE TO '$step';"
		done
		echo '\i test/shell/upgrade/catalog.psql'
	} | run -f - 2>&1 || :
}

# Values of every type, before and after an update that is committed.
# update FROM TO
update() {
	: >"$WORK/before"
	{
		run -c "CREATE EXTENSION influencer VERSION '$1'" &&
			run -f test/shell/dump/values.psql &&
			pg_dump -d upgrade --data-only --inserts | grep -vE '^.(un)?restrict ' >"$WORK/before" &&
			run -c "ALTER EXTENSION influencer UPDATE TO '$2'" &&
			pg_dump -d upgrade --data-only --inserts | grep -vE '^.(un)?restrict ' >"$WORK/after" &&
			run -c "SET enable_seqscan = off" -c "SELECT 'missing in an index' FROM stored AS a WHERE NOT EXISTS (SELECT FROM stored AS b WHERE b.tier = a.tier)"
	} >"$WORK/update.out" 2>&1 || :
	run -c 'DROP TABLE IF EXISTS stored' -c 'DROP EXTENSION influencer'
	[ ! -s "$WORK/update.out" ] || cp "$WORK/update.out" "$WORK/after"
	same "stored values stay, $1 to $2" "$WORK/before" "$WORK/after"
	# ... and there were some
	[ "$(grep -c '^INSERT INTO public.stored' "$WORK/before")" = 1 ] && stored=yes || stored=no
	result "there were stored values, $1 to $2" "$stored"
}

# Released versions, every step between them, and the way from each to this one.
for file in upgrade/influencer--*.sql; do
	released=${file#upgrade/influencer--}
	released=${released%.sql}
	case $released in
	'*' | *--*) ;;
	"$version") same "version $version is released, and is as it was then" "$file" "$BUILD/influencer--$version.sql" ;;
	*) install -m 644 "$file" "$extensions/" ;;
	esac
done
catalog "$version" >"$WORK/this"
for file in upgrade/influencer--*.sql; do
	from=${file#upgrade/influencer--}
	from=${from%.sql}
	case $from in
	'*' | "$version") ;;
	*--*)
		to=${from##*--}
		from=${from%%--*}
		catalog "$to" >"$WORK/fresh"
		catalog "$from" "$to" >"$WORK/upgraded"
		same "$from updated to $to has the catalog of $to" "$WORK/fresh" "$WORK/upgraded"
		;;
	*)
		catalog "$from" "$version" >"$WORK/upgraded"
		same "$from updated to $version has the catalog of $version" "$WORK/this" "$WORK/upgraded"
		update "$from" "$version"
		;;
	esac
done
[ "$(wc -l <"$WORK/this")" -gt 10000 ] && complete=yes || complete=no
result 'the catalog of this version is listed' "$complete" "$WORK/this"

# A version to come, made of this one.  Its install script declares new things
# before the old ones and changes a cost in place, so that the same end is
# reached by another way.
fresh=$extensions/influencer--next.sql
step=$extensions/influencer--$version--next.sql
grep '^[A-Z]' test/shell/upgrade/change.sql >"$WORK/changes"
new='^CREATE (FUNCTION|TYPE)'
{
	grep -E "$new" "$WORK/changes"
	sed '/^CREATE FUNCTION parse_count/,/;/s/COST 1/COST 2/' "$BUILD/influencer--$version.sql"
	grep -vE "$new|parse_count\(text\) COST 2" "$WORK/changes"
} >"$fresh"
catalog next >"$WORK/fresh"

cp "$WORK/changes" "$step"
catalog "$version" next >"$WORK/upgraded"
same 'an upgrade script with all changes: the same catalog' "$WORK/fresh" "$WORK/upgraded"
update "$version" next

# Each change alone, forgotten.  A comment goes with what it is on.
while read -r change; do
	object=$(echo "$change" | sed -n 's/^CREATE FUNCTION \(.*\) RETURNS.*/\1/p')
	grep -vxF "$change" "$WORK/changes" | grep -vF "ON FUNCTION ${object:-nothing}" >"$step"
	catalog "$version" next >"$WORK/upgraded"
	if grep -q ERROR "$WORK/upgraded" || diff -q "$WORK/fresh" "$WORK/upgraded" >/dev/null; then
		found=no
	else
		found=yes
	fi
	result "found to be forgotten: $(echo "$change" | cut -c 1-60)" "$found"
done <"$WORK/changes"

rm -f "$fresh" "$step"
done_testing
