/*-------------------------------------------------------------------------
 *
 * fuzz.c
 *		Call a type's functions with hostile values, as fast as it goes.
 *
 * A module for the tests alone; fuzz.sh builds it and says what is tried.
 * Functions are called directly, each in a subtransaction.  An argument that
 * is tried is malloc'ed to the byte, and what a function allocates beyond 128
 * bytes is malloc'ed too (that is what a context of the smallest blocks does),
 * so that a sanitizer sees the ends of both.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <fcntl.h>
#include <unistd.h>

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/pg_aggregate.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "common/pg_prng.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "parser/parse_coerce.h"
#include "portability/instr_time.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/regproc.h"
#include "utils/resowner.h"
#include "utils/syscache.h"
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

PG_MODULE_MAGIC;

#define MOST_ARGUMENTS 16
#define CALLS_PER_VALUE 4

/* How a type is read, written, and stored. */
typedef struct Type
{
	Oid			oid;
	int16		len;
	bool		byval;
	bool		packed;			/* in a row, a short value has a short header */
	bool		own;			/* by its bytes, equal values are the same */
	Oid			ioparam;
	FmgrInfo	in,
				out,
				receive,
				send,
				cast;			/* of bytea; fn_oid is 0 without one */
	int			samples;		/* others' arguments are drawn from these */
	Datum	   *sample;
	int			functions;		/* that take the type */
	struct Function **function;
	Datum		kept;			/* the last accepted value, malloc'ed */
	bool		has_kept;
} Type;

typedef struct Function
{
	Oid			oid;
	FmgrInfo	flinfo;
	MemoryContext memory;		/* flinfo.fn_mcxt */
	int			arguments;
	Type	   *argument[MOST_ARGUMENTS];
	Type	   *result;			/* NULL if it is not ours to read back */
	bool		set;
	TupleDesc	desc;
	bool		in_aggregate;	/* its first argument is a state */
	double		spent;			/* milliseconds */
	/* of an aggregate, whose arguments are those of its transition function */
	struct Function *final;
	bool		aggregate;
	bool		no_state;		/* starts with NULL */
	Datum		state;
} Function;

/* One value that is tried. */
typedef struct Trial
{
	int32		id;
	Type	   *type;
	const char *form;
	char	   *bytes;			/* malloc'ed */
	int			length;
	Type	   *text;			/* source stands for an argument of it */
	Datum		source;
	Datum		value;			/* malloc'ed, if by reference */
	Function   *function;
	void	   *owned[2 * MOST_ARGUMENTS];	/* malloc'ed arguments */
	int			n_owned;
	const char *complaint;
} Trial;

static List *types = NIL;
static MemoryContext strict = NULL;
static pg_prng_state prng;
static AggState *aggregate_node;
static ExprContext *expression;
static double slowest_ms = 0;
static char slowest_name[512] = "";
static int	last_file = -1;

/* Who finds the server dead finds the value and the function in a file. */
static void
note_last(int32 id, Oid function)
{
	char		line[32];
	int			length = snprintf(line, sizeof(line), "%11d %11u\n", id, function);

	if (last_file < 0)
		last_file = open(GetConfigOption("fuzz.last", false, false),
						 O_WRONLY | O_CREAT, 0644);
	if (pwrite(last_file, line, length, 0) != length)
		elog(ERROR, "can not write %s", GetConfigOption("fuzz.last", false, false));
}

static int
draw(int n)
{
	return (int) pg_prng_uint64_range(&prng, 0, n - 1);
}

/* What is of the module's own, and kept for the session. */
static void
set_up(void)
{
	if (strict != NULL)
		return;
	MemoryContextSwitchTo(TopMemoryContext);
	strict = AllocSetContextCreate(TopMemoryContext, "fuzzed", 0, 1024, 1024);
	expression = makeNode(ExprContext);
	expression->ecxt_per_query_memory = strict;
	expression->ecxt_per_tuple_memory = strict;
	aggregate_node = makeNode(AggState);
	aggregate_node->curaggcontext = expression;
}

static void
find_cast(Type *type)
{
	Oid			function;

	if (find_coercion_pathway(type->oid, BYTEAOID, COERCION_EXPLICIT,
							  &function) == COERCION_PATH_FUNC)
		fmgr_info(function, &type->cast);
}

static Type *
type_of(Oid oid)
{
	Type	   *type;
	Oid			function;
	bool		varlena;
	ListCell   *lc;

	foreach(lc, types)
		if (((Type *) lfirst(lc))->oid == oid)
			return lfirst(lc);
	type = palloc0(sizeof(Type));
	type->oid = oid;
	get_typlenbyval(oid, &type->len, &type->byval);
	type->packed = type->len == -1 && get_typstorage(oid) != TYPSTORAGE_PLAIN;
	getTypeInputInfo(oid, &function, &type->ioparam);
	fmgr_info(function, &type->in);
	getTypeOutputInfo(oid, &function, &varlena);
	fmgr_info(function, &type->out);
	if (oid == CSTRINGOID || get_typtype(oid) == TYPTYPE_PSEUDO)
		return type;
	getTypeBinaryInputInfo(oid, &function, &type->ioparam);
	fmgr_info(function, &type->receive);
	getTypeBinaryOutputInfo(oid, &function, &varlena);
	fmgr_info(function, &type->send);
	find_cast(type);
	type->own = oid >= FirstNormalObjectId && !OidIsValid(get_element_type(oid));
	types = lappend(types, type);
	return type;
}

/* fuzz_sample(type, literal): one more value for an argument of the type. */
PG_FUNCTION_INFO_V1(fuzz_sample);
Datum
fuzz_sample(PG_FUNCTION_ARGS)
{
	char	   *literal = text_to_cstring(PG_GETARG_TEXT_PP(1));
	MemoryContext old = CurrentMemoryContext;
	Type	   *type;

	set_up();
	MemoryContextSwitchTo(TopMemoryContext);
	type = type_of(PG_GETARG_OID(0));
	type->sample = type->samples == 0 ? palloc(sizeof(Datum)) :
		repalloc(type->sample, (type->samples + 1) * sizeof(Datum));
	type->sample[type->samples++] =
		InputFunctionCall(&type->in, pstrdup(literal), type->ioparam, -1);
	MemoryContextSwitchTo(old);
	PG_RETURN_VOID();
}

/* The type of an argument: of enums, the one that there are samples of. */
static Type *
argument_type(Oid declared)
{
	ListCell   *lc;

	if (declared == ANYENUMOID)
		foreach(lc, types)
			if (get_typtype(((Type *) lfirst(lc))->oid) == TYPTYPE_ENUM)
				return lfirst(lc);
	return type_of(declared);
}

/* The call that the function would find itself in, with unknown arguments. */
static Node *
call_node(Function *f, Oid result)
{
	List	   *args = NIL;
	FuncExpr   *call;

	for (int i = 0; i < f->arguments; i++)
		args = lappend(args, makeVar(1, i + 1, f->argument[i]->oid, -1,
									 get_typcollation(f->argument[i]->oid), 0));
	call = makeFuncExpr(f->oid, result, args, InvalidOid, DEFAULT_COLLATION_OID,
						COERCE_EXPLICIT_CALL);
	call->funcretset = f->set;
	call->funcvariadic = true;
	return (Node *) call;
}

/* Types in place of the declared ones, if they are given. */
static Function *
function_of(Oid oid, bool in_aggregate, const Oid *actual)
{
	HeapTuple	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(oid));
	Form_pg_proc proc = (Form_pg_proc) GETSTRUCT(tuple);
	Function   *f = palloc0(sizeof(Function));
	Oid			result;

	f->oid = oid;
	f->arguments = Min(proc->pronargs, MOST_ARGUMENTS);
	for (int i = 0; i < f->arguments; i++)
		f->argument[i] = argument_type(actual ? actual[i] :
									   proc->proargtypes.values[i]);
	f->set = proc->proretset;
	f->in_aggregate = in_aggregate;
	f->memory = AllocSetContextCreate(TopMemoryContext, "function",
									  ALLOCSET_SMALL_SIZES);
	fmgr_info_cxt(oid, &f->flinfo, f->memory);
	if (actual ||
		get_func_result_type(oid, &result, &f->desc) != TYPEFUNC_COMPOSITE)
		f->desc = NULL;
	else
		BlessTupleDesc(f->desc);
	fmgr_info_set_expr(call_node(f, actual ? actual[0] : proc->prorettype),
					   &f->flinfo);
	if (!f->set && proc->prorettype >= FirstNormalObjectId)
		f->result = type_of(proc->prorettype);
	ReleaseSysCache(tuple);
	return f;
}

static Function *
aggregate_of(Oid oid)
{
	HeapTuple	tuple = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(oid));
	Form_pg_aggregate form = (Form_pg_aggregate) GETSTRUCT(tuple);
	Oid			actual[MOST_ARGUMENTS] = {form->aggtranstype};
	Oid		   *arguments;
	int			n;
	Function   *f;
	Datum		initial;

	get_func_signature(oid, &arguments, &n);
	memcpy(actual + 1, arguments, n * sizeof(Oid));
	f = function_of(form->aggtransfn, true, actual);
	f->aggregate = true;
	if (OidIsValid(form->aggfinalfn))
		f->final = function_of(form->aggfinalfn, true, NULL);
	initial = SysCacheGetAttr(AGGFNOID, tuple, Anum_pg_aggregate_agginitval,
							  &f->no_state);
	if (!f->no_state)
	{
		Type	   *state = type_of(form->aggtranstype);

		f->state = InputFunctionCall(&state->in, TextDatumGetCString(initial),
									 state->ioparam, -1);
	}
	ReleaseSysCache(tuple);
	return f;
}

/*
 * fuzz_function(type, function, aggregate, in_aggregate): a function that
 * takes the type.
 */
PG_FUNCTION_INFO_V1(fuzz_function);
Datum
fuzz_function(PG_FUNCTION_ARGS)
{
	MemoryContext old = CurrentMemoryContext;
	Type	   *type;

	set_up();
	MemoryContextSwitchTo(TopMemoryContext);
	type = type_of(PG_GETARG_OID(0));
	type->function = type->functions == 0 ? palloc(sizeof(Function *)) :
		repalloc(type->function, (type->functions + 1) * sizeof(Function *));
	type->function[type->functions++] = PG_GETARG_BOOL(2) ?
		aggregate_of(PG_GETARG_OID(1)) :
		function_of(PG_GETARG_OID(1), PG_GETARG_BOOL(3), NULL);
	MemoryContextSwitchTo(old);
	PG_RETURN_VOID();
}

/* A copy that ends where the value ends; sometimes as short as in a row. */
static Datum
exact_copy(Type *type, Datum value)
{
	Size		size;
	char	   *copy;

	if (type->byval)
		return value;
	size = datumGetSize(value, false, type->len);
	if (type->packed && VARATT_CAN_MAKE_SHORT(DatumGetPointer(value)) &&
		draw(4) == 0)
	{
		Size		length = VARATT_CONVERTED_SHORT_SIZE(DatumGetPointer(value));

		copy = malloc(length);
		SET_VARSIZE_SHORT(copy, length);
		memcpy(copy + 1, VARDATA(DatumGetPointer(value)), length - 1);
		return PointerGetDatum(copy);
	}
	copy = malloc(size);
	memcpy(copy, DatumGetPointer(value), size);
	return PointerGetDatum(copy);
}

/* An exact copy that is freed after the call. */
static Datum
owned_copy(Trial *trial, Type *type, Datum value)
{
	Datum		copy = exact_copy(type, value);

	if (!type->byval)
		trial->owned[trial->n_owned++] = DatumGetPointer(copy);
	return copy;
}

static void
free_owned(Trial *trial)
{
	while (trial->n_owned > 0)
		free(trial->owned[--trial->n_owned]);
}

/*
 * An argument: of the type that is tried the value, now and then the one
 * before it or a sample; of others, a sample or NULL.
 */
static NullableDatum
draw_argument(Trial *trial, Type *type, bool *used)
{
	NullableDatum result = {0, false};

	if (type == trial->type && (!*used || draw(2) == 0))
	{
		*used = true;
		result.value = owned_copy(trial, type, trial->value);
	}
	else if (type == trial->type && type->has_kept && draw(2) == 0)
		result.value = owned_copy(trial, type, type->kept);
	else if (type == trial->text && draw(10) > 0)
		result.value = trial->source;
	else if (type->samples == 0 || draw(20) == 0)
		result.isnull = true;
	else
		result.value = type->sample[draw(type->samples)];
	return result;
}

/* A function on the arguments; NULL where a strict one is not called at all. */
static NullableDatum
call(Function *f, NullableDatum *arguments)
{
	LOCAL_FCINFO(fcinfo, MOST_ARGUMENTS);
	ReturnSetInfo set = {.type = T_ReturnSetInfo};
	NullableDatum result = {0, true};
	instr_time	start,
				end;

	for (int i = 0; i < f->arguments; i++)
		if (f->flinfo.fn_strict && arguments[i].isnull)
			return result;
	set.econtext = expression;
	set.expectedDesc = f->desc;
	set.allowedModes = SFRM_Materialize;
	set.returnMode = SFRM_ValuePerCall;
	InitFunctionCallInfoData(*fcinfo, &f->flinfo, f->arguments,
							 DEFAULT_COLLATION_OID,
							 f->in_aggregate ? (Node *) aggregate_node : NULL,
							 f->set ? (Node *) &set : NULL);
	memcpy(fcinfo->args, arguments, f->arguments * sizeof(NullableDatum));
	INSTR_TIME_SET_CURRENT(start);
	result.value = FunctionCallInvoke(fcinfo);
	result.isnull = fcinfo->isnull;
	INSTR_TIME_SET_CURRENT(end);
	INSTR_TIME_SUBTRACT(end, start);
	f->spent += INSTR_TIME_GET_MILLISEC(end);
	if (INSTR_TIME_GET_MILLISEC(end) > slowest_ms)
	{
		slowest_ms = INSTR_TIME_GET_MILLISEC(end);
		strlcpy(slowest_name, format_procedure(f->oid), sizeof(slowest_name));
	}
	return result;
}

static char *
print(Type *type, Datum value)
{
	return OutputFunctionCall(&type->out, value);
}

static Datum
scan(Type *type, char *literal)
{
	return InputFunctionCall(&type->in, literal, type->ioparam, -1);
}

static bool
same_bytes(bytea *a, bytea *b)
{
	return VARSIZE(a) == VARSIZE(b) && memcmp(a, b, VARSIZE(a)) == 0;
}

/* Whether the value of a function is read again as it is written. */
static void
check_result(Trial *trial, Function *f, NullableDatum result)
{
	char	   *printed;

	if (result.isnull || f->result == NULL)
		return;
	printed = print(f->result, result.value);
	if (strcmp(print(f->result, scan(f->result, pstrdup(printed))), printed) != 0)
		trial->complaint = psprintf("%s: its value does not read back",
									format_procedure(f->oid));
}

static void
try_function(Trial *trial)
{
	Function   *f = trial->function;
	NullableDatum arguments[MOST_ARGUMENTS];
	bool		used = false;

	for (int i = 0; i < f->arguments; i++)
		arguments[i] = draw_argument(trial, f->argument[i], &used);
	/* an aggregate's state is in its memory, and may be changed */
	if (f->in_aggregate && f->arguments > 0 && !arguments[0].isnull)
		arguments[0].value = datumCopy(arguments[0].value, f->argument[0]->byval,
									   f->argument[0]->len);
	check_result(trial, f, call(f, arguments));
}

/* As nodeAgg.c, over rows that have the value in them. */
static void
try_aggregate(Trial *trial)
{
	Function   *f = trial->function;
	Type	   *type = f->argument[0];
	NullableDatum arguments[MOST_ARGUMENTS];
	NullableDatum state = {0, f->no_state};
	NullableDatum result;

	if (!f->no_state)
		state.value = datumCopy(f->state, type->byval, type->len);
	for (int row = draw(3); row >= 0; row--)
	{
		bool		used = row > 0 && draw(2) == 0;

		for (int i = 1; i < f->arguments; i++)
			arguments[i] = draw_argument(trial, f->argument[i], &used);
		arguments[0] = state;
		result = arguments[1];
		if (!f->flinfo.fn_strict || !state.isnull)
			result = call(f, arguments);
		else if (!result.isnull)
			arguments[0].value = 0; /* the first value is the state */
		if (f->flinfo.fn_strict && result.isnull)
			continue;
		if (!result.isnull && (state.isnull || result.value != state.value))
			result.value = datumCopy(result.value, type->byval, type->len);
		state = result;
	}
	if (f->final == NULL)
		return;
	arguments[0] = state;
	for (int i = 1; i < f->final->arguments; i++)
		arguments[i].isnull = true;
	check_result(trial, f->final, call(f->final, arguments));
}

static Datum
receive(Trial *trial)
{
	StringInfoData buffer;
	Datum		result;

	buffer.data = trial->bytes;
	buffer.len = trial->length;
	buffer.maxlen = trial->length + 1;
	buffer.cursor = 0;
	result = ReceiveFunctionCall(&trial->type->receive, &buffer,
								 trial->type->ioparam, -1);
	if (buffer.cursor != buffer.len)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("incorrect binary data format")));
	return result;
}

/* Read the value that is tried. */
static void
try_value(Trial *trial)
{
	Datum		value;

	if (strcmp(trial->form, "binary") == 0)
		value = receive(trial);
	else if (strcmp(trial->form, "cast") == 0)
	{
		if (!OidIsValid(trial->type->cast.fn_oid))
			elog(ERROR, "there is no cast to %s", format_type_be(trial->type->oid));
		value = FunctionCall1(&trial->type->cast, PointerGetDatum(trial->bytes));
	}
	else
		value = scan(trial->type, trial->bytes);
	trial->value = exact_copy(trial->type, value);
}

/* The value is the same after it was sent, or printed, and read. */
static void
try_round_trip(Trial *trial)
{
	Type	   *type = trial->type;
	bytea	   *sent = SendFunctionCall(&type->send, trial->value);
	char	   *printed = print(type, trial->value);
	Trial		again = *trial;
	Datum		value;

	again.length = VARSIZE(sent) - VARHDRSZ;
	again.bytes = VARDATA(sent);
	value = receive(&again);
	if (!same_bytes(sent, SendFunctionCall(&type->send, value)))
		trial->complaint = "differs after bytes";
	value = scan(type, pstrdup(printed));
	if (type->own ? !same_bytes(sent, SendFunctionCall(&type->send, value)) :
		strcmp(printed, print(type, value)) != 0)
		trial->complaint = "differs after text";
}

/* An SQLSTATE that a user must not meet, as complaint() in catalog.psql. */
static bool
is_fault(const char *state)
{
	static const char *const classes[] = {"XX", "53", "57", "58", "P0", NULL};

	for (int i = 0; classes[i] != NULL; i++)
		if (strncmp(state, classes[i], 2) == 0)
			return true;
	return false;
}

/*
 * Do something with the value, in a subtransaction; the SQLSTATE of the error
 * that ended it, or NULL.
 */
static const char *
attempt(void (*what) (Trial *), Trial *trial)
{
	ResourceOwner owner = CurrentResourceOwner;
	const char *volatile state = NULL;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(strict);
	PG_TRY();
	{
		what(trial);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		ErrorData  *error;

		MemoryContextSwitchTo(strict);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		state = pstrdup(unpack_sql_state(error->sqlerrcode));
		if (is_fault(state))
			trial->complaint = psprintf("%s%s%s: %s",
										trial->function ? format_procedure(trial->function->oid) : "",
										trial->function ? ": " : "", state, error->message);
	}
	PG_END_TRY();
	MemoryContextSwitchTo(strict);
	CurrentResourceOwner = owner;
	free_owned(trial);
	return state;
}

/* A function that ended with an error is not called again as it is. */
static void
forget(Function *f)
{
	f->flinfo.fn_extra = NULL;
	MemoryContextReset(f->memory);
}

/* Of three functions the one that took least time until now. */
static Function *
draw_function(Type *type)
{
	Function   *best = type->function[draw(type->functions)];

	for (int i = 0; i < 2; i++)
	{
		Function   *other = type->function[draw(type->functions)];

		if (other->spent < best->spent)
			best = other;
	}
	return best;
}

static void
try_functions(Trial *trial)
{
	for (int i = 0; i < CALLS_PER_VALUE && trial->complaint == NULL &&
		 trial->type->functions > 0; i++)
	{
		Function   *f = draw_function(trial->type);

		trial->function = f;
		note_last(trial->id, f->oid);
		if (attempt(f->aggregate ? try_aggregate : try_function, trial) != NULL)
		{
			forget(f);
			if (f->final)
				forget(f->final);
		}
	}
	trial->function = NULL;
}

/* The value that was accepted stands beside the next ones. */
static void
keep(Trial *trial)
{
	Type	   *type = trial->type;

	if (type->has_kept && !type->byval)
		free(DatumGetPointer(type->kept));
	type->kept = trial->value;
	type->has_kept = true;
}

static const char *
outcome(Trial *trial)
{
	const char *state = attempt(try_value, trial);

	if (state != NULL)
		return psprintf("refused %s", state);
	if (trial->type->own || OidIsValid(get_element_type(trial->type->oid)))
	{
		state = attempt(try_round_trip, trial);
		if (state != NULL && trial->complaint == NULL)
			trial->complaint = psprintf("%s: is not read again", state);
	}
	if (trial->complaint == NULL)
		try_functions(trial);
	keep(trial);
	return "accepted";
}

/* Bytes to read, malloc'ed: text ends with a 0, and bytea has a header. */
static char *
exact_bytes(const char *form, const char *bytes, int length, bool array)
{
	char	   *copy;

	if (strcmp(form, "cast") == 0)
	{
		copy = malloc(length + VARHDRSZ);
		SET_VARSIZE(copy, length + VARHDRSZ);
		memcpy(copy + VARHDRSZ, bytes, length);
		return copy;
	}
	/* array_recv() writes a 0 behind each element, in the server before 17 */
	copy = malloc(length + (strcmp(form, "binary") != 0 || array ? 1 : 0));
	memcpy(copy, bytes, length);
	if (strcmp(form, "binary") != 0 || array)
		copy[length] = '\0';
	return copy;
}

/*
 * fuzz_value(type, form, source, id, bytes): what becomes of a mutant, as
 * mutate.pl makes them: 'accepted', 'refused SQLSTATE', or what is wrong.
 */
PG_FUNCTION_INFO_V1(fuzz_value);
Datum
fuzz_value(PG_FUNCTION_ARGS)
{
	MemoryContext old = CurrentMemoryContext;
	bytea	   *bytes = PG_GETARG_BYTEA_PP(4);
	Trial		trial = {0};
	const char *result;

	CHECK_FOR_INTERRUPTS();
	set_up();
	MemoryContextSwitchTo(old);
	trial.type = type_of(PG_GETARG_OID(0));
	trial.form = text_to_cstring(PG_GETARG_TEXT_PP(1));
	trial.text = type_of(TEXTOID);
	trial.source = PG_GETARG_DATUM(2);
	trial.length = VARSIZE_ANY_EXHDR(bytes);
	if (trial.type == trial.text || trial.type->oid != JSONBOID)
		trial.text = NULL;
	if (strcmp(trial.form, "binary") != 0 && strcmp(trial.form, "cast") != 0 &&
		(memchr(VARDATA_ANY(bytes), 0, trial.length) != NULL ||
		 !pg_verify_mbstr(PG_UTF8, VARDATA_ANY(bytes), trial.length, true)))
		PG_RETURN_TEXT_P(cstring_to_text("refused: no text"));
	trial.id = PG_GETARG_INT32(3);
	note_last(trial.id, InvalidOid);
	pg_prng_seed(&prng, PG_GETARG_INT32(3));
	trial.bytes = exact_bytes(trial.form, VARDATA_ANY(bytes), trial.length,
							  OidIsValid(get_element_type(trial.type->oid)));
	MemoryContextSwitchTo(strict);
	result = outcome(&trial);
	free(trial.bytes);
	MemoryContextSwitchTo(old);
	result = pstrdup(trial.complaint ? trial.complaint : result);
	MemoryContextReset(strict);
	PG_RETURN_TEXT_P(cstring_to_text(result));
}

/* fuzz_slowest(): the call that took longest, and milliseconds. */
PG_FUNCTION_INFO_V1(fuzz_slowest);
Datum
fuzz_slowest(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(psprintf("%s, %.0f ms", slowest_name, slowest_ms)));
}
