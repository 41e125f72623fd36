package dev.clinickpi.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.TestClinics;
import dev.clinickpi.cell.CellTable;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventLog.SetAside;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.event.PatientErasure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What was erased is taken out of cells that are not folded again. */
class CorrectionTest {

    private static final long FROM = 0;
    private static final long TO = 4_000_000_000_000L / 900_000 * 900_000;

    @Provide
    Arbitrary<FoldedClinic> clinics() {
        return Arbitraries.randomValue(ClinicFoldPropertyTest::clinic);
    }

    /** Whatever was let go, lies ahead, or is folded only afterwards, and whoever shares a conversation or an appointment with the patient. */
    @Property(seed = "20261123")
    void whatIsTakenOutNeverCame(@ForAll("clinics") FoldedClinic clinic, @ForAll Random random) {
        List<Fact> facts = new ArrayList<>(clinic.facts());
        Collections.shuffle(facts, random);
        Story story = new Story(facts);
        int folded = random.nextInt(facts.size() + 1);
        story.fold(0, folded);
        story.fold.advance(clinic.local("2026-03-01T00:00").toEpochMilli() + random.nextInt(1_600_000_000));
        if (random.nextBoolean()) {
            story.fold.letGo(Integer.MAX_VALUE);
        }

        long patient = anyPatient(facts, random);
        story.erase(patient);
        story.fold(folded, facts.size());
        story.fold.advance(clinic.local(ClinicFoldPropertyTest.NOW).toEpochMilli());

        Story innocent = new Story(List.copyOf(story.left().values()));
        innocent.fold(0, innocent.facts.size());
        innocent.fold.advance(clinic.local(ClinicFoldPropertyTest.NOW).toEpochMilli());
        assertThat(story.cells).isEqualTo(innocent.cells);
        assertThat(story.fold.activeConversations()).isEqualTo(innocent.fold.activeConversations());
        assertThat(story.fold.tooLate()).isZero();
    }

    private static long anyPatient(List<Fact> facts, Random random) {
        List<Long> patients = facts.stream()
                .flatMap(fact -> fact.entities().stream())
                .filter(entity -> entity.kind() == EntityKey.Kind.PATIENT)
                .map(EntityKey::id)
                .toList();
        return patients.isEmpty() ? 1 : patients.get(random.nextInt(patients.size()));
    }

    /** As the one that it is with others, and not beside the one that it was. */
    @Test
    void aSharedConversationIsActiveOnce() {
        FoldedClinic clinic = new FoldedClinic(ClinicFoldPropertyTest.NOW);
        clinic.message(Sender.PATIENT, "c", "p", "2026-03-02T10:00")
                .message(Sender.PATIENT, "c", "q", "2026-03-02T10:01");
        Story story = new Story(clinic.facts());
        story.fold(0, 2);
        story.fold.advance(clinic.local("2026-03-02T10:02").toEpochMilli());
        assertThat(story.fold.activeConversations()).isOne();

        story.erase(((Fact.Message) clinic.facts().get(0)).patient());

        assertThat(story.fold.activeConversations()).isOne();
        story.erase(((Fact.Message) clinic.facts().get(1)).patient());
        assertThat(story.fold.activeConversations()).isZero();
    }

    @Test
    void aConversationThatIsPartlyForgottenStaysAndIsNoLongerAwaited() {
        FoldedClinic clinic = new FoldedClinic(ClinicFoldPropertyTest.NOW);
        clinic.patient("c", "2026-03-02T10:00")
                .patient("c", "2026-03-03T10:00")
                .patient("d", "2026-03-03T10:00")
                .patient("c", "2026-03-05T10:00");
        Story story = new Story(clinic.facts());
        story.fold(0, 3);
        story.fold.advance(clinic.local("2026-03-04T00:00").toEpochMilli());
        assertThat(story.count(Measure.PENDING)).isEqualTo(2);
        story.lost.addAll(clinic.facts().get(0).entities());

        story.erase(((Fact.Message) clinic.facts().get(0)).patient());

        assertThat(story.count(Measure.CONVERSATIONS)).isEqualTo(2);
        assertThat(story.count(Measure.PENDING)).isOne();
        story.fold.accept(3, List.of(clinic.facts().get(3)));
        story.fold.advance(clinic.local("2026-06-01T00:00").toEpochMilli());
        assertThat(story.fold.tooLate()).isEqualTo(2);
        assertThat(story.count(Measure.CONVERSATIONS)).isEqualTo(2);
        assertThat(story.count(Measure.PENDING)).isZero();
    }

    /** What it counts for cannot be told from its own facts. */
    @Test
    void whomAForgottenAppointmentNamedStaysAsItIs() {
        FoldedClinic clinic = new FoldedClinic(ClinicFoldPropertyTest.NOW);
        clinic.patient("c", "2026-03-02T10:00")
                .appointment("a", "p", AppointmentStatus.CONFIRMED, "2026-03-05T10:00", "c", null, "2026-03-02T11:00")
                .appointment("a", "p", AppointmentStatus.BOOKED, "2026-03-05T10:00", "c", null, "2026-03-02T12:00");
        Story story = new Story(clinic.facts());
        story.fold(0, 3);
        story.fold.advance(clinic.local("2026-03-04T00:00").toEpochMilli());
        Fact.Appointment appointment = (Fact.Appointment) clinic.facts().get(2);
        story.lost.add(EntityKey.appointment(appointment.appointment()));

        story.erase(appointment.patient());

        assertThat(story.count(Measure.CONVERTED)).isOne();
        assertThat(story.count(Measure.BOOKED)).isOne();
        assertThat(story.count(Measure.ONBOARDED)).isEqualTo(2);
        assertThat(story.fold.entities()).isOne();
    }

    /** Facts at their positions, and a fold of some of them. */
    private static final class Story {

        private final List<Fact> facts;
        private final Map<Long, Fact> inLog = new TreeMap<>();
        private final Set<EntityKey> lost = new HashSet<>();
        private final CellTable cells;
        private final ClinicFold fold;
        private SetAside erased = new SetAside(0, 0, Set.of(), new TreeMap<>());

        Story(List<Fact> facts) {
            ClinicCalendar calendar = ClinicCalendar.of(TestClinics.sol());
            this.facts = facts;
            for (int i = 0; i < facts.size(); i++) {
                inLog.put((long) i, facts.get(i));
            }
            this.cells = new CellTable(calendar.days());
            this.fold = new ClinicFold(calendar, FoldSettings.DEFAULT, 0, cells, this::read);
        }

        private Set<EntityKey> read(Set<EntityKey> entities, EventLog.Reader reader) {
            ofEntities(entities).forEach(reader::fact);
            return entities.stream().filter(lost::contains).collect(Collectors.toSet());
        }

        private Map<Long, Fact> ofEntities(Collection<EntityKey> entities) {
            Map<Long, Fact> found = new TreeMap<>(inLog);
            found.values().removeIf(fact -> Collections.disjoint(fact.entities(), entities));
            return found;
        }

        void fold(int from, int to) {
            for (int i = from; i < to; i++) {
                if (inLog.containsKey((long) i)) {
                    fold.accept(i, List.of(facts.get(i)));
                }
            }
        }

        Map<Long, Fact> left() {
            return inLog;
        }

        void erase(long patient) {
            PatientErasure erasure = PatientErasure.of(patient, this::ofEntities);
            erased = new SetAside(0, 1, erasure.entities(), new TreeMap<>(erasure.facts()));
            fold.correction(erased).run();
            inLog.keySet().removeAll(erased.facts().keySet());
        }

        long count(Measure measure) {
            return cells.count(measure, FROM, TO);
        }
    }
}
