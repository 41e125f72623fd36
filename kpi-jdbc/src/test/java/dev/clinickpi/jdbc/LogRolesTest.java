package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.Fact;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the roles of {@code roles.sql} the application stores, for several clinics too, and the writer numbers and forgets. */
class LogRolesTest {

    private static final ClinicId SOL = ClinicId.of("sol");
    private static final ClinicId MAR = ClinicId.of("mar");
    private static final Instant FLOOR = Instant.parse("2026-03-01T00:00:00Z");

    private TestDatabase database;
    private JdbcEventLog application;
    private JdbcEventLog writer;

    @BeforeEach
    void create() {
        database = TestDatabase.migrated(DatabaseKind.POSTGRESQL);
        PostgresRole.grant(database.name());
        application = JdbcEventLog.open(database.newPoolAs(PostgresRole.APPLICATION.role(), 3));
        writer = JdbcEventLog.open(database.newPoolAs(PostgresRole.WRITER.role(), 2));
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void theApplicationStoresAndTheWriterNumbersAndForgets() throws SQLException {
        Fact early = Facts.csat(SOL, 1, 1, "2026-02-01T00:00:00Z");
        Fact late = Facts.csat(MAR, 2, 1, "2026-04-01T00:00:00Z");
        Fact inOutbox = Facts.csat(SOL, 3, 1, "2026-04-01T00:00:00Z");
        assertThat(application.append(List.of(early, late)).outcomes()).containsOnly(Outcome.ACCEPTED);
        try (Connection host =
                database.newPoolAs(PostgresRole.APPLICATION.role(), 1).getConnection()) {
            host.setAutoCommit(false);
            assertThat(application.outbox(host).append(List.of(inOutbox, early)))
                    .containsExactly(Outcome.ACCEPTED, Outcome.DUPLICATE);
            host.commit();
        }
        assertThat(writer.outboxLag().waiting()).isEqualTo(1);

        assertThat(writer.ends()).isEqualTo(Map.of(SOL, 2L, MAR, 1L));
        writer.forgetBefore(FLOOR);

        assertThat(Facts.read(application, SOL)).containsExactly(Map.entry(1L, inOutbox));
        assertThat(application.append(List.of(early)).outcomes()).containsExactly(Outcome.TOO_LATE);
        assertThat(writer.outboxLag().failure()).isNull();
    }

    @Test
    void theApplicationForgetsNothing() {
        assertThatThrownBy(() -> application.forgetBefore(FLOOR))
                .isInstanceOfSatisfying(
                        JdbcStoreException.class,
                        e -> assertThat(e.fault()).isEqualTo(JdbcStoreException.Fault.DENIED));
    }
}
