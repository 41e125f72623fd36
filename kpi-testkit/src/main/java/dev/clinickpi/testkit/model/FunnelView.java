package dev.clinickpi.testkit.model;

import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import java.util.List;

/** Section 5.4: a conversation counts at the furthest stage that it reached and at all before it. */
final class FunnelView {

    private final Question question;

    FunnelView(Question question) {
        this.question = question;
    }

    ReferenceFunnel funnel() {
        Coverage covered = question.covered(Freshness.REAL_TIME);
        List<Conversation> conversations = question.conversationsIn(covered);
        long qualified = 0;
        long booked = 0;
        long completed = 0;
        long pending = 0;
        long qualifiedPending = 0;
        long bookedPending = 0;
        for (Conversation conversation : conversations) {
            boolean isCompleted = isCompleted(conversation);
            boolean isBooked = isCompleted || !conversation.appointments().isEmpty();
            boolean isQualified =
                    isBooked || conversation.tier() == LeadTier.HOT || conversation.tier() == LeadTier.WARM;
            boolean isPending = !isCompleted && isYoung(conversation);
            completed += isCompleted ? 1 : 0;
            booked += isBooked ? 1 : 0;
            qualified += isQualified ? 1 : 0;
            pending += isPending ? 1 : 0;
            qualifiedPending += isPending && isQualified ? 1 : 0;
            bookedPending += isPending && isBooked ? 1 : 0;
        }
        return new ReferenceFunnel(
                question.patientMessagesIn(covered).size(),
                conversations.size(),
                qualified,
                booked,
                completed,
                pending,
                qualifiedPending,
                bookedPending,
                Question.patientsOf(conversations));
    }

    private static boolean isCompleted(Conversation conversation) {
        for (Appointment appointment : conversation.appointments()) {
            if (appointment.status() == AppointmentStatus.COMPLETED) {
                return true;
            }
        }
        return false;
    }

    /** Started less than 720 hours before asOf. */
    private boolean isYoung(Conversation conversation) {
        return conversation
                .start()
                .isAfter(question.asOf().minus(question.options().conversionWindow()));
    }
}
