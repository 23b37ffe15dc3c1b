--
-- engagement: exact summaries of the engagement of posts
--

CREATE TYPE engagement_summary;

CREATE FUNCTION engagement_summary_in(cstring) RETURNS engagement_summary
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION engagement_summary_out(engagement_summary) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION engagement_summary_recv(internal) RETURNS engagement_summary
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION engagement_summary_send(engagement_summary) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

CREATE TYPE engagement_summary (
	INPUT = engagement_summary_in,
	OUTPUT = engagement_summary_out,
	RECEIVE = engagement_summary_recv,
	SEND = engagement_summary_send,
	INTERNALLENGTH = 128,
	ALIGNMENT = double,
	STORAGE = plain
);

COMMENT ON TYPE engagement_summary IS
	'exact sums over posts: counts, rates as fractions, and their logarithms';
COMMENT ON FUNCTION engagement_summary_in(cstring) IS 'I/O';
COMMENT ON FUNCTION engagement_summary_out(engagement_summary) IS 'I/O';
COMMENT ON FUNCTION engagement_summary_recv(internal) IS 'I/O';
COMMENT ON FUNCTION engagement_summary_send(engagement_summary) IS 'I/O';

-- equality: the same sums, so the same bytes; there is no order

CREATE FUNCTION engagement_summary_eq(engagement_summary, engagement_summary) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION engagement_summary_ne(engagement_summary, engagement_summary) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION engagement_summary_hash(engagement_summary) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION engagement_summary_hash_extended(engagement_summary, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;

COMMENT ON FUNCTION engagement_summary_eq(engagement_summary, engagement_summary) IS
	'implementation of = operator';
COMMENT ON FUNCTION engagement_summary_ne(engagement_summary, engagement_summary) IS
	'implementation of <> operator';
COMMENT ON FUNCTION engagement_summary_hash(engagement_summary) IS 'hash';
COMMENT ON FUNCTION engagement_summary_hash_extended(engagement_summary, bigint) IS 'hash with a seed';

CREATE OPERATOR = (
	LEFTARG = engagement_summary, RIGHTARG = engagement_summary,
	FUNCTION = engagement_summary_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES
);
CREATE OPERATOR <> (
	LEFTARG = engagement_summary, RIGHTARG = engagement_summary,
	FUNCTION = engagement_summary_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);

COMMENT ON OPERATOR = (engagement_summary, engagement_summary) IS 'equal';
COMMENT ON OPERATOR <> (engagement_summary, engagement_summary) IS 'not equal';

CREATE OPERATOR CLASS engagement_summary_ops
	DEFAULT FOR TYPE engagement_summary USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 engagement_summary_hash(engagement_summary),
	FUNCTION 2 engagement_summary_hash_extended(engagement_summary, bigint);

COMMENT ON OPERATOR CLASS engagement_summary_ops USING hash IS
	'default hash of engagement_summary';
COMMENT ON OPERATOR FAMILY engagement_summary_ops USING hash IS
	'hash of engagement_summary';

-- addition

CREATE FUNCTION engagement_summary_add(engagement_summary, engagement_summary)
	RETURNS engagement_summary
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION engagement_summary_subtract(engagement_summary, engagement_summary)
	RETURNS engagement_summary
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION engagement_summary_add(engagement_summary, engagement_summary) IS
	'implementation of + operator';
COMMENT ON FUNCTION engagement_summary_subtract(engagement_summary, engagement_summary) IS
	'implementation of - operator';

CREATE OPERATOR + (
	LEFTARG = engagement_summary, RIGHTARG = engagement_summary,
	FUNCTION = engagement_summary_add,
	COMMUTATOR = +
);
CREATE OPERATOR - (
	LEFTARG = engagement_summary, RIGHTARG = engagement_summary,
	FUNCTION = engagement_summary_subtract
);

COMMENT ON OPERATOR + (engagement_summary, engagement_summary) IS
	'posts of both summaries';
COMMENT ON OPERATOR - (engagement_summary, engagement_summary) IS
	'posts of the first without those of the second, which it must contain';

-- aggregates

CREATE FUNCTION engagement_accum(state engagement_summary,
		likes bigint, comments bigint, exposure bigint)
	RETURNS engagement_summary
	AS 'MODULE_PATHNAME', 'engagement_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
CREATE FUNCTION engagement_accum_inv(state engagement_summary,
		likes bigint, comments bigint, exposure bigint)
	RETURNS engagement_summary
	AS 'MODULE_PATHNAME', 'engagement_accum_inv'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
CREATE FUNCTION engagement_accum(state engagement_summary,
		likes bigint, comments bigint, exposure bigint,
		shares bigint, saves bigint)
	RETURNS engagement_summary
	AS 'MODULE_PATHNAME', 'engagement_accum_all'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
CREATE FUNCTION engagement_accum_inv(state engagement_summary,
		likes bigint, comments bigint, exposure bigint,
		shares bigint, saves bigint)
	RETURNS engagement_summary
	AS 'MODULE_PATHNAME', 'engagement_accum_all_inv'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;

CREATE FUNCTION engagement_accum(state engagement_summary,
		likes integer, comments integer, exposure integer)
	RETURNS engagement_summary
	AS 'MODULE_PATHNAME', 'engagement_accum_integer'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
CREATE FUNCTION engagement_accum_inv(state engagement_summary,
		likes integer, comments integer, exposure integer)
	RETURNS engagement_summary
	AS 'MODULE_PATHNAME', 'engagement_accum_integer_inv'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
CREATE FUNCTION engagement_accum(state engagement_summary,
		likes integer, comments integer, exposure integer,
		shares integer, saves integer)
	RETURNS engagement_summary
	AS 'MODULE_PATHNAME', 'engagement_accum_all_integer'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
CREATE FUNCTION engagement_accum_inv(state engagement_summary,
		likes integer, comments integer, exposure integer,
		shares integer, saves integer)
	RETURNS engagement_summary
	AS 'MODULE_PATHNAME', 'engagement_accum_all_integer_inv'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION engagement_accum(engagement_summary, bigint, bigint, bigint) IS
	'aggregate transition function';
COMMENT ON FUNCTION engagement_accum_inv(engagement_summary, bigint, bigint, bigint) IS
	'inverse of the aggregate transition function';
COMMENT ON FUNCTION engagement_accum(engagement_summary, bigint, bigint, bigint, bigint, bigint) IS
	'aggregate transition function';
COMMENT ON FUNCTION engagement_accum_inv(engagement_summary, bigint, bigint, bigint, bigint, bigint) IS
	'inverse of the aggregate transition function';
COMMENT ON FUNCTION engagement_accum(engagement_summary, integer, integer, integer) IS
	'aggregate transition function';
COMMENT ON FUNCTION engagement_accum_inv(engagement_summary, integer, integer, integer) IS
	'inverse of the aggregate transition function';
COMMENT ON FUNCTION engagement_accum(engagement_summary, integer, integer, integer, integer, integer) IS
	'aggregate transition function';
COMMENT ON FUNCTION engagement_accum_inv(engagement_summary, integer, integer, integer, integer, integer) IS
	'inverse of the aggregate transition function';

CREATE AGGREGATE engagement(likes bigint, comments bigint, exposure bigint) (
	SFUNC = engagement_accum,
	STYPE = engagement_summary,
	INITCOND = 'posts=0',
	COMBINEFUNC = engagement_summary_add,
	MSFUNC = engagement_accum,
	MINVFUNC = engagement_accum_inv,
	MSTYPE = engagement_summary,
	MINITCOND = 'posts=0',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE engagement(bigint, bigint, bigint) IS
	'exact summary of posts; exposure is followers when published, reach or views; a post without likes, comments or exposure is hidden; empty over no posts';

CREATE AGGREGATE engagement(likes bigint, comments bigint, exposure bigint,
		shares bigint, saves bigint) (
	SFUNC = engagement_accum,
	STYPE = engagement_summary,
	INITCOND = 'posts=0',
	COMBINEFUNC = engagement_summary_add,
	MSFUNC = engagement_accum,
	MINVFUNC = engagement_accum_inv,
	MSTYPE = engagement_summary,
	MINITCOND = 'posts=0',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE engagement(bigint, bigint, bigint, bigint, bigint) IS
	'exact summary of posts; NULL shares or saves count 0; a post without likes, comments or exposure is hidden; empty over no posts';

CREATE AGGREGATE engagement(likes integer, comments integer, exposure integer) (
	SFUNC = engagement_accum,
	STYPE = engagement_summary,
	INITCOND = 'posts=0',
	COMBINEFUNC = engagement_summary_add,
	MSFUNC = engagement_accum,
	MINVFUNC = engagement_accum_inv,
	MSTYPE = engagement_summary,
	MINITCOND = 'posts=0',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE engagement(integer, integer, integer) IS
	'exact summary of posts, of integer columns; exposure is followers when published, reach or views; a post without likes, comments or exposure is hidden; empty over no posts';

CREATE AGGREGATE engagement(likes integer, comments integer, exposure integer,
		shares integer, saves integer) (
	SFUNC = engagement_accum,
	STYPE = engagement_summary,
	INITCOND = 'posts=0',
	COMBINEFUNC = engagement_summary_add,
	MSFUNC = engagement_accum,
	MINVFUNC = engagement_accum_inv,
	MSTYPE = engagement_summary,
	MINITCOND = 'posts=0',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE engagement(integer, integer, integer, integer, integer) IS
	'exact summary of posts, of integer columns; NULL shares or saves count 0; a post without likes, comments or exposure is hidden; empty over no posts';

CREATE AGGREGATE sum(engagement_summary) (
	SFUNC = engagement_summary_add,
	STYPE = engagement_summary,
	INITCOND = 'posts=0',
	COMBINEFUNC = engagement_summary_add,
	MSFUNC = engagement_summary_add,
	MINVFUNC = engagement_summary_subtract,
	MSTYPE = engagement_summary,
	MINITCOND = 'posts=0',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE sum(engagement_summary) IS
	'posts of all summaries, exactly; empty over none';

-- posts known by average only

CREATE FUNCTION engagement_from_averages(posts integer, likes float8, comments float8,
		exposure bigint, shares float8 DEFAULT NULL, saves float8 DEFAULT NULL)
	RETURNS engagement_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION engagement_from_averages(integer, float8, float8, bigint, float8, float8) IS
	'summary of posts of which only the average likes, comments, exposure are stored; their spread is unknown; NULL for NULL posts';

-- what a summary says

CREATE FUNCTION posts(engagement_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'engagement_summary_posts'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION zero_posts(engagement_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'engagement_summary_zero_posts'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION hidden_posts(engagement_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'engagement_summary_hidden_posts'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION likes(engagement_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'engagement_summary_likes'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION comments(engagement_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'engagement_summary_comments'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION shares(engagement_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'engagement_summary_shares'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION saves(engagement_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'engagement_summary_saves'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION interactions(engagement_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'engagement_summary_interactions'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION exposure(engagement_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'engagement_summary_exposure'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION pooled_rate(engagement_summary) RETURNS float8
	AS 'MODULE_PATHNAME', 'engagement_summary_pooled_rate'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION mean_rate(engagement_summary) RETURNS float8
	AS 'MODULE_PATHNAME', 'engagement_summary_mean_rate'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION rate_stddev(engagement_summary) RETURNS float8
	AS 'MODULE_PATHNAME', 'engagement_summary_rate_stddev'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION typical_rate(engagement_summary) RETURNS float8
	AS 'MODULE_PATHNAME', 'engagement_summary_typical_rate'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION comment_share(engagement_summary) RETURNS float8
	AS 'MODULE_PATHNAME', 'engagement_summary_comment_share'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION posts(engagement_summary) IS
	'posts with a rate';
COMMENT ON FUNCTION zero_posts(engagement_summary) IS
	'posts with a rate, but without interactions';
COMMENT ON FUNCTION hidden_posts(engagement_summary) IS
	'posts without a rate: likes, comments or exposure unknown, or no exposure';
COMMENT ON FUNCTION likes(engagement_summary) IS
	'likes of all posts where they are known';
COMMENT ON FUNCTION comments(engagement_summary) IS
	'comments on all posts where they are known';
COMMENT ON FUNCTION shares(engagement_summary) IS
	'shares of the posts with a rate';
COMMENT ON FUNCTION saves(engagement_summary) IS
	'saves of the posts with a rate';
COMMENT ON FUNCTION interactions(engagement_summary) IS
	'likes and comments of all posts where they are known, shares and saves of the posts with a rate';
COMMENT ON FUNCTION exposure(engagement_summary) IS
	'followers, reach or views, summed over all posts where they are known';
COMMENT ON FUNCTION pooled_rate(engagement_summary) IS
	'interactions / exposure of all posts with a rate together, as a fraction; NULL without such posts';
COMMENT ON FUNCTION mean_rate(engagement_summary) IS
	'mean of the posts'' rates, as a fraction; NULL without posts';
COMMENT ON FUNCTION rate_stddev(engagement_summary) IS
	'sample standard deviation of the posts'' rates, as a fraction; NULL below two posts, or if some are known by average only';
COMMENT ON FUNCTION typical_rate(engagement_summary) IS
	'geometric mean of the posts'' rates, as a fraction: exp of the mean log((interactions + 1/2) / exposure); posts without interactions count only if the others have few, up to 10; NULL without posts, or if some are known by average only';
COMMENT ON FUNCTION comment_share(engagement_summary) IS
	'comments / interactions, as a fraction; NULL without interactions';

CREATE FUNCTION engagement_summary_to_json(engagement_summary) RETURNS json
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION engagement_summary_to_jsonb(engagement_summary) RETURNS jsonb
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION engagement_summary_to_json(engagement_summary) IS
	'counts and rates, as fractions, for people to read; the text form is the exact one';
COMMENT ON FUNCTION engagement_summary_to_jsonb(engagement_summary) IS
	'counts and rates, as fractions, for people to read; the text form is the exact one';

-- to_json() and its like use the cast to json, also where they make jsonb
CREATE CAST (engagement_summary AS json) WITH FUNCTION engagement_summary_to_json(engagement_summary);
CREATE CAST (engagement_summary AS jsonb) WITH FUNCTION engagement_summary_to_jsonb(engagement_summary);

COMMENT ON CAST (engagement_summary AS json) IS
	'counts and rates, as fractions, for people to read; the text form is the exact one';
COMMENT ON CAST (engagement_summary AS jsonb) IS
	'counts and rates, as fractions, for people to read; the text form is the exact one';
