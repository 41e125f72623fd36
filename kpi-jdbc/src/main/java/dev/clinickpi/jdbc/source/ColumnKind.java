package dev.clinickpi.jdbc.source;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What a column holds, and the Java class that it is read as. The driver is asked for a class in every case: what it gives of itself for a local
 * timestamp is an instant in the zone of this machine.
 */
enum ColumnKind {
    /** Instants. */
    INSTANT,
    /** Wall times, which mean something in a zone alone. */
    LOCAL_TIME,
    /** Dates. */
    LOCAL_DATE,
    /** Whole numbers. */
    WHOLE,
    /** Exact decimals. */
    DECIMAL,
    /** Numbers that are near what was meant. */
    FLOATING,
    /** True and false. */
    BOOLEAN,
    /** Text, and whatever else the driver has a text for. */
    TEXT,
    /** What no field of an event could come from. */
    NO_VALUE;

    static ColumnKind of(ResultSetMetaData columns, int column) throws SQLException {
        String type = columns.getColumnTypeName(column);
        return switch (columns.getColumnType(column)) {
            case Types.TIMESTAMP_WITH_TIMEZONE -> INSTANT;
            case Types.TIMESTAMP -> type.equalsIgnoreCase("timestamptz") ? INSTANT : LOCAL_TIME;
            case Types.DATE -> LOCAL_DATE;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> WHOLE;
            case Types.NUMERIC, Types.DECIMAL -> DECIMAL;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> FLOATING;
            case Types.BOOLEAN -> BOOLEAN;
            case Types.BIT -> type.equalsIgnoreCase("bool") ? BOOLEAN : TEXT;
            case Types.TIME,
                    Types.TIME_WITH_TIMEZONE,
                    Types.BINARY,
                    Types.VARBINARY,
                    Types.LONGVARBINARY,
                    Types.BLOB,
                    Types.ARRAY -> NO_VALUE;
            default -> TEXT;
        };
    }

    /** Whether it says nothing without a zone. */
    boolean isLocal() {
        return this == LOCAL_TIME || this == LOCAL_DATE;
    }

    /** An {@code Instant}, {@code LocalDateTime}, {@code Long}, {@code BigDecimal}, {@code Double} or {@code String}; null for SQL's null. */
    @Nullable
    Object read(ResultSet row, int column) throws SQLException {
        return switch (this) {
            case INSTANT -> {
                OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
                yield time == null ? null : time.toInstant();
            }
            case LOCAL_TIME -> row.getObject(column, LocalDateTime.class);
            case LOCAL_DATE -> {
                LocalDate date = row.getObject(column, LocalDate.class);
                yield date == null ? null : date.atStartOfDay();
            }
            case WHOLE -> {
                long number = row.getLong(column);
                yield row.wasNull() ? null : number;
            }
            case DECIMAL -> row.getBigDecimal(column);
            case FLOATING -> {
                double number = row.getDouble(column);
                yield row.wasNull() ? null : number;
            }
            case BOOLEAN -> {
                boolean value = row.getBoolean(column);
                yield row.wasNull() ? null : String.valueOf(value);
            }
            case TEXT -> row.getString(column);
            case NO_VALUE -> throw new IllegalStateException("no field comes from such a column");
        };
    }
}
