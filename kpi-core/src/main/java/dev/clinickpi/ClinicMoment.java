package dev.clinickpi;

import dev.clinickpi.cell.Cells;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.ClinicDirectory;
import java.time.Instant;

/**
 * A clinic's cells as they stood at a moment and the reference data that they are read by. Nothing changes it any more, so any number of threads may
 * read it while facts go on arriving.
 *
 * @param asOf the moment
 * @param cells hold nothing that is dated after it
 * @param erasures how often something of the clinic had been erased before they were folded
 * @param activeConversations how many are active at it
 * @param calendar what the facts were folded by
 * @param directory the reference data
 * @param clinic the clinic in it
 */
record ClinicMoment(
        Instant asOf,
        Cells cells,
        long erasures,
        int activeConversations,
        ClinicCalendar calendar,
        ClinicDirectory directory,
        Clinic clinic) {

    /** Where a dashboard's moments come from. */
    interface Source {

        /**
         * The moment to answer a question by.
         *
         * @param now when it is asked
         */
        ClinicMoment at(Instant now);

        /** How often its cells or reference data have changed, as far as is known here; the passing of time apart. */
        long changes();
    }
}
