package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.KeptCells;
import dev.clinickpi.store.Lease;
import dev.clinickpi.store.Standing;
import dev.clinickpi.testkit.ExactEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@link KilledEngineTest} shows of databases, of stores in memory that fail before or after they have done what they were asked for, at any call, and of
 * engines that lose them in the middle: a hundred times as many accidents in the time. Whatever happens, what is kept in the end is, bit by bit, what an
 * engine that nobody disturbed has.
 */
class FaultyStoresTest {

    private static final int BATCH = 150;

    @ParameterizedTest
    @MethodSource("few")
    void nothingIsLostAndNothingCountedTwice(long seed) {
        new History(seed, 4_000).run();
    }

    static LongStream few() {
        return LongStream.range(0, 2);
    }

    @Tag("thorough")
    @ParameterizedTest
    @MethodSource("many")
    void nothingIsLostAndNothingCountedTwiceInLongHistories(long seed) {
        new History(seed, 20_000).run();
    }

    static LongStream many() {
        return LongStream.range(1_000, 1_100);
    }

    /** Engines one after another over the same stores, until all has been delivered. */
    private static final class History {

        private final Deliveries deliveries;
        private final Random random;
        private final EventLog log = EventLog.inMemory();
        private final CellStore store = CellStore.inMemory();
        private final List<CompletableFuture<Void>> lost = new ArrayList<>();
        private int place;

        History(long seed, int events) {
            deliveries = Deliveries.of(seed, events);
            random = new Random(seed);
        }

        void run() {
            while (place < deliveries.size()) {
                Faults faults = new Faults(random.nextLong(), random.nextDouble() / 50);
                ExactEngine engine = Deliveries.engine(
                        new FaultyLog(log, faults),
                        new FaultyStore(store, faults),
                        deliveries.timeAt(place),
                        Duration.ofMillis(4));
                record(engine, place + 1 + random.nextInt(deliveries.size() / 5));
                if (random.nextInt(4) == 0) {
                    engine.engine().close();
                } else {
                    faults.lost = true;
                    // Who delivers may not have been told of the last batch, and the next engine does not wait for this
                    // one's end.
                    place = Math.max(0, place - BATCH * random.nextInt(2));
                    lost.add(CompletableFuture.runAsync(engine.engine()::close));
                }
            }
            lost.forEach(CompletableFuture::join);
            Undisturbed.requireSame(deliveries, log, store);
        }

        private void record(ExactEngine engine, int end) {
            while (place < Math.min(end, deliveries.size())) {
                engine.setClock(deliveries.timeAt(place));
                try {
                    engine.record(deliveries.between(place, place + BATCH));
                    place += BATCH;
                } catch (Fault e) {
                    // Who delivers tries again.
                }
            }
        }
    }

    /** What becomes of the calls of one engine. */
    private static final class Faults {

        private final Random random;
        private final double share;
        private volatile boolean lost;

        Faults(long seed, double share) {
            this.random = new Random(seed);
            this.share = share;
        }

        void perhaps() {
            if (lost || random.nextDouble() < share) {
                throw new Fault();
            }
        }

        <T> T around(Supplier<T> call) {
            perhaps();
            T result = call.get();
            perhaps();
            return result;
        }
    }

    private static final class Fault extends RuntimeException {}

    private record FaultyLog(EventLog log, Faults faults) implements EventLog {

        @Override
        public Appended append(List<Fact> facts) {
            return faults.around(() -> log.append(facts));
        }

        @Override
        public long read(ClinicId clinic, long from, Reader reader) {
            return faults.around(() -> log.read(clinic, from, (position, fact) -> {
                faults.perhaps();
                reader.fact(position, fact);
            }));
        }

        @Override
        public Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, Reader reader) {
            return faults.around(() -> log.read(clinic, entities, reader));
        }

        @Override
        public Map<ClinicId, Long> ends() {
            return faults.around(log::ends);
        }

        @Override
        public long floor(ClinicId clinic) {
            return faults.around(() -> log.floor(clinic));
        }

        @Override
        public Map<ClinicId, Long> erasures() {
            return faults.around(log::erasures);
        }

        @Override
        public boolean isShared() {
            return true;
        }
    }

    private record FaultyStore(CellStore store, Faults faults) implements CellStore {

        @Override
        public Lease lease(int shard, int shards, String owner, Duration length) {
            return faults.around(() -> store.lease(shard, shards, owner, length));
        }

        @Override
        public void release(Lease lease) {
            faults.perhaps();
            store.release(lease);
        }

        @Override
        public void save(Lease lease, Instant asOf, List<Checkpoint> checkpoints) {
            faults.perhaps();
            store.save(lease, asOf, checkpoints);
            faults.perhaps();
        }

        @Override
        public Checkpoint load(ClinicId clinic) {
            return faults.around(() -> store.load(clinic));
        }

        @Override
        public KeptCells read(ClinicId clinic, long since, Duration activeWindow) {
            return faults.around(() -> store.read(clinic, since, activeWindow));
        }

        @Override
        public Map<ClinicId, Standing> standings() {
            return faults.around(store::standings);
        }
    }
}
