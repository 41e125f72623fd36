package dev.clinickpi.testkit.model;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Section 4 and 5: one KPI by its id, as a view asks for it. What is of the moment alone has no part in a view. */
final class SingleFigure {

    private static final Map<String, Freshness> FRESHNESS = Map.ofEntries(
            Map.entry("revenue-recovered", Freshness.REAL_TIME),
            Map.entry("conversion-rate", Freshness.HOURLY),
            Map.entry("response-time", Freshness.REAL_TIME),
            Map.entry("no-show-rate", Freshness.DAILY),
            Map.entry("handoff-rate", Freshness.REAL_TIME),
            Map.entry("lead-tiers", Freshness.DAILY),
            Map.entry("top-services", Freshness.WEEKLY),
            Map.entry("csat", Freshness.DAILY),
            Map.entry("llm-cost", Freshness.DAILY),
            Map.entry("waitlist-conversion", Freshness.DAILY),
            Map.entry("active-conversations", Freshness.REAL_TIME),
            Map.entry("tier-utilization", Freshness.WEEKLY));

    private static final Map<String, Function<Question, ReferenceFigure>> FIGURES = Map.ofEntries(
            Map.entry("revenue-recovered", question -> new BusinessFigures(question).revenueRecovered()),
            Map.entry("conversion-rate", question -> new ConversationFigures(question).conversionRate()),
            Map.entry("response-time", question -> new ConversationFigures(question).responseTime()),
            Map.entry("no-show-rate", question -> new CareFigures(question).noShowRate()),
            Map.entry("handoff-rate", question -> new ConversationFigures(question).handoffRate()),
            Map.entry("lead-tiers", question -> new ConversationFigures(question).leadTiers()),
            Map.entry("top-services", question -> new ConversationFigures(question).topServices()),
            Map.entry("csat", question -> new CareFigures(question).csat()),
            Map.entry("llm-cost", question -> new BusinessFigures(question).llmCost()),
            Map.entry("waitlist-conversion", question -> new CareFigures(question).waitlistConversion()),
            Map.entry("active-conversations", SingleFigure::ofTheMoment),
            Map.entry("tier-utilization", question -> new BusinessFigures(question).tierUtilization()));

    private SingleFigure() {}

    static ReferenceFigure of(String kpi, Question question) {
        return Objects.requireNonNull(FIGURES.get(kpi), "an id of section 4").apply(question);
    }

    static Freshness freshness(String kpi) {
        return Objects.requireNonNull(FRESHNESS.get(kpi), "an id of section 4");
    }

    private static ReferenceFigure ofTheMoment(Question question) {
        return new Draft("active-conversations", question.covered(Freshness.REAL_TIME)).notApplicable();
    }
}
