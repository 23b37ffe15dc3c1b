--
-- authenticity: followers by type, and how much an account looks bought
--

CREATE FUNCTION follower_type(followers bigint, following bigint,
		suspicious boolean DEFAULT false)
	RETURNS text
	AS 'MODULE_PATHNAME', 'follower_type'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION follower_type(bigint, bigint, boolean) IS
	'mass (follows over 1,500), else influencer (over 5,000 followers), else suspicious, else real; NULL if what decides is unknown';

CREATE FUNCTION fake_score(followers bigint, following bigint, posts bigint,
		has_picture boolean, biography_length integer, username_digits integer)
	RETURNS float8
	AS 'MODULE_PATHNAME', 'fake_score'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 2;

COMMENT ON FUNCTION fake_score(bigint, bigint, bigint, boolean, integer, integer) IS
	'how much an account looks bought, 0 to 1, by published rules; rules whose input is NULL are not asked, NULL if none can be';

CREATE FUNCTION fake_reasons(followers bigint, following bigint, posts bigint,
		has_picture boolean, biography_length integer, username_digits integer)
	RETURNS text[]
	AS 'MODULE_PATHNAME', 'fake_reasons'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 5;

COMMENT ON FUNCTION fake_reasons(bigint, bigint, bigint, boolean, integer, integer) IS
	'rules of fake_score that fired; empty if none did, NULL if none can be asked';
