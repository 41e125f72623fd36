package dev.clinickpi.privacy.scrub;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a text that belong to no phone number or card: dates, times, decimal amounts, and what has been found already. */
final class Barriers {

    private static final String ALONE_BEFORE = "(?=\\d)(?<!\\d)(?<!\\d[-/.:,])";
    private static final String ALONE_AFTER = "(?!\\d)(?![-/.:,]\\d)";
    private static final String DAY = "(?:0?[1-9]|[12]\\d|3[01])";
    private static final String MONTH = "(?:0?[1-9]|1[0-2])";
    private static final String DATE =
            DAY + "([-/.])" + MONTH + "\\1(?:19|20)?\\d\\d|(?:19|20)\\d\\d([-/.])" + MONTH + "\\2" + DAY;
    private static final String TIME =
            "(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d{1,6})?(?:[+-]\\d\\d:\\d\\d)?";
    private static final String AMOUNT =
            "\\d{1,3}(?:[.,]000){1,4}|\\d{1,3}(?:\\.\\d{3}){1,4},\\d{1,2}|\\d{1,3}(?:,\\d{3}){1,4}\\.\\d{1,2}";

    private static final Pattern QUANTITY =
            Pattern.compile(ALONE_BEFORE + "(?:" + AMOUNT + "|" + DATE + "|" + TIME + ")" + ALONE_AFTER);

    private final BitSet covered = new BitSet();

    private Barriers() {}

    static Barriers in(String text) {
        Barriers barriers = new Barriers();
        Matcher quantity = QUANTITY.matcher(text);
        while (quantity.find()) {
            barriers.add(quantity.start(), quantity.end());
        }
        return barriers;
    }

    void add(int start, int end) {
        covered.set(start, end);
    }

    boolean covers(int at) {
        return covered.get(at);
    }
}
