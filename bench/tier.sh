#!/bin/sh
# Classification: ours against the hand-written range, CASE and stored column.
# PROFILES and RUNS change the size and how often each query is timed.
set -eu
exec psql -qXAt -v ON_ERROR_STOP=1 -v profiles="${PROFILES:-5000000}" -v runs="${RUNS:-7}" \
	-f "$(dirname "$0")/tier.sql"
