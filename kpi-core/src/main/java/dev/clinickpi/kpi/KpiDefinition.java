package dev.clinickpi.kpi;

import dev.clinickpi.cell.Measure;
import dev.clinickpi.time.Refresh;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A KPI as a value: what it is called, what it means and how it is had from the cells. The library has {@link Kpi twelve}; a host adds its own.
 *
 * @param id lower-case words joined by hyphens, such as {@code no-show-rate}
 * @param unit what its value is measured in
 * @param refresh how often it moves
 * @param direction which way it should move
 * @param target what it should be, or null
 * @param meaning one sentence that says what it means
 * @param version the version of this definition, from 1; a change of meaning is a new one
 * @param population the measure whose people stand behind its figure; null for a volume, whose formula may then read volumes alone
 * @param formula how it follows from the cells
 */
public record KpiDefinition(
        String id,
        Unit unit,
        Refresh refresh,
        Direction direction,
        @Nullable Target target,
        Meaning meaning,
        int version,
        @Nullable Measure population,
        Formula formula) {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** @throws IllegalArgumentException if the id is no words joined by hyphens, the version is below 1 */
    public KpiDefinition {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(refresh, "refresh");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(meaning, "meaning");
        Objects.requireNonNull(formula, "formula");
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "A KPI's id is lower-case words joined by hyphens, such as no-show-rate");
        }
        if (version < 1) {
            throw new IllegalArgumentException("The version of a KPI's definition starts at 1");
        }
    }

    /**
     * A share of one measure in another, judged by the people of the latter.
     *
     * @param numerator the measure that is divided
     * @param denominator the measure that it is divided by
     */
    public static KpiDefinition ratio(
            String id, Refresh refresh, Direction direction, Meaning meaning, Measure numerator, Measure denominator) {
        return new KpiDefinition(
                id,
                Unit.RATIO,
                refresh,
                direction,
                null,
                meaning,
                1,
                denominator,
                scope -> Figure.ratio(scope.count(numerator), scope.count(denominator)));
    }

    /**
     * One sentence in two languages.
     *
     * @param es in Spanish
     * @param en in English
     */
    public record Meaning(String es, String en) {

        /** Refuses nulls. */
        public Meaning {
            Objects.requireNonNull(es, "es");
            Objects.requireNonNull(en, "en");
        }

        /** In Spanish for a Spanish locale, else in English. */
        public String in(Locale locale) {
            return locale.getLanguage().equals("es") ? es : en;
        }
    }
}
