package dev.clinickpi.view;

import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.kpi.Figure;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.time.LocalHours;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Span;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happens at which hour of the week: patients' messages, conversations and those of them that converted, by local weekday and wall hour, in
 * real time (section 5). Messages and conversations are volumes; a cell's conversions are judged by the patients of its conversations.
 *
 * @param clinic whose it is
 * @param period what was asked for
 * @param asOf the moment of the answer
 * @param partial whether the moment of the answer lies before the period's end
 * @param cells all 168, from Monday's first hour to Sunday's last
 */
public record Heatmap(ClinicId clinic, Period period, Instant asOf, boolean partial, List<Cell> cells) {

    private static final BigDecimal HOUR_MILLIS = BigDecimal.valueOf(60 * 60 * 1_000L);

    /** Copies the list. */
    public Heatmap {
        Objects.requireNonNull(clinic, "clinic");
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(asOf, "asOf");
        cells = List.copyOf(cells);
        if (cells.size() != LocalHours.PER_WEEK) {
            throw new IllegalArgumentException("A heatmap has a cell for every hour of the week");
        }
    }

    /** The heatmap of a request, to be published. */
    public static Unpublished<Heatmap> of(Figures figures) {
        return new Unpublished<>(
                HeatmapFigures.ALL.stream()
                        .map(figure -> figures.figure(figure, figures.period()))
                        .toList(),
                released -> of(figures.clinic().id(), figures.period(), figures.calendar(), released));
    }

    private static Heatmap of(ClinicId clinic, Period period, ClinicCalendar calendar, List<KpiResult> released) {
        Released messages = Released.of(released, 0, HeatmapFigures.MESSAGES.id());
        Released conversations = Released.of(released, 1, HeatmapFigures.CONVERSATIONS.id());
        Released conversions = Released.of(released, 2, HeatmapFigures.CONVERSIONS.id());
        KpiResult any = messages.result();
        Exposure exposure = Exposure.of(calendar, any.period());
        // Conversions of fewer days would be none of the conversations beside them.
        boolean isOfAll = conversions.result().period().equals(any.period());
        List<Cell> cells = new ArrayList<>(LocalHours.PER_WEEK);
        for (int hour = 0; hour < LocalHours.PER_WEEK; hour++) {
            String key = HeatmapFigures.key(hour);
            Long begun = conversations.count(key);
            // That none of no conversations converted is no secret, even where the conversions are withheld.
            Long converted = begun != null && begun == 0 ? begun : isOfAll ? conversions.count(key) : null;
            cells.add(new Cell(
                    DayOfWeek.of(hour / 24 + 1),
                    hour % 24,
                    messages.count(key),
                    begun,
                    converted,
                    exposure.millis[hour],
                    2 * exposure.openMillis[hour] > exposure.millis[hour]));
        }
        return new Heatmap(clinic, period, any.asOf(), any.partial(), cells);
    }

    /**
     * The cell of an hour of the week.
     *
     * @param hour from 0 to 23
     */
    public Cell cell(DayOfWeek weekday, int hour) {
        return cells.get((weekday.getValue() - 1) * 24 + hour);
    }

    /**
     * An hour of the week.
     *
     * @param weekday the local weekday
     * @param hour the hour that the clock shows, from 0 to 23
     * @param messages messages that patients wrote; null when withheld
     * @param conversations conversations that began; null when withheld
     * @param conversions those of them that converted; null when withheld
     * @param exposureMillis for how long that hour occurred in the period up to the moment of the answer, in milliseconds
     * @param open whether the clinic was open for more than half of that
     */
    public record Cell(
            DayOfWeek weekday,
            int hour,
            @Nullable Long messages,
            @Nullable Long conversations,
            @Nullable Long conversions,
            long exposureMillis,
            boolean open) {

        /** Refuses nulls. */
        public Cell {
            Objects.requireNonNull(weekday, "weekday");
        }

        /** {@code SUPPRESSED} when something of the cell is withheld, else {@code OK}. */
        public Status status() {
            return messages == null || conversations == null || conversions == null ? Status.SUPPRESSED : Status.OK;
        }

        /** For how many hours that hour occurred, fractions included. */
        public BigDecimal exposureHours() {
            return BigDecimal.valueOf(exposureMillis).divide(HOUR_MILLIS, Figure.PRECISION);
        }

        /** Messages per hour that occurred; empty when it never did or they are withheld. */
        public Optional<BigDecimal> messagesPerHour() {
            return perHour(messages);
        }

        /** Conversations per hour that occurred; empty when it never did or they are withheld. */
        public Optional<BigDecimal> conversationsPerHour() {
            return perHour(conversations);
        }

        /** Conversions per hour that occurred; empty when it never did or they are withheld. */
        public Optional<BigDecimal> conversionsPerHour() {
            return perHour(conversions);
        }

        private Optional<BigDecimal> perHour(@Nullable Long count) {
            return count == null
                    ? Optional.empty()
                    : Figure.divide(
                            BigDecimal.valueOf(count).multiply(HOUR_MILLIS), BigDecimal.valueOf(exposureMillis));
        }
    }

    /** For how long each hour of the week occurred, and for how much of that the clinic was open. */
    private static final class Exposure {

        private final long[] millis = new long[LocalHours.PER_WEEK];
        private final long[] openMillis = new long[LocalHours.PER_WEEK];

        static Exposure of(ClinicCalendar calendar, Span covered) {
            Exposure exposure = new Exposure();
            LocalHours hours = LocalHours.in(calendar.days().zone());
            long end = covered.to().toEpochMilli();
            long at = covered.from().toEpochMilli();
            while (at < end) {
                long next = Math.min(hours.next(at), end);
                int hour = hours.hourOfWeek(at);
                exposure.millis[hour] += next - at;
                exposure.openMillis[hour] += calendar.openMillis(at, next);
                at = next;
            }
            return exposure;
        }
    }
}
