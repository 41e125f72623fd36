package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Random weeks of a clinic, each with patients, conversations and appointments of its own that are mixed at will. So of what a patient touches either all facts
 * are dated before an instant, or none, or the instant lies in the patient's week.
 */
final class Weeks {

    static final ClinicId CLINIC = Deliveries.clinics().get(0);
    static final int COUNT = 8;
    static final int PATIENTS = 4;

    /** Appointments of the weeks from this one on may lie far ahead. Of earlier ones that would begin after their patient was forgotten they count for nobody. */
    static final int LONG = 6;

    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final int EVENTS = 40;

    private final Random random;
    private int ids;

    Weeks(Random random) {
        this.random = random;
    }

    /** The instant at which a week begins. */
    static Instant start(int week) {
        return START.plus(Duration.ofDays(7L * week));
    }

    static String patient(int week, int number) {
        return "p" + week + "-" + number;
    }

    /** The patient whom an event names; null for none. */
    static @Nullable String patientOf(KpiEvent event) {
        if (event instanceof KpiEvent.Message e) {
            return e.patientId();
        } else if (event instanceof KpiEvent.Appointment e) {
            return e.patientId();
        } else if (event instanceof KpiEvent.CsatSubmitted e) {
            return e.patientId();
        } else if (event instanceof KpiEvent.PatientOnboarded e) {
            return e.patientId();
        }
        return null;
    }

    /** The events that do not name a patient. */
    static List<KpiEvent> without(String patient, List<KpiEvent> events) {
        return events.stream()
                .filter(event -> !patient.equals(patientOf(event)))
                .toList();
    }

    /** Events of a week in order of time, or nearly. */
    List<KpiEvent> of(int week) {
        return Stream.generate(() -> event(week))
                .limit(EVENTS)
                .sorted(Comparator.comparing(event -> event.at().toEpochMilli() / 40_000_000))
                .toList();
    }

    /** Events of some weeks. */
    List<KpiEvent> of(int from, int to) {
        List<KpiEvent> events = new ArrayList<>();
        for (int week = from; week < to; week++) {
            events.addAll(of(week));
        }
        return events;
    }

    private KpiEvent event(int week) {
        String id = "e" + ids++;
        Instant at = start(week).plusSeconds(random.nextInt(7 * 24 * 60 * 60));
        String patient = patient(week, random.nextInt(PATIENTS));
        String conversation = "c" + week + "-" + random.nextInt(4);
        String appointment = "a" + week + "-" + random.nextInt(4);
        return switch (random.nextInt(16)) {
            case 0 -> new KpiEvent.LeadScored(id, CLINIC, at, conversation, pick(LeadTier.values()));
            case 1 -> new KpiEvent.CsatSubmitted(id, CLINIC, at, conversation, patient, 1 + random.nextInt(5));
            case 2 -> new KpiEvent.ConversationClosed(id, CLINIC, at, conversation);
            case 3 -> new KpiEvent.FeatureUsed(id, CLINIC, at, "reminders");
            case 4 -> new KpiEvent.PatientOnboarded(id, CLINIC, at, patient);
            case 5 -> new KpiEvent.ConversationHandedOff(id, CLINIC, at, conversation);
            case 6 -> new KpiEvent.WaitlistFilled(id, CLINIC, at, appointment, "x" + ids);
            case 7, 8, 9, 10 ->
                new KpiEvent.Appointment(
                        id,
                        CLINIC,
                        at,
                        appointment,
                        patient,
                        pick(AppointmentStatus.values()),
                        at.plusSeconds(random.nextInt(week < LONG ? 60 * 60 : 40 * 24 * 60 * 60)),
                        random.nextBoolean() ? conversation : null,
                        null,
                        random.nextBoolean() ? new Money(BigDecimal.valueOf(random.nextInt(200)), "EUR") : null);
            default -> new KpiEvent.Message(id, CLINIC, at, conversation, patient, pick(Sender.values()), null, null);
        };
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
