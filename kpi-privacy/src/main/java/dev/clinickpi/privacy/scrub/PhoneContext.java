package dev.clinickpi.privacy.scrub;

import java.util.regex.Pattern;

/** What the words around a number say about it. */
final class PhoneContext {

    private static final int BEFORE = 40;
    private static final int AFTER = 12;

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    private static final Pattern PHONE = Pattern.compile(
            "(?<!\\p{L})(?:t[eé]l|tf|tlf|m[oó]vil|cel(?:ular(?:es)?)?(?![\\p{L}/])|fax|whats|wh?ats?app|wass?ap|guasap|wpp|wsp|phone|mobile|call me|text me"
                    + "|ll[aá]m(?:ar|ad|a?me|a?nos|enme)|marca(?:me|r)|(?:mi|tu|su|my|your) (?:n[uú]m|number))",
            FLAGS);

    /** The number of a thing, a sum of money. */
    private static final Pattern THING_BEFORE = Pattern.compile(
            "(?:(?:factura|fra|pedido|ticket|presupuesto|lote|serie|ref|referencia|expediente|c[oó]digo|albar[aá]n|invoice|order|batch|isbn|issn|pmid|sku"
                    + "|seguimiento|tracking|recibo|operaci[oó]n|caso|versi[oó]n)\\W{0,3}(?:n[uú]m(?:ero)?|n[°o]?|no|number)?\\W{0,3}"
                    + "|[€$£]\\s?|(?:usd|eur|mxn|cop|clp|ars|pen|s/)\\W?)$",
            FLAGS);

    private static final Pattern SUM_AFTER = Pattern.compile(
            "\\s?(?:[€$£%]|(?:euros?|eur|pesos?|cop|mxn|clp|ars|usd|soles|d[oó]lares|millones|mg|mcg|ml|kg|g|mm|cm|ui|bytes|ms|km|a[nñ]os|c[eé]lulas?)(?![\\p{L}\\d]))",
            FLAGS);

    private PhoneContext() {}

    /** Whether a phone is spoken of shortly before a place. */
    static boolean isPhone(String text, int start) {
        return PHONE.matcher(text).region(Math.max(0, start - BEFORE), start).find();
    }

    /** Whether what stands between is said to be the number of a thing, or so many of something. */
    static boolean isThing(String text, int start, int end) {
        return THING_BEFORE
                        .matcher(text.substring(Math.max(0, start - BEFORE), start))
                        .find()
                || SUM_AFTER
                        .matcher(text)
                        .region(end, Math.min(text.length(), end + AFTER))
                        .lookingAt();
    }
}
