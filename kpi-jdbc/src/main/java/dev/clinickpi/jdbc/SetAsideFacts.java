package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog.SetAside;
import dev.clinickpi.event.Fact;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was erased and is kept apart until it is counted nowhere any more. Whoever sets aside or deletes holds the clinic's row. */
final class SetAsideFacts {

    static final String PUT = "INSERT INTO {schema}.kpi_erasing (clinic_no, fact_no, erasure, event_id, content)"
            + " SELECT f.clinic_no, f.fact_no, CAST(? AS BIGINT), f.event_id, f.content FROM {schema}.kpi_fact f"
            + " WHERE f.clinic_no = ? AND f.fact_no = ANY (CAST(? AS BIGINT ARRAY))";
    private static final String COUNT =
            "UPDATE {schema}.kpi_clinic SET erasing_since = COALESCE(erasing_since, erasures),"
                    + " erasures = erasures + 1 WHERE clinic_no = ?";
    private static final String CLINICS = "SELECT clinic FROM {schema}.kpi_clinic WHERE erasing_since IS NOT NULL";
    private static final String REACH =
            "SELECT erasures, COALESCE(erasing_since, erasures) FROM {schema}.kpi_clinic WHERE clinic_no = ?";
    private static final String ENTITIES = "SELECT kind, entity FROM {schema}.kpi_erased"
            + " WHERE clinic_no = ? AND kind > 0 AND erasure > ? AND erasure <= ?";
    private static final String FACTS = "SELECT fact_no, event_id, content FROM {schema}.kpi_erasing"
            + " WHERE clinic_no = ? AND erasure > ? AND erasure <= ?";
    private static final String DELETE = "DELETE FROM {schema}.kpi_erasing WHERE clinic_no = ? AND erasure <= ?";

    /** Of what retention has forgotten of a patient, this is all that is left. Until now it told that not all of the patient can be folded. */
    private static final String FORGET_PATIENTS = "DELETE FROM {schema}.kpi_forgotten WHERE clinic_no = ? AND kind = "
            + EntityKinds.number(EntityKey.Kind.PATIENT)
            + " AND entity IN (SELECT e.entity FROM {schema}.kpi_erased e WHERE e.clinic_no = ? AND e.kind = "
            + EntityKinds.number(EntityKey.Kind.PATIENT) + " AND e.erasure <= ?)";

    private static final String SINCE = "UPDATE {schema}.kpi_clinic SET erasing_since ="
            + " CASE WHEN erasures <= CAST(? AS BIGINT) THEN NULL ELSE CAST(? AS BIGINT) END"
            + " WHERE clinic_no = ? AND erasing_since < ?";

    private final Database database;

    SetAsideFacts(Database database) {
        this.database = database;
    }

    /** Copies numbered facts and counts an erasure, under which they stand. */
    void put(Connection connection, int clinicNo, long erasure, Long[] factNos) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(database.sql(PUT))) {
            put.setLong(1, erasure);
            put.setInt(2, clinicNo);
            SqlColumns columns = new SqlColumns(connection, put, 3).longs((Object[]) factNos);
            put.executeUpdate();
            columns.free();
        }
        try (PreparedStatement count = connection.prepareStatement(database.sql(COUNT))) {
            count.setInt(1, clinicNo);
            count.executeUpdate();
        }
    }

    /** The clinics that something is set aside of. */
    Set<ClinicId> clinics(Connection connection) throws SQLException {
        Set<ClinicId> clinics = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(database.sql(CLINICS));
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                clinics.add(ClinicId.of(rows.getString(1)));
            }
        }
        return clinics;
    }

    /** What was erased after a count, up to the one that is read first: a later one of meanwhile is left for the next time. */
    SetAside after(Connection connection, ClinicId clinic, int clinicNo, long count) throws SQLException {
        long erasures = 0;
        long since = 0;
        try (PreparedStatement query = connection.prepareStatement(database.sql(REACH))) {
            query.setInt(1, clinicNo);
            try (ResultSet rows = query.executeQuery()) {
                if (rows.next()) {
                    erasures = rows.getLong(1);
                    since = rows.getLong(2);
                }
            }
        }
        return new SetAside(
                since,
                erasures,
                entities(connection, clinicNo, count, erasures),
                facts(connection, clinic, clinicNo, count, erasures));
    }

    private Set<EntityKey> entities(Connection connection, int clinicNo, long after, long upTo) throws SQLException {
        Set<EntityKey> entities = new HashSet<>();
        try (PreparedStatement query = asked(connection, ENTITIES, clinicNo, after, upTo);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                entities.add(new EntityKey(EntityKinds.of(rows.getInt(1)), rows.getLong(2)));
            }
        }
        return entities;
    }

    private SortedMap<Long, Fact> facts(Connection connection, ClinicId clinic, int clinicNo, long after, long upTo)
            throws SQLException {
        long first = FactRange.of(clinicNo, 0).from();
        SortedMap<Long, Fact> facts = new TreeMap<>();
        try (PreparedStatement query = asked(connection, FACTS, clinicNo, after, upTo)) {
            FactQueries.facts(clinic, query).forEach((factNo, fact) -> facts.put(factNo - first, fact));
        }
        return facts;
    }

    private PreparedStatement asked(Connection connection, String sql, int clinicNo, long after, long upTo)
            throws SQLException {
        PreparedStatement query = connection.prepareStatement(database.sql(sql));
        query.setInt(1, clinicNo);
        query.setLong(2, after);
        query.setLong(3, upTo);
        return query;
    }

    /** Deletes what was erased up to a count. */
    void delete(Connection connection, int clinicNo, long upTo) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(database.sql(DELETE))) {
            delete.setInt(1, clinicNo);
            delete.setLong(2, upTo);
            delete.executeUpdate();
        }
        try (PreparedStatement forget = connection.prepareStatement(database.sql(FORGET_PATIENTS))) {
            forget.setInt(1, clinicNo);
            forget.setInt(2, clinicNo);
            forget.setLong(3, upTo);
            forget.executeUpdate();
        }
        try (PreparedStatement since = connection.prepareStatement(database.sql(SINCE))) {
            since.setLong(1, upTo);
            since.setLong(2, upTo);
            since.setInt(3, clinicNo);
            since.setLong(4, upTo);
            since.executeUpdate();
        }
    }
}
