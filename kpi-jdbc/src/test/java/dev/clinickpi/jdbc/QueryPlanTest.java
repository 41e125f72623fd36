package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.Fact;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.h2.command.query.Query;
import org.h2.command.query.SelectUnion;
import org.h2.engine.SessionLocal;
import org.h2.expression.ExpressionVisitor;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The cost of a look-up is that of what it finds: no statement walks a table, or the facts of a clinic. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class QueryPlanTest {

    private static final ClinicId SOL = ClinicId.of("sol");

    @Parameter
    private DatabaseKind kind;

    private TestDatabase database;

    @BeforeEach
    void create() {
        database = TestDatabase.migrated(kind);
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            facts.add(Facts.csat(SOL, i, i / 5, "2026-0%d-15T00:00:00Z".formatted(1 + i % 3)));
        }
        JdbcEventLog.open(database.pool()).append(facts);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void aPageIsReadByNumber() {
        assertThat(plan(FactQueries.BETWEEN.replaceFirst("fact_no < \\?", "fact_no < 2199023255552")))
                .containsPattern(h2() ? "PRIMARY_KEY.*FACT_NO >= " : "Index Cond: .*fact_no >= .*fact_no < ")
                .doesNotContain("->  Sort");
    }

    @Test
    void entitiesAreReadByTheirIds() {
        String plan = plan(FactQueries.byEntity(h2() ? Dialect.H2 : Dialect.POSTGRESQL));
        for (String column : List.of("conversation", "appointment", "patient")) {
            assertThat(plan)
                    .containsPattern(
                            h2()
                                    ? "(?is)KPI_FACT_" + column + ": [^*]*CLINIC_NO = 1[^*]*AND " + column
                                            + " = ASKED.ID"
                                    : "Index Cond: .*clinic_no = 1.* AND .*" + column + " = ANY");
        }
    }

    @Test
    void anEventIsFoundByItsKey() {
        assertThat(plan(EventKeys.STORED))
                .containsPattern(
                        h2()
                                ? "(?s)PRIMARY_KEY_.*CLINIC_NO = .*AND EVENT_ID = "
                                : "Index Cond: .*clinic_no = .*event_id = ");
        assertThat(plan(h2() ? EventKeys.REMOVE_ON_H2 : EventKeys.REMOVE_ON_POSTGRESQL))
                .containsPattern(
                        h2()
                                ? "(?s)PRIMARY_KEY_.*CLINIC_NO = .*AND EVENT_ID = "
                                : "Index Cond: .*clinic_no = .*event_id = ");
    }

    @Test
    void aClinicIsHeldByItsNumber() {
        assertThat(plan(ClinicRows.HOLD))
                .containsPattern(h2() ? "PRIMARY_KEY.*CLINIC_NO (IN|= ANY)" : "Index Cond: .*clinic_no = ANY");
    }

    @Test
    void whatWaitsIsFoundByItsClinic() {
        assertThat(plan(Numbering.WAITING))
                .containsPattern(h2() ? "(?s)KPI_OUTBOX_CLINIC: CLINIC_NO = " : "Index Cond: \\(clinic_no = 1\\)");
        assertThat(plan(Numbering.REMOVE))
                .containsPattern(
                        h2()
                                ? "(?s)(PRIMARY_KEY.*OUTBOX_NO|KPI_OUTBOX_CLINIC: CLINIC_NO = )"
                                : "Index Cond: .*clinic_no = 1.*outbox_no = ANY");
    }

    /** On PostgreSQL only the months of the time that is forgotten are looked at. */
    @Test
    void whatIsOldIsFoundByNumber() {
        for (String statement : List.of(Retention.OLD, Retention.REMOVE)) {
            assertThat(plan(statement
                            .replaceFirst("at >= \\?", "at >= 1769904000000")
                            .replaceFirst("at < \\?", "at < 1772323200000")))
                    .containsPattern(h2() ? "PRIMARY_KEY.*FACT_NO" : "Index Cond: .*fact_no ")
                    .doesNotContain("kpi_fact_2026_01")
                    .doesNotContain("kpi_fact_2026_03");
        }
    }

    /** Parts of a union that H2 answers from memory, each by itself, may be of two moments. */
    @ParameterizedTest
    @MethodSource("unions")
    void noPartOfAUnionIsAnsweredFromMemory(String union) throws SQLException {
        assumeTrue(h2());
        try (Connection connection = database.pool().getConnection()) {
            SessionLocal session =
                    (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
            Query query = (Query) session.prepare(ClinicKpiSchema.standard().sql(union));

            assertThat(parts(query))
                    .hasSizeGreaterThan(1)
                    .noneMatch(part -> part.isEverything(ExpressionVisitor.DETERMINISTIC_VISITOR));
        }
    }

    static Stream<String> unions() {
        return Stream.of(
                CheckpointQueries.LOAD,
                CheckpointQueries.READ,
                FactQueries.BETWEEN_WITH_ERASED,
                FactQueries.byEntity(Dialect.H2));
    }

    private static List<Query> parts(Query query) {
        if (query instanceof SelectUnion union) {
            return Stream.of(union.getLeft(), union.getRight())
                    .flatMap(each -> parts(each).stream())
                    .toList();
        }
        return List.of(query);
    }

    private boolean h2() {
        return kind == DatabaseKind.H2;
    }

    private String plan(String statement) {
        String bound = statement
                .replaceAll("CAST\\(\\? AS (\\w+) ARRAY\\)", "CAST(ARRAY[7, 9] AS $1 ARRAY)")
                .replace("?", "1");
        return database.plan(ClinicKpiSchema.standard().sql(bound));
    }
}
