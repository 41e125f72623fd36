package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.FactCodec;
import dev.clinickpi.event.Outbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stores facts in a transaction of the host's. It claims the ids of the events, as every append does, and leaves the facts for {@link Numbering}: it holds
 * no clinic.
 */
final class JdbcOutbox implements Outbox {

    private static final String STORE = "The outbox";

    private static final String INSERT = "INSERT INTO {schema}.kpi_outbox (clinic_no, event_id, at, content)"
            + " SELECT * FROM UNNEST(CAST(? AS INTEGER ARRAY), CAST(? AS BIGINT ARRAY), CAST(? AS BIGINT ARRAY),"
            + " CAST(? AS {bytes} ARRAY)) AS new";

    private static final String FLOOR = "SELECT floor FROM {schema}.kpi_retention";

    private final Connection connection;
    private final Database database;
    private final ClinicRows clinics;
    private final EventKeys keys;
    private final Duration patience;

    /** @param patience how long to wait for another transaction that has stored one of the events and is still open */
    JdbcOutbox(Connection connection, Database database, ClinicRows clinics, Duration patience) {
        this.connection = connection;
        this.database = database;
        this.clinics = clinics;
        this.keys = new EventKeys(database);
        this.patience = patience;
    }

    @Override
    public List<Outcome> append(List<Fact> facts) {
        try {
            requireTransaction();
            return appendAll(facts);
        } catch (SQLException e) {
            throw JdbcStoreException.of(STORE, "append", e);
        }
    }

    private void requireTransaction() throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException(
                    "The connection commits each statement by itself, so the events would not be"
                            + " stored together with anything; call setAutoCommit(false), or KpiEngine.record without an outbox");
        }
    }

    private List<Outcome> appendAll(List<Fact> facts) throws SQLException {
        HostSettings host = HostSettings.of(connection, database.dialect());
        host.waitAtMost(patience);
        Set<ClinicId> of = facts.stream().map(Fact::clinic).collect(Collectors.toSet());
        Map<ClinicId, Integer> clinicNos = clinics.numbers(connection, of);
        if (host.hasSnapshot()) {
            requireSeen(of);
        }
        long floor = floor();
        @Nullable Outcome[] outcomes = new Outcome[facts.size()];
        for (FactBatch batch : FactBatch.of(facts, clinicNos, outcomes, false)) {
            database.enter(connection, batch.scope());
            batch.refuseBefore(floor);
            // What was erased since by another process is turned away when it is to be numbered.
            new ErasedEntities(database).refuse(connection, batch, clinics);
            keys.claim(connection, batch);
            for (Map.Entry<Integer, List<Fact>> clinic : batch.accepted().entrySet()) {
                insert(clinic.getKey(), clinic.getValue());
            }
        }
        host.restore();
        return Arrays.stream(outcomes).map(Objects::requireNonNull).toList();
    }

    /** A transaction that goes on seeing what there was when it began does not see a clinic that has had its first event since. */
    private void requireSeen(Set<ClinicId> of) throws SQLException {
        for (ClinicId clinic : of) {
            if (clinics.find(connection, clinic) == 0) {
                throw new IllegalStateException(
                        "The transaction, whose isolation is above READ COMMITTED, began before the first event of clinic "
                                + clinic + " and cannot store another one; roll it back and do it again");
            }
        }
    }

    private long floor() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(database.sql(FLOOR));
                ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void insert(int clinicNo, List<Fact> facts) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(database.sql(INSERT))) {
            SqlColumns columns = new SqlColumns(connection, insert, 1)
                    .integers(facts.stream().map(fact -> clinicNo).toArray())
                    .longs(facts.stream().map(Fact::id).toArray())
                    .longs(facts.stream().map(Fact::at).toArray())
                    .bytes(facts.stream().map(FactCodec::encode).toArray(byte[][]::new), database.dialect());
            insert.executeUpdate();
            columns.free();
        }
    }
}
