--
-- campaign: the picks that reach most people within a budget and rules
--

CREATE TYPE campaign_pick AS (
	pick integer,
	id bigint,
	fee numeric,
	spent numeric,
	added_reach float8,
	total_reach float8,
	total_reach_low float8,
	total_reach_high float8,
	reach_bound float8
);

COMMENT ON TYPE campaign_pick IS 'one pick of a campaign plan';
COMMENT ON COLUMN campaign_pick.pick IS 'number of the pick, from 1, in the order of reach added per fee';
COMMENT ON COLUMN campaign_pick.id IS 'id of the profile';
COMMENT ON COLUMN campaign_pick.fee IS 'fee of the profile, in the currency of the fees';
COMMENT ON COLUMN campaign_pick.spent IS 'fees of this pick and those before it';
COMMENT ON COLUMN campaign_pick.added_reach IS 'people, weighted by relevance, that no pick before reaches as well';
COMMENT ON COLUMN campaign_pick.total_reach IS 'people, weighted by relevance, that this pick and those before it reach, each once';
COMMENT ON COLUMN campaign_pick.total_reach_low IS 'total_reach at least, by two standard deviations of what sketches tell';
COMMENT ON COLUMN campaign_pick.total_reach_high IS 'total_reach at most, by two standard deviations of what sketches tell';
COMMENT ON COLUMN campaign_pick.reach_bound IS 'people that no plan within the budget reaches more than';

CREATE TYPE campaign_pick_text AS (
	pick integer,
	id text,
	fee numeric,
	spent numeric,
	added_reach float8,
	total_reach float8,
	total_reach_low float8,
	total_reach_high float8,
	reach_bound float8
);

COMMENT ON TYPE campaign_pick_text IS 'one pick of a campaign plan with text ids';
COMMENT ON COLUMN campaign_pick_text.pick IS 'number of the pick, from 1, in the order of reach added per fee';
COMMENT ON COLUMN campaign_pick_text.id IS 'id of the profile';
COMMENT ON COLUMN campaign_pick_text.fee IS 'fee of the profile, in the currency of the fees';
COMMENT ON COLUMN campaign_pick_text.spent IS 'fees of this pick and those before it';
COMMENT ON COLUMN campaign_pick_text.added_reach IS 'people, weighted by relevance, that no pick before reaches as well';
COMMENT ON COLUMN campaign_pick_text.total_reach IS 'people, weighted by relevance, that this pick and those before it reach, each once';
COMMENT ON COLUMN campaign_pick_text.total_reach_low IS 'total_reach at least, by two standard deviations of what sketches tell';
COMMENT ON COLUMN campaign_pick_text.total_reach_high IS 'total_reach at most, by two standard deviations of what sketches tell';
COMMENT ON COLUMN campaign_pick_text.reach_bound IS 'people that no plan within the budget reaches more than';

CREATE TYPE campaign_pick_uuid AS (
	pick integer,
	id uuid,
	fee numeric,
	spent numeric,
	added_reach float8,
	total_reach float8,
	total_reach_low float8,
	total_reach_high float8,
	reach_bound float8
);

COMMENT ON TYPE campaign_pick_uuid IS 'one pick of a campaign plan with uuid ids';
COMMENT ON COLUMN campaign_pick_uuid.pick IS 'number of the pick, from 1, in the order of reach added per fee';
COMMENT ON COLUMN campaign_pick_uuid.id IS 'id of the profile';
COMMENT ON COLUMN campaign_pick_uuid.fee IS 'fee of the profile, in the currency of the fees';
COMMENT ON COLUMN campaign_pick_uuid.spent IS 'fees of this pick and those before it';
COMMENT ON COLUMN campaign_pick_uuid.added_reach IS 'people, weighted by relevance, that no pick before reaches as well';
COMMENT ON COLUMN campaign_pick_uuid.total_reach IS 'people, weighted by relevance, that this pick and those before it reach, each once';
COMMENT ON COLUMN campaign_pick_uuid.total_reach_low IS 'total_reach at least, by two standard deviations of what sketches tell';
COMMENT ON COLUMN campaign_pick_uuid.total_reach_high IS 'total_reach at most, by two standard deviations of what sketches tell';
COMMENT ON COLUMN campaign_pick_uuid.reach_bound IS 'people that no plan within the budget reaches more than';

CREATE TYPE campaign_point AS (
	budget numeric,
	picks integer,
	spent numeric,
	total_reach float8,
	total_reach_low float8,
	total_reach_high float8,
	reach_bound float8
);

COMMENT ON TYPE campaign_point IS 'what a budget buys; all but the budget is NULL where no plan obeys the rules';
COMMENT ON COLUMN campaign_point.budget IS 'what the picks may cost together';
COMMENT ON COLUMN campaign_point.picks IS 'number of picks';
COMMENT ON COLUMN campaign_point.spent IS 'fees of the picks';
COMMENT ON COLUMN campaign_point.total_reach IS 'people, weighted by relevance, that the picks reach, each once';
COMMENT ON COLUMN campaign_point.total_reach_low IS 'total_reach at least, by two standard deviations of what sketches tell';
COMMENT ON COLUMN campaign_point.total_reach_high IS 'total_reach at most, by two standard deviations of what sketches tell';
COMMENT ON COLUMN campaign_point.reach_bound IS 'people that no plan within the budget reaches more than';

-- the state of the aggregates is an array of these

CREATE TYPE campaign_candidate AS (
	id bigint,
	fee numeric,
	audience audience_sketch,
	reach bigint,
	weight bigint,
	population bigint,
	mean_common bigint,
	market text,
	groups text[],
	budgets numeric[],
	rules plan_rules
);

COMMENT ON TYPE campaign_candidate IS 'one candidate in the state of the aggregates campaign_plan and campaign_curve';
COMMENT ON COLUMN campaign_candidate.id IS 'id of the profile';
COMMENT ON COLUMN campaign_candidate.fee IS 'fee of the profile';
COMMENT ON COLUMN campaign_candidate.audience IS 'whom the profile reaches; NULL in a plan by numbers';
COMMENT ON COLUMN campaign_candidate.reach IS 'how many it reaches, the bits of a float8; of a sketch that is a sample, by its odd hashes';
COMMENT ON COLUMN campaign_candidate.weight IS 'relevant share of the audience, as a fraction, the bits of a float8';
COMMENT ON COLUMN campaign_candidate.population IS 'people of its market, the bits of a float8; NULL in a plan by sketches';
COMMENT ON COLUMN campaign_candidate.mean_common IS 'people that pairs of its market have in common on average, the bits of a float8; NULL for chance';
COMMENT ON COLUMN campaign_candidate.market IS 'name of its market; NULL for the only one';
COMMENT ON COLUMN campaign_candidate.groups IS 'labels that rules name';
COMMENT ON COLUMN campaign_candidate.budgets IS 'what the picks may cost together, the same for all candidates';
COMMENT ON COLUMN campaign_candidate.rules IS 'rules of the plan, the same for all candidates';

CREATE TYPE campaign_candidate_text AS (
	id text,
	fee numeric,
	audience audience_sketch,
	reach bigint,
	weight bigint,
	population bigint,
	mean_common bigint,
	market text,
	groups text[],
	budgets numeric[],
	rules plan_rules
);

COMMENT ON TYPE campaign_candidate_text IS 'one candidate with a text id in the state of the aggregates campaign_plan and campaign_curve';
COMMENT ON COLUMN campaign_candidate_text.id IS 'id of the profile';
COMMENT ON COLUMN campaign_candidate_text.fee IS 'fee of the profile';
COMMENT ON COLUMN campaign_candidate_text.audience IS 'whom the profile reaches; NULL in a plan by numbers';
COMMENT ON COLUMN campaign_candidate_text.reach IS 'how many it reaches, the bits of a float8; of a sketch that is a sample, by its odd hashes';
COMMENT ON COLUMN campaign_candidate_text.weight IS 'relevant share of the audience, as a fraction, the bits of a float8';
COMMENT ON COLUMN campaign_candidate_text.population IS 'people of its market, the bits of a float8; NULL in a plan by sketches';
COMMENT ON COLUMN campaign_candidate_text.mean_common IS 'people that pairs of its market have in common on average, the bits of a float8; NULL for chance';
COMMENT ON COLUMN campaign_candidate_text.market IS 'name of its market; NULL for the only one';
COMMENT ON COLUMN campaign_candidate_text.groups IS 'labels that rules name';
COMMENT ON COLUMN campaign_candidate_text.budgets IS 'what the picks may cost together, the same for all candidates';
COMMENT ON COLUMN campaign_candidate_text.rules IS 'rules of the plan, the same for all candidates';

CREATE TYPE campaign_candidate_uuid AS (
	id uuid,
	fee numeric,
	audience audience_sketch,
	reach bigint,
	weight bigint,
	population bigint,
	mean_common bigint,
	market text,
	groups text[],
	budgets numeric[],
	rules plan_rules
);

COMMENT ON TYPE campaign_candidate_uuid IS 'one candidate with a uuid id in the state of the aggregates campaign_plan and campaign_curve';
COMMENT ON COLUMN campaign_candidate_uuid.id IS 'id of the profile';
COMMENT ON COLUMN campaign_candidate_uuid.fee IS 'fee of the profile';
COMMENT ON COLUMN campaign_candidate_uuid.audience IS 'whom the profile reaches; NULL in a plan by numbers';
COMMENT ON COLUMN campaign_candidate_uuid.reach IS 'how many it reaches, the bits of a float8; of a sketch that is a sample, by its odd hashes';
COMMENT ON COLUMN campaign_candidate_uuid.weight IS 'relevant share of the audience, as a fraction, the bits of a float8';
COMMENT ON COLUMN campaign_candidate_uuid.population IS 'people of its market, the bits of a float8; NULL in a plan by sketches';
COMMENT ON COLUMN campaign_candidate_uuid.mean_common IS 'people that pairs of its market have in common on average, the bits of a float8; NULL for chance';
COMMENT ON COLUMN campaign_candidate_uuid.market IS 'name of its market; NULL for the only one';
COMMENT ON COLUMN campaign_candidate_uuid.groups IS 'labels that rules name';
COMMENT ON COLUMN campaign_candidate_uuid.budgets IS 'what the picks may cost together, the same for all candidates';
COMMENT ON COLUMN campaign_candidate_uuid.rules IS 'rules of the plan, the same for all candidates';

CREATE FUNCTION campaign_plan_accum(campaign_candidate[], id bigint, fee numeric, audience audience_sketch, budget numeric)
	RETURNS campaign_candidate[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate[], id bigint, fee numeric, audience audience_sketch, budget numeric, weight float8)
	RETURNS campaign_candidate[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate[], id bigint, fee numeric, audience audience_sketch, budget numeric, weight float8, groups text[], rules plan_rules)
	RETURNS campaign_candidate[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate[], id bigint, fee numeric, reach float8, budget numeric, population float8)
	RETURNS campaign_candidate[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum_numbers'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate[], id bigint, fee numeric, reach float8, budget numeric, population float8, mean_common float8)
	RETURNS campaign_candidate[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum_numbers'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate[], id bigint, fee numeric, reach float8, budget numeric, population float8, mean_common float8, market text, groups text[], rules plan_rules)
	RETURNS campaign_candidate[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum_numbers'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate_text[], id text, fee numeric, audience audience_sketch, budget numeric)
	RETURNS campaign_candidate_text[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate_text[], id text, fee numeric, audience audience_sketch, budget numeric, weight float8)
	RETURNS campaign_candidate_text[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate_text[], id text, fee numeric, audience audience_sketch, budget numeric, weight float8, groups text[], rules plan_rules)
	RETURNS campaign_candidate_text[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate_text[], id text, fee numeric, reach float8, budget numeric, population float8)
	RETURNS campaign_candidate_text[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum_numbers'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate_text[], id text, fee numeric, reach float8, budget numeric, population float8, mean_common float8)
	RETURNS campaign_candidate_text[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum_numbers'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate_text[], id text, fee numeric, reach float8, budget numeric, population float8, mean_common float8, market text, groups text[], rules plan_rules)
	RETURNS campaign_candidate_text[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum_numbers'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate_uuid[], id uuid, fee numeric, audience audience_sketch, budget numeric)
	RETURNS campaign_candidate_uuid[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate_uuid[], id uuid, fee numeric, audience audience_sketch, budget numeric, weight float8)
	RETURNS campaign_candidate_uuid[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate_uuid[], id uuid, fee numeric, audience audience_sketch, budget numeric, weight float8, groups text[], rules plan_rules)
	RETURNS campaign_candidate_uuid[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate_uuid[], id uuid, fee numeric, reach float8, budget numeric, population float8)
	RETURNS campaign_candidate_uuid[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum_numbers'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate_uuid[], id uuid, fee numeric, reach float8, budget numeric, population float8, mean_common float8)
	RETURNS campaign_candidate_uuid[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum_numbers'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_accum(campaign_candidate_uuid[], id uuid, fee numeric, reach float8, budget numeric, population float8, mean_common float8, market text, groups text[], rules plan_rules)
	RETURNS campaign_candidate_uuid[]
	AS 'MODULE_PATHNAME', 'campaign_plan_accum_numbers'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_curve_accum(campaign_candidate[], id bigint, fee numeric, audience audience_sketch, budgets numeric[])
	RETURNS campaign_candidate[]
	AS 'MODULE_PATHNAME', 'campaign_curve_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_curve_accum(campaign_candidate[], id bigint, fee numeric, audience audience_sketch, budgets numeric[], weight float8)
	RETURNS campaign_candidate[]
	AS 'MODULE_PATHNAME', 'campaign_curve_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_curve_accum(campaign_candidate[], id bigint, fee numeric, audience audience_sketch, budgets numeric[], weight float8, groups text[], rules plan_rules)
	RETURNS campaign_candidate[]
	AS 'MODULE_PATHNAME', 'campaign_curve_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_curve_accum(campaign_candidate[], id bigint, fee numeric, reach float8, budgets numeric[], population float8)
	RETURNS campaign_candidate[]
	AS 'MODULE_PATHNAME', 'campaign_curve_accum_numbers'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_curve_accum(campaign_candidate[], id bigint, fee numeric, reach float8, budgets numeric[], population float8, mean_common float8)
	RETURNS campaign_candidate[]
	AS 'MODULE_PATHNAME', 'campaign_curve_accum_numbers'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_curve_accum(campaign_candidate[], id bigint, fee numeric, reach float8, budgets numeric[], population float8, mean_common float8, market text, groups text[], rules plan_rules)
	RETURNS campaign_candidate[]
	AS 'MODULE_PATHNAME', 'campaign_curve_accum_numbers'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_curve_accum(campaign_candidate_text[], id text, fee numeric, audience audience_sketch, budgets numeric[])
	RETURNS campaign_candidate_text[]
	AS 'MODULE_PATHNAME', 'campaign_curve_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_curve_accum(campaign_candidate_text[], id text, fee numeric, audience audience_sketch, budgets numeric[], weight float8)
	RETURNS campaign_candidate_text[]
	AS 'MODULE_PATHNAME', 'campaign_curve_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_curve_accum(campaign_candidate_text[], id text, fee numeric, audience audience_sketch, budgets numeric[], weight float8, groups text[], rules plan_rules)
	RETURNS campaign_candidate_text[]
	AS 'MODULE_PATHNAME', 'campaign_curve_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_curve_accum(campaign_candidate_text[], id text, fee numeric, reach float8, budgets numeric[], population float8)
	RETURNS campaign_candidate_text[]
	AS 'MODULE_PATHNAME', 'campaign_curve_accum_numbers'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_curve_accum(campaign_candidate_text[], id text, fee numeric, reach float8, budgets numeric[], population float8, mean_common float8)
	RETURNS campaign_candidate_text[]
	AS 'MODULE_PATHNAME', 'campaign_curve_accum_numbers'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_curve_accum(campaign_candidate_text[], id text, fee numeric, reach float8, budgets numeric[], population float8, mean_common float8, market text, groups text[], rules plan_rules)
	RETURNS campaign_candidate_text[]
	AS 'MODULE_PATHNAME', 'campaign_curve_accum_numbers'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_curve_accum(campaign_candidate_uuid[], id uuid, fee numeric, audience audience_sketch, budgets numeric[])
	RETURNS campaign_candidate_uuid[]
	AS 'MODULE_PATHNAME', 'campaign_curve_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_curve_accum(campaign_candidate_uuid[], id uuid, fee numeric, audience audience_sketch, budgets numeric[], weight float8)
	RETURNS campaign_candidate_uuid[]
	AS 'MODULE_PATHNAME', 'campaign_curve_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_curve_accum(campaign_candidate_uuid[], id uuid, fee numeric, audience audience_sketch, budgets numeric[], weight float8, groups text[], rules plan_rules)
	RETURNS campaign_candidate_uuid[]
	AS 'MODULE_PATHNAME', 'campaign_curve_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_curve_accum(campaign_candidate_uuid[], id uuid, fee numeric, reach float8, budgets numeric[], population float8)
	RETURNS campaign_candidate_uuid[]
	AS 'MODULE_PATHNAME', 'campaign_curve_accum_numbers'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_curve_accum(campaign_candidate_uuid[], id uuid, fee numeric, reach float8, budgets numeric[], population float8, mean_common float8)
	RETURNS campaign_candidate_uuid[]
	AS 'MODULE_PATHNAME', 'campaign_curve_accum_numbers'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_curve_accum(campaign_candidate_uuid[], id uuid, fee numeric, reach float8, budgets numeric[], population float8, mean_common float8, market text, groups text[], rules plan_rules)
	RETURNS campaign_candidate_uuid[]
	AS 'MODULE_PATHNAME', 'campaign_curve_accum_numbers'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION campaign_plan_combine(campaign_candidate[], campaign_candidate[])
	RETURNS campaign_candidate[]
	AS 'MODULE_PATHNAME', 'campaign_plan_combine'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000;
CREATE FUNCTION campaign_plan_combine(campaign_candidate_text[], campaign_candidate_text[])
	RETURNS campaign_candidate_text[]
	AS 'MODULE_PATHNAME', 'campaign_plan_combine'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000;
CREATE FUNCTION campaign_plan_combine(campaign_candidate_uuid[], campaign_candidate_uuid[])
	RETURNS campaign_candidate_uuid[]
	AS 'MODULE_PATHNAME', 'campaign_plan_combine'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000;
CREATE FUNCTION campaign_plan_final(campaign_candidate[]) RETURNS campaign_pick[]
	AS 'MODULE_PATHNAME', 'campaign_plan_final'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100000;
CREATE FUNCTION campaign_plan_final(campaign_candidate_text[]) RETURNS campaign_pick_text[]
	AS 'MODULE_PATHNAME', 'campaign_plan_final'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100000;
CREATE FUNCTION campaign_plan_final(campaign_candidate_uuid[]) RETURNS campaign_pick_uuid[]
	AS 'MODULE_PATHNAME', 'campaign_plan_final'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100000;
CREATE FUNCTION campaign_curve_final(campaign_candidate[]) RETURNS campaign_point[]
	AS 'MODULE_PATHNAME', 'campaign_curve_final'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 200000;
CREATE FUNCTION campaign_curve_final(campaign_candidate_text[]) RETURNS campaign_point[]
	AS 'MODULE_PATHNAME', 'campaign_curve_final'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 200000;
CREATE FUNCTION campaign_curve_final(campaign_candidate_uuid[]) RETURNS campaign_point[]
	AS 'MODULE_PATHNAME', 'campaign_curve_final'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 200000;

COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate[], bigint, numeric, audience_sketch, numeric) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate[], bigint, numeric, audience_sketch, numeric, float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate[], bigint, numeric, audience_sketch, numeric, float8, text[], plan_rules) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate[], bigint, numeric, float8, numeric, float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate[], bigint, numeric, float8, numeric, float8, float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate[], bigint, numeric, float8, numeric, float8, float8, text, text[], plan_rules) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate_text[], text, numeric, audience_sketch, numeric) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate_text[], text, numeric, audience_sketch, numeric, float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate_text[], text, numeric, audience_sketch, numeric, float8, text[], plan_rules) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate_text[], text, numeric, float8, numeric, float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate_text[], text, numeric, float8, numeric, float8, float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate_text[], text, numeric, float8, numeric, float8, float8, text, text[], plan_rules) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate_uuid[], uuid, numeric, audience_sketch, numeric) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate_uuid[], uuid, numeric, audience_sketch, numeric, float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate_uuid[], uuid, numeric, audience_sketch, numeric, float8, text[], plan_rules) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate_uuid[], uuid, numeric, float8, numeric, float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate_uuid[], uuid, numeric, float8, numeric, float8, float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_accum(campaign_candidate_uuid[], uuid, numeric, float8, numeric, float8, float8, text, text[], plan_rules) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_curve_accum(campaign_candidate[], bigint, numeric, audience_sketch, numeric[]) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_curve_accum(campaign_candidate[], bigint, numeric, audience_sketch, numeric[], float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_curve_accum(campaign_candidate[], bigint, numeric, audience_sketch, numeric[], float8, text[], plan_rules) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_curve_accum(campaign_candidate[], bigint, numeric, float8, numeric[], float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_curve_accum(campaign_candidate[], bigint, numeric, float8, numeric[], float8, float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_curve_accum(campaign_candidate[], bigint, numeric, float8, numeric[], float8, float8, text, text[], plan_rules) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_curve_accum(campaign_candidate_text[], text, numeric, audience_sketch, numeric[]) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_curve_accum(campaign_candidate_text[], text, numeric, audience_sketch, numeric[], float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_curve_accum(campaign_candidate_text[], text, numeric, audience_sketch, numeric[], float8, text[], plan_rules) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_curve_accum(campaign_candidate_text[], text, numeric, float8, numeric[], float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_curve_accum(campaign_candidate_text[], text, numeric, float8, numeric[], float8, float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_curve_accum(campaign_candidate_text[], text, numeric, float8, numeric[], float8, float8, text, text[], plan_rules) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_curve_accum(campaign_candidate_uuid[], uuid, numeric, audience_sketch, numeric[]) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_curve_accum(campaign_candidate_uuid[], uuid, numeric, audience_sketch, numeric[], float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_curve_accum(campaign_candidate_uuid[], uuid, numeric, audience_sketch, numeric[], float8, text[], plan_rules) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_curve_accum(campaign_candidate_uuid[], uuid, numeric, float8, numeric[], float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_curve_accum(campaign_candidate_uuid[], uuid, numeric, float8, numeric[], float8, float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_curve_accum(campaign_candidate_uuid[], uuid, numeric, float8, numeric[], float8, float8, text, text[], plan_rules) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_plan_combine(campaign_candidate[], campaign_candidate[]) IS
	'aggregate combine function';
COMMENT ON FUNCTION campaign_plan_combine(campaign_candidate_text[], campaign_candidate_text[]) IS
	'aggregate combine function';
COMMENT ON FUNCTION campaign_plan_combine(campaign_candidate_uuid[], campaign_candidate_uuid[]) IS
	'aggregate combine function';
COMMENT ON FUNCTION campaign_plan_final(campaign_candidate[]) IS 'aggregate final function';
COMMENT ON FUNCTION campaign_plan_final(campaign_candidate_text[]) IS 'aggregate final function';
COMMENT ON FUNCTION campaign_plan_final(campaign_candidate_uuid[]) IS 'aggregate final function';
COMMENT ON FUNCTION campaign_curve_final(campaign_candidate[]) IS 'aggregate final function';
COMMENT ON FUNCTION campaign_curve_final(campaign_candidate_text[]) IS 'aggregate final function';
COMMENT ON FUNCTION campaign_curve_final(campaign_candidate_uuid[]) IS 'aggregate final function';

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

CREATE AGGREGATE campaign_plan(id bigint, fee numeric, audience audience_sketch, budget numeric, weight float8, groups text[], rules plan_rules) (
	SFUNC = campaign_plan_accum,
	STYPE = campaign_candidate[],
	SSPACE = 1048576,
	FINALFUNC = campaign_plan_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_plan(bigint, numeric, audience_sketch, numeric, float8, text[], plan_rules) IS
	'as with weight, for picks that obey rules; groups are labels that rules name';

CREATE AGGREGATE campaign_plan(id bigint, fee numeric, reach float8, budget numeric, population float8) (
	SFUNC = campaign_plan_accum,
	STYPE = campaign_candidate[],
	SSPACE = 1048576,
	FINALFUNC = campaign_plan_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_plan(bigint, numeric, float8, numeric, float8) IS
	'the picks that reach most people of a population, for fees within the budget, if audiences overlap by chance; unknown fees and reaches are left out';

CREATE AGGREGATE campaign_plan(id bigint, fee numeric, reach float8, budget numeric, population float8, mean_common float8) (
	SFUNC = campaign_plan_accum,
	STYPE = campaign_candidate[],
	SSPACE = 1048576,
	FINALFUNC = campaign_plan_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_plan(bigint, numeric, float8, numeric, float8, float8) IS
	'as without mean_common, but all pairs of candidates have so many people in common on average (gamma frailty); NULL is by chance';

CREATE AGGREGATE campaign_plan(id bigint, fee numeric, reach float8, budget numeric, population float8, mean_common float8, market text, groups text[], rules plan_rules) (
	SFUNC = campaign_plan_accum,
	STYPE = campaign_candidate[],
	SSPACE = 1048576,
	FINALFUNC = campaign_plan_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_plan(bigint, numeric, float8, numeric, float8, float8, text, text[], plan_rules) IS
	'as with mean_common, for markets with populations of their own, and picks that obey rules; groups are labels that rules name';

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

CREATE AGGREGATE campaign_plan(id text, fee numeric, audience audience_sketch, budget numeric, weight float8, groups text[], rules plan_rules) (
	SFUNC = campaign_plan_accum,
	STYPE = campaign_candidate_text[],
	SSPACE = 1048576,
	FINALFUNC = campaign_plan_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_plan(text, numeric, audience_sketch, numeric, float8, text[], plan_rules) IS
	'as with weight, for picks that obey rules; groups are labels that rules name';

CREATE AGGREGATE campaign_plan(id text, fee numeric, reach float8, budget numeric, population float8) (
	SFUNC = campaign_plan_accum,
	STYPE = campaign_candidate_text[],
	SSPACE = 1048576,
	FINALFUNC = campaign_plan_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_plan(text, numeric, float8, numeric, float8) IS
	'the picks that reach most people of a population, for fees within the budget, if audiences overlap by chance; unknown fees and reaches are left out';

CREATE AGGREGATE campaign_plan(id text, fee numeric, reach float8, budget numeric, population float8, mean_common float8) (
	SFUNC = campaign_plan_accum,
	STYPE = campaign_candidate_text[],
	SSPACE = 1048576,
	FINALFUNC = campaign_plan_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_plan(text, numeric, float8, numeric, float8, float8) IS
	'as without mean_common, but all pairs of candidates have so many people in common on average (gamma frailty); NULL is by chance';

CREATE AGGREGATE campaign_plan(id text, fee numeric, reach float8, budget numeric, population float8, mean_common float8, market text, groups text[], rules plan_rules) (
	SFUNC = campaign_plan_accum,
	STYPE = campaign_candidate_text[],
	SSPACE = 1048576,
	FINALFUNC = campaign_plan_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_plan(text, numeric, float8, numeric, float8, float8, text, text[], plan_rules) IS
	'as with mean_common, for markets with populations of their own, and picks that obey rules; groups are labels that rules name';

CREATE AGGREGATE campaign_plan(id uuid, fee numeric, audience audience_sketch, budget numeric) (
	SFUNC = campaign_plan_accum,
	STYPE = campaign_candidate_uuid[],
	SSPACE = 1048576,
	FINALFUNC = campaign_plan_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_plan(uuid, numeric, audience_sketch, numeric) IS
	'the picks that reach most people, each counted once, for fees within the budget; unknown fees and audiences are left out';

CREATE AGGREGATE campaign_plan(id uuid, fee numeric, audience audience_sketch, budget numeric, weight float8) (
	SFUNC = campaign_plan_accum,
	STYPE = campaign_candidate_uuid[],
	SSPACE = 1048576,
	FINALFUNC = campaign_plan_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_plan(uuid, numeric, audience_sketch, numeric, float8) IS
	'as without weight, but each person counts with the largest weight of a pick that reaches it; weight is the relevant share of the audience, as a fraction';

CREATE AGGREGATE campaign_plan(id uuid, fee numeric, audience audience_sketch, budget numeric, weight float8, groups text[], rules plan_rules) (
	SFUNC = campaign_plan_accum,
	STYPE = campaign_candidate_uuid[],
	SSPACE = 1048576,
	FINALFUNC = campaign_plan_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_plan(uuid, numeric, audience_sketch, numeric, float8, text[], plan_rules) IS
	'as with weight, for picks that obey rules; groups are labels that rules name';

CREATE AGGREGATE campaign_plan(id uuid, fee numeric, reach float8, budget numeric, population float8) (
	SFUNC = campaign_plan_accum,
	STYPE = campaign_candidate_uuid[],
	SSPACE = 1048576,
	FINALFUNC = campaign_plan_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_plan(uuid, numeric, float8, numeric, float8) IS
	'the picks that reach most people of a population, for fees within the budget, if audiences overlap by chance; unknown fees and reaches are left out';

CREATE AGGREGATE campaign_plan(id uuid, fee numeric, reach float8, budget numeric, population float8, mean_common float8) (
	SFUNC = campaign_plan_accum,
	STYPE = campaign_candidate_uuid[],
	SSPACE = 1048576,
	FINALFUNC = campaign_plan_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_plan(uuid, numeric, float8, numeric, float8, float8) IS
	'as without mean_common, but all pairs of candidates have so many people in common on average (gamma frailty); NULL is by chance';

CREATE AGGREGATE campaign_plan(id uuid, fee numeric, reach float8, budget numeric, population float8, mean_common float8, market text, groups text[], rules plan_rules) (
	SFUNC = campaign_plan_accum,
	STYPE = campaign_candidate_uuid[],
	SSPACE = 1048576,
	FINALFUNC = campaign_plan_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_plan(uuid, numeric, float8, numeric, float8, float8, text, text[], plan_rules) IS
	'as with mean_common, for markets with populations of their own, and picks that obey rules; groups are labels that rules name';

CREATE AGGREGATE campaign_curve(id bigint, fee numeric, audience audience_sketch, budgets numeric[]) (
	SFUNC = campaign_curve_accum,
	STYPE = campaign_candidate[],
	SSPACE = 1048576,
	FINALFUNC = campaign_curve_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_curve(bigint, numeric, audience_sketch, numeric[]) IS
	'what budgets buy: the most people reached, each counted once; as campaign_plan, for several budgets';

CREATE AGGREGATE campaign_curve(id bigint, fee numeric, audience audience_sketch, budgets numeric[], weight float8) (
	SFUNC = campaign_curve_accum,
	STYPE = campaign_candidate[],
	SSPACE = 1048576,
	FINALFUNC = campaign_curve_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_curve(bigint, numeric, audience_sketch, numeric[], float8) IS
	'what budgets buy, each person counted with the largest weight of a pick that reaches it; as campaign_plan';

CREATE AGGREGATE campaign_curve(id bigint, fee numeric, audience audience_sketch, budgets numeric[], weight float8, groups text[], rules plan_rules) (
	SFUNC = campaign_curve_accum,
	STYPE = campaign_candidate[],
	SSPACE = 1048576,
	FINALFUNC = campaign_curve_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_curve(bigint, numeric, audience_sketch, numeric[], float8, text[], plan_rules) IS
	'what budgets buy with picks that obey rules; as campaign_plan';

CREATE AGGREGATE campaign_curve(id bigint, fee numeric, reach float8, budgets numeric[], population float8) (
	SFUNC = campaign_curve_accum,
	STYPE = campaign_candidate[],
	SSPACE = 1048576,
	FINALFUNC = campaign_curve_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_curve(bigint, numeric, float8, numeric[], float8) IS
	'what budgets buy of a population, if audiences overlap by chance; as campaign_plan';

CREATE AGGREGATE campaign_curve(id bigint, fee numeric, reach float8, budgets numeric[], population float8, mean_common float8) (
	SFUNC = campaign_curve_accum,
	STYPE = campaign_candidate[],
	SSPACE = 1048576,
	FINALFUNC = campaign_curve_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_curve(bigint, numeric, float8, numeric[], float8, float8) IS
	'what budgets buy of a population, if pairs have so many people in common on average; as campaign_plan';

CREATE AGGREGATE campaign_curve(id bigint, fee numeric, reach float8, budgets numeric[], population float8, mean_common float8, market text, groups text[], rules plan_rules) (
	SFUNC = campaign_curve_accum,
	STYPE = campaign_candidate[],
	SSPACE = 1048576,
	FINALFUNC = campaign_curve_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_curve(bigint, numeric, float8, numeric[], float8, float8, text, text[], plan_rules) IS
	'what budgets buy in markets with populations of their own, with picks that obey rules; as campaign_plan';

CREATE AGGREGATE campaign_curve(id text, fee numeric, audience audience_sketch, budgets numeric[]) (
	SFUNC = campaign_curve_accum,
	STYPE = campaign_candidate_text[],
	SSPACE = 1048576,
	FINALFUNC = campaign_curve_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_curve(text, numeric, audience_sketch, numeric[]) IS
	'what budgets buy: the most people reached, each counted once; as campaign_plan, for several budgets';

CREATE AGGREGATE campaign_curve(id text, fee numeric, audience audience_sketch, budgets numeric[], weight float8) (
	SFUNC = campaign_curve_accum,
	STYPE = campaign_candidate_text[],
	SSPACE = 1048576,
	FINALFUNC = campaign_curve_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_curve(text, numeric, audience_sketch, numeric[], float8) IS
	'what budgets buy, each person counted with the largest weight of a pick that reaches it; as campaign_plan';

CREATE AGGREGATE campaign_curve(id text, fee numeric, audience audience_sketch, budgets numeric[], weight float8, groups text[], rules plan_rules) (
	SFUNC = campaign_curve_accum,
	STYPE = campaign_candidate_text[],
	SSPACE = 1048576,
	FINALFUNC = campaign_curve_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_curve(text, numeric, audience_sketch, numeric[], float8, text[], plan_rules) IS
	'what budgets buy with picks that obey rules; as campaign_plan';

CREATE AGGREGATE campaign_curve(id text, fee numeric, reach float8, budgets numeric[], population float8) (
	SFUNC = campaign_curve_accum,
	STYPE = campaign_candidate_text[],
	SSPACE = 1048576,
	FINALFUNC = campaign_curve_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_curve(text, numeric, float8, numeric[], float8) IS
	'what budgets buy of a population, if audiences overlap by chance; as campaign_plan';

CREATE AGGREGATE campaign_curve(id text, fee numeric, reach float8, budgets numeric[], population float8, mean_common float8) (
	SFUNC = campaign_curve_accum,
	STYPE = campaign_candidate_text[],
	SSPACE = 1048576,
	FINALFUNC = campaign_curve_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_curve(text, numeric, float8, numeric[], float8, float8) IS
	'what budgets buy of a population, if pairs have so many people in common on average; as campaign_plan';

CREATE AGGREGATE campaign_curve(id text, fee numeric, reach float8, budgets numeric[], population float8, mean_common float8, market text, groups text[], rules plan_rules) (
	SFUNC = campaign_curve_accum,
	STYPE = campaign_candidate_text[],
	SSPACE = 1048576,
	FINALFUNC = campaign_curve_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_curve(text, numeric, float8, numeric[], float8, float8, text, text[], plan_rules) IS
	'what budgets buy in markets with populations of their own, with picks that obey rules; as campaign_plan';

CREATE AGGREGATE campaign_curve(id uuid, fee numeric, audience audience_sketch, budgets numeric[]) (
	SFUNC = campaign_curve_accum,
	STYPE = campaign_candidate_uuid[],
	SSPACE = 1048576,
	FINALFUNC = campaign_curve_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_curve(uuid, numeric, audience_sketch, numeric[]) IS
	'what budgets buy: the most people reached, each counted once; as campaign_plan, for several budgets';

CREATE AGGREGATE campaign_curve(id uuid, fee numeric, audience audience_sketch, budgets numeric[], weight float8) (
	SFUNC = campaign_curve_accum,
	STYPE = campaign_candidate_uuid[],
	SSPACE = 1048576,
	FINALFUNC = campaign_curve_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_curve(uuid, numeric, audience_sketch, numeric[], float8) IS
	'what budgets buy, each person counted with the largest weight of a pick that reaches it; as campaign_plan';

CREATE AGGREGATE campaign_curve(id uuid, fee numeric, audience audience_sketch, budgets numeric[], weight float8, groups text[], rules plan_rules) (
	SFUNC = campaign_curve_accum,
	STYPE = campaign_candidate_uuid[],
	SSPACE = 1048576,
	FINALFUNC = campaign_curve_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_curve(uuid, numeric, audience_sketch, numeric[], float8, text[], plan_rules) IS
	'what budgets buy with picks that obey rules; as campaign_plan';

CREATE AGGREGATE campaign_curve(id uuid, fee numeric, reach float8, budgets numeric[], population float8) (
	SFUNC = campaign_curve_accum,
	STYPE = campaign_candidate_uuid[],
	SSPACE = 1048576,
	FINALFUNC = campaign_curve_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_curve(uuid, numeric, float8, numeric[], float8) IS
	'what budgets buy of a population, if audiences overlap by chance; as campaign_plan';

CREATE AGGREGATE campaign_curve(id uuid, fee numeric, reach float8, budgets numeric[], population float8, mean_common float8) (
	SFUNC = campaign_curve_accum,
	STYPE = campaign_candidate_uuid[],
	SSPACE = 1048576,
	FINALFUNC = campaign_curve_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_curve(uuid, numeric, float8, numeric[], float8, float8) IS
	'what budgets buy of a population, if pairs have so many people in common on average; as campaign_plan';

CREATE AGGREGATE campaign_curve(id uuid, fee numeric, reach float8, budgets numeric[], population float8, mean_common float8, market text, groups text[], rules plan_rules) (
	SFUNC = campaign_curve_accum,
	STYPE = campaign_candidate_uuid[],
	SSPACE = 1048576,
	FINALFUNC = campaign_curve_final,
	COMBINEFUNC = campaign_plan_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_curve(uuid, numeric, float8, numeric[], float8, float8, text, text[], plan_rules) IS
	'what budgets buy in markets with populations of their own, with picks that obey rules; as campaign_plan';
