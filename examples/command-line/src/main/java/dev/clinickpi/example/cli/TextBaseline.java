package dev.clinickpi.example.cli;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.privacy.StandardPrivacy;
import dev.clinickpi.time.Period;
import dev.clinickpi.view.BaselineComparison;
import dev.clinickpi.view.BaselineComparison.Baseline;
import dev.clinickpi.view.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** KPIs against the time before the AI receptionist: what was, how far it is now from it, and whether that may be chance. */
final class TextBaseline {

    private static final String INDENT = "  ";
    private static final String NONE = "–";

    private final Clinic clinic;
    private final Wording wording;

    TextBaseline(Clinic clinic, Wording wording) {
        this.clinic = clinic;
        this.wording = wording;
    }

    String render(List<BaselineComparison> comparisons, Period period) {
        if (comparisons.isEmpty()) {
            return clinic.name() + "\n" + wording.say("baseline.none") + "\n";
        }
        Table table = new Table();
        for (BaselineComparison comparison : comparisons) {
            add(comparison, table);
        }
        boolean isWithheld = comparisons.stream().anyMatch(TextBaseline::isWithheld);
        String footer = isWithheld ? "\n" + wording.say("footer.withheld", StandardPrivacy.LEAST_GROUP) + "\n" : "";
        Instant asOf = comparisons.get(0).asOf();
        return Heading.of(clinic, wording, period, asOf) + table.render() + footer;
    }

    private static boolean isWithheld(BaselineComparison comparison) {
        return comparison.current().status() == Status.SUPPRESSED
                || comparison.difference().status() == Status.SUPPRESSED;
    }

    private void add(BaselineComparison comparison, Table table) {
        KpiResult current = comparison.current();
        table.space();
        table.row(wording.labels().kpi(comparison.kpi()), value(current), "");
        before(comparison.baseline(), comparison.unit(), table);
        BigDecimal difference = comparison.difference().value();
        if (difference != null) {
            String said = wording.difference(difference, comparison.unit());
            table.row(INDENT + wording.say("baseline.difference"), said, relative(comparison));
        }
        interval(comparison.interval(), comparison.unit(), table);
    }

    private void before(Baseline baseline, String unit, Table table) {
        String name = INDENT + wording.say("baseline.before");
        if (baseline instanceof Baseline.Measured measured) {
            KpiResult result = measured.result();
            LocalDate from = result.period().from().atZone(clinic.zone()).toLocalDate();
            LocalDate to = result.period().to().atZone(clinic.zone()).toLocalDate();
            table.row(
                    name,
                    value(result),
                    wording.say("baseline.measured", wording.date(from), wording.date(to.minusDays(1))));
        } else if (baseline instanceof Baseline.Configured configured) {
            table.row(name, wording.figure(configured.value(), unit), wording.say("baseline.configured"));
        } else {
            table.row(name, NONE, wording.say("baseline.missing"));
        }
    }

    private String relative(BaselineComparison comparison) {
        BigDecimal change = comparison.relativeChange().value();
        return change == null ? wording.say("baseline.relative.UNDEFINED") : wording.change(change);
    }

    private void interval(@Nullable Interval interval, String unit, Table table) {
        if (interval != null) {
            String between = wording.say(
                    "baseline.between",
                    wording.difference(interval.lower(), unit),
                    wording.difference(interval.upper(), unit));
            String verdict = interval.excludesNoChange() ? "excludesNoChange" : "holdsNoChange";
            table.row(
                    INDENT + wording.say("baseline.interval"),
                    "",
                    between + " · " + wording.say("baseline." + verdict));
        }
    }

    private String value(KpiResult result) {
        if (result.value() != null) {
            return wording.figure(result.value(), result.unit());
        }
        return result.status() == Status.UNDEFINED ? NONE : wording.say("value." + result.status());
    }
}
