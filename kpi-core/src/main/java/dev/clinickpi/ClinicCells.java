package dev.clinickpi;

import dev.clinickpi.cell.CellTable;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import dev.clinickpi.fold.ClinicFold;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.Checkpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One clinic's facts folded under one calendar, and the cells that they add up to. Not safe for use by many threads. */
final class ClinicCells {

    /** As many facts are folded at a time as a recall looks ahead for. */
    private static final int BATCH = 1_000;

    private static final long NOT_SAVED = -1;

    private final ClinicId clinic;
    private ClinicCalendar calendar;
    private final Folding folding;
    private final CellTable cells;
    private final ClinicFold fold;
    private final long erasures;
    private long savedPosition = NOT_SAVED;
    private long savedWakeAt;

    /** No facts. */
    ClinicCells(ClinicId clinic, ClinicCalendar calendar, Folding folding, Instant now) {
        this.clinic = clinic;
        this.calendar = calendar;
        this.folding = folding;
        this.cells = new CellTable(calendar.days());
        EventLog log = folding.log();
        // Before anything is read: what is erased after that may have been read.
        this.erasures = log.erasures(clinic);
        this.fold = new ClinicFold(
                calendar,
                folding.settings(),
                now.toEpochMilli(),
                cells,
                (entities, reader) -> log.read(clinic, entities, reader));
    }

    /** All that the log has. */
    static ClinicCells folded(ClinicId clinic, ClinicCalendar calendar, Folding folding) {
        ClinicCells all =
                new ClinicCells(clinic, calendar, folding, folding.clock().instant());
        if (folding.log().floor(clinic) != Long.MIN_VALUE) {
            all.fold.askForAll();
        }
        all.catchUp();
        return all;
    }

    /**
     * All that the log has, from where the store stands if it keeps the clinic under this calendar.
     *
     * @throws IllegalStateException if the clinic would have to be folded again and the log no longer has all of its facts
     */
    static ClinicCells loaded(ClinicId clinic, ClinicCalendar calendar, Folding folding) {
        CellStore store = folding.store();
        Checkpoint kept = store == null ? null : store.load(clinic);
        if (kept == null) {
            return folded(clinic, calendar, folding);
        }
        ClinicCells all = new ClinicCells(clinic, calendar, folding, kept.asOf());
        if (!folding.isFoldedBy(kept.fingerprint(), calendar)
                || Folding.erasuresBefore(kept.fingerprint()) != all.erasures) {
            return refolded(clinic, calendar, folding);
        }
        all.restore(kept);
        // Facts of a pause would wait for their time, one by one, otherwise.
        all.advance(folding.clock().instant());
        all.catchUp();
        return all;
    }

    /**
     * All that the log has, in the place of what was folded otherwise.
     *
     * @throws IllegalStateException if the log no longer has all facts of the clinic
     */
    static ClinicCells refolded(ClinicId clinic, ClinicCalendar calendar, Folding folding) {
        EventLog log = folding.log();
        boolean hasForgotten = log.floor(clinic) != Long.MIN_VALUE;
        if (hasForgotten && log.ends().containsKey(clinic)) {
            throw new IllegalStateException(
                    "The event log has forgotten facts of clinic " + clinic
                            + ", so it cannot be folded again by another calendar or other windows, nor after an erasure; go back to those that it was folded by");
        }
        return folded(clinic, calendar, folding);
    }

    private void restore(Checkpoint kept) {
        cells.replaceDays(kept.days());
        cells.takeChangedDays();
        fold.restore(kept.position(), kept.newest(), kept.entities(), kept.ahead());
        savedPosition = kept.position();
        savedWakeAt = kept.wakeAt();
    }

    /** Folds what the log has beyond what is folded. */
    void catchUp() {
        Tail tail = new Tail();
        long end = folding.log().read(clinic, fold.position(), tail::add);
        tail.fold();
        fold.skipTo(end);
    }

    ClinicFold fold() {
        return fold;
    }

    /** How often something of the clinic had been erased before any of this was read. */
    long erasures() {
        return erasures;
    }

    CellTable cells() {
        return cells;
    }

    ClinicCalendar calendar() {
        return calendar;
    }

    /** Goes on by a calendar that says the same of every day that has begun. */
    void use(ClinicCalendar next) {
        calendar = next;
        fold.use(next);
    }

    /** The moment that the cells stand at. */
    Instant now() {
        return Instant.ofEpochMilli(fold.now());
    }

    /** Moves to a moment, or stays where it is when that lies behind. */
    void advance(Instant to) {
        fold.advance(to.toEpochMilli());
    }

    /** The cells as they stand, read by some reference data. */
    ClinicMoment moment(ClinicDirectory directory, Clinic reference) {
        return new ClinicMoment(
                now(), cells.snapshot(), erasures, fold.activeConversations(), calendar, directory, reference);
    }

    /** What a store has to keep: all when it does not have what was last captured, else what has changed since; null for nothing. */
    @Nullable
    Captured capture() {
        boolean whole = savedPosition == NOT_SAVED;
        long wakeAt = fold.wakeAt();
        fold.activeConversations();
        Captured captured = new Captured(
                clinic,
                folding.fingerprint(calendar, fold.now(), erasures),
                fold.position(),
                now(),
                fold.newest(),
                wakeAt,
                whole,
                cells.snapshot(),
                cells.takeChangedDays(),
                whole ? fold.takeOpen() : fold.takeChanged(),
                fold.ahead());
        // Whoever reads goes no further than the moment that time was said to change something at, whether or not it
        // has.
        boolean hasWoken = savedWakeAt <= fold.now();
        boolean isNews = whole || hasWoken || fold.position() != savedPosition || captured.hasChanges();
        savedPosition = fold.position();
        savedWakeAt = wakeAt;
        return isNews ? captured : null;
    }

    /** The position that the store has the clinic at, as far as is known here; -1 when it is not known to have it. */
    long keptPosition() {
        return savedPosition;
    }

    /** Notes that the store may not have what was last captured. */
    void notSaved() {
        savedPosition = NOT_SAVED;
        cells.takeChangedDays();
        fold.forgetChanged();
    }

    /** Facts of the log that stand side by side, to be folded together. */
    private final class Tail {

        private final List<Fact> facts = new ArrayList<>();
        private long first;

        void add(long position, Fact fact) {
            if (position != first + facts.size() || facts.size() == BATCH) {
                fold();
                first = position;
            }
            facts.add(fact);
        }

        void fold() {
            fold.accept(first, facts);
            facts.clear();
        }
    }
}
