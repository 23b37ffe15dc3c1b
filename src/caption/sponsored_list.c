/*-------------------------------------------------------------------------
 *
 * sponsored_list.c
 *		Words and tags by which posts are disclosed as paid.
 *
 * By rules and advice of authorities and of the industry's own bodies;
 * doc/captions.md says where they are.  "in use" is what creators write though
 * nobody was found to advise it, where it can't mean anything else.  What they
 * call unclear is left out (spon, sp, collab, thanks to, gifted), as are
 * common words that mean other things in most captions, in their language or
 * another's (promotion, ad, partner; annonce in French, reclame in
 * Portuguese): of these there are the tag, or the label that stands alone.  An
 * indicator of several languages stands in each, and is reported once.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "caption/sponsored.h"

const SponsoredIndicator sponsored_indicator_list[] = {
	{"#ad", "en", "FTC, ASA"},
	{"ad:", "en", "ASA"},
	{"advert:", "en", "ASA"},
	{"#advert", "en", "ASA"},
	{"advertisement", "en", "FTC, ASA"},
	{"#advertising", "en", "ASA"},
	{"advertisement feature", "en", "ASA"},
	{"paid ad", "en", "FTC"},
	{"#paidad", "en", "FTC"},
	{"is an ad", "en", "FTC, ASA"},
	{"for sponsoring this", "en", "FTC"},
	{"sponsored", "en", "FTC"},
	{"#sponsored", "en", "FTC"},
	{"#sponsoredpost", "en", "FTC"},
	{"#sponsoredcontent", "en", "FTC"},
	{"#sponsoredby", "en", "FTC"},
	{"promoted by", "en", "IAP"},
	{"paid partnership", "en", "Instagram"},
	{"#paidpartnership", "en", "Instagram"},
	{"paid promotion", "en", "YouTube"},
	{"#paidpromotion", "en", "YouTube"},
	{"paid collaboration", "en", "ASCI"},
	{"#paidcollaboration", "en", "ASCI"},

	{"werbung", "de", "Medienanstalten"},
	{"anzeige", "de", "Medienanstalten"},
	{"#bezahltewerbung", "de", "Medienanstalten"},
	{"unbezahlte werbung", "de", "Medienanstalten"},
	{"#unbezahltewerbung", "de", "Medienanstalten"},
	{"#werbungunbezahlt", "de", "Medienanstalten"},
	{"bezahlte werbepartnerschaft", "de", "Medienanstalten"},
	{"dauerwerbung", "de", "Medienanstalten"},
	{"werbevideo", "de", "Medienanstalten"},
	{"werbepost", "de", "Medienanstalten"},
	{"bezahlte partnerschaft", "de", "Instagram"},
	{"#bezahltepartnerschaft", "de", "Instagram"},
	{"entgeltliche einschaltung", "de", "Medienanstalten"},

	{"publicit\u00E9", "fr", "ARPP"},
	{"collaboration commerciale", "fr", "ARPP"},
	{"#collaborationcommerciale", "fr", "ARPP"},
	{"communication commerciale", "fr", "ARPP"},
	{"partenariat r\u00E9mun\u00E9r\u00E9", "fr", "Instagram"},
	{"#partenariatr\u00E9mun\u00E9r\u00E9", "fr", "Instagram"},
	{"en partenariat avec", "fr", "ARPP"},
	{"sponsoris\u00E9", "fr", "ARPP"},
	{"sponsoris\u00E9e", "fr", "ARPP"},
	{"pub:", "fr", "ARPP"},

	{"pubblicit\u00E0", "it", "IAP"},
	{"adv:", "it", "IAP"},
	{"#adv", "it", "IAP"},
	{"sponsorizzato", "it", "IAP"},
	{"promosso da", "it", "IAP"},
	{"inserzione a pagamento", "it", "IAP"},
	{"partnership pubblicizzata", "it", "Instagram"},
	{"collaborazione pubblicitaria", "it", "IAP"},

	{"publicidad", "es", "Autocontrol"},
	{"publi", "es", "Autocontrol"},
	{"patrocinado por", "es", "Autocontrol"},
	{"patrocinada por", "es", "Autocontrol"},
	{"#patrocinado", "es", "Autocontrol"},
	{"colaboraci\u00F3n pagada", "es", "Autocontrol"},
	{"colaboraci\u00F3n remunerada", "es", "Autocontrol"},
	{"contenido patrocinado", "es", "Autocontrol"},
	{"colaboraci\u00F3n publicitaria", "es", "Autocontrol"},
	{"alianza pagada", "es", "Instagram"},

	{"publicidade", "pt", "CONAR"},
	{"#publipost", "pt", "CONAR"},
	{"#an\u00FAncio", "pt", "CONAR"},
	{"publipost", "pt", "CONAR"},
	{"publi", "pt", "CONAR"},
	{"#patrocinado", "pt", "CONAR"},
	{"publieditorial", "pt", "in use"},
	{"conte\u00FAdo patrocinado", "pt", "in use"},
	{"parceria paga", "pt", "Instagram"},
	{"#parceriapaga", "pt", "Instagram"},
	{"#pub", "pt", "DGC"},
	{"pub:", "pt", "DGC"},
	{"#patroc\u00EDnio", "pt", "DGC"},

	{"advertentie", "nl", "Stichting Reclame Code, FOD Economie"},
	{"#adv", "nl", "Stichting Reclame Code"},
	{"#spon", "nl", "Stichting Reclame Code"},
	{"betaald partnerschap", "nl", "Stichting Reclame Code"},
	{"#reclame", "nl", "FOD Economie"},
	{"reclame:", "nl", "FOD Economie"},
	{"#publiciteit", "nl", "FOD Economie"},
	{"#gesponsord", "nl", "FOD Economie"},
	{"gesponsord door", "nl", "in use"},
	{"betaalde samenwerking", "nl", "in use"},

	{"reklam", "sv", "Konsumentverket, KKV"},
	{"annons", "sv", "in use"},
	{"reklamsamarbete", "sv", "in use"},
	{"annonssamarbete", "sv", "in use"},
	{"betalt samarbete", "sv", "in use"},
	{"betalt partnerskap", "sv", "Instagram"},
	{"reklame", "da", "Forbrugerombudsmanden"},
	{"#annonce", "da", "Forbrugerombudsmanden"},
	{"annonce:", "da", "Forbrugerombudsmanden"},
	{"annonce for", "da", "Forbrugerombudsmanden"},
	{"betalt partnerskab", "da", "Instagram"},
	{"reklame", "no", "Forbrukertilsynet"},
	{"annonse", "no", "Forbrukertilsynet"},
	{"betalt partnerskap", "no", "Instagram"},
	{"mainos", "fi", "KKV"},
	{"kaupallinen yhteisty\u00F6", "fi", "KKV"},

	{"#reklama", "pl", "UOKiK"},
	{"reklama:", "pl", "UOKiK"},
	{"reklama marki", "pl", "UOKiK"},
	{"materia\u0142 reklamowy", "pl", "UOKiK"},
	{"#materia\u0142reklamowy", "pl", "UOKiK"},
	{"wsp\u00F3\u0142praca reklamowa", "pl", "UOKiK"},
	{"#wsp\u00F3\u0142pracareklamowa", "pl", "UOKiK"},
	{"p\u0142atna wsp\u00F3\u0142praca", "pl", "UOKiK"},
	{"#p\u0142atnawsp\u00F3\u0142praca", "pl", "UOKiK"},

	{"reklam", "tr", "Reklam Kurulu"},
	{"#sponsor", "tr", "Reklam Kurulu"},
	{"#i\u015Fbirli\u011Fi", "tr", "Reklam Kurulu"},
	{"#ortakl\u0131k", "tr", "Reklam Kurulu"},

	{"#pr", "ja", "CAA"},
	{"pr:", "ja", "CAA"},
	{"#\u5E83\u544A", "ja", "CAA"},
	{"#\u5BA3\u4F1D", "ja", "CAA"},
	{"#\u30D7\u30ED\u30E2\u30FC\u30B7\u30E7\u30F3", "ja", "CAA"},
	{"\u5E83\u544A:", "ja", "CAA"},
	{"\u5BA3\u4F1D:", "ja", "CAA"},
	{"\u30D7\u30ED\u30E2\u30FC\u30B7\u30E7\u30F3:", "ja", "CAA"},
	{"#\u30BF\u30A4\u30A2\u30C3\u30D7", "ja", "WOMJ"},
	{"#\u63D0\u4F9B", "ja", "WOMJ"},
	{"#\uAD11\uACE0", "ko", "KFTC"},
	{"\uAD11\uACE0:", "ko", "KFTC"},
	{"#\uD611\uCC2C", "ko", "KFTC"},
	{"\uD611\uCC2C:", "ko", "KFTC"},
	{"#\uC720\uB8CC\uAD11\uACE0", "ko", "in use"},
	{"\uC720\uB8CC\uAD11\uACE0", "ko", "in use"},
	{"#\u5E7F\u544A", "zh", "SAMR"},
	{"\u5E7F\u544A:", "zh", "SAMR"},
};

const int	sponsored_indicator_count = lengthof(sponsored_indicator_list);
