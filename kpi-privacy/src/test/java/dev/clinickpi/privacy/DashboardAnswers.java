package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.privacy.AttackedDashboard.Counted;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Span;
import dev.clinickpi.view.Funnel;
import dev.clinickpi.view.PeriodComparison;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that may be asked of a dashboard at a moment, as numbers of what is counted. */
final class DashboardAnswers {

    private static final BigDecimal AVERAGE_REVENUE = BigDecimal.valueOf(40);

    private final Map<Counted, Set<Told>> told = new EnumMap<>(Counted.class);
    private final List<KpiResult> results = new ArrayList<>();
    private final Map<Span, KpiResult> shares = new HashMap<>();

    DashboardAnswers(ClinicDashboard dashboard, int days) {
        for (int from = 0; from < days; from++) {
            for (int to = from + 1; to <= days; to++) {
                Period period = new Period(AttackedClinic.FIRST.plusDays(from), AttackedClinic.FIRST.plusDays(to));
                results.addAll(dashboard.report(KpiRequest.of(period)).results());
                if (to - from <= 2) {
                    compare(dashboard, KpiRequest.of(period));
                }
                add(dashboard.funnel(period));
            }
        }
        Period all = new Period(AttackedClinic.FIRST, AttackedClinic.FIRST.plusDays(days));
        for (KpiDefinition kpi : Kpi.ALL) {
            for (Grain grain : List.of(Grain.DAY, Grain.WEEK)) {
                dashboard
                        .series(kpi, grain, KpiRequest.of(all).asLive())
                        .points()
                        .forEach(point -> results.add(point.result()));
            }
        }
        results.stream()
                .filter(result -> is(Kpi.CONVERSION_RATE, result) && result.numerator() != null)
                .forEach(result -> shares.put(result.period(), result));
        results.forEach(this::read);
    }

    Set<Told> of(Counted counted) {
        return told.getOrDefault(counted, Set.of());
    }

    /** Conversions within some days only are counted by {@link DisclosureAttackTest}. */
    private void compare(ClinicDashboard dashboard, KpiRequest request) {
        for (KpiDefinition kpi :
                List.of(Kpi.HANDOFF_RATE, Kpi.LEAD_TIERS, Kpi.CSAT, Kpi.NO_SHOW_RATE, Kpi.WAITLIST_CONVERSION)) {
            PeriodComparison comparison = dashboard.comparison(kpi, request);
            results.add(comparison.current());
            results.add(comparison.previous());
        }
    }

    private void add(Funnel funnel) {
        Funnel.Stage qualified = funnel.stage(Funnel.Stage.Id.QUALIFIED);
        Funnel.Stage booked = funnel.stage(Funnel.Stage.Id.BOOKED);
        add(
                Counted.FUNNEL,
                funnel.covered(),
                qualified.count(),
                booked.count(),
                funnel.stage(Funnel.Stage.Id.COMPLETED).count(),
                funnel.stage(Funnel.Stage.Id.CONVERSATIONS).pending(),
                qualified.pending(),
                booked.pending());
    }

    private void read(KpiResult result) {
        if (is(Kpi.CONVERSION_RATE, result)) {
            add(Counted.CONVERTED, result.period(), number(result.numerator()), component(result, "pending"));
        } else if (is(Kpi.HANDOFF_RATE, result)) {
            add(Counted.HANDED_OFF, result.period(), number(result.numerator()));
        } else if (is(AttackedDashboard.ANSWERED, result)) {
            add(Counted.ANSWERED_SURVEY, result.period(), number(result.numerator()));
        } else if (is(Kpi.LEAD_TIERS, result)) {
            readTiers(result);
        } else if (is(Kpi.REVENUE_RECOVERED, result)) {
            add(Counted.RECOVERED, result.period(), component(result, "recoveredConversations"));
            readConversionRate(result);
        } else if (is(Kpi.LLM_COST, result)) {
            readRevenue(result);
        } else if (is(Kpi.CSAT, result)) {
            readScores(result);
        } else if (is(Kpi.TOP_SERVICES, result)) {
            Span span = result.breakdownPeriod() == null ? result.period() : result.breakdownPeriod();
            add(Counted.IMPLANT, span, service(result, "implant"));
            add(Counted.BRACES, span, service(result, "braces"));
        } else if (is(Kpi.NO_SHOW_RATE, result)) {
            add(
                    Counted.MISSED,
                    result.period(),
                    number(result.numerator()),
                    number(result.denominator()),
                    component(result, "unresolved"));
        } else if (is(Kpi.WAITLIST_CONVERSION, result)) {
            add(
                    Counted.REFILLED,
                    result.period(),
                    number(result.numerator()),
                    number(result.denominator()),
                    component(result, "offered"));
        }
    }

    /** Who is not scored is all that is left of the conversations that shares are of. */
    private void readTiers(KpiResult result) {
        Long[] tiers = Stream.of("cold", "cool", "warm", "hot")
                .map(tier -> row(result, tier))
                .toArray(Long[]::new);
        add(Counted.SCORED, result.period(), tiers);
        KpiResult share = shares.get(result.period());
        if (share != null && result.denominator() != null) {
            assertThat(component(result, "unscored"))
                    .isEqualTo(number(share.denominator().subtract(result.denominator())));
        }
    }

    /** It is the same as the conversion rate of that span says, and so tells nothing more. */
    private void readConversionRate(KpiResult result) {
        BigDecimal rate = result.component("conversionRate").orElse(null);
        if (rate != null) {
            assertThat(shares).containsKey(result.period());
            assertThat(rate).isEqualByComparingTo(shares.get(result.period()).value());
        }
    }

    /** Whoever divides it by the conversion rate and by what a visit brings in has the recovered conversations. */
    private void readRevenue(KpiResult result) {
        BigDecimal revenue = result.component("revenueRecovered").orElse(null);
        KpiResult share = shares.get(result.period());
        if (revenue != null && share != null && share.numerator().signum() > 0) {
            add(
                    Counted.RECOVERED,
                    result.period(),
                    revenue.multiply(share.denominator())
                            .divide(AVERAGE_REVENUE.multiply(share.numerator()), 0, RoundingMode.HALF_EVEN)
                            .longValueExact());
        }
    }

    private void readScores(KpiResult result) {
        Long[] scores = IntStream.rangeClosed(1, Counted.BEST_SCORE)
                .mapToObj(score -> row(result, Integer.toString(score)))
                .toArray(Long[]::new);
        add(Counted.SCORES, result.period(), scores);
        if (result.value() != null) {
            BigDecimal n = result.denominator();
            assertThat(rounded(result, "satisfied", n)).isEqualTo(scores[3] + scores[4]);
            assertThat(rounded(result, "nps", n)).isEqualTo(scores[4] - scores[0] - scores[1] - scores[2]);
        }
        KpiResult share = shares.get(result.period());
        if (share != null && result.component("responseRate").isPresent()) {
            add(Counted.ANSWERED_SURVEY, result.period(), rounded(result, "responseRate", share.denominator()));
        }
    }

    private static long rounded(KpiResult result, String share, BigDecimal of) {
        return result.component(share)
                .orElseThrow()
                .multiply(of)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    private void add(Counted counted, Span span, @Nullable Long... numbers) {
        if (!span.isEmpty() && Stream.of(numbers).allMatch(number -> number != null)) {
            told.computeIfAbsent(counted, key -> new HashSet<>()).add(new Told(span, List.of(numbers)));
        }
    }

    private static boolean is(KpiDefinition kpi, KpiResult result) {
        return result.id().equals(kpi.id());
    }

    private static @Nullable Long number(@Nullable BigDecimal number) {
        return number == null ? null : Long.valueOf(number.longValueExact());
    }

    private static @Nullable Long component(KpiResult result, String component) {
        return number(result.component(component).orElse(null));
    }

    /** Where no service is mentioned there are no rows. */
    private static @Nullable Long service(KpiResult result, String service) {
        boolean isNone = result.value() != null && result.value().signum() == 0;
        return isNone ? Long.valueOf(0) : row(result, service);
    }

    private static @Nullable Long row(KpiResult result, String row) {
        return number(result.row(row).map(KpiResult.Row::value).orElse(null));
    }

    /** The numbers that are told of a span. */
    record Told(Span span, List<Long> numbers) {}
}
