package dev.clinickpi.testkit.model;

import dev.clinickpi.clinic.Tier;
import dev.clinickpi.event.KpiEvent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Section 4: the KPIs about what the product earns, costs and is used for. */
record BusinessFigures(Question question) {

    private static final int DAYS_BEFORE_ADVICE = 28;
    private static final Fraction UPGRADE_FROM = Fraction.of(8, 10);
    private static final Fraction DOWNGRADE_TO = Fraction.of(3, 10);

    /** See {@link RevenueRecovered}; not applicable without opening hours or average revenue. */
    ReferenceFigure revenueRecovered() {
        Coverage coverage = question.covered(Freshness.REAL_TIME);
        Draft draft = new Draft("revenue-recovered", coverage);
        RevenueRecovered revenue = new RevenueRecovered(question, coverage);
        return revenue.isApplicable() ? revenue.describe(draft).figure() : draft.notApplicable();
    }

    /** Σ cost; uses without a price or rate are counted, never taken as 0; if all are, undefined. */
    ReferenceFigure llmCost() {
        Coverage coverage = question.covered(Freshness.DAILY);
        long uses = 0;
        long unpriced = 0;
        long input = 0;
        long cached = 0;
        long output = 0;
        BigDecimal cost = BigDecimal.ZERO;
        Map<String, BigDecimal> byModel = new TreeMap<>(EventOrder.WORDS);
        for (KpiEvent.LlmUsed use : question.history().all(KpiEvent.LlmUsed.class)) {
            if (!coverage.contains(use.at())) {
                continue;
            }
            uses++;
            input += use.inputTokens();
            cached += use.cachedInputTokens();
            output += use.outputTokens();
            Optional<BigDecimal> price =
                    question.prices().costOf(use, question.calendar().dayOf(use.at()));
            if (price.isEmpty()) {
                unpriced++;
            } else {
                cost = cost.add(price.get());
                byModel.merge(use.model(), price.get(), BigDecimal::add);
            }
        }
        boolean nothingIsPriced = uses > 0 && unpriced == uses;
        Draft draft = new Draft("llm-cost", coverage)
                .value(nothingIsPriced ? null : cost)
                .sampleSize(uses)
                .component("unpriced", unpriced)
                .component("inputTokens", input)
                .component("cachedInputTokens", cached)
                .component("outputTokens", output);
        byModel.forEach(draft::row);
        addWhatItIsWorth(draft, coverage, unpriced == 0 ? cost : null);
        return draft.figure();
    }

    /** The components that set cost against revenue; those that take the cost are absent when a use is unpriced. */
    private void addWhatItIsWorth(Draft draft, Coverage coverage, @Nullable BigDecimal cost) {
        RevenueRecovered revenue = new RevenueRecovered(question, coverage);
        if (cost != null && revenue.conversations() > 0) {
            draft.component(
                    "costPerConversation",
                    Fraction.of(cost)
                            .dividedBy(Fraction.of(revenue.conversations(), 1))
                            .toDecimal());
        }
        if (revenue.isApplicable()) {
            draft.component("revenueRecovered", revenue.value().toDecimal())
                    .componentPeople("revenueRecovered", revenue.people())
                    .component("margin", margin(cost, revenue.value()))
                    .componentPeople("margin", revenue.people());
        }
        draft.component("feeMargin", margin(cost, fee(coverage)));
    }

    /** 1 − cost ÷ income; null when either is missing or the income is 0. */
    private static @Nullable BigDecimal margin(@Nullable BigDecimal cost, Fraction income) {
        return cost == null || income.isZero()
                ? null
                : Fraction.ONE.minus(Fraction.of(cost).dividedBy(income)).toDecimal();
    }

    /** Σ over the days that begin before the covered end of that day's monthly fee ÷ days of its month; a day without one counts 0. */
    private Fraction fee(Coverage coverage) {
        Fraction sum = Fraction.ZERO;
        LocalDate day = question.period().from();
        while (question.excerpt().isOfWholeDays()
                && day.isBefore(question.period().to())
                && question.calendar().startOf(day).isBefore(coverage.shownTo())) {
            Optional<BigDecimal> monthly =
                    EffectiveDates.inForce(question.clinic().subscriptionFee(), day);
            if (monthly.isPresent()) {
                sum = sum.plus(Fraction.of(monthly.get()).dividedBy(Fraction.of(day.lengthOfMonth(), 1)));
            }
            day = day.plusDays(1);
        }
        return sum;
    }

    /** Distinct features used that the tier in force offers ÷ features it offers. */
    ReferenceFigure tierUtilization() {
        Coverage coverage = question.covered(Freshness.WEEKLY);
        Draft draft = new Draft("tier-utilization", coverage);
        List<Tier> tiers = question.directory().tiers();
        int place = tierIds(tiers).indexOf(tierInForce(coverage));
        if (place < 0) {
            return draft.notApplicable();
        }
        Set<String> offered = tiers.get(place).features();
        Set<String> used = new LinkedHashSet<>();
        for (KpiEvent.FeatureUsed use : question.history().all(KpiEvent.FeatureUsed.class)) {
            if (coverage.contains(use.at())) {
                used.add(use.feature());
            }
        }
        Set<String> usedOfOffered = new LinkedHashSet<>(used);
        usedOfOffered.retainAll(offered);
        int beyond = used.size() - usedOfOffered.size();
        draft.ratio(usedOfOffered.size(), offered.size()).component("beyondTier", beyond);
        if (coversEnoughForAdvice(coverage) && !offered.isEmpty()) {
            Fraction utilization = Fraction.of(usedOfOffered.size(), offered.size());
            draft.component("advice", advice(tiers, place, used, utilization, beyond));
        }
        return draft.figure();
    }

    private boolean coversEnoughForAdvice(Coverage coverage) {
        LocalDate enough = question.period().from().plusDays(DAYS_BEFORE_ADVICE);
        return question.excerpt().isOfWholeDays()
                && !question.calendar().startOf(enough).isAfter(coverage.shownTo());
    }

    /** That of the latest subscription.changed before the period's end, else the clinic's; null when unknown. */
    private @Nullable String tierInForce(Coverage coverage) {
        List<KpiEvent.SubscriptionChanged> changes = question.history().all(KpiEvent.SubscriptionChanged.class);
        changes.removeIf(change -> !change.at().isBefore(coverage.end()));
        return ClinicHistory.latest(
                        changes,
                        EventOrder.subscriptions(tierIds(question.directory().tiers())))
                .map(KpiEvent.SubscriptionChanged::tier)
                .orElse(question.clinic().tier());
    }

    private static List<String> tierIds(List<Tier> tiers) {
        List<String> ids = new ArrayList<>();
        tiers.forEach(tier -> ids.add(tier.id()));
        return ids;
    }

    /** Tiers are listed small to large. */
    private static String advice(List<Tier> tiers, int place, Set<String> used, Fraction utilization, int beyond) {
        boolean hasLarger = place + 1 < tiers.size();
        boolean hasSmaller = place > 0;
        if (hasLarger && (beyond >= 1 || utilization.compareTo(UPGRADE_FROM) >= 0)) {
            return "UPGRADE";
        }
        if (hasSmaller
                && utilization.compareTo(DOWNGRADE_TO) <= 0
                && tiers.get(place - 1).features().containsAll(used)) {
            return "DOWNGRADE";
        }
        return "KEEP";
    }
}
