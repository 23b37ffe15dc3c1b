/*-------------------------------------------------------------------------
 *
 * unicode.c
 *		Looking up characters in the table of dev/unicode_table.pl.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "caption/unicode.h"

/*
 * char_range
 *		The range of one class that a character is in.
 *
 * Text stays in a script for a while, so that callers keep the range.
 */
CharRange
char_range(uint32 c)
{
	CharRange	range;
	int			low = 0;
	int			high = char_class_ranges;

	/* starts[low] <= c < starts[high] */
	Assert(c < 0x110000);
	while (high - low > 1)
	{
		int			middle = (low + high) / 2;

		if (char_class_starts[middle] >> CHAR_CLASS_BITS <= c)
			low = middle;
		else
			high = middle;
	}
	range.first = char_class_starts[low] >> CHAR_CLASS_BITS;
	range.end = char_class_starts[high] >> CHAR_CLASS_BITS;
	range.class = char_class_starts[low] & ((1 << CHAR_CLASS_BITS) - 1);
	return range;
}

/*
 * fold_char
 *		The letter as it is compared: small, without accents, of usual width;
 *		0 for an accent of its own.
 *
 * People write "publicite", with and without its accent, and
 * "WERBUNG".  Letters that are no others with an accent (o with a stroke,
 * sharp s) stay what they are.
 */
uint32
fold_char(uint32 c)
{
	int			low = 0;
	int			high = folded_chars_count;

	if (c >= 0xFF01 && c <= 0xFF5E)
		c -= 0xFF01 - '!';
	if (c >= 'A' && c <= 'Z')
		return c + ('a' - 'A');
	if (c >= 0x300 && c <= 0x36F)
		return 0;
	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (folded_chars[middle].from == c)
			return folded_chars[middle].to;
		if (folded_chars[middle].from < c)
			low = middle + 1;
		else
			high = middle;
	}
	return c;
}
