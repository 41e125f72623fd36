package dev.clinickpi.jdbc;

import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.StoredEntity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has changed of some clinics, put into the tables in a transaction that holds their shard: a batch for each table. Every row says what there is now, so
 * that putting it there again changes nothing.
 */
final class CheckpointSave {

    static final String FIND = "SELECT k.clinic, k.clinic_no, p.version, p.whole_since"
            + " FROM UNNEST(?) AS asked (clinic) JOIN {schema}.kpi_clinic k ON k.clinic = asked.clinic"
            + " LEFT JOIN {schema}.kpi_checkpoint p ON p.clinic_no = k.clinic_no";
    private static final String ADD_CLINIC = "INSERT INTO {schema}.kpi_clinic (clinic) VALUES (?)";

    static final String DROP_DAYS = "DELETE FROM {schema}.kpi_day WHERE clinic_no = ?";
    static final String DROP_ENTITIES = "DELETE FROM {schema}.kpi_entity WHERE clinic_no = ?";
    static final String DROP_ENTITY = "DELETE FROM {schema}.kpi_entity WHERE clinic_no = ? AND kind = ? AND entity = ?";

    private final Database database;
    private final Connection connection;
    private final int shard;

    CheckpointSave(Database database, Connection connection, int shard) {
        this.database = database;
        this.connection = connection;
        this.shard = shard;
    }

    /** Where a clinic stood; version 0 if nothing was kept of it. */
    private record Before(int clinicNo, long version, long wholeSince) {}

    /** A change, the number of its clinic, the version that it makes, and since when the clinic has been whole. */
    private record Numbered(Checkpoint change, int clinicNo, long version, long wholeSince) {

        static Numbered of(Checkpoint change, Before before) {
            long version = before.version + 1;
            boolean isFirst = before.version == 0;
            return new Numbered(
                    change, before.clinicNo, version, change.whole() || isFirst ? version : before.wholeSince);
        }

        boolean replaces() {
            return change.whole() && version > 1;
        }
    }

    /** Adds the rows of a change to a batch. */
    @FunctionalInterface
    private interface Rows {
        void add(Numbered change, PreparedStatement batch) throws SQLException;
    }

    void keep(List<Checkpoint> changes) throws SQLException {
        List<Numbered> numbered = number(changes);
        List<Numbered> replacing = numbered.stream().filter(Numbered::replaces).toList();
        batch(DROP_DAYS, replacing, CheckpointSave::addClinic);
        batch(DROP_ENTITIES, replacing, CheckpointSave::addClinic);
        batch(Upsert.DAY.sql(database.dialect()), numbered, CheckpointSave::addDays);
        batch(DROP_ENTITY, numbered, CheckpointSave::addGone);
        batch(Upsert.ENTITY.sql(database.dialect()), numbered, CheckpointSave::addEntities);
        batch(Upsert.CHECKPOINT.sql(database.dialect()), numbered, this::addCheckpoint);
    }

    /** A clinic has no number where its facts are kept in another log than the database's; it gets one then. */
    private List<Numbered> number(List<Checkpoint> changes) throws SQLException {
        Map<String, Before> known = find(changes);
        if (known.size() < changes.size()) {
            try (PreparedStatement add = connection.prepareStatement(database.sql(ADD_CLINIC))) {
                for (Checkpoint change : changes) {
                    if (!known.containsKey(change.clinic().value())) {
                        add.setString(1, change.clinic().value());
                        add.addBatch();
                    }
                }
                add.executeBatch();
            }
            known = find(changes);
        }
        List<Numbered> numbered = new ArrayList<>();
        for (Checkpoint change : changes) {
            Before before = known.get(change.clinic().value());
            if (before == null) {
                throw new IllegalStateException("A clinic that was added is not there");
            }
            numbered.add(Numbered.of(change, before));
        }
        return numbered;
    }

    private Map<String, Before> find(List<Checkpoint> changes) throws SQLException {
        Map<String, Before> known = new HashMap<>();
        Object[] clinics =
                changes.stream().map(change -> change.clinic().value()).toArray();
        try (PreparedStatement query = connection.prepareStatement(database.sql(FIND))) {
            query.setArray(1, connection.createArrayOf("VARCHAR", clinics));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    known.put(rows.getString(1), new Before(rows.getInt(2), rows.getLong(3), rows.getLong(4)));
                }
            }
        }
        return known;
    }

    private void batch(String sql, List<Numbered> changes, Rows rows) throws SQLException {
        try (PreparedStatement batch = connection.prepareStatement(database.sql(sql))) {
            for (Numbered change : changes) {
                rows.add(change, batch);
            }
            batch.executeBatch();
        }
    }

    private static void addClinic(Numbered change, PreparedStatement batch) throws SQLException {
        batch.setInt(1, change.clinicNo);
        batch.addBatch();
    }

    private static void addDays(Numbered change, PreparedStatement batch) throws SQLException {
        for (Map.Entry<Long, byte[]> day : change.change.days().entrySet()) {
            batch.setInt(1, change.clinicNo);
            batch.setLong(2, day.getKey());
            batch.setLong(3, change.version);
            batch.setBytes(4, day.getValue());
            batch.addBatch();
        }
    }

    private static void addGone(Numbered change, PreparedStatement batch) throws SQLException {
        for (StoredEntity entity : change.change.entities()) {
            if (entity.isGone()) {
                setKey(change, entity, batch);
                batch.addBatch();
            }
        }
    }

    private static void addEntities(Numbered change, PreparedStatement batch) throws SQLException {
        for (StoredEntity entity : change.change.entities()) {
            if (!entity.isGone()) {
                setKey(change, entity, batch);
                batch.setBytes(4, entity.state());
                setNullable(batch, 5, entity.openMessageAt());
                batch.addBatch();
            }
        }
    }

    private static void setKey(Numbered change, StoredEntity entity, PreparedStatement batch) throws SQLException {
        batch.setInt(1, change.clinicNo);
        batch.setInt(2, EntityKinds.number(entity.key().kind()));
        batch.setLong(3, entity.key().id());
    }

    private static void setNullable(PreparedStatement batch, int parameter, @Nullable Long value) throws SQLException {
        if (value == null) {
            batch.setNull(parameter, Types.BIGINT);
        } else {
            batch.setLong(parameter, value);
        }
    }

    private void addCheckpoint(Numbered numbered, PreparedStatement batch) throws SQLException {
        Checkpoint change = numbered.change;
        int parameter = 1;
        batch.setInt(parameter++, numbered.clinicNo);
        batch.setInt(parameter++, shard);
        batch.setLong(parameter++, numbered.version);
        batch.setLong(parameter++, numbered.wholeSince);
        batch.setString(parameter++, change.fingerprint());
        batch.setLong(parameter++, change.position());
        batch.setLong(parameter++, change.asOf().toEpochMilli());
        batch.setLong(parameter++, change.newest());
        batch.setLong(parameter++, change.wakeAt());
        batch.setBytes(parameter, FactsAhead.encode(change.ahead()));
        batch.addBatch();
    }
}
