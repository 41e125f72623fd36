package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.KpiRequest;
import dev.clinickpi.RecordResult;
import dev.clinickpi.access.Principal;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.testkit.world.ClinicDomain;
import dev.clinickpi.testkit.world.ClinicWorld;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** After an erasure an engine has, bit for bit, the cells of one that never had an event of the patient. */
@Domain(ClinicDomain.class)
class ErasureTest {

    private static final String SEED = "20260302";
    private static final Duration RUN_UP = Duration.ofDays(20);

    @Property(seed = SEED, tries = 200)
    void leavesTheCellsOfAnEngineThatNeverKnewThePatient(@ForAll ClinicWorld world, @ForAll Random random) {
        String patient = anyPatient(world, random);
        Side erased = new Side(world);
        List<KpiEvent> shuffled = new ArrayList<>(world.events());
        Collections.shuffle(shuffled, random);
        erased.recordWhileTimePasses(shuffled, random);
        erased.erase(patient);
        // Again, and in another order.
        Collections.shuffle(shuffled, random);
        erased.engine.record(shuffled);

        Side innocent = new Side(world);
        innocent.engine.record(world.events().stream()
                .filter(event -> !patient.equals(patientOf(event)))
                .toList());

        Map<String, ExactResult> expected = innocent.figures();
        assertThat(erased.figures()).isEqualTo(expected);
        assertThat(erased.keptDays()).isEqualTo(innocent.keptDays());
        // The next process goes on from what was kept.
        assertThat(erased.reopened().figures()).isEqualTo(expected);
    }

    @Property(seed = SEED, tries = 100)
    void countsWhatTheLogStillHas(@ForAll ClinicWorld world, @ForAll Random random) {
        Side erased = new Side(world);
        List<KpiEvent> shuffled = new ArrayList<>(world.events());
        Collections.shuffle(shuffled, random);
        int half = shuffled.size() / 2;
        erased.recordWhileTimePasses(shuffled.subList(0, half), random);
        erased.erase(anyPatient(world, random));
        erased.engine.record(shuffled.subList(half, shuffled.size()));
        erased.erase(anyPatient(world, random));

        EventLog rest = EventLog.inMemory();
        world.directory().clinics().keySet().forEach(clinic -> {
            List<Fact> facts = new ArrayList<>();
            erased.log.read(clinic, 0, (position, fact) -> facts.add(fact));
            rest.append(facts);
        });

        ExactEngine ofRest = new ExactEngine(world.directory(), world.asOf(), rest);
        assertThat(erased.figures()).isEqualTo(ofRest.exact(world.clinic(), KpiRequest.of(world.period())));
    }

    @Property(seed = SEED, tries = 50)
    void isCountedAndReachesOpenDashboardsOfThePast(@ForAll ClinicWorld world, @ForAll Random random) {
        String patient = anyPatient(world, random);
        Side erased = new Side(world);
        erased.engine.setClock(world.asOf());
        erased.engine.record(world.events());
        Principal admin = Principal.clinicAdmin("ana", world.clinic());
        var past = erased.engine.engine().asOf(world.asOf()).open(admin, world.clinic());
        past.report(world.period());
        erased.erase(patient);

        Side innocent = new Side(world);
        List<KpiEvent> others = world.events().stream()
                .filter(event -> !patient.equals(patientOf(event)))
                .toList();
        innocent.engine.setClock(world.asOf());
        innocent.engine.record(others);
        assertThat(past.report(world.period()).toString())
                .isEqualTo(innocent.engine
                        .engine()
                        .asOf(world.asOf())
                        .open(admin, world.clinic())
                        .report(world.period())
                        .toString());

        RecordResult again = erased.engine.record(world.events().stream()
                .filter(event -> event.clinicId().equals(world.clinic()) && patient.equals(patientOf(event)))
                .toList());
        assertThat(again.accepted() + again.duplicates()).isZero();
        assertThat(erased.engine.engine().health().erased()).isEqualTo(again.erased());
    }

    private static String anyPatient(ClinicWorld world, Random random) {
        List<String> patients = world.events().stream()
                .filter(event -> event.clinicId().equals(world.clinic()))
                .map(ErasureTest::patientOf)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return patients.isEmpty() ? "nobody" : patients.get(random.nextInt(patients.size()));
    }

    private static String patientOf(KpiEvent event) {
        if (event instanceof KpiEvent.Message e) {
            return e.patientId();
        } else if (event instanceof KpiEvent.Appointment e) {
            return e.patientId();
        } else if (event instanceof KpiEvent.CsatSubmitted e) {
            return e.patientId();
        }
        return event instanceof KpiEvent.PatientOnboarded e ? e.patientId() : null;
    }

    /** An engine that keeps hardly anything in memory, with its log and store. */
    private static final class Side {

        private final ClinicWorld world;
        private final EventLog log;
        private final CellStore store;
        private final ExactEngine engine;

        Side(ClinicWorld world) {
            this(world, EventLog.inMemory(), CellStore.inMemory(), world.asOf().minus(RUN_UP));
        }

        private Side(ClinicWorld world, EventLog log, CellStore store, Instant now) {
            this.world = world;
            this.log = log;
            this.store = store;
            this.engine = new ExactEngine(
                    world.directory(),
                    now,
                    log,
                    builder -> builder.shards(1).settledInMemory(1).cells(store));
        }

        void recordWhileTimePasses(List<KpiEvent> events, Random random) {
            Instant now = world.asOf().minus(RUN_UP);
            for (int from = 0, to; from < events.size(); from = to) {
                to = Math.min(events.size(), from + 1 + random.nextInt(5));
                engine.record(events.subList(from, to));
                now = now.plusSeconds(random.nextInt(3600));
                engine.setClock(now);
            }
        }

        void erase(String patient) {
            engine.engine().erasePatient(Principal.clinicAdmin("ana", world.clinic()), world.clinic(), patient);
        }

        Map<String, ExactResult> figures() {
            engine.setClock(world.asOf());
            return engine.exact(world.clinic(), KpiRequest.of(world.period()));
        }

        /** What is kept when the engine is closed. */
        Map<Long, ByteBuffer> keptDays() {
            engine.engine().close();
            Checkpoint kept = store.load(world.clinic());
            Map<Long, ByteBuffer> days = new HashMap<>();
            if (kept != null) {
                kept.days().forEach((day, cells) -> days.put(day, ByteBuffer.wrap(cells)));
            }
            return days;
        }

        Side reopened() {
            return new Side(world, log, store, world.asOf());
        }
    }
}
