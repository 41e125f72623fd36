package dev.clinickpi.fold;

import dev.clinickpi.clinic.Money;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one instant stand to each other (section 1): absent first, numbers and instants by size, words by code point. Ids never order
 * anything but what would stay open otherwise: where two events of one instant differ in the keyed id that they name and in nothing else, the
 * greater key wins, which means nothing and depends on no order of arrival.
 */
final class Latest {

    /** Words by code point, absent first. {@link String#compareTo} goes by UTF-16 unit and puts what lies beyond the basic plane too early. */
    static final Comparator<@Nullable String> WORDS = Comparator.nullsFirst(Latest::byCodePoint);

    /** Money by amount, then currency, absent first. */
    static final Comparator<@Nullable Money> MONEY =
            Comparator.nullsFirst(Comparator.comparing(Money::amount).thenComparing(Money::currency, WORDS));

    /** Keyed ids, absent first; the last resort. */
    static final Comparator<@Nullable Long> KEYS = Comparator.nullsFirst(Comparator.naturalOrder());

    private Latest() {}

    private static int byCodePoint(String left, String right) {
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
