package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.clinickpi.clinic.ClinicId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A connection is borrowed, used and given back as it was. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class TransactionsTest {

    private static final ClinicId SOL = ClinicId.of("sol");
    private static final String SETTINGS =
            "SELECT coalesce(nullif(current_setting('clinic_kpi.clinic', true), ''), 'none')"
                    + " || ' ' || coalesce(nullif(current_setting('clinic_kpi.scope', true), ''), 'none')"
                    + " || ' ' || current_setting('statement_timeout')";

    @Parameter
    private DatabaseKind kind;

    private TestDatabase database;
    private HikariDataSource one;
    private Transactions transactions;

    @BeforeEach
    void create() {
        database = TestDatabase.migrated(kind);
        one = database.newPool(1);
        transactions =
                new Transactions("The store", Database.open(one, ClinicKpiSchema.standard()), Duration.ofMillis(1_500));
    }

    @AfterEach
    void drop() {
        database.close();
    }

    /** A pool would put some of it right, so this is one that does not. */
    @Test
    void aConnectionIsGivenBackAsItWas() throws SQLException {
        try (Connection connection = database.source().getConnection()) {
            for (boolean automatic : List.of(true, false)) {
                connection.setAutoCommit(automatic);
                connection.setNetworkTimeout(Runnable::run, 77_000);
                int timeout = connection.getNetworkTimeout();
                Transactions borrowing = new Transactions(
                        "The store",
                        new Database(
                                new LentConnection(connection),
                                Dialect.valueOf(kind.name()),
                                ClinicKpiSchema.standard()),
                        Duration.ofSeconds(1));

                borrowing.run("work", Scope.of(SOL), within -> true);
                assertThatThrownBy(() -> borrowing.run("work", Scope.of(SOL), within -> {
                            throw new IllegalStateException("on purpose");
                        }))
                        .isInstanceOf(IllegalStateException.class);

                assertThat(connection.getAutoCommit()).isEqualTo(automatic);
                assertThat(connection.getNetworkTimeout()).isEqualTo(timeout);
                if (kind == DatabaseKind.POSTGRESQL) {
                    assertThat(text(connection, SETTINGS)).isEqualTo("none none 0");
                }
                if (!automatic) {
                    connection.rollback();
                }
            }
        }
    }

    @Test
    void settingsHoldWithinATransactionAlone() throws SQLException {
        assumeTrue(kind == DatabaseKind.POSTGRESQL);
        assertThat(settingsWithin(Scope.of(SOL))).isEqualTo("sol none 1500ms");
        assertThat(settingsWithin(Scope.everyClinic())).isEqualTo("none every clinic 1500ms");
        try (Connection connection = one.getConnection()) {
            assertThat(text(connection, SETTINGS)).isEqualTo("none none 0");
        }
    }

    /** What a borrower before left behind, against all rules, is not taken for the clinic of this transaction. */
    @Test
    void whatSomebodyLeftBehindIsOverridden() throws SQLException {
        assumeTrue(kind == DatabaseKind.POSTGRESQL);
        try (Connection connection = one.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET clinic_kpi.clinic = 'mar'; SET clinic_kpi.scope = 'every clinic'");
        }
        assertThat(settingsWithin(Scope.of(SOL))).isEqualTo("sol none 1500ms");
        assertThat(settingsWithin(Scope.noClinic())).isEqualTo("none none 1500ms");
    }

    @Test
    void allOrNone() {
        assertThatThrownBy(() -> transactions.run("work", Scope.of(SOL), connection -> {
                    insert(connection, "sol");
                    throw new IllegalStateException("on purpose");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(clinics()).isEmpty();

        transactions.run("work", Scope.of(SOL), connection -> insert(connection, "sol"));
        assertThat(clinics()).containsExactly("sol");
    }

    /** Where another one was in the way it begins anew, and what it did before is gone. */
    @Test
    void aCollisionIsTriedAgainFromTheStart() {
        AtomicInteger attempts = new AtomicInteger();
        transactions.run("work", Scope.of(SOL), connection -> {
            insert(connection, "sol");
            if (attempts.incrementAndGet() < 3) {
                throw new SQLException("could not serialize", "40001");
            }
            return true;
        });

        assertThat(attempts.get()).isEqualTo(3);
        assertThat(clinics()).containsExactly("sol");
    }

    @Test
    void collisionsWithoutAnEndAreAFailure() {
        List<Integer> attempts = new ArrayList<>();
        assertThatThrownBy(() -> transactions.run("work", Scope.of(SOL), connection -> {
                    attempts.add(1);
                    throw new SQLException("could not serialize", "40001");
                }))
                .isInstanceOf(JdbcStoreException.class)
                .hasMessageStartingWith("The store could not work: ")
                .hasMessageContaining("SQL state 40001");
        assertThat(attempts).hasSizeBetween(2, 10);
    }

    private String settingsWithin(Scope scope) {
        return transactions.run("look", scope, connection -> text(connection, SETTINGS));
    }

    private static boolean insert(Connection connection, String clinic) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("INSERT INTO clinic_kpi.kpi_clinic (clinic) VALUES ('" + clinic + "')") == 1;
        }
    }

    private List<String> clinics() {
        return database.query("SELECT clinic FROM clinic_kpi.kpi_clinic");
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
