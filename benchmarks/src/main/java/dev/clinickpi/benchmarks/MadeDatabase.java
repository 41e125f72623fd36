package dev.clinickpi.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiEngineBuilder;
import dev.clinickpi.benchmarks.log.MadeLog;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.jdbc.ClinicKpiSchema;
import dev.clinickpi.jdbc.JdbcCellStore;
import dev.clinickpi.jdbc.JdbcEventLog;
import dev.clinickpi.jdbc.JdbcPublicationStore;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import dev.clinickpi.store.CellStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A database with a made-up log in a schema of its own, and what was folded of it. */
final class MadeDatabase implements AutoCloseable {

    /** The same in every process, so that a log is of one piece. */
    private static final byte[] MASTER = new byte[KeyProvider.LEAST_KEY_BYTES];

    private static final int MOST_CONNECTIONS = 12;

    private final MadeLog log;
    private final HikariDataSource pool = new HikariDataSource();
    private final ClinicKpiSchema schema;

    /**
     * Makes the schema if it is not there.
     *
     * @param url of PostgreSQL or H2, for a role that may make a schema
     */
    MadeDatabase(String url, String schema, MadeLog log) {
        this.log = log;
        this.schema = new ClinicKpiSchema(schema);
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(MOST_CONNECTIONS);
        this.schema.migrate(pool);
    }

    MadeLog log() {
        return log;
    }

    List<ClinicId> clinics() {
        return List.copyOf(log.directory().clinics().keySet());
    }

    EventLog events() {
        return JdbcEventLog.open(pool, schema);
    }

    CellStore cells() {
        return JdbcCellStore.open(pool, schema);
    }

    boolean isEmpty() {
        return events().ends().isEmpty();
    }

    /** An engine over these events, without a store of cells so far. */
    KpiEngineBuilder engine(Clock clock) {
        return KpiEngine.builder()
                .directory(log.directory())
                .events(events())
                .privacy(StandardPrivacy.with(
                        KeyProvider.derivedFrom(MASTER), 5, JdbcPublicationStore.open(pool, schema)))
                .audit(record -> {})
                .clock(clock);
    }

    /** A clock that goes, from a minute after the log's end on. */
    Clock afterwards() {
        Clock system = Clock.systemUTC();
        Instant then = log.end().plus(Duration.ofMinutes(1));
        return Clock.offset(system, Duration.between(system.instant(), then));
    }

    /**
     * Records the log, a batch for each clinic and day, and closes the engine.
     *
     * @param keepsCells whether the engine has a store of cells
     */
    Filled fill(boolean keepsCells) {
        MovingClock clock = new MovingClock(log.from());
        KpiEngineBuilder builder = engine(clock);
        if (keepsCells) {
            builder.cells(cells());
        }
        try (Recording recording = new Recording(builder.build(), clock)) {
            log.play(MadeLog.Order.SHUFFLED_WITHIN_A_DAY, recording::day);
            return recording.end();
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Some events, and how long it took to record them. */
    record Filled(long events, long nanos) {

        double perSecond() {
            return events * 1e9 / nanos;
        }
    }

    /** Takes the time of recording alone, not that of making the events up. */
    private final class Recording implements AutoCloseable {

        private final KpiEngine engine;
        private final MovingClock clock;
        private int days;
        private long events;
        private long nanos;

        Recording(KpiEngine engine, MovingClock clock) {
            this.engine = engine;
            this.clock = clock;
        }

        void day(List<KpiEvent> made) {
            clock.moveTo(log.from().plus(Duration.ofDays(++days)));
            Map<ClinicId, List<KpiEvent>> byClinic = new LinkedHashMap<>();
            for (KpiEvent event : made) {
                byClinic.computeIfAbsent(event.clinicId(), clinic -> new ArrayList<>())
                        .add(event);
            }
            long start = System.nanoTime();
            byClinic.values().forEach(batch -> events += engine.record(batch).accepted());
            nanos += System.nanoTime() - start;
        }

        /** With what is still to be kept. */
        Filled end() {
            long start = System.nanoTime();
            engine.close();
            nanos += System.nanoTime() - start;
            return new Filled(events, nanos);
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
