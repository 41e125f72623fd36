package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.PatientErasure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Erases a patient or a clinic. A patient goes in one transaction under the clinic's row, so nothing is stored of him meanwhile, and whoever stores
 * afterwards finds him among the erased. What a host's open transaction holds of him is not seen here; it is dropped when it is to be numbered. A clinic is
 * first marked, from when on nothing of it can be read or stored, and its rows are then deleted some at a time.
 */
final class Erasure {

    private static final int MOST_AT_ONCE = 5_000;

    static final String REMOVE_FACTS =
            "DELETE FROM {schema}.kpi_fact WHERE clinic_no = ?" + " AND fact_no = ANY (CAST(? AS BIGINT ARRAY))";
    static final String WAITING = "SELECT outbox_no, event_id, content FROM {schema}.kpi_outbox WHERE clinic_no = ?";
    private static final String FORGET_FORGOTTEN =
            "DELETE FROM {schema}.kpi_forgotten WHERE clinic_no = ? AND entity = ? AND kind = ?";
    private static final String COUNT_ERASURE =
            "UPDATE {schema}.kpi_clinic SET erasures = erasures + 1 WHERE clinic_no = ?";
    private static final String CLEAR =
            "UPDATE {schema}.kpi_clinic SET erasures = erasures + 1, facts = 0 WHERE clinic_no = ?";
    private static final String OF_ONE = "SELECT erasures FROM {schema}.kpi_clinic WHERE clinic = ?";
    private static final String OF_ALL =
            "SELECT clinic, erasures, clinic_no FROM {schema}.kpi_clinic WHERE erasures > 0";
    private static final List<String> OF_CLINIC = List.of(
            some("kpi_fact", "fact_no"),
            some("kpi_event_key", "event_id"),
            some("kpi_outbox", "outbox_no"),
            some("kpi_forgotten", "entity"),
            some("kpi_erased", "entity").replace("WHERE", "WHERE kind > 0 AND"));

    private final Database database;
    private final Transactions transactions;
    private final ClinicRows clinics;
    private final ErasedEntities erased;

    Erasure(Database database, Transactions transactions, ClinicRows clinics) {
        this.database = database;
        this.transactions = transactions;
        this.clinics = clinics;
        this.erased = new ErasedEntities(database);
    }

    private static String some(String table, String column) {
        String where = " WHERE clinic_no = ?";
        return "DELETE FROM {schema}." + table + where + " AND " + column + " IN (SELECT " + column + " FROM {schema}."
                + table + where + " FETCH FIRST " + MOST_AT_ONCE + " ROWS ONLY)";
    }

    void erase(ClinicId clinic, long patient) {
        int clinicNo = number(clinic);
        transactions.run("erase a patient", Scope.of(clinic), connection -> {
            clinics.hold(connection, List.of(clinicNo));
            erase(connection, clinic, clinicNo, patient);
            return true;
        });
        knowErasures(clinic, clinicNo);
    }

    /** For this process's outboxes, which hold no clinic and so would not find out. */
    private void knowErasures(ClinicId clinic, int clinicNo) {
        clinics.knowErasures(
                clinicNo,
                transactions.run("find what was erased", Scope.of(clinic), connection -> erasures(connection, clinic)));
    }

    /** One that is not known yet gets a row, for what is refused to refer to. */
    private int number(ClinicId clinic) {
        return Objects.requireNonNull(clinics.numbers(Set.of(clinic)).get(clinic));
    }

    private void erase(Connection connection, ClinicId clinic, int clinicNo, long patient) throws SQLException {
        FactQueries queries = new FactQueries(database);
        Map<Long, Fact> waiting = waiting(connection, clinic, clinicNo);
        PatientErasure erasure = PatientErasure.of(patient, entities -> {
            Map<Long, Fact> facts = new HashMap<>(
                    queries.of(connection, clinic, clinicNo, entities).facts());
            waiting.forEach((place, fact) -> {
                if (!Collections.disjoint(fact.entities(), entities)) {
                    facts.put(place, fact);
                }
            });
            return facts;
        });
        remove(connection, clinicNo, erasure.facts());
        forget(connection, clinicNo, patient);
        if (erased.add(connection, clinicNo, erasure.entities()) > 0) {
            count(connection, COUNT_ERASURE, clinicNo);
        }
    }

    /** What waits in the outbox, at places below 0: of its facts alone the rows do not say whose they are. */
    private Map<Long, Fact> waiting(Connection connection, ClinicId clinic, int clinicNo) throws SQLException {
        Map<Long, Fact> waiting = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(database.sql(WAITING))) {
            query.setInt(1, clinicNo);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    waiting.put(
                            -rows.getLong(1),
                            FactQueries.decode(clinic, rows.getLong(2), rows.getBytes(3), "kpi_outbox"));
                }
            }
        }
        return waiting;
    }

    private void remove(Connection connection, int clinicNo, Map<Long, Fact> facts) throws SQLException {
        Long[] factNos = facts.keySet().stream().filter(place -> place > 0).toArray(Long[]::new);
        Long[] outboxNos = facts.keySet().stream()
                .filter(place -> place < 0)
                .map(place -> -place)
                .toArray(Long[]::new);
        remove(connection, REMOVE_FACTS, clinicNo, factNos);
        remove(connection, Numbering.REMOVE, clinicNo, outboxNos);
        new EventKeys(database)
                .remove(
                        connection,
                        facts.values().stream()
                                .map(fact -> new EventKey(clinicNo, fact.id()))
                                .toList());
    }

    private void remove(Connection connection, String sql, int clinicNo, Long[] numbers) throws SQLException {
        try (PreparedStatement remove = connection.prepareStatement(database.sql(sql))) {
            remove.setInt(1, clinicNo);
            SqlColumns columns = new SqlColumns(connection, remove, 2).longs((Object[]) numbers);
            remove.executeUpdate();
            columns.free();
        }
    }

    /** Of what retention has forgotten of the patient, this is all that is left. */
    private void forget(Connection connection, int clinicNo, long patient) throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement(database.sql(FORGET_FORGOTTEN))) {
            forget.setInt(1, clinicNo);
            forget.setLong(2, patient);
            forget.setInt(3, EntityKinds.number(EntityKey.Kind.PATIENT));
            forget.executeUpdate();
        }
    }

    private void count(Connection connection, String sql, int clinicNo) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(database.sql(sql))) {
            count.setInt(1, clinicNo);
            count.executeUpdate();
        }
    }

    void eraseClinic(ClinicId clinic) {
        int clinicNo = number(clinic);
        transactions.run("erase a clinic", Scope.of(clinic), connection -> {
            clinics.hold(connection, List.of(clinicNo));
            if (erased.addClinic(connection, clinicNo)) {
                count(connection, CLEAR, clinicNo);
            }
            return true;
        });
        knowErasures(clinic, clinicNo);
        for (String table : OF_CLINIC) {
            int removed = MOST_AT_ONCE;
            while (removed >= MOST_AT_ONCE) {
                removed = transactions.run(
                        "erase a clinic", Scope.of(clinic), connection -> removeSome(connection, table, clinicNo));
            }
        }
    }

    private int removeSome(Connection connection, String sql, int clinicNo) throws SQLException {
        try (PreparedStatement remove = connection.prepareStatement(database.sql(sql))) {
            remove.setInt(1, clinicNo);
            remove.setInt(2, clinicNo);
            return remove.executeUpdate();
        }
    }

    /** How often something of a clinic has been erased. */
    long erasures(Connection connection, ClinicId clinic) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(database.sql(OF_ONE))) {
            query.setString(1, clinic.value());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    /** How often something of each clinic has been erased, where it was. */
    Map<ClinicId, Long> erasures(Connection connection) throws SQLException {
        Map<ClinicId, Long> erasures = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(database.sql(OF_ALL));
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                clinics.knowErasures(rows.getInt(3), rows.getLong(2));
                erasures.put(ClinicId.of(rows.getString(1)), rows.getLong(2));
            }
        }
        return erasures;
    }
}
