package dev.clinickpi;

import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.fold.FoldSettings;
import dev.clinickpi.store.CellStore;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
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
    private static final int FORM = 2;

    private static final int LAST_DATE = 3;
    private static final int WORDS = 5;
    private static final String ERASURES = "erasures:";

    /**
     * What cells depend on besides the facts, as far as it reaches by a moment: the days of the calendar that have begun, since what lies ahead is not
     * folded yet. A holiday that is announced changes nothing.
     *
     * @param now the moment that the cells stand at, in epoch milliseconds
     * @param erasures how often something of the clinic had been erased from the log when it was read
     */
    String fingerprint(ClinicCalendar calendar, long now, long erasures) {
        return fingerprint(calendar, settings, calendar.lastDateBy(now), erasures);
    }

    private static String fingerprint(ClinicCalendar calendar, FoldSettings settings, LocalDate last, long erasures) {
        String before = String.join(
                " ",
                Integer.toString(FORM),
                settings.conversionWindow().toString(),
                settings.activeWindow().toString(),
                last.toString(),
                calendar.fingerprint(last));
        return erasures == 0 ? before : before + " " + ERASURES + erasures;
    }

    /** Whether cells with a fingerprint are those that a calendar would give: else they have to be folded again. */
    boolean isFoldedBy(String fingerprint, ClinicCalendar calendar) {
        String[] words = fingerprint.split(" ", -1);
        try {
            return words.length >= WORDS
                    && fingerprint.equals(fingerprint(
                            calendar, settings, LocalDate.parse(words[LAST_DATE]), erasuresBefore(fingerprint)));
        } catch (DateTimeParseException ofAnotherForm) {
            return false;
        }
    }

    /** How often something of the clinic had been erased before cells of a fingerprint were folded; -1 when it says nothing that can be read. */
    static long erasuresBefore(String fingerprint) {
        int at = fingerprint.lastIndexOf(" " + ERASURES);
        try {
            return at < 0 ? 0 : Long.parseLong(fingerprint.substring(at + 1 + ERASURES.length()));
        } catch (NumberFormatException ofAnotherForm) {
            return -1;
        }
    }
}
