#!/bin/sh
# How well fake_score ranks fake accounts above real ones, and what it costs.
# usage: bench/authenticity.sh [FOLDER]
#
# FOLDER holds fakeAccountData.json and realAccountData.json of
# github.com/fcakyon/instafake-dataset, data/fake-v1.0; or train.csv and
# test.csv of kaggle.com/datasets/free4ever1/instagram-fake-spammer-genuine-accounts;
# or all four.  They are not part of this project.  Without a folder, only the
# costs are measured.
#
# The csv files have the share of digits in the username, not their number;
# USERNAME_LENGTH (11, the mean of the json files) makes a number of it.
set -eu

folder=${1:-}
document=$(mktemp)
trap 'rm -f "$document"' EXIT
run() { psql -qXAt -v ON_ERROR_STOP=1 "$@"; }

run <<'END'
CREATE TABLE account (source text, fake boolean, followers bigint, following bigint, posts bigint,
	has_picture boolean, biography_length integer, username_digits integer);
END

for name in fakeAccountData realAccountData; do
	[ -n "$folder" ] && [ -f "$folder/$name.json" ] || continue
	tr -d '\n' <"$folder/$name.json" | sed 's/\\/\\\\/g' >"$document"
	{
		echo 'CREATE TEMP TABLE raw (document jsonb);'
		printf '%s\n' "\\copy raw FROM '$document'"
		cat <<'END'
INSERT INTO account
SELECT 'instafake', (a->>'isFake')::integer = 1, (a->>'userFollowerCount')::bigint, (a->>'userFollowingCount')::bigint,
	(a->>'userMediaCount')::bigint, (a->>'userHasProfilPic')::integer = 1, (a->>'userBiographyLength')::integer,
	(a->>'usernameDigitCount')::integer
FROM raw, jsonb_array_elements(document) AS a;
END
	} | run
done

for name in train test; do
	[ -n "$folder" ] && [ -f "$folder/$name.csv" ] || continue
	{
		cat <<'END'
CREATE TEMP TABLE raw (picture integer, digits float8, fullname_words text, fullname_digits text, same_name text,
	biography_length integer, url text, private text, posts bigint, followers bigint, following bigint, fake integer);
END
		printf '%s\n' "\\copy raw FROM '$folder/$name.csv' (FORMAT csv, HEADER)"
		cat <<'END'
INSERT INTO account
SELECT 'kaggle', fake = 1, followers, following, posts, picture = 1, biography_length, round(digits * :username_length)
FROM raw;
END
	} | run -v username_length="${USERNAME_LENGTH:-11}"
done

psql -qXAt -v ON_ERROR_STOP=1 -v accounts="${ACCOUNTS:-1000000}" -v runs="${RUNS:-5}" \
	-f "$(dirname "$0")/authenticity.sql"
