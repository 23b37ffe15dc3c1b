#!/usr/bin/perl
# Write src/payload/country_table.c: names and codes of countries.
# usage: dev/country_table.pl FOLDER >src/payload/country_table.c
#
# FOLDER holds main/en.xml and supplemental/supplementalData.xml of the Unicode
# CLDR, as Debian's package unicode-cldr-core has them in
# /usr/share/unicode/cldr/common.
use strict;
use warnings;
use utf8;
use open ':std', ':encoding(UTF-8)';
use Unicode::Normalize;

my $folder = shift or die "usage: dev/country_table.pl FOLDER\n";
my %code;

# What CLDR has that is no country or territory of somebody's.
my %no_country = map { $_ => 1 } qw(EU EZ UN QO XA XB ZZ AA);

# Names of ISO 3166 and of vendors that are not in CLDR.
my %other = (
	'Russian Federation' => 'RU', 'Republic of Korea' => 'KR', 'Korea, Republic of' => 'KR', 'Korea' => 'KR',
	'Democratic People\'s Republic of Korea' => 'KP', 'Korea, Democratic People\'s Republic of' => 'KP',
	'Viet Nam' => 'VN', 'Iran, Islamic Republic of' => 'IR', 'Islamic Republic of Iran' => 'IR',
	'Syrian Arab Republic' => 'SY', 'Lao People\'s Democratic Republic' => 'LA', 'Brunei Darussalam' => 'BN',
	'Tanzania, United Republic of' => 'TZ', 'United Republic of Tanzania' => 'TZ', 'Moldova, Republic of' => 'MD',
	'Republic of Moldova' => 'MD', 'Bolivia, Plurinational State of' => 'BO', 'Venezuela, Bolivarian Republic of' => 'VE',
	'Taiwan, Province of China' => 'TW', 'Palestine, State of' => 'PS', 'State of Palestine' => 'PS',
	'Micronesia, Federated States of' => 'FM', 'Holy See' => 'VA', 'Vatican' => 'VA', 'Macedonia' => 'MK',
	'Republic of North Macedonia' => 'MK', 'Congo' => 'CG', 'Republic of the Congo' => 'CG', 'Democratic Republic of the Congo' => 'CD',
	'Congo, The Democratic Republic of the' => 'CD', 'Congo, Democratic Republic of the' => 'CD', 'DR Congo' => 'CD',
	'United States of America' => 'US', 'U.S.A.' => 'US', 'Great Britain' => 'GB', 'UAE' => 'AE', 'Macau' => 'MO', 'Burma' => 'MM',
	'Cape Verde' => 'CV', 'Swaziland' => 'SZ', 'East Timor' => 'TL', 'Ivory Coast' => 'CI', 'Turkey' => 'TR', 'Kosovo' => 'XK',
	'United Kingdom of Great Britain and Northern Ireland' => 'GB', 'Hong Kong' => 'HK', 'Holland' => 'NL');

# A name as the server reads one: its ASCII letters, in lower case, without an
# article.
sub key_of { return lc($_[0]) =~ s/^the //r =~ s/[^a-z]//gr }

sub add {
	my ($name, $to) = @_;
	# Accents come off, or the letter is lost with its accent.
	for my $spelling ($name, NFD($name)) {
		for my $and ($spelling, $spelling =~ s/&/and/r, $spelling =~ s/\band\b//r) {
			for my $saint ($and, $and =~ s/\bSt\. /Saint /r) {
				my $key = key_of($saint);
				next if length $key < 3;
				die "$name is $code{$key} and $to\n" if exists $code{$key} && $code{$key} ne $to;
				$code{$key} = $to;
			}
		}
	}
}

open my $names, '<:encoding(UTF-8)', "$folder/main/en.xml" or die "$folder/main/en.xml: $!\n";
while (<$names>) {
	next unless /<territory type="([A-Z]{2})"[^>]*>([^<]+)</ && !$no_country{$1};
	my ($to, $name) = ($1, $2);
	$name =~ s/&amp;/&/g;
	$name =~ s/\x{2019}/'/g;
	add($name, $to);
	add("$1", $to) if $name =~ /^(.+?) \(.*\)$/ && $to ne 'CD' && $to ne 'CG';
}
close $names;
open my $codes, '<:encoding(UTF-8)', "$folder/supplemental/supplementalData.xml" or die "$folder/supplemental/supplementalData.xml: $!\n";
while (<$codes>) {
	next unless /<territoryCodes type="([A-Z]{2})"[^>]* alpha3="([A-Z]{3})"/ && !$no_country{$1} && $1 !~ /^(?:X|Q)/;
	my $key = lc $2;
	die "$2 is $code{$key} and $1\n" if exists $code{$key} && $code{$key} ne $1;
	$code{$key} = $1;
}
close $codes;
add($_, $other{$_}) for sort keys %other;
my $count = keys %code;

print <<"END";
/*-------------------------------------------------------------------------
 *
 * country_table.c
 *		Names and codes of countries: their ASCII letters in lower case, and
 *		the alpha-2 code of ISO 3166.
 *
 * Written by dev/country_table.pl from the Unicode CLDR; not to be edited.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "payload/country.h"

const CountryName country_names[] = {
END
print join(",\n", map { qq(\t{"$_", "$code{$_}"}) } sort keys %code), "\n};\n\n";
print "const int\tcountry_name_count = lengthof(country_names);\n";
