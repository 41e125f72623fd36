package dev.clinickpi.privacy.scrub;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds postal addresses: what follows the word for a street, down to the floor and the town; a postal code and its town with the house before them; and what
 * a form has behind "Domicilio:" and its like. A street whose name is in lower case needs a number.
 */
final class AddressDetector implements PiiDetector {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    /** These mean a street however they are written, the rest only with a capital or a number right behind them. */
    private static final Set<String> STREETS = Set.of(
            "calle",
            "c",
            "avda",
            "avenida",
            "avinguda",
            "plaza",
            "pza",
            "paseo",
            "carrer",
            "jirón",
            "jiron",
            "jr",
            "rúa");

    private static final Set<String> STREETS_WITH_CAPITAL = Set.of(
            "av",
            "avd",
            "cl",
            "pz",
            "pl",
            "p",
            "plaça",
            "passeig",
            "pso",
            "po",
            "camino",
            "camí",
            "carretera",
            "ctra",
            "crta",
            "ronda",
            "travesía",
            "travesia",
            "travesera",
            "travessera",
            "glorieta",
            "urbanización",
            "urbanizacion",
            "urb",
            "polígono",
            "poligono",
            "pasaje",
            "pje",
            "carrera",
            "cra",
            "kr",
            "diagonal",
            "transversal",
            "calzada",
            "colonia",
            "col",
            "blvd",
            "bulevar",
            "boulevard",
            "callejón",
            "callejon",
            "rambla",
            "cuesta",
            "alameda",
            "apartado",
            "apdo",
            "raval");

    private static final int LONGEST_STREET = 14;

    private static final int LONGEST_ABBREVIATION = 4;

    private static final String SMALL = "(?:(?:de|del|la|las|los|el|da|do|dos|y|e|i)[ ]|d'|l')";
    private static final String CAPITAL =
            "(?!(?:e-?mail|correo|tel|tfno|tlf|fax|n[o°]?col)(?!\\p{L}))(?:(?-iu:\\p{Lu})[\\p{L}'.-]{0,30})";
    private static final String ANY_WORD = "[\\p{L}'.-]{2,30}";
    private static final String JOINT = "(?:[ ]{1,3}|[ ]?[-/][ ]?|,[ ])";

    private static final String END = "(?![\\p{L}\\d])";
    private static final String NUMBER =
            "(?:(?:(?:n[uú]m(?:ero)?|no|n[o°.]{0,2}|#|km)[ .]{0,2})?\\d{1,5}(?:[.,]\\d)?[a-z]?" + END
                    + "|s[ ]?/[ ]?n|s\\.n\\.|sin n[uú]mero)";
    private static final String PART =
            "(?:piso|planta|puerta|pta|esc(?:alera)?|bloque|bl|portal|local|depto|dpto|departamento|apto|apartamento|interior|int|torre|of(?:icina)?|casa|lote|mz"
                    + "|manzana|edificio|ed|suite|n[o°])[. ]{0,2}[\\p{L}\\d]{1,5}";
    private static final String SIDE = "bajos?(?:[ ][a-z]" + END
            + ")?|[áa]tico|entlo|entresuelo|pral|principal|izq(?:da|uierda)?|d(?:e?re?)?cha|dcho|der(?:echa)?|centro|[1-3]er[ ]piso|[1-9]?[oa°][ ]piso";
    private static final String FLOOR =
            "(?:[ ]?[-,.:/#]{0,2}[ ]{0,2}(?:" + PART + "|" + SIDE + "|\\d{1,3}[ ]?[oa°][ ]?(?:[a-z]" + END
                    + ")?|p?\\d{1,4}[ ]?[a-z]|[a-z]|\\d{1,3}(?:-\\d{1,3})?)(?!\\d|(?<=[\\p{L}\\d])\\p{L})[.°]?){0,6}";
    private static final String TOWN = CAPITAL + "(?:[ ]" + SMALL + "{0,2}" + CAPITAL + "){0,3}";
    private static final String POSTCODE = "(?:c\\.?p\\.?[ :]{0,2})?(?:[a-z]-)?\\d{5}(?!\\d)";
    private static final String HOUSE = "[ ]?,?[ ]{0,2}" + NUMBER + FLOOR;
    private static final String PLACE = "(?:[ ,.();-]{1,4}" + POSTCODE + "(?:[ ,.-]{1,3}" + TOWN + ")?)?";

    private static final String WITH_CAPITALS = "[./,]{0,2}[ ]{0,3}" + SMALL + "{0,3}" + CAPITAL + "(?:" + JOINT + SMALL
            + "{0,3}" + CAPITAL + "){0,6}(?:" + HOUSE + ")?" + PLACE;

    /** Where streets have numbers for names: "Calle 45 # 12-34", "Carrera 7 No. 71-21". */
    private static final String WITH_NUMBERS =
            "[./]{0,2}[ ]{0,2}\\d{1,3}[ ]?[a-z]?(?:[ ]?bis)?(?:[ ](?:sur|norte|este|oeste))?[ ]?(?:#|no\\.?|n[°.]|n[uú]mero|con)[ ]?\\d{1,3}[ ]?[a-z]?(?:[ ]?-[ ]?\\d{1,3})?"
                    + FLOOR;

    private static final String POST_BOX = "[ ](?:de correos|postal)[ ]?\\d{1,6}" + PLACE;

    private static final Pattern CAPITALS = Pattern.compile(WITH_NUMBERS + "|" + POST_BOX + "|" + WITH_CAPITALS, FLAGS);
    private static final Pattern ANY = Pattern.compile(
            WITH_NUMBERS + "|[./,]{0,2}[ ]{0,3}" + SMALL + "{0,3}(?:" + ANY_WORD + "[ ]){0,4}?" + ANY_WORD + HOUSE
                    + PLACE + "|" + WITH_CAPITALS,
            FLAGS);

    private static final Pattern POSTAL = Pattern.compile(
            "(?<!\\d|\\d[.,/-])(?:0[1-9]|[1-4]\\d|5[0-2])\\d{3}(?![\\d]|[.,/-]\\d)[ ,.-]{1,3}" + TOWN, FLAGS);
    private static final Pattern HOUSE_BEFORE = Pattern.compile(
            "(?<![\\p{L}\\d])" + CAPITAL + "(?:[ ]" + SMALL + "{0,2}" + CAPITAL + "){0,4}" + HOUSE
                    + "[ ,.();-]{1,4}(?:[a-z]-)?$",
            FLAGS);

    private static final int HOUSE_REACH = 60;

    private static final Pattern WITHOUT_NUMBER = Pattern.compile(
            "(?<![\\p{L}\\d])" + CAPITAL + "(?:[ ]" + SMALL + "{0,2}" + CAPITAL
                    + "){0,3},?[ ]s[ ]?/[ ]?n(?![\\p{L}\\d])",
            FLAGS);

    private static final Pattern FORM = Pattern.compile(
            "(?<![\\p{L}\\d])(?:domicilio|direcci[oó]n(?: postal)?|address|localidad(?:[ ]?/[ ]?provincia)?|provincia|municipio|poblaci[oó]n|ciudad)[ ]?:[ ]{0,40}(?<value>[^\\s][^\\n]{1,119})"
                    + "|(?<![\\p{L}\\d])(?:c\\.?p|c[oó]digo postal|postal code|zip)[ .]?:?[ ]{0,40}(?<code>(?:[a-z]-)?\\d{4,5})(?![\\p{L}\\d])",
            FLAGS);

    @Override
    public List<PiiSpan> find(NormalizedText text) {
        List<PiiSpan> found = new ArrayList<>();
        findStreets(text, found);
        findPostal(text, found);
        Matcher form = FORM.matcher(text.text());
        while (form.find()) {
            String group = form.group("value") == null ? "code" : "value";
            found.add(text.span(
                    form.start(group), trimmed(text.text(), form.start(group), form.end(group)), PiiType.ADDRESS));
        }
        Matcher house = WITHOUT_NUMBER.matcher(text.text());
        while (house.find()) {
            found.add(text.span(house.start(), house.end(), PiiType.ADDRESS));
        }
        return found;
    }

    private static void findStreets(NormalizedText text, List<PiiSpan> found) {
        String chars = text.text();
        Matcher any = ANY.matcher(chars);
        Matcher capitals = CAPITALS.matcher(chars);
        Words words = new Words(chars);
        int from = 0;
        while (words.next()) {
            String word = words.lowerCase(LONGEST_STREET);
            Matcher matcher = STREETS.contains(word) ? any : STREETS_WITH_CAPITAL.contains(word) ? capitals : null;
            if (matcher == null || words.start() < from || isOther(chars, words)) {
                continue;
            }
            if (matcher.region(words.end(), chars.length()).lookingAt() && isPlace(words, matcher.group())) {
                from = trimmed(chars, words.end(), matcher.end());
                found.add(text.span(words.start(), from, PiiType.ADDRESS));
            }
        }
    }

    /** Two letters without a full stop or a house's number are short for something else: "AV OD" is what an eye sees. */
    private static boolean isPlace(Words words, String rest) {
        return words.length() >= LONGEST_ABBREVIATION
                || "./".indexOf(rest.charAt(0)) >= 0
                || rest.chars().anyMatch(Character::isDigit);
    }

    /** One letter is a street before a slash alone, or it is an initial, a vitamin, a hepatitis; and a whole word before a full stop ends a sentence. */
    private static boolean isOther(String chars, Words words) {
        return (words.length() == 1 && !chars.startsWith("/", words.end()))
                || (words.length() > LONGEST_ABBREVIATION && chars.startsWith(".", words.end()));
    }

    private static void findPostal(NormalizedText text, List<PiiSpan> found) {
        String chars = text.text();
        Matcher postal = POSTAL.matcher(chars);
        while (postal.find()) {
            int start = postal.start();
            Matcher house = HOUSE_BEFORE
                    .matcher(chars)
                    .region(Math.max(0, start - HOUSE_REACH), start)
                    .useTransparentBounds(true);
            if (house.find()) {
                start = house.start();
            }
            found.add(text.span(start, trimmed(chars, postal.start(), postal.end()), PiiType.ADDRESS));
        }
    }

    /** Without the full stop or the spaces at the end, which are the sentence's. */
    private static int trimmed(String chars, int start, int end) {
        int last = end;
        while (last > start + 1 && " .,:;\r".indexOf(chars.charAt(last - 1)) >= 0) {
            last--;
        }
        return last;
    }
}
