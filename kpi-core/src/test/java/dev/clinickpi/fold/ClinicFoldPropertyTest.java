package dev.clinickpi.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.clinickpi.TestClinics;
import dev.clinickpi.cell.CellTable;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The first invariant: cells are a function of the set of facts and the moment, bit by bit. */
class ClinicFoldPropertyTest {

    static final String START = "2026-03-01T00:00";
    static final String NOW = "2026-03-20T00:00";

    @Property
    void anyOrderGivesTheSameCells(@ForAll("clinics") FoldedClinic clinic, @ForAll Random random) {
        List<Fact> shuffled = new ArrayList<>(clinic.facts());
        Collections.shuffle(shuffled, random);
        assertThat(cells(clinic, shuffled)).isEqualTo(cells(clinic, clinic.facts()));
    }

    @Property
    void entitiesDoNotMindDuplicates(@ForAll("clinics") FoldedClinic clinic, @ForAll Random random) {
        List<Fact> twice = new ArrayList<>(clinic.facts());
        twice.addAll(clinic.facts());
        Collections.shuffle(twice, random);
        assertThat(cells(clinic, twice)).isEqualTo(cells(clinic, clinic.facts()));
    }

    @Property
    void itDoesNotMatterWhenTimePassed(@ForAll("clinics") FoldedClinic clinic, @ForAll Random random) {
        FoldedClinic.Folding stepByStep = clinic.start(START);
        long now = clinic.local(START).toEpochMilli();
        for (Fact fact : clinic.facts()) {
            stepByStep.fold().accept(fact);
            now += random.nextInt(100_000_000);
            stepByStep.fold().advance(Math.min(now, clinic.local(NOW).toEpochMilli()));
        }
        stepByStep.fold().advance(clinic.local(NOW).toEpochMilli());
        assertThat(stepByStep.cells()).isEqualTo(clinic.fold().cells());
        assertThat(stepByStep.fold().activeConversations())
                .isEqualTo(clinic.fold().fold().activeConversations());
    }

    @Property
    void anySplitByEntityAddsUpToTheSameCells(@ForAll("clinics") FoldedClinic clinic, @ForAll Random random) {
        List<Fact> facts = new ArrayList<>(clinic.facts());
        facts.addAll(clinic.facts().subList(0, facts.size() / 2));
        Collections.shuffle(facts, random);
        Workers workers = new Workers(clinic, 3, random);
        facts.forEach(workers::accept);
        workers.deliverAll();
        workers.advance(clinic.local(NOW).toEpochMilli());
        workers.deliverAll();
        assertThat(workers.sum()).isEqualTo(clinic.fold().cells());
    }

    /** Whatever was let go on the way, by batches of any size while time passes. */
    @Property
    void whoeverIsLetGoIsRecalledAsItWas(@ForAll("clinics") FoldedClinic clinic, @ForAll Random random) {
        List<Fact> shuffled = new ArrayList<>(clinic.facts());
        Collections.shuffle(shuffled, random);
        EventLog log = EventLog.inMemory();
        ClinicCalendar calendar = ClinicCalendar.of(TestClinics.sol());
        CellTable cells = new CellTable(calendar.days());
        long now = clinic.local(START).toEpochMilli();
        ClinicFold fold = new ClinicFold(calendar, FoldSettings.DEFAULT, now, cells, history(log, Set.of()));
        for (int from = 0, to; from < shuffled.size(); from = to) {
            to = Math.min(shuffled.size(), from + 1 + random.nextInt(8));
            List<Fact> batch = shuffled.subList(from, to);
            log.append(batch);
            now += random.nextInt(1_000_000_000);
            fold.advance(Math.min(now, clinic.local(NOW).toEpochMilli()));
            batch.forEach(fold::accept);
            if (random.nextBoolean()) {
                int inMemory = fold.entities();
                assertThat(fold.letGo(Integer.MAX_VALUE)).isEqualTo(inMemory - fold.entities());
                fold.forEachSettled(step -> fail("A settled entity was kept"));
            }
        }
        fold.advance(clinic.local(NOW).toEpochMilli());
        assertThat(cells).isEqualTo(clinic.fold().cells());
        assertThat(fold.activeConversations()).isEqualTo(clinic.fold().fold().activeConversations());
        assertThat(fold.tooLate()).isZero();
    }

    @Test
    void whatComesForAnEntityThatTheLogHasForgottenIsTooLate() {
        FoldedClinic clinic = new FoldedClinic(NOW);
        clinic.patient("c", "2026-03-02T10:00").patient("c", "2026-03-04T10:00");
        EventLog log = EventLog.inMemory();
        ClinicCalendar calendar = ClinicCalendar.of(TestClinics.sol());
        CellTable cells = new CellTable(calendar.days());
        Set<EntityKey> lost = new HashSet<>();
        long settled = clinic.local("2026-05-01T00:00").toEpochMilli();
        ClinicFold fold = new ClinicFold(calendar, FoldSettings.DEFAULT, settled, cells, history(log, lost));
        log.append(clinic.facts());
        fold.accept(clinic.facts().get(0));
        assertThat(fold.letGo(Integer.MAX_VALUE)).isEqualTo(2);
        CellTable before = new CellTable(calendar.days());
        before.addAll(cells);

        lost.addAll(clinic.facts().get(0).entities());
        fold.accept(clinic.facts().get(1));

        assertThat(fold.tooLate()).isEqualTo(2);
        assertThat(cells).isEqualTo(before);
    }

    /** A conversation of which every fact is there, named by an appointment of which one is not. */
    @Test
    void whoeverAForgottenAppointmentNamedIsTooLate() {
        FoldedClinic clinic = new FoldedClinic(NOW);
        clinic.patient("c", "2026-03-02T10:00")
                .appointment("a", "p", AppointmentStatus.BOOKED, "2026-03-05T10:00", "c", null, "2026-03-02T11:00")
                .appointment("a", "p", AppointmentStatus.COMPLETED, "2026-03-05T10:00", null, null, "2026-03-05T11:00")
                .handedOff("c", "2026-03-06T10:00");
        List<Fact> facts = clinic.facts();
        EventLog log = EventLog.inMemory();
        log.append(facts);
        Set<EntityKey> lost = new HashSet<>();
        ClinicCalendar calendar = ClinicCalendar.of(TestClinics.sol());
        CellTable cells = new CellTable(calendar.days());
        long settled = clinic.local("2026-05-01T00:00").toEpochMilli();
        ClinicFold fold = new ClinicFold(calendar, FoldSettings.DEFAULT, settled, cells, history(log, lost));
        facts.subList(0, 3).forEach(fold::accept);
        fold.letGo(Integer.MAX_VALUE);
        CellTable before = new CellTable(calendar.days());
        before.addAll(cells);

        lost.add(EntityKey.appointment(((Fact.Appointment) facts.get(1)).appointment()));
        fold.accept(3, facts.subList(3, 4));

        assertThat(fold.tooLate()).isEqualTo(1);
        assertThat(cells).isEqualTo(before);
        assertThat(fold.entities()).isZero();
    }

    private static History history(EventLog log, Set<EntityKey> lost) {
        return (entities, reader) -> {
            log.read(TestClinics.SOL, entities, reader);
            return entities.stream().filter(lost::contains).collect(Collectors.toSet());
        };
    }

    private static CellTable cells(FoldedClinic clinic, List<Fact> facts) {
        FoldedClinic.Folding folding = clinic.start(START);
        facts.forEach(folding.fold()::accept);
        folding.fold().advance(clinic.local(NOW).toEpochMilli());
        return folding.cells();
    }

    @Provide
    Arbitrary<FoldedClinic> clinics() {
        return Arbitraries.randomValue(ClinicFoldPropertyTest::clinic);
    }

    /** Events of entities only: what no entity bears counts as often as the log hands it over. */
    static FoldedClinic clinic(Random random) {
        FoldedClinic clinic = new FoldedClinic(NOW);
        int events = random.nextInt(40);
        for (int i = 0; i < events; i++) {
            String conversation = "c" + random.nextInt(3);
            String patient = "p" + random.nextInt(3);
            String appointment = "a" + random.nextInt(3);
            String at = time(random);
            switch (random.nextInt(12)) {
                case 0, 1, 2 ->
                    clinic.message(
                            pick(Sender.values(), random),
                            conversation,
                            patient,
                            at,
                            random.nextInt(4) == 0 ? "v" + random.nextInt(2) : null,
                            random.nextInt(4) == 0 ? "implant" : null);
                case 3 -> clinic.scored(conversation, pick(LeadTier.values(), random), at);
                case 4 -> clinic.csat(conversation, 1 + random.nextInt(5), at);
                case 5 -> clinic.handedOff(conversation, at);
                case 6 -> clinic.closed(conversation, at);
                case 7 -> clinic.offered(appointment, at);
                case 8 -> clinic.filled(appointment, at);
                default ->
                    clinic.appointment(
                            appointment,
                            patient,
                            pick(AppointmentStatus.values(), random),
                            time(random),
                            random.nextBoolean() ? conversation : null,
                            random.nextBoolean() ? random.nextInt(3) + " EUR" : null,
                            at);
            }
        }
        return clinic;
    }

    private static String time(Random random) {
        return LocalDateTime.parse(START).plusHours(random.nextInt(24 * 30)).toString();
    }

    private static <T> T pick(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    /** Several folds of one clinic, each with a share of the entities; what they send each other arrives late, in any order and sometimes twice. */
    private static final class Workers {

        private final List<ClinicFold> folds = new ArrayList<>();
        private final List<CellTable> cells = new ArrayList<>();
        private final List<Forward> underway = new ArrayList<>();
        private final int count;
        private final Random random;

        Workers(FoldedClinic clinic, int count, Random random) {
            this.count = count;
            this.random = random;
            ClinicCalendar calendar = ClinicCalendar.of(TestClinics.sol());
            long start = clinic.local(START).toEpochMilli();
            IntStream.range(0, count).forEach(worker -> {
                cells.add(new CellTable(calendar.days()));
                folds.add(new ClinicFold(
                        calendar, FoldSettings.DEFAULT, start, cells.get(worker), partition(worker), null));
            });
        }

        private Partition partition(int worker) {
            return new Partition() {
                @Override
                public boolean owns(EntityKey.Kind kind, long id) {
                    return owner(kind, id) == worker;
                }

                @Override
                public boolean ownsFact(long id) {
                    return Math.floorMod(id, count) == worker;
                }

                @Override
                public void send(Forward forward) {
                    underway.add(forward);
                    if (random.nextInt(4) == 0) {
                        underway.add(forward);
                    }
                }
            };
        }

        private int owner(EntityKey.Kind kind, long key) {
            return Math.floorMod(key ^ kind.name().hashCode(), count);
        }

        void accept(Fact fact) {
            folds.forEach(fold -> fold.accept(fact));
        }

        void advance(long now) {
            folds.forEach(fold -> fold.advance(now));
        }

        void deliverAll() {
            Collections.shuffle(underway, random);
            Deque<Forward> shuffled = new ArrayDeque<>(underway);
            underway.clear();
            for (Forward forward : shuffled) {
                folds.get(owner(forward.to().kind(), forward.to().id())).receive(forward);
            }
        }

        CellTable sum() {
            CellTable sum = new CellTable(cells.get(0).localDays());
            cells.forEach(sum::addAll);
            return sum;
        }
    }
}
