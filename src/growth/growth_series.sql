--
-- growth_series: what needs the observations of a follower count in the order of time
--

CREATE TYPE growth_series;

CREATE FUNCTION growth_series_in(cstring) RETURNS growth_series
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION growth_series_out(growth_series) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION growth_series_recv(internal) RETURNS growth_series
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION growth_series_send(growth_series) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

CREATE TYPE growth_series (
	INPUT = growth_series_in,
	OUTPUT = growth_series_out,
	RECEIVE = growth_series_recv,
	SEND = growth_series_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);

COMMENT ON TYPE growth_series IS
	'state of the aggregates growth_anomalies and crossed_at: observations in the order of time';
COMMENT ON FUNCTION growth_series_in(cstring) IS 'I/O';
COMMENT ON FUNCTION growth_series_out(growth_series) IS 'I/O';
COMMENT ON FUNCTION growth_series_recv(internal) IS 'I/O';
COMMENT ON FUNCTION growth_series_send(growth_series) IS 'I/O';

CREATE TYPE growth_anomaly AS (
	at timestamptz,
	change float8,
	kind text,
	z float8
);

COMMENT ON TYPE growth_anomaly IS
	'a change of a follower count that is out of proportion';
COMMENT ON COLUMN growth_anomaly.at IS 'time of the observation that shows it';
COMMENT ON COLUMN growth_anomaly.change IS
	'change of followers since the observation before, as a fraction: 0.05 is 5 % more';
COMMENT ON COLUMN growth_anomaly.kind IS
	'step, purge, sawtooth (taken back by half within 30 days), gap (over a hole in the observations, or a count of 0)';
COMMENT ON COLUMN growth_anomaly.z IS
	'distance from the profile''s usual growth, in its usual deviations, negative for a fall; NULL for a count of 0';

CREATE FUNCTION growth_series_accum(growth_series, timestamptz, bigint) RETURNS growth_series
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION growth_series_accum(growth_series, timestamptz, bigint, cohort_change float8)
	RETURNS growth_series
	AS 'MODULE_PATHNAME', 'growth_series_accum_cohort'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
CREATE FUNCTION growth_series_accum(growth_series, timestamptz, bigint, mark bigint)
	RETURNS growth_series
	AS 'MODULE_PATHNAME', 'growth_series_accum_mark'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
CREATE FUNCTION growth_series_combine(growth_series, growth_series) RETURNS growth_series
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION growth_anomalies_final(growth_series) RETURNS growth_anomaly[]
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION crossed_at_final(growth_series) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'growth_crossed_at'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION growth_series_accum(growth_series, timestamptz, bigint) IS
	'aggregate transition function';
COMMENT ON FUNCTION growth_series_accum(growth_series, timestamptz, bigint, float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION growth_series_accum(growth_series, timestamptz, bigint, bigint) IS
	'aggregate transition function';
COMMENT ON FUNCTION growth_series_combine(growth_series, growth_series) IS
	'aggregate combine function';
COMMENT ON FUNCTION growth_anomalies_final(growth_series) IS 'aggregate final function';
COMMENT ON FUNCTION crossed_at_final(growth_series) IS 'aggregate final function';

CREATE AGGREGATE growth_anomalies(observed_at timestamptz, followers bigint) (
	SFUNC = growth_series_accum,
	STYPE = growth_series,
	SSPACE = 4096,
	FINALFUNC = growth_anomalies_final,
	FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = growth_series_combine,
	INITCOND = '{}',
	PARALLEL = SAFE
);
CREATE AGGREGATE growth_anomalies(observed_at timestamptz, followers bigint, cohort_change float8) (
	SFUNC = growth_series_accum,
	STYPE = growth_series,
	SSPACE = 4096,
	FINALFUNC = growth_anomalies_final,
	FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = growth_series_combine,
	INITCOND = '{}',
	PARALLEL = SAFE
);
CREATE AGGREGATE crossed_at(observed_at timestamptz, followers bigint, mark bigint) (
	SFUNC = growth_series_accum,
	STYPE = growth_series,
	SSPACE = 4096,
	FINALFUNC = crossed_at_final,
	FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = growth_series_combine,
	INITCOND = '{}',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE growth_anomalies(timestamptz, bigint) IS
	'changes of one profile''s follower count that are out of proportion to its usual growth, in the order of time; NULL for fewer than three changes';
COMMENT ON AGGREGATE growth_anomalies(timestamptz, bigint, float8) IS
	'the same without what the whole cohort changed since the profile''s observation before, as a fraction; NULL is none';
COMMENT ON AGGREGATE crossed_at(timestamptz, bigint, bigint) IS
	'time when one profile''s follower count first reached a mark from below, interpolated between two observations; NULL if it did not';
