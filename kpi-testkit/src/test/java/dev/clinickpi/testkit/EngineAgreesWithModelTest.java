package dev.clinickpi.testkit;

import static dev.clinickpi.testkit.Agreement.assertAgree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.KpiRequest;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.testkit.golden.GoldenCase;
import dev.clinickpi.testkit.model.ReferenceModel;
import dev.clinickpi.testkit.model.ReferenceOptions;
import dev.clinickpi.testkit.world.ClinicWorld;
import dev.clinickpi.testkit.world.ClinicWorlds;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The third invariant: beneath publication, every figure is the reference model's. The worlds of a build are the same each time, so that it tells of
 * its change alone; the thorough run meets new ones.
 */
class EngineAgreesWithModelTest {

    private static final String SEED = "20260301";
    private static final int SHORT_RUN = 1_000;
    private static final int LONG_RUN = 20_000;
    private static final Duration RUN_UP = Duration.ofDays(20);

    @ParameterizedTest
    @MethodSource("dev.clinickpi.testkit.golden.GoldenCase#all")
    void onEveryGoldenCase(GoldenCase golden) {
        agrees(
                new ClinicWorld(
                        golden.set().directory(),
                        golden.set().events(),
                        golden.clinic(),
                        golden.period(),
                        golden.asOf()),
                KpiRequest.of(golden.period()));
    }

    @Property(seed = SEED, tries = SHORT_RUN)
    void onWhateverHappens(@ForAll("worlds") ClinicWorld world) {
        agrees(world, KpiRequest.of(world.period()));
    }

    @Property(tries = LONG_RUN)
    @Tag("thorough")
    void onWhateverHappensForLong(@ForAll("worlds") ClinicWorld world) {
        agrees(world, KpiRequest.of(world.period()));
    }

    @Property(seed = SEED, tries = SHORT_RUN)
    void live(@ForAll("worlds") ClinicWorld world) {
        agrees(world, KpiRequest.of(world.period()).asLive());
    }

    @Property(seed = SEED, tries = SHORT_RUN)
    void withWeeksFromAnyDay(@ForAll("worlds") ClinicWorld world, @ForAll DayOfWeek weekStart) {
        agrees(world, KpiRequest.of(world.period()).weeksFrom(weekStart));
    }

    @Property(seed = SEED, tries = SHORT_RUN)
    void whateverTheOrderAndTheBatches(@ForAll("worlds") ClinicWorld world, @ForAll Random random) {
        ExactEngine engine = new ExactEngine(world.directory(), world.asOf());
        List<KpiEvent> shuffled = new ArrayList<>(world.events());
        Collections.shuffle(shuffled, random);
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(20));
            engine.record(shuffled.subList(from, to));
            from = to;
        }
        agrees(engine, world, KpiRequest.of(world.period()));
    }

    @Property(seed = SEED, tries = SHORT_RUN)
    void whileTimePasses(@ForAll("worlds") ClinicWorld world, @ForAll Random random) {
        Instant now = world.asOf().minus(RUN_UP);
        ExactEngine engine = new ExactEngine(world.directory(), now);
        int most = (int) (RUN_UP.toMillis() / (world.events().size() + 1));
        for (int recorded = 0; recorded < world.events().size(); recorded++) {
            engine.record(world.events().subList(recorded, recorded + 1));
            now = now.plusMillis(random.nextInt(most));
            engine.setClock(now);
            if (random.nextInt(8) == 0) {
                List<KpiEvent> soFar = world.events().subList(0, recorded + 1);
                agrees(
                        engine,
                        new ClinicWorld(world.directory(), soFar, world.clinic(), world.period(), now),
                        KpiRequest.of(world.period()));
            }
        }
        engine.setClock(world.asOf());
        agrees(engine, world, KpiRequest.of(world.period()));
    }

    @Property(seed = SEED, tries = SHORT_RUN)
    void whateverItHasLetGo(@ForAll("worlds") ClinicWorld world, @ForAll Random random) {
        Instant now = world.asOf().minus(RUN_UP);
        ExactEngine engine = new ExactEngine(
                world.directory(),
                now,
                EventLog.inMemory(),
                builder -> builder.shards(1).settledInMemory(1));
        List<KpiEvent> shuffled = new ArrayList<>(world.events());
        Collections.shuffle(shuffled, random);
        int most = (int) (RUN_UP.toMillis() / (shuffled.size() + 1));
        for (int from = 0, to; from < shuffled.size(); from = to) {
            to = Math.min(shuffled.size(), from + 1 + random.nextInt(5));
            engine.record(shuffled.subList(from, to));
            now = now.plusMillis(random.nextInt(most));
            engine.setClock(now);
        }
        engine.setClock(world.asOf());
        agrees(engine, world, KpiRequest.of(world.period()));
        assertThat(engine.engine().health().tooLate()).isZero();
    }

    @Property(seed = SEED, tries = SHORT_RUN)
    void asOfAnyMomentOfThePast(@ForAll("worlds") ClinicWorld world, @ForAll Random random) {
        ExactEngine engine = new ExactEngine(world.directory(), world.asOf());
        engine.record(world.events());
        Instant then = world.asOf().minusMillis(random.nextInt((int) RUN_UP.toMillis()));
        List<KpiEvent> prefix = world.events().stream()
                .filter(event -> !event.at().isAfter(then))
                .toList();
        KpiRequest request = KpiRequest.of(world.period());
        ClinicWorld past = new ClinicWorld(world.directory(), prefix, world.clinic(), world.period(), then);
        assertThat(engine.exactAsOf(then, world.clinic(), request)).isEqualTo(exact(past));
    }

    @Property(seed = SEED, tries = SHORT_RUN)
    void afterAChangeOfReferenceData(@ForAll("worlds") ClinicWorld before, @ForAll("worlds") ClinicWorld after) {
        ExactEngine engine = new ExactEngine(before.directory(), after.asOf());
        List<KpiEvent> events = after.events().stream()
                .map(EngineAgreesWithModelTest::withoutText)
                .toList();
        engine.record(events.subList(0, events.size() / 2));
        engine.replaceDirectory(after.directory());
        engine.record(events.subList(events.size() / 2, events.size()));
        agrees(engine, after.with(events), KpiRequest.of(after.period()));
        assertThat(engine.exact(after.clinic(), KpiRequest.of(after.period()))).isEqualTo(exact(after.with(events)));
    }

    @Property(seed = SEED, tries = SHORT_RUN)
    void whateverOtherClinicsThereAre(@ForAll("worlds") ClinicWorld world) {
        ClinicDirectory all = world.directory();
        Clinic asked = all.clinic(world.clinic()).orElseThrow();
        Map<ClinicId, Clinic> alone = new LinkedHashMap<>();
        alone.put(asked.id(), asked);
        ClinicDirectory onlyIt = new ClinicDirectory(alone, all.tiers(), all.llmPrices(), all.exchangeRates());
        List<KpiEvent> itsEvents = world.events().stream()
                .filter(event -> event.clinicId().equals(asked.id()))
                .toList();
        assertThat(exact(new ClinicWorld(onlyIt, itsEvents, asked.id(), world.period(), world.asOf())))
                .isEqualTo(exact(world));
    }

    @Provide
    Arbitrary<ClinicWorld> worlds() {
        return ClinicWorlds.any();
    }

    private static Map<String, ?> exact(ClinicWorld world) {
        ExactEngine engine = new ExactEngine(world.directory(), world.asOf());
        engine.record(world.events());
        return engine.exact(world.clinic(), KpiRequest.of(world.period()));
    }

    private static void agrees(ClinicWorld world, KpiRequest request) {
        ExactEngine engine = new ExactEngine(world.directory(), world.asOf());
        assertThat(engine.record(world.events()).rejected()).isZero();
        agrees(engine, world, request);
    }

    private static void agrees(ExactEngine engine, ClinicWorld world, KpiRequest request) {
        ReferenceOptions standard = ReferenceOptions.standard().withWeekStart(request.weekStart());
        ReferenceOptions options = request.live() ? standard.asLive() : standard;
        assertAgree(
                engine.exact(world.clinic(), request),
                ReferenceModel.of(world.directory(), world.events())
                        .withServicesInText(PlainGate.servicesBy(world.directory()))
                        .figures(world.clinic(), world.period(), world.asOf(), options));
    }

    /** A text is matched against the catalogue of its own time, and then gone. */
    private static KpiEvent withoutText(KpiEvent event) {
        return event instanceof KpiEvent.Message m
                ? new KpiEvent.Message(
                        m.id(), m.clinicId(), m.at(), m.conversationId(), m.patientId(), m.from(), m.vertical(), null)
                : event;
    }
}
