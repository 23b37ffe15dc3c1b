--
-- count: counts as people write them
--

CREATE FUNCTION parse_count(text) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION parse_count(text) IS
	'count written as 48.5M, 1,234,567, 10.000, 12,5 Tsd. or 20K views; an error for anything else';

CREATE FUNCTION try_parse_count(text) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION try_parse_count(text) IS
	'count written as 48.5M, 1,234,567, 10.000, 12,5 Tsd. or 20K views; NULL for anything else';
