package dev.clinickpi.kpi;

import dev.clinickpi.cell.Cell;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.People;
import dev.clinickpi.clinic.WordOrder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the language models cost, at the prices and rates of each local day, against what they brought in (section 4). */
final class LlmCost {

    static final String ID = "llm-cost";

    /** The least number that months of 28, 29, 30 and 31 days all divide, so that a day's share of a fee is a whole number of parts. */
    private static final BigDecimal FEE_PARTS = BigDecimal.valueOf(4L * 3 * 5 * 7 * 29 * 31);

    private LlmCost() {}

    static Figure evaluate(KpiScope scope) {
        Priced priced = Priced.of(scope);
        long uses = scope.count(Measure.LLM_USES);
        BigDecimal cost = priced.byModel.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        Figure figure = uses > 0 && priced.unpriced == uses
                ? Figure.undefined("No use has a price and an exchange rate", uses)
                : Figure.of(cost, uses);
        figure = figure.with("inputTokens", scope.count(Measure.LLM_INPUT_TOKENS))
                .with("cachedInputTokens", scope.count(Measure.LLM_CACHED_INPUT_TOKENS))
                .with("outputTokens", scope.count(Measure.LLM_OUTPUT_TOKENS))
                .with("unpriced", priced.unpriced);
        List<Figure.Row> rows = new ArrayList<>();
        priced.byModel.forEach((model, amount) -> rows.add(Figure.Row.of(model, amount)));
        return against(scope, priced.unpriced == 0 ? cost : null, figure).withRows(Figure.Split.OUTCOME, rows);
    }

    /** Sets the cost, null unless all of it is known, against conversations, recovered revenue and the subscription fee. */
    private static Figure against(KpiScope scope, @Nullable BigDecimal cost, Figure figure) {
        BigDecimal conversations = BigDecimal.valueOf(scope.count(Measure.CONVERSATIONS));
        BigDecimal perConversation =
                cost == null ? null : Figure.divide(cost, conversations).orElse(null);
        return againstRevenue(scope, cost, figure.with("costPerConversation", perConversation))
                .with("feeMargin", margin(cost, feeParts(scope), FEE_PARTS));
    }

    /** Recovered revenue that cannot be shown of this very period is not shown of another one beside it. */
    private static Figure againstRevenue(KpiScope scope, @Nullable BigDecimal cost, Figure figure) {
        KpiScope ofRevenue = scope.of(Kpi.REVENUE_RECOVERED).orElseGet(() -> scope.overNothing(Kpi.REVENUE_RECOVERED));
        Figure recovered = RevenueRecovered.evaluate(ofRevenue);
        boolean applies = recovered.status() != Status.NOT_APPLICABLE;
        boolean isOfThisPeriod =
                ofRevenue.coverage().span().equals(scope.coverage().span());
        if (applies && (!isOfThisPeriod || ofRevenue.readsUnreleased())) {
            return figure.withWithheld("revenueRecovered").withWithheld("margin");
        }
        People people = ofRevenue.peopleBehind(Kpi.REVENUE_RECOVERED, recovered);
        BigDecimal conversations = BigDecimal.valueOf(ofRevenue.count(Measure.CONVERSATIONS));
        BigDecimal margin = recovered.value() == null
                ? null
                : margin(cost, RevenueRecovered.worth(ofRevenue).multiply(converted(ofRevenue)), conversations);
        return figure.with("revenueRecovered", recovered.value(), people).with("margin", margin, people);
    }

    private static BigDecimal converted(KpiScope ofRevenue) {
        return BigDecimal.valueOf(ofRevenue.count(Measure.CONVERTED));
    }

    /**
     * 1 − cost ÷ (income ÷ parts), in one division: where the cost is nearly the income, the difference of two rounded quotients would have lost its
     * digits. Null when the cost is, or when there is no income.
     */
    private static @Nullable BigDecimal margin(@Nullable BigDecimal cost, BigDecimal income, BigDecimal parts) {
        return cost == null
                ? null
                : Figure.divide(income.subtract(cost.multiply(parts)), income).orElse(null);
    }

    /** Σ over the days of the monthly fee ÷ days of the month, in {@link #FEE_PARTS}; 0 when no day has a fee. */
    private static BigDecimal feeParts(KpiScope scope) {
        BigDecimal sum = BigDecimal.ZERO;
        for (LocalDate day : scope.days()) {
            BigDecimal monthly = scope.clinic().subscriptionFee().on(day).orElse(BigDecimal.ZERO);
            sum = sum.add(monthly.multiply(FEE_PARTS.divideToIntegralValue(BigDecimal.valueOf(day.lengthOfMonth()))));
        }
        return sum;
    }

    /** The cost by model in the clinic's currency, and how many uses have none. */
    private static final class Priced {

        private final SortedMap<String, BigDecimal> byModel = new TreeMap<>(WordOrder.BY_CODE_POINT);
        private long unpriced;

        static Priced of(KpiScope scope) {
            Map<Use, Map<Measure, Long>> uses = new HashMap<>();
            Map<Use, BigDecimal> stated = new HashMap<>();
            for (Measure measure : List.of(
                    Measure.LLM_USES,
                    Measure.LLM_INPUT_TOKENS,
                    Measure.LLM_CACHED_INPUT_TOKENS,
                    Measure.LLM_OUTPUT_TOKENS)) {
                scope.forEach(
                        measure,
                        (date, dimension, cell) -> uses.computeIfAbsent(
                                        Use.of(date, dimension), use -> new EnumMap<>(Measure.class))
                                .merge(measure, cell.count(), Long::sum));
            }
            scope.forEach(
                    Measure.LLM_STATED_COST,
                    (date, dimension, cell) -> stated.merge(Use.of(date, dimension), amount(cell), BigDecimal::add));
            Priced priced = new Priced();
            uses.forEach((use, counts) -> priced.add(use, counts, stated.getOrDefault(use, BigDecimal.ZERO), scope));
            return priced;
        }

        private void add(Use use, Map<Measure, Long> counts, BigDecimal stated, KpiScope scope) {
            Optional<BigDecimal> cost = use.currency.isEmpty()
                    ? listed(use, counts, scope)
                    : scope.directory()
                            .convert(stated, use.currency, scope.clinic().currency(), use.date);
            if (cost.isPresent()) {
                byModel.merge(use.model, cost.get(), BigDecimal::add);
            } else {
                unpriced += counts.getOrDefault(Measure.LLM_USES, 0L);
            }
        }

        private static Optional<BigDecimal> listed(Use use, Map<Measure, Long> counts, KpiScope scope) {
            String currency = scope.clinic().currency();
            return scope.directory()
                    .price(use.model, use.date)
                    .flatMap(price -> scope.directory()
                            .convert(
                                    price.cost(
                                            counts.getOrDefault(Measure.LLM_INPUT_TOKENS, 0L),
                                            counts.getOrDefault(Measure.LLM_CACHED_INPUT_TOKENS, 0L),
                                            counts.getOrDefault(Measure.LLM_OUTPUT_TOKENS, 0L)),
                                    price.currency(),
                                    currency,
                                    use.date));
        }

        private static BigDecimal amount(Cell cell) {
            return cell.sum() == null ? BigDecimal.ZERO : cell.sum().toBigDecimal();
        }
    }

    /** The uses of a model on a local day, with a cost stated in one currency or with none. */
    private record Use(LocalDate date, String model, String currency) {

        static Use of(LocalDate date, Dimension dimension) {
            return new Use(date, dimension.label(), dimension.currency());
        }
    }
}
