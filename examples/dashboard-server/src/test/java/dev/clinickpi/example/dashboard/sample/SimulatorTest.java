package dev.clinickpi.example.dashboard.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorTest {

    private static final LocalDate BEGAN = LocalDate.of(2026, 11, 23);

    private static final int DAYS = 20;

    @TempDir
    Path folder;

    private final ClinicDirectory directory = SampleClinics.directory(BEGAN);
    private final KeyProvider keys = KeyProvider.inMemory();
    private final EventLog log = EventLog.inMemory();
    private volatile Instant now = Instant.parse("2026-11-23T16:00:00Z");
    private JdbcConnectionPool database;

    @BeforeEach
    void open() {
        database = JdbcConnectionPool.create("jdbc:h2:" + folder.resolve("marks"), "sa", "");
    }

    @AfterEach
    void close() {
        database.dispose();
    }

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    };

    private KpiEngine engine() {
        return KpiEngine.builder()
                .directory(directory)
                .events(log)
                .privacy(StandardPrivacy.with(keys))
                .audit(AuditLog.inMemory())
                .clock(clock)
                .build();
    }

    private Simulator simulator(KpiEngine engine, double eventsPerSecond, DataSource marks) {
        return new Simulator(engine, directory, BEGAN, DAYS, eventsPerSecond, clock, marks);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 3_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void aClinicIsNotReadyBeforeItsHistoryIsTold() throws Exception {
        try (KpiEngine engine = engine();
                Simulator simulator = simulator(engine, 0, database)) {
            assertThat(simulator.share(ClinicId.of("sol"))).hasValue(0);
            assertThat(simulator.share(ClinicId.of("alba"))).isEmpty();
            assertThat(simulator.isComplete()).isFalse();
            simulator.start();
            await(simulator::isComplete);
            assertThat(simulator.share(ClinicId.of("sol"))).isEmpty();
            assertThat(engine.health().accepted()).isGreaterThan(5_000);
        }
    }

    @Test
    void aSecondStartTellsOnlyWhatIsNew() throws Exception {
        try (KpiEngine engine = engine();
                Simulator simulator = simulator(engine, 0, database)) {
            simulator.start();
            await(simulator::isComplete);
        }
        now = now.plus(Duration.ofHours(20));
        try (KpiEngine engine = engine();
                Simulator simulator = simulator(engine, 0, database)) {
            simulator.start();
            await(() -> engine.health().accepted() > 0);
            assertThat(simulator.isComplete()).as("what was whole is whole").isTrue();
            // At the next midnight everything of before has been told.
            now = now.plus(Duration.ofHours(12));
            await(() -> engine.health().newestEvent().isAfter(now.minus(Duration.ofHours(3))));
            assertThat(engine.health().accepted()).isBetween(20L, 2_000L);
            assertThat(engine.health().duplicates()).isZero();
            assertThat(engine.health().conflicts()).isZero();
        }
    }

    @Test
    void whereTheMarksAreLostWhatIsToldTwiceCountsOnce() throws Exception {
        long told;
        try (KpiEngine engine = engine();
                Simulator simulator = simulator(engine, 0, database)) {
            simulator.start();
            await(simulator::isComplete);
            told = engine.health().accepted();
        }
        JdbcConnectionPool empty = JdbcConnectionPool.create("jdbc:h2:" + folder.resolve("others"), "sa", "");
        try (KpiEngine engine = engine();
                Simulator simulator = simulator(engine, 0, empty)) {
            simulator.start();
            await(simulator::isComplete);
            assertThat(engine.health().accepted()).isZero();
            assertThat(engine.health().duplicates()).isEqualTo(told);
        } finally {
            empty.dispose();
        }
    }

    @Test
    void whatHappensNowComesWhenItsTimeHas() throws Exception {
        try (KpiEngine engine = engine();
                Simulator simulator = simulator(engine, 0, database)) {
            simulator.start();
            await(simulator::isComplete);
            long history = engine.health().accepted();
            now = now.plus(Duration.ofHours(3));
            await(() -> engine.health().accepted() > history);
            assertThat(engine.health().newestEvent()).isAfter(now.minus(Duration.ofHours(3)));
            // And tomorrow's, when it has begun.
            now = now.plus(Duration.ofDays(1));
            await(() -> engine.health().newestEvent().isAfter(now.minus(Duration.ofHours(12))));
        }
    }

    @Test
    void asManyEventsBesideTheStoryAsAreWanted() throws Exception {
        try (KpiEngine engine = engine();
                Simulator simulator = simulator(engine, 200, database)) {
            simulator.start();
            await(simulator::isComplete);
            long history = engine.health().accepted();
            // Conversations begin by the thread's pace; the rest of them by the clock.
            await(() -> {
                now = now.plusSeconds(1);
                return engine.health().accepted() > history + 200;
            });
        }
    }
}
