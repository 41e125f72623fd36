package dev.clinickpi.testkit.model;

import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Section 4, {@code revenue-recovered}, over any coverage: {@code llm-cost} has it for its own. */
final class RevenueRecovered {

    private final Question question;
    private final List<Conversation> conversations;
    private final List<Conversation> recovered = new ArrayList<>();
    private final Set<String> payers = new LinkedHashSet<>();
    private BigDecimal revenueOfAll = BigDecimal.ZERO;
    private BigDecimal measured = BigDecimal.ZERO;
    private BigDecimal booked = BigDecimal.ZERO;
    private long unpriced;

    RevenueRecovered(Question question, Coverage coverage) {
        this.question = question;
        this.conversations = question.conversationsIn(coverage);
        OpeningSpans spans = OpeningSpans.of(
                question.clinic(), question.period().from(), question.period().to());
        for (Conversation conversation : conversations) {
            if (isRecovered(conversation, spans)) {
                add(conversation);
            }
        }
    }

    /** Starts while the clinic is closed, and the first bot message after the start comes before it next opens, if ever. */
    private static boolean isRecovered(Conversation conversation, OpeningSpans spans) {
        Optional<Instant> answer = conversation.firstBotMessage();
        if (answer.isEmpty() || spans.isOpen(conversation.start())) {
            return false;
        }
        Optional<Instant> opening = spans.nextOpening(conversation.start());
        return opening.isEmpty() || answer.get().isBefore(opening.get());
    }

    private void add(Conversation conversation) {
        recovered.add(conversation);
        LocalDate day = question.calendar().dayOf(conversation.start());
        BigDecimal revenue = EffectiveDates.inForce(question.clinic().averageRevenuePerVisit(), day)
                .orElse(BigDecimal.ZERO);
        revenueOfAll = revenueOfAll.add(revenue);
        if (question.counts(conversation)) {
            measured = measured.add(revenue);
        }
        for (Appointment appointment : conversation.appointments()) {
            if (appointment.status() == AppointmentStatus.COMPLETED) {
                addBooked(appointment);
            }
        }
    }

    /** The latest value, at the rate on the local day of startsAt; without a rate it is left out and counted. */
    private void addBooked(Appointment appointment) {
        Money value = appointment.value();
        if (value == null) {
            return;
        }
        LocalDate day = question.calendar().dayOf(appointment.startsAt());
        Optional<BigDecimal> amount = question.prices().inClinicCurrency(value.amount(), value.currency(), day);
        if (amount.isEmpty()) {
            unpriced++;
            return;
        }
        booked = booked.add(amount.get());
        if (amount.get().signum() != 0) {
            payers.add(appointment.patient());
        }
    }

    boolean isApplicable() {
        return !question.clinic().openingHours().isEmpty()
                && !question.clinic().averageRevenuePerVisit().isEmpty();
    }

    /** Σ over days of recovered(day) × average revenue on that day, × conversion rate; 0 without conversations. */
    Fraction value() {
        return conversations.isEmpty()
                ? Fraction.ZERO
                : Fraction.of(revenueOfAll).times(Fraction.of(question.converted(conversations), conversations.size()));
    }

    /** The conversations of the same period, recovered or not. */
    long conversations() {
        return conversations.size();
    }

    Set<String> people() {
        return Question.patientsOf(recovered);
    }

    Draft describe(Draft draft) {
        draft.value(value().toDecimal())
                .sampleSize(recovered.size())
                .people(people())
                .component("recoveredConversations", recovered.size())
                .component("conversionRate", Draft.quotient(question.converted(conversations), conversations.size()))
                .componentPeople("conversionRate", Question.patientsOf(conversations))
                .component("measured", measured)
                .component("booked", booked)
                .componentPeople("booked", payers);
        return unpriced == 0 ? draft : draft.component("unpriced", unpriced);
    }
}
