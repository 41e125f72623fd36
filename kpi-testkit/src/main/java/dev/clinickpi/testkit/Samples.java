package dev.clinickpi.testkit;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.EffectiveDated;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.clinic.Service;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Clinics and events that the contract kits try implementations with. */
final class Samples {

    static final Service IMPLANTS = new Service("implant", "Implantes", List.of("implante dental"));
    static final Service WHITENING = new Service("whitening", "Blanqueamiento", List.of());

    static final Clinic SOL = clinic("sol", IMPLANTS, WHITENING);
    static final Clinic MAR = clinic("mar", WHITENING);

    static final Instant AT = Instant.parse("2026-03-29T00:59:59.999Z");
    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2199-12-31T23:59:59.999Z");
    private static final long MOST_TOKENS = 1_000_000_000_000L;

    private Samples() {}

    static Clinic clinic(String id, Service... services) {
        return new Clinic(
                ClinicId.of(id),
                "Clínica " + id,
                id,
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
                List.of(services),
                Map.of(),
                EffectiveDated.none());
    }

    static KpiEvent.Message message(
            String id, Clinic clinic, String conversation, String patient, @Nullable String text) {
        return new KpiEvent.Message(id, clinic.id(), AT, conversation, patient, Sender.PATIENT, null, text);
    }

    static KpiEvent.CsatSubmitted csat(String id, Clinic clinic, int score) {
        return new KpiEvent.CsatSubmitted(id, clinic.id(), AT, "conversation", "patient", score);
    }

    /**
     * Events of every type with every optional field once there and once not, and with values at their bounds. Each id begins with {@code
     * prefix}.
     */
    static List<KpiEvent> ofEveryType(Clinic clinic, String prefix) {
        ClinicId at = clinic.id();
        String event = prefix + "event-";
        String conversation = prefix + "conversation";
        String patient = prefix + "patient";
        String appointment = prefix + "appointment";
        Money most = new Money(new BigDecimal("999999999999999.999999999999"), "EUR");
        List<KpiEvent> events = new ArrayList<>();
        for (Sender from : Sender.values()) {
            events.add(new KpiEvent.Message(
                    event + from, at, AT, conversation, patient, from, "dental", prefix + "quiere un implante dental"));
        }
        events.add(new KpiEvent.Message(event + "plain", at, EARLIEST, conversation, patient, Sender.BOT, null, null));
        for (LeadTier tier : LeadTier.values()) {
            events.add(new KpiEvent.LeadScored(event + tier, at, AT, conversation, tier));
        }
        events.add(new KpiEvent.ConversationHandedOff(event + "handed-off", at, AT, conversation));
        events.add(new KpiEvent.ConversationClosed(event + "closed", at, LATEST, conversation));
        events.add(new KpiEvent.ServiceMentioned(event + "mentioned", at, AT, conversation, IMPLANTS.id()));
        for (AppointmentStatus status : AppointmentStatus.values()) {
            events.add(new KpiEvent.Appointment(
                    event + status, at, AT, appointment, patient, status, LATEST, null, null, null));
            events.add(new KpiEvent.Appointment(
                    event + status + "-full",
                    at,
                    AT,
                    appointment,
                    patient,
                    status,
                    EARLIEST,
                    conversation,
                    WHITENING.id(),
                    most));
        }
        events.add(new KpiEvent.WaitlistOffered(event + "offered", at, AT, appointment, patient));
        events.add(new KpiEvent.WaitlistFilled(event + "filled", at, AT, appointment, prefix + "other-appointment"));
        events.add(new KpiEvent.CsatSubmitted(event + "csat", at, AT, conversation, patient, 5));
        events.add(new KpiEvent.LlmUsed(event + "llm", at, AT, "gpt-4o", 0, 0, 0, null, null));
        events.add(new KpiEvent.LlmUsed(
                event + "llm-full",
                at,
                AT,
                "gpt-4o-mini",
                MOST_TOKENS,
                MOST_TOKENS,
                MOST_TOKENS,
                conversation,
                new Money(new BigDecimal("0.000000000001"), "USD")));
        events.add(new KpiEvent.FeatureUsed(event + "feature", at, AT, "reports"));
        events.add(new KpiEvent.SubscriptionChanged(event + "tier", at, AT, "pro"));
        events.add(new KpiEvent.PatientOnboarded(event + "onboarded", at, AT, patient));
        return events;
    }
}
