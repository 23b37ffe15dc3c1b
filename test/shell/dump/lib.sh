# Databases to be dumped and restored, and what is compared, for shell tests to
# source.  They go by the names in_SCHEMA, of what objects.psql makes, and
# documents_SCHEMA; the extension is in SCHEMA.
. dev/tap.sh
checkout=$PWD
schemas='public analytics'
export PGOPTIONS='-c client_min_messages=warning'

# In public, and in a schema of its own that no restored search path names.
make_databases() {
	for schema in $schemas; do
		createdb "in_$schema"
		psql -X -q -v ON_ERROR_STOP=1 -v schema="$schema" -d "in_$schema" -f "$checkout/test/shell/dump/objects.psql" >/dev/null
		make_documents "documents_$schema" "$schema"
	done
}

# The demo, and all that the documents show, each in a schema of its own.
# make_documents DATABASE SCHEMA
make_documents() {
	createdb "$1"
	psql -X -q -d "$1" -c "CREATE SCHEMA IF NOT EXISTS $2" -c "CREATE EXTENSION influencer SCHEMA $2"
	(
		cd "$checkout"
		export PGOPTIONS="$PGOPTIONS -c search_path=public,$2"
		psql -X -q -v ON_ERROR_STOP=1 -d "$1" -f demo/schema.sql -f demo/views.sql -f demo/campaign.sql >/dev/null
		for document in README.md doc/*.md; do
			# It needs a second database.
			[ "$document" != doc/managed.md ] || continue
			name=$(echo "$document" | tr /. __)
			psql -X -q -d "$1" -c "CREATE SCHEMA \"$name\""
			perl test/shell/dump/document.pl "$document" >"$WORK/document.sql"
			PGOPTIONS="-c client_min_messages=error -c search_path=\"$name\",public,$2 -c keep.schema=$name" \
				psql -X -q -v ON_ERROR_STOP=1 -d "$1" -f test/shell/dump/keep.psql -f "$WORK/document.sql" >/dev/null
		done
		psql -X -q -d "$1" -c ANALYZE
	)
}

# The declarations and rows as text.  Newer pg_dump brackets its output with a
# random key, and sets what older servers don't have.
# dump DATABASE [FOLDER]
dump() { "${2:+$2/}pg_dump" -d "$1" | grep -vE '^.(un)?restrict |^SET transaction_timeout'; }

# Every row of every relation, or a view's error, in DATABASE.
rows() { psql -X -At -d "$1" -f "$checkout/test/shell/dump/rows.psql" 2>&1; }

# The digest of the stored bytes of every table and materialized view in DATABASE.
bytes() {
	psql -X -At -d "$1" -f "$checkout/test/shell/dump/bytes.psql" >"$WORK/copies"
	psql -X -q -d "$1" -f "$WORK/copies" 2>&1
}

# remember DATABASE: what it is now.  Lines are sorted, since rows of very different
# length come back in another order.
remember() {
	dump "$1" | sort >"$WORK/$1.sql"
	rows "$1" >"$WORK/$1.rows"
}

# compare DATABASE REMEMBERED HOW: is it what the other was, and at work?
compare() {
	dump "$1" 2>&1 | sort >"$WORK/now" || :
	diff "$WORK/$2.sql" "$WORK/now" >"$WORK/diff" && passed=yes || passed=no
	result "$2: declared as before, $3" $passed "$WORK/diff"
	rows "$1" >"$WORK/now" || :
	diff "$WORK/$2.rows" "$WORK/now" >"$WORK/diff" && passed=yes || passed=no
	result "$2: every row as before, $3" $passed "$WORK/diff"
	case $2 in
	in_*)
		psql -X -At -v ON_ERROR_STOP=1 -v schema="${2#in_}" -d "$1" -f "$checkout/test/shell/dump/check.psql" >"$WORK/check" 2>&1 || :
		[ ! -s "$WORK/check" ] && passed=yes || passed=no
		result "$2: all is there and at work, $3" $passed "$WORK/check"
		;;
	esac
}
