package dev.clinickpi.cell;

import java.util.Comparator;
import java.util.Objects;

/**
 * What a measure is split by besides time; {@link Measure} says which parts it uses. A part that it does not use is empty or 0.
 *
 * @param label a catalogue word
 * @param currency an ISO 4217 code
 * @param moment a day, a month, an instant or a number of days
 */
public record Dimension(String label, String currency, long moment) implements Comparable<Dimension> {

    /** A measure that is not split. */
    public static final Dimension NONE = new Dimension("", "", 0);

    private static final Comparator<Dimension> ORDER = Comparator.comparing(Dimension::label)
            .thenComparing(Dimension::currency)
            .thenComparingLong(Dimension::moment);

    /** Refuses nulls. */
    public Dimension {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(currency, "currency");
    }

    /** Split by a word. */
    public static Dimension of(String label) {
        return label.isEmpty() ? NONE : new Dimension(label, "", 0);
    }

    @Override
    public int compareTo(Dimension other) {
        return ORDER.compare(this, other);
    }
}
