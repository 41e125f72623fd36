package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiReport;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.time.Period;
import dev.clinickpi.view.Funnel;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Threads that write and threads that read at once. Each clinic's story is written by one thread in its order, one conversation a batch, so a report
 * must be that of a number of whole conversations: at least as many as were recorded before it was asked, at most as many as were begun when it was
 * answered. Each conversation is handed off, scored and closed in the batch that begins it, so a report that saw half a batch would show it.
 */
class ManyThreadsTest {

    private static final int WRITERS = 8;
    private static final int READERS = 8;
    private static final Instant NOW = Instant.parse("2026-04-10T12:00:00Z");
    private static final KpiRequest REQUEST =
            KpiRequest.of(Period.month(2026, 4)).asLive();

    @Test
    void noFigureIsTornInAMoment() throws Exception {
        writeAndRead(Duration.ofSeconds(2));
    }

    @Test
    @Tag("thorough")
    void noFigureIsTornInAMinute() throws Exception {
        writeAndRead(Duration.ofMinutes(1));
    }

    private static void writeAndRead(Duration howLong) throws Exception {
        List<Clinic> clinics = clinics();
        Map<ClinicId, Clinic> byId = new LinkedHashMap<>();
        clinics.forEach(clinic -> byId.put(clinic.id(), clinic));
        ExactEngine exact = new ExactEngine(
                new ClinicDirectory(byId, List.of(), Map.of(), Map.of()),
                NOW,
                EventLog.inMemory(),
                builder -> builder.shards(3).settledInMemory(500));
        KpiEngine engine = exact.engine();
        AtomicIntegerArray begun = new AtomicIntegerArray(WRITERS);
        AtomicIntegerArray recorded = new AtomicIntegerArray(WRITERS);
        long end = System.nanoTime() + howLong.toNanos();
        List<Integer> done = Threads.atOnce(WRITERS + READERS, howLong, thread -> {
            int rounds = 0;
            while (System.nanoTime() < end) {
                if (thread < WRITERS) {
                    begun.incrementAndGet(thread);
                    assertThat(engine.record(conversation(clinics.get(thread), rounds))
                                    .accepted())
                            .isEqualTo(5);
                    recorded.incrementAndGet(thread);
                } else {
                    int asked = (thread + rounds) % WRITERS;
                    ClinicId clinic = clinics.get(asked).id();
                    ClinicDashboard dashboard = engine.open(Principal.clinicAdmin("ana", clinic), clinic);
                    int atLeast = recorded.get(asked);
                    if (rounds % 2 == 0) {
                        KpiReport report = dashboard.report(REQUEST);
                        assertWhole(report, atLeast, begun.get(asked));
                    } else {
                        Funnel funnel = dashboard.funnel(REQUEST.period());
                        assertWhole(funnel, atLeast, begun.get(asked));
                    }
                }
                rounds++;
            }
            return rounds;
        });
        assertThat(done).allMatch(rounds -> rounds > 0);
        engine.close();
        long events = 0;
        for (int writer = 0; writer < WRITERS; writer++) {
            events += 5L * recorded.get(writer);
        }
        assertThat(engine.health().accepted()).isEqualTo(events);
    }

    /** Every figure is that of the same number of whole conversations. */
    private static void assertWhole(KpiReport report, int atLeast, int atMost) {
        KpiResult handoff = report.result(Kpi.HANDOFF_RATE);
        int conversations = Objects.requireNonNull(handoff.denominator()).intValueExact();
        assertThat(conversations).isBetween(atLeast, atMost);
        assertThat(handoff.numerator()).isEqualByComparingTo(Objects.requireNonNull(handoff.denominator()));
        KpiResult tiers = report.result(Kpi.LEAD_TIERS);
        assertThat(tiers.denominator()).isEqualByComparingTo(BigDecimal.valueOf(conversations));
        assertThat(component(report.result(Kpi.RESPONSE_TIME), "count"))
                .isEqualByComparingTo(BigDecimal.valueOf(conversations));
        assertThat(report.result(Kpi.ACTIVE_CONVERSATIONS).value()).isEqualByComparingTo(BigDecimal.ZERO);
    }

    /** Every conversation has one message of a patient and is hot, and none has an appointment. */
    private static void assertWhole(Funnel funnel, int atLeast, int atMost) {
        List<Long> counts = funnel.stages().stream().map(Funnel.Stage::count).toList();
        assertThat(counts).doesNotContainNull().isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(counts.get(1)).isBetween((long) atLeast, (long) atMost);
        assertThat(counts).containsExactly(counts.get(1), counts.get(1), counts.get(1), 0L, 0L);
    }

    private static BigDecimal component(KpiResult result, String id) {
        return result.components().stream()
                .filter(component -> component.id().equals(id))
                .map(component -> Objects.requireNonNull(component.value()))
                .findFirst()
                .orElseThrow();
    }

    /** A patient's message, its answer, a hand-off, a score and the end, in any order. */
    private static List<KpiEvent> conversation(Clinic clinic, int number) {
        ClinicId id = clinic.id();
        String name = "c" + number;
        Instant at = NOW.minus(Duration.ofMinutes(5)).minusMillis(number % 86_400_000);
        List<KpiEvent> events = new ArrayList<>(List.of(
                new KpiEvent.Message(name + "-1", id, at, name, "p" + number, KpiEvent.Sender.PATIENT, null, null),
                new KpiEvent.Message(
                        name + "-2", id, at.plusMillis(900), name, "p" + number, KpiEvent.Sender.BOT, null, null),
                new KpiEvent.ConversationHandedOff(name + "-3", id, at.plusSeconds(2), name),
                new KpiEvent.LeadScored(name + "-4", id, at.plusSeconds(3), name, KpiEvent.LeadTier.HOT),
                new KpiEvent.ConversationClosed(name + "-5", id, at.plusSeconds(4), name)));
        Collections.shuffle(events, new Random(number));
        return events;
    }

    private static List<Clinic> clinics() {
        List<Clinic> clinics = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            clinics.add(Samples.clinic("clinic-" + i));
        }
        return clinics;
    }
}
