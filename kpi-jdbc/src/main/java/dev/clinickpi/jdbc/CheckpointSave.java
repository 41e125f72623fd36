package dev.clinickpi.jdbc;

import dev.clinickpi.jdbc.Upsert.Column;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.StoredEntity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What has changed of some clinics, put into the tables in a transaction that holds their shard: a statement for each table. Every row says what there is now, so
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

    static final Upsert DAY = new Upsert(
            "kpi_day",
            List.of(Column.integer("clinic_no"), Column.bigint("utc_day")),
            List.of(Column.bigint("version"), Column.bytes("cells")));
    static final Upsert ENTITY = new Upsert(
            "kpi_entity",
            List.of(Column.integer("clinic_no"), Column.integer("kind"), Column.bigint("entity")),
            List.of(Column.bytes("state"), Column.bigint("open_message_at")));
    static final Upsert CHECKPOINT = new Upsert(
            "kpi_checkpoint",
            List.of(Column.integer("clinic_no")),
            List.of(
                    Column.integer("shard"),
                    Column.bigint("version"),
                    Column.bigint("whole_since"),
                    Column.text("fingerprint"),
                    Column.bigint("position"),
                    Column.bigint("as_of"),
                    Column.bigint("newest"),
                    Column.bigint("wake_at"),
                    Column.bytes("ahead")));

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
        putDays(numbered);
        batch(DROP_ENTITY, numbered, CheckpointSave::addGone);
        putEntities(numbered);
        putCheckpoints(numbered);
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

    private void putDays(List<Numbered> changes) throws SQLException {
        Upsert.Rows rows = new Upsert.Rows();
        for (Numbered change : changes) {
            change.change.days().forEach((day, cells) -> rows.add(change.clinicNo, day, change.version, cells));
        }
        DAY.put(database, connection, rows);
    }

    private static void addGone(Numbered change, PreparedStatement batch) throws SQLException {
        for (StoredEntity entity : change.change.entities()) {
            if (entity.isGone()) {
                batch.setInt(1, change.clinicNo);
                batch.setInt(2, EntityKinds.number(entity.key().kind()));
                batch.setLong(3, entity.key().id());
                batch.addBatch();
            }
        }
    }

    private void putEntities(List<Numbered> changes) throws SQLException {
        Upsert.Rows rows = new Upsert.Rows();
        for (Numbered change : changes) {
            for (StoredEntity entity : change.change.entities()) {
                if (!entity.isGone()) {
                    rows.add(
                            change.clinicNo,
                            EntityKinds.number(entity.key().kind()),
                            entity.key().id(),
                            entity.state(),
                            entity.openMessageAt());
                }
            }
        }
        ENTITY.put(database, connection, rows);
    }

    private void putCheckpoints(List<Numbered> changes) throws SQLException {
        Upsert.Rows rows = new Upsert.Rows();
        for (Numbered numbered : changes) {
            Checkpoint change = numbered.change;
            rows.add(
                    numbered.clinicNo,
                    shard,
                    numbered.version,
                    numbered.wholeSince,
                    change.fingerprint(),
                    change.position(),
                    change.asOf().toEpochMilli(),
                    change.newest(),
                    change.wakeAt(),
                    FactsAhead.encode(change.ahead()));
        }
        CHECKPOINT.put(database, connection, rows);
    }
}
