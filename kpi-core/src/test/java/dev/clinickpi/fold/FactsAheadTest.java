package dev.clinickpi.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.TestClinics;
import dev.clinickpi.cell.CellTable;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Much that comes due at once, for entities that were let go: they are recalled together, not by a question to the log each. */
class FactsAheadTest {

    private static final int ENTITIES = 2_000;
    private static final String BEFORE = "2026-06-01T00:00";
    private static final String AFTER = "2026-07-15T00:00";

    private final ClinicCalendar calendar = ClinicCalendar.of(TestClinics.sol());
    private final EventLog log = EventLog.inMemory();
    private final AtomicInteger questions = new AtomicInteger();
    private final CellTable cells = new CellTable(calendar.days());

    /** Whoever wrote in March writes again in June. */
    @Test
    void factsAhead() {
        FoldedClinic clinic = new FoldedClinic(AFTER);
        for (int i = 0; i < ENTITIES; i++) {
            clinic.patient("c" + i, "2026-03-02T10:00");
        }
        for (int i = 0; i < ENTITIES; i++) {
            clinic.patient("c" + i, "2026-06-02T10:00").patient("c" + i, "2026-06-03T10:00");
        }

        letGoAndAdvance(clinic);

        assertThat(cells).isEqualTo(clinic.fold().cells());
        assertThat(questions).hasValueLessThan(ENTITIES / 100);
    }

    /** Appointments of June tell the patients of their begin. */
    @Test
    void appointmentsThatBegin() {
        FoldedClinic clinic = new FoldedClinic(AFTER);
        for (int i = 0; i < ENTITIES; i++) {
            clinic.patient("c" + i, "2026-03-02T10:00")
                    .appointment(
                            "a" + i,
                            "p-c" + i,
                            AppointmentStatus.CONFIRMED,
                            "2026-06-02T10:00",
                            "c" + i,
                            null,
                            "2026-03-02T11:00");
        }

        letGoAndAdvance(clinic);

        assertThat(cells).isEqualTo(clinic.fold().cells());
        assertThat(questions).hasValueLessThan(ENTITIES / 100);
    }

    private void letGoAndAdvance(FoldedClinic clinic) {
        List<Fact> facts = clinic.facts();
        log.append(facts);
        ClinicFold fold = new ClinicFold(
                calendar, FoldSettings.DEFAULT, clinic.local(BEFORE).toEpochMilli(), cells, this::read);
        fold.accept(0, facts);
        assertThat(fold.letGo(Integer.MAX_VALUE)).isGreaterThanOrEqualTo(2 * ENTITIES);
        questions.set(0);

        fold.advance(clinic.local(AFTER).toEpochMilli());
    }

    private Set<EntityKey> read(Set<EntityKey> entities, EventLog.Reader reader) {
        questions.incrementAndGet();
        return log.read(TestClinics.SOL, entities, reader);
    }
}
