package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.access.Publication;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.testkit.PlainGate;
import dev.clinickpi.testkit.model.ReferenceCohorts;
import dev.clinickpi.testkit.model.ReferenceFunnel;
import dev.clinickpi.testkit.model.ReferenceHeatmap;
import dev.clinickpi.testkit.model.ReferenceModel;
import dev.clinickpi.testkit.world.ClinicWorld;
import dev.clinickpi.testkit.world.ClinicWorlds;
import dev.clinickpi.view.CohortTable;
import dev.clinickpi.view.Funnel;
import dev.clinickpi.view.Heatmap;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * What a view shows and what it withholds, whatever happened (section 6). Random worlds hold few people, so the minimum group is as small, too. Slices
 * that a change of the clock falls into are left to the exact tests: who stands behind a cell is the engine's own reading of the hour.
 */
class ViewPublicationTest {

    private static final String SEED = "20260303";
    private static final int TRIES = 200;

    @Property(tries = TRIES, seed = SEED)
    void aHeatmapShowsNoConversionsOfTooFew(
            @ForAll("worlds") ClinicWorld world, @ForAll @IntRange(min = 2, max = 5) int minimum) {
        Heatmap heatmap = dashboard(world, minimum).heatmap(world.period());
        ReferenceHeatmap model = model(world).heatmap(world.clinic(), world.period(), world.asOf());
        Set<String> hidden = new HashSet<>();
        Set<String> all = new HashSet<>();
        for (Heatmap.Cell cell : heatmap.cells()) {
            ReferenceHeatmap.Cell exact = model.cell(cell.weekday(), cell.hour());
            String what = cell.weekday() + " " + cell.hour();
            all.addAll(exact.people());
            assertThat(cell.messages()).as(what).isEqualTo(exact.messages());
            assertThat(cell.conversations()).as(what).isEqualTo(exact.conversations());
            if (cell.conversions() == null) {
                assertThat(exact.people()).as(what).isNotEmpty();
                hidden.addAll(exact.people());
            } else {
                assertThat(cell.conversions()).as(what).isEqualTo(exact.conversions());
                assertThat(isTooFew(exact.people(), minimum)).as(what).isFalse();
            }
        }
        assertThat(isTooFew(hidden, minimum) && !isTooFew(all, minimum))
                .as("the hidden cells could be had by subtraction and are of too few")
                .isFalse();
    }

    @Property(tries = TRIES, seed = SEED)
    void aFunnelShowsItsStagesOfEnoughPeopleAlone(
            @ForAll("worlds") ClinicWorld world, @ForAll @IntRange(min = 2, max = 5) int minimum) {
        Funnel funnel = dashboard(world, minimum).funnel(world.period());
        ReferenceFunnel model = model(world).funnel(world.clinic(), world.period(), world.asOf());
        boolean isHidden = isTooFew(model.people(), minimum);
        assertThat(funnel.stage(Funnel.Stage.Id.MESSAGES).count()).isEqualTo(model.messages());
        assertThat(funnel.stage(Funnel.Stage.Id.CONVERSATIONS).count()).isEqualTo(model.conversations());
        assertThat(funnel.stage(Funnel.Stage.Id.CONVERSATIONS).pending()).isEqualTo(isHidden ? null : model.pending());
        assertThat(funnel.stage(Funnel.Stage.Id.QUALIFIED).count()).isEqualTo(isHidden ? null : model.qualified());
        assertThat(funnel.stage(Funnel.Stage.Id.BOOKED).count()).isEqualTo(isHidden ? null : model.booked());
        assertThat(funnel.stage(Funnel.Stage.Id.COMPLETED).count()).isEqualTo(isHidden ? null : model.completed());
        if (isHidden) {
            assertThat(funnel.stage(Funnel.Stage.Id.COMPLETED).ofFirst()).isNull();
            assertThat(funnel.stage(Funnel.Stage.Id.COMPLETED).ofPrevious()).isNull();
        }
    }

    @Property(tries = TRIES, seed = SEED)
    void aCohortTableShowsNoCohortAndNoRevenueOfTooFew(
            @ForAll("worlds") ClinicWorld world, @ForAll @IntRange(min = 2, max = 5) int minimum) {
        CohortTable table = dashboard(world, minimum).cohorts(world.period());
        ReferenceCohorts model = model(world).cohorts(world.clinic(), world.period(), world.asOf());
        Set<String> hidden = new HashSet<>();
        Set<String> all = new HashSet<>();
        assertThat(table.cohorts())
                .extracting(CohortTable.Cohort::month)
                .containsExactlyElementsOf(model.cohorts().keySet());
        for (CohortTable.Cohort cohort : table.cohorts()) {
            ReferenceCohorts.Cohort exact = model.cohorts().get(cohort.month());
            all.addAll(exact.people());
            if (cohort.size() == null) {
                hidden.addAll(exact.people());
                assertThat(cohort.cells()).allSatisfy(cell -> {
                    assertThat(cell.patients()).isNull();
                    assertThat(cell.revenue()).isNull();
                    assertThat(cell.unpriced()).isNull();
                });
            } else {
                assertThat(cohort.size()).isEqualTo(exact.people().size());
                assertThat(isTooFew(exact.people(), minimum)).isFalse();
                cohort.cells().forEach(cell -> assertCell(cell, exact.cells().get(cell.offset()), minimum));
            }
        }
        assertThat(isTooFew(hidden, minimum) && !isTooFew(all, minimum)).isFalse();
    }

    private static void assertCell(CohortTable.Cell cell, ReferenceCohorts.Cell exact, int minimum) {
        assertThat(cell.patients()).isEqualTo(exact.people().size());
        if (isTooFew(exact.payers(), minimum)) {
            assertThat(cell.revenue()).isNull();
        } else {
            assertThat(cell.revenue()).isEqualByComparingTo(exact.revenue());
        }
    }

    @Provide
    Arbitrary<ClinicWorld> worlds() {
        return ClinicWorlds.any()
                .filter(world -> !world.directory()
                        .clinics()
                        .get(world.clinic())
                        .zone()
                        .getId()
                        .equals("America/St_Johns"));
    }

    private static boolean isTooFew(Set<String> people, int minimum) {
        return !people.isEmpty() && people.size() < minimum;
    }

    private static ReferenceModel model(ClinicWorld world) {
        return ReferenceModel.of(world.directory(), world.events());
    }

    private static ClinicDashboard dashboard(ClinicWorld world, int minimum) {
        KpiEngine engine = KpiEngine.builder()
                .directory(world.directory())
                .events(EventLog.inMemory())
                .audit(AuditLog.inMemory())
                .clock(Clock.fixed(world.asOf(), ZoneOffset.UTC))
                .privacy(new Plain(new PlainGate(), new MinimumGroup(minimum)))
                .build();
        engine.record(world.events());
        return engine.open(Principal.clinicAdmin("testkit", world.clinic()), world.clinic());
    }

    private record Plain(PrivacyGate gate, Publication publication) implements Privacy {}
}
