package dev.clinickpi.testkit.model;

import dev.clinickpi.time.Grain;
import dev.clinickpi.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Section 5, "time series": the hours, days, weeks, months or years that a period reaches into, and a figure for each. */
record SeriesSteps(Question question, Grain grain) {

    /** No zone's clock has stood at less than a quarter past another's. */
    private static final Duration FINER_THAN_AN_HOUR = Duration.ofMinutes(15);

    /** Figures by the start of the whole step. Cut by the range or by asOf, a figure is partial. */
    Map<Instant, ReferenceFigure> figures(String kpi) {
        Map<Instant, ReferenceFigure> figures = new LinkedHashMap<>();
        if (grain == Grain.HOUR) {
            List<Instant> borders = hours();
            for (int i = 0; i + 1 < borders.size(); i++) {
                Instant from = borders.get(i);
                Instant to = borders.get(i + 1);
                Excerpt hour = excerpt(from, to, false, false);
                figures.put(from, SingleFigure.of(kpi, question.about(question.period(), hour)));
            }
            return figures;
        }
        Map<LocalDate, List<LocalDate>> steps = new LinkedHashMap<>();
        for (LocalDate day = question.period().from();
                day.isBefore(question.period().to());
                day = day.plusDays(1)) {
            steps.computeIfAbsent(first(day), start -> new ArrayList<>()).add(day);
        }
        steps.forEach((first, days) -> {
            Period asked = new Period(days.get(0), days.get(days.size() - 1).plusDays(1));
            Instant from = startOf(asked.from());
            Instant to = startOf(asked.to());
            boolean isCut =
                    startOf(first).isBefore(from) || startOf(afterLast(first)).isAfter(to);
            if (from.isBefore(to)) {
                Excerpt step = excerpt(from, to, isCut, true);
                figures.put(startOf(first), SingleFigure.of(kpi, question.about(asked, step)));
            }
        });
        return figures;
    }

    private Excerpt excerpt(Instant from, Instant to, boolean isCut, boolean isOfWholeDays) {
        return new Excerpt(
                freshness -> {
                    Coverage covered = question.calendar().covered(from, to, freshness, question.asOf());
                    return new Coverage(covered.from(), covered.end(), covered.shownTo(), covered.partial() || isCut);
                },
                isOfWholeDays,
                question.options().conversionWindow());
    }

    /**
     * Where truncating to hours puts the instants of the period, in order, and the period's end. An hour set back over midnight is put before the day
     * that it belongs to, and so begins none of the period's.
     */
    private List<Instant> hours() {
        TreeSet<Instant> borders = new TreeSet<>();
        Instant start = startOf(question.period().from());
        Instant end = startOf(question.period().to());
        for (Instant x = start; x.isBefore(end); x = x.plus(FINER_THAN_AN_HOUR)) {
            borders.add(x.atZone(question.clinic().zone())
                    .truncatedTo(ChronoUnit.HOURS)
                    .toInstant());
        }
        borders.add(end);
        return new ArrayList<>(borders.tailSet(start));
    }

    private LocalDate first(LocalDate day) {
        return switch (grain) {
            case HOUR, DAY -> day;
            case WEEK ->
                day.with(TemporalAdjusters.previousOrSame(question.options().weekStart()));
            case MONTH -> day.with(TemporalAdjusters.firstDayOfMonth());
            case YEAR -> day.with(TemporalAdjusters.firstDayOfYear());
        };
    }

    private LocalDate afterLast(LocalDate first) {
        return switch (grain) {
            case HOUR, DAY -> first.plusDays(1);
            case WEEK -> first.plusDays(7);
            case MONTH -> first.with(TemporalAdjusters.firstDayOfNextMonth());
            case YEAR -> first.with(TemporalAdjusters.firstDayOfNextYear());
        };
    }

    private Instant startOf(LocalDate date) {
        return question.calendar().startOf(date);
    }
}
