package dev.clinickpi.clinic;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An amount of money that an event states. It is never negative, and exact: at most 15 digits before the decimal point and 12 behind it.
 *
 * @param amount the amount, without trailing zeros behind the decimal point
 * @param currency the ISO 4217 code, three capital letters
 */
public record Money(BigDecimal amount, String currency) {

    /** The digits behind the decimal point that an amount may have. */
    public static final int MAX_SCALE = 12;

    private static final BigDecimal LIMIT = BigDecimal.TEN.pow(15);
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    /** @throws IllegalArgumentException if the amount is out of range or the currency is no three capital letters */
    public Money {
        Objects.requireNonNull(currency, "currency");
        if (!isAmount(amount)) {
            throw new IllegalArgumentException("An amount is from 0 to below 10^15 with at most 12 decimals");
        }
        if (!isCurrency(currency)) {
            throw new IllegalArgumentException("A currency is an ISO 4217 code of three capital letters, such as EUR");
        }
        amount = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
        if (amount.scale() < 0) {
            amount = amount.setScale(0);
        }
    }

    /** Whether {@code amount} is in the range of an amount. */
    public static boolean isAmount(BigDecimal amount) {
        return amount.signum() >= 0
                && amount.precision() - (long) amount.scale() <= 15
                && amount.scale() <= 1_000
                && amount.compareTo(LIMIT) < 0
                && (amount.signum() == 0 || amount.stripTrailingZeros().scale() <= MAX_SCALE);
    }

    /** Whether {@code currency} has the form of an ISO 4217 code. */
    public static boolean isCurrency(String currency) {
        return CURRENCY.matcher(currency).matches();
    }
}
