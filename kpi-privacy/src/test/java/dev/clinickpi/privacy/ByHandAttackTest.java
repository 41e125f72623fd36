package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.access.Publication;
import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.testkit.PlainGate;
import dev.clinickpi.testkit.SettableClock;
import dev.clinickpi.time.Period;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Attacks that need no arithmetic, only somebody who waits, or who looks at the last decimals. */
class ByHandAttackTest {

    private static final ClinicId SOL = ClinicId.of("sol");
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 2);
    private static final String DIRECTORY = """
            {"clinics": [{"id": "sol", "name": "Sol", "owner": "sol", "vertical": "dental", "country": "ES",
              "zone": "UTC", "currency": "EUR", "locale": "es-ES", "goLive": "2026-01-01",
              "openingHours": [{"from": "2025-01-01", "MONDAY": ["12:00-12:15"], "TUESDAY": ["12:00-12:15"],
                "WEDNESDAY": ["12:00-12:15"], "THURSDAY": ["12:00-12:15"], "FRIDAY": ["12:00-12:15"]}],
              "averageRevenuePerVisit": [{"from": "2025-01-01", "amount": "40"}]}],
             "exchangeRates": [{"base": "MXN", "quote": "EUR", "from": "2025-01-01", "rate": "0.0471"}]}
            """;

    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private KpiEngine engine;
    private int number;

    @BeforeEach
    void create() {
        clock.set(at(0, 8, 0));
        engine = KpiEngine.builder()
                .directory(ClinicDirectory.read(new ByteArrayInputStream(DIRECTORY.getBytes(StandardCharsets.UTF_8))))
                .events(EventLog.inMemory())
                .audit(AuditLog.inMemory())
                .clock(clock)
                .privacy(new Plain(new PlainGate(), new StandardPublication(PublicationStore.inMemory(), 5)))
                .build();
    }

    /** What somebody may do of whom nothing is known in real time. */
    private enum Deed {
        CANCEL(Kpi.WAITLIST_CONVERSION, AppointmentStatus.CANCELLED),
        MISS(Kpi.NO_SHOW_RATE, AppointmentStatus.NO_SHOW);

        private final KpiDefinition kpi;
        private final AppointmentStatus status;

        Deed(KpiDefinition kpi, AppointmentStatus status) {
            this.kpi = kpi;
            this.status = status;
        }
    }

    /** Whoever asks every minute would know the minute in which nobody became somebody. */
    @ParameterizedTest
    @EnumSource
    void whoWaitsIsNotToldWhenSomebodyCame(Deed deed) {
        Period days = new Period(FIRST, FIRST.plusDays(20));
        List<KpiRequest> requests = List.of(
                KpiRequest.of(new Period(FIRST, FIRST.plusDays(10))),
                KpiRequest.of(days).asLive());
        clock.set(at(10, 10, 6));
        List<KpiResult> before = results(deed.kpi, requests);
        assertThat(before).extracting(KpiResult::status).containsOnly(Status.UNDEFINED);
        engine.record(List.of(appointment(deed.status, at(10, 10, 7), at(10, 10, 7), null, null)));
        clock.set(at(10, 10, 8));
        List<KpiResult> after = results(deed.kpi, requests);

        assertThat(after).extracting(KpiResult::status).containsOnly(Status.UNDEFINED);
        assertThat(after).extracting(KpiResult::period).isEqualTo(periods(before));
        clock.set(at(11, 10, 8));
        assertThat(results(deed.kpi, requests)).extracting(KpiResult::status).contains(Status.SUPPRESSED);
    }

    private static List<Object> periods(List<KpiResult> results) {
        return new ArrayList<>(results.stream().map(KpiResult::period).toList());
    }

    private List<KpiResult> results(KpiDefinition kpi, List<KpiRequest> requests) {
        return requests.stream()
                .map(request -> dashboard().result(kpi, request))
                .toList();
    }

    /** Who pays at a rate of his own, or without one, would stand alone in a sum of five. */
    @ParameterizedTest
    @CsvSource({"EUR, true", "MXN, false", "USD, false"})
    void whatAFewPayInAnotherCurrencyIsNoneOfASum(String currency, boolean shown) {
        List<KpiEvent> events = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tellOfRecovered(0, i == 0 ? "EUR" : currency, events);
            tellOfRecovered(1, "EUR", events);
        }
        engine.record(events);
        clock.set(at(4, 12, 0));

        assertThat(booked(1, 2)).isPresent();
        assertThat(booked(0, 1).isPresent()).isEqualTo(shown);
        assertThat(booked(0, 2).isPresent()).isEqualTo(shown);
        assertThat(revenueOfMarch(0, 2).isPresent()).isEqualTo(shown);
        assertThat(revenueOfMarch(1, 2)).isPresent();
    }

    private Optional<BigDecimal> booked(int from, int to) {
        Period period = new Period(FIRST.plusDays(from), FIRST.plusDays(to));
        return dashboard().result(Kpi.REVENUE_RECOVERED, KpiRequest.of(period)).component("booked");
    }

    private Optional<BigDecimal> revenueOfMarch(int from, int to) {
        clock.set(at(40, 12, 0));
        Period period = new Period(FIRST.plusDays(from), FIRST.plusDays(to));
        return dashboard().cohorts(period).cohorts().stream()
                .findFirst()
                .flatMap(cohort -> Optional.ofNullable(cohort.cells().get(0).revenue()));
    }

    @Test
    void anEmptyClinicIsSaidToBeEmpty() {
        clock.set(at(10, 10, 6));
        Period days = new Period(FIRST, FIRST.plusDays(20));
        for (KpiResult result : dashboard().report(KpiRequest.of(days).asLive()).results()) {
            assertThat(result.status()).as(result.id()).isNotEqualTo(Status.SUPPRESSED);
        }
    }

    private void tellOfRecovered(int day, String currency, List<KpiEvent> into) {
        int own = ++number;
        Instant at = at(day, 14, own);
        into.add(new KpiEvent.Message("m" + own, SOL, at, "c" + own, "p" + own, Sender.PATIENT, null, null));
        into.add(new KpiEvent.Message("b" + own, SOL, at.plusSeconds(5), "c" + own, "p" + own, Sender.BOT, null, null));
        Money value = new Money(BigDecimal.valueOf(10_000L + own, 2), currency);
        into.add(appointment(AppointmentStatus.COMPLETED, at.plusSeconds(60), at.plusSeconds(60), "c" + own, value));
    }

    private KpiEvent appointment(
            AppointmentStatus status, Instant at, Instant startsAt, String conversation, Money value) {
        int own = conversation == null ? ++number : number;
        return new KpiEvent.Appointment(
                "a" + own, SOL, at, "a" + own, "p" + own, status, startsAt, conversation, null, value);
    }

    private ClinicDashboard dashboard() {
        return engine.open(Principal.clinicAdmin("mallory", SOL), SOL);
    }

    private static Instant at(int day, int hour, int minute) {
        return FIRST.plusDays(day).atTime(hour, minute).toInstant(ZoneOffset.UTC);
    }

    private record Plain(PrivacyGate gate, Publication publication) implements Privacy {}
}
