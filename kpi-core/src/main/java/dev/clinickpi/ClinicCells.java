package dev.clinickpi;

import dev.clinickpi.cell.CellTable;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.event.Fact;
import dev.clinickpi.fold.ClinicFold;
import dev.clinickpi.fold.FoldSettings;
import java.time.Instant;

/** One clinic's facts folded under one calendar, and the cells that they add up to. Not safe for use by many threads. */
final class ClinicCells {

    private final ClinicCalendar calendar;
    private final CellTable cells;
    private final ClinicFold fold;

    ClinicCells(ClinicCalendar calendar, FoldSettings settings, Instant now) {
        this.calendar = calendar;
        this.cells = new CellTable(calendar.days());
        this.fold = new ClinicFold(calendar, settings, now.toEpochMilli(), cells);
    }

    void accept(Fact fact) {
        fold.accept(fact);
    }

    /** Moves to a moment, or stays where it is when that lies behind; gives the moment that the cells now stand at. */
    Instant advance(Instant to) {
        fold.advance(to.toEpochMilli());
        return Instant.ofEpochMilli(fold.now());
    }

    ClinicCalendar calendar() {
        return calendar;
    }

    CellTable cells() {
        return cells;
    }

    int activeConversations() {
        return fold.activeConversations();
    }
}
