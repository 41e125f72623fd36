package dev.clinickpi;

import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.fold.FoldSettings;
import dev.clinickpi.store.CellStore;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What clinics are folded from and by, and where what was folded is kept.
 *
 * @param log has every fact
 * @param store keeps cells and open entities; null when nothing is kept
 * @param settings what is not the clinic's to settle
 * @param clock says what has happened yet
 */
record Folding(EventLog log, @Nullable CellStore store, FoldSettings settings, Clock clock) {

    /** Grows when the same facts, calendar and settings give other cells or entities, or when these are other bytes. */
    private static final int FORM = 1;

    /** A digest of all that cells depend on besides the facts: what was kept under another one has to be folded again. */
    String fingerprint(ClinicCalendar calendar) {
        return fingerprint(calendar, settings);
    }

    static String fingerprint(ClinicCalendar calendar, FoldSettings settings) {
        return FORM + " " + settings.conversionWindow() + " " + settings.activeWindow() + " " + calendar.fingerprint();
    }
}
