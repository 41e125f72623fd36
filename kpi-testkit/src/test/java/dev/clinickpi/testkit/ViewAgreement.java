package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.kpi.Status;
import dev.clinickpi.testkit.model.ReferenceCohorts;
import dev.clinickpi.testkit.model.ReferenceFunnel;
import dev.clinickpi.testkit.model.ReferenceHeatmap;
import dev.clinickpi.view.CohortTable;
import dev.clinickpi.view.Funnel;
import dev.clinickpi.view.Heatmap;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.YearMonth;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;

/** Holds an engine's exact views to the reference model's. */
final class ViewAgreement {

    private ViewAgreement() {}

    static void assertAgree(Heatmap actual, ReferenceHeatmap expected) {
        SoftAssertions softly = new SoftAssertions();
        for (Heatmap.Cell cell : actual.cells()) {
            ReferenceHeatmap.Cell model = expected.cell(cell.weekday(), cell.hour());
            String what = cell.weekday() + " " + cell.hour();
            softly.assertThat(cell.status()).as(what).isEqualTo(Status.OK);
            softly.assertThat(cell.messages()).as(what + " messages").isEqualTo(model.messages());
            softly.assertThat(cell.conversations()).as(what + " conversations").isEqualTo(model.conversations());
            softly.assertThat(cell.conversions()).as(what + " conversions").isEqualTo(model.conversions());
            softly.assertThat(cell.exposureMillis()).as(what + " exposure").isEqualTo(model.exposureMillis());
            softly.assertThat(cell.open()).as(what + " open").isEqualTo(model.open());
            softly.assertThat(cell.messagesPerHour().isPresent())
                    .as(what + " rate")
                    .isEqualTo(model.exposureMillis() > 0);
        }
        softly.assertAll();
    }

    static void assertAgree(Funnel actual, ReferenceFunnel expected) {
        long begun = expected.conversations();
        assertThat(actual.stages())
                .containsExactly(
                        new Funnel.Stage(Funnel.Stage.Id.MESSAGES, expected.messages(), null, null, null),
                        stage(Funnel.Stage.Id.CONVERSATIONS, begun, begun, 0, expected.pending()),
                        stage(
                                Funnel.Stage.Id.QUALIFIED,
                                expected.qualified(),
                                begun,
                                begun,
                                expected.qualifiedPending()),
                        stage(
                                Funnel.Stage.Id.BOOKED,
                                expected.booked(),
                                begun,
                                expected.qualified(),
                                expected.bookedPending()),
                        stage(Funnel.Stage.Id.COMPLETED, expected.completed(), begun, expected.booked(), 0));
    }

    private static Funnel.Stage stage(Funnel.Stage.Id id, long count, long first, long previous, long pending) {
        return new Funnel.Stage(id, count, share(count, first), share(count, previous), pending);
    }

    private static @Nullable BigDecimal share(long part, long whole) {
        return whole == 0 ? null : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), MathContext.DECIMAL128);
    }

    static void assertAgree(CohortTable actual, ReferenceCohorts expected) {
        List<YearMonth> months =
                actual.cohorts().stream().map(CohortTable.Cohort::month).toList();
        assertThat(months).containsExactlyElementsOf(expected.cohorts().keySet());
        SoftAssertions softly = new SoftAssertions();
        for (CohortTable.Cohort cohort : actual.cohorts()) {
            ReferenceCohorts.Cohort model = expected.cohorts().get(cohort.month());
            String what = cohort.month().toString();
            softly.assertThat(cohort.size())
                    .as(what + " size")
                    .isEqualTo(model.people().size());
            softly.assertThat(cohort.partial()).as(what + " partial").isEqualTo(model.partial());
            softly.assertThat(cohort.cells()).as(what).hasSameSizeAs(model.cells());
            for (CohortTable.Cell cell : cohort.cells()) {
                compare(softly, what + "+" + cell.offset(), cell, model.cells().get(cell.offset()));
            }
        }
        softly.assertAll();
    }

    private static void compare(
            SoftAssertions softly, String what, CohortTable.Cell cell, ReferenceCohorts.Cell model) {
        softly.assertThat(cell.patients())
                .as(what + " patients")
                .isEqualTo(model.people().size());
        softly.assertThat(cell.revenue()).as(what + " revenue").isEqualByComparingTo(model.revenue());
        softly.assertThat(cell.unpriced()).as(what + " unpriced").isEqualTo(model.unpriced());
        softly.assertThat(cell.partial()).as(what + " partial").isEqualTo(model.partial());
    }
}
