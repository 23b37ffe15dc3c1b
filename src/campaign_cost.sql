--
-- campaign_cost: the plain formulas; all are NULL for what is not known, and
-- for a division by nothing
--

CREATE FUNCTION effective_reach(followers bigint, relevant_share float8, attention_rate float8)
	RETURNS float8
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 1
	RETURN followers::float8 * relevant_share * attention_rate;

COMMENT ON FUNCTION effective_reach(bigint, float8, float8) IS
	'followers * relevant_share * attention_rate: people who are relevant and notice; the share and the rate are fractions';

CREATE FUNCTION cost_per_mille(cost numeric, impressions bigint) RETURNS numeric
	LANGUAGE SQL IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
	RETURN cost * 1000 / nullif(impressions, 0)::numeric;

COMMENT ON FUNCTION cost_per_mille(numeric, bigint) IS
	'cost of 1,000 impressions, views or people reached, in the currency of cost; NULL for none';

CREATE FUNCTION cost_per_engagement(cost numeric, interactions bigint) RETURNS numeric
	LANGUAGE SQL IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
	RETURN cost / nullif(interactions, 0)::numeric;

COMMENT ON FUNCTION cost_per_engagement(numeric, bigint) IS
	'cost of one interaction, in the currency of cost; NULL for none';

CREATE FUNCTION earned_media_value(impressions bigint, cpm numeric) RETURNS numeric
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 1
	RETURN impressions::numeric * cpm * 0.001;

COMMENT ON FUNCTION earned_media_value(bigint, numeric) IS
	'what the impressions would have cost as advertising: impressions * cpm / 1000, in the currency of cpm, the price of 1,000';

CREATE FUNCTION duplicated_reach(reaches float8[], population float8) RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION duplicated_reach(float8[], float8) IS
	'share of a population reached at least once, as a fraction, if audiences overlap by chance: 1 - (1 - r1/population)(1 - r2/population)...';

CREATE FUNCTION paid_lift(sponsored engagement_summary, organic engagement_summary)
	RETURNS float8
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 1
	RETURN typical_rate(sponsored) / typical_rate(organic);

COMMENT ON FUNCTION paid_lift(engagement_summary, engagement_summary) IS
	'typical rate of sponsored posts / that of organic posts: 1 is equal, 0.8 is 20 % less; NULL without usable posts on either side';
