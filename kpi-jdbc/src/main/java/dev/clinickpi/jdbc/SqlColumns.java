package dev.clinickpi.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows that a statement takes in one piece, as an array for each column: {@code UNNEST(?, ?)}. So a thousand rows are one statement and one way to the
 * database and back, whatever a driver makes of batches.
 */
final class SqlColumns {

    private final Connection connection;
    private final PreparedStatement statement;
    private final List<Array> arrays = new ArrayList<>();
    private int column;

    /** @param column the first parameter that is an array */
    SqlColumns(Connection connection, PreparedStatement statement, int column) {
        this.connection = connection;
        this.statement = statement;
        this.column = column;
    }

    SqlColumns integers(Object... values) throws SQLException {
        return add("integer", values);
    }

    SqlColumns longs(Object... values) throws SQLException {
        return add("bigint", values);
    }

    SqlColumns bytes(byte[][] values, Dialect dialect) throws SQLException {
        return add(dialect == Dialect.H2 ? "varbinary" : "bytea", values);
    }

    private SqlColumns add(String type, Object[] values) throws SQLException {
        Array array = connection.createArrayOf(type, values);
        arrays.add(array);
        statement.setArray(column++, array);
        return this;
    }

    /** Lets go of them, once the statement has run. */
    void free() throws SQLException {
        for (Array array : arrays) {
            array.free();
        }
    }
}
