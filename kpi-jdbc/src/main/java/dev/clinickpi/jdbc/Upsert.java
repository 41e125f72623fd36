package dev.clinickpi.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table that are put in the place of those with their keys, or added where there are none. PostgreSQL gets them as an array for each column: as one
 * statement it works out its policies once, not for every row, which makes it several times as fast. H2 gets a batch.
 *
 * @param table without its schema
 * @param key the columns of its primary key
 * @param values the others
 */
record Upsert(String table, List<Column> key, List<Column> values) {

    private static final String BYTES = "BYTEA";

    /**
     * A column.
     *
     * @param type as PostgreSQL has it
     */
    record Column(String name, String type) {

        static Column integer(String name) {
            return new Column(name, "INTEGER");
        }

        static Column bigint(String name) {
            return new Column(name, "BIGINT");
        }

        static Column text(String name) {
            return new Column(name, "TEXT");
        }

        static Column bytes(String name) {
            return new Column(name, BYTES);
        }
    }

    /** Values of a row in the order of the columns, the key's first. */
    static final class Rows {

        private final List<@Nullable Object[]> rows = new ArrayList<>();

        void add(@Nullable Object... values) {
            rows.add(values);
        }
    }

    void put(Database database, Connection connection, Rows rows) throws SQLException {
        if (rows.rows.isEmpty()) {
            return;
        }
        try (PreparedStatement put = connection.prepareStatement(database.sql(sql(database.dialect())))) {
            switch (database.dialect()) {
                case H2 -> putEach(put, rows);
                case POSTGRESQL -> putAll(connection, put, rows);
            }
        }
    }

    private void putEach(PreparedStatement put, Rows rows) throws SQLException {
        for (@Nullable Object[] row : rows.rows) {
            for (int column = 0; column < row.length; column++) {
                put.setObject(column + 1, row[column]);
            }
            put.addBatch();
        }
        put.executeBatch();
    }

    private void putAll(Connection connection, PreparedStatement put, Rows rows) throws SQLException {
        List<Column> columns = columns();
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            Stream<@Nullable Object> values = rows.rows.stream().map(row -> row[column]);
            String type = columns.get(i).type;
            // The driver wants bytes in an array of their kind.
            Object[] array = type.equals(BYTES) ? values.toArray(byte[][]::new) : values.toArray();
            put.setArray(i + 1, connection.createArrayOf(type, array));
        }
        put.executeUpdate();
    }

    private List<Column> columns() {
        return Stream.concat(key.stream(), values.stream()).toList();
    }

    /** With a parameter for each column, the key's first. */
    String sql(Dialect dialect) {
        String columns = " (" + names(columns()) + ")";
        return switch (dialect) {
            case H2 ->
                "MERGE INTO {schema}." + table + columns + " KEY (" + names(key) + ") VALUES ("
                        + join(columns().stream().map(column -> "?")) + ")";
            case POSTGRESQL ->
                "INSERT INTO {schema}." + table + columns + " SELECT * FROM UNNEST("
                        + join(columns().stream().map(column -> "CAST(? AS " + column.type + "[])")) + ") ON CONFLICT ("
                        + names(key) + ") DO UPDATE SET "
                        + join(values.stream().map(column -> column.name + " = EXCLUDED." + column.name));
        };
    }

    private static String names(List<Column> columns) {
        return join(columns.stream().map(Column::name));
    }

    private static String join(Stream<String> parts) {
        return parts.collect(Collectors.joining(", "));
    }
}
