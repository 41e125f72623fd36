package dev.clinickpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.TestEngine.TestClock;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventSource;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.Rejection;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a source of events is told, and what is told of it. */
class IngestionTest {

    private static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");

    private final TestClock clock = new TestClock("2026-03-31T12:00:00Z");
    private final CountingLog log = new CountingLog();
    private final KpiEngine engine = TestEngine.builder(clock).events(log).build();
    private final List<Rejection> rejections = new ArrayList<>();

    /** Whenever the source is told that all is stored, it is. */
    @Test
    void aSourceIsToldWhatIsStored() throws IOException {
        Rows rows = new Rows(2_500, row -> event(TestClinics.SOL, row));
        RecordResult result = engine.record(TestEngine.FOUNDER, rows, rejections::add);

        assertThat(result.accepted()).isEqualTo(2_500);
        assertThat(rows.acknowledged).containsExactly(1_000L, 2_000L, 2_500L);
        assertThat(rows.storedThen).isEqualTo(rows.acknowledged);
    }

    @Test
    void aSourceOfNothingButRefusalsMayGoOnBehindThem() throws IOException {
        Rows rows = new Rows(3, row -> null);
        assertThat(engine.record(TestEngine.FOUNDER, rows, rejections::add).rejected())
                .isEqualTo(3);
        assertThat(rows.acknowledged).containsExactly(3L);
    }

    @Test
    void whatTheLogDidNotStoreIsNotAcknowledged() {
        Rows rows = new Rows(2_500, row -> event(TestClinics.SOL, row));
        log.fullAt = 1_500;
        assertThatThrownBy(() -> engine.record(TestEngine.FOUNDER, rows, rejections::add))
                .hasMessage("disk full");
        assertThat(rows.acknowledged).containsExactly(1_000L);
    }

    /** The rest of a batch is stored, but not what the source was in the middle of. */
    @Test
    void whatASourceWasInTheMiddleOfIsNotAcknowledged() {
        Rows rows = new Rows(2_500, row -> {
            if (row == 1_500) {
                throw new IllegalStateException("unplugged");
            }
            return event(TestClinics.SOL, row);
        });
        assertThatThrownBy(() -> engine.record(TestEngine.FOUNDER, rows, rejections::add))
                .hasMessage("unplugged");
        assertThat(log.stored).isEqualTo(1_499);
        assertThat(rows.acknowledged).containsExactly(1_000L);
    }

    /** Those of the source and those of the engine, which finds clinics and labels wanting, bear the same marks. */
    @Test
    void everyRefusalIsCountedOnceAndNamesItsPlace() throws IOException {
        Rows rows = new Rows(
                4, row -> row == 2 ? null : row == 3 ? event(ClinicId.of("luna"), row) : event(TestClinics.SOL, row));
        RecordResult result = engine.record(TestEngine.FOUNDER, rows, rejections::add);

        assertThat(result.accepted()).isEqualTo(2);
        assertThat(result.rejected()).isEqualTo(2);
        assertThat(engine.health().rejected()).isEqualTo(2);
        assertThat(result.rejections()).isEqualTo(rejections);
        assertThat(rejections)
                .extracting(Rejection::toString)
                .containsExactly(
                        "row 2 of a query: type is missing",
                        "row 3 of a query: clinicId must name a clinic of the reference data");
    }

    @Test
    void aPlaceInAListIsItsNumber() {
        RecordResult result = engine.record(List.of(event(ClinicId.of("luna"), 1)));
        assertThat(result.rejections()).hasToString("[line 1: clinicId must name a clinic of the reference data]");
    }

    private static KpiEvent event(ClinicId clinic, long row) {
        return new KpiEvent.FeatureUsed("e" + row, clinic, AT, "a");
    }

    /** Rows of a query; those that are null are none. */
    private final class Rows implements EventSource {

        private final long count;
        private final LongFunction<@Nullable KpiEvent> content;
        private final List<Long> acknowledged = new ArrayList<>();
        private final List<Long> storedThen = new ArrayList<>();
        private long row;

        Rows(long count, LongFunction<@Nullable KpiEvent> content) {
            this.count = count;
            this.content = content;
        }

        @Override
        public @Nullable KpiEvent next(Consumer<? super Rejection> refused) {
            while (row < count) {
                KpiEvent event = content.apply(++row);
                if (event != null) {
                    return event;
                }
                refused.accept(new Rejection(row, place(), "type", "is missing"));
            }
            return null;
        }

        @Override
        public long line() {
            return row;
        }

        @Override
        public String place() {
            return "a query";
        }

        @Override
        public void acknowledge() {
            acknowledged.add(row);
            storedThen.add(log.stored);
        }
    }

    private static final class CountingLog extends ForwardingLog {

        private long fullAt = Long.MAX_VALUE;
        private long stored;

        @Override
        public Appended append(List<Fact> facts) {
            if (stored + facts.size() > fullAt) {
                throw new IllegalStateException("disk full");
            }
            stored += facts.size();
            return log.append(facts);
        }
    }
}
