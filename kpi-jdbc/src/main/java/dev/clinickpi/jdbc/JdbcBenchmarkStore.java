package dev.clinickpi.jdbc;

import dev.clinickpi.sector.BenchmarkStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.YearMonth;
import java.time.temporal.ChronoField;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The benchmarks that were made, in the host's database. Of engines that make the same ones at once, one comes first, and the others take over what it has made. The
 * database refuses to change what is there. Give it a pool, as a connection is borrowed for each call. Safe for use by many threads.
 */
public final class JdbcBenchmarkStore implements BenchmarkStore {

    private static final String LOAD =
            "SELECT benchmarks FROM {schema}.kpi_benchmark WHERE vertical = ? AND month_no = ?";
    private static final String ADD = "INSERT INTO {schema}.kpi_benchmark (vertical, month_no, benchmarks)"
            + " SELECT CAST(? AS VARCHAR), CAST(? AS INTEGER), CAST(? AS BYTEA)"
            + " WHERE NOT EXISTS (SELECT 1 FROM {schema}.kpi_benchmark WHERE vertical = ? AND month_no = ?)";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Database database;
    private final Transactions transactions;

    private JdbcBenchmarkStore(Database database) {
        this.database = database;
        this.transactions = new Transactions("The benchmark store", database, LIMIT);
    }

    /**
     * The store that a database holds in the schema {@code clinic_kpi}.
     *
     * @param database where it is kept: PostgreSQL 14 or later, or H2 2.x
     * @throws JdbcStoreException if the database cannot be reached, or its schema is not of this version: see {@link ClinicKpiSchema#migrate}
     */
    public static JdbcBenchmarkStore open(DataSource database) {
        return open(database, ClinicKpiSchema.standard());
    }

    /**
     * The store that a database holds in a schema of a chosen name.
     *
     * @param database where it is kept: PostgreSQL 14 or later, or H2 2.x
     * @throws JdbcStoreException if the database cannot be reached, or its schema is not of this version: see {@link ClinicKpiSchema#migrate}
     */
    public static JdbcBenchmarkStore open(DataSource database, ClinicKpiSchema schema) {
        return new JdbcBenchmarkStore(Database.open(database, schema));
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database cannot be read
     */
    @Override
    public Optional<byte[]> load(String vertical, YearMonth month) {
        return transactions.run("load benchmarks", Scope.noClinic(), connection -> load(connection, vertical, month));
    }

    private Optional<byte[]> load(Connection connection, String vertical, YearMonth month) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(database.sql(LOAD))) {
            query.setString(1, vertical);
            query.setInt(2, number(month));
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
            }
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database may not have kept it
     */
    @Override
    public boolean add(String vertical, YearMonth month, byte[] benchmarks) {
        return transactions.run(
                "keep benchmarks", Scope.noClinic(), connection -> add(connection, vertical, month, benchmarks));
    }

    /** Where somebody else adds them at the same time, it is done again, and then finds them there. */
    private boolean add(Connection connection, String vertical, YearMonth month, byte[] benchmarks)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(database.sql(ADD))) {
            insert.setString(1, vertical);
            insert.setInt(2, number(month));
            insert.setBytes(3, benchmarks);
            insert.setString(4, vertical);
            insert.setInt(5, number(month));
            return insert.executeUpdate() == 1;
        }
    }

    private static int number(YearMonth month) {
        return Math.toIntExact(month.getLong(ChronoField.PROLEPTIC_MONTH));
    }
}
