package dev.clinickpi;

import dev.clinickpi.cell.CellTable;
import dev.clinickpi.cell.People;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventLog.SetAside;
import dev.clinickpi.event.Fact;
import dev.clinickpi.fold.ClinicFold;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.Checkpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One clinic's facts folded under one calendar, and the cells that they add up to. Not safe for use by many threads. */
final class ClinicCells {

    /** As many facts are folded at a time as a recall looks ahead for. */
    private static final int BATCH = 1_000;

    private static final long NOT_SAVED = -1;

    private static final Logger LOG = LoggerFactory.getLogger(ClinicCells.class);

    private final ClinicId clinic;
    private ClinicCalendar calendar;
    private final Folding folding;
    private final CellTable cells;
    private final ClinicFold fold;
    private long erasures;
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
                (entities, reader) -> log.read(clinic, entities, erasures, reader));
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
        long before = Folding.erasuresBefore(kept.fingerprint());
        boolean isOfNow = before == all.erasures;
        if (!folding.isFoldedBy(kept.fingerprint(), calendar)
                || (!isOfNow && !isToBeCorrected(clinic, before, folding.log()))) {
            return refolded(clinic, calendar, folding);
        }
        all.erasures = before;
        all.restore(kept);
        if (!isOfNow) {
            Runnable correction = all.correction();
            if (correction == null) {
                return loadedAfter(before, clinic, calendar, folding);
            }
            correction.run();
        }
        // Facts of a pause would wait for their time, one by one, otherwise.
        all.advance(folding.clock().instant());
        all.catchUp();
        return all;
    }

    /** All that the log has, from what another engine has corrected meanwhile, and deleted what it was corrected by. */
    private static ClinicCells loadedAfter(long erasures, ClinicId clinic, ClinicCalendar calendar, Folding folding) {
        CellStore store = folding.store();
        Checkpoint kept = store == null ? null : store.load(clinic);
        return kept != null && Folding.erasuresBefore(kept.fingerprint()) > erasures
                ? loaded(clinic, calendar, folding)
                : refolded(clinic, calendar, folding);
    }

    /**
     * Whether cells that were folded before an erasure have to be corrected: the log, which has forgotten facts, has not all that it would take to fold them
     * again. Else folding them again is simpler.
     */
    static boolean isToBeCorrected(ClinicId clinic, long erasuresBefore, EventLog log) {
        return erasuresBefore >= 0
                && erasuresBefore < log.erasures(clinic)
                && log.floor(clinic) != Long.MIN_VALUE
                && log.ends().containsKey(clinic);
    }

    /**
     * Takes what was erased out of these cells. Reads what it needs and changes nothing before it is run, which does not fail.
     *
     * @return null when the log has deleted what these cells would have to be corrected by
     */
    @Nullable
    Runnable correction() {
        EventLog log = folding.log();
        SetAside erased = log.setAside(clinic, erasures);
        if (!erased.isWholeAfter(erasures)) {
            return null;
        }
        Runnable correction = fold.correction(erased);
        if (!log.setAside(clinic, erasures).isWholeAfter(erasures)) {
            // Deleted while it was read.
            return null;
        }
        return () -> {
            correction.run();
            erased.patients().forEach(patient -> cells.disown(People.hash(patient)));
            erasures = erased.erasures();
            // What is kept has the erased in it wherever they were.
            notSaved();
        };
    }

    /**
     * All that the log has, in the place of what was folded otherwise.
     *
     * @throws IllegalStateException if the log no longer has all facts of the clinic
     */
    static ClinicCells refolded(ClinicId clinic, ClinicCalendar calendar, Folding folding) {
        requireWhole(clinic, folding.log());
        ClinicCells all = folded(clinic, calendar, folding);
        // It may have forgotten some while they were read.
        requireWhole(clinic, folding.log());
        return all;
    }

    private static void requireWhole(ClinicId clinic, EventLog log) {
        boolean hasForgotten = log.floor(clinic) != Long.MIN_VALUE;
        if (hasForgotten && log.ends().containsKey(clinic)) {
            throw new IllegalStateException(
                    "The event log has forgotten facts of clinic " + clinic
                            + ", so it cannot be folded again by another calendar or other windows; go back to those that it was folded by");
        }
    }

    private void restore(Checkpoint kept) {
        cells.replaceDays(kept.days());
        cells.takeChangedDays();
        fold.restore(kept.position(), kept.newest(), kept.entities(), kept.ahead());
        savedPosition = kept.position();
        savedWakeAt = kept.wakeAt();
    }

    /** Folds what the log has beyond what is folded, and says so where it has forgotten some of that: there is nothing else to find out by what it came to. */
    void catchUp() {
        long from = fold.position();
        Tail tail = new Tail();
        long end = folding.log().read(clinic, from, erasures, tail::add);
        tail.fold();
        fold.skipTo(end);
        long missing = end - from - tail.size;
        if (missing > 0 && folding.log().floor(clinic) != Long.MIN_VALUE) {
            LOG.warn(
                    "The event log of clinic {} no longer has {} of the {} facts from position {} on, and no cells are at hand that count them: figures are"
                            + " without them. Unless they were erased, restore a backup of the cell store that was made before they were forgotten",
                    clinic,
                    missing,
                    end - from,
                    from);
        }
    }

    ClinicFold fold() {
        return fold;
    }

    /** How often something of the clinic had been erased that is not counted here. What was erased later is, whenever it came. */
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
        private long size;

        void add(long position, Fact fact) {
            size++;
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
