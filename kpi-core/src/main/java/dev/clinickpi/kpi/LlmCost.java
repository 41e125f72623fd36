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
        Figure recovered = scope.figure(Kpi.REVENUE_RECOVERED);
        People people = scope.peopleBehind(Kpi.REVENUE_RECOVERED, recovered);
        BigDecimal revenue = recovered.value();
        BigDecimal conversations = BigDecimal.valueOf(scope.count(Measure.CONVERSATIONS));
        return figure.with("costPerConversation", quotient(cost, conversations))
                .with("revenueRecovered", revenue, people)
                .with("margin", margin(cost, revenue), people)
                .with("feeMargin", margin(cost, fee(scope)));
    }

    private static @Nullable BigDecimal quotient(@Nullable BigDecimal cost, @Nullable BigDecimal over) {
        return cost == null || over == null ? null : Figure.divide(cost, over).orElse(null);
    }

    private static @Nullable BigDecimal margin(@Nullable BigDecimal cost, @Nullable BigDecimal income) {
        BigDecimal share = quotient(cost, income);
        return share == null ? null : BigDecimal.ONE.subtract(share);
    }

    /** Each day's part of its monthly fee; null when no day has a fee. */
    private static @Nullable BigDecimal fee(KpiScope scope) {
        BigDecimal sum = null;
        for (LocalDate day : scope.days()) {
            Optional<BigDecimal> monthly = scope.clinic().subscriptionFee().on(day);
            if (monthly.isPresent()) {
                BigDecimal daily = monthly.get().divide(BigDecimal.valueOf(day.lengthOfMonth()), Figure.PRECISION);
                sum = sum == null ? daily : sum.add(daily);
            }
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
