--
-- plan_rules: what a campaign plan must obey, beside its budget
--

CREATE TYPE plan_rules;

CREATE FUNCTION plan_rules_in(cstring) RETURNS plan_rules
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION plan_rules_out(plan_rules) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION plan_rules_recv(internal) RETURNS plan_rules
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION plan_rules_send(plan_rules) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

CREATE TYPE plan_rules (
	INPUT = plan_rules_in,
	OUTPUT = plan_rules_out,
	RECEIVE = plan_rules_recv,
	SEND = plan_rules_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = int4,
	STORAGE = extended
);

COMMENT ON TYPE plan_rules IS
	'what a campaign plan must obey: micro >= 3, nano <= 2, fee_share(nano) <= 0.2, picks <= 10, with 17, without 9, reach >= 100000, reach_at = 2';
COMMENT ON FUNCTION plan_rules_in(cstring) IS 'I/O';
COMMENT ON FUNCTION plan_rules_out(plan_rules) IS 'I/O';
COMMENT ON FUNCTION plan_rules_recv(internal) IS 'I/O';
COMMENT ON FUNCTION plan_rules_send(plan_rules) IS 'I/O';

-- Equal rules have equal bytes, so those of bytea compare and hash them.

CREATE FUNCTION plan_rules_eq(plan_rules, plan_rules) RETURNS boolean
	AS 'byteaeq' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION plan_rules_ne(plan_rules, plan_rules) RETURNS boolean
	AS 'byteane' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION plan_rules_hash(plan_rules) RETURNS integer
	AS 'hashvarlena' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION plan_rules_hash_extended(plan_rules, bigint) RETURNS bigint
	AS 'hashvarlenaextended' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION plan_rules_eq(plan_rules, plan_rules) IS 'implementation of = operator';
COMMENT ON FUNCTION plan_rules_ne(plan_rules, plan_rules) IS 'implementation of <> operator';
COMMENT ON FUNCTION plan_rules_hash(plan_rules) IS 'hash';
COMMENT ON FUNCTION plan_rules_hash_extended(plan_rules, bigint) IS 'hash with a seed';

CREATE OPERATOR = (
	LEFTARG = plan_rules, RIGHTARG = plan_rules, FUNCTION = plan_rules_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES
);
CREATE OPERATOR <> (
	LEFTARG = plan_rules, RIGHTARG = plan_rules, FUNCTION = plan_rules_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);

COMMENT ON OPERATOR = (plan_rules, plan_rules) IS 'the same rules';
COMMENT ON OPERATOR <> (plan_rules, plan_rules) IS 'not the same rules';

CREATE OPERATOR CLASS plan_rules_ops
	DEFAULT FOR TYPE plan_rules USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 plan_rules_hash(plan_rules),
	FUNCTION 2 plan_rules_hash_extended(plan_rules, bigint);

COMMENT ON OPERATOR CLASS plan_rules_ops USING hash IS 'default hash of plan_rules';
COMMENT ON OPERATOR FAMILY plan_rules_ops USING hash IS 'hash of plan_rules';
