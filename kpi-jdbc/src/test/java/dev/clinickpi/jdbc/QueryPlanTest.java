package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.Fact;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

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
