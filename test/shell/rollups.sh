#!/bin/sh
# The rollup of doc/rollups.md, kept by triggers, is what is computed afresh: each
# sum to the byte, after random changes by eight clients at once, and after each
# way by which rows come and go.
#
# Environment: ROLLUP_CHANGES, how many statements the clients make (10000).
set -eu
. dev/tap.sh

if ! command -v pgbench >/dev/null; then
	echo '1..0 # SKIP there is no pgbench'
	exit 0
fi

dropdb --if-exists rollups 2>/dev/null
createdb rollups
export PGOPTIONS='-c client_min_messages=warning'
run() { psql -X -q -v ON_ERROR_STOP=1 -d rollups "$@"; }
ask() { psql -X -At -d rollups -c "$1"; }

# The SQL of the document up to its example, the view that compares, the
# triggers alone.
document=$WORK/rollups.sql
awk '/^```sql$/ { inside = 1; next } /^```/ { inside = 0 } inside' doc/rollups.md >"$document"
sed '/^INSERT INTO media$/,$d' "$document" >"$WORK/rollup_tables.sql"
sed -n '/^CREATE VIEW media_daily_wrong/,/;$/p' "$document" >"$WORK/rollup_view.sql"
sed -n '/^CREATE TRIGGER/,/;$/p' "$document" >"$WORK/rollup_triggers.sql"
run -c 'CREATE EXTENSION influencer' -c 'GRANT CREATE ON SCHEMA public TO PUBLIC'
is 'a schema in which others may create is refused' \
	"$(psql -X -At -v ON_ERROR_STOP=1 -d rollups -1 -f "$WORK/rollup_tables.sql" 2>&1 | grep -c 'ERROR:  others may create in a schema')" 1
run -c 'REVOKE CREATE ON SCHEMA public FROM PUBLIC' -f "$WORK/rollup_tables.sql" -f "$WORK/rollup_view.sql" >/dev/null

# right NAME: the rollup holds what there is, and says nothing is on its way.
right() {
	is "$1" "$(ask 'SELECT (SELECT count(*) FROM media_daily_wrong) || $$ wrong, $$ ||
		(SELECT sum(posts(engagement) + hidden_posts(engagement)) FROM media_daily) - (SELECT count(*) FROM media) || $$ posts more, $$ ||
		(SELECT count(taken) FROM media_daily) || $$ taken$$')" '0 wrong, 0 posts more, 0 taken'
}

#
# Eight clients
#
cat >"$WORK/changes.pgbench" <<'END'
\set what random(1, 10)
\set first random(1, 20000)
\set rows random(1, 20)
\set profile random(1, 50)
\set day random(0, 9)
\if :what <= 4
INSERT INTO media SELECT n, (n * 7 + :profile) % 50, '2026-11-01 12:00Z'::timestamptz + (n + :day) % 10 * interval '1 day', nullif(n * :day % 1000, 0), n % 50, n % 3 * 1000 FROM generate_series(:first, :first + :rows) AS n ON CONFLICT DO NOTHING;
\elif :what <= 6
UPDATE media SET likes = :rows * 100, comments = :day WHERE media_id BETWEEN :first AND :first + :rows;
\elif :what <= 7
UPDATE media SET profile_id = :profile, published_at = published_at + interval '13 hours' * (:day - 5) WHERE media_id BETWEEN :first AND :first + :rows;
\elif :what <= 8
UPDATE media SET followers = followers WHERE media_id BETWEEN :first AND :first + :rows;
\else
DELETE FROM media WHERE media_id BETWEEN :first AND :first + 2 * :rows;
\endif
END
# Statements of two kinds: these may meet crosswise, and are tried again.
cat >"$WORK/upserts.pgbench" <<'END'
\set first random(1, 20000)
\set rows random(1, 20)
\set day random(0, 9)
INSERT INTO media SELECT n, n % 50, '2026-11-01 12:00Z'::timestamptz + (n + :day) % 10 * interval '1 day', :day, n % 50, 2000 FROM generate_series(:first, :first + :rows) AS n ON CONFLICT (media_id) DO UPDATE SET likes = media.likes + 1, published_at = excluded.published_at;
END
# So may several statements a transaction; some are rolled back.
cat >"$WORK/transactions.pgbench" <<'END'
\set first random(1, 20000)
\set other random(1, 20000)
\set profile random(1, 50)
BEGIN ISOLATION LEVEL REPEATABLE READ;
UPDATE media SET likes = likes + 1 WHERE media_id = :first;
UPDATE media SET profile_id = :profile WHERE media_id = :other;
\if :first % 3 = 0
ROLLBACK;
\else
END;
\endif
END

changes=${ROLLUP_CHANGES:-10000}
# clients STATEMENTS SCRIPT: rows are found by the index, in its order, so that
# what meets crosswise meets in the rollup.
clients() {
	PGOPTIONS='-c enable_seqscan=off -c enable_bitmapscan=off' pgbench -n -c 8 -j 2 -t $(($1 / 8)) --max-tries=1000 --random-seed=17 -f "$2" rollups >"$WORK/pgbench.out" 2>&1 || return 1
	! grep -qE '^number of failed transactions: [1-9]' "$WORK/pgbench.out"
}
clients "$changes" "$WORK/changes.pgbench" && passed=yes || passed=no
result "$changes statements by eight clients are made" $passed "$WORK/pgbench.out"
right 'the rollup is what is computed afresh'
is 'none of them met crosswise' "$(ask 'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()')" 0
clients $((changes / 5)) "$WORK/upserts.pgbench" && passed=yes || passed=no
result 'statements that insert or update are made, some after another try' $passed "$WORK/pgbench.out"
right 'the rollup is right after these too'
clients $((changes / 5)) "$WORK/transactions.pgbench" && passed=yes || passed=no
result 'transactions of several statements are made, some after another try' $passed "$WORK/pgbench.out"
right 'and after these'

#
# Ways by which rows come and go
#
run -c "COPY (SELECT media_id + 100000, profile_id, published_at, likes, comments, followers FROM media) TO '$WORK/data/media.copy'" \
	-c "COPY media FROM '$WORK/data/media.copy'"
right 'COPY'
run -c "MERGE INTO media AS m USING (SELECT n AS media_id, n % 4 AS profile_id FROM generate_series(1, 200) AS n) AS s ON m.media_id = s.media_id
	WHEN MATCHED AND m.media_id % 3 = 0 THEN DELETE
	WHEN MATCHED THEN UPDATE SET profile_id = s.profile_id
	WHEN NOT MATCHED THEN INSERT VALUES (s.media_id, s.profile_id, '2026-11-05Z', 5, 5, 500)"
right 'MERGE'
run -c 'WITH gone AS (DELETE FROM media WHERE profile_id = 3 RETURNING *)
	INSERT INTO media SELECT media_id + 1000000, 4, published_at, likes, comments, followers FROM gone'
right 'a statement that deletes and inserts'
run -c "SET timezone = 'Pacific/Kiritimati'" -c 'DELETE FROM media WHERE media_id % 2 = 0'
right 'a session of another TimeZone'
run -c 'CREATE TABLE owner (profile_id bigint PRIMARY KEY)' -c 'INSERT INTO owner SELECT DISTINCT profile_id FROM media' \
	-c 'ALTER TABLE media ADD FOREIGN KEY (profile_id) REFERENCES owner ON DELETE CASCADE' -c 'DELETE FROM owner WHERE profile_id < 10'
right 'deletes that cascade'
run -c 'CREATE ROLE rollup_writer' -c 'GRANT SELECT, INSERT, UPDATE, DELETE ON media TO rollup_writer' -c 'SET ROLE rollup_writer' \
	-c 'CREATE TEMP TABLE media_daily (profile_id bigint, day date, engagement engagement_summary, taken engagement_summary, PRIMARY KEY (profile_id, day))' \
	-c 'UPDATE media SET likes = 3 WHERE media_id % 5 = 0'
right 'a writer who may not write the rollup, with a table of its name'
run -c "DELETE FROM media_daily WHERE engagement = 'posts=0'"
right 'without the days that are empty'
is 'a rollup that was changed by hand is an error' \
	"$(psql -X -At -d rollups -c 'BEGIN' -c "UPDATE media_daily SET engagement = 'posts=0'" -c 'DELETE FROM media' 2>&1 | sed -n 's/^ERROR: *//p')" \
	'cannot subtract from engagement_summary what it does not contain'
is 'so is one of which days are missing' \
	"$(psql -X -At -d rollups -c 'BEGIN' -c 'DELETE FROM media_daily' -c 'DELETE FROM media' 2>&1 | grep -c 'ERROR:  media_daily lacks')" 1
right 'and nothing is lost'
run -c 'TRUNCATE media'
is 'TRUNCATE' "$(ask 'SELECT count(*) FROM media_daily')" 0

#
# Partitions: the triggers on the table, and on one that statements name
#
run -c 'DROP VIEW media_daily_wrong' -c 'DROP TABLE media' -c 'CREATE TABLE media (media_id bigint NOT NULL, profile_id bigint NOT NULL,
		published_at timestamptz NOT NULL, likes bigint, comments bigint, followers bigint) PARTITION BY RANGE (published_at)' \
	-c "CREATE TABLE media_october PARTITION OF media FOR VALUES FROM ('2026-10-01Z') TO ('2026-11-01Z')" \
	-c "CREATE TABLE media_november PARTITION OF media FOR VALUES FROM ('2026-11-01Z') TO ('2026-12-01Z')" \
	-f "$WORK/rollup_view.sql" -f "$WORK/rollup_triggers.sql"
sed 's/ ON media / ON media_november /; s/ ON media$/ ON media_november/; s/AFTER TRUNCATE/BEFORE TRUNCATE/' "$WORK/rollup_triggers.sql" >"$WORK/rollup_partition.sql"
run -f "$WORK/rollup_partition.sql"
run -c "INSERT INTO media SELECT n, n % 20, '2026-10-20Z'::timestamptz + n % 20 * interval '1 day', n, n % 10, 5000 FROM generate_series(1, 4000) AS n"
right 'rows of several partitions'
run -c "UPDATE media SET published_at = published_at + interval '10 days' WHERE media_id % 7 = 0"
right 'rows that move to another partition'
run -c "INSERT INTO media_november VALUES (9000, 1, '2026-11-11Z', 1, 1, 1)" -c 'DELETE FROM media_november WHERE media_id % 2 = 0'
right 'statements that name a partition'
run -c 'TRUNCATE media_november'
right 'TRUNCATE of a partition'
run -c 'TRUNCATE media'
is 'TRUNCATE of all' "$(ask 'SELECT count(*) FROM media_daily')" 0

dropdb rollups
dropuser rollup_writer
done_testing
