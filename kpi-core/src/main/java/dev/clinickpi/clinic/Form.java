package dev.clinickpi.clinic;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Locale.IsoCountryCode;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The forms that the values of reference data are written in, each with the rule that a fault states. */
enum Form {
    CLINIC_ID("must have 1 to 64 characters, no white space or control among them", ClinicId::isValid),
    /** A word that events and figures carry, so as long as an event's may be. */
    LABEL("must have 1 to 64 characters, not all of them blank and no control among them", text -> isText(text, 64)),
    NAME("must have 1 to 256 characters, not all of them blank and no control among them", text -> isText(text, 256)),
    COUNTRY("must be an ISO 3166 code of two capital letters, such as ES", Form::isCountry),
    ZONE("must be a zone of the IANA database, such as Europe/Madrid", Form::isZone),
    CURRENCY("must be an ISO 4217 code of three capital letters, such as EUR", Form::isCurrency),
    LOCALE("must be a BCP 47 language tag, such as es-ES", Form::isLocale),
    DATE("must be a date, such as 2026-01-31", Form::isDate),
    AMOUNT(
            "must be a decimal from 0 with at most 15 digits before the point and 12 behind it, such as 85.00",
            Form::isAmount),
    RATE(
            "must be a decimal above 0 with at most 15 digits before the point and 12 behind it, such as 0.92",
            Form::isRate),
    BASELINE(
            "must have at most 15 digits before the point and 12 behind it",
            text -> Money.isAmount(new BigDecimal(text).abs())),
    OPENING_SPAN("must be a span of wall time, such as 09:00-14:00 or 20:00-24:00", Form::isOpeningSpan);

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,12})?");
    private static final Pattern SPAN =
            Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)");
    private static final int DATE_LENGTH = "2026-01-31".length();
    private static final Set<String> COUNTRIES = Locale.getISOCountries(IsoCountryCode.PART1_ALPHA2);
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private final String rule;

    @SuppressWarnings("ImmutableEnumChecker") // The tests hold no state.
    private final Predicate<String> test;

    Form(String rule, Predicate<String> test) {
        this.rule = rule;
        this.test = test;
    }

    /** What a value must be, as the rest of a sentence; without braces, which Jakarta Validation would interpolate. */
    String rule() {
        return rule;
    }

    boolean fits(String text) {
        return test.test(text);
    }

    private static boolean isText(String text, int maxLength) {
        return !text.isBlank()
                && text.length() <= maxLength
                && text.codePoints().noneMatch(Character::isISOControl);
    }

    private static boolean isCountry(String text) {
        return COUNTRIES.contains(text);
    }

    /** A bare offset is none: Java takes UTC+01:07 for a zone, but its days do not begin on the border of a slice. */
    private static boolean isZone(String text) {
        return ZONES.contains(text);
    }

    private static boolean isCurrency(String text) {
        try {
            return Currency.getInstance(text).getCurrencyCode().equals(text);
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    private static boolean isLocale(String text) {
        try {
            return !new Locale.Builder()
                    .setLanguageTag(text)
                    .build()
                    .getLanguage()
                    .isEmpty();
        } catch (IllformedLocaleException illFormed) {
            return false;
        }
    }

    /** Years of four digits only: ISO 8601 leaves longer ones to an agreement between the parties. */
    private static boolean isDate(String text) {
        try {
            return text.length() == DATE_LENGTH && LocalDate.parse(text).getYear() >= 0;
        } catch (DateTimeException unparseable) {
            return false;
        }
    }

    private static boolean isAmount(String text) {
        return DECIMAL.matcher(text).matches();
    }

    private static boolean isRate(String text) {
        return isAmount(text) && new BigDecimal(text).signum() > 0;
    }

    private static boolean isOpeningSpan(String text) {
        return SPAN.matcher(text).matches();
    }
}
