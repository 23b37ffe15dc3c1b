--
-- caption: hashtags, mentions, questions, disclosures; kinds of comments
--

CREATE FUNCTION hashtags(caption text) RETURNS text[]
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION mentions(caption text) RETURNS text[]
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION hashtags(text) IS
	'hashtags of a caption, without #, in their order and as often as they stand there; empty if there are none';
COMMENT ON FUNCTION mentions(text) IS
	'names mentioned with @, without it, in their order and as often as they stand there; empty if there are none';

CREATE FUNCTION asks(caption text) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION ends_asking(caption text) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;

COMMENT ON FUNCTION asks(text) IS
	'whether a sentence of a caption ends in a question mark, outside of addresses and tags';
COMMENT ON FUNCTION ends_asking(text) IS
	'whether the last sentence of a caption is a question, whatever tags, mentions, addresses and signs follow';

CREATE FUNCTION is_sponsored(caption text) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
CREATE FUNCTION is_sponsored(caption text, indicators text[]) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
CREATE FUNCTION sponsored_reasons(caption text) RETURNS text[]
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
CREATE FUNCTION sponsored_reasons(caption text, indicators text[]) RETURNS text[]
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
CREATE FUNCTION sponsored_indicators(OUT indicator text, OUT language text, OUT authority text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 120;

COMMENT ON FUNCTION is_sponsored(text) IS
	'whether a caption discloses that it is paid for, by the words and tags of sponsored_indicators()';
COMMENT ON FUNCTION is_sponsored(text, text[]) IS
	'whether a caption holds one of the indicators: #tag, words side by side, or label: standing alone';
COMMENT ON FUNCTION sponsored_reasons(text) IS
	'words and tags of sponsored_indicators() that a caption holds, each once, in their order; empty if none';
COMMENT ON FUNCTION sponsored_reasons(text, text[]) IS
	'indicators that a caption holds, each once, in their order; empty if none';
COMMENT ON FUNCTION sponsored_indicators() IS
	'words and tags that disclose a paid post, with their language (ISO 639-1) and whose rule or advice they are';

CREATE FUNCTION comment_kind(comment text) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION comment_kind(text) IS
	'promotion, emoji, mention, one_word or substantive; NULL if there is nothing but blanks';

CREATE FUNCTION niche_weight(uses float8, own_uses float8, label_uses float8, all_uses float8)
	RETURNS float8
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION niche_weight(float8, float8, float8, float8) IS
	'log2 of how many times more a profile uses a label than all do, at least 0 (PPMI): uses / own_uses against label_uses / all_uses';
