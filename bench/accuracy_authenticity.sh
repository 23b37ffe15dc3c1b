#!/bin/sh
# How well fake_score ranks fake accounts above real ones.
# usage: dev/server.sh bench/accuracy_authenticity.sh FOLDER
#
# FOLDER holds fakeAccountData.json and realAccountData.json of
# github.com/fcakyon/instafake-dataset, data/fake-v1.0; or train.csv and
# test.csv of kaggle.com/datasets/free4ever1/instagram-fake-spammer-genuine-accounts;
# or all four.  They are not part of this project.
#
# The csv files have the share of digits in the username, not their number;
# USERNAME_LENGTH (11, the mean of the json files) makes a number of it.
set -eu

folder=$1
document=$(mktemp)
trap 'rm -f "$document"' EXIT
run() { psql -qXAt -v ON_ERROR_STOP=1 "$@"; }

run <<'END'
CREATE EXTENSION IF NOT EXISTS influencer;
CREATE TABLE account (source text, fake boolean, followers bigint, following bigint, posts bigint,
	has_picture boolean, biography_length integer, username_digits integer);
END

for name in fakeAccountData realAccountData; do
	[ -f "$folder/$name.json" ] || continue
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
	[ -f "$folder/$name.csv" ] || continue
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

run <<'END'
-- The area under the ROC curve: the chance that a fake account has a higher
-- score than a real one, ties counting half (Mann and Whitney).
CREATE TEMP VIEW scored AS
SELECT *, fake_score(followers, following, posts, has_picture, biography_length, username_digits) AS score,
	cardinality(fake_reasons(followers, following, posts, has_picture, biography_length, username_digits)) AS fired
FROM account;
CREATE FUNCTION pg_temp.auc(which text, score text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	area numeric;
BEGIN
	EXECUTE format($q$
		SELECT round(((sum(place) FILTER (WHERE fake) - count(*) FILTER (WHERE fake) * (count(*) FILTER (WHERE fake) + 1) / 2.0)
			/ count(*) FILTER (WHERE fake) / count(*) FILTER (WHERE NOT fake))::numeric, 4)
		FROM (SELECT fake, rank() OVER (ORDER BY score) + (count(*) OVER (PARTITION BY score) - 1) / 2.0 AS place
			FROM (SELECT fake, %1$s AS score FROM scored WHERE source = %2$L) AS s) AS r $q$, score, which) INTO area;
	RETURN area;
END $$;
SELECT format('%s: %s fake, %s real accounts; AUC of fake_score %s, of the number of reasons %s; above .5: %s of the fake, %s of the real',
	source, count(*) FILTER (WHERE fake), count(*) FILTER (WHERE NOT fake), pg_temp.auc(source, 'score'), pg_temp.auc(source, 'fired'),
	round(avg((score > .5)::integer) FILTER (WHERE fake), 3), round(avg((score > .5)::integer) FILTER (WHERE NOT fake), 3))
FROM scored GROUP BY source ORDER BY source;

END
