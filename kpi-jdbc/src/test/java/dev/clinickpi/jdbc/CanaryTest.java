package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.event.EventReader;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.Rejection;
import dev.clinickpi.jdbc.source.JdbcEventSource;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import dev.clinickpi.privacy.audit.MerkleAuditLog;
import dev.clinickpi.privacy.audit.SigningKey;
import dev.clinickpi.testkit.canary.Canaries;
import dev.clinickpi.testkit.canary.Canary;
import dev.clinickpi.testkit.canary.CanaryClinic;
import dev.clinickpi.testkit.canary.CanaryEvents;
import dev.clinickpi.testkit.canary.CanarySearch;
import dev.clinickpi.testkit.canary.LogCapture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What people who do not exist are called, reached by and known by is in no row and no file of a database that an engine keeps its log, cells, releases and audit
 * records in, in no log of the library, the pool and the driver, and in nothing that the engine answers; whether it came as lines, from a host's own table or in
 * a host's own transaction.
 */
class CanaryTest {

    private static final Set<String> FILLED = Set.of(
            "kpi_fact",
            "kpi_event_key",
            "kpi_day",
            "kpi_entity",
            "kpi_checkpoint",
            "kpi_publication",
            "kpi_audit",
            "kpi_erased");

    /** So many people's lines are held in memory. */
    private static final int AT_ONCE = 500;

    private final List<Object> outputs = new ArrayList<>();
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
    private CanarySearch search;

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void nothingOfAFewDozenPeopleIsStored(DatabaseKind kind) throws Exception {
        tryWith(kind, 30);
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    @Tag("thorough")
    void nothingOfTenThousandPeopleIsStored(DatabaseKind kind) throws Exception {
        tryWith(kind, 10_000);
    }

    @SuppressWarnings("try") // it captures by being open
    private void tryWith(DatabaseKind kind, int people) throws Exception {
        List<Canary> canaries = Canaries.of(20_260_311, people);
        search = new CanarySearch(canaries);
        int tenth = people / 10;
        try (TestDatabase database = TestDatabase.migrated(kind);
                TestDatabase host = TestDatabase.empty(kind)) {
            int rows = CanaryHostTable.create(host.pool(), events(canaries, 0, tenth));
            assertThat(rows).isGreaterThan(tenth * 60);
            try (LogCapture.Captured captured = LogCapture.start(this::logged)) {
                HikariDataSource pool = database.newPool(6);
                MerkleAuditLog audit = MerkleAuditLog.open(JdbcAuditStore.open(pool), SigningKey.generate(), clock());
                JdbcEventLog log = JdbcEventLog.open(pool);
                KpiEngine engine = engine(pool, log, audit);
                outputs.add(CanaryClinic.misuses(engine, canaries.get(0)));
                importRows(engine, host);
                recordInOutbox(engine, log, pool, events(canaries, tenth, 2 * tenth));
                for (int from = 2 * tenth; from < people; from += AT_ONCE) {
                    recordLines(engine, events(canaries, from, Math.min(people, from + AT_ONCE)));
                }
                outputs.addAll(CanaryClinic.answers(engine));
                export(audit);
                engine.close();
                lookAtRows(pool);
                failOnPurpose(engine(pool, log, audit), pool);
            }
            assertThat(warnings).anyMatch(line -> line.contains("cannot be followed"));
            lookAtFiles(database);
        }
        for (Object output : outputs) {
            assertThat(search.inAllOf(output))
                    .as(() -> "in " + output.getClass())
                    .isEmpty();
        }
        assertThat(leaks).isEmpty();
    }

    private static List<ObjectNode> events(List<Canary> canaries, int from, int to) {
        return IntStream.range(from, to)
                .boxed()
                .flatMap(person -> CanaryEvents.lines(canaries, CanaryClinic.ID, person).stream())
                .toList();
    }

    private void importRows(KpiEngine engine, TestDatabase host) throws IOException {
        List<Rejection> rejections = new ArrayList<>();
        try (JdbcEventSource source = JdbcEventSource.of(host.pool(), List.of(CanaryHostTable.mapping()))
                .open()) {
            outputs.add(engine.record(Principal.superAdmin("import"), source, rejections::add));
            outputs.add(source.watermarks());
        }
        assertThat(rejections).isNotEmpty();
        outputs.add(rejections);
    }

    private void recordInOutbox(KpiEngine engine, JdbcEventLog log, HikariDataSource pool, List<ObjectNode> lines)
            throws SQLException, IOException {
        List<KpiEvent> events = new ArrayList<>();
        try (EventReader reader = EventReader.of(ndjson(lines))) {
            for (KpiEvent event = reader.next(outputs::add); event != null; event = reader.next(outputs::add)) {
                events.add(event);
                outputs.add(event.toString());
            }
        }
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            outputs.add(engine.record(log.outbox(connection), events));
            lookAtRows(connection, new HashSet<>());
            connection.commit();
        }
    }

    private void recordLines(KpiEngine engine, List<ObjectNode> lines) throws IOException {
        try (EventReader reader = EventReader.of(ndjson(lines))) {
            outputs.add(engine.record(Principal.superAdmin("import"), reader, outputs::add));
        }
    }

    private static ByteArrayInputStream ndjson(List<ObjectNode> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void export(MerkleAuditLog audit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        audit.export(Principal.superAdmin("auditor"), out);
        outputs.add(out.toByteArray());
    }

    /** The log and the store go away under an engine, which says so; whoever asks gets an exception. */
    private void failOnPurpose(KpiEngine engine, HikariDataSource pool) throws InterruptedException {
        pool.close();
        outputs.add(CanaryClinic.outcome(() -> CanaryClinic.answers(engine)));
        for (int i = 0; i < 200 && warnings.isEmpty(); i++) {
            Thread.sleep(50);
        }
        engine.close();
    }

    private void lookAtRows(HikariDataSource pool) throws SQLException {
        Set<String> filled = new HashSet<>();
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            lookAtRows(connection, filled);
            connection.rollback();
        }
        assertThat(filled).containsAll(FILLED);
    }

    /** Every value of every table that there is. */
    private void lookAtRows(Connection connection, Set<String> filled) throws SQLException {
        if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            connection.createStatement().execute("SET LOCAL clinic_kpi.scope = 'every clinic'");
        }
        for (String table : tables(connection)) {
            try (ResultSet rows = connection.createStatement().executeQuery("SELECT * FROM clinic_kpi." + table)) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    filled.add(table);
                    for (int column = 1; column <= columns; column++) {
                        lookAt(table, rows.getObject(column));
                    }
                }
            }
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet found = connection.getMetaData().getTables(null, null, "%", null)) {
            while (found.next()) {
                String name = found.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                String type = found.getString("TABLE_TYPE");
                if ("clinic_kpi".equalsIgnoreCase(found.getString("TABLE_SCHEM"))
                        && type != null
                        && type.endsWith("TABLE")) {
                    tables.add(name);
                }
            }
        }
        return tables;
    }

    private void lookAt(String table, Object value) {
        if (value != null) {
            search.inAllOf(value instanceof Number || value instanceof byte[] ? value : value.toString())
                    .ifPresent(canary -> leaks.add(table + ": " + canary));
        }
    }

    private void lookAtFiles(TestDatabase database) throws IOException {
        if (database.kind() == DatabaseKind.H2) {
            try (Stream<Path> files = Files.walk(database.folder())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    outputs.add(Files.readAllBytes(file));
                }
            }
        }
    }

    private void logged(String line) {
        if (line.startsWith("WARN")) {
            warnings.add(line);
        }
        search.in(line).ifPresent(canary -> leaks.add("log: " + canary));
    }

    private static KpiEngine engine(HikariDataSource pool, JdbcEventLog log, AuditLog audit) {
        return KpiEngine.builder()
                .directory(CanaryClinic.directory())
                .events(log)
                .privacy(
                        StandardPrivacy.with(KeyProvider.derivedFrom(new byte[32]), 5, JdbcPublicationStore.open(pool)))
                .audit(audit)
                .cells(JdbcCellStore.open(pool))
                .followEvery(Duration.ofMillis(100))
                .checkpointEvery(Duration.ofMillis(200))
                .clock(clock())
                .build();
    }

    private static Clock clock() {
        return Clock.fixed(CanaryClinic.NOW, ZoneOffset.UTC);
    }
}
