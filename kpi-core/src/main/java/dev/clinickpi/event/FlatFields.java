package dev.clinickpi.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of an event as Java values, each under its path: what {@link KpiEvent#of(Map)} is given. */
final class FlatFields {

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

    private FlatFields() {}

    /** @throws IllegalArgumentException if a name is that of no field */
    static EventFields read(Map<String, ? extends @Nullable Object> values) {
        EventFields fields = new EventFields();
        fields.clear();
        values.forEach((name, value) -> {
            EventField field = EventField.byPath().get(name);
            if (field == null) {
                throw new IllegalArgumentException("No event has a field of that name; the fields are "
                        + String.join(", ", KpiEvent.fieldNames()));
            }
            if (value != null) {
                put(fields, field, value);
            }
        });
        putMoney(fields, values, EventField.VALUE, EventField.VALUE_AMOUNT, EventField.VALUE_CURRENCY);
        putMoney(fields, values, EventField.COST, EventField.COST_AMOUNT, EventField.COST_CURRENCY);
        return fields;
    }

    private static void putMoney(
            EventFields fields, Map<String, ?> values, EventField money, EventField amount, EventField currency) {
        if (values.get(amount.path()) != null || values.get(currency.path()) != null) {
            fields.putObject(money);
        }
    }

    private static void put(EventFields fields, EventField field, Object value) {
        switch (field.form()) {
            case TEXT, WORD -> putText(fields, field, value);
            case INSTANT -> putInstant(fields, field, value);
            case WHOLE -> putWhole(fields, field, value);
            case MONEY -> throw new AssertionError(field);
        }
    }

    private static void putText(EventFields fields, EventField field, Object value) {
        BigDecimal number = exact(value);
        if (value instanceof String text) {
            fields.putText(field, text);
        } else if (number != null) {
            fields.putText(field, number.stripTrailingZeros().toPlainString());
        } else {
            fields.putOther(field);
        }
    }

    private static void putInstant(EventFields fields, EventField field, Object value) {
        if (value instanceof Instant instant) {
            fields.putInstant(field, EventRules.millisOf(instant));
        } else if (value instanceof String text) {
            long millis = InstantText.parse(text.toCharArray(), 0, text.length());
            if (millis == InstantText.NONE) {
                fields.putOther(field);
            } else {
                fields.putInstant(field, millis);
            }
        } else {
            fields.putOther(field);
        }
    }

    private static void putWhole(EventFields fields, EventField field, Object value) {
        BigDecimal number = exact(value);
        String digits = number == null ? value.toString() : wholeDigits(number);
        if ((number != null || value instanceof String) && WHOLE.matcher(digits).matches()) {
            fields.putWhole(field, Long.parseLong(digits));
        } else {
            fields.putOther(field);
        }
    }

    /** No digits where it is no whole number, or one with more zeros than any field has room for. */
    private static String wholeDigits(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() > 0 || stripped.precision() - (long) stripped.scale() > 18
                ? ""
                : stripped.toPlainString();
    }

    /** A number as it is; null for what is none, and for floating point, which says 0.1 and means something near it. */
    private static @Nullable BigDecimal exact(Object value) {
        if (value instanceof BigDecimal decimal) {
            // one such as 1E+1000000 would be a megabyte of zeros
            return Math.abs((long) decimal.scale()) > 1_000 ? null : decimal;
        } else if (value instanceof BigInteger whole) {
            return new BigDecimal(whole);
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            return BigDecimal.valueOf(((Number) value).longValue());
        }
        return null;
    }
}
