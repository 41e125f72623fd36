package dev.clinickpi.privacy.publication;

import dev.clinickpi.cell.Measure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A population and the measures that are judged by it. Each has a sequence of blocks of its own, every one of them with enough of its people or with nothing
 * at all; one that lies within another has only borders that the other has, too. Stored states hold their places: add at the end.
 */
enum Stratum {
    CONVERSATIONS(
            null,
            Measure.CONVERSATIONS,
            Measure.CONVERTED,
            Measure.PENDING,
            Measure.QUALIFIED,
            Measure.BOOKED,
            Measure.COMPLETED,
            Measure.UNFINISHED,
            Measure.HANDED_OFF,
            Measure.SURVEYED,
            Measure.SERVICE_MENTIONS),
    LEADS(CONVERSATIONS, Measure.LEADS),
    RECOVERED(CONVERSATIONS, Measure.RECOVERED),
    PAYERS(RECOVERED, Measure.RECOVERED_VALUE),
    RESOLVED(null, Measure.RESOLVED, Measure.NO_SHOWS, Measure.UNRESOLVED),
    CANCELLATIONS(null, Measure.CANCELLATIONS, Measure.FILLED, Measure.OFFERED),
    SURVEYED(null, Measure.CSAT_SCORES),
    ONBOARDED(null, Measure.ONBOARDED);

    private static final List<List<Measure>> OF_CONVERSATIONS = List.of(
            List.of(Measure.CONVERTED, Measure.PENDING),
            List.of(Measure.HANDED_OFF),
            List.of(Measure.QUALIFIED, Measure.BOOKED, Measure.COMPLETED, Measure.UNFINISHED),
            List.of(Measure.SURVEYED),
            List.of(Measure.SERVICE_MENTIONS));

    private final @Nullable Stratum within;
    private final Measure population;

    @SuppressWarnings("ImmutableEnumChecker") // A copy that cannot be changed.
    private final List<Measure> measures;

    Stratum(@Nullable Stratum within, Measure population, Measure... others) {
        this.within = within;
        this.population = population;
        List<Measure> all = new ArrayList<>(List.of(others));
        all.add(0, population);
        this.measures = List.copyOf(all);
    }

    /** The stratum whose borders it chooses from; null when it is days. */
    @Nullable
    Stratum within() {
        return within;
    }

    /** Whose people make a block large enough. */
    Measure population() {
        return population;
    }

    /** All that is judged by them, the population first. */
    List<Measure> measures() {
        return measures;
    }

    /**
     * The measures of each figure, which are restated together: what one figure shows of those who changed may be of far fewer than have changed in all.
     * Conversations are apart, being a volume.
     */
    List<List<Measure>> figures() {
        return this == CONVERSATIONS ? OF_CONVERSATIONS : List.of(measures);
    }

    /** The one that a measure is judged in; null for one that is in none. */
    static @Nullable Stratum of(Measure measure) {
        for (Stratum stratum : values()) {
            if (stratum.measures.contains(measure)) {
                return stratum;
            }
        }
        return null;
    }

    /** The one that a measure is the population of; null for one that is none. */
    static @Nullable Stratum judgedBy(Measure measure) {
        Stratum stratum = of(measure);
        return stratum != null && stratum.population == measure ? stratum : null;
    }
}
