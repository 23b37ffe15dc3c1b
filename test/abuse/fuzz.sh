#!/bin/sh
# A million hostile values of every type, as fast as it goes: to the functions
# that read text, bytes and a cast of bytes, and what is accepted on to functions
# and aggregates that take the type; documents and strings to those that take
# them.  It runs beside dev/server.sh, with SANITIZE=1 (make fuzz).
#
# Environment: VALUES, how many of each type (1000000); FUZZ_SEED (1), the same
# seed giving the same values; TYPES, some types instead of all, by commas.
#
# The values are those of mutate.pl, fuzz.c calls the functions.  Prints a line
# for each form of each type; fails if a value was not dealt with as it must be,
# or ended the server.
set -eu
values=${VALUES:-1000000}
seed=${FUZZ_SEED:-1}
piece=20000
here=$(cd "$(dirname "$0")" && pwd)

run() { psql -X -q -v ON_ERROR_STOP=1 -d abuse "$@"; }

dropdb --if-exists abuse 2>/dev/null
createdb abuse
run -c 'CREATE EXTENSION influencer'
run -f "$here/catalog.psql" -f "$here/samples.psql" -f "$here/mutants.psql" >/dev/null
run -At -F '	' -f "$here/export.psql" >"$WORK/samples"
gcc -O2 -fPIC -shared -I"$("$PG_CONFIG" --includedir-server)" -o "$WORK/fuzz.so" "$here/fuzz.c"
for function in 'fuzz_sample(regtype, text) RETURNS void' 'fuzz_slowest() RETURNS text' \
	'fuzz_function(regtype, regprocedure, boolean, boolean) RETURNS void' \
	'fuzz_value(regtype, text, text, int, bytea) RETURNS text'; do
	run -c "CREATE FUNCTION $function AS '$WORK/fuzz.so' LANGUAGE C STRICT"
done
mkdir -m 777 "$WORK/fuzz"

# What psql does for one type.
script() {
	n=0
	while [ $((n * piece)) -lt "$values" ]; do
		cat <<-END
			TRUNCATE own_mutant;
			\\copy own_mutant (target, form, source, bytes) FROM PROGRAM 'perl $here/mutate.pl $piece $((seed * 1000 + n)) <$WORK/fuzz/samples'
			INSERT INTO tried SELECT form, outcome, count(*), min(id), min(bytes::text) FILTER (WHERE outcome !~ '^(accepted|refused)')::bytea
			FROM (SELECT form, id, bytes, fuzz_value(:'target', form, source, id, bytes) AS outcome FROM own_mutant OFFSET 0) AS m GROUP BY 1, 2;
		END
		n=$((n + 1))
	done
	cat <<-'END'
		\pset tuples_only on
		\pset format unaligned
		SELECT format('%s as %s: %s values, %s accepted, %s refused', :'target', form, sum(number), coalesce(sum(number) FILTER (WHERE outcome = 'accepted'), 0),
			coalesce(sum(number) FILTER (WHERE outcome ~ '^refused'), 0)) FROM tried GROUP BY form ORDER BY form;
		SELECT format('%s: the longest call is %s', :'target', fuzz_slowest());
		SELECT format('WRONG %s as %s, value %s and %s more: %s; %s', :'target', form, min(id), sum(number) - 1, outcome, left(min(bytes::text), 2000))
		FROM tried WHERE outcome !~ '^(accepted|refused)' GROUP BY form, outcome;
	END
}

# The server starts itself again after a crash.
wait_for_server() {
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		! run -c 'SELECT 1' >/dev/null 2>&1 || return 0
		sleep 1
	done
}

status=0
if [ -n "${TYPES:-}" ]; then
	types=$(echo "$TYPES" | tr , '\n')
else
	types=$(cut -f 1 "$WORK/samples" | uniq)
fi
for target in $types; do
	awk -F '\t' -v target="$target" '$1 == target' "$WORK/samples" >"$WORK/fuzz/samples"
	script >"$WORK/fuzz/script"
	if ! run -v target="$target" -v last="$WORK/fuzz/last" -f "$here/fuzz.psql" -f "$WORK/fuzz/script" >"$WORK/fuzz/out"; then
		wait_for_server
		read -r value function <"$WORK/fuzz/last" || true
		echo "WRONG $target, seed $seed: the server ended at value $value, in $(run -At -c "SELECT nullif($function, 0)::regprocedure")" >>"$WORK/fuzz/out"
	fi
	cat "$WORK/fuzz/out"
	! grep -q '^WRONG' "$WORK/fuzz/out" || status=1
done
exit $status
