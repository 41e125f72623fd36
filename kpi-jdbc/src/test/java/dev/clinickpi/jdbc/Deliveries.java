package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.EffectiveDated;
import dev.clinickpi.clinic.Tier;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.testkit.ExactEngine;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Three months of a few clinics as an unreliable host delivers them: shuffled within days, every eighth event twice. While they are delivered time passes, so
 * that what one engine folds on a Monday another goes on with on a Friday.
 */
final class Deliveries {

    private static final int CLINICS = 6;
    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final Duration LENGTH = Duration.ofDays(90);

    /** How far an event may come too early or too late, in places. */
    private static final int DISORDER = 400;

    private final List<KpiEvent> events;

    private Deliveries(List<KpiEvent> events) {
        this.events = events;
    }

    static Deliveries of(long seed, int count) {
        Random random = new Random(seed);
        List<KpiEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant at = START.plusMillis(LENGTH.toMillis() * i / count);
            events.add(event(random, i, at, count));
        }
        IntStream.range(0, count / 8).forEach(i -> events.add(8 * i, events.get(8 * i)));
        for (int from = 0; from < events.size(); from += DISORDER / 2) {
            Collections.shuffle(events.subList(from, Math.min(events.size(), from + DISORDER)), random);
        }
        return new Deliveries(events);
    }

    private static KpiEvent event(Random random, int i, Instant at, int count) {
        ClinicId clinic = clinics().get(random.nextInt(CLINICS));
        int recent = i / 60;
        String conversation = "c" + (recent + random.nextInt(8));
        String patient = "p" + random.nextInt(1 + count / 40);
        String appointment = "a" + (i / 150 + random.nextInt(5));
        String id = "e" + i;
        return switch (random.nextInt(12)) {
            case 0 -> new KpiEvent.LeadScored(id, clinic, at, conversation, pick(LeadTier.values(), random));
            case 1 -> new KpiEvent.CsatSubmitted(id, clinic, at, conversation, patient, 1 + random.nextInt(5));
            case 2 -> new KpiEvent.ConversationClosed(id, clinic, at, conversation);
            case 3 -> new KpiEvent.FeatureUsed(id, clinic, at, "reminders");
            case 4 -> new KpiEvent.LlmUsed(id, clinic, at, "m", random.nextInt(900), 0, random.nextInt(90), null, null);
            case 5, 6 ->
                new KpiEvent.Appointment(
                        id,
                        clinic,
                        at,
                        appointment,
                        patient,
                        pick(AppointmentStatus.values(), random),
                        at.plusSeconds(random.nextInt(15 * 24 * 60 * 60)),
                        random.nextBoolean() ? conversation : null,
                        null,
                        null);
            default ->
                new KpiEvent.Message(id, clinic, at, conversation, patient, pick(Sender.values(), random), null, null);
        };
    }

    private static <T> T pick(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    int size() {
        return events.size();
    }

    /** Those from one place to before another, or to the end. */
    List<KpiEvent> between(int from, int to) {
        return events.subList(from, Math.min(to, events.size()));
    }

    /** When the deliveries have come so far. */
    Instant timeAt(int place) {
        return START.plusMillis(LENGTH.toMillis() * place / events.size());
    }

    static List<ClinicId> clinics() {
        return IntStream.range(0, CLINICS)
                .mapToObj(i -> ClinicId.of("clinic-" + i))
                .toList();
    }

    static ClinicDirectory directory() {
        return new ClinicDirectory(
                clinics().stream().collect(Collectors.toMap(id -> id, Deliveries::clinic)),
                List.of(Tier.of("pro", "reminders")),
                Map.of(),
                Map.of());
    }

    private static Clinic clinic(ClinicId id) {
        return new Clinic(
                id,
                "Clínica " + id,
                id.value(),
                "dental",
                "ES",
                ZoneId.of("Europe/Madrid"),
                "EUR",
                Locale.forLanguageTag("es-ES"),
                null,
                EffectiveDated.none(),
                Set.of(),
                EffectiveDated.none(),
                "pro",
                List.of(),
                Map.of(),
                EffectiveDated.none());
    }

    /** An engine whose store is looked after a few times a second, as one that is to be killed should. */
    static ExactEngine engine(EventLog log, CellStore store, Instant now) {
        return engine(log, store, now, Duration.ofMillis(40));
    }

    /** @param step how often it looks at the log; it keeps what it has folded every third time */
    static ExactEngine engine(EventLog log, CellStore store, Instant now, Duration step) {
        return new ExactEngine(
                directory(),
                now,
                log,
                builder -> builder.cells(store)
                        .shards(3)
                        .settledInMemory(300)
                        .followEvery(step)
                        .checkpointEvery(step.multipliedBy(3))
                        .leaseFor(step.multipliedBy(50)));
    }
}
