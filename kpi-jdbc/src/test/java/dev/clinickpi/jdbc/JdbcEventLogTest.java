package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.Fact;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(DatabaseKind.class)
class JdbcEventLogTest {

    private static final ClinicId SOL = ClinicId.of("sol");
    private static final ClinicId MAR = ClinicId.of("mar");

    @Parameter
    private DatabaseKind kind;

    private TestDatabase database;
    private JdbcEventLog log;

    @BeforeEach
    void create() {
        database = TestDatabase.migrated(kind);
        log = JdbcEventLog.open(database.pool());
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void theLogOutlivesItsProcess() {
        List<Fact> facts = List.of(Facts.csat(SOL, 1, 5), Facts.csat(MAR, 1, 4));
        log.append(facts);
        database.pool().close();
        log = JdbcEventLog.open(database.newPool(2));

        assertThat(read(SOL)).containsExactly(facts.get(0));
        assertThat(log.append(facts).outcomes()).containsOnly(Outcome.DUPLICATE);
        assertThat(log.append(List.of(Facts.csat(SOL, 2, 5))).outcomes()).containsExactly(Outcome.ACCEPTED);
        assertThat(read(SOL)).hasSize(2);
    }

    @Test
    void oneAppendMayBringSeveralClinics() {
        List<Fact> facts =
                List.of(Facts.csat(SOL, 1, 5), Facts.csat(MAR, 1, 4), Facts.csat(SOL, 1, 1), Facts.csat(MAR, 1, 4));

        assertThat(log.append(facts).outcomes())
                .containsExactly(Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.CONFLICT, Outcome.DUPLICATE);
        assertThat(read(SOL)).containsExactly(facts.get(0));
        assertThat(read(MAR)).containsExactly(facts.get(1));
    }

    /** More than a page, in the order that they came in, whatever came between. */
    @Test
    void aClinicIsReadPageByPage() {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 4_500; i++) {
            facts.add(Facts.csat(SOL, i * 0x9E3779B97F4A7C15L, 1 + i % 5));
        }
        for (int i = 0; i < facts.size(); i += 900) {
            log.append(facts.subList(i, i + 900));
            log.append(List.of(Facts.csat(MAR, i, 5)));
        }

        assertThat(read(SOL)).isEqualTo(facts);
    }

    /** A reader that asks the log for more must not wait for itself. */
    @Test
    void aReaderMayUseTheLog() {
        log = JdbcEventLog.open(database.newPool(1));
        log.append(List.of(Facts.csat(SOL, 1, 5)));

        log.read(SOL, 0, (position, fact) -> log.append(List.of(Facts.csat(MAR, 2, 5))));

        assertThat(read(MAR)).hasSize(1);
    }

    /** An append that fails half-way stores nothing, of no clinic. */
    @Test
    void anAppendIsAllOrNone() {
        log.append(List.of(Facts.csat(SOL, 1, 5)));
        database.sql("ALTER TABLE clinic_kpi.kpi_fact ADD CONSTRAINT broken CHECK (event_id <> 4)");
        List<Fact> facts =
                List.of(Facts.csat(MAR, 2, 5), Facts.csat(SOL, 3, 5), Facts.csat(SOL, 4, 5), Facts.csat(SOL, 5, 5));

        assertThatThrownBy(() -> log.append(facts))
                .isInstanceOf(JdbcStoreException.class)
                .hasMessageContaining("append")
                .hasMessageContaining("SQL state 23");

        assertThat(read(SOL)).containsExactly(Facts.csat(SOL, 1, 5));
        assertThat(read(MAR)).isEmpty();
        assertThat(log.ends()).containsOnlyKeys(SOL);
        database.sql("ALTER TABLE clinic_kpi.kpi_fact DROP CONSTRAINT broken");
        assertThat(log.append(facts).outcomes()).containsOnly(Outcome.ACCEPTED);
    }

    @Test
    void aDatabaseThatIsGoneIsNamed() throws SQLException {
        database.sql("DROP TABLE clinic_kpi.kpi_fact");
        assertThatThrownBy(() -> log.append(List.of(Facts.csat(SOL, 1, 5))))
                .isInstanceOf(JdbcStoreException.class)
                .hasMessageStartingWith(
                        "The event log could not append: the tables are not those of this version (SQL state 42")
                .hasCauseInstanceOf(SQLException.class);
    }

    @Test
    void damageIsNamed() throws SQLException {
        log.append(List.of(Facts.csat(SOL, 1, 5)));
        database.sql("UPDATE clinic_kpi.kpi_fact SET content = " + database.bytes("0109"));

        assertThatThrownBy(() -> read(SOL))
                .isInstanceOf(JdbcStoreException.class)
                .hasMessageContaining("kpi_fact")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    /** Appends that take up the same clinics in different orders neither wait for each other for ever nor lose a fact. */
    @Test
    void appendsOfManyClinicsDoNotDeadlock() throws Exception {
        List<Fact> facts = new ArrayList<>();
        for (int clinic = 0; clinic < 20; clinic++) {
            for (int i = 0; i < 20; i++) {
                facts.add(Facts.csat(ClinicId.of("c" + clinic), i, 1 + i % 5));
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<Long>> appends = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int seed = thread;
            appends.add(() -> appendShuffled(facts, seed));
        }
        long accepted = 0;
        for (Future<Long> each : threads.invokeAll(appends)) {
            accepted += each.get();
        }
        threads.shutdown();

        assertThat(accepted).isEqualTo(facts.size());
        assertThat(read(ClinicId.of("c7"))).hasSize(20);
    }

    private long appendShuffled(List<Fact> facts, int seed) {
        List<Fact> shuffled = new ArrayList<>(facts);
        Collections.shuffle(shuffled, new Random(seed));
        long accepted = 0;
        for (int from = 0; from < shuffled.size(); from += 50) {
            accepted += log.append(shuffled.subList(from, from + 50)).outcomes().stream()
                    .filter(Outcome.ACCEPTED::equals)
                    .count();
        }
        return accepted;
    }

    private List<Fact> read(ClinicId clinic) {
        List<Fact> facts = new ArrayList<>();
        log.read(clinic, 0, (position, fact) -> facts.add(fact));
        return facts;
    }
}
