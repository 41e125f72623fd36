package dev.clinickpi.fold;

import dev.clinickpi.clinic.Money;
import dev.clinickpi.clinic.WordOrder;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one instant stand to each other (section 1): absent first, numbers and instants by size, words by code point. Ids never order
 * anything but what would stay open otherwise: where two events of one instant differ in the keyed id that they name and in nothing else, the
 * greater key wins, which means nothing and depends on no order of arrival.
 */
final class Latest {

    /** Words by code point, absent first. */
    static final Comparator<@Nullable String> WORDS = Comparator.nullsFirst(WordOrder.BY_CODE_POINT);

    /** Money by amount, then currency, absent first. */
    static final Comparator<@Nullable Money> MONEY =
            Comparator.nullsFirst(Comparator.comparing(Money::amount).thenComparing(Money::currency, WORDS));

    /** Keyed ids, absent first; the last resort. */
    static final Comparator<@Nullable Long> KEYS = Comparator.nullsFirst(Comparator.naturalOrder());

    private Latest() {}
}
