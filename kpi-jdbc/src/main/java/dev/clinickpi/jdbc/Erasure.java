package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog.SetAside;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.PatientErasure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Erases a patient or a clinic. A patient goes in one transaction under the clinic's row, so nothing is stored of him meanwhile, and whoever stores
 * afterwards finds him among the erased. His facts are set aside until they are counted nowhere any more. What a host's open transaction holds of him is not seen here; it is dropped when it is to be numbered. A clinic is
 * first marked, from when on nothing of it can be read or stored, and its rows are then deleted some at a time.
 */
final class Erasure {

    private static final int MOST_AT_ONCE = 5_000;

    static final String REMOVE_FACTS =
            "DELETE FROM {schema}.kpi_fact WHERE clinic_no = ?" + " AND fact_no = ANY (CAST(? AS BIGINT ARRAY))";
    static final String WAITING = "SELECT outbox_no, event_id, content FROM {schema}.kpi_outbox WHERE clinic_no = ?";
    private static final String CLEAR = "UPDATE {schema}.kpi_clinic SET erasures = erasures + 1, erasing_since = NULL,"
            + " facts = 0 WHERE clinic_no = ?";
    private static final String OF_ONE = "SELECT erasures FROM {schema}.kpi_clinic WHERE clinic = ?";
    private static final String OF_ALL =
            "SELECT clinic, erasures, clinic_no FROM {schema}.kpi_clinic WHERE erasures > 0";
    private static final List<String> OF_CLINIC = List.of(
            some("kpi_fact", "fact_no"),
            some("kpi_event_key", "event_id"),
            some("kpi_outbox", "outbox_no"),
            some("kpi_erasing", "fact_no"),
            some("kpi_forgotten", "entity"),
            some("kpi_erased", "entity").replace("WHERE", "WHERE kind > 0 AND"));

    private final Database database;
    private final Transactions transactions;
    private final ClinicRows clinics;
    private final ErasedEntities erased;
    private final SetAsideFacts setAside;

    Erasure(Database database, Transactions transactions, ClinicRows clinics) {
        this.database = database;
        this.transactions = transactions;
        this.clinics = clinics;
        this.erased = new ErasedEntities(database);
        this.setAside = new SetAsideFacts(database);
    }

    private static String some(String table, String column) {
        String where = " WHERE clinic_no = ?";
        return "DELETE FROM {schema}." + table + where + " AND " + column + " IN (SELECT " + column + " FROM {schema}."
                + table + where + " FETCH FIRST " + MOST_AT_ONCE + " ROWS ONLY)";
    }

    void erase(ClinicId clinic, long patient) {
        int clinicNo = number(clinic);
        transactions.run("erase a patient", Scope.of(clinic), connection -> {
            ClinicRows.Held held = Objects.requireNonNull(
                    clinics.hold(connection, List.of(clinicNo)).get(clinicNo));
            erase(connection, clinic, held, patient);
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

    private void erase(Connection connection, ClinicId clinic, ClinicRows.Held held, long patient) throws SQLException {
        int clinicNo = held.facts().clinicNo();
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
        long count = held.erasures() + 1;
        if (erased.add(connection, clinicNo, erasure.entities(), count) > 0) {
            setAside.put(connection, clinicNo, count, numbered(erasure.facts()));
            loseTrack(connection, clinic, clinicNo, erasure);
            remove(connection, clinicNo, erasure.facts());
        }
    }

    /**
     * A conversation that an appointment was of, as nothing but an erased fact says, while other facts of that appointment were forgotten: what the conversation
     * counts for cannot be told from its own facts, which looks as if it could once the erased one is gone.
     */
    private void loseTrack(Connection connection, ClinicId clinic, int clinicNo, PatientErasure erasure)
            throws SQLException {
        Map<EntityKey, Set<EntityKey>> conversations = new HashMap<>();
        for (Fact fact : erasure.facts().values()) {
            if (fact instanceof Fact.Appointment f && f.conversation() != null) {
                conversations
                        .computeIfAbsent(EntityKey.appointment(f.appointment()), key -> new HashSet<>())
                        .add(EntityKey.conversation(f.conversation()));
            }
        }
        if (!conversations.isEmpty()) {
            Retention.ForgottenEntities lost = new Retention.ForgottenEntities();
            Set<EntityKey> forgotten = new FactQueries(database)
                    .of(connection, clinic, clinicNo, conversations.keySet())
                    .forgotten();
            for (EntityKey appointment : forgotten) {
                for (EntityKey conversation : Objects.requireNonNull(conversations.get(appointment))) {
                    if (!erasure.entities().contains(conversation)) {
                        lost.add(clinicNo, conversation);
                    }
                }
            }
            lost.insert(connection, database);
        }
    }

    private static Long[] numbered(Map<Long, Fact> facts) {
        return facts.keySet().stream().filter(place -> place > 0).toArray(Long[]::new);
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
        Long[] outboxNos = facts.keySet().stream()
                .filter(place -> place < 0)
                .map(place -> -place)
                .toArray(Long[]::new);
        remove(connection, REMOVE_FACTS, clinicNo, numbered(facts));
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

    private void clear(Connection connection, int clinicNo) throws SQLException {
        try (PreparedStatement clear = connection.prepareStatement(database.sql(CLEAR))) {
            clear.setInt(1, clinicNo);
            clear.executeUpdate();
        }
    }

    /** What was erased after a count. */
    SetAside setAside(ClinicId clinic, long after) {
        int clinicNo = clinics.number(clinic);
        return transactions.run(
                "find what was erased",
                Scope.of(clinic),
                connection -> setAside.after(connection, clinic, clinicNo, after));
    }

    /** The clinics that something is set aside of. */
    Set<ClinicId> setAside() {
        return transactions.run("find what was erased", Scope.everyClinic(), setAside::clinics);
    }

    /** Deletes what was erased up to a count. */
    void deleteSetAside(ClinicId clinic, long upTo) {
        int clinicNo = clinics.number(clinic);
        if (clinicNo > 0) {
            transactions.run("delete what was erased", Scope.of(clinic), connection -> {
                clinics.hold(connection, List.of(clinicNo));
                setAside.delete(connection, clinicNo, upTo);
                return true;
            });
        }
    }

    void eraseClinic(ClinicId clinic) {
        int clinicNo = number(clinic);
        transactions.run("erase a clinic", Scope.of(clinic), connection -> {
            clinics.hold(connection, List.of(clinicNo));
            if (erased.addClinic(connection, clinicNo)) {
                clear(connection, clinicNo);
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
