package dev.clinickpi.testkit.model;

import dev.clinickpi.event.KpiEvent;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Section 5.3: what happens at which hour of the week, by the wall clock. */
final class HeatmapView {

    /** Wall hours begin and spans of opening hours end on one, so that time goes on in whole pieces but for the last. */
    private static final Duration PIECE = Duration.ofMinutes(1);

    private final Question question;
    private final Coverage covered;

    HeatmapView(Question question) {
        this.question = question;
        this.covered = question.covered(Freshness.REAL_TIME);
    }

    ReferenceHeatmap heatmap() {
        Exposure exposure = new Exposure();
        exposure.measure();
        List<ReferenceHeatmap.Cell> cells = new ArrayList<>();
        for (DayOfWeek weekday : DayOfWeek.values()) {
            for (int hour = 0; hour < 24; hour++) {
                cells.add(cell(weekday, hour, exposure));
            }
        }
        return new ReferenceHeatmap(cells);
    }

    private ReferenceHeatmap.Cell cell(DayOfWeek weekday, int hour, Exposure exposure) {
        long messages = 0;
        for (KpiEvent.Message message : question.patientMessagesIn(covered)) {
            messages += isIn(weekday, hour, message.at()) ? 1 : 0;
        }
        long conversations = 0;
        long conversions = 0;
        Set<String> people = new LinkedHashSet<>();
        for (Conversation conversation : question.conversationsIn(covered)) {
            if (isIn(weekday, hour, conversation.start())) {
                conversations++;
                conversions += conversation.converts(question.options().conversionWindow()) ? 1 : 0;
                people.add(conversation.patient());
            }
        }
        long millis = exposure.millis[weekday.getValue()][hour];
        long open = exposure.open[weekday.getValue()][hour];
        return new ReferenceHeatmap.Cell(messages, conversations, conversions, people, millis, 2 * open > millis);
    }

    private boolean isIn(DayOfWeek weekday, int hour, Instant x) {
        ZonedDateTime wall = x.atZone(question.clinic().zone());
        return wall.getDayOfWeek() == weekday && wall.getHour() == hour;
    }

    /** Minute by minute through what is covered. */
    private final class Exposure {

        private final long[][] millis = new long[8][24];
        private final long[][] open = new long[8][24];

        void measure() {
            OpeningSpans spans = OpeningSpans.of(
                    question.clinic(),
                    question.period().from(),
                    question.period().to());
            for (Instant x = covered.from(); x.isBefore(covered.shownTo()); x = x.plus(PIECE)) {
                Instant end = x.plus(PIECE);
                long length = Duration.between(x, end.isBefore(covered.shownTo()) ? end : covered.shownTo())
                        .toMillis();
                ZonedDateTime wall = x.atZone(question.clinic().zone());
                millis[wall.getDayOfWeek().getValue()][wall.getHour()] += length;
                open[wall.getDayOfWeek().getValue()][wall.getHour()] += spans.isOpen(x) ? length : 0;
            }
        }
    }
}
