#!/bin/sh
# The best ten ids of each of 1,024 groups: top_ids against the hand-written ways.
# usage: dev/server.sh bench/top_ids.sh     ROWS (10000000) and RUNS (5) may be set
set -eu

psql -qX -c 'CREATE EXTENSION IF NOT EXISTS influencer'
psql -X -v rows="${ROWS:-10000000}" -v runs="${RUNS:-5}" -f bench/top_ids.sql
