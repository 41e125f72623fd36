package dev.clinickpi;

import static dev.clinickpi.TestEngine.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.TestEngine.TestClock;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.event.Outbox;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is recorded in a transaction of the host's passes the gate and is counted; the rest is the log's, once that commits. */
class RecordInOutboxTest {

    private static final KpiEvent FIRST = message("1", Sender.PATIENT, "c", "2026-03-02T10:00:00Z");
    private static final KpiEvent SECOND = message("2", Sender.BOT, "c", "2026-03-02T10:00:01Z");

    private final EventLog log = EventLog.inMemory();
    private final KpiEngine engine = TestEngine.builder(new TestClock("2026-03-31T12:00:00Z"))
            .events(log)
            .build();
    private final List<Fact> stored = new ArrayList<>();

    @Test
    void everyEventIsJudgedAndCountedOnce() {
        Outbox outbox = facts -> {
            stored.addAll(facts);
            return List.of(Outcome.DUPLICATE, Outcome.ACCEPTED, Outcome.TOO_LATE);
        };
        KpiEvent nowhere = new KpiEvent.FeatureUsed("9", ClinicId.of("nowhere"), FIRST.at(), "reports");

        RecordResult result = engine.record(outbox, List.of(FIRST, nowhere, SECOND, FIRST));

        assertThat(result.duplicates()).isEqualTo(1);
        assertThat(result.accepted()).isEqualTo(1);
        assertThat(result.tooLate()).isEqualTo(1);
        assertThat(result.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.line()).isEqualTo(2);
            assertThat(rejection.field()).isEqualTo("clinicId");
        });
        EngineHealth health = engine.health();
        assertThat(List.of(health.accepted(), health.duplicates(), health.tooLate(), health.rejected()))
                .containsExactly(1L, 1L, 1L, 1L);
        assertThat(stored)
                .hasSize(3)
                .extracting(Fact::at)
                .containsExactly(millis(FIRST), millis(SECOND), millis(FIRST));
    }

    /** Two who put the same events in several steps, each in an order of his own, into open transactions would wait for each other. */
    @Test
    void allGoesInAtOnce() {
        List<KpiEvent> events = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            ClinicId clinic = i % 2 == 0 ? TwoClinics.SOL : TwoClinics.MAR;
            events.add(new KpiEvent.FeatureUsed("f" + i, clinic, FIRST.at(), "reports"));
        }
        List<Integer> sizes = new ArrayList<>();
        KpiEngine ofTwo = TestEngine.builder(new TestClock("2026-03-31T12:00:00Z"))
                .directory(TwoClinics.directory())
                .shards(16)
                .build();
        ofTwo.record(
                facts -> {
                    sizes.add(facts.size());
                    return Collections.nCopies(facts.size(), Outcome.ACCEPTED);
                },
                events);

        assertThat(sizes).containsExactly(2_500);
    }

    /** The engine's own log and cells do not hear of them. */
    @Test
    void nothingIsFoldedYet() {
        engine.record(facts -> List.of(Outcome.ACCEPTED), List.of(FIRST));

        assertThat(log.ends()).isEmpty();
        assertThat(engine.health().entities()).isZero();
        assertThat(engine.record(List.of(FIRST)).accepted()).isEqualTo(1);
        assertThat(engine.health().entities()).isPositive();
    }

    @Test
    void aClosedEngineTakesNothingIn() {
        engine.close();

        assertThatThrownBy(() -> engine.record(facts -> List.of(Outcome.ACCEPTED), List.of(FIRST)))
                .isInstanceOf(IllegalStateException.class);
    }

    private static long millis(KpiEvent event) {
        return event.at().toEpochMilli();
    }
}
