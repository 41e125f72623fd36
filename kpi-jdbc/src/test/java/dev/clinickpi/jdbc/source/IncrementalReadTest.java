package dev.clinickpi.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.RecordResult;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventSource;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.Rejection;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.testkit.ExactEngine;
import dev.clinickpi.time.Period;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads that go on from each other, however rows are committed and reads end, come to what one read of everything comes to. */
class IncrementalReadTest {

    private static final ClinicId SOL = ClinicId.of("sol");
    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
    private static final int OVERLAP_MINUTES = 20;

    /** The clock goes back at 01:00 of UTC, in the middle of what happens here. */
    private static final Instant BEGIN = Instant.parse("2026-10-24T23:30:00Z");

    /**
     * A row of the host's.
     *
     * @param written the minute that it is dated
     * @param late how many minutes later it is committed
     */
    private record Row(int written, int late) {

        int committed() {
            return written + late;
        }
    }

    /**
     * A read.
     *
     * @param minute when it is
     * @param stored after how many events the process dies, or more than there are
     */
    private record Run(int minute, int stored) {}

    @Property(tries = 150, seed = "20260301")
    void nothingIsLostByInstants(@ForAll("rows") @Size(max = 40) List<Row> rows, @ForAll("runs") List<Run> runs) {
        assertThat(incremental(rows, runs, "instant", Duration.ofMinutes(OVERLAP_MINUTES)))
                .isEqualTo(idsOf(rows));
    }

    @Property(tries = 150, seed = "20260301")
    void nothingIsLostByWallTimesWhenTheClockGoesBack(
            @ForAll("rows") @Size(max = 40) List<Row> rows, @ForAll("runs") List<Run> runs) {
        assertThat(incremental(rows, runs, "local", Duration.ofMinutes(OVERLAP_MINUTES)))
                .isEqualTo(idsOf(rows));
    }

    @Property(tries = 150, seed = "20260301")
    void nothingIsLostByNumbers(@ForAll("rows") @Size(max = 40) List<Row> rows, @ForAll("runs") List<Run> runs) {
        assertThat(incremental(rows, runs, "number", OVERLAP_MINUTES)).isEqualTo(idsOf(rows));
    }

    /** The ids of what was stored by all reads, the last of which comes after all is committed and is not disturbed. */
    private static Set<String> incremental(List<Row> rows, List<Run> runs, String watermark, Object overlap) {
        DataSource database = HostDatabase.H2.create();
        HostDatabase.execute(
                database,
                "CREATE TABLE t (id INTEGER, instant TIMESTAMP WITH TIME ZONE, local TIMESTAMP, number BIGINT)");
        QueryMapping mapping = mapping(watermark, overlap);
        List<Run> inTurn = new ArrayList<>(runs);
        inTurn.sort(Comparator.comparingInt(Run::minute));
        inTurn.add(new Run(10_000, Integer.MAX_VALUE));
        Set<String> stored = new HashSet<>();
        Watermarks[] kept = {Watermarks.none()};
        Set<Integer> inserted = new HashSet<>();
        for (Run run : inTurn) {
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i).committed() <= run.minute && inserted.add(i)) {
                    insert(database, i, rows.get(i).written);
                }
            }
            stored.addAll(read(database, mapping, run, kept));
        }
        HostDatabase.execute(database, "SHUTDOWN");
        return stored;
    }

    /** Stores in batches of three, as an engine does in batches of a thousand; what dies with the process is neither stored nor acknowledged. */
    private static List<String> read(DataSource database, QueryMapping mapping, Run run, Watermarks[] kept) {
        Instant now = BEGIN.plus(Duration.ofMinutes(run.minute));
        List<String> stored = new ArrayList<>();
        try (JdbcEventSource source = JdbcEventSource.of(database, List.of(mapping))
                .from(kept[0])
                .whenStored(watermarks -> kept[0] = watermarks)
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .fetchSize(2)
                .open()) {
            List<String> batch = new ArrayList<>();
            KpiEvent event = source.next(refused -> {
                throw new AssertionError(refused);
            });
            while (event != null && stored.size() + batch.size() < run.stored) {
                batch.add(event.id());
                if (batch.size() == 3) {
                    stored.addAll(batch);
                    batch.clear();
                    source.acknowledge();
                }
                event = source.next(refused -> {});
            }
            if (event == null) {
                stored.addAll(batch);
                source.acknowledge();
            }
        }
        return stored;
    }

    private static void insert(DataSource database, int id, int minute) {
        Instant instant = BEGIN.plus(Duration.ofMinutes(minute));
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?)")) {
            insert.setInt(1, id);
            insert.setObject(2, instant.atOffset(ZoneOffset.UTC));
            insert.setObject(3, LocalDateTime.ofInstant(instant, MADRID));
            insert.setLong(4, minute);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> idsOf(List<Row> rows) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            ids.add(Integer.toString(i));
        }
        return ids;
    }

    private static QueryMapping mapping(String watermark, Object overlap) {
        QueryMapping.Builder mapping = QueryMapping.named("t")
                .sql("SELECT * FROM t")
                .zone(MADRID)
                .constant("type", "feature.used")
                .constant("clinicId", "sol")
                .constant("feature", "inbox")
                .column("id", "id")
                .column("at", "instant");
        return (overlap instanceof Duration time
                        ? mapping.watermark(watermark, time)
                        : mapping.watermark(watermark, (Integer) overlap))
                .build();
    }

    @Provide
    Arbitrary<List<Row>> rows() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 240),
                        Arbitraries.integers().between(0, OVERLAP_MINUTES))
                .as(Row::new)
                .list();
    }

    @Provide
    Arbitrary<List<Run>> runs() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 300),
                        Arbitraries.oneOf(Arbitraries.integers().between(0, 10), Arbitraries.just(Integer.MAX_VALUE)))
                .as(Run::new)
                .list()
                .ofMaxSize(8);
    }

    /** An engine that is cut off in the middle and goes on after a restart has what one has that was not; no event twice. */
    @ParameterizedTest
    @EnumSource
    void anImportThatWasCutOffGoesOn(HostDatabase kind) throws IOException {
        DataSource database = kind.create();
        HostDatabase.execute(database, "CREATE TABLE t (id INTEGER, instant TIMESTAMP WITH TIME ZONE)");
        fill(database, 3_500);
        QueryMapping mapping = mapping("instant", Duration.ofMinutes(5));
        EventLog log = EventLog.inMemory();
        Watermarks[] kept = {Watermarks.none()};
        try (JdbcEventSource source = JdbcEventSource.of(database, List.of(mapping))
                .whenStored(watermarks -> kept[0] = watermarks)
                .open()) {
            KpiEngine engine = new ExactEngine(directory(), Instant.parse("2026-12-01T00:00:00Z"), log).engine();
            EventSource cutOff = new CutOff(source, 2_345);
            try {
                engine.record(Principal.superAdmin("test"), cutOff, rejection -> {});
            } catch (IllegalStateException expected) {
                assertThat(expected).hasMessage("cut off");
            }
        }
        assertThat(kept[0]).hasToString("{t=" + BEGIN.plusSeconds(2_000) + "}");

        ExactEngine restarted = new ExactEngine(directory(), Instant.parse("2026-12-01T00:00:00Z"), log);
        try (JdbcEventSource source =
                JdbcEventSource.of(database, List.of(mapping)).from(kept[0]).open()) {
            RecordResult rest = restarted.engine().record(Principal.superAdmin("test"), source, rejection -> {});
            assertThat(rest.accepted()).isEqualTo(3_500 - 2_345);
            assertThat(rest.duplicates()).isEqualTo(2_345 - 2_000 + 1 + 5 * 60);
            assertThat(rest.conflicts()).isZero();
        }

        EventLog whole = EventLog.inMemory();
        ExactEngine atOnce = new ExactEngine(directory(), Instant.parse("2026-12-01T00:00:00Z"), whole);
        try (JdbcEventSource source =
                JdbcEventSource.of(database, List.of(mapping)).open()) {
            atOnce.engine().record(Principal.superAdmin("test"), source, rejection -> {});
        }
        assertThat(facts(log)).isEqualTo(facts(whole));
        KpiRequest october = KpiRequest.of(Period.month(2026, 10));
        Map<String, ExactResult> figures = atOnce.exact(SOL, october);
        assertThat(restarted.exact(SOL, october)).isEqualTo(figures);
    }

    private static Map<Long, Fact> facts(EventLog log) {
        Map<Long, Fact> facts = new HashMap<>();
        log.read(
                SOL,
                0,
                (position, fact) -> assertThat(facts.put(fact.id(), fact)).isNull());
        return facts;
    }

    private static void fill(DataSource database, int rows) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
            for (int i = 1; i <= rows; i++) {
                insert.setInt(1, i);
                insert.setObject(2, BEGIN.plusSeconds(i).atOffset(ZoneOffset.UTC));
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ClinicDirectory directory() throws IOException {
        try (InputStream json = IncrementalReadTest.class.getResourceAsStream("clinics.json")) {
            return ClinicDirectory.read(Objects.requireNonNull(json));
        }
    }

    /** The same source, until the connection is lost. */
    private static final class CutOff implements EventSource {

        private final EventSource source;
        private long left;

        CutOff(EventSource source, long events) {
            this.source = source;
            this.left = events;
        }

        @Override
        public @Nullable KpiEvent next(Consumer<? super Rejection> rejections) throws IOException {
            if (left-- == 0) {
                throw new IllegalStateException("cut off");
            }
            return source.next(rejections);
        }

        @Override
        public long line() {
            return source.line();
        }

        @Override
        public String place() {
            return source.place();
        }

        @Override
        public void acknowledge() {
            source.acknowledge();
        }
    }
}
