package dev.clinickpi.privacy.publication;

import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.ReleasedCells;
import dev.clinickpi.clinic.ClinicId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The released copy of every clinic (section 6): figures about people are computed from it alone, so that whatever is asked, in whatever order and whenever,
 * can be subtracted down to a block of enough people and no further. It is saved before anything of it is shown. Safe for use by many threads, and by many
 * engines on one store: of two that cut at once, one takes over what the other has cut.
 */
public final class ReleasedCopies {

    /** Who loses so often against others is told, rather than waited for. */
    private static final int MOST_TRIES = 20;

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
     * What may be shown of a clinic at a moment. One before the last releases nothing more: it is answered from what has been released.
     *
     * @throws RuntimeException if the store cannot be read or written
     */
    public ReleasedCells of(ClinicId clinic, Instant asOf, Cells cells) {
        Known known = clinics.computeIfAbsent(clinic, id -> new Known());
        synchronized (known) {
            for (int i = 0; i < MOST_TRIES; i++) {
                ReleasedCells released = known.bringUpToDate(clinic, asOf.toEpochMilli(), cells);
                if (released != null) {
                    return released;
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
        ReleasedCells bringUpToDate(ClinicId clinic, long asOf, Cells cells) {
            CopyState current = load(clinic, cells);
            if (asOf < current.asOf) {
                return new ReleasedCopy(current, cells, rules);
            }
            if (latest != null && seen == cells && isSameDay(cells, asOf)) {
                return latest;
            }
            // What fails on the way leaves nothing behind that was not saved.
            state = null;
            latest = null;
            if (new CopyUpdate(current, cells, asOf, rules).run()) {
                if (!store.save(clinic, version + 1, current.encode())) {
                    return null;
                }
                version++;
            }
            state = current;
            seen = cells;
            seenAt = asOf;
            latest = new ReleasedCopy(current, cells, rules);
            return latest;
        }

        private boolean isSameDay(Cells cells, long asOf) {
            return cells.localDays().of(asOf) == cells.localDays().of(seenAt);
        }

        private CopyState load(ClinicId clinic, Cells cells) {
            ZoneId zone = cells.localDays().zone();
            CopyState mine = state;
            boolean isOfOtherDays =
                    mine != null && !mine.totals.localDays().zone().equals(zone);
            PublicationStore.Kept kept = store.load(clinic, mine == null || isOfOtherDays ? 0 : version);
            if (kept == null) {
                if (version > 0) {
                    throw new IllegalStateException("What was released of clinic " + clinic
                            + " is gone from its store; restore it, or nothing more can be shown");
                }
                return mine == null ? new CopyState(cells.localDays()) : mine;
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
            CopyState loaded = CopyState.decode(kept.state(), cells.localDays());
            state = loaded;
            return loaded;
        }
    }
}
