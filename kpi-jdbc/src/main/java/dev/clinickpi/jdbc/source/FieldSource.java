package dev.clinickpi.jdbc.source;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the value of an event's field comes from. */
sealed interface FieldSource {

    /** One value for all rows. */
    record Constant(String value) implements FieldSource {}

    /**
     * A column of the query.
     *
     * @param values the word for each value of the column, or null when the value is taken as it is
     */
    record Column(String column, @Nullable Map<String, String> values) implements FieldSource {}
}
