package dev.clinickpi.privacy.scrub;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Identifiers that can be told by their form: those with check digits, and those that look like nothing else. */
final class CheckedIds {

    /**
     * A form and what has to hold of the letters and digits in it, upper case, without what stands between.
     *
     * @param name what the identifier is called in its country
     */
    record Form(String name, Pattern pattern, Predicate<String> check) {}

    private static final String NIF_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

    private static final String YEAR_MONTH_DAY = "\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])";

    /** Those with a letter, or with punctuation at the right places. */
    static final List<Form> DISTINCT = List.of(
            form("NIF", "\\d{1,2}\\.?\\d{3}\\.?\\d{3}[ -]?[a-z]", id -> isNif(id)),
            form("NIF without a DNI", "[klm][ -]?\\d{7}[ -]?[a-z]", id -> isNif(id.substring(1))),
            form(
                    "NIE",
                    "[xyz][ -]?\\d\\.?\\d{3}\\.?\\d{3}[ -]?[a-z]",
                    id -> isNif("XYZ".indexOf(id.charAt(0)) + id.substring(1))),
            form("CIF", "[abcdefghjnpqrsuvw][ -]?\\d{2}\\.?\\d{3}\\.?\\d{2}[ -]?[0-9a-j]", CheckedIds::isCif),
            form("NAF", "\\d{2}[ /-]\\d{7,8}[ /-]\\d{2}", CheckedIds::isNaf),
            form("CURP", "[a-z][aeioux][a-z]{2}" + YEAR_MONTH_DAY + "[hmx][a-z]{5}[a-z\\d]\\d", id -> true),
            form("RFC", "[a-zñ&]{4}[ -]?" + YEAR_MONTH_DAY + "[ -]?[a-z\\d]{2}[\\da]", id -> true),
            form("RUT", "\\d{1,2}\\.?\\d{3}\\.?\\d{3}-[\\dk]", CheckedIds::isRut),
            form("CUIT", "(?:2[03-7]|3[034])[ -]\\d{8}[ -]?\\d", CheckedIds::isCuit),
            form("WhatsApp message", "wamid\\.[a-z\\d+/_=-]{8,400}|hbg[a-z\\d+/_-]{20,400}={0,2}", id -> true));

    /** Nothing but digits, which are a phone's if they can be. */
    static final List<Form> DIGITS = List.of(
            form("NAF", "\\d{11,12}", CheckedIds::isNaf), form("CUIT", "(?:2[03-7]|3[034])\\d{9}", CheckedIds::isCuit));

    private CheckedIds() {}

    private static Form form(String name, String regex, Predicate<String> check) {
        int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        return new Form(name, Pattern.compile("(?<![\\p{L}\\d])(?:" + regex + ")(?![\\p{L}\\d])", flags), check);
    }

    /** Whether what a form's pattern found is an identifier. */
    static boolean holds(Form form, String found) {
        return form.check().test(found.replaceAll("[^\\p{L}\\d]", "").toUpperCase(Locale.ROOT));
    }

    /** Real Decreto 1065/2007, Art. 19: the letter is the number's remainder by 23. */
    private static boolean isNif(String id) {
        int last = id.length() - 1;
        return id.charAt(last) == NIF_LETTERS.charAt(Integer.parseInt(id.substring(0, last)) % NIF_LETTERS.length());
    }

    /** Orden EHA/451/2008: a digit, or the letter of that rank. */
    private static boolean isCif(String id) {
        int sum = 0;
        for (int i = 1; i <= 7; i++) {
            int digit = id.charAt(i) - '0';
            int doubled = 2 * digit;
            sum += i % 2 == 0 ? digit : doubled / 10 + doubled % 10;
        }
        int check = (10 - sum % 10) % 10;
        char last = id.charAt(8);
        return last == '0' + check || last == "JABCDEFGHI".charAt(check);
    }

    /** The remainder by 97 of the province and the number; numbers below ten millions are written without their zero there. */
    private static boolean isNaf(String id) {
        long province = Long.parseLong(id.substring(0, 2));
        long number = Long.parseLong(id.substring(2, id.length() - 2));
        long whole = number < 10_000_000 ? province * 10_000_000 + number : province * 100_000_000 + number;
        return whole % 97 == Long.parseLong(id.substring(id.length() - 2));
    }

    private static boolean isRut(String id) {
        int last = id.length() - 1;
        int sum = 0;
        for (int i = last - 1, weight = 2; i >= 0; i--, weight = weight == 7 ? 2 : weight + 1) {
            sum += weight * (id.charAt(i) - '0');
        }
        return id.charAt(last) == "0K987654321".charAt(sum % 11);
    }

    private static boolean isCuit(String id) {
        int sum = 0;
        for (int i = 9, weight = 2; i >= 0; i--, weight = weight == 7 ? 2 : weight + 1) {
            sum += weight * (id.charAt(i) - '0');
        }
        int check = 11 - sum % 11;
        return id.charAt(10) - '0' == (check == 11 ? 0 : check == 10 ? 9 : check);
    }
}
