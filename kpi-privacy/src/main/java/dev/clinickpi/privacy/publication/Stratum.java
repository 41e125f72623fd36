package dev.clinickpi.privacy.publication;

import dev.clinickpi.cell.Measure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A population and the measures that are judged by it. Each has a sequence of blocks of its own, every one of them with enough of its people or with nothing
 * at all; one that lies within another has only borders that the other has, too. Leads are kept by the blocks of the conversations, since the funnel counts
 * their scores as well: their own blocks say no more than what of the copy may be shown. Stored states hold their places: add at the end.
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

    /** Whether it is kept by the blocks of the one that it lies within. */
    boolean isKeptByOther() {
        return this == LEADS;
    }

    /** The measures that are copied with its blocks. */
    List<Measure> kept() {
        if (isKeptByOther()) {
            return List.of();
        }
        List<Measure> kept = new ArrayList<>(measures);
        if (this == CONVERSATIONS) {
            kept.addAll(LEADS.measures);
        }
        return kept;
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
