package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Span;
import dev.clinickpi.view.TimeSeries;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How much is shown, of what has people enough: a rule that withholds all would withstand every attack. */
class ShownFiguresTest {

    private static final int MINIMUM = 5;
    private static final int MANY = 20;
    private static final int DAYS = 90;
    private static final Instant NOW = moment(DAYS + 2);

    /** Made-up clinics of each size. */
    private static final int CLINICS = 3;

    /** Conversations, of a quarter of which the smaller vertical is. */
    private static final int[] MOST_A_DAY = {4, 8, 14, 30};

    @Test
    void aClinicOfEnoughPatientsADaySeesExactDays() {
        AttackedClinic busy = AttackedClinic.busy(new Random(3), 20, publication());
        busy.at(moment(30));
        Period march = new Period(AttackedClinic.FIRST, AttackedClinic.FIRST.plusDays(20));
        assertThat(busy.dashboard()
                        .series(Kpi.CONVERSION_RATE, Grain.DAY, KpiRequest.of(march))
                        .points())
                .hasSize(20)
                .allSatisfy(point -> {
                    assertThat(point.result().status()).isEqualTo(Status.OK);
                    assertThat(point.result().period()).isEqualTo(point.step());
                    assertThat(point.result().partial()).isFalse();
                });
    }

    @Test
    void ofTheFiguresOfTwentyPatientsNineInTenAreShown() {
        Share figures = new Share();
        for (AttackedClinic clinic : clinics()) {
            for (TimeSeries.Point point : points(clinic)) {
                if (clinic.patientsOf(clinic.known(point.step(), NOW)) >= MANY) {
                    figures.add(point.result().status() == Status.OK);
                }
            }
        }
        assertThat(figures.all).isGreaterThan(200);
        assertThat(figures.percent()).as("%s", figures).isGreaterThanOrEqualTo(95);
    }

    /** Beside some rows of many are too few for any rule to show either; without those, hardly one is missing. */
    @Test
    void ofTheRowsOfTwentyPatientsNineInTenAreShown() {
        Share rows = new Share();
        Share possible = new Share();
        for (AttackedClinic clinic : clinics()) {
            for (TimeSeries.Point point : points(clinic)) {
                addRows(rows, possible, clinic, point);
            }
        }
        assertThat(possible.all).isGreaterThan(200);
        assertThat(rows.percent()).as("%s", rows).isGreaterThanOrEqualTo(90);
        assertThat(possible.percent()).as("%s", possible).isGreaterThanOrEqualTo(95);
    }

    private static void addRows(Share rows, Share possible, AttackedClinic clinic, TimeSeries.Point point) {
        for (boolean isPhysio : new boolean[] {false, true}) {
            if (patients(clinic, point.step(), isPhysio) >= MANY) {
                boolean isShown = point.result()
                        .row(isPhysio ? "physio" : "dental")
                        .map(KpiResult.Row::value)
                        .isPresent();
                rows.add(isShown);
                if (isShown || patients(clinic, point.step(), !isPhysio) >= MINIMUM) {
                    possible.add(isShown);
                }
            }
        }
    }

    private static int patients(AttackedClinic clinic, Span span, boolean isPhysio) {
        return clinic.patientsOf(clinic.in(span, i -> clinic.isKnown(i, NOW) && clinic.isPhysio(i) == isPhysio));
    }

    private static List<AttackedClinic> clinics() {
        List<AttackedClinic> clinics = new ArrayList<>();
        for (int seed = 1; seed <= CLINICS; seed++) {
            for (int mostADay : MOST_A_DAY) {
                AttackedClinic clinic = AttackedClinic.random(new Random(seed), DAYS, mostADay, publication());
                clinic.at(NOW);
                clinics.add(clinic);
            }
        }
        return clinics;
    }

    private static List<TimeSeries.Point> points(AttackedClinic clinic) {
        Period all = new Period(AttackedClinic.FIRST, AttackedClinic.FIRST.plusDays(DAYS));
        return Stream.of(Grain.DAY, Grain.WEEK, Grain.MONTH)
                .flatMap(grain ->
                        clinic.dashboard().series(Kpi.CONVERSION_RATE, grain, KpiRequest.of(all)).points().stream())
                .toList();
    }

    private static StandardPublication publication() {
        return new StandardPublication(PublicationStore.inMemory(), MINIMUM);
    }

    private static Instant moment(int day) {
        return AttackedClinic.FIRST.plusDays(day).atTime(11, 0).toInstant(ZoneOffset.UTC);
    }

    private static final class Share {

        private int all;
        private int shown;

        void add(boolean isShown) {
            all++;
            shown += isShown ? 1 : 0;
        }

        int percent() {
            return 100 * shown / all;
        }

        @Override
        public String toString() {
            return shown + " of " + all;
        }
    }
}
