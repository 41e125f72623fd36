package dev.clinickpi.kpi;

import dev.clinickpi.cell.People;
import dev.clinickpi.clinic.WordOrder;
import dev.clinickpi.time.Coverage;
import dev.clinickpi.time.Refresh;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An exact figure with the people behind it, on its way to publication. Nobody but a publication rule should see one.
 *
 * @param definition the KPI
 * @param unit the unit that the result carries
 * @param coverage what it covers
 * @param refresh how far towards asOf it was taken: the definition's, or real-time when the request is live
 * @param asOf the moment of the answer
 * @param figure the figure
 * @param people the people that the figure is judged by; null for a volume, which is always shown
 * @param withheld why the figure may not be shown, whoever stands behind it; null when that is for its people to decide
 */
public record ExactResult(
        KpiDefinition definition,
        String unit,
        Coverage coverage,
        Refresh refresh,
        Instant asOf,
        Figure figure,
        @Nullable People people,
        @Nullable String withheld) {

    /** Refuses nulls. */
    public ExactResult {
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(coverage, "coverage");
        Objects.requireNonNull(refresh, "refresh");
        Objects.requireNonNull(asOf, "asOf");
        Objects.requireNonNull(figure, "figure");
    }

    /** A figure that its people decide on. */
    public ExactResult(
            KpiDefinition definition,
            String unit,
            Coverage coverage,
            Refresh refresh,
            Instant asOf,
            Figure figure,
            @Nullable People people) {
        this(definition, unit, coverage, refresh, asOf, figure, people, null);
    }

    /**
     * The result as a caller sees it, without what is withheld; a figure that is withheld itself is suppressed.
     *
     * @param showsComponent whether a component is shown; a withheld one keeps its name alone
     * @param showsRow whether a row is shown; a withheld one keeps its key alone and goes to the end, where its place says nothing
     */
    public KpiResult release(Predicate<Figure.Part> showsComponent, Predicate<Figure.Row> showsRow) {
        if (withheld != null) {
            return suppress(withheld);
        }
        Predicate<Figure.Row> shows = row -> !row.isWithheld() && showsRow.test(row);
        return new KpiResult(
                definition.id(),
                figure.status(),
                figure.reason(),
                figure.value(),
                unit,
                figure.numerator(),
                figure.denominator(),
                figure.n(),
                coverage.partial(),
                coverage.span(),
                asOf,
                refresh,
                definition.version(),
                definition.target(),
                verdict(),
                figure.components().stream()
                        .map(part -> component(part, !part.isWithheld() && showsComponent.test(part)))
                        .toList(),
                Stream.concat(
                                figure.rows().stream().filter(shows).map(ExactResult::shown),
                                figure.rows().stream()
                                        .filter(shows.negate())
                                        .sorted(Comparator.comparing(Figure.Row::key, WordOrder.BY_CODE_POINT))
                                        .map(row -> new KpiResult.Row(row.key(), Status.SUPPRESSED, null, null, null)))
                        .toList(),
                figure.rowsSpan());
    }

    /** The result when too few people stand behind it. */
    public KpiResult suppress(String reason) {
        return new KpiResult(
                definition.id(),
                Status.SUPPRESSED,
                reason,
                null,
                null,
                null,
                null,
                null,
                coverage.partial(),
                coverage.span(),
                asOf,
                refresh,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null);
    }

    private @Nullable Verdict verdict() {
        Target target = definition.target();
        return target == null || figure.value() == null ? null : target.verdict(figure.value());
    }

    private static KpiResult.Component component(Figure.Part part, boolean shown) {
        if (!shown) {
            return new KpiResult.Component(part.id(), Status.SUPPRESSED, null, null);
        }
        Status status = part.value() == null && part.word() == null ? Status.UNDEFINED : Status.OK;
        return new KpiResult.Component(part.id(), status, part.value(), part.word());
    }

    private static KpiResult.Row shown(Figure.Row row) {
        Status status = row.value() == null ? Status.UNDEFINED : Status.OK;
        return new KpiResult.Row(row.key(), status, row.value(), row.numerator(), row.denominator());
    }
}
