package dev.clinickpi.jdbc.source;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A field and the column that it comes from.
 *
 * @param place the column's, from 1
 * @param values the word for each value, or null
 * @param zone that of local times, or null when the column has none
 */
record MappedColumn(
        String field,
        int place,
        ColumnKind kind,
        @Nullable Map<String, String> values,
        @Nullable ZoneId zone) {

    static final String UNREADABLE = "comes from a value that cannot be read; cast it in the query";
    static final String NO_WORD = "comes from a value that the mapping has no word for; it has words for ";

    /** Has a row say what it holds. */
    void read(ResultSet row, MappedRow into) throws SQLException {
        try {
            Object value = kind.read(row, place);
            if (value == null || values == null) {
                into.put(field, value instanceof LocalDateTime time ? instant(time) : value);
            } else if (values.containsKey(text(value))) {
                into.put(field, values.get(text(value)));
            } else {
                into.putUnusable(field, NO_WORD + String.join(", ", values.keySet()));
            }
        } catch (SQLException e) {
            throwUnlessOfValue(e);
            into.putUnusable(field, UNREADABLE);
        }
    }

    private Instant instant(LocalDateTime time) {
        return time.atZone(Objects.requireNonNull(zone, "a mapping without a zone is refused"))
                .toInstant();
    }

    /** What the column holds, whatever it is for; null when it is null or cannot be read. */
    @Nullable
    Object readOrNull(ResultSet row) throws SQLException {
        try {
            return kind.read(row, place);
        } catch (SQLException e) {
            throwUnlessOfValue(e);
            return null;
        }
    }

    /** A driver that cannot make a Java value of what it got, such as a decimal of NaN, says so by these states; the connection is none the worse. */
    private static void throwUnlessOfValue(SQLException e) throws SQLException {
        String state = e.getSQLState();
        if (state == null || !(state.startsWith("22") || state.startsWith("07"))) {
            throw e;
        }
    }

    /** What a value is called in a table of values and in a rejection. */
    static String text(Object value) {
        return value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString() : value.toString();
    }
}
