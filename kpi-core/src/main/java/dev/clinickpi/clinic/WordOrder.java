package dev.clinickpi.clinic;

import java.util.Comparator;

/** How words stand to each other wherever their order decides anything: by code point (section 1). */
public final class WordOrder {

    /**
     * By code point. {@link String#compareTo} goes by UTF-16 unit and puts what lies beyond the basic plane before the end of that plane.
     */
    public static final Comparator<String> BY_CODE_POINT = WordOrder::compare;

    private WordOrder() {}

    private static int compare(String left, String right) {
        int i = 0;
        while (i < left.length() && i < right.length()) {
            int leftPoint = left.codePointAt(i);
            int rightPoint = right.codePointAt(i);
            if (leftPoint != rightPoint) {
                return Integer.compare(leftPoint, rightPoint);
            }
            i += Character.charCount(leftPoint);
        }
        return Integer.compare(left.length(), right.length());
    }
}
