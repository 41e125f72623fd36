package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.Fact;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.KeptCells;
import dev.clinickpi.store.Standing;
import dev.clinickpi.store.StoredEntity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the tables. A statement sees one moment of the database whatever the isolation level is, so each question is one statement: rows of
 * several kinds, of which the first column tells. On H2 that holds of a union whose parts are all {@link Database#ASKED_ANEW}.
 */
final class CheckpointQueries {

    private static final int CLINIC = 0;
    private static final int DAY = 1;

    private static final String OF_CLINIC =
            " FROM {schema}.kpi_clinic k JOIN {schema}.kpi_checkpoint p ON p.clinic_no = k.clinic_no";
    private static final String AND_SHARD =
            " JOIN {schema}.kpi_shard s ON s.shard = p.shard WHERE k.clinic = ?" + Database.ASKED_ANEW;
    /**
     * The clinic's own where it was saved in a piece of what had changed: the shard stands at it with the last piece only. What time has changed of a clinic since
     * is not in it, whatever moment its shard has come to.
     */
    private static final String AS_OF = "CASE WHEN s.as_of <= p.as_of THEN p.as_of"
            + " WHEN s.as_of < p.wake_at THEN s.as_of ELSE p.wake_at - 1 END";

    static final String LOAD = "SELECT 0, p.position, p.newest, p.wake_at, " + AS_OF + ", p.fingerprint, p.ahead"
            + OF_CLINIC + AND_SHARD
            + " UNION ALL SELECT 1, d.utc_day, NULL, NULL, NULL, NULL, d.cells"
            + " FROM {schema}.kpi_clinic k JOIN {schema}.kpi_day d ON d.clinic_no = k.clinic_no WHERE k.clinic = ?"
            + Database.ASKED_ANEW
            + " UNION ALL SELECT 2, e.kind, e.entity, e.open_message_at, NULL, NULL, e.state"
            + " FROM {schema}.kpi_clinic k JOIN {schema}.kpi_entity e ON e.clinic_no = k.clinic_no WHERE k.clinic = ?"
            + Database.ASKED_ANEW;

    /**
     * The window is subtracted here, since the moment is known only here; both are whole milliseconds. Days that have changed are all days where the clinic was folded
     * anew since.
     */
    static final String READ = "SELECT 0, p.version, p.whole_since, (SELECT COUNT(*) FROM {schema}.kpi_entity e"
            + " WHERE e.clinic_no = p.clinic_no AND e.open_message_at > " + AS_OF + " - ?), " + AS_OF
            + ", p.fingerprint, CAST(NULL AS BYTEA)" + OF_CLINIC + AND_SHARD
            + " UNION ALL SELECT 1, d.utc_day, NULL, NULL, NULL, NULL, d.cells FROM {schema}.kpi_day d"
            + " WHERE d.clinic_no = (SELECT k.clinic_no FROM {schema}.kpi_clinic k WHERE k.clinic = ?)"
            + " AND d.version > ?" + Database.ASKED_ANEW;

    static final String STANDINGS = "SELECT k.clinic, p.position, p.wake_at, p.fingerprint" + OF_CLINIC;

    private static final int FINGERPRINT = 6;
    private static final int BYTES = 7;

    private final Database database;

    CheckpointQueries(Database database) {
        this.database = database;
    }

    Optional<Checkpoint> load(Connection connection, ClinicId clinic) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(database.sql(LOAD))) {
            query.setString(1, clinic.value());
            query.setString(2, clinic.value());
            query.setString(3, clinic.value());
            try (ResultSet rows = query.executeQuery()) {
                return checkpoint(clinic, rows);
            }
        }
    }

    private static Optional<Checkpoint> checkpoint(ClinicId clinic, ResultSet rows) throws SQLException {
        Head head = null;
        Map<Long, byte[]> days = new HashMap<>();
        List<StoredEntity> entities = new ArrayList<>();
        while (rows.next()) {
            switch (rows.getInt(1)) {
                case CLINIC -> head = Head.of(rows);
                case DAY -> addDay(rows, days, false);
                default -> entities.add(entity(rows));
            }
        }
        if (head == null) {
            return Optional.empty();
        }
        return Optional.of(new Checkpoint(
                clinic,
                head.fingerprint,
                head.first,
                Instant.ofEpochMilli(head.asOf),
                head.second,
                head.third,
                true,
                days,
                entities,
                ahead(clinic, head.bytes)));
    }

    /** The row of the clinic itself: three numbers of which each question has its own, and what both ask for. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Head(long first, long second, long third, long asOf, String fingerprint, byte @Nullable [] bytes) {

        static Head of(ResultSet rows) throws SQLException {
            return new Head(
                    rows.getLong(2),
                    rows.getLong(3),
                    rows.getLong(4),
                    rows.getLong(5),
                    rows.getString(FINGERPRINT),
                    rows.getBytes(BYTES));
        }
    }

    private static void addDay(ResultSet rows, Map<Long, byte[]> days, boolean alsoEmpty) throws SQLException {
        byte[] cells = rows.getBytes(BYTES);
        if (alsoEmpty || cells.length > 0) {
            days.put(rows.getLong(2), cells);
        }
    }

    private static StoredEntity entity(ResultSet rows) throws SQLException {
        long openMessageAt = rows.getLong(4);
        boolean isOpen = !rows.wasNull();
        try {
            EntityKey key = new EntityKey(EntityKinds.of(rows.getLong(2)), rows.getLong(3));
            return new StoredEntity(key, rows.getBytes(BYTES), isOpen ? openMessageAt : null);
        } catch (IllegalArgumentException e) {
            throw JdbcStoreException.damaged(JdbcCellStore.STORE, "kpi_entity", e);
        }
    }

    private static List<Fact> ahead(ClinicId clinic, byte @Nullable [] encoded) {
        try {
            return encoded == null ? List.of() : FactsAhead.decode(clinic, encoded);
        } catch (IllegalArgumentException e) {
            throw JdbcStoreException.damaged(JdbcCellStore.STORE, "kpi_checkpoint", e);
        }
    }

    Optional<KeptCells> read(Connection connection, ClinicId clinic, long since, long activeWindowMs)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(database.sql(READ))) {
            query.setLong(1, activeWindowMs);
            query.setString(2, clinic.value());
            query.setString(3, clinic.value());
            query.setLong(4, since);
            try (ResultSet rows = query.executeQuery()) {
                return cells(since, rows);
            }
        }
    }

    private static Optional<KeptCells> cells(long since, ResultSet rows) throws SQLException {
        Head head = null;
        Map<Long, byte[]> days = new HashMap<>();
        while (rows.next()) {
            if (rows.getInt(1) == CLINIC) {
                head = Head.of(rows);
            } else {
                addDay(rows, days, true);
            }
        }
        if (head == null) {
            return Optional.empty();
        }
        boolean whole = since < head.second;
        if (whole) {
            days.values().removeIf(cells -> cells.length == 0);
        }
        return Optional.of(new KeptCells(
                head.first, head.fingerprint, Instant.ofEpochMilli(head.asOf), (int) head.third, whole, days));
    }

    Map<ClinicId, Standing> standings(Connection connection) throws SQLException {
        Map<ClinicId, Standing> standings = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(database.sql(STANDINGS));
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                standings.put(
                        ClinicId.of(rows.getString(1)),
                        new Standing(rows.getString(4), rows.getLong(2), rows.getLong(3)));
            }
        }
        return standings;
    }
}
