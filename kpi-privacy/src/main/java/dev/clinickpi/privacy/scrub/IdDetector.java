package dev.clinickpi.privacy.scrub;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds identifiers: those that show by their form what they are ({@link CheckedIds}), and any number behind the name of one, as in "NHC: 2569870"
 * or "mi DNI es el 12345678".
 */
final class IdDetector implements PiiDetector {

    private static final String NAMES =
            "nhc|hc|n[uú]mero de historia|historia(?: cl[ií]nica)?|cip[as]?|nass|nss|naf|seguridad social|afiliaci[oó]n|(?:n[u°o.]{0,3} ?)?col(?:egiad[oa])?"
                    + "|dni|d\\.n\\.i|nif|n\\.i\\.f|nie|n\\.i\\.e|cif|nuss|pasaporte|passport|c[eé]dula|c\\.c|cc|curp|rfc|rut|run|cuit|cuil|ruc|nit|tarjeta sanitaria|tsi|sip|p[oó]liza|episodio"
                    + "|expediente|afiliad[oa]|asegurad[oa]|licencia|imss|carn[eé]t?|documento|identificaci[oó]n|identificador|identidad|id|ssn|medical record|mrn|insurance";

    private static final String BETWEEN =
            "[\\s:.#°,()-]{0,8}(?:(?:es|is|el|la|de|del|no|n[uú]mero|num|n[u°]{1,2}|number|paciente|social|cl[ií]nica|m[eé]dic[oa])[\\s:.#°-]{1,4}){0,4}";

    private static final String VALUE =
            "(?:[a-z]{1,4}[-/. ]{0,2})?\\d{1,20}(?:[ ./-]{1,2}\\d{1,20}){0,6}(?:[ -]?[a-z](?![\\p{L}\\d]))?(?:[a-z\\d]{1,20})?";

    private static final Pattern LABELLED = Pattern.compile(
            "(?:(?<![\\p{L}\\d])|(?<=\\p{Ll})(?=(?-iu:N[o°]?Col)))(?:" + NAMES + ")(?![\\p{L}])" + BETWEEN + "(?<value>"
                    + VALUE + ")",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** Shorter ones are counts, ages and days. */
    private static final int LEAST_DIGITS = 4;

    private static final int LONGEST_PREFIX = 5;

    private final List<CheckedIds.Form> forms;

    private IdDetector(List<CheckedIds.Form> forms) {
        this.forms = forms;
    }

    /** Finds those that can be taken for nothing else. */
    static PiiDetector ofDistinct() {
        return new IdDetector(CheckedIds.DISTINCT);
    }

    /** Finds those that are digits alone, with check digits. */
    static PiiDetector ofDigits() {
        return new IdDetector(CheckedIds.DIGITS);
    }

    /** Finds those that are named. */
    static PiiDetector ofNamed() {
        return text -> {
            List<PiiSpan> found = new ArrayList<>();
            findByName(text, found);
            return found;
        };
    }

    @Override
    public List<PiiSpan> find(NormalizedText text) {
        List<PiiSpan> found = new ArrayList<>();
        String chars = text.text();
        List<Matcher> matchers =
                forms.stream().map(form -> form.pattern().matcher(chars)).toList();
        Words words = new Words(chars);
        while (words.next()) {
            if (words.length() > 1
                    && !words.hasDigit()
                    && !words.lowerCase(LONGEST_PREFIX).equals("wamid")) {
                continue;
            }
            for (int i = 0; i < forms.size(); i++) {
                Matcher matcher =
                        matchers.get(i).region(words.start(), chars.length()).useTransparentBounds(true);
                if (matcher.lookingAt() && CheckedIds.holds(forms.get(i), matcher.group())) {
                    found.add(text.span(matcher.start(), matcher.end(), PiiType.ID));
                }
            }
        }
        return found;
    }

    private static void findByName(NormalizedText text, List<PiiSpan> found) {
        Matcher labelled = LABELLED.matcher(text.text());
        while (labelled.find()) {
            if (labelled.group("value").chars().filter(Character::isDigit).count() >= LEAST_DIGITS) {
                found.add(text.span(labelled.start("value"), labelled.end("value"), PiiType.ID));
            }
        }
    }
}
