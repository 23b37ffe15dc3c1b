--
-- rate_ratio: posts against others, such as sponsored and organic ones
--

CREATE FUNCTION rate_ratio(a engagement_summary, b engagement_summary)
	RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION rate_ratio_low(a engagement_summary, b engagement_summary, confidence float8 DEFAULT 0.9)
	RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION rate_ratio_high(a engagement_summary, b engagement_summary, confidence float8 DEFAULT 0.9)
	RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION rate_ratio(engagement_summary, engagement_summary) IS
	'rate of a / that of b, as of sponsored and organic posts: 1 is equal, 0.8 is 20 % less; of typical rates, or of pooled ones where interactions are few; NULL without usable posts on either side';
COMMENT ON FUNCTION rate_ratio_low(engagement_summary, engagement_summary, float8) IS
	'lower bound of the ratio of long-run rates, at a two-sided confidence (0.9); NULL for one post each or for averages';
COMMENT ON FUNCTION rate_ratio_high(engagement_summary, engagement_summary, float8) IS
	'upper bound of the ratio of long-run rates, at a two-sided confidence (0.9); NULL for one post each or for averages';
