package dev.clinickpi.export;

import dev.clinickpi.kpi.Status;
import dev.clinickpi.time.Grain;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;

/**
 * The words for figures that their readers know them by, in Spanish and English: of KPIs, their components, the rows of their breakdowns, the stages of
 * the funnel. What a host or a clinic named itself is called what they call it.
 */
public final class Labels {

    private final Locale locale;
    private final ResourceBundle words;

    private Labels(Locale locale) {
        this.locale = locale;
        this.words = ResourceBundle.getBundle(
                "dev.clinickpi.export.labels",
                locale.getLanguage().equals("es") ? locale : Locale.ENGLISH,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /**
     * The labels for readers of a language.
     *
     * @param locale the language and the format of dates; English words for languages other than Spanish
     */
    public static Labels in(Locale locale) {
        return new Labels(Objects.requireNonNull(locale, "locale"));
    }

    /** The language and the format of dates. */
    public Locale locale() {
        return locale;
    }

    /** The name of a KPI; its id where it is a host's own. */
    public String kpi(String id) {
        return or(id, "kpi." + id);
    }

    /** The name of a component of a result; its id where a host's own KPI has it. */
    public String component(String id) {
        return or(id, "component." + id);
    }

    /** The name of a row of a KPI's breakdown; its key where that is the clinic's own word, such as a service's id. */
    public String row(String kpi, String key) {
        return or(key, "row." + kpi + "." + key);
    }

    /** The name of a stage of the funnel; the id where there is no such stage. */
    public String stage(String id) {
        return or(id, "stage." + id);
    }

    /** What a series is called, such as "No-shows by week". */
    public String series(String kpi, Grain grain) {
        return say("title.series." + grain.id(), kpi(kpi));
    }

    /** The name of a word that a component can be, such as {@code UPGRADE}. */
    public String word(String word) {
        return or(word, "word." + word);
    }

    /** Why there is no value, in two or three words. */
    public String status(Status status) {
        return words.getString("status." + status);
    }

    String say(String key, Object... blanks) {
        return String.format(locale, words.getString(key), blanks);
    }

    private String or(String otherwise, String key) {
        return words.containsKey(key) ? words.getString(key) : otherwise;
    }

    String weekday(DayOfWeek weekday) {
        return weekday.getDisplayName(TextStyle.SHORT_STANDALONE, locale);
    }

    String month(YearMonth month) {
        return DateTimeFormatter.ofPattern("MMM uuuu", locale).format(month);
    }

    /** When a step of a series begins; the year is said where steps are longer than a day. */
    String step(Grain grain, Instant start, ZoneId zone) {
        String pattern = switch (grain) {
            case HOUR -> "d MMM HH:mm";
            case DAY -> "EEE d MMM";
            case WEEK -> "d MMM uuuu";
            case MONTH -> "MMM uuuu";
            case YEAR -> "uuuu";
        };
        return DateTimeFormatter.ofPattern(pattern, locale).format(start.atZone(zone));
    }

    /** A limit as people say it, without needless decimals. */
    String limit(BigDecimal value, String unit) {
        NumberFormat format =
                unit.equals("ratio") ? NumberFormat.getPercentInstance(locale) : NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(unit.equals("ratio") ? 1 : 2);
        return unit.equals("ratio") ? format.format(value) : format.format(value) + suffix(unit);
    }

    private static String suffix(String unit) {
        return unit.equals("count") || unit.equals("score") ? "" : " " + unit;
    }
}
