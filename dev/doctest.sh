#!/bin/sh
# Run the SQL of documents and compare with the output printed there.
# usage: dev/doctest.sh [--accept] DATABASE FILE.md...
#
# A block fenced as ```sql is run; a block fenced as ``` right after it is its
# output.  The blocks of a file run in one session, in their order.  A block
# without output may print anything but an error.  With --accept, the files are
# rewritten with the real output, to be read before it is committed.
#
# Prints TAP, one test a file.
set -eu

accept=
if [ "$1" = --accept ]; then
	accept=1
	shift
fi
database=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The SQL of a document, each block announced by its number.
extract() {
	awk '/^```sql$/ { inside = 1; printf "\\echo @@block %d\n", ++n; next }
		/^```/ { inside = 0 }
		inside' "$1"
}

# The document with the outputs of a file of announced blocks in their places;
# errors that have no place go to another file.
weave() {
	awk -v outputs="$2" -v errors="$3" '
		BEGIN {
			while ((getline line < outputs) > 0) {
				if (line ~ /^@@block /) { n = substr(line, 9) + 0; continue }
				text[n] = text[n] line "\n"
			}
			n = 0
		}
		/^```sql$/ { n++; state = "sql"; print; next }
		/^```$/ && state == "sql" { state = "after"; print; next }
		/^```$/ && state == "after" {
			state = "output"; print; sub(/\n+$/, "\n", text[n]); printf "%s", text[n]; text[n] = ""; next
		}
		/^```$/ && state == "output" { state = ""; print; next }
		state == "output" { next }
		state == "after" && NF > 0 { state = "" }
		{ print }
		END {
			for (i in text)
				if (text[i] ~ /(^|\n)ERROR:/) printf "block %d, which shows no output: %s", i, text[i] >errors
		}' "$1"
}

number=0
failed=0
for file; do
	number=$((number + 1))
	extract "$file" |
		psql -X -q -d "$database" >"$work/out" 2>&1 || true
	: >"$work/errors"
	weave "$file" "$work/out" "$work/errors" | sed 's/[[:blank:]]*$//' >"$work/new"
	if [ -n "$accept" ]; then
		cat "$work/new" >"$file"
	fi
	cat "$work/errors" >>"$work/new"
	if diff -u "$file" "$work/new" >"$work/diff"; then
		echo "ok $number - $file"
	else
		echo "not ok $number - $file"
		sed 's/^/# /' "$work/diff"
		failed=1
	fi
done
echo "1..$number"
exit $failed
