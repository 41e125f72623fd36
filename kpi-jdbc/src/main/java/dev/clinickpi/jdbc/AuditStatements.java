package dev.clinickpi.jdbc;

import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditStore;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What is asked of the table of the audit log. */
final class AuditStatements {

    private static final String COLUMNS = "(at, nanos, principal, role, action, clinic, detail";
    /** PostgreSQL numbers the record itself. */
    private static final String INSERT = "INSERT INTO {schema}.kpi_audit " + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?)";

    private static final String INSERT_NUMBERED =
            "INSERT INTO {schema}.kpi_audit " + COLUMNS + ", audit_no) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final int NUMBER = 8;

    private static final String HOLD = "UPDATE {schema}.kpi_audit_head SET last_no = last_no";
    private static final String LAST = "SELECT last_no FROM {schema}.kpi_audit_head";
    private static final String MOVE = "UPDATE {schema}.kpi_audit_head SET last_no = ?";

    private static final String SELECT =
            "SELECT audit_no, at, nanos, principal, role, action, clinic, detail FROM {schema}.kpi_audit WHERE ";
    static final String ALL = SELECT + "audit_no >= ? ORDER BY audit_no LIMIT ?";
    static final String OF_CLINIC = SELECT + "clinic = ? AND audit_no >= ? ORDER BY audit_no LIMIT ?";

    private final Database database;

    AuditStatements(Database database) {
        this.database = database;
    }

    void write(Connection connection, AuditRecord record) throws SQLException {
        if (database.dialect() == Dialect.POSTGRESQL) {
            try (PreparedStatement insert = connection.prepareStatement(database.sql(INSERT))) {
                set(insert, record);
                insert.executeUpdate();
            }
            return;
        }
        long number = hold(connection) + 1;
        try (PreparedStatement insert = connection.prepareStatement(database.sql(INSERT_NUMBERED));
                PreparedStatement move = connection.prepareStatement(database.sql(MOVE))) {
            set(insert, record);
            insert.setLong(NUMBER, number);
            insert.executeUpdate();
            move.setLong(1, number);
            move.executeUpdate();
        }
    }

    /**
     * Holds the head to the end of the transaction, and gives the number that stands there. An update that changes nothing holds it: a query that waits for the row
     * may give what was there before.
     */
    private long hold(Connection connection) throws SQLException {
        try (PreparedStatement hold = connection.prepareStatement(database.sql(HOLD));
                PreparedStatement last = connection.prepareStatement(database.sql(LAST))) {
            hold.executeUpdate();
            try (ResultSet rows = last.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static void set(PreparedStatement insert, AuditRecord record) throws SQLException {
        ClinicId clinic = record.clinic();
        Instant micros = record.at().truncatedTo(ChronoUnit.MICROS);
        insert.setObject(1, micros.atOffset(ZoneOffset.UTC));
        insert.setInt(2, (int) ChronoUnit.NANOS.between(micros, record.at()));
        insert.setString(3, record.principal());
        insert.setString(4, record.role().name());
        insert.setString(5, record.action().name());
        insert.setString(6, clinic == null ? null : clinic.value());
        insert.setString(7, record.detail());
    }

    List<AuditStore.Entry> read(Connection connection, long from, int limit) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(database.sql(ALL))) {
            query.setLong(1, from);
            query.setInt(2, limit);
            return entries(query);
        }
    }

    List<AuditStore.Entry> read(Connection connection, ClinicId clinic, long from, int limit) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(database.sql(OF_CLINIC))) {
            query.setString(1, clinic.value());
            query.setLong(2, from);
            query.setInt(3, limit);
            return entries(query);
        }
    }

    private static List<AuditStore.Entry> entries(PreparedStatement query) throws SQLException {
        List<AuditStore.Entry> entries = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                entries.add(new AuditStore.Entry(rows.getLong(1), record(rows)));
            }
        }
        return entries;
    }

    private static AuditRecord record(ResultSet rows) throws SQLException {
        Instant at = rows.getObject(2, OffsetDateTime.class).toInstant().plusNanos(rows.getInt(3));
        String clinic = rows.getString(7);
        try {
            return new AuditRecord(
                    at,
                    rows.getString(4),
                    Role.valueOf(rows.getString(5)),
                    AuditRecord.Action.valueOf(rows.getString(6)),
                    clinic == null ? null : ClinicId.of(clinic),
                    rows.getString(8));
        } catch (IllegalArgumentException e) {
            throw JdbcStoreException.laterRecord(JdbcAuditStore.STORE, rows.getLong(1), e);
        }
    }
}
