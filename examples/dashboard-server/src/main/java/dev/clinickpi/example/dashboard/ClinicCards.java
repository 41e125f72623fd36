package dev.clinickpi.example.dashboard;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiReport;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.SectorComparison;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.export.ChartSpec.Goal;
import dev.clinickpi.export.ChartSpec.Mark;
import dev.clinickpi.export.Charts;
import dev.clinickpi.export.Labels;
import dev.clinickpi.kpi.Direction;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.sector.SectorBenchmark;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Span;
import dev.clinickpi.view.BaselineComparison;
import dev.clinickpi.view.BaselineComparison.Baseline;
import dev.clinickpi.view.Interval;
import dev.clinickpi.view.PeriodComparison;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the cards of a page of what a dashboard answers. */
final class ClinicCards {

    private final Clinic clinic;
    private final Locale locale;
    private final boolean stale;
    private final Labels labels;
    private final Charts charts;

    /** @param stale whether the engine cannot follow its log, so that what it shows may be of before */
    ClinicCards(Clinic clinic, Locale locale, boolean stale) {
        this.clinic = clinic;
        this.locale = locale;
        this.stale = stale;
        this.labels = Labels.in(locale);
        this.charts = Charts.of(clinic, locale);
    }

    /** The reader's language and number format. */
    Locale locale() {
        return locale;
    }

    /** The charts of the same reader. */
    Charts charts() {
        return charts;
    }

    /** The cards of a report, without what takes further questions. */
    Cards report(KpiReport report) {
        return new Cards(
                report.asOf(),
                Dates.of(report.period()),
                locale.toLanguageTag(),
                report.results().stream()
                        .map(result -> card(result, report.period(), null, null, null))
                        .toList());
    }

    /** A KPI's card with the change against the period before, the time before the AI receptionist and the sector. */
    Card detailed(ClinicDashboard dashboard, KpiDefinition kpi, KpiRequest question, boolean withSector) {
        SectorComparison sector = withSector ? dashboard.benchmarks(benchmarkMonth(dashboard)) : null;
        return detailed(dashboard, dashboard.result(kpi, question), question, sector);
    }

    /** The cards of a report with all of that. */
    Cards allDetailed(ClinicDashboard dashboard, KpiRequest question, boolean withSector) {
        SectorComparison sector = withSector ? dashboard.benchmarks(benchmarkMonth(dashboard)) : null;
        KpiReport report = dashboard.report(question);
        return new Cards(
                report.asOf(),
                Dates.of(report.period()),
                locale.toLanguageTag(),
                report.results().stream()
                        .map(result -> detailed(dashboard, result, question, sector))
                        .toList());
    }

    private Card detailed(
            ClinicDashboard dashboard, KpiResult result, KpiRequest question, @Nullable SectorComparison sector) {
        KpiDefinition kpi = Question.kpi(result.id());
        return card(
                result,
                question.period(),
                change(dashboard.comparison(kpi, question)),
                before(dashboard.baseline(kpi, question)),
                sector == null ? null : sector(sector, kpi).orElse(null));
    }

    /** The newest month that benchmarks can be made of: they ripen for 31 days. */
    static YearMonth benchmarkMonth(ClinicDashboard dashboard) {
        return YearMonth.from(dashboard.today().minusDays(32)).minusMonths(1);
    }

    static Optional<SectorBenchmark> benchmark(SectorComparison comparison, KpiDefinition kpi) {
        return comparison.entries().stream()
                .filter(entry -> entry.own().id().equals(kpi.id()))
                .flatMap(entry -> Optional.ofNullable(entry.sector()).stream())
                .findFirst();
    }

    private Optional<Sector> sector(SectorComparison comparison, KpiDefinition kpi) {
        return benchmark(comparison, kpi)
                .filter(benchmark -> benchmark.unit().equals(kpi.unit().in(clinic.currency())))
                .map(benchmark -> new Sector(
                        benchmark.lowerQuartile(),
                        benchmark.median(),
                        benchmark.upperQuartile(),
                        comparison.month().toString(),
                        benchmark.clinics().text()));
    }

    private Card card(
            KpiResult result,
            Period period,
            @Nullable Difference change,
            @Nullable Before baseline,
            @Nullable Sector sector) {
        KpiDefinition kpi = Question.kpi(result.id());
        Mark mark = charts.mark(result);
        return new Card(
                result.id(),
                labels.kpi(result.id()),
                locale.getLanguage().equals("es")
                        ? kpi.meaning().es()
                        : kpi.meaning().en(),
                direction(kpi.direction()),
                kpi.refresh().id(),
                kpi.unit().in(clinic.currency()),
                mark.value(),
                word(mark.status()),
                mark.note(),
                result.partial(),
                result.verdict() == null ? null : word(result.verdict()),
                charts.goal(result).orElse(null),
                result.n(),
                result.numerator(),
                result.denominator(),
                answersFor(result.period(), period),
                result.asOf(),
                stale,
                result.components().stream().map(this::part).toList(),
                change,
                baseline,
                sector);
    }

    /** The local days that a figure really covers, where they are others than those that were asked for. */
    private @Nullable Dates answersFor(Span span, Period period) {
        ZonedDateTime end = span.to().atZone(clinic.zone());
        LocalDate to = end.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? end.toLocalDate()
                : end.toLocalDate().plusDays(1);
        Dates covered = new Dates(span.from().atZone(clinic.zone()).toLocalDate(), to);
        return covered.equals(Dates.of(period)) ? null : covered;
    }

    private Part part(KpiResult.Component component) {
        return new Part(
                component.id(),
                labels.component(component.id()),
                component.value(),
                component.word() == null ? null : labels.word(component.word()),
                word(component.status()),
                unit(component.id()));
    }

    private String unit(String component) {
        return switch (component) {
            case "conversionRate", "satisfied", "responseRate", "margin", "feeMargin", "nps" -> "ratio";
            case "p50", "p95", "p99", "max", "humanP50", "humanP95" -> "ms";
            case "measured", "booked", "costPerConversation", "revenueRecovered" -> clinic.currency();
            default -> "count";
        };
    }

    private Difference change(PeriodComparison comparison) {
        return new Difference(
                charts.mark(comparison.difference()),
                charts.mark(comparison.relativeChange()),
                null,
                null,
                null,
                Dates.of(comparison.previous().period(), clinic.zone()));
    }

    private Before before(BaselineComparison comparison) {
        Baseline baseline = comparison.baseline();
        Interval interval = comparison.interval();
        Difference change = new Difference(
                charts.mark(comparison.difference()),
                charts.mark(comparison.relativeChange()),
                interval == null ? null : interval.lower(),
                interval == null ? null : interval.upper(),
                interval == null ? null : interval.excludesNoChange(),
                null);
        if (baseline instanceof Baseline.Measured measured) {
            Mark mark = charts.mark(measured.result());
            return new Before(mark.value(), word(mark.status()), "measured", change);
        }
        return baseline instanceof Baseline.Configured configured
                ? new Before(configured.value(), "ok", "configured", change)
                : new Before(null, "not_applicable", "missing", change);
    }

    private static String direction(Direction direction) {
        return switch (direction) {
            case HIGHER_IS_BETTER -> "higher";
            case LOWER_IS_BETTER -> "lower";
            case WITHIN_BAND -> "band";
            case NEUTRAL -> "neutral";
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The cards of a page. */
    record Cards(Instant asOf, Dates period, String locale, List<Card> cards) {}

    /** A KPI's card. What there is not is null. */
    record Card(
            String id,
            String title,
            String definition,
            String direction,
            String refresh,
            String unit,
            @Nullable BigDecimal value,
            String status,
            @Nullable String note,
            boolean partial,
            @Nullable String verdict,
            @Nullable Goal target,
            @Nullable Long n,
            @Nullable BigDecimal numerator,
            @Nullable BigDecimal denominator,
            @Nullable Dates answersFor,
            Instant asOf,
            boolean stale,
            List<Part> components,
            @Nullable Difference change,
            @Nullable Before baseline,
            @Nullable Sector sector) {}

    /** Local dates, the second exclusive. */
    record Dates(LocalDate from, LocalDate to) {

        static Dates of(Period period) {
            return new Dates(period.from(), period.to());
        }

        static Dates of(Span span, ZoneId zone) {
            return new Dates(
                    span.from().atZone(zone).toLocalDate(),
                    span.to().atZone(zone).toLocalDate());
        }
    }

    /** A further figure that explains the value. */
    record Part(
            String id,
            String title,
            @Nullable BigDecimal value,
            @Nullable String word,
            String status,
            String unit) {}

    /** How far the value lies from an earlier one, which is of the days {@code against}. */
    record Difference(
            Mark absolute,
            Mark relative,
            @Nullable BigDecimal low,
            @Nullable BigDecimal high,
            @Nullable Boolean isChange,
            @Nullable Dates against) {}

    /** The time before the AI receptionist. */
    record Before(@Nullable BigDecimal value, String status, String kind, Difference change) {}

    /** Where the clinics of the vertical stood in a month. */
    record Sector(BigDecimal lower, BigDecimal median, BigDecimal upper, String month, String clinics) {}
}
