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

    /**
     * What cells depend on besides the facts, as far as it reaches by a moment: the days of the calendar that have begun, since what lies ahead is not
     * folded yet. A holiday that is announced changes nothing.
     *
     * @param now the moment that the cells stand at, in epoch milliseconds
     */
    String fingerprint(ClinicCalendar calendar, long now) {
        return fingerprint(calendar, settings, calendar.lastDateBy(now));
    }

    private static String fingerprint(ClinicCalendar calendar, FoldSettings settings, LocalDate last) {
        return String.join(
                " ",
                Integer.toString(FORM),
                settings.conversionWindow().toString(),
                settings.activeWindow().toString(),
                last.toString(),
                calendar.fingerprint(last));
    }

    /** Whether cells with a fingerprint are those that a calendar would give: else they have to be folded again. */
    boolean isFoldedBy(String fingerprint, ClinicCalendar calendar) {
        return isFoldedBy(fingerprint, calendar, settings);
    }

    static boolean isFoldedBy(String fingerprint, ClinicCalendar calendar, FoldSettings settings) {
        String[] words = fingerprint.split(" ", -1);
        try {
            return words.length == WORDS
                    && fingerprint.equals(fingerprint(calendar, settings, LocalDate.parse(words[LAST_DATE])));
        } catch (DateTimeParseException ofAnotherForm) {
            return false;
        }
    }
}
