package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.FactCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is asked of the log. */
final class FactQueries {

    private static final String COUNT = "SELECT facts FROM {schema}.kpi_clinic WHERE clinic_no = ?";
    static final String ENDS = "SELECT c.clinic, c.clinic_no, c.facts, c.floor, w.clinic_no FROM {schema}.kpi_clinic c"
            + " LEFT JOIN (SELECT DISTINCT clinic_no FROM {schema}.kpi_outbox) w ON w.clinic_no = c.clinic_no";
    static final String BETWEEN =
            "SELECT fact_no, event_id, content FROM {schema}.kpi_fact WHERE fact_no >= ? AND fact_no < ?"
                    + Database.ASKED_ANEW + " ORDER BY fact_no FETCH FIRST ? ROWS ONLY";

    /** A page for whoever goes by an earlier count of erasures: both halves have all that it may need. */
    static final String BETWEEN_WITH_ERASED = "(" + BETWEEN + ") UNION ALL (SELECT fact_no, event_id, content FROM"
            + " {schema}.kpi_erasing WHERE clinic_no = ? AND erasure > ? AND fact_no >= ? AND fact_no < ?"
            + Database.ASKED_ANEW + " ORDER BY fact_no FETCH FIRST ? ROWS ONLY)";

    /** All of the clinic, since it is little and soon gone. */
    private static final String ERASED =
            "SELECT fact_no, event_id, content FROM {schema}.kpi_erasing WHERE clinic_no = ? AND erasure > ?";

    private static final String FACTS = "SELECT f.fact_no, f.event_id, f.content FROM ";

    private static final String ON_POSTGRESQL =
            FACTS + "{schema}.kpi_fact f WHERE f.{column} = ANY (CAST(? AS BIGINT ARRAY)) AND f.clinic_no = ?";

    /** A join, since H2 would walk all facts of the clinic for {@code = ANY (?)}: the id is not the first column of the index. */
    private static final String ON_H2 = FACTS + "UNNEST(CAST(? AS BIGINT ARRAY)) AS asked (id)"
            + " JOIN {schema}.kpi_fact f ON f.{column} = asked.id AND f.clinic_no = ?";

    private static final String FORGOTTEN_ON_POSTGRESQL =
            "SELECT -g.kind, g.entity, CAST(NULL AS BYTEA) FROM {schema}.kpi_forgotten g"
                    + " WHERE g.entity = ANY (CAST(? AS BIGINT ARRAY)) AND g.clinic_no = ?";

    private static final String FORGOTTEN_ON_H2 =
            "SELECT -g.kind, g.entity, CAST(NULL AS VARBINARY) FROM UNNEST(CAST(? AS BIGINT ARRAY)) AS asked (id)"
                    + " JOIN {schema}.kpi_forgotten g ON g.entity = asked.id AND g.clinic_no = ?";

    /** No count is later: nothing that was set aside is found. */
    static final long NOTHING_ERASED = Long.MAX_VALUE;

    private final Database database;

    FactQueries(Database database) {
        this.database = database;
    }

    /**
     * One question for entities of all kinds, for what has been set aside, and for whether facts of them have been forgotten: those come as rows of a number
     * below 0, which tells the kind. A fact that bears the ids of several may come several times.
     */
    static String byEntity(Dialect dialect) {
        boolean h2 = dialect == Dialect.H2;
        Stream<String> ofKinds = Stream.of("conversation", "appointment", "patient")
                .map(column -> (h2 ? ON_H2 : ON_POSTGRESQL).replace("{column}", column));
        return Stream.concat(ofKinds, Stream.of(h2 ? FORGOTTEN_ON_H2 : FORGOTTEN_ON_POSTGRESQL, ERASED))
                .map(part -> part + Database.ASKED_ANEW)
                .collect(Collectors.joining(" UNION ALL "));
    }

    /** Where a clinic's facts lie. */
    FactRange rangeOf(Connection connection, int clinicNo) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(database.sql(COUNT))) {
            query.setInt(1, clinicNo);
            try (ResultSet rows = query.executeQuery()) {
                return FactRange.of(clinicNo, rows.next() ? rows.getLong(1) : 0);
            }
        }
    }

    /**
     * The first of a clinic's facts, from a number on, within a range.
     *
     * @param erasures the count of erasures to go by: what was set aside under a later one is among them
     */
    SortedMap<Long, Fact> between(
            Connection connection, ClinicId clinic, FactRange range, long from, long erasures, int most)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(database.sql(BETWEEN_WITH_ERASED))) {
            query.setLong(1, from);
            query.setLong(2, range.to());
            query.setInt(3, most);
            query.setInt(4, range.clinicNo());
            query.setLong(5, erasures);
            query.setLong(6, from);
            query.setLong(7, range.to());
            query.setInt(8, most);
            SortedMap<Long, Fact> facts = facts(clinic, query);
            while (facts.size() > most) {
                facts.remove(facts.lastKey());
            }
            return facts;
        }
    }

    /**
     * What the log has of some entities.
     *
     * @param facts those that bear the id of one of them, by number
     * @param forgotten those of the entities that it has forgotten facts of
     */
    record OfEntities(SortedMap<Long, Fact> facts, Set<EntityKey> forgotten) {}

    OfEntities of(Connection connection, ClinicId clinic, int clinicNo, Set<EntityKey> entities) throws SQLException {
        return of(connection, clinic, clinicNo, entities, NOTHING_ERASED);
    }

    /** @param erasures the count of erasures to go by: what was set aside under a later one is among the facts */
    OfEntities of(Connection connection, ClinicId clinic, int clinicNo, Set<EntityKey> entities, long erasures)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(database.sql(byEntity(database.dialect())))) {
            int parameter = 1;
            for (EntityKey.Kind kind : FactRows.KINDS) {
                parameter = ask(connection, query, parameter, clinicNo, entity -> entity.kind() == kind, entities);
            }
            parameter = ask(connection, query, parameter, clinicNo, entity -> true, entities);
            query.setInt(parameter, clinicNo);
            query.setLong(parameter + 1, erasures);
            OfEntities found = new OfEntities(new TreeMap<>(), new HashSet<>());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    long factNo = rows.getLong(1);
                    if (factNo < 0) {
                        found.forgotten.add(new EntityKey(EntityKinds.of(-factNo), rows.getLong(2)));
                    } else {
                        putNew(found.facts, clinic, rows);
                    }
                }
            }
            // Asked for by id alone: one of another kind may have the same.
            found.forgotten.retainAll(entities);
            found.facts.values().removeIf(fact -> Collections.disjoint(fact.entities(), entities));
            return found;
        }
    }

    private static int ask(
            Connection connection,
            PreparedStatement query,
            int parameter,
            int clinicNo,
            Predicate<EntityKey> asked,
            Set<EntityKey> entities)
            throws SQLException {
        Object[] ids = entities.stream().filter(asked).map(EntityKey::id).toArray();
        query.setArray(parameter, connection.createArrayOf("bigint", ids));
        query.setInt(parameter + 1, clinicNo);
        return parameter + 2;
    }

    /**
     * How far the log has come.
     *
     * @param counts how many facts each clinic has that has any
     * @param waiting the clinics that facts wait of in the outbox
     */
    record Ends(Map<ClinicId, Long> counts, Set<ClinicId> waiting) {}

    /** @param clinics comes to know numbers and floor */
    Ends ends(Connection connection, ClinicRows clinics) throws SQLException {
        Ends ends = new Ends(new HashMap<>(), new HashSet<>());
        try (PreparedStatement query = connection.prepareStatement(database.sql(ENDS));
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                ClinicId clinic = ClinicId.of(rows.getString(1));
                clinics.know(clinic, rows.getInt(2));
                clinics.knowFloor(rows.getLong(4));
                if (rows.getLong(3) > 0) {
                    ends.counts.put(clinic, rows.getLong(3));
                }
                if (rows.getInt(5) != 0) {
                    ends.waiting.add(clinic);
                }
            }
        }
        return ends;
    }

    static SortedMap<Long, Fact> facts(ClinicId clinic, PreparedStatement query) throws SQLException {
        SortedMap<Long, Fact> facts = new TreeMap<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                putNew(facts, clinic, rows);
            }
        }
        return facts;
    }

    private static void putNew(SortedMap<Long, Fact> facts, ClinicId clinic, ResultSet rows) throws SQLException {
        long factNo = rows.getLong(1);
        if (!facts.containsKey(factNo)) {
            facts.put(factNo, decode(clinic, rows.getLong(2), rows.getBytes(3), "kpi_fact"));
        }
    }

    static Fact decode(ClinicId clinic, long id, byte[] content, String table) {
        try {
            return FactCodec.decode(clinic, id, content);
        } catch (IllegalArgumentException e) {
            throw JdbcStoreException.damaged(JdbcEventLog.STORE, table, e);
        }
    }
}
