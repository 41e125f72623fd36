package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.Outbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions end in another order than they began, some never commit, and whoever reads on misses nothing and sees nothing twice. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class LateCommitsTest {

    private static final int WRITERS = 8;
    private static final int READERS = 2;
    private static final int TRANSACTIONS = 6;
    private static final List<ClinicId> CLINICS = List.of(ClinicId.of("sol"), ClinicId.of("mar"), ClinicId.of("luna"));

    @Parameter
    private DatabaseKind kind;

    private TestDatabase database;
    private JdbcEventLog log;
    private ExecutorService threads;

    @BeforeEach
    void create() {
        database = TestDatabase.migrated(kind);
        log = JdbcEventLog.open(database.newPool(WRITERS + READERS));
        threads = Executors.newFixedThreadPool(WRITERS + READERS);
    }

    @AfterEach
    void drop() {
        threads.shutdownNow();
        database.close();
    }

    @Test
    void readersMissNothingAndSeeNothingTwice() throws Exception {
        rounds(10);
    }

    @Test
    @Tag("thorough")
    void readersMissNothingAndSeeNothingTwiceInAHundredRounds() throws Exception {
        rounds(100);
    }

    @Test
    void aTransactionHeldOpenHoldsUpNobody() throws Exception {
        heldOpenFor(Duration.ofSeconds(3));
    }

    @Test
    @Tag("thorough")
    void aTransactionHeldOpenForAMinuteHoldsUpNobody() throws Exception {
        heldOpenFor(Duration.ofMinutes(1));
    }

    private void rounds(int rounds) throws Exception {
        List<Reading> readings = List.of(new Reading(database), new Reading(database));
        Map<ClinicId, Set<Fact>> committed = new HashMap<>();
        CLINICS.forEach(clinic -> committed.put(clinic, new HashSet<>()));
        for (int round = 0; round < rounds; round++) {
            AtomicBoolean written = new AtomicBoolean();
            List<Future<?>> reading = new ArrayList<>();
            readings.forEach(each -> reading.add(threads.submit(() -> each.followUntil(written))));
            List<Callable<List<Fact>>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                Writer each = new Writer(log, database, round, writer);
                writers.add(each::write);
            }
            for (Future<List<Fact>> each : threads.invokeAll(writers, 2, TimeUnit.MINUTES)) {
                for (Fact fact : each.get()) {
                    assertThat(committed.get(fact.clinic()).add(fact))
                            .as("stored once")
                            .isTrue();
                }
            }
            written.set(true);
            for (Future<?> each : reading) {
                each.get(1, TimeUnit.MINUTES);
            }
            for (Reading each : readings) {
                each.requireExactly(committed);
            }
        }
        assertThat(log.outboxLag()).isEqualTo(new OutboxLag(0, Duration.ZERO, 0, Duration.ZERO, 0, null));
    }

    /** Reads on from where it stopped, in a process of its own as it were, and takes the positions that it sees for all that there is. */
    private static final class Reading {

        private final JdbcEventLog log;
        private final Map<ClinicId, Map<Long, Fact>> seen = new HashMap<>();
        private final Map<ClinicId, Long> next = new HashMap<>();

        Reading(TestDatabase database) {
            log = JdbcEventLog.open(database.newPool(1));
            CLINICS.forEach(clinic -> seen.put(clinic, new HashMap<>()));
        }

        void followUntil(AtomicBoolean written) {
            boolean last = false;
            while (!last) {
                last = written.get();
                log.ends().forEach(this::readOn);
            }
        }

        private void readOn(ClinicId clinic, long end) {
            long from = next.getOrDefault(clinic, 0L);
            if (end > from) {
                next.put(clinic, log.read(clinic, from, (position, fact) -> {
                    assertThat(position).isGreaterThanOrEqualTo(from);
                    assertThat(seen.get(clinic).put(position, fact))
                            .as("seen once")
                            .isNull();
                }));
            }
        }

        void requireExactly(Map<ClinicId, Set<Fact>> committed) {
            committed.forEach((clinic, facts) -> {
                assertThat(seen.get(clinic).values()).containsExactlyInAnyOrderElementsOf(facts);
                assertThat(seen.get(clinic)).hasSize((int) (long) next.getOrDefault(clinic, 0L));
                assertThat(Facts.read(log, clinic)).isEqualTo(seen.get(clinic));
            });
        }
    }

    /** Appends in both ways, keeps transactions open for a while, and rolls some of them back; of some events another writer has copies. */
    private static final class Writer {

        private final JdbcEventLog log;
        private final TestDatabase database;
        private final Random random;
        private final int round;
        private final long ownIds;
        private int count;

        Writer(JdbcEventLog log, TestDatabase database, int round, int writer) {
            this.log = log;
            this.database = database;
            this.random = new Random(31L * round + writer);
            this.round = round;
            this.ownIds = (round * WRITERS + writer + 1) * 1_000L;
        }

        /** What it stored for good. */
        List<Fact> write() throws SQLException, InterruptedException {
            List<Fact> stored = new ArrayList<>();
            for (int i = 0; i < TRANSACTIONS; i++) {
                if (random.nextInt(3) == 0) {
                    List<Fact> facts = facts();
                    stored.addAll(accepted(facts, log.append(facts).outcomes()));
                } else {
                    stored.addAll(inATransaction());
                }
            }
            return stored;
        }

        private List<Fact> inATransaction() throws SQLException, InterruptedException {
            try (Connection host = database.pool().getConnection()) {
                host.setAutoCommit(false);
                Outbox outbox = log.outbox(host);
                List<Fact> stored = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(3); i++) {
                    List<Fact> facts = i == 0 ? facts() : List.of(own());
                    stored.addAll(accepted(facts, outbox.append(facts)));
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(5));
                }
                if (random.nextInt(3) == 0) {
                    host.rollback();
                    return List.of();
                }
                host.commit();
                return stored;
            }
        }

        /** Some of its own, and one that every writer may have of this round. */
        private List<Fact> facts() {
            return List.of(own(), Facts.csat(CLINICS.get(0), -1 - round * 10L - random.nextInt(10), 3), own());
        }

        private Fact own() {
            return Facts.csat(CLINICS.get(random.nextInt(CLINICS.size())), ownIds + count++, 5);
        }

        private static List<Fact> accepted(List<Fact> facts, List<Outcome> outcomes) {
            return IntStream.range(0, facts.size())
                    .filter(i -> outcomes.get(i) == Outcome.ACCEPTED)
                    .mapToObj(facts::get)
                    .toList();
        }
    }

    private void heldOpenFor(Duration time) throws Exception {
        ClinicId sol = CLINICS.get(0);
        JdbcEventLog reader = JdbcEventLog.open(database.newPool(2));
        long stored = 0;
        try (Connection held = database.pool().getConnection()) {
            held.setAutoCommit(false);
            log.outbox(held).append(List.of(Facts.csat(sol, -1, 5), Facts.csat(CLINICS.get(1), -1, 5)));
            long start = System.nanoTime();
            while (System.nanoTime() - start < time.toNanos()) {
                long before = System.nanoTime();
                log.append(List.of(Facts.csat(sol, ++stored, 5)));
                try (Connection host = database.pool().getConnection()) {
                    host.setAutoCommit(false);
                    log.outbox(host).append(List.of(Facts.csat(sol, ++stored, 5)));
                    host.commit();
                }
                assertThat(reader.ends()).isEqualTo(Map.of(sol, stored));
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(time);
                TimeUnit.MILLISECONDS.sleep(20);
            }
            OutboxLag lag = reader.outboxLag();
            assertThat(lag.openTransactions()).isEqualTo(1);
            assertThat(lag.oldestOpen()).isGreaterThanOrEqualTo(kind == DatabaseKind.POSTGRESQL ? time : Duration.ZERO);
            held.commit();
        }
        OutboxLag late = reader.outboxLag();
        assertThat(late.waiting()).isEqualTo(2);
        assertThat(late.oldestWaiting()).isGreaterThanOrEqualTo(time);

        assertThat(reader.ends()).isEqualTo(Map.of(sol, stored + 1, CLINICS.get(1), 1L));
        assertThat(Facts.read(reader, sol).get(stored)).isEqualTo(Facts.csat(sol, -1, 5));
        assertThat(reader.outboxLag().waiting()).isZero();
    }
}
