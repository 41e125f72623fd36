package dev.clinickpi.example.cli;

import dev.clinickpi.export.Labels;
import dev.clinickpi.kpi.Unit;
import dev.clinickpi.time.Grain;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Currency;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Words, numbers and times as a report's reader writes them, whatever the machine's own language and zone. */
final class Wording {

    private static final BigDecimal LEAST_SHARE = new BigDecimal("0.001");
    private static final BigDecimal SMALL_MONEY = new BigDecimal("0.1");
    private static final int DECIMALS_OF_SMALL_MONEY = 5;

    private final Locale locale;
    private final ResourceBundle words;
    private final Labels labels;

    Wording(Language language) {
        locale = language.locale();
        labels = Labels.in(locale);
        words = ResourceBundle.getBundle(
                "dev.clinickpi.example.cli.words",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    Locale locale() {
        return locale;
    }

    /** What figures and their parts are called. */
    Labels labels() {
        return labels;
    }

    /** A phrase with its blanks filled in. */
    String say(String key, Object... blanks) {
        return String.format(locale, words.getString(key), blanks);
    }

    /** A phrase, or another where there is none, as for what a host added. */
    String sayOr(String otherwise, String key, Object... blanks) {
        try {
            return say(key, blanks);
        } catch (MissingResourceException e) {
            return otherwise;
        }
    }

    String count(BigDecimal count) {
        return numbers(0, 4).format(count);
    }

    String score(BigDecimal score) {
        return numbers(2, 2).format(score);
    }

    /** A value in the unit that its result carries: the name of one, or a currency. */
    String figure(BigDecimal value, @Nullable String unit) {
        if (unit == null || unit.equals(Unit.COUNT.id())) {
            return count(value);
        } else if (unit.equals(Unit.RATIO.id())) {
            return percent(value);
        } else if (unit.equals(Unit.MILLISECONDS.id())) {
            return duration(value);
        }
        return unit.equals(Unit.SCORE.id()) ? score(value) : money(value, unit);
    }

    /** How far one value lies from another, with its sign; of shares in points. */
    String difference(BigDecimal difference, @Nullable String unit) {
        BigDecimal size = difference.abs();
        String said = Unit.RATIO.id().equals(unit)
                ? say("baseline.points", numbers(1, 1).format(size.movePointRight(2)))
                : figure(size, unit);
        return signed(difference, said);
    }

    /** A relative change, with its sign. */
    String change(BigDecimal change) {
        return signed(change, percent(change.abs()));
    }

    private static String signed(BigDecimal value, String size) {
        return value.signum() == 0 ? size : (value.signum() > 0 ? "+" : "−") + size;
    }

    /** A share; almost none is not none, and almost all not all. */
    String percent(BigDecimal share) {
        NumberFormat format = NumberFormat.getPercentInstance(locale);
        format.setMinimumFractionDigits(1);
        format.setMaximumFractionDigits(1);
        format.setRoundingMode(RoundingMode.HALF_UP);
        if (share.signum() > 0 && share.compareTo(LEAST_SHARE) < 0) {
            return "<" + format.format(LEAST_SHARE);
        }
        BigDecimal most = BigDecimal.ONE.subtract(LEAST_SHARE);
        return share.compareTo(most) > 0 && share.compareTo(BigDecimal.ONE) < 0
                ? ">" + format.format(most)
                : format.format(share);
    }

    /** A limit as people say it, without needless decimals. */
    String limit(BigDecimal share) {
        NumberFormat format = NumberFormat.getPercentInstance(locale);
        format.setMaximumFractionDigits(1);
        return format.format(share);
    }

    /** A share between −1 and 1 in points, with its sign. */
    String points(BigDecimal share) {
        long points = share.movePointRight(2).setScale(0, RoundingMode.HALF_UP).longValueExact();
        return points > 0 ? "+" + points : Long.toString(points);
    }

    /** An amount; a very small one with more decimals, since a message costs less than a cent. */
    String money(BigDecimal amount, String currency) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setRoundingMode(RoundingMode.HALF_UP);
        try {
            format.setCurrency(Currency.getInstance(currency));
        } catch (IllegalArgumentException newerThanThisJdk) {
            return numbers(2, 2).format(amount) + " " + currency;
        }
        int decimals = format.getCurrency().getDefaultFractionDigits();
        boolean isSmall = amount.signum() != 0 && amount.abs().compareTo(SMALL_MONEY) < 0;
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(isSmall ? DECIMALS_OF_SMALL_MONEY : decimals);
        return format.format(amount);
    }

    /** A duration to its second or third digit: percentiles are known to a thousandth, so further ones would pretend. */
    String duration(BigDecimal millis) {
        long whole = millis.setScale(0, RoundingMode.HALF_UP).longValueExact();
        long seconds = rounded(whole, 1_000);
        long minutes = rounded(seconds, 60);
        if (whole < 1_000) {
            return whole + " ms";
        } else if (whole < 59_950) {
            return numbers(1, 1).format(BigDecimal.valueOf(whole, 3)) + " s";
        } else if (seconds < 600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        } else if (minutes < 60) {
            return minutes + " min";
        } else if (minutes < 24 * 60) {
            return two(minutes / 60, "h", minutes % 60, "min");
        }
        long hours = rounded(minutes, 60);
        return two(hours / 24, "d", hours % 24, "h");
    }

    /** A duration that must not be rounded. */
    String millis(BigDecimal millis) {
        return count(millis) + " ms";
    }

    private static long rounded(long amount, long unit) {
        return (amount + unit / 2) / unit;
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    String date(LocalDate date) {
        return DateTimeFormatter.ofPattern("d MMM uuuu", locale).format(date);
    }

    String month(YearMonth month) {
        return DateTimeFormatter.ofPattern("MMM uuuu", locale).format(month);
    }

    String weekday(DayOfWeek weekday) {
        return weekday.getDisplayName(TextStyle.SHORT, locale);
    }

    String dateAndTime(Instant instant, ZoneId zone) {
        return DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", locale).format(instant.atZone(zone));
    }

    /** When a step of a series begins. */
    String step(Grain grain, Instant start, ZoneId zone) {
        String pattern = switch (grain) {
            case HOUR -> "d MMM uuuu, HH:mm";
            case DAY -> "EEE d MMM uuuu";
            case WEEK -> "d MMM uuuu";
            case MONTH -> "MMM uuuu";
            case YEAR -> "uuuu";
        };
        return DateTimeFormatter.ofPattern(pattern, locale).format(start.atZone(zone));
    }

    private NumberFormat numbers(int leastDecimals, int mostDecimals) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setRoundingMode(RoundingMode.HALF_UP);
        format.setMinimumFractionDigits(leastDecimals);
        format.setMaximumFractionDigits(mostDecimals);
        return format;
    }
}
