package dev.clinickpi.privacy.publication;

import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.People;
import dev.clinickpi.cell.ReleasedCells;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.time.LocalDays;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The released copy of every clinic (section 6): figures about people are computed from it alone, so that whatever is asked, in whatever order and whenever,
 * can be subtracted down to a block of enough people and no further. It is saved before anything of it is shown. Safe for use by many threads, and by many
 * engines on one store: of two that cut at once, one takes over what the other has cut.
 */
public final class ReleasedCopies {

    /** Who loses so often against others is told, rather than waited for. */
    private static final int MOST_TRIES = 20;

    /** For what does not ask which day it is. */
    private static final LocalDays ANY_DAYS = LocalDays.in(ZoneOffset.UTC);

    private final SecureRandom strangers = new SecureRandom();
    private final PublicationStore store;
    private final Rules rules;
    private final Map<ClinicId, Known> clinics = new ConcurrentHashMap<>();

    /**
     * The copies that a store has.
     *
     * @param minimum how many people make a group that may be shown
     */
    public ReleasedCopies(PublicationStore store, int minimum) {
        this(store, Rules.of(minimum));
    }

    ReleasedCopies(PublicationStore store, Rules rules) {
        this.store = Objects.requireNonNull(store, "store");
        this.rules = rules;
    }

    /**
     * What may be shown of a clinic at a moment. One before the last releases nothing more, nor do cells from before an erasure: they are answered from what has been
     * released.
     *
     * @param erasures how often something of the clinic had been erased when the cells were folded
     * @throws RuntimeException if the store cannot be read or written
     */
    public ReleasedCells of(ClinicId clinic, Instant asOf, Cells cells, long erasures) {
        return untilSaved(clinic, known -> known.bringUpToDate(clinic, asOf.toEpochMilli(), cells, erasures));
    }

    /**
     * Puts somebody whom nobody knows in an erased patient's place. What was released stays as it is, and so does how many stand behind it.
     *
     * @param patient the keyed id
     * @param erasures how often something of the clinic has been erased
     * @throws RuntimeException if the store cannot be read or written
     */
    public void erase(ClinicId clinic, long patient, long erasures) {
        untilSaved(
                clinic,
                known -> known.replace(clinic, erasures, state -> {
                    state.replace(People.hash(patient), strangers);
                    return state;
                }));
    }

    /**
     * Forgets all that was released of an erased clinic. Its version goes on, so that an engine which knew more takes this over.
     *
     * @param erasures how often something of the clinic has been erased
     * @throws RuntimeException if the store cannot be read or written
     */
    public void eraseClinic(ClinicId clinic, long erasures) {
        untilSaved(clinic, known -> known.replace(clinic, erasures, state -> new CopyState(ANY_DAYS)));
    }

    private <T> T untilSaved(ClinicId clinic, Function<Known, @Nullable T> step) {
        Known known = clinics.computeIfAbsent(clinic, id -> new Known());
        synchronized (known) {
            for (int i = 0; i < MOST_TRIES; i++) {
                T done = step.apply(known);
                if (done != null) {
                    return done;
                }
            }
        }
        throw new IllegalStateException(
                "Other engines go on releasing figures of clinic " + clinic + " at the same time; ask again");
    }

    /** What this process knows of a clinic. Under its own lock. */
    private final class Known {

        private long version;
        private @Nullable CopyState state;
        private @Nullable Cells seen;
        private long seenAt;
        private @Nullable ReleasedCells latest;

        /** The copy with all that can be released by now; null when somebody else was faster. */
        @SuppressWarnings("ReferenceEquality")
        @Nullable
        ReleasedCells bringUpToDate(ClinicId clinic, long asOf, Cells cells, long erasures) {
            CopyState current = load(clinic, cells.localDays());
            if (asOf < current.asOf || erasures < current.erasures) {
                return new ReleasedCopy(current, cells, asOf, rules);
            }
            if (latest != null && seen == cells && isSameDay(cells, asOf)) {
                return latest;
            }
            // What fails on the way leaves nothing behind that was not saved.
            state = null;
            latest = null;
            current.erasures = erasures;
            if (new CopyUpdate(current, cells, asOf, rules).run()) {
                if (!store.save(clinic, version + 1, current.encode())) {
                    return null;
                }
                version++;
            }
            state = current;
            seen = cells;
            seenAt = asOf;
            latest = new ReleasedCopy(current, cells, asOf, rules);
            return latest;
        }

        /** Saves what a state is to be instead; null when somebody else was faster. */
        @Nullable
        CopyState replace(ClinicId clinic, long erasures, UnaryOperator<CopyState> change) {
            CopyState before = load(clinic, ANY_DAYS);
            long known = Math.max(before.erasures, erasures);
            state = null;
            latest = null;
            CopyState after = change.apply(before);
            after.erasures = known;
            if (!store.save(clinic, version + 1, after.encode())) {
                return null;
            }
            version++;
            return after;
        }

        private boolean isSameDay(Cells cells, long asOf) {
            return cells.localDays().of(asOf) == cells.localDays().of(seenAt);
        }

        private CopyState load(ClinicId clinic, LocalDays days) {
            ZoneId zone = days.zone();
            CopyState mine = state;
            boolean isOfOtherDays =
                    mine != null && !mine.totals.localDays().zone().equals(zone);
            PublicationStore.Kept kept = store.load(clinic, mine == null || isOfOtherDays ? 0 : version);
            if (kept == null) {
                if (version > 0) {
                    throw new IllegalStateException("What was released of clinic " + clinic
                            + " is gone from its store; restore it, or nothing more can be shown");
                }
                return mine == null ? new CopyState(days) : mine;
            }
            if (mine != null && !isOfOtherDays && kept.version() == version) {
                return mine;
            }
            if (kept.version() < version) {
                throw new IllegalStateException("The store has an older state of clinic " + clinic
                        + " than was released; restore the newest, or nothing more can be shown");
            }
            version = kept.version();
            latest = null;
            CopyState loaded = CopyState.decode(kept.state(), days);
            state = loaded;
            return loaded;
        }
    }
}
