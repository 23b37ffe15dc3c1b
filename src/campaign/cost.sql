--
-- cost: what a fee buys; all are NULL for what is not known, and for a division
-- by nothing
--

CREATE FUNCTION cost_per_mille(cost numeric, impressions numeric) RETURNS numeric
	LANGUAGE SQL IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
	RETURN cost * 1000::numeric / nullif(impressions, 0::numeric);

COMMENT ON FUNCTION cost_per_mille(numeric, numeric) IS
	'cost of 1,000 impressions, views or people reached, in the currency of cost; NULL for none';

CREATE FUNCTION cost_per_engagement(cost numeric, interactions numeric) RETURNS numeric
	LANGUAGE SQL IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
	RETURN cost / nullif(interactions, 0::numeric);

COMMENT ON FUNCTION cost_per_engagement(numeric, numeric) IS
	'cost of one interaction, in the currency of cost; NULL for none';

CREATE FUNCTION earned_media_value(impressions numeric, cpm numeric) RETURNS numeric
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 1
	RETURN impressions * cpm * 0.001;

COMMENT ON FUNCTION earned_media_value(numeric, numeric) IS
	'what the impressions would have cost as advertising: impressions * cpm / 1000, in the currency of cpm, the price of 1,000';
