package dev.clinickpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.TestEngine.TestClock;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.CellsNotKeptException;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.KeptCells;
import dev.clinickpi.store.Lease;
import dev.clinickpi.store.Standing;
import dev.clinickpi.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is folded outlives its process, whoever goes on with it. */
class CheckpointsTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Period SPRING = new Period(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 6, 1));
    private static final Instant START = Instant.parse("2026-02-20T00:00:00Z");

    private final TestClock clock = new TestClock("2026-06-15T12:00:00Z");
    private final EventLog log = EventLog.inMemory();
    private final CellStore store = CellStore.inMemory();

    /**
     * Engines come and go over one log and one store while events come in any order and time passes: they end in order or are just forgotten, with or without
     * a last checkpoint, and two may live at once. Whatever one knows in the end, from its store or by its own folding, is what an engine knows that has
     * folded everything by itself. The histories of a build are the same each time; the thorough run meets new ones.
     */
    @Property(tries = 300, seed = "20260301")
    void whoeverGoesOnKnowsTheSame(@ForAll Random random) {
        assertSameKnowledge(random);
    }

    @Property(tries = 20_000)
    @Tag("thorough")
    void whoeverGoesOnForLongKnowsTheSame(@ForAll Random random) {
        assertSameKnowledge(random);
    }

    private static void assertSameKnowledge(Random random) {
        TestClock time = new TestClock(START.toString());
        EventLog events = EventLog.inMemory();
        Spoilt kept = new Spoilt(CellStore.inMemory());
        List<KpiEvent> all = shuffledEvents(random);
        List<KpiEngine> built = new ArrayList<>();
        Supplier<KpiEngine> another = () -> {
            built.add(engine(time, events, kept));
            return built.get(built.size() - 1);
        };
        List<KpiEngine> engines = new ArrayList<>(List.of(another.get()));
        for (int from = 0, to; from < all.size(); from = to) {
            to = Math.min(all.size(), from + 1 + random.nextInt(12));
            pick(engines, random).record(all.subList(from, to));
            time.advance(Duration.ofHours(random.nextInt(60)));
            kept.fails = random.nextInt(6) == 0;
            switch (random.nextInt(6)) {
                case 0, 1 -> look(pick(engines, random));
                case 2 -> {
                    KpiEngine ends = pick(engines, random);
                    if (random.nextBoolean()) {
                        ends.close();
                    }
                    engines.remove(ends);
                    if (engines.isEmpty()) {
                        engines.add(another.get());
                    }
                }
                case 3 -> engines.add(another.get());
                case 4 -> report(pick(engines, random));
                default -> {}
            }
        }
        kept.fails = false;
        time.advance(Duration.ofDays(random.nextInt(70)));
        kept.freeAll();
        KpiEngine last = another.get();
        last.lookNow();
        KpiEngine alone = TestEngine.builder(time).events(events).build();

        assertThat(cells(last)).isEqualTo(cells(alone));
        engines.forEach(KpiEngine::lookNow);
        engines.forEach(each -> assertThat(cells(each)).isEqualTo(cells(alone)));
        KpiEngine reader = TestEngine.builder(time)
                .events(events)
                .cells(kept)
                .queriesOnly()
                .build();
        ClinicMoment read = moment(reader);
        assertThat(read.cells()).isEqualTo(moment(alone).cells());
        assertThat(read.activeConversations()).isEqualTo(moment(alone).activeConversations());
        assertThat(report(reader).results()).isEqualTo(report(alone).results());
        built.forEach(KpiEngine::close);
    }

    /** What is recorded after a start counts for what was folded before it. */
    @Test
    void anEngineGoesOnFromTheStore() {
        KpiEngine before = engine(clock, log, store);
        before.record(List.of(message("1", "c", "2026-03-02T10:00:00Z"), message("2", "d", "2026-03-02T10:00:00Z")));
        before.close();
        Counting counted = new Counting();
        KpiEngine after = engine(clock, counted, store);
        counted.replay(log);
        assertThat(after.health().entities()).isZero();

        after.record(List.of(
                new KpiEvent.ConversationHandedOff("3", TestClinics.SOL, Instant.parse("2026-03-02T11:00:00Z"), "c")));

        assertThat(report(after).result(Kpi.HANDOFF_RATE).numerator()).isEqualByComparingTo("1");
        assertThat(report(after).result(Kpi.HANDOFF_RATE).n()).isEqualTo(2);
        assertThat(counted.readFrom).isEqualTo(2);
        assertThat(after.health().entities())
                .as("the conversation that it was about")
                .isEqualTo(1);
    }

    @Test
    void aReaderKeepsUpWithTheWriter() {
        KpiEngine writer = engine(clock, log, store);
        KpiEngine reader =
                TestEngine.builder(clock).events(log).cells(store).queriesOnly().build();
        assertThatThrownBy(() -> report(reader))
                .isInstanceOf(CellsNotKeptException.class)
                .hasMessageContaining("no cells of clinic sol yet");
        writer.lookNow();
        assertThat(report(reader).result(Kpi.HANDOFF_RATE).n()).isZero();

        String now = clock.instant().toString();
        writer.record(List.of(message("1", "c", now)));
        assertThat(report(reader).result(Kpi.ACTIVE_CONVERSATIONS).value()).isZero();
        writer.lookNow();
        assertThat(report(reader).result(Kpi.ACTIVE_CONVERSATIONS).value()).isEqualByComparingTo("1");
        clock.advance(Duration.ofMinutes(29));
        writer.lookNow();
        assertThat(report(reader).asOf()).isEqualTo(clock.instant());
        assertThat(report(reader).result(Kpi.ACTIVE_CONVERSATIONS).value()).isEqualByComparingTo("1");
        clock.advance(Duration.ofMinutes(1));
        writer.lookNow();
        assertThat(report(reader).result(Kpi.ACTIVE_CONVERSATIONS).value()).isZero();
        writer.record(List.of(
                new KpiEvent.ConversationClosed("2", TestClinics.SOL, clock.instant(), "c"), message("3", "d", now)));
        writer.lookNow();
        assertThat(report(reader).result(Kpi.HANDOFF_RATE).denominator()).isNotNull();
    }

    @Test
    void anEngineForQuestionsRecordsNothing() {
        KpiEngine reader =
                TestEngine.builder(clock).events(log).cells(store).queriesOnly().build();
        assertThatThrownBy(() -> reader.record(List.of(message("1", "c", "2026-03-02T10:00:00Z"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("queriesOnly");
        assertThat(log.ends()).isEmpty();
        assertThatThrownBy(() -> TestEngine.builder(clock).queriesOnly().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cells");
    }

    /** Other opening hours make other cells: what was kept by the old ones is no answer by the new, until a writer has them, too. */
    @Test
    void cellsOfAnotherCalendarAreNoAnswer() {
        Clinic open = TestClinics.sol();
        Clinic shut = TestClinics.sol(TestClinics.hours("10:00", "11:00"), Set.of(), ZoneId.of("Europe/Madrid"));
        KpiEngine writer = engine(clock, log, store);
        writer.record(List.of(message("1", "c", "2026-03-02T10:00:00Z")));
        writer.lookNow();
        KpiEngine reader =
                TestEngine.builder(clock).events(log).cells(store).queriesOnly().build();
        assertThat(report(reader).result(Kpi.HANDOFF_RATE).n()).isEqualTo(1);

        reader.replaceDirectory(TestEngine.FOUNDER, TestClinics.directory(shut));
        assertThatThrownBy(() -> report(reader))
                .isInstanceOf(CellsNotKeptException.class)
                .hasMessageContaining("opening hours");
        writer.replaceDirectory(TestEngine.FOUNDER, TestClinics.directory(shut));
        writer.lookNow();
        assertThat(report(reader).result(Kpi.HANDOFF_RATE).n()).isEqualTo(1);
        reader.replaceDirectory(TestEngine.FOUNDER, TestClinics.directory(open));
        assertThatThrownBy(() -> report(reader)).isInstanceOf(CellsNotKeptException.class);

        KpiEngine next = TestEngine.builder(clock)
                .directory(TestClinics.directory(shut))
                .events(log)
                .cells(store)
                .build();
        assertThat(report(next).result(Kpi.HANDOFF_RATE).n()).isEqualTo(1);
    }

    /** What time changes is kept, too, of clinics that nobody asks about. */
    @Test
    void timeGoesOnInTheStore() {
        KpiEngine writer = engine(clock, log, store);
        writer.record(List.of(message("1", "c", clock.instant().toString())));
        writer.close();
        KpiEngine next = engine(clock, log, store);
        next.lookNow();
        assertThat(next.health().entities()).isZero();
        clock.advance(Duration.ofDays(31));
        next.lookNow();
        KpiEngine reader =
                TestEngine.builder(clock).events(log).cells(store).queriesOnly().build();
        assertThat(moment(reader).cells())
                .isEqualTo(moment(TestEngine.builder(clock).events(log).build()).cells());
        assertThat(Objects.requireNonNull(store.load(TestClinics.SOL)).entities())
                .isEmpty();
    }

    /** An alarm that finds nothing to change any more has passed all the same: what is kept says so, and a reader's moment goes on. */
    @Test
    void timeGoesOnPastAnAlarmThatChangesNothing() {
        KpiEngine writer = engine(clock, log, store);
        Instant now = clock.instant();
        Instant start = now.plus(Duration.ofDays(1));
        writer.record(
                List.of(message("1", "c", now.toString()), appointment("2", now, AppointmentStatus.CONFIRMED, start)));
        writer.lookNow();
        clock.advance(Duration.ofDays(2));
        writer.record(List.of(appointment("4", clock.instant(), AppointmentStatus.COMPLETED, start)));
        writer.lookNow();
        KpiEngine reader =
                TestEngine.builder(clock).events(log).cells(store).queriesOnly().build();
        for (int days : new int[] {20, 30, 30}) {
            clock.advance(Duration.ofDays(days));
            writer.lookNow();
            assertThat(report(reader).asOf()).isEqualTo(clock.instant());
        }
    }

    @Test
    void oneWritesAndTheOtherTakesOver() {
        KpiEngine first = engine(clock, log, store);
        first.lookNow();
        KpiEngine second = engine(clock, log, store);
        second.lookNow();
        assertThat(first.health().shardsWritten()).isEqualTo(8);
        assertThat(first.health().checkpointedAt()).isEqualTo(clock.instant());
        assertThat(second.health().shardsWritten()).isZero();
        second.record(List.of(message("1", "c", "2026-03-02T10:00:00Z")));
        assertThat(Objects.requireNonNull(store.load(TestClinics.SOL)).position())
                .isZero();
        first.close();
        second.lookNow();
        assertThat(second.health().shardsWritten()).isEqualTo(8);
        assertThat(Objects.requireNonNull(store.load(TestClinics.SOL)).position())
                .isEqualTo(1);
    }

    private static KpiEngine engine(TestClock clock, EventLog log, CellStore store) {
        return TestEngine.builder(clock)
                .events(log)
                .cells(store)
                .settledInMemory(16)
                .followEvery(NEVER)
                .checkpointEvery(NEVER)
                .leaseFor(NEVER.plusDays(1))
                .build();
    }

    /** What fails is told of, and done again the next time. */
    private static void look(KpiEngine engine) {
        try {
            engine.lookNow();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("the disk is full");
        }
    }

    private static ClinicMoment moment(KpiEngine engine) {
        return Objects.requireNonNull(engine.source(TestClinics.SOL))
                .at(engine.clock().instant());
    }

    private static Object cells(KpiEngine engine) {
        ClinicMoment moment = moment(engine);
        return List.of(moment.cells(), moment.activeConversations());
    }

    private static KpiReport report(KpiEngine engine) {
        return engine.open(TestEngine.ANA, TestClinics.SOL).report(SPRING);
    }

    private static KpiEvent message(String id, String conversation, String at) {
        return TestEngine.message(id, Sender.PATIENT, conversation, at);
    }

    private static KpiEvent appointment(String id, Instant at, AppointmentStatus status, Instant start) {
        return new KpiEvent.Appointment(id, TestClinics.SOL, at, "a", "p", status, start, "c", null, null);
    }

    private static List<KpiEvent> shuffledEvents(Random random) {
        List<KpiEvent> events = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            Instant at = START.plusSeconds(random.nextInt(60 * 24 * 60 * 60));
            String conversation = "c" + random.nextInt(12);
            String appointment = "a" + random.nextInt(8);
            events.add(
                    switch (random.nextInt(9)) {
                        case 0 ->
                            new KpiEvent.LeadScored(
                                    "e" + i,
                                    TestClinics.SOL,
                                    at,
                                    conversation,
                                    pick(List.of(LeadTier.values()), random));
                        case 1 -> new KpiEvent.CsatSubmitted("e" + i, TestClinics.SOL, at, conversation, "p", 4);
                        case 2 -> new KpiEvent.ConversationClosed("e" + i, TestClinics.SOL, at, conversation);
                        case 3 -> new KpiEvent.FeatureUsed("e" + i, TestClinics.SOL, at, "reminders");
                        case 4 -> new KpiEvent.WaitlistFilled("e" + i, TestClinics.SOL, at, appointment, "x");
                        case 5, 6 ->
                            new KpiEvent.Appointment(
                                    "e" + i,
                                    TestClinics.SOL,
                                    at,
                                    appointment,
                                    "p-" + random.nextInt(6),
                                    pick(List.of(AppointmentStatus.values()), random),
                                    at.plusSeconds(random.nextInt(20 * 24 * 60 * 60)),
                                    random.nextBoolean() ? conversation : null,
                                    null,
                                    null);
                        default ->
                            TestEngine.message(
                                    "e" + i, pick(List.of(Sender.values()), random), conversation, at.toString());
                    });
        }
        Collections.shuffle(events, random);
        return events;
    }

    private static <T> T pick(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    /** Knows from where it was read. */
    private static final class Counting extends ForwardingLog {

        private long readFrom = -1;

        void replay(EventLog other) {
            other.read(TestClinics.SOL, 0, (position, fact) -> log.append(List.of(fact)));
        }

        @Override
        public long read(ClinicId clinic, long from, Reader reader) {
            readFrom = from;
            return super.read(clinic, from, reader);
        }
    }

    /** Fails when it is told to, before or after it has kept what it was given. */
    private static final class Spoilt implements CellStore {

        private final CellStore right;
        private final List<Lease> given = new ArrayList<>();
        private boolean fails;
        private int saves;

        Spoilt(CellStore right) {
            this.right = right;
        }

        void freeAll() {
            given.forEach(right::release);
        }

        @Override
        public @Nullable Lease lease(int shard, int shards, String owner, Duration length) {
            Lease lease = right.lease(shard, shards, owner, length);
            if (lease != null) {
                given.add(lease);
            }
            return lease;
        }

        @Override
        public void release(Lease lease) {
            right.release(lease);
        }

        @Override
        public void save(Lease lease, Instant asOf, List<Checkpoint> changes) {
            if (!fails || ++saves % 2 == 0) {
                right.save(lease, asOf, changes);
            }
            if (fails) {
                throw new IllegalStateException("the disk is full");
            }
        }

        @Override
        public @Nullable Checkpoint load(ClinicId clinic) {
            return right.load(clinic);
        }

        @Override
        public @Nullable KeptCells read(ClinicId clinic, long since, Duration activeWindow) {
            return right.read(clinic, since, activeWindow);
        }

        @Override
        public Map<ClinicId, Standing> standings() {
            return right.standings();
        }
    }
}
