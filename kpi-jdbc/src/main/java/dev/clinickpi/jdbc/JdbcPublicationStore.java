package dev.clinickpi.jdbc;

import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.clinic.ClinicId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What publication has released of each clinic, in the host's database. Of engines that release figures of one clinic at once, one comes first, and the others
 * take over what it has released. Give it a pool, as a connection is borrowed for each call. Safe for use by many threads.
 */
public final class JdbcPublicationStore implements PublicationStore {

    private static final String LOAD = "SELECT p.version, CASE WHEN p.version = ? THEN NULL ELSE p.state END"
            + " FROM {schema}.kpi_clinic k JOIN {schema}.kpi_publication p ON p.clinic_no = k.clinic_no"
            + " WHERE k.clinic = ?";
    private static final String ADD = "INSERT INTO {schema}.kpi_publication (clinic_no, version, state)"
            + " SELECT CAST(? AS INTEGER), 1, CAST(? AS BYTEA)"
            + " WHERE NOT EXISTS (SELECT 1 FROM {schema}.kpi_publication WHERE clinic_no = ?)";
    private static final String REPLACE =
            "UPDATE {schema}.kpi_publication SET version = ?, state = ? WHERE clinic_no = ? AND version = ?";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Database database;
    private final Transactions transactions;
    private final ClinicRows clinics;

    private JdbcPublicationStore(Database database) {
        this.database = database;
        this.transactions = new Transactions("The publication store", database, LIMIT);
        this.clinics = new ClinicRows(database, transactions);
    }

    /**
     * The store that a database holds in the schema {@code clinic_kpi}.
     *
     * @param database where it is kept: PostgreSQL 14 or later, or H2 2.x
     * @throws JdbcStoreException if the database cannot be reached, or its schema is not of this version: see {@link ClinicKpiSchema#migrate}
     */
    public static JdbcPublicationStore open(DataSource database) {
        return open(database, ClinicKpiSchema.standard());
    }

    /**
     * The store that a database holds in a schema of a chosen name.
     *
     * @param database where it is kept: PostgreSQL 14 or later, or H2 2.x
     * @throws JdbcStoreException if the database cannot be reached, or its schema is not of this version: see {@link ClinicKpiSchema#migrate}
     */
    public static JdbcPublicationStore open(DataSource database, ClinicKpiSchema schema) {
        return new JdbcPublicationStore(Database.open(database, schema));
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database cannot be read
     */
    @Override
    public @Nullable Kept load(ClinicId clinic, long known) {
        return transactions
                .run("load what was released", Scope.of(clinic), connection -> load(connection, clinic, known))
                .orElse(null);
    }

    private Optional<Kept> load(Connection connection, ClinicId clinic, long known) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(database.sql(LOAD))) {
            query.setLong(1, known);
            query.setString(2, clinic.value());
            try (ResultSet rows = query.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                byte[] state = rows.getBytes(2);
                return Optional.of(new Kept(rows.getLong(1), Objects.requireNonNullElse(state, new byte[0])));
            }
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database may not have kept it
     */
    @Override
    public boolean save(ClinicId clinic, long version, byte[] state) {
        if (version < 1) {
            throw new IllegalArgumentException("Versions are counted from 1 on");
        }
        int number = clinics.numbers(List.of(clinic)).getOrDefault(clinic, 0);
        return transactions.run(
                "save what was released",
                Scope.of(clinic),
                connection ->
                        version == 1 ? add(connection, number, state) : replace(connection, number, version, state));
    }

    /** Where somebody else adds it at the same time, it is done again, and then finds it there. */
    private boolean add(Connection connection, int clinic, byte[] state) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(database.sql(ADD))) {
            insert.setInt(1, clinic);
            insert.setBytes(2, state);
            insert.setInt(3, clinic);
            return insert.executeUpdate() == 1;
        }
    }

    private boolean replace(Connection connection, int clinic, long version, byte[] state) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(database.sql(REPLACE))) {
            update.setLong(1, version);
            update.setBytes(2, state);
            update.setInt(3, clinic);
            update.setLong(4, version - 1);
            return update.executeUpdate() == 1;
        }
    }
}
