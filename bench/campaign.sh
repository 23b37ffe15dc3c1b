#!/bin/sh
# A plan from 10,000 candidates against the union of their audiences.
# usage: dev/server.sh bench/campaign.sh     CANDIDATES (10000) and RUNS (5) may be set
set -eu

psql -qX -c 'CREATE EXTENSION IF NOT EXISTS influencer'
psql -X -v candidates="${CANDIDATES:-10000}" -v runs="${RUNS:-5}" -f bench/campaign.sql
