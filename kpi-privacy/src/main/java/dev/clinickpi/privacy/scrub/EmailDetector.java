package dev.clinickpi.privacy.scrub;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds e-mail addresses, plain or spelt out: "ana.gil@example.com", "ana punto gil arroba example punto com", "ana (at) example (dot) com". The
 * part before the sign is taken as far as it reaches; an address at a host without a dot is one too.
 */
final class EmailDetector implements PiiDetector {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    /** An at sign, or what is said for it. The word "at" alone is a word of English as a rule. */
    private static final Pattern AT = Pattern.compile(
            "\\s{0,2}(?:@|[(\\[{<*]\\s?(?:at|arroba|@|a)\\s?[)\\]}>*]|(?<=\\s)[-_]?(arroba|at)[-_]?(?=\\s)|(?<=[_-])(?:at|arroba)(?=[_-]))\\s{0,2}",
            FLAGS);

    private static final String TOPS = "(?:com|es|net|org|edu|mx|ar|co|cl|pe|cat)(?![\\p{L}\\d])";

    /** A full stop with a space behind it ends a sentence, unless what follows can end a host. */
    private static final String DOT = "(?:\\s?\\.(?!\\s)|\\s\\.\\s|\\.\\s(?=" + TOPS
            + ")|\\s?[(\\[{]\\s?(?:punto|dot|\\.)\\s?[)\\]}]\\s?|\\s(?:punto|dot)\\s)";

    private static final String HYPHEN =
            "(?:-|_|\\s(?:gui[oó]n(?:\\s(?:bajo|medio))?|barra baja|underscore|dash|hyphen|subgui[oó]n)\\s)";
    private static final String WORD = "[\\p{L}\\d]{1,63}";

    private static final Pattern HOST = Pattern.compile(
            "(?<host>" + WORD + "(?:" + HYPHEN + "{1,2}" + WORD + "){0,8})(?<rest>(?:" + DOT + WORD + "(?:-{1,2}" + WORD
                    + "){0,8}){0,6})",
            FLAGS);

    /** Read backwards from the sign, so it stands at the end of what it is matched against. */
    private static final Pattern LOCAL =
            Pattern.compile("(?:[\\p{L}\\d!#$%&'*+/=?^_`{|}~-]|(?<=[\\p{L}\\d])\\.(?=[\\p{L}\\d])){1,64}$", FLAGS);

    /** A word and a joint before what has been read, both in words. */
    private static final Pattern SPOKEN_JOINT = Pattern.compile(
            "(?<![\\p{L}\\d])[\\p{L}\\d.]{1,63}(?:\\s(?:punto|dot|gui[oó]n(?:\\s(?:bajo|medio))?|barra baja|underscore|dash|hyphen|subgui[oó]n|m[aá]s|plus)\\s"
                    + "|\\s?[(\\[{]\\s?(?:punto|dot|\\.|gui[oó]n(?:\\s(?:bajo|medio))?|underscore)\\s?[)\\]}]\\s?|\\s[._-]\\s)$",
            FLAGS);

    private static final Set<String> PROVIDERS = Set.of(
            "gmail",
            "googlemail",
            "hotmail",
            "outlook",
            "yahoo",
            "icloud",
            "live",
            "msn",
            "telefonica",
            "terra",
            "movistar",
            "protonmail",
            "proton",
            "aol",
            "gmx",
            "me");

    private static final Pattern TOP = Pattern.compile("\\s" + TOPS, FLAGS);

    /** As long as a local part with its joints in words may be. */
    private static final int LOCAL_REACH = 140;

    private static final int HOST_REACH = 260;

    private static final int JOINTS = 5;

    @Override
    public List<PiiSpan> find(NormalizedText text) {
        String chars = text.text();
        List<PiiSpan> found = new ArrayList<>();
        Matcher at = AT.matcher(chars);
        int from = 0;
        while (at.find()) {
            int end = hostEnd(chars, at);
            int start = end < 0 ? -1 : localStart(chars, from, at.start());
            if (start >= 0) {
                found.add(text.span(start, end, PiiType.EMAIL));
                from = end;
            }
        }
        return found;
    }

    /** Where the host behind a sign ends, or -1 if there is none. */
    private static int hostEnd(String chars, Matcher at) {
        int limit = Math.min(chars.length(), at.end() + HOST_REACH);
        Matcher host = HOST.matcher(chars).region(at.end(), limit);
        if (!host.lookingAt() || host.group().chars().noneMatch(Character::isLetter)) {
            return -1;
        }
        boolean isProvider = PROVIDERS.contains(host.group("host").toLowerCase(Locale.ROOT));
        String rest = host.group("rest");
        boolean isSpoken = rest.toLowerCase(Locale.ROOT).contains("dot") || rest.contains("[") || rest.contains("(");
        int end = host.end();
        Matcher top = TOP.matcher(chars).region(host.end(), limit);
        if (rest.isEmpty() && isProvider && top.lookingAt()) {
            end = top.end();
        }
        String word = at.group(1) == null ? "@" : at.group(1).toLowerCase(Locale.ROOT);
        return switch (word) {
            case "at" -> isProvider || isSpoken ? end : -1;
            case "arroba" -> isProvider || !rest.isEmpty() ? end : -1;
            // A sign with a space beside it may begin a handle.
            default -> at.group().length() == 1 || isProvider || !rest.isEmpty() ? end : -1;
        };
    }

    /** Where the part before a sign begins, or -1 if there is none. */
    private static int localStart(String chars, int from, int end) {
        int limit = Math.max(from, end - LOCAL_REACH);
        Matcher local = LOCAL.matcher(chars).region(limit, end).useTransparentBounds(true);
        if (!local.find() || local.group().chars().noneMatch(Character::isLetterOrDigit)) {
            return -1;
        }
        int start = local.start();
        for (int i = 0; i < JOINTS; i++) {
            Matcher joint = SPOKEN_JOINT.matcher(chars).region(limit, start);
            if (!joint.find()) {
                break;
            }
            start = joint.start();
        }
        return start;
    }
}
