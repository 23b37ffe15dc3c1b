--
-- common_rate_ratio: what the ratios of many profiles have in common
--

CREATE TYPE profile_ratios;

CREATE FUNCTION profile_ratios_in(cstring) RETURNS profile_ratios
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION profile_ratios_out(profile_ratios) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION profile_ratios_recv(internal) RETURNS profile_ratios
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION profile_ratios_send(profile_ratios) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

CREATE TYPE profile_ratios (
	INPUT = profile_ratios_in,
	OUTPUT = profile_ratios_out,
	RECEIVE = profile_ratios_recv,
	SEND = profile_ratios_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);

COMMENT ON TYPE profile_ratios IS
	'each profile''s ratio of two rates, with the variance of its logarithm; of common_rate_ratio()';
COMMENT ON FUNCTION profile_ratios_in(cstring) IS 'I/O';
COMMENT ON FUNCTION profile_ratios_out(profile_ratios) IS 'I/O';
COMMENT ON FUNCTION profile_ratios_recv(internal) IS 'I/O';
COMMENT ON FUNCTION profile_ratios_send(profile_ratios) IS 'I/O';

CREATE FUNCTION profile_ratios_accum(profile_ratios, a engagement_summary, b engagement_summary)
	RETURNS profile_ratios
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
CREATE FUNCTION profile_ratios_combine(profile_ratios, profile_ratios) RETURNS profile_ratios
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION profile_ratios_final(profile_ratios) RETURNS profile_ratios
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION profile_ratios_accum(profile_ratios, engagement_summary, engagement_summary) IS
	'aggregate transition function';
COMMENT ON FUNCTION profile_ratios_combine(profile_ratios, profile_ratios) IS
	'aggregate combine function';
COMMENT ON FUNCTION profile_ratios_final(profile_ratios) IS 'aggregate final function';

CREATE AGGREGATE common_rate_ratio(a engagement_summary, b engagement_summary) (
	SFUNC = profile_ratios_accum,
	STYPE = profile_ratios,
	SSPACE = 4096,
	FINALFUNC = profile_ratios_final,
	FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = profile_ratios_combine,
	INITCOND = '{}',
	PARALLEL = SAFE
);
CREATE AGGREGATE sum(profile_ratios) (
	SFUNC = profile_ratios_combine,
	STYPE = profile_ratios,
	SSPACE = 4096,
	FINALFUNC = profile_ratios_final,
	FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = profile_ratios_combine,
	INITCOND = '{}',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE common_rate_ratio(engagement_summary, engagement_summary) IS
	'what the ratios of the rates of a and b have in common over profiles, a pair of summaries each: rate_ratio() of it, rate_ratio_low(), rate_ratio_high(); a profile whose ratio is unknown is left out and counted';
COMMENT ON AGGREGATE sum(profile_ratios) IS 'the profiles of several, which must not have any in common';

CREATE FUNCTION rate_ratio(profile_ratios) RETURNS float8
	AS 'MODULE_PATHNAME', 'common_rate_ratio_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION rate_ratio_low(profile_ratios, confidence float8 DEFAULT 0.9) RETURNS float8
	AS 'MODULE_PATHNAME', 'common_rate_ratio_low'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION rate_ratio_high(profile_ratios, confidence float8 DEFAULT 0.9) RETURNS float8
	AS 'MODULE_PATHNAME', 'common_rate_ratio_high'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION between_stddev(profile_ratios) RETURNS float8
	AS 'MODULE_PATHNAME', 'common_rate_ratio_between_stddev'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION profiles(profile_ratios) RETURNS bigint
	AS 'MODULE_PATHNAME', 'profile_ratios_profiles'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION profiles_left_out(profile_ratios) RETURNS bigint
	AS 'MODULE_PATHNAME', 'profile_ratios_left_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION rate_ratio(profile_ratios) IS
	'ratio that profiles have in common: 1 is equal, 0.8 is 20 % less; random effects, DerSimonian and Laird; NULL for no profile';
COMMENT ON FUNCTION rate_ratio_low(profile_ratios, float8) IS
	'lower bound of the common ratio, at a two-sided confidence (0.9); Hartung and Knapp; NULL for fewer than two profiles';
COMMENT ON FUNCTION rate_ratio_high(profile_ratios, float8) IS
	'upper bound of the common ratio, at a two-sided confidence (0.9); Hartung and Knapp; NULL for fewer than two profiles';
COMMENT ON FUNCTION between_stddev(profile_ratios) IS
	'standard deviation between profiles of the logarithm of their true ratios; NULL for fewer than two profiles';
COMMENT ON FUNCTION profiles(profile_ratios) IS 'profiles that the common ratio rests on';
COMMENT ON FUNCTION profiles_left_out(profile_ratios) IS
	'profiles left out, since their ratio or its variance is unknown: no posts on a side, one post each, averages';
