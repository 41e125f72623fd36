package dev.clinickpi.testkit.model;

import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Section 5.5 and, in section 3, when a patient is onboarded. */
final class CohortView {

    private final Question question;
    private final LocalCalendar calendar;
    private final List<Appointment> visits = new ArrayList<>();

    CohortView(Question question) {
        this.question = question;
        this.calendar = question.calendar();
        for (Appointment appointment : question.history().appointments()) {
            if (appointment.status() == AppointmentStatus.COMPLETED
                    && !appointment.startsAt().isAfter(question.asOf())) {
                visits.add(appointment);
            }
        }
    }

    ReferenceCohorts cohorts() {
        Coverage covered = question.covered(Freshness.REAL_TIME);
        Map<YearMonth, Set<String>> patients = new LinkedHashMap<>();
        onboarded().forEach((patient, at) -> {
            if (covered.contains(at)) {
                patients.computeIfAbsent(monthOf(at), month -> new LinkedHashSet<>())
                        .add(patient);
            }
        });
        Map<YearMonth, ReferenceCohorts.Cohort> cohorts = new LinkedHashMap<>();
        patients.forEach((month, people) -> cohorts.put(month, cohort(month, people)));
        return new ReferenceCohorts(cohorts);
    }

    /** The earliest of all events that bear the patient's id, waitlist.offered apart, and of the starts of its completed appointments. */
    private Map<String, Instant> onboarded() {
        Map<String, Instant> first = new LinkedHashMap<>();
        question.history().all(KpiEvent.Message.class).forEach(e -> see(first, e.patientId(), e.at()));
        question.history().all(KpiEvent.Appointment.class).forEach(e -> see(first, e.patientId(), e.at()));
        question.history().all(KpiEvent.CsatSubmitted.class).forEach(e -> see(first, e.patientId(), e.at()));
        question.history().all(KpiEvent.PatientOnboarded.class).forEach(e -> see(first, e.patientId(), e.at()));
        visits.forEach(visit -> see(first, visit.patient(), visit.startsAt()));
        return first;
    }

    private static void see(Map<String, Instant> first, String patient, Instant at) {
        Instant before = first.get(patient);
        if (before == null || at.isBefore(before)) {
            first.put(patient, at);
        }
    }

    private ReferenceCohorts.Cohort cohort(YearMonth month, Set<String> people) {
        boolean isCut = question.period().from().isAfter(month.atDay(1))
                || question.period().to().isBefore(month.plusMonths(1).atDay(1));
        List<ReferenceCohorts.Cell> cells = new ArrayList<>();
        for (YearMonth since = month; hasBegun(since); since = since.plusMonths(1)) {
            cells.add(cell(since, people, isCut));
        }
        return new ReferenceCohorts.Cohort(people, isCut || !hasBegun(month.plusMonths(1)), cells);
    }

    private ReferenceCohorts.Cell cell(YearMonth month, Set<String> cohort, boolean isCut) {
        Set<String> people = new LinkedHashSet<>();
        Set<String> payers = new LinkedHashSet<>();
        BigDecimal revenue = BigDecimal.ZERO;
        long unpriced = 0;
        for (Appointment visit : visits) {
            if (!cohort.contains(visit.patient()) || !monthOf(visit.startsAt()).equals(month)) {
                continue;
            }
            people.add(visit.patient());
            Money value = visit.value();
            if (value != null) {
                LocalDate day = calendar.dayOf(visit.startsAt());
                Optional<BigDecimal> amount = question.prices().inClinicCurrency(value.amount(), value.currency(), day);
                unpriced += amount.isPresent() ? 0 : 1;
                revenue = revenue.add(amount.orElse(BigDecimal.ZERO));
                if (amount.isPresent() && amount.get().signum() != 0) {
                    payers.add(visit.patient());
                }
            }
        }
        return new ReferenceCohorts.Cell(people, revenue, payers, unpriced, isCut || !hasBegun(month.plusMonths(1)));
    }

    private YearMonth monthOf(Instant x) {
        return YearMonth.from(calendar.dayOf(x));
    }

    private boolean hasBegun(YearMonth month) {
        return !calendar.startOf(month.atDay(1)).isAfter(question.asOf());
    }
}
