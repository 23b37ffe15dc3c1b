#!/bin/sh
# The reference tables of doc/ have every function, aggregate, operator and cast
# that users call, with its arguments and its result, and nothing that is not
# there.
#
# In a section "## Reference", the first column of a table has signatures in
# backquotes: name(argument type, ... [, type]), type operator type, or
# type::type.  An argument may have a name before its type.  The second column
# starts with the type of the result in backquotes, with one for each signature,
# or with "rows", "table" or "a row".
set -eu

awk 'FNR == 1 { inside = 0 }
	/^## / { inside = /^## Reference/ }
	inside && /^\| `/ {
		gsub(/\\\|/, "\001")
		split($0, column, "|")
		gsub("\001", "|", column[2])
		n = split(column[2], piece, "`")
		signatures = (n - 1) / 2
		results = (split(column[3], result, "`") - 1) / 2
		for (i = 1; i <= signatures; i++)
			print FILENAME "\t" piece[2 * i] "\t" (column[3] ~ /^ (rows|table|a row)/ ? "rows" : result[2 * (results == signatures ? i : 1)])
	}' doc/*.md >"$WORK/documented"

createdb influencer_reference
psql -qX -At -v ON_ERROR_STOP=1 -d influencer_reference <<END
SET client_min_messages = warning;
CREATE EXTENSION influencer;
CREATE TEMP TABLE documented (page text, signature text, result text);
\copy documented FROM '$WORK/documented'
\i test/shell/reference/compare.sql
END
