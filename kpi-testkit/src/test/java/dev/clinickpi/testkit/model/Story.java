package dev.clinickpi.testkit.model;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicDirectory.CurrencyPair;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.EffectiveDated;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.clinic.Tier;
import dev.clinickpi.clinic.WeeklyHours;
import dev.clinickpi.clinic.WeeklyHours.OpeningSpan;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.time.Period;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A clinic and what happened there, told by the wall clock of its zone. */
final class Story {

    private static final ClinicId SOL = ClinicId.of("sol");
    private static final LocalDate LONG_AGO = LocalDate.of(1999, 1, 1);

    private final ZoneId zone;
    private final List<KpiEvent> events = new ArrayList<>();
    private final Map<DayOfWeek, List<OpeningSpan>> hours = new TreeMap<>();
    private @Nullable String tier = "pro";
    private EffectiveDated<BigDecimal> fee = EffectiveDated.none();

    private Story(String zone) {
        this.zone = ZoneId.of(zone);
    }

    /** At a clinic that never opens, where a visit is worth 100 euros. */
    static Story in(String zone) {
        return new Story(zone);
    }

    Story open(DayOfWeek day, String start, String end) {
        hours.put(day, List.of(new OpeningSpan(LocalTime.parse(start), LocalTime.parse(end))));
        return this;
    }

    Story tier(@Nullable String id) {
        tier = id;
        return this;
    }

    Story fee(String monthly) {
        fee = EffectiveDated.from(LONG_AGO, new BigDecimal(monthly));
        return this;
    }

    Story patient(String conversation, String at) {
        return message(conversation, Sender.PATIENT, at, null);
    }

    Story bot(String conversation, String at) {
        return message(conversation, Sender.BOT, at, null);
    }

    Story message(String conversation, Sender from, String at, @Nullable String vertical) {
        return event(new KpiEvent.Message(
                nextId(), SOL, instant(at), conversation, "p-" + conversation, from, vertical, null));
    }

    Story appointment(
            String id, AppointmentStatus status, String at, @Nullable String conversation, @Nullable Money value) {
        return event(new KpiEvent.Appointment(
                nextId(), SOL, instant(at), id, "p-" + id, status, instant(at), conversation, null, value));
    }

    Story used(String feature, String at) {
        return event(new KpiEvent.FeatureUsed(nextId(), SOL, instant(at), feature));
    }

    Story subscribed(String id, String at) {
        return event(new KpiEvent.SubscriptionChanged(nextId(), SOL, instant(at), id));
    }

    Story score(String id, String at, int score) {
        return event(new KpiEvent.CsatSubmitted(id, SOL, instant(at), "c1", "p1", score));
    }

    Story llm(String at) {
        return event(new KpiEvent.LlmUsed(
                nextId(), SOL, instant(at), "gpt-4o", 0, 0, 0, null, new Money(BigDecimal.ONE, "EUR")));
    }

    Story event(KpiEvent event) {
        events.add(event);
        return this;
    }

    private String nextId() {
        return "e" + events.size();
    }

    /** By the wall clock; a text that ends in Z is an instant. */
    Instant instant(String at) {
        return at.endsWith("Z")
                ? Instant.parse(at)
                : LocalDateTime.parse(at).atZone(zone).toInstant();
    }

    ReferenceFigure figure(String kpi, String from, String to, String asOf) {
        return figure(kpi, from, to, asOf, ReferenceOptions.standard());
    }

    ReferenceFigure figure(String kpi, String from, String to, String asOf, ReferenceOptions options) {
        return ReferenceModel.of(directory(), events)
                .figures(SOL, new Period(LocalDate.parse(from), LocalDate.parse(to)), instant(asOf), options)
                .get(kpi);
    }

    private ClinicDirectory directory() {
        Clinic clinic = new Clinic(
                SOL,
                "Clínica Sol",
                "sol",
                "dental",
                "ES",
                zone,
                "EUR",
                Locale.forLanguageTag("es-ES"),
                null,
                EffectiveDated.from(LONG_AGO, new WeeklyHours(hours)),
                Set.of(),
                EffectiveDated.from(LONG_AGO, new BigDecimal("100")),
                tier,
                List.of(),
                Map.of(),
                fee);
        return new ClinicDirectory(
                Map.of(SOL, clinic),
                List.of(Tier.of("starter", "a"), Tier.of("pro", "a", "b"), Tier.of("max", "a", "b", "c")),
                Map.of(),
                Map.of(
                        new CurrencyPair("USD", "EUR"),
                        EffectiveDated.from(LocalDate.of(2026, 3, 10), new BigDecimal("0.5"))));
    }
}
