package dev.clinickpi.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clinickpi.benchmarks.log.LogShape;
import dev.clinickpi.benchmarks.log.LogTally;
import dev.clinickpi.benchmarks.log.MadeLog;
import dev.clinickpi.benchmarks.log.MadeLog.Order;
import dev.clinickpi.benchmarks.log.Ndjson;
import dev.clinickpi.event.EventReader;
import dev.clinickpi.event.EventType;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MadeLogTest {

    private static final LogShape SHAPE = LogShape.ofEvents(50_000, 40, 60, 1);

    @Test
    void theSameSeedGivesTheSameLogAndAnotherOneAnother() {
        LogShape small = LogShape.ofEvents(2_000, 3, 20, 5);
        List<KpiEvent> events = MadeLog.of(small).events(Order.SHUFFLED_WITHIN_A_DAY);

        assertThat(MadeLog.of(small).events(Order.SHUFFLED_WITHIN_A_DAY)).isEqualTo(events);
        assertThat(MadeLog.of(LogShape.ofEvents(2_000, 3, 20, 6)).events(Order.SHUFFLED_WITHIN_A_DAY))
                .isNotEqualTo(events);
    }

    @Test
    void itIsAsLargeAndAsUntidyAsItSays() {
        List<KpiEvent> events = new ArrayList<>();
        LogTally tally = MadeLog.of(SHAPE).play(Order.SHUFFLED_WITHIN_A_DAY, events::addAll);
        Set<String> ids = new HashSet<>();
        events.forEach(event -> ids.add(event.clinicId() + " " + event.id()));

        assertThat((double) events.size()).isCloseTo(50_000, within(5_000.0));
        assertThat(tally.delivered()).isEqualTo(events.size());
        assertThat(tally.distinct()).isEqualTo(ids.size());
        assertThat((double) tally.duplicates() / tally.delivered()).isCloseTo(0.02, within(0.003));
        assertThat((double) tally.corrections() / tally.distinct()).isCloseTo(0.10, within(0.01));
        assertThat(events).extracting(KpiEvent::type).contains(EventType.values());
    }

    @Test
    void aConversationHasAboutSixMessages() {
        List<KpiEvent> events = MadeLog.of(SHAPE).events(Order.BY_TIME);
        Set<String> conversations = new HashSet<>();
        Set<String> messages = new HashSet<>();
        for (KpiEvent event : events) {
            if (event instanceof KpiEvent.Message message) {
                conversations.add(message.conversationId());
                messages.add(message.id());
            }
        }

        assertThat((double) messages.size() / conversations.size()).isCloseTo(6, within(0.3));
    }

    /** Within a day of UTC, and no further; a duplicate may come a day later than its event. */
    @Test
    void disorderIsOfADay() {
        MadeLog log = MadeLog.of(SHAPE);
        Instant[] dayStart = {log.from()};
        int[] disordered = {0};
        log.play(Order.SHUFFLED_WITHIN_A_DAY, events -> {
            assertThat(events)
                    .allMatch(event -> !event.at().isBefore(dayStart[0].minus(Duration.ofDays(1)))
                            && event.at().isBefore(dayStart[0].plus(Duration.ofDays(1))));
            for (int i = 1; i < events.size(); i++) {
                disordered[0] += events.get(i).at().isBefore(events.get(i - 1).at()) ? 1 : 0;
            }
            dayStart[0] = dayStart[0].plus(Duration.ofDays(1));
        });

        assertThat(disordered[0]).isGreaterThan(20_000);
        log.play(Order.BY_TIME, events -> assertThat(events).isSortedAccordingTo(Comparator.comparing(KpiEvent::at)));
    }

    @Test
    void theGateLetsEveryEventThrough() {
        Workload workload = Workload.of(Order.SHUFFLED_WITHIN_A_DAY, 20_000, 10);

        List<Fact> facts =
                workload.admitted(StandardPrivacy.with(KeyProvider.inMemory()).gate());

        assertThat(facts).hasSize(20_000);
        assertThat(facts)
                .anyMatch(fact -> fact instanceof Fact.Message message
                        && !message.services().isEmpty());
    }

    @Test
    void aLineSaysWhatItsEventSays() throws IOException {
        List<KpiEvent> events = MadeLog.of(LogShape.ofEvents(5_000, 3, 20, 5)).events(Order.BY_TIME);
        List<KpiEvent> read = new ArrayList<>();
        try (EventReader reader = EventReader.of(new ByteArrayInputStream(Ndjson.of(events)))) {
            for (KpiEvent event = reader.next(MadeLogTest::fail);
                    event != null;
                    event = reader.next(MadeLogTest::fail)) {
                read.add(event);
            }
        }

        assertThat(read).isEqualTo(events);
    }

    private static void fail(Object rejection) {
        throw new AssertionError(rejection);
    }
}
