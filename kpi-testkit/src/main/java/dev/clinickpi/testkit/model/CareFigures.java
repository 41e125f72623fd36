package dev.clinickpi.testkit.model;

import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Section 4: the KPIs that count appointments, cancellations and what patients thought of it all. */
record CareFigures(Question question) {

    private static final int SATISFIED = 4;
    private static final int PROMOTER = 5;

    /** no_show ÷ resolved over appointments with startsAt in the period; {@code unresolved}: booked or confirmed ones in it. */
    ReferenceFigure noShowRate() {
        Coverage coverage = question.covered(Freshness.DAILY);
        List<Appointment> resolved = new ArrayList<>();
        long noShows = 0;
        long unresolved = 0;
        for (Appointment appointment : question.appointmentsIn(coverage)) {
            if (appointment.isResolved()) {
                resolved.add(appointment);
            }
            noShows += appointment.status() == AppointmentStatus.NO_SHOW ? 1 : 0;
            unresolved += appointment.isUnresolved() ? 1 : 0;
        }
        return new Draft("no-show-rate", coverage)
                .ratio(noShows, resolved.size())
                .people(Question.patientsOfAppointments(resolved))
                .component("unresolved", unresolved)
                .figure();
    }

    /** Filled ÷ cancellations, each dated at the first event of its last unbroken run of cancelled. */
    ReferenceFigure waitlistConversion() {
        Coverage coverage = question.covered(Freshness.DAILY);
        Set<String> everOffered = question.history().offered();
        Set<String> everFilled = question.history().filled();
        List<Appointment> cancellations = new ArrayList<>();
        long offered = 0;
        long filled = 0;
        for (Appointment appointment : question.history().appointments()) {
            if (appointment.cancelledSince() != null && coverage.contains(appointment.cancelledSince())) {
                cancellations.add(appointment);
                offered += everOffered.contains(appointment.id()) ? 1 : 0;
                filled += everFilled.contains(appointment.id()) ? 1 : 0;
            }
        }
        return new Draft("waitlist-conversion", coverage)
                .ratio(filled, cancellations.size())
                .people(Question.patientsOfAppointments(cancellations))
                .component("offered", offered)
                .figure();
    }

    /** The mean of the submissions dated in the period; a conversation's submission is its latest. */
    ReferenceFigure csat() {
        Coverage coverage = question.covered(Freshness.DAILY);
        List<KpiEvent.CsatSubmitted> submissions = question.history().latestSubmissions();
        Set<String> responded = new LinkedHashSet<>();
        submissions.forEach(submission -> responded.add(submission.conversationId()));
        submissions.removeIf(submission -> !coverage.contains(submission.at()));
        long sum = 0;
        long satisfied = 0;
        long promoters = 0;
        for (KpiEvent.CsatSubmitted submission : submissions) {
            sum += submission.score();
            satisfied += submission.score() >= SATISFIED ? 1 : 0;
            promoters += submission.score() == PROMOTER ? 1 : 0;
        }
        long detractors = submissions.size() - satisfied;
        Draft draft = new Draft("csat", coverage)
                .value(Draft.quotient(sum, submissions.size()))
                .denominator(submissions.size())
                .people(patientsOf(submissions))
                .component("satisfied", Draft.quotient(satisfied, submissions.size()))
                .component("nps", Draft.quotient(promoters - detractors, submissions.size()));
        addResponseRate(draft, question.conversationsIn(coverage), responded);
        for (int score = 1; score <= PROMOTER; score++) {
            List<KpiEvent.CsatSubmitted> ofScore = new ArrayList<>(submissions);
            int shown = score;
            ofScore.removeIf(submission -> submission.score() != shown);
            draft.row(Integer.toString(score), ofScore.size(), patientsOf(ofScore));
        }
        return draft.figure();
    }

    /** Conversations started in the period that have a submission, whenever it came ÷ conversations started in it. */
    private static void addResponseRate(Draft draft, List<Conversation> started, Set<String> responded) {
        long answered = 0;
        for (Conversation conversation : started) {
            answered += responded.contains(conversation.id()) ? 1 : 0;
        }
        draft.component("responseRate", Draft.quotient(answered, started.size()))
                .componentPeople("responseRate", Question.patientsOf(started));
    }

    private static Set<String> patientsOf(List<KpiEvent.CsatSubmitted> submissions) {
        Set<String> patients = new LinkedHashSet<>();
        submissions.forEach(submission -> patients.add(submission.patientId()));
        return patients;
    }
}
