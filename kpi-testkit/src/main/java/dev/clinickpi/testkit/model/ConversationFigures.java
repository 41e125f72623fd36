package dev.clinickpi.testkit.model;

import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Section 4: the KPIs that count conversations and what was said in them. */
record ConversationFigures(Question question) {

    /** The rows of {@code lead-tiers}, as they are shown. */
    private static final List<LeadTier> HOT_TO_COLD =
            List.of(LeadTier.HOT, LeadTier.WARM, LeadTier.COOL, LeadTier.COLD);

    /** Converted ÷ conversations; {@code pending}: not converted and started less than 720 h before asOf; by vertical. */
    ReferenceFigure conversionRate() {
        Coverage coverage = question.covered(Freshness.HOURLY);
        List<Conversation> conversations = question.conversationsIn(coverage);
        Instant settled = question.asOf().minus(question.options().conversionWindow());
        long pending = 0;
        Map<String, List<Conversation>> byVertical = new TreeMap<>(EventOrder.WORDS);
        for (Conversation conversation : conversations) {
            boolean converted = conversation.converts(question.options().conversionWindow());
            pending += !converted && conversation.start().isAfter(settled) ? 1 : 0;
            byVertical
                    .computeIfAbsent(conversation.vertical(), vertical -> new ArrayList<>())
                    .add(conversation);
        }
        Draft draft = new Draft("conversion-rate", coverage)
                .ratio(question.converted(conversations), conversations.size())
                .people(Question.patientsOf(conversations))
                .component("pending", pending);
        byVertical.forEach((vertical, group) -> draft.row(
                vertical, Draft.quotient(question.converted(group), group.size()), Question.patientsOf(group)));
        return draft.figure();
    }

    /** Bot response times, dated at the turn's opening: p95; a volume, so nobody is behind it. */
    ReferenceFigure responseTime() {
        Coverage coverage = question.covered(Freshness.REAL_TIME);
        List<Long> bot = new ArrayList<>();
        List<Long> human = new ArrayList<>();
        long unanswered = 0;
        for (Conversation conversation : question.history().conversations()) {
            for (Turn turn : Turn.of(conversation.messages())) {
                if (!coverage.contains(turn.opened())) {
                    continue;
                }
                if (turn.answeredBy() == null) {
                    unanswered++;
                } else if (turn.answeredBy() == Sender.BOT) {
                    bot.add(turn.responseMs());
                } else {
                    human.add(turn.responseMs());
                }
            }
        }
        return new Draft("response-time", coverage)
                .value(percentile(95, bot))
                .denominator(bot.size())
                .component("p50", percentile(50, bot))
                .component("p95", percentile(95, bot))
                .component("p99", percentile(99, bot))
                .component("max", percentile(100, bot))
                .component("count", bot.size())
                .component("unanswered", unanswered)
                .component("humanP50", percentile(50, human))
                .component("humanP95", percentile(95, human))
                .figure();
    }

    /** Nearest rank: the smallest value that at least {@code percent} of all are not above; null over nothing. */
    private static @Nullable BigDecimal percentile(int percent, List<Long> values) {
        if (values.isEmpty()) {
            return null;
        }
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int rank = (percent * sorted.size() + 99) / 100;
        return BigDecimal.valueOf(sorted.get(rank - 1));
    }

    /** Handed-off ÷ conversations. */
    ReferenceFigure handoffRate() {
        Coverage coverage = question.covered(Freshness.REAL_TIME);
        List<Conversation> conversations = question.conversationsIn(coverage);
        long handedOff = 0;
        for (Conversation conversation : conversations) {
            handedOff += conversation.handedOff() ? 1 : 0;
        }
        return new Draft("handoff-rate", coverage)
                .ratio(handedOff, conversations.size())
                .people(Question.patientsOf(conversations))
                .figure();
    }

    /** Conversations by tier; hot + warm ÷ scored. */
    ReferenceFigure leadTiers() {
        Coverage coverage = question.covered(Freshness.DAILY);
        List<Conversation> scored = question.conversationsIn(coverage);
        long all = scored.size();
        scored.removeIf(conversation -> conversation.tier() == null);
        long qualified = 0;
        for (Conversation conversation : scored) {
            qualified += conversation.tier() == LeadTier.HOT || conversation.tier() == LeadTier.WARM ? 1 : 0;
        }
        Draft draft = new Draft("lead-tiers", coverage)
                .ratio(qualified, scored.size())
                .people(Question.patientsOf(scored))
                .component("unscored", all - scored.size());
        for (LeadTier tier : HOT_TO_COLD) {
            List<Conversation> ofTier = new ArrayList<>(scored);
            ofTier.removeIf(conversation -> conversation.tier() != tier);
            draft.row(tier.name().toLowerCase(Locale.ROOT), ofTier.size(), Question.patientsOf(ofTier));
        }
        return draft.figure();
    }

    /** Conversations that mention each service, descending; the sort is stable, so ties stay by id. The value counts the services. */
    ReferenceFigure topServices() {
        Coverage coverage = question.covered(Freshness.WEEKLY);
        List<Conversation> conversations = question.conversationsIn(coverage);
        Map<String, List<Conversation>> byService = new TreeMap<>(EventOrder.WORDS);
        for (Conversation conversation : conversations) {
            for (String service : conversation.services()) {
                byService.computeIfAbsent(service, id -> new ArrayList<>()).add(conversation);
            }
        }
        List<Map.Entry<String, List<Conversation>>> rows = new ArrayList<>(byService.entrySet());
        rows.sort(Comparator.comparingInt(row -> -row.getValue().size()));
        Draft draft = new Draft("top-services", coverage)
                .value(rows.size())
                .denominator(conversations.size())
                .people(Question.patientsOf(conversations));
        rows.forEach(row -> draft.row(row.getKey(), row.getValue().size(), Question.patientsOf(row.getValue())));
        return draft.figure();
    }

    /** At asOf: conversations whose latest message is less than 30 min old and not followed by a close at or after it. */
    ReferenceFigure activeConversations() {
        Instant asOf = question.asOf();
        long active = 0;
        for (Conversation conversation : question.history().conversations()) {
            active += conversation.isActive(asOf, question.options().activeWindow()) ? 1 : 0;
        }
        return new Draft("active-conversations", asOf, asOf, false)
                .value(active)
                .sampleSize(active)
                .figure();
    }
}
