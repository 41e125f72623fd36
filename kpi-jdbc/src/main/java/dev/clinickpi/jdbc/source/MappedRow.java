package dev.clinickpi.jdbc.source;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a row says of an event's fields, as {@link dev.clinickpi.event.KpiEvent#of} takes it. A field whose column says nothing that can be taken holds
 * {@link #NOTHING_USABLE}: whether that matters is for the event's type to say, which may not have the field at all.
 */
final class MappedRow {

    /** No value of any field. */
    private static final Object NOTHING_USABLE = new Object();

    private final Map<String, @Nullable Object> fields;
    private final Map<String, String> unusable = new HashMap<>();

    MappedRow(Map<String, String> constants) {
        fields = new HashMap<>(constants);
    }

    void put(String field, @Nullable Object value) {
        fields.put(field, value);
    }

    /** The field has a value that cannot be taken, by this rule. */
    void putUnusable(String field, String rule) {
        fields.put(field, NOTHING_USABLE);
        unusable.put(field, rule);
    }

    /** Without an amount there is no money; the currency may be a constant, or a default of the table. */
    void dropMoneyWithoutAmount() {
        dropIfNull("value.amount", "value.currency");
        dropIfNull("cost.amount", "cost.currency");
    }

    private void dropIfNull(String amount, String currency) {
        if (fields.containsKey(amount) && fields.get(amount) == null) {
            fields.remove(currency);
        }
    }

    Map<String, @Nullable Object> fields() {
        return fields;
    }

    /** What to say of a field that breaks a rule: why its column was no use, or else the rule. */
    String rule(String field, String broken) {
        return unusable.getOrDefault(field, broken);
    }
}
