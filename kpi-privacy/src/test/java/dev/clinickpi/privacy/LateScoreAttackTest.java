package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.access.Publication;
import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.privacy.publication.WeakenedCopies;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Span;
import dev.clinickpi.view.Funnel;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Somebody who holds the funnel against the lead tiers, in clinics in which nobody books: then those who qualify are the hot and warm leads, and whoever is one of them in one
 * figure and not in the other yet is told by the difference. As long as both say the same whenever both answer for the same days, the one tells nothing beside the other.
 */
class LateScoreAttackTest {

    private static final int MINIMUM = 5;
    private static final int RUNS = 10;
    private static final int LONG_RUNS = 10_000;

    private static final Supplier<Publication> STANDARD =
            () -> new StandardPublication(PublicationStore.inMemory(), MINIMUM);

    @Test
    void theFunnelAndTheTiersNeverDiffer() {
        assertThat(differing(RUNS, STANDARD)).isZero();
    }

    @Test
    void whereEachTakesScoresOverByItselfTheyDo() {
        assertThat(differing(RUNS, () -> DisclosureAttackTest.weakened(WeakenedCopies.withoutWholeFacts())))
                .isGreaterThan(RUNS / 2);
    }

    @Test
    @Tag("thorough")
    void theyNeverDifferInManyClinics() {
        assertThat(differing(LONG_RUNS, STANDARD)).isZero();
    }

    /** In how many clinics they do, having been held against each other over many more spans than there are clinics. */
    private static long differing(int runs, Supplier<Publication> publication) {
        List<Comparison> all = IntStream.range(0, runs)
                .parallel()
                .mapToObj(run -> compare(run, publication.get()))
                .toList();
        assertThat(all.stream().mapToInt(Comparison::spans).sum()).isGreaterThan(5 * runs);
        return all.stream().filter(Comparison::isDiffering).count();
    }

    private static Comparison compare(int run, Publication publication) {
        Random random = new Random(run);
        int days = 6 + random.nextInt(7);
        AttackedDashboard clinic = new AttackedDashboard(random, days, 3 + random.nextInt(13), false, publication);
        boolean isDiffering = false;
        int spans = 0;
        for (int after : List.of(-1, 1 + random.nextInt(5), 34)) {
            Instant now =
                    AttackedClinic.FIRST.plusDays(days + after).atTime(11, 0).toInstant(ZoneOffset.UTC);
            ClinicDashboard dashboard = clinic.at(now);
            Map<Span, Long> qualified = new HashMap<>();
            Map<Span, Long> promising = new HashMap<>();
            for (int from = 0; from < days; from++) {
                for (int to = from + 1; to <= days; to++) {
                    Period period = new Period(AttackedClinic.FIRST.plusDays(from), AttackedClinic.FIRST.plusDays(to));
                    read(dashboard, period, qualified, promising);
                }
            }
            qualified.keySet().retainAll(promising.keySet());
            spans += qualified.size();
            isDiffering |= qualified.entrySet().stream()
                    .anyMatch(each -> !each.getValue().equals(promising.get(each.getKey())));
        }
        return new Comparison(spans, isDiffering);
    }

    private record Comparison(int spans, boolean isDiffering) {}

    private static void read(
            ClinicDashboard dashboard, Period period, Map<Span, Long> qualified, Map<Span, Long> promising) {
        Funnel funnel = dashboard.funnel(period);
        Long count = funnel.stage(Funnel.Stage.Id.QUALIFIED).count();
        if (count != null) {
            qualified.put(funnel.covered(), count);
        }
        KpiResult tiers = dashboard.report(period).result(Kpi.LEAD_TIERS);
        if (tiers.numerator() != null) {
            promising.put(tiers.period(), number(tiers, "warm") + number(tiers, "hot"));
        }
    }

    private static long number(KpiResult tiers, String tier) {
        BigDecimal value = tiers.row(tier).map(KpiResult.Row::value).orElse(BigDecimal.ZERO);
        return value.longValueExact();
    }
}
