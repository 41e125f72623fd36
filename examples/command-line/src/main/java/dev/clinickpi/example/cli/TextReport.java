package dev.clinickpi.example.cli;

import dev.clinickpi.KpiReport;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.kpi.Target;
import dev.clinickpi.kpi.Unit;
import dev.clinickpi.kpi.Verdict;
import dev.clinickpi.privacy.StandardPrivacy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A report for who runs the clinic: each figure with what it means, how it stands, what explains it, and why it is missing where it is. */
final class TextReport {

    private static final String INDENT = "  ";
    private static final String NONE = "–";

    private static final Map<String, KpiDefinition> DEFINITIONS =
            Kpi.ALL.stream().collect(Collectors.toUnmodifiableMap(KpiDefinition::id, Function.identity()));

    private final Clinic clinic;
    private final Wording wording;

    TextReport(Clinic clinic, Wording wording) {
        this.clinic = clinic;
        this.wording = wording;
    }

    String render(KpiReport report) {
        Table table = new Table();
        for (KpiResult result : report.results()) {
            add(result, table);
        }
        return Heading.of(clinic, wording, report.period(), report.asOf()) + table.render() + footer(report);
    }

    private String footer(KpiReport report) {
        boolean isWithheld = report.results().stream()
                .anyMatch(result -> result.status() == Status.SUPPRESSED
                        || result.breakdown().stream().anyMatch(row -> row.status() == Status.SUPPRESSED));
        return isWithheld ? "\n" + wording.say("footer.withheld", StandardPrivacy.LEAST_GROUP) + "\n" : "";
    }

    private void add(KpiResult result, Table table) {
        table.space();
        table.row(INDENT + wording.labels().kpi(result.id()), value(result), details(result));
        KpiDefinition definition = DEFINITIONS.get(result.id());
        if (definition != null) {
            table.text(INDENT + INDENT + definition.meaning().in(wording.locale()));
        }
        for (KpiResult.Component component : result.components()) {
            if (isOfInterest(result, component)) {
                String name = wording.labels().component(component.id());
                table.row(INDENT + INDENT + name, value(result, component), "");
            }
        }
        for (KpiResult.Row row : result.status() == Status.OK ? result.breakdown() : List.<KpiResult.Row>of()) {
            table.row(INDENT + INDENT + "· " + name(result, row), value(result, row), outOf(row));
        }
    }

    private String value(KpiResult result) {
        return switch (result.status()) {
            case OK -> result.value() == null ? NONE : figure(result.value(), result.unit(), result.target());
            case UNDEFINED -> NONE;
            case NOT_APPLICABLE, SUPPRESSED -> wording.say("value." + result.status());
        };
    }

    /** A duration is rounded, but not so that it reads like the very limit that it keeps to or misses. */
    private String figure(BigDecimal value, @Nullable String unit, @Nullable Target target) {
        String said = wording.figure(value, unit);
        boolean isDuration = Unit.MILLISECONDS.id().equals(unit);
        return isDuration
                        && target instanceof Target.Below below
                        && value.compareTo(below.limit()) != 0
                        && said.equals(wording.figure(below.limit(), unit))
                ? wording.millis(value)
                : said;
    }

    private String details(KpiResult result) {
        List<String> details = new ArrayList<>();
        if (result.status() == Status.OK) {
            details.add(basis(result));
            details.add(verdict(result.target(), result.verdict(), result.unit()));
        } else {
            String reason = result.reason() == null ? "" : result.reason();
            String said = wording.sayOr(reason, "reason." + result.status(), StandardPrivacy.LEAST_GROUP);
            details.add(wording.sayOr(said, "reason." + result.id() + "." + result.status()));
        }
        if (result.partial()) {
            details.add(
                    result.period().isEmpty()
                            ? wording.say("partial.nothing")
                            : wording.say(
                                    "partial.until",
                                    wording.dateAndTime(result.period().to(), clinic.zone())));
        }
        return details.stream().filter(detail -> !detail.isEmpty()).collect(Collectors.joining(" · "));
    }

    /** What the figure comes from, in the words of its KPI. */
    private String basis(KpiResult result) {
        BigDecimal numerator = result.numerator();
        BigDecimal denominator = result.denominator();
        if (numerator != null && denominator != null) {
            String of = wording.count(numerator);
            String all = wording.count(denominator);
            return wording.sayOr(wording.say("of", of, all), "of." + result.id(), of, all);
        }
        return result.n() == null
                ? ""
                : wording.sayOr("", "n." + result.id(), wording.count(BigDecimal.valueOf(result.n())));
    }

    private String verdict(@Nullable Target target, @Nullable Verdict verdict, @Nullable String unit) {
        if (verdict == null) {
            return "";
        } else if (target instanceof Target.Below below) {
            return wording.say("verdict." + verdict, wording.figure(below.limit(), unit));
        } else if (target instanceof Target.Band band) {
            return wording.say("verdict." + verdict, wording.limit(band.low()), wording.limit(band.high()));
        }
        return "";
    }

    /** Not what stands there anyway, nothing of what went well, and of a figure that there is not only what there is. */
    private static boolean isOfInterest(KpiResult result, KpiResult.Component component) {
        if (result.status() != Status.OK
                && (component.value() == null || component.value().signum() == 0)) {
            return false;
        }
        return switch (component.id()) {
            case "count" -> false;
            case "p95" -> !Unit.MILLISECONDS.id().equals(result.unit());
            case "unpriced", "unanswered" ->
                component.value() == null || component.value().signum() != 0;
            default -> true;
        };
    }

    private String value(KpiResult result, KpiResult.Component component) {
        BigDecimal value = component.value();
        if (value == null) {
            return component.word() == null ? NONE : wording.labels().word(component.word());
        }
        return switch (component.id()) {
            case "conversionRate", "satisfied", "responseRate", "margin", "feeMargin" -> wording.percent(value);
            case "p50", "p95", "p99", "max", "humanP50", "humanP95" -> wording.duration(value);
            case "measured", "booked", "costPerConversation", "revenueRecovered" ->
                wording.money(value, result.unit() == null ? clinic.currency() : result.unit());
            case "nps" -> wording.points(value);
            default -> wording.count(value);
        };
    }

    private String name(KpiResult result, KpiResult.Row row) {
        return clinic.services().stream()
                .filter(service -> service.id().equals(row.key()))
                .findFirst()
                .map(service -> service.name())
                .orElseGet(() -> wording.labels().row(result.id(), row.key()));
    }

    private String value(KpiResult result, KpiResult.Row row) {
        if (row.status() == Status.SUPPRESSED) {
            return wording.say("value.SUPPRESSED");
        } else if (row.value() == null) {
            return NONE;
        } else if (row.denominator() != null) {
            return wording.percent(row.value());
        }
        return isMoney(result.unit()) ? wording.figure(row.value(), result.unit()) : wording.count(row.value());
    }

    private String outOf(KpiResult.Row row) {
        return row.numerator() == null || row.denominator() == null
                ? ""
                : wording.say("of", wording.count(row.numerator()), wording.count(row.denominator()));
    }

    /** A result in money carries its currency where others have the name of their unit. */
    private static boolean isMoney(@Nullable String unit) {
        return unit != null && unit.length() == 3 && unit.chars().allMatch(c -> c >= 'A' && c <= 'Z');
    }
}
