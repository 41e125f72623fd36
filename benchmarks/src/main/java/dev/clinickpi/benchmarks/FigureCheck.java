package dev.clinickpi.benchmarks;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiReport;
import dev.clinickpi.access.Principal;
import dev.clinickpi.benchmarks.log.ClinicTally;
import dev.clinickpi.benchmarks.log.LogTally;
import dev.clinickpi.benchmarks.log.MadeLog;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.time.Period;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Holds an engine's figures, as a clinic's admin sees them, against what the generator counted. */
final class FigureCheck {

    private final KpiEngine engine;
    private final Period period;
    private final PrintStream out;
    private int checked;
    private int withheld;
    private int wrong;

    /** Over a period that has room for every start of an appointment and for every zone. */
    FigureCheck(KpiEngine engine, MadeLog log, PrintStream out) {
        this.engine = engine;
        this.out = out;
        LocalDate from = LocalDate.ofInstant(log.from(), ZoneOffset.UTC);
        LocalDate end = LocalDate.ofInstant(log.end(), ZoneOffset.UTC);
        this.period = new Period(from.minusDays(2), end.plusDays(40));
    }

    /** Whether the figures of every clinic are right. */
    boolean holdsFor(LogTally tally) {
        tally.clinics().forEach(this::check);
        out.printf(
                Locale.ROOT,
                "%,d figures of %,d clinics: %,d wrong, %,d withheld for too few people%n",
                checked,
                tally.clinics().size(),
                wrong,
                withheld);
        return wrong == 0 && checked > 0;
    }

    /** Whether a late event changes the one figure that it must, and the others stay. */
    boolean holdsAfter(LateEvent late, LogTally tally) {
        KpiEvent event = late.event();
        engine.record(List.of(event));
        ClinicTally counts = tally.clinics().get(event.clinicId());
        if (counts == null) {
            throw new IllegalStateException("The late event is of a clinic that the log does not have");
        }
        counts.handedOff++;
        wrong = 0;
        check(event.clinicId(), counts);
        out.printf(
                Locale.ROOT,
                "A late handoff of the first day: %s%n",
                wrong == 0 ? "counted where it belongs, nothing else changed" : "WRONG");
        return wrong == 0;
    }

    private void check(ClinicId clinic, ClinicTally tally) {
        ClinicDashboard dashboard = engine.open(Principal.clinicAdmin("check", clinic), clinic);
        KpiReport report = dashboard.report(period);
        ratio(report, Kpi.CONVERSION_RATE, tally.converted, tally.conversations);
        ratio(report, Kpi.HANDOFF_RATE, tally.handedOff, tally.conversations);
        ratio(report, Kpi.NO_SHOW_RATE, tally.noShows, tally.resolved);
        ratio(report, Kpi.WAITLIST_CONVERSION, tally.filled, tally.cancelled);
        mean(report, Kpi.CSAT, tally.scores, tally.surveyed);
        KpiResult cost = report.result(Kpi.LLM_COST);
        equal(clinic, "inputTokens", cost.component("inputTokens").orElse(null), tally.inputTokens);
    }

    private void mean(KpiReport report, KpiDefinition kpi, long sum, long count) {
        KpiResult result = report.result(kpi);
        if (result.status() == Status.SUPPRESSED) {
            withheld++;
            return;
        }
        checked++;
        BigDecimal mean =
                count == 0 ? null : BigDecimal.valueOf(sum).divide(BigDecimal.valueOf(count), MathContext.DECIMAL128);
        if (mean == null ? result.status() != Status.UNDEFINED : !isSame(result.value(), mean)) {
            wrong++;
            out.printf(Locale.ROOT, "WRONG: %s of %s is %s%n", kpi.id(), report.clinic(), result.value());
        }
    }

    private static boolean isSame(@Nullable BigDecimal found, BigDecimal expected) {
        return found != null && found.compareTo(expected) == 0;
    }

    private void ratio(KpiReport report, KpiDefinition kpi, long numerator, long denominator) {
        KpiResult result = report.result(kpi);
        if (result.status() == Status.SUPPRESSED) {
            withheld++;
        } else if (denominator == 0) {
            checked++;
            wrong += result.status() == Status.UNDEFINED ? 0 : 1;
        } else {
            equal(report.clinic(), kpi.id() + " numerator", result.numerator(), numerator);
            equal(report.clinic(), kpi.id() + " denominator", result.denominator(), denominator);
        }
    }

    private void equal(ClinicId clinic, String what, @Nullable BigDecimal found, long expected) {
        checked++;
        if (!isSame(found, BigDecimal.valueOf(expected))) {
            wrong++;
            out.printf(Locale.ROOT, "WRONG: %s of %s is %s, not %d%n", what, clinic, found, expected);
        }
    }
}
