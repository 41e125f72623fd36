package dev.clinickpi.jdbc;

import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.FactCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbered facts on their way into the table. */
final class FactRows {

    static final String INSERT = "INSERT INTO {schema}.kpi_fact"
            + " (fact_no, clinic_no, at, event_id, conversation, appointment, patient, content)"
            + " SELECT * FROM UNNEST(CAST(? AS BIGINT ARRAY), CAST(? AS INTEGER ARRAY), CAST(? AS BIGINT ARRAY),"
            + " CAST(? AS BIGINT ARRAY), CAST(? AS BIGINT ARRAY), CAST(? AS BIGINT ARRAY), CAST(? AS BIGINT ARRAY),"
            + " CAST(? AS {bytes} ARRAY)) AS new";

    /** In the order of their columns. */
    static final List<EntityKey.Kind> KINDS =
            List.of(EntityKey.Kind.CONVERSATION, EntityKey.Kind.APPOINTMENT, EntityKey.Kind.PATIENT);

    private final Database database;
    private final List<FactRow> rows = new ArrayList<>();

    private record FactRow(FactRange range, long factNo, Fact fact) {}

    FactRows(Database database) {
        this.database = database;
    }

    /** Adds a clinic's facts behind those that it has. */
    void add(FactRange range, List<Fact> facts) {
        long factNo = range.to();
        for (Fact fact : facts) {
            rows.add(new FactRow(range, factNo++, fact));
        }
    }

    void insert(Connection connection) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        String sql = database.sql(INSERT);
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            SqlColumns columns = new SqlColumns(connection, insert, 1)
                    .longs(rows.stream().map(FactRow::factNo).toArray())
                    .integers(rows.stream().map(row -> row.range.clinicNo()).toArray())
                    .longs(rows.stream().map(row -> row.fact.at()).toArray())
                    .longs(rows.stream().map(row -> row.fact.id()).toArray());
            for (EntityKey.Kind kind : KINDS) {
                columns.longs(rows.stream().map(row -> entity(row.fact, kind)).toArray());
            }
            columns.bytes(
                    rows.stream().map(row -> FactCodec.encode(row.fact)).toArray(byte[][]::new), database.dialect());
            insert.executeUpdate();
            columns.free();
        }
    }

    /** A fact bears the id of one entity of a kind at the most. */
    private static @Nullable Long entity(Fact fact, EntityKey.Kind kind) {
        for (EntityKey entity : fact.entities()) {
            if (entity.kind() == kind) {
                return entity.id();
            }
        }
        return null;
    }
}
