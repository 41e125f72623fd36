package dev.clinickpi.event;

import dev.clinickpi.clinic.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of one line hold. Nothing is refused on the way in: a line may say at its very end what type it is of, and a field that
 * its type does not have is ignored, whatever it holds. Each getter throws {@link InvalidEventException} when its field breaks the rule.
 */
final class EventFields {

    static final String TWICE = "appears twice";
    static final String TEXT = "must be a string";
    static final String INSTANT = "must be an ISO-8601 instant, in UTC or with an offset";
    static final String MONEY = "must be an object of amount and currency";
    static final String AMOUNT =
            "must be a decimal in a string, such as \"85.00\": at most 15 digits before the point and 12 behind it";
    static final String CURRENCY = "must be an ISO 4217 code of three capital letters, such as EUR";

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,12})?");

    private enum Found {
        NOTHING,
        NULL,
        TEXT,
        INSTANT,
        WHOLE,
        OBJECT,
        OTHER,
        TWICE
    }

    private final Found[] found = new Found[EventField.values().length];
    private final @Nullable String[] texts = new @Nullable String[found.length];
    private final long[] numbers = new long[found.length];

    /** Forgets the line before; its strings stay until others take their places, which no getter sees. */
    void clear() {
        Arrays.fill(found, Found.NOTHING);
    }

    void putNull(EventField field) {
        put(field, Found.NULL);
    }

    void putText(EventField field, String text) {
        put(field, Found.TEXT);
        texts[place(field)] = text;
    }

    void putInstant(EventField field, long epochMillis) {
        put(field, Found.INSTANT);
        numbers[place(field)] = epochMillis;
    }

    void putWhole(EventField field, long number) {
        put(field, Found.WHOLE);
        numbers[place(field)] = number;
    }

    void putObject(EventField field) {
        put(field, Found.OBJECT);
    }

    /** The field holds what it never should. */
    void putOther(EventField field) {
        put(field, Found.OTHER);
    }

    private void put(EventField field, Found what) {
        int place = place(field);
        found[place] = found[place] == Found.NOTHING ? what : Found.TWICE;
    }

    String text(EventField field) {
        return required(field, optionalText(field));
    }

    @Nullable
    String optionalText(EventField field) {
        return optionalText(field, TEXT);
    }

    private @Nullable String optionalText(EventField field, String rule) {
        return has(field, Found.TEXT, rule) ? texts[place(field)] : null;
    }

    Instant instant(EventField field) {
        require(field, Found.INSTANT, INSTANT);
        return Instant.ofEpochMilli(numbers[place(field)]);
    }

    long whole(EventField field, String rule) {
        require(field, Found.WHOLE, rule);
        return numbers[place(field)];
    }

    long wholeOrZero(EventField field, String rule) {
        return has(field, Found.WHOLE, rule) ? numbers[place(field)] : 0;
    }

    <E extends Enum<E>> E choice(EventField field, Choices<E> choices) {
        E choice = choices.of(required(field, optionalText(field, choices.rule())));
        if (choice == null) {
            throw broken(field, choices.rule());
        }
        return choice;
    }

    /** The money of a field that holds an object, whose parts are fields of their own. */
    @Nullable
    Money optionalMoney(EventField field, EventField amountField, EventField currencyField) {
        if (!has(field, Found.OBJECT, MONEY)) {
            return null;
        }
        String amount = required(amountField, optionalText(amountField, AMOUNT));
        EventRules.check(amountField.path(), DECIMAL.matcher(amount).matches(), AMOUNT);
        String currency = required(currencyField, optionalText(currencyField, CURRENCY));
        EventRules.check(currencyField.path(), Money.isCurrency(currency), CURRENCY);
        return new Money(new BigDecimal(amount), currency);
    }

    private void require(EventField field, Found expected, String rule) {
        if (!has(field, expected, rule)) {
            throw broken(field, EventRules.MISSING);
        }
    }

    private boolean has(EventField field, Found expected, String rule) {
        Found what = found[place(field)];
        if (what == expected) {
            return true;
        }
        return switch (what) {
            case NOTHING, NULL -> false;
            case TWICE -> throw broken(field, TWICE);
            default -> throw broken(field, rule);
        };
    }

    private static String required(EventField field, @Nullable String text) {
        if (text == null) {
            throw broken(field, EventRules.MISSING);
        }
        return text;
    }

    @SuppressWarnings("EnumOrdinal") // the arrays live as long as the enum and are read a dozen times a line
    private static int place(EventField field) {
        return field.ordinal();
    }

    private static InvalidEventException broken(EventField field, String rule) {
        return new InvalidEventException(field.path(), rule);
    }
}
