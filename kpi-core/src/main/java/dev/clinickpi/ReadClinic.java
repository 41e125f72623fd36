package dev.clinickpi;

import dev.clinickpi.cell.CellTable;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.CellsNotKeptException;
import dev.clinickpi.store.KeptCells;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One clinic of an engine that folds nothing: its cells as a store keeps them, of which only what has changed is read again. Its moments are those that the
 * engine which writes the store has come to, a little behind the clock.
 */
final class ReadClinic implements ClinicMoment.Source {

    private final ClinicId id;
    private final CellStore store;
    private final Folding folding;
    private final Supplier<ClinicDirectory> reference;
    private final AtomicLong changes = new AtomicLong();
    private @Nullable ClinicDirectory directory;
    private @Nullable ClinicCalendar calendar;
    private @Nullable CellTable cells;
    private long version;

    ReadClinic(ClinicId id, CellStore store, Folding folding, Supplier<ClinicDirectory> reference) {
        this.id = id;
        this.store = store;
        this.folding = folding;
        this.reference = reference;
    }

    /**
     * {@inheritDoc}
     *
     * @throws CellsNotKeptException if the store does not keep the clinic, keeps it folded by another calendar or other windows, or from
     *     before an erasure
     */
    @Override
    public synchronized ClinicMoment at(Instant now) {
        ClinicDirectory current = reference.get();
        Clinic clinic = current.clinic(id).orElseThrow(AccessControl::denied);
        KeptCells kept =
                store.read(id, cells == null ? 0 : version, folding.settings().activeWindow());
        if (kept == null) {
            throw CellsNotKeptException.absent(id);
        }
        ClinicCalendar itsCalendar = calendar(current, clinic);
        if (!folding.isFoldedBy(kept.fingerprint(), itsCalendar)) {
            throw CellsNotKeptException.foldedOtherwise(id);
        }
        long erasures = Folding.erasuresBefore(kept.fingerprint());
        if (erasures != folding.log().erasures(id)) {
            cells = null;
            throw CellsNotKeptException.beforeErasure(id);
        }
        CellTable table = cells == null || kept.whole() ? new CellTable(itsCalendar.days()) : cells;
        // Bytes that are no cells leave nothing that could be read.
        cells = null;
        table.replaceDays(kept.days());
        cells = table;
        if (kept.version() != version) {
            version = kept.version();
            changes.incrementAndGet();
        }
        return new ClinicMoment(
                kept.asOf(), table.snapshot(), erasures, kept.activeConversations(), itsCalendar, current, clinic);
    }

    /** Changes of the reference data are few, and a calendar takes a while to make. */
    @SuppressWarnings("ReferenceEquality")
    private ClinicCalendar calendar(ClinicDirectory current, Clinic clinic) {
        ClinicCalendar known = calendar;
        if (known == null || current != directory) {
            known = ClinicCalendar.of(clinic);
            calendar = known;
            directory = current;
            changes.incrementAndGet();
        }
        return known;
    }

    /** {@inheritDoc} What nobody has asked about since is not known here. */
    @Override
    public long changes() {
        return changes.get();
    }
}
