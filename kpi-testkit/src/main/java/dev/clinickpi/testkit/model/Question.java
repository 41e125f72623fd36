package dev.clinickpi.testkit.model;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.time.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is asked of a clinic, and the parts of its history that several KPIs count. */
record Question(
        ClinicDirectory directory,
        Clinic clinic,
        ClinicHistory history,
        Period period,
        Instant asOf,
        ReferenceOptions options,
        Excerpt excerpt) {

    /** A whole period, and every conversion. */
    Question(
            ClinicDirectory directory,
            Clinic clinic,
            ClinicHistory history,
            Period period,
            Instant asOf,
            ReferenceOptions options) {
        this(
                directory,
                clinic,
                history,
                period,
                asOf,
                options,
                new Excerpt(
                        freshness ->
                                new LocalCalendar(clinic.zone(), options.weekStart()).covered(period, freshness, asOf),
                        true,
                        options.conversionWindow()));
    }

    /** The same about other dates, or a part of them. */
    Question about(Period dates, Excerpt part) {
        return new Question(directory, clinic, history, dates, asOf, options, part);
    }

    LocalCalendar calendar() {
        return new LocalCalendar(clinic.zone(), options.weekStart());
    }

    Prices prices() {
        return new Prices(directory, clinic);
    }

    Coverage covered(Freshness freshness) {
        return excerpt.covered().apply(options.live() ? Freshness.REAL_TIME : freshness);
    }

    /** All facts of a conversation are dated at its start. */
    List<Conversation> conversationsIn(Coverage coverage) {
        List<Conversation> found = new ArrayList<>(history.conversations());
        found.removeIf(conversation -> !coverage.contains(conversation.start()));
        return found;
    }

    /** A message is dated at its own instant. */
    List<KpiEvent.Message> patientMessagesIn(Coverage coverage) {
        List<KpiEvent.Message> found = history.all(KpiEvent.Message.class);
        found.removeIf(message -> message.from() != KpiEvent.Sender.PATIENT || !coverage.contains(message.at()));
        return found;
    }

    /** An appointment is dated at its latest {@code startsAt}. */
    List<Appointment> appointmentsIn(Coverage coverage) {
        List<Appointment> found = new ArrayList<>(history.appointments());
        found.removeIf(appointment -> !coverage.contains(appointment.startsAt()));
        return found;
    }

    long converted(List<Conversation> conversations) {
        long converted = 0;
        for (Conversation conversation : conversations) {
            converted += counts(conversation) ? 1 : 0;
        }
        return converted;
    }

    /** Whether a conversation converted soon enough for what is asked. */
    boolean counts(Conversation conversation) {
        return conversation.converts(options.conversionWindow()) && conversation.converts(excerpt.maturity());
    }

    static Set<String> patientsOf(List<Conversation> conversations) {
        Set<String> patients = new LinkedHashSet<>();
        conversations.forEach(conversation -> patients.add(conversation.patient()));
        return patients;
    }

    static Set<String> patientsOfAppointments(List<Appointment> appointments) {
        Set<String> patients = new LinkedHashSet<>();
        appointments.forEach(appointment -> patients.add(appointment.patient()));
        return patients;
    }
}
