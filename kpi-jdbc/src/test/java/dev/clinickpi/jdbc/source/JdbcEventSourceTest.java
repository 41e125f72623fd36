package dev.clinickpi.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.Rejection;
import dev.clinickpi.jdbc.source.InvalidMappingException.Fault;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcEventSourceTest {

    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");

    /** What a host's tables say of people, and no message may. */
    private static final List<String> PERSONAL = List.of("Ana", "612345678", "wamid", "ana@sol.es", "García");

    private final List<Rejection> rejections = new ArrayList<>();

    /** Each kind of bad row is one rejection that names its place, and the rows around it are read. */
    @ParameterizedTest
    @EnumSource
    void aBadRowIsOneRejectionAndStopsNothing(HostDatabase kind) {
        DataSource database = kind.create();
        HostDatabase.execute(
                database,
                "CREATE TABLE usos (fila INTEGER, evento VARCHAR(300), clinica VARCHAR(80), cuando VARCHAR(40), modelo VARCHAR(80),"
                        + " entrada NUMERIC(20, 2), salida NUMERIC(20, 2), coste NUMERIC(30, 15), moneda VARCHAR(3),"
                        + " modificado TIMESTAMP WITH TIME ZONE)",
                usos(
                        "(1, 'e1', 'A', '2026-03-02T10:00:00Z', 'm', 10, 5, 0.5, 'EUR', '2026-03-02T10:00:01Z')",
                        "(2, NULL, 'A', '2026-03-02T10:00:00Z', 'm', 10, 5, NULL, 'EUR', '2026-03-02T10:00:02Z')",
                        "(3, 'wamid-3', 'Ana', '2026-03-02T10:00:00Z', 'm', 10, 5, NULL, 'EUR', '2026-03-02T10:00:03Z')",
                        "(4, 'wamid-4', 'A', 'Ana García', 'm', 10, 5, NULL, 'EUR', '2026-03-02T10:00:04Z')",
                        "(5, 'wamid-5', 'A', '1889-03-02T10:00:00Z', 'm', 10, 5, NULL, 'EUR', '2026-03-02T10:00:05Z')",
                        "(6, 'wamid-6', 'A', '2026-03-02T10:00:00Z', 'm', -612345678, 5, NULL, 'EUR', '2026-03-02T10:00:06Z')",
                        "(7, 'wamid-7', 'A', '2026-03-02T10:00:00Z', 'm', 10.5, 5, NULL, 'EUR', '2026-03-02T10:00:07Z')",
                        "(8, 'wamid-8', 'A', '2026-03-02T10:00:00Z', '', 10, 5, NULL, 'EUR', '2026-03-02T10:00:08Z')",
                        "(9, 'wamid-9', 'A', '2026-03-02T10:00:00Z', 'm', 10, 5, -1, 'EUR', '2026-03-02T10:00:09Z')",
                        "(10, 'wamid-10', 'A', '2026-03-02T10:00:00Z', 'm', 10, 5, 1, 'Ana', '2026-03-02T10:00:10Z')",
                        "(11, 'wamid-11', 'A', '2026-03-02T10:00:00Z', 'm', 10, 5, 0.000000000000001, 'EUR', '2026-03-02T10:00:11Z')",
                        "(12, 'wamid-12', NULL, '2026-03-02T10:00:00Z', 'm', 10, 5, 1, 'EUR', '2026-03-02T10:00:12Z')",
                        "(13, '" + "612345678".repeat(30)
                                + "', 'A', '2026-03-02T10:00:00Z', 'm', 10, 5, 1, 'EUR', '2026-03-02T10:00:13Z')",
                        "(14, 'wamid-14', 'A', '2026-03-02T10:00:00Z', 'm', 10, 5, 1, 'EUR', NULL)",
                        "(15, 'e15', 'A', '2026-03-02T10:00:00Z', 'm', 10, 5, NULL, 'EUR', '2026-03-02T10:00:15Z')"));
        QueryMapping usos = QueryMapping.named("usos")
                .sql("SELECT * FROM usos")
                .watermark("modificado", Duration.ZERO)
                .printableKey("fila")
                .constant("type", "llm.used")
                .column("id", "evento")
                .column("clinicId", "clinica", Map.of("A", "sol"))
                .column("at", "cuando")
                .column("model", "modelo")
                .column("inputTokens", "entrada")
                .column("outputTokens", "salida")
                .column("cost.amount", "coste")
                .column("cost.currency", "moneda")
                .build();

        assertThat(read(database, usos)).extracting(KpiEvent::id).containsExactly("e1", "e15");
        assertThat(rejections)
                .extracting(JdbcEventSourceTest::faultOf)
                .containsExactly(
                        "14  must have a",
                        "2 id is missing",
                        "3 clinicId comes from a",
                        "4 at must be an",
                        "5 at must be an",
                        "6 inputTokens must be a",
                        "7 inputTokens must be a",
                        "8 model must have 1",
                        "9 cost.amount must be a",
                        "10 cost.currency must be an",
                        "11 cost.amount must be a",
                        "12 clinicId is missing",
                        "13 id must have 1");
        assertThat(rejections.get(1))
                .hasToString("row 3 of usos, modificado 2026-03-02T10:00:02Z, fila 2: id is missing");
        assertNothingPersonal(rejections.toString());
    }

    private static String usos(String... rows) {
        return "INSERT INTO usos VALUES " + String.join(", ", rows);
    }

    /** The key, the field and the first words of the rule. */
    private static String faultOf(Rejection rejection) {
        String words = Arrays.stream(rejection.rule().split(" ")).limit(3).collect(Collectors.joining(" "));
        return rejection.place().replaceAll(".*fila ", "") + " " + rejection.field() + " " + words;
    }

    /** A local time means what the mapping's zone says, wherever this runs; an instant and a date do too. */
    @ParameterizedTest
    @EnumSource
    void timesMeanWhatTheyMeanInTheNamedZone(HostDatabase kind) {
        DataSource database = kind.create();
        HostDatabase.execute(
                database,
                "CREATE TABLE t (id INTEGER, local TIMESTAMP, instant TIMESTAMP WITH TIME ZONE, dia DATE)",
                """
                INSERT INTO t VALUES
                    (1, '2026-03-02 10:00:00.123456', '2026-03-02T10:00:00.123+05:45', '2026-03-02'),
                    (2, '2026-03-29 02:30:00', '2026-03-29T01:30:00Z', '2026-03-29'),
                    (3, '2026-10-25 02:30:00', '2026-10-25T01:30:00Z', '2026-10-25')""");
        assertThat(read(database, timed("local").build()))
                .extracting(KpiEvent::at)
                .containsExactly(
                        Instant.parse("2026-03-02T09:00:00.123Z"),
                        Instant.parse("2026-03-29T01:30:00Z"),
                        Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(read(database, timed("instant").build()))
                .extracting(KpiEvent::at)
                .containsExactly(
                        Instant.parse("2026-03-02T04:15:00.123Z"),
                        Instant.parse("2026-03-29T01:30:00Z"),
                        Instant.parse("2026-10-25T01:30:00Z"));
        assertThat(read(database, timed("dia").build()))
                .extracting(KpiEvent::at)
                .containsExactly(
                        Instant.parse("2026-03-01T23:00:00Z"),
                        Instant.parse("2026-03-28T23:00:00Z"),
                        Instant.parse("2026-10-24T22:00:00Z"));
    }

    private static QueryMapping.Builder timed(String at) {
        return QueryMapping.named("t")
                .sql("SELECT * FROM t")
                .watermark("id", 0)
                .zone(MADRID)
                .constant("type", "feature.used")
                .constant("clinicId", "sol")
                .constant("feature", "inbox")
                .column("id", "id")
                .column("at", at);
    }

    @ParameterizedTest
    @EnumSource
    void valuesAreLookedUpByTheirText(HostDatabase kind) {
        DataSource database = kind.create();
        HostDatabase.execute(
                database,
                "CREATE TABLE t (id INTEGER, at TIMESTAMP, a BOOLEAN, b NUMERIC(6, 2), c SMALLINT)",
                "INSERT INTO t VALUES (1, '2026-03-02 10:00:00', TRUE, 10.00, 3), (2, '2026-03-02 10:00:00', FALSE, 2.50, 4)");
        Map<String, Map<String, String>> tables = Map.of(
                "a",
                Map.of("true", "yes", "false", "no"),
                "b",
                Map.of("10", "yes", "2.5", "no"),
                "c",
                Map.of("3", "yes", "4", "no"));
        tables.forEach((column, values) -> assertThat(read(
                        database, timed("at").column("feature", column, values).build()))
                .extracting(event -> ((KpiEvent.FeatureUsed) event).feature())
                .containsExactly("yes", "no"));
    }

    /** Everything that does not fit, of all queries, before a row is read. */
    @ParameterizedTest
    @EnumSource
    void aMappingIsHeldAgainstTheColumnsOfItsQuery(HostDatabase kind) {
        DataSource database = kind.create();
        HostDatabase.execute(
                database,
                "CREATE TABLE t (id INTEGER, local TIMESTAMP, name VARCHAR(10), near DOUBLE PRECISION, clock TIME)");
        QueryMapping noZone =
                timed("local").zone(null).column("feature", "nombre").build();
        QueryMapping noWatermark = QueryMapping.named("u")
                .sql("SELECT * FROM t")
                .watermark("name", 0)
                .zone(MADRID)
                .printableKey("clave")
                .constant("type", "feature.used")
                .constant("clinicId", "sol")
                .column("feature", "clock")
                .column("id", "id")
                .column("at", "local")
                .build();
        InvalidMappingException thrown = catchThrowableOfType(
                InvalidMappingException.class,
                () -> JdbcEventSource.of(
                                database,
                                List.of(
                                        noZone,
                                        noWatermark,
                                        renamed(
                                                "v",
                                                timed("local")
                                                        .watermark("local", 5)
                                                        .build()),
                                        renamed(
                                                "w",
                                                timed("local")
                                                        .watermark("id", Duration.ofDays(1))
                                                        .build()),
                                        renamed(
                                                "x",
                                                timed("local")
                                                        .watermark("near", 5)
                                                        .build())))
                        .open());
        assertThat(thrown.faults())
                .containsExactly(
                        new Fault("queries[0].fields.feature.column", QueryColumns.NO_COLUMN),
                        new Fault("queries[0].zone", QueryColumns.NO_ZONE),
                        new Fault("queries[1].fields.feature.column", QueryColumns.NO_VALUE),
                        new Fault("queries[1].printableKey", QueryColumns.NO_COLUMN),
                        new Fault("queries[1].watermark.column", QueryColumns.NO_WATERMARK),
                        new Fault("queries[2].watermark.overlap", QueryColumns.OTHER_OVERLAP),
                        new Fault("queries[3].watermark.overlap", QueryColumns.OTHER_OVERLAP),
                        new Fault("queries[4].watermark.column", QueryColumns.NO_WATERMARK));
    }

    private static QueryMapping renamed(String name, QueryMapping mapping) {
        QueryMapping.Builder renamed = QueryMapping.named(name)
                .sql(mapping.sql())
                .watermark(mapping.watermark(), mapping.overlap())
                .zone(MADRID);
        mapping.fields().forEach((field, source) -> {
            if (source instanceof FieldSource.Constant constant) {
                renamed.constant(field, constant.value());
            } else if (source instanceof FieldSource.Column column) {
                renamed.column(field, column.column());
            }
        });
        return renamed.build();
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedQueryIsNamedWithTheDatabasesReason(HostDatabase kind) {
        DataSource database = kind.create();
        assertThatThrownBy(() -> read(database, timed("local").build()))
                .isInstanceOf(EventSourceException.class)
                .hasMessageStartingWith("The query of mapping t could not be read (SQL state 42")
                .hasCauseInstanceOf(SQLException.class);
    }

    /** The database quotes what it could not convert; what comes out of here does not. */
    @ParameterizedTest
    @EnumSource
    void whatADatabaseQuotesIsNotPassedOn(HostDatabase kind) {
        DataSource database = kind.create();
        HostDatabase.execute(
                database,
                "CREATE TABLE t (id INTEGER, local TIMESTAMP, phone VARCHAR(20))",
                "INSERT INTO t VALUES (1, '2026-03-02 10:00:00', 'Ana 612345678')");
        QueryMapping casting = timed("local")
                .sql("SELECT id, local, CAST(phone AS INTEGER) AS feature FROM t")
                .column("feature", "feature")
                .build();
        assertThatThrownBy(() -> read(database, casting))
                .isInstanceOf(EventSourceException.class)
                .hasMessageContaining("SQL state 22")
                .hasNoCause()
                .satisfies(thrown -> assertNothingPersonal(thrown.toString()));
    }

    @Test
    void aDatabaseThatIsGoneIsNamed() {
        DataSource gone = dataSource(() -> {
            throw new SQLException("password=García", "08001");
        });
        assertThatThrownBy(() -> read(gone, timed("local").build()))
                .isInstanceOf(EventSourceException.class)
                .hasMessageStartingWith("The source's database could not be reached (SQL state 08001)")
                .hasMessageNotContaining("García");
    }

    /** The transaction refuses to write, and the connection goes back as it came. */
    @ParameterizedTest
    @EnumSource
    void aConnectionMayOnlyReadAndGoesBackAsItCame(HostDatabase kind) throws SQLException {
        DataSource database = kind.create();
        HostDatabase.execute(
                database,
                "CREATE SEQUENCE s",
                "CREATE TABLE t (id INTEGER, local TIMESTAMP)",
                "INSERT INTO t VALUES (1, '2026-03-02 10:00:00')");
        try (Connection connection = database.getConnection()) {
            boolean readOnly = connection.isReadOnly();
            List<Boolean> asked = new ArrayList<>();
            DataSource one = dataSource(() -> unclosed(connection, asked));
            assertThat(read(one, timed("local").build())).hasSize(1);
            assertThat(asked).containsExactly(true, readOnly);
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.isReadOnly()).isEqualTo(readOnly);
            if (kind == HostDatabase.POSTGRESQL) {
                QueryMapping writing = timed("local")
                        .sql("SELECT nextval('s') AS id, local FROM t")
                        .build();
                assertThatThrownBy(() -> read(one, writing)).hasMessageContaining("SQL state 25006");
                assertThat(connection.getAutoCommit()).isTrue();
            }
        }
    }

    /** On PostgreSQL rows come through a cursor, which is open while they are read. */
    @Test
    void rowsAreFetchedPieceByPiece() throws SQLException {
        DataSource database = HostDatabase.POSTGRESQL.create();
        HostDatabase.execute(
                database,
                "CREATE TABLE t (id INTEGER PRIMARY KEY, local TIMESTAMP)",
                "INSERT INTO t SELECT n, '2026-03-02 10:00:00' FROM generate_series(1, 2000) n");
        try (Connection connection = database.getConnection();
                JdbcEventSource source = JdbcEventSource.of(
                                dataSource(() -> unclosed(connection, new ArrayList<>())),
                                List.of(timed("local").build()))
                        .fetchSize(10)
                        .open()) {
            source.next(rejections::add);
            assertThat(HostDatabase.query(
                            connection, "SELECT count(*) FROM pg_cursors WHERE statement LIKE 'SELECT * FROM (%'"))
                    .isEqualTo("1");
            assertThat(all(source, rejections::add)).hasSize(1999);
        }
    }

    /** A row dated far ahead is read, and again each time; it does not keep those that come later from being read. */
    @ParameterizedTest
    @EnumSource
    void aRowThatLiesAheadDoesNotHideTheLaterOnes(HostDatabase kind) {
        DataSource database = kind.create();
        HostDatabase.execute(
                database,
                "CREATE TABLE t (id INTEGER, local TIMESTAMP)",
                "INSERT INTO t VALUES (1, '2026-03-02 10:00:00'), (2, '2099-12-31 00:00:00')");
        QueryMapping byTime =
                timed("local").watermark("local", Duration.ofMinutes(1)).build();
        UnaryOperator<JdbcEventSource.Builder> noon =
                builder -> builder.clock(Clock.fixed(Instant.parse("2026-03-02T11:00:00Z"), ZoneOffset.UTC));
        Watermarks[] kept = {Watermarks.none()};
        assertThat(read(database, byTime, noon.andThen(keeping(kept))))
                .extracting(KpiEvent::id)
                .containsExactly("1", "2");
        HostDatabase.execute(database, "INSERT INTO t VALUES (3, '2026-03-02 12:30:00')");
        assertThat(read(database, byTime, noon.andThen(keeping(kept))))
                .extracting(KpiEvent::id)
                .containsExactly("3", "2");
    }

    /** A mapping that was mended reads again what it had refused. */
    @ParameterizedTest
    @EnumSource
    void aMendedMappingComesBackToWhatWasRefused(HostDatabase kind) {
        DataSource database = kind.create();
        HostDatabase.execute(
                database,
                "CREATE TABLE t (id INTEGER, local TIMESTAMP, f VARCHAR(5))",
                "INSERT INTO t VALUES (1, '2026-03-02 10:00:00', 'A'), (2, '2026-03-02 10:00:00', 'B'), (3, '2026-03-02 10:00:00', 'A')");
        Watermarks[] kept = {Watermarks.none()};
        QueryMapping half =
                timed("local").column("feature", "f", Map.of("A", "a")).build();
        assertThat(read(database, half, keeping(kept))).extracting(KpiEvent::id).containsExactly("1", "3");
        assertThat(read(database, half, keeping(kept))).extracting(KpiEvent::id).containsExactly("3");
        QueryMapping mended = timed("local")
                .column("feature", "f", Map.of("A", "a", "B", "b"))
                .build();
        assertThat(read(database, mended, keeping(kept)))
                .extracting(KpiEvent::id)
                .containsExactly("1", "2", "3");
        assertThat(read(database, mended, keeping(kept)))
                .extracting(KpiEvent::id)
                .containsExactly("3");
    }

    @Test
    void mappingsHaveNamesOfTheirOwn() {
        QueryMapping mapping = timed("local").build();
        DataSource database = HostDatabase.H2.create();
        assertThatThrownBy(() -> JdbcEventSource.of(database, List.of(mapping, mapping)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JdbcEventSource.of(database, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JdbcEventSource.of(database, List.of(mapping)).fetchSize(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static UnaryOperator<JdbcEventSource.Builder> keeping(Watermarks[] kept) {
        return builder -> builder.from(kept[0]).whenStored(watermarks -> kept[0] = watermarks);
    }

    private List<KpiEvent> read(DataSource database, QueryMapping mapping) {
        return read(database, mapping, builder -> builder);
    }

    private List<KpiEvent> read(
            DataSource database,
            QueryMapping mapping,
            Function<JdbcEventSource.Builder, JdbcEventSource.Builder> options) {
        try (JdbcEventSource source =
                options.apply(JdbcEventSource.of(database, List.of(mapping))).open()) {
            return all(source, rejections::add);
        }
    }

    private static List<KpiEvent> all(JdbcEventSource source, Consumer<Rejection> rejections) {
        List<KpiEvent> events = new ArrayList<>();
        for (KpiEvent event = source.next(rejections); event != null; event = source.next(rejections)) {
            events.add(event);
        }
        source.acknowledge();
        return events;
    }

    private static void assertNothingPersonal(String text) {
        assertThat(text).doesNotContain(PERSONAL);
    }

    private interface Connections {
        Connection get() throws SQLException;
    }

    /** A host's data source that hands out these. */
    private static DataSource dataSource(Connections connections) {
        return (DataSource) Proxy.newProxyInstance(
                JdbcEventSourceTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> connections.get());
    }

    /** The real connection, which stays open as in a pool. */
    private static Connection unclosed(Connection connection, List<Boolean> readOnly) {
        return (Connection) Proxy.newProxyInstance(
                JdbcEventSourceTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("setReadOnly")) {
                        readOnly.add((Boolean) arguments[0]);
                    }
                    try {
                        return method.getName().equals("close") ? null : method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
