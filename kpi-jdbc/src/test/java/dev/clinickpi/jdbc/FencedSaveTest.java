package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.error.KpiException;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.Lease;
import dev.clinickpi.store.LeaseLostException;
import dev.clinickpi.testkit.Threads;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An engine is stopped in the middle of a save, its lease runs out, another takes the shard and saves, and the first goes on: nothing is overwritten, and the
 * other did not wait for longer than it must. Each place to stop at has a shard of its own, so that the waiting is done once.
 */
class FencedSaveTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(300);

    /** The five seconds that the database gives a save at the least, and some for a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(12);

    private final ExecutorService stopped = Executors.newCachedThreadPool();
    private TestDatabase database;

    @AfterEach
    void drop() {
        stopped.shutdownNow();
        database.close();
    }

    /** The steps of a save, as it takes them. */
    private static List<String> steps(TestDatabase database, int shards) throws SQLException {
        StoppingSource source = new StoppingSource(database.newPool(2));
        JdbcCellStore store = JdbcCellStore.open(source);
        ClinicId clinic = ClinicId.of("steps");
        Lease lease = store.lease(shards - 1, shards, "steps", LONG);
        store.save(lease, Instant.EPOCH, List.of(Kept.checkpoint(clinic, 1)));
        List<String> steps = new ArrayList<>();
        source.before(steps::add);
        store.save(lease, Instant.EPOCH, List.of(Kept.checkpoint(clinic, 2)));
        return steps;
    }

    private static boolean holdsItsShard(List<String> steps, int step) {
        return steps.subList(0, step).stream().anyMatch(sql -> sql.startsWith("UPDATE") && sql.contains("kpi_shard "));
    }

    @Test
    void onPostgreSqlTheNextOwnerNeedNotWaitForOneThatIsStopped() throws Exception {
        database = TestDatabase.migrated(DatabaseKind.POSTGRESQL);
        int shards = 20;
        List<String> steps = steps(database, shards);
        assertThat(steps).hasSizeBetween(8, shards - 1).endsWith(StoppingSource.COMMIT);

        Threads.atOnce(steps.size(), step -> {
            Stopped engine = new Stopped(step, shards, steps.get(step));
            Lease next = engine.takenOver();
            engine.saveAs(next, 3);
            engine.goOn.countDown();

            assertThat(engine.failure()).as("step %s", step).isInstanceOf(KpiException.class);
            engine.assertKept(3);
            assertThatThrownBy(() -> engine.saveAs(engine.lease, 4)).isInstanceOf(LeaseLostException.class);
            engine.assertKept(3);
            return true;
        });
    }

    /** There it does wait, for as long as the save has its shard: the process that is stopped has the database. What it saved is kept. */
    @Test
    void onH2TheNextOwnerGetsTheShardWhenTheSaveIsDone() throws Exception {
        database = TestDatabase.migrated(DatabaseKind.H2);
        int shards = 20;
        List<String> steps = steps(database, shards);
        assertThat(steps).hasSizeBetween(6, shards - 1).endsWith(StoppingSource.COMMIT);

        for (int step = 0; step < steps.size(); step++) {
            Stopped engine = new Stopped(step, shards, steps.get(step));
            Thread.sleep(SHORT.toMillis() + 50);
            boolean holds = holdsItsShard(steps, step);
            Lease next = engine.other.lease(step, shards, "next", LONG);
            assertThat(next == null).as("step %s holds the shard", step).isEqualTo(holds);
            engine.goOn.countDown();

            if (holds) {
                engine.save.get(10, TimeUnit.SECONDS);
                engine.assertKept(2);
                next = engine.takenOver();
            } else {
                assertThat(engine.failure()).isInstanceOf(LeaseLostException.class);
                engine.assertKept(1);
            }
            engine.saveAs(next, 3);
            assertThatThrownBy(() -> engine.saveAs(engine.lease, 4)).isInstanceOf(LeaseLostException.class);
            engine.assertKept(3);
        }
    }

    /** Also in the middle of a statement, at whatever byte: what the database has of it is not the whole of it. */
    @Test
    void onPostgreSqlAnEngineMayStopAtAnyByte() throws Exception {
        database = TestDatabase.migrated(DatabaseKind.POSTGRESQL);
        double[] places = {0.01, 0.2, 0.5, 0.8, 0.99, 0.9999};

        Threads.atOnce(places.length, place -> {
            PGSimpleDataSource direct = (PGSimpleDataSource) database.source();
            try (FreezingWire wire = new FreezingWire(direct.getPortNumbers()[0])) {
                stopsAt(wire, place, places[place], places.length);
            }
            return true;
        });
    }

    private void stopsAt(FreezingWire wire, int shard, double place, int shards) throws Exception {
        PGSimpleDataSource wired = (PGSimpleDataSource) database.source();
        wired.setPortNumbers(new int[] {wire.port()});
        JdbcCellStore store = JdbcCellStore.open(wired);
        JdbcCellStore other = JdbcCellStore.open(database.pool());
        Checkpoint first = large(shard, 1);
        Lease whole = store.lease(shard, shards, "stopped", LONG);
        store.save(whole, Instant.EPOCH, List.of(first));
        long before = wire.sent();
        store.save(whole, Instant.EPOCH, List.of(first));
        long ofOneSave = wire.sent() - before;
        Lease lease = store.lease(shard, shards, "stopped", Duration.ZERO);
        wire.freezeAfter((long) (ofOneSave * place));

        Future<?> save = stopped.submit(() -> store.save(lease, Instant.EPOCH, List.of(large(shard, 2))));
        wire.awaitFrozen();
        Lease next = takeOver(other, shard, shards);
        assertThat(other.load(first.clinic()).position()).isEqualTo(1);
        other.save(next, Instant.EPOCH, List.of(large(shard, 3)));
        wire.thaw();

        assertThat(failure(save)).as("place %s", place).isInstanceOf(KpiException.class);
        assertThat(other.load(first.clinic()).position()).isEqualTo(3);
        assertThat(other.load(first.clinic()).days().get(1L))
                .isEqualTo(large(shard, 3).days().get(1L));
    }

    /** More than the buffers on the way can take. */
    private static Checkpoint large(int shard, int number) {
        Checkpoint small = Kept.checkpoint(ClinicId.of("wired-" + shard), number);
        byte[] cells = new byte[2_000_000];
        Arrays.fill(cells, (byte) number);
        return new Checkpoint(
                small.clinic(),
                small.fingerprint(),
                number,
                small.asOf(),
                number,
                number,
                true,
                Map.of(1L, cells),
                small.entities(),
                small.ahead());
    }

    private static Lease takeOver(JdbcCellStore store, int shard, int shards) throws InterruptedException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < BOUND.toNanos()) {
            Lease lease = store.lease(shard, shards, "next", LONG);
            if (lease != null) {
                return lease;
            }
            Thread.sleep(50);
        }
        return fail("shard %s was not to be had within %s", shard, BOUND);
    }

    private static Throwable failure(Future<?> save) throws Exception {
        try {
            save.get(20, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    /** An engine with a shard and a clinic of its own, stopped at a step of its second save. */
    private final class Stopped {

        private final int shard;
        private final int shards;
        private final ClinicId clinic;
        private final JdbcCellStore store;
        private final JdbcCellStore other = JdbcCellStore.open(database.pool());
        private final Lease lease;
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final Future<?> save;

        Stopped(int shard, int shards, String step) throws InterruptedException {
            this.shard = shard;
            this.shards = shards;
            this.clinic = ClinicId.of("clinic-" + shard);
            StoppingSource source = new StoppingSource(database.source());
            this.store = JdbcCellStore.open(source);
            Lease first = store.lease(shard, shards, "stopped", LONG);
            store.save(first, Instant.EPOCH, List.of(Kept.checkpoint(clinic, 1)));
            this.lease = store.lease(shard, shards, "stopped", SHORT);
            CountDownLatch isStopped = new CountDownLatch(1);
            source.before(each -> {
                if (each.equals(step)) {
                    isStopped.countDown();
                    await(goOn);
                }
            });
            this.save = stopped.submit(() -> store.save(lease, Instant.EPOCH, List.of(Kept.checkpoint(clinic, 2))));
            assertThat(isStopped.await(20, TimeUnit.SECONDS)).isTrue();
        }

        Lease takenOver() throws InterruptedException {
            return takeOver(other, shard, shards);
        }

        Throwable failure() throws Exception {
            return FencedSaveTest.failure(save);
        }

        void saveAs(Lease as, int number) {
            (as == lease ? store : other).save(as, Instant.EPOCH, List.of(Kept.checkpoint(clinic, number)));
        }

        void assertKept(int number) {
            Kept.assertKept(other.load(clinic), number);
        }
    }

    private static void await(CountDownLatch latch) throws SQLException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new SQLException(e);
        }
    }
}
