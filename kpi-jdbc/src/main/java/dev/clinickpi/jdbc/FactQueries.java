package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.FactCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is asked of the log. */
final class FactQueries {

    private static final String RANGE = "SELECT clinic_no, facts FROM {schema}.kpi_clinic WHERE clinic = ?";
    private static final String ENDS = "SELECT clinic, facts FROM {schema}.kpi_clinic";
    static final String BETWEEN =
            "SELECT fact_no, event_id, content FROM {schema}.kpi_fact WHERE fact_no >= ? AND fact_no < ? ORDER BY fact_no";

    private final Database database;

    FactQueries(Database database) {
        this.database = database;
    }

    /** Where a clinic's facts lie; nowhere when it has none. */
    FactRange rangeOf(Connection connection, ClinicId clinic) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(database.sql(RANGE))) {
            query.setString(1, clinic.value());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? FactRange.of(rows.getInt(1), rows.getLong(2)) : FactRange.NONE;
            }
        }
    }

    /** Those that lie at numbers from {@code from} to below {@code to}. */
    SortedMap<Long, Fact> between(Connection connection, ClinicId clinic, long from, long to) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(database.sql(BETWEEN))) {
            query.setLong(1, from);
            query.setLong(2, to);
            return facts(clinic, query);
        }
    }

    /** Those that bear the id of an entity. */
    SortedMap<Long, Fact> of(Connection connection, ClinicId clinic, EntityKey entity) throws SQLException {
        FactRange range = rangeOf(connection, clinic);
        try (PreparedStatement query = connection.prepareStatement(database.sql(byEntity(entity.kind())))) {
            query.setInt(1, range.clinicNo());
            query.setLong(2, entity.id());
            return facts(clinic, query);
        }
    }

    static String byEntity(EntityKey.Kind kind) {
        return "SELECT fact_no, event_id, content FROM {schema}.kpi_fact WHERE clinic_no = ? AND " + column(kind)
                + " = ?";
    }

    private static String column(EntityKey.Kind kind) {
        return switch (kind) {
            case CONVERSATION -> "conversation";
            case APPOINTMENT -> "appointment";
            case PATIENT -> "patient";
        };
    }

    /** How many facts each clinic has. */
    Map<ClinicId, Long> ends(Connection connection) throws SQLException {
        Map<ClinicId, Long> ends = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(database.sql(ENDS));
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                ends.put(ClinicId.of(rows.getString(1)), rows.getLong(2));
            }
        }
        return ends;
    }

    private static SortedMap<Long, Fact> facts(ClinicId clinic, PreparedStatement query) throws SQLException {
        SortedMap<Long, Fact> facts = new TreeMap<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                facts.put(rows.getLong(1), decode(clinic, rows.getLong(2), rows.getBytes(3)));
            }
        }
        return facts;
    }

    static Fact decode(ClinicId clinic, long id, byte[] content) {
        try {
            return FactCodec.decode(clinic, id, content);
        } catch (IllegalArgumentException e) {
            throw JdbcStoreException.damaged(JdbcEventLog.STORE, "kpi_fact", e);
        }
    }
}
