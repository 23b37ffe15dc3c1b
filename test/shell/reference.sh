#!/bin/sh
# The reference tables of doc/ have every function, aggregate, operator and cast
# that users call, with its arguments, and nothing that is not there.
#
# In a section "## Reference", the first column of a table has signatures in
# backquotes: name(argument type, ... [, type]), type operator type, or
# type::type.  An argument may have a name before its type.
set -eu

awk 'FNR == 1 { inside = 0 }
	/^## / { inside = /^## Reference/ }
	inside && /^\| `/ {
		gsub(/\\\|/, "\001")
		split($0, column, "|")
		gsub("\001", "|", column[2])
		n = split(column[2], piece, "`")
		for (i = 2; i <= n; i += 2) print FILENAME "\t" piece[i]
	}' doc/*.md >"$WORK/documented"

createdb influencer_reference
psql -qX -At -v ON_ERROR_STOP=1 -d influencer_reference <<END
SET client_min_messages = warning;
CREATE EXTENSION influencer;
CREATE TEMP TABLE documented (page text, signature text);
\copy documented FROM '$WORK/documented'
\i test/shell/reference/compare.sql
END
