--
-- campaign: the picks that reach most people within a budget
--

CREATE TYPE campaign_pick AS (
	pick integer,
	id bigint,
	fee numeric,
	spent numeric,
	added_reach float8,
	total_reach float8
);

COMMENT ON TYPE campaign_pick IS 'one pick of a campaign plan';
COMMENT ON COLUMN campaign_pick.pick IS 'number of the pick, from 1, in the order of reach added per fee';
COMMENT ON COLUMN campaign_pick.id IS 'id of the profile';
COMMENT ON COLUMN campaign_pick.fee IS 'fee of the profile, in the currency of the fees';
COMMENT ON COLUMN campaign_pick.spent IS 'fees of this pick and those before it';
COMMENT ON COLUMN campaign_pick.added_reach IS 'people, weighted by relevance, that no pick before reaches as well';
COMMENT ON COLUMN campaign_pick.total_reach IS 'people, weighted by relevance, that this pick and those before it reach, each once';

CREATE TYPE campaign_pick_text AS (
	pick integer,
	id text,
	fee numeric,
	spent numeric,
	added_reach float8,
	total_reach float8
);

COMMENT ON TYPE campaign_pick_text IS 'one pick of a campaign plan with text ids';
COMMENT ON COLUMN campaign_pick_text.pick IS 'number of the pick, from 1, in the order of reach added per fee';
COMMENT ON COLUMN campaign_pick_text.id IS 'id of the profile';
COMMENT ON COLUMN campaign_pick_text.fee IS 'fee of the profile, in the currency of the fees';
COMMENT ON COLUMN campaign_pick_text.spent IS 'fees of this pick and those before it';
COMMENT ON COLUMN campaign_pick_text.added_reach IS 'people, weighted by relevance, that no pick before reaches as well';
COMMENT ON COLUMN campaign_pick_text.total_reach IS 'people, weighted by relevance, that this pick and those before it reach, each once';

-- the state of the aggregate is an array of these

CREATE TYPE campaign_candidate AS (
	id bigint,
	fee numeric,
	audience audience_sketch,
	budget numeric,
	weight float8
);

COMMENT ON TYPE campaign_candidate IS 'one candidate in the state of the aggregate campaign_plan';
COMMENT ON COLUMN campaign_candidate.id IS 'id of the profile';
COMMENT ON COLUMN campaign_candidate.fee IS 'fee of the profile';
COMMENT ON COLUMN campaign_candidate.audience IS 'whom the profile reaches';
COMMENT ON COLUMN campaign_candidate.budget IS 'what the picks may cost together, the same for all candidates';
COMMENT ON COLUMN campaign_candidate.weight IS 'relevant share of the audience, as a fraction';

CREATE TYPE campaign_candidate_text AS (
	id text,
	fee numeric,
	audience audience_sketch,
	budget numeric,
	weight float8
);

COMMENT ON TYPE campaign_candidate_text IS 'one candidate with a text id in the state of the aggregate campaign_plan';
COMMENT ON COLUMN campaign_candidate_text.id IS 'id of the profile';
COMMENT ON COLUMN campaign_candidate_text.fee IS 'fee of the profile';
COMMENT ON COLUMN campaign_candidate_text.audience IS 'whom the profile reaches';
COMMENT ON COLUMN campaign_candidate_text.budget IS 'what the picks may cost together, the same for all candidates';
COMMENT ON COLUMN campaign_candidate_text.weight IS 'relevant share of the audience, as a fraction';

CREATE FUNCTION campaign_plan_accum(campaign_candidate[], id bigint, fee numeric,
		audience audience_sketch, budget numeric)
	RETURNS campaign_candidate[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate[], id bigint, fee numeric,
		audience audience_sketch, budget numeric, weight float8)
	RETURNS campaign_candidate[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate_text[], id text, fee numeric,
		audience audience_sketch, budget numeric)
	RETURNS campaign_candidate_text[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate_text[], id text, fee numeric,
		audience audience_sketch, budget numeric, weight float8)
	RETURNS campaign_candidate_text[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_combine(campaign_candidate[], campaign_candidate[])
	RETURNS campaign_candidate[]
	AS 'MODULE_PATHNAME', 'campaign_plan_combine'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000;
CREATE FUNCTION campaign_plan_combine(campaign_candidate_text[], campaign_candidate_text[])
	RETURNS campaign_candidate_text[]
	AS 'MODULE_PATHNAME', 'campaign_plan_combine'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000;
CREATE FUNCTION campaign_plan_final(campaign_candidate[]) RETURNS campaign_pick[]
	AS 'MODULE_PATHNAME', 'campaign_plan_final'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100000;
CREATE FUNCTION campaign_plan_final(campaign_candidate_text[]) RETURNS campaign_pick_text[]
	AS 'MODULE_PATHNAME', 'campaign_plan_final'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100000;

COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate[], bigint, numeric, audience_sketch, numeric) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate[], bigint, numeric, audience_sketch, numeric, float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate_text[], text, numeric, audience_sketch, numeric) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate_text[], text, numeric, audience_sketch, numeric, float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_combine(campaign_candidate[], campaign_candidate[]) IS
	'aggregate combine function';
COMMENT ON FUNCTION campaign_plan_combine(campaign_candidate_text[], campaign_candidate_text[]) IS
	'aggregate combine function';
COMMENT ON FUNCTION campaign_plan_final(campaign_candidate[]) IS 'aggregate final function';
COMMENT ON FUNCTION campaign_plan_final(campaign_candidate_text[]) IS 'aggregate final function';

CREATE AGGREGATE campaign_plan(id bigint, fee numeric, audience audience_sketch, budget numeric) (
	SFUNC = campaign_plan_accum,
	STYPE = campaign_candidate[],
	SSPACE = 1048576,
	FINALFUNC = campaign_plan_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_plan(bigint, numeric, audience_sketch, numeric) IS
	'the picks that reach most people, each counted once, for fees within the budget; unknown fees and audiences are left out';

CREATE AGGREGATE campaign_plan(id bigint, fee numeric, audience audience_sketch, budget numeric, weight float8) (
	SFUNC = campaign_plan_accum,
	STYPE = campaign_candidate[],
	SSPACE = 1048576,
	FINALFUNC = campaign_plan_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_plan(bigint, numeric, audience_sketch, numeric, float8) IS
	'as without weight, but each person counts with the largest weight of a pick that reaches it; weight is the relevant share of the audience, as a fraction';

CREATE AGGREGATE campaign_plan(id text, fee numeric, audience audience_sketch, budget numeric) (
	SFUNC = campaign_plan_accum,
	STYPE = campaign_candidate_text[],
	SSPACE = 1048576,
	FINALFUNC = campaign_plan_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_plan(text, numeric, audience_sketch, numeric) IS
	'the picks that reach most people, each counted once, for fees within the budget; unknown fees and audiences are left out';

CREATE AGGREGATE campaign_plan(id text, fee numeric, audience audience_sketch, budget numeric, weight float8) (
	SFUNC = campaign_plan_accum,
	STYPE = campaign_candidate_text[],
	SSPACE = 1048576,
	FINALFUNC = campaign_plan_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_plan(text, numeric, audience_sketch, numeric, float8) IS
	'as without weight, but each person counts with the largest weight of a pick that reaches it; weight is the relevant share of the audience, as a fraction';
