package dev.clinickpi;

import dev.clinickpi.cell.CellTable;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.fold.ClinicFold;
import dev.clinickpi.fold.FoldSettings;
import dev.clinickpi.fold.History;
import java.time.Instant;
import java.util.Set;

/** One clinic's facts folded under one calendar, and the cells that they add up to. Not safe for use by many threads. */
final class ClinicCells {

    private final ClinicCalendar calendar;
    private final CellTable cells;
    private final ClinicFold fold;

    ClinicCells(ClinicId clinic, ClinicCalendar calendar, FoldSettings settings, EventLog log, Instant now) {
        this.calendar = calendar;
        this.cells = new CellTable(calendar.days());
        this.fold = new ClinicFold(calendar, settings, now.toEpochMilli(), cells, new History() {
            @Override
            public void read(Set<EntityKey> entities, EventLog.Reader reader) {
                log.read(clinic, entities, reader);
            }

            @Override
            public long floor() {
                return log.floor(clinic);
            }
        });
    }

    ClinicFold fold() {
        return fold;
    }

    CellTable cells() {
        return cells;
    }

    ClinicCalendar calendar() {
        return calendar;
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
    ClinicMoment moment(ClinicDirectory directory, Clinic clinic) {
        return new ClinicMoment(now(), cells.snapshot(), fold.activeConversations(), calendar, directory, clinic);
    }
}
