package dev.clinickpi.example.cli;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.kpi.Unit;
import dev.clinickpi.privacy.StandardPrivacy;
import dev.clinickpi.view.TimeSeries;
import dev.clinickpi.view.TimeSeries.Point;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;

/** A time series as a sparkline, and a line for each point. What lies wholly ahead is neither drawn nor listed. */
final class TextSeries {

    private static final String INDENT = "  ";
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final String NOTHING = "·";
    private static final String WITHHELD = "×";
    private static final String NONE = "–";

    /** Divides hours into days, and days into weeks. */
    private static final int POINTS_IN_A_LINE = 7 * 12;

    private static final BigDecimal LEAST_SCORE = BigDecimal.ONE;
    private static final BigDecimal MOST_SCORE = BigDecimal.valueOf(5);

    private final Clinic clinic;
    private final Wording wording;

    TextSeries(Clinic clinic, Wording wording) {
        this.clinic = clinic;
        this.wording = wording;
    }

    String render(TimeSeries series) {
        List<Point> points =
                series.points().stream().filter(point -> !liesAhead(point)).toList();
        StringBuilder out = new StringBuilder(Heading.of(clinic, wording, series.period(), series.asOf()));
        out.append('\n')
                .append(wording.labels().series(series.kpi(), series.grain()))
                .append("\n\n");
        if (points.isEmpty()) {
            return out.append(wording.say("series.none")).append('\n').toString();
        }
        draw(series, points, out);
        list(series, points, out);
        boolean isWithheld = points.stream().anyMatch(point -> point.result().status() == Status.SUPPRESSED);
        if (isWithheld) {
            out.append('\n')
                    .append(wording.say("footer.withheld", StandardPrivacy.LEAST_GROUP))
                    .append('\n');
        }
        return out.toString();
    }

    private static boolean liesAhead(Point point) {
        return point.result().partial() && point.result().period().isEmpty();
    }

    /** Values stand on a scale from 0, scores on their own. */
    private void draw(TimeSeries series, List<Point> points, StringBuilder out) {
        boolean isScore = series.unit().equals(Unit.SCORE.id());
        List<BigDecimal> values = points.stream()
                .map(point -> point.result().value())
                .filter(Objects::nonNull)
                .toList();
        BigDecimal least = values.stream().reduce(isScore ? LEAST_SCORE : BigDecimal.ZERO, BigDecimal::min);
        BigDecimal most = values.stream().reduce(isScore ? MOST_SCORE : BigDecimal.ZERO, BigDecimal::max);
        for (int i = 0; i < points.size(); i += POINTS_IN_A_LINE) {
            out.append(INDENT);
            points.subList(i, Math.min(points.size(), i + POINTS_IN_A_LINE))
                    .forEach(point -> out.append(bar(point.result(), least, most)));
            out.append('\n');
        }
        String from = wording.figure(least, series.unit());
        String to = wording.figure(most, series.unit());
        out.append(INDENT).append(wording.say("series.scale", from, to)).append("\n\n");
    }

    private static String bar(KpiResult result, BigDecimal least, BigDecimal most) {
        BigDecimal value = result.value();
        if (value == null) {
            return result.status() == Status.SUPPRESSED ? WITHHELD : NOTHING;
        }
        BigDecimal range = most.subtract(least);
        int highest = BARS.length() - 1;
        int height = range.signum() == 0
                ? 0
                : value.subtract(least)
                        .multiply(BigDecimal.valueOf(highest))
                        .divide(range, 0, RoundingMode.HALF_UP)
                        .intValueExact();
        return BARS.substring(height, height + 1);
    }

    private void list(TimeSeries series, List<Point> points, StringBuilder out) {
        Table table = new Table();
        for (Point point : points) {
            String start = wording.step(series.grain(), point.step().from(), clinic.zone());
            table.row(INDENT + start, value(point.result(), series.unit()), remark(point.result()));
        }
        out.append(table.render());
    }

    private String value(KpiResult result, String unit) {
        if (result.value() != null) {
            return wording.figure(result.value(), unit);
        }
        return result.status() == Status.UNDEFINED ? NONE : wording.say("value." + result.status());
    }

    private String remark(KpiResult result) {
        String n = result.n() == null || result.status() == Status.NOT_APPLICABLE
                ? ""
                : "n = " + wording.count(BigDecimal.valueOf(result.n()));
        String partial = result.partial() ? wording.say("series.partial") : "";
        return n.isEmpty() || partial.isEmpty() ? n + partial : n + " · " + partial;
    }
}
