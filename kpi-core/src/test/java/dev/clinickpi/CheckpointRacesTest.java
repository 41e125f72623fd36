package dev.clinickpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.TestEngine.TestClock;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.KeptCells;
import dev.clinickpi.store.Lease;
import dev.clinickpi.store.Standing;
import dev.clinickpi.store.StoredEntity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is kept of an entity is what there is of it, whatever happens to it between two saves or during one. */
class CheckpointRacesTest {

    private static final Duration NEVER = Duration.ofDays(1_000);

    private final TestClock clock = new TestClock("2026-06-15T12:00:00Z");
    private final FailingLog log = new FailingLog();
    private final SlowStore store = new SlowStore();

    /** A greeting is quiet and let go; the patient's answer, late, recalls it before anybody has looked who is quiet. */
    @Test
    void whoIsRecalledAfterHavingGoneQuietStaysKept() {
        KpiEngine engine = engine();
        record(engine, "1", "c", Sender.BOT, clock.instant());
        engine.lookNow();
        assertThat(keptConversations()).hasSize(1);
        clock.advance(Duration.ofHours(1));
        letGo(engine);

        record(engine, "2", "c", Sender.PATIENT, clock.instant().minus(Duration.ofMinutes(50)));
        engine.lookNow();

        assertThat(keptConversations()).hasSize(1);
        clock.advance(Duration.ofDays(31));
        assertSame(engine());
    }

    /** While a save is under way the clinic is loaded again, from before it, and its conversation comes to rest. */
    @Test
    void whatSettlesWhileItIsSavedIsKeptNoLonger() {
        KpiEngine engine = engine();
        letGo(engine);
        engine.lookNow();
        record(engine, "1", "c", Sender.PATIENT, clock.instant());
        store.meanwhile = () -> {
            log.fails = true;
            Instant old = clock.instant().minus(Duration.ofDays(60));
            assertThatThrownBy(() -> record(engine, "2", "x0", Sender.PATIENT, old))
                    .hasMessage("no answer");
            log.fails = false;
            clock.advance(Duration.ofDays(31));
            record(engine, "3", "x1", Sender.PATIENT, clock.instant().minus(Duration.ofDays(60)));
        };
        engine.lookNow();
        engine.lookNow();

        assertThat(keptConversations()).isEmpty();
        record(engine, "4", "c", Sender.PATIENT, clock.instant().minus(Duration.ofDays(40)));
        engine.lookNow();
        assertSame(engine());
    }

    private void letGo(KpiEngine engine) {
        for (int i = 0; i < 6; i++) {
            record(engine, "x" + i, "x" + i, Sender.PATIENT, clock.instant().minus(Duration.ofDays(60)));
        }
    }

    private static void record(KpiEngine engine, String id, String conversation, Sender from, Instant at) {
        engine.record(List.of(TestEngine.message(id, from, conversation, at.toString())));
    }

    private List<EntityKey> keptConversations() {
        return Objects.requireNonNull(store.load(TestClinics.SOL)).entities().stream()
                .map(StoredEntity::key)
                .filter(key -> key.kind() == EntityKey.Kind.CONVERSATION)
                .toList();
    }

    private KpiEngine engine() {
        return TestEngine.builder(clock)
                .events(log)
                .cells(store)
                .shards(1)
                .settledInMemory(1)
                .followEvery(NEVER)
                .build();
    }

    /** Against an engine that folds everything by itself. */
    private void assertSame(KpiEngine engine) {
        KpiEngine alone = TestEngine.builder(clock).events(log).build();
        assertThat(moment(engine).cells()).isEqualTo(moment(alone).cells());
    }

    private ClinicMoment moment(KpiEngine engine) {
        return Objects.requireNonNull(engine.source(TestClinics.SOL)).at(clock.instant());
    }

    /** Recalls nobody while it fails. */
    private static final class FailingLog extends ForwardingLog {

        private boolean fails;

        @Override
        public Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, Reader reader) {
            if (fails) {
                throw new IllegalStateException("no answer");
            }
            return super.read(clinic, entities, reader);
        }
    }

    /** Lets something happen once before a save. */
    private static final class SlowStore implements CellStore {

        private final CellStore store = CellStore.inMemory();
        private Runnable meanwhile = () -> {};

        @Override
        public void save(Lease lease, Instant asOf, List<Checkpoint> changes) {
            Runnable now = meanwhile;
            meanwhile = () -> {};
            now.run();
            store.save(lease, asOf, changes);
        }

        @Override
        public @Nullable Lease lease(int shard, int shards, String owner, Duration length) {
            return store.lease(shard, shards, owner, length);
        }

        @Override
        public void release(Lease lease) {
            store.release(lease);
        }

        @Override
        public @Nullable Checkpoint load(ClinicId clinic) {
            return store.load(clinic);
        }

        @Override
        public @Nullable KeptCells read(ClinicId clinic, long since, Duration activeWindow) {
            return store.read(clinic, since, activeWindow);
        }

        @Override
        public Map<ClinicId, Standing> standings() {
            return store.standings();
        }
    }
}
