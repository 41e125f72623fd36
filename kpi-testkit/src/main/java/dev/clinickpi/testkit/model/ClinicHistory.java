package dev.clinickpi.testkit.model;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.Sender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Section 1 and 3: what exists of a clinic at asOf. Each thing is found by going through all of the clinic's events. */
final class ClinicHistory {

    private final Clinic clinic;
    private final Function<KpiEvent.Message, Set<String>> servicesInText;
    private final List<KpiEvent> events;
    private final List<Appointment> appointments;
    private final List<Conversation> conversations;

    /** The first event that came under an id is the one; of these, those with {@code at ≤ asOf} exist. */
    ClinicHistory(
            Clinic clinic,
            Collection<KpiEvent> arrived,
            Instant asOf,
            Function<KpiEvent.Message, Set<String>> servicesInText) {
        this.clinic = clinic;
        this.servicesInText = servicesInText;
        Map<String, KpiEvent> stored = new LinkedHashMap<>();
        for (KpiEvent event : arrived) {
            if (event.clinicId().equals(clinic.id())) {
                stored.putIfAbsent(event.id(), event);
            }
        }
        this.events = new ArrayList<>(stored.values());
        this.events.removeIf(event -> event.at().isAfter(asOf));
        this.appointments = findAppointments();
        this.conversations = findConversations();
    }

    /** The events of a type, in no order. */
    <E extends KpiEvent> List<E> all(Class<E> type) {
        List<E> found = new ArrayList<>();
        for (KpiEvent event : events) {
            if (type.isInstance(event)) {
                found.add(type.cast(event));
            }
        }
        return found;
    }

    /** The appointments, in no order. */
    List<Appointment> appointments() {
        return appointments;
    }

    /** The conversations that count, in no order. */
    List<Conversation> conversations() {
        return conversations;
    }

    private List<Appointment> findAppointments() {
        List<Appointment> found = new ArrayList<>();
        byKey(all(KpiEvent.Appointment.class), KpiEvent.Appointment::appointmentId)
                .forEach((id, states) -> {
                    states.sort(EventOrder.APPOINTMENTS);
                    found.add(Appointment.of(states));
                });
        return found;
    }

    private List<Conversation> findConversations() {
        List<Conversation> found = new ArrayList<>();
        byKey(all(KpiEvent.Message.class), KpiEvent.Message::conversationId).forEach((id, messages) -> {
            messages.sort(EventOrder.MESSAGES);
            conversation(id, messages).ifPresent(found::add);
        });
        return found;
    }

    private Optional<Conversation> conversation(String id, List<KpiEvent.Message> messages) {
        for (KpiEvent.Message first : messages) {
            if (first.from() == Sender.PATIENT) {
                return Optional.of(new Conversation(
                        id,
                        first.patientId(),
                        first.at(),
                        verticalOf(messages),
                        tierOf(id),
                        isHandedOff(id),
                        servicesOf(id, messages),
                        messages,
                        closesOf(id),
                        appointmentsOf(id)));
            }
        }
        return Optional.empty();
    }

    private String verticalOf(List<KpiEvent.Message> messages) {
        String vertical = clinic.vertical();
        for (KpiEvent.Message message : messages) {
            vertical = Objects.requireNonNullElse(message.vertical(), vertical);
        }
        return vertical;
    }

    private KpiEvent.@Nullable LeadTier tierOf(String conversation) {
        List<KpiEvent.LeadScored> scores = all(KpiEvent.LeadScored.class);
        scores.removeIf(score -> !score.conversationId().equals(conversation));
        return latest(scores, EventOrder.SCORES).map(KpiEvent.LeadScored::tier).orElse(null);
    }

    private boolean isHandedOff(String conversation) {
        for (KpiEvent.ConversationHandedOff event : all(KpiEvent.ConversationHandedOff.class)) {
            if (event.conversationId().equals(conversation)) {
                return true;
            }
        }
        return false;
    }

    private Set<String> servicesOf(String conversation, List<KpiEvent.Message> messages) {
        Set<String> services = new TreeSet<>(EventOrder.WORDS);
        for (KpiEvent.ServiceMentioned event : all(KpiEvent.ServiceMentioned.class)) {
            if (event.conversationId().equals(conversation)) {
                services.add(event.serviceId());
            }
        }
        for (KpiEvent.Message message : messages) {
            services.addAll(servicesInText.apply(message));
        }
        return services;
    }

    private List<Instant> closesOf(String conversation) {
        List<Instant> closes = new ArrayList<>();
        for (KpiEvent.ConversationClosed event : all(KpiEvent.ConversationClosed.class)) {
            if (event.conversationId().equals(conversation)) {
                closes.add(event.at());
            }
        }
        return closes;
    }

    private List<Appointment> appointmentsOf(String conversation) {
        List<Appointment> naming = new ArrayList<>();
        for (Appointment appointment : appointments) {
            if (conversation.equals(appointment.conversation())) {
                naming.add(appointment);
            }
        }
        return naming;
    }

    /** Each conversation's latest submission, whether or not the conversation counts. */
    List<KpiEvent.CsatSubmitted> latestSubmissions() {
        List<KpiEvent.CsatSubmitted> found = new ArrayList<>();
        byKey(all(KpiEvent.CsatSubmitted.class), KpiEvent.CsatSubmitted::conversationId)
                .forEach((id, submissions) ->
                        latest(submissions, EventOrder.SUBMISSIONS).ifPresent(found::add));
        return found;
    }

    /** The keys of the appointments whose place was offered. */
    Set<String> offered() {
        Set<String> keys = new LinkedHashSet<>();
        all(KpiEvent.WaitlistOffered.class).forEach(event -> keys.add(event.cancelledAppointmentId()));
        return keys;
    }

    /** The keys of the appointments whose place was filled, whatever became of the appointment that filled it. */
    Set<String> filled() {
        Set<String> keys = new LinkedHashSet<>();
        all(KpiEvent.WaitlistFilled.class).forEach(event -> keys.add(event.cancelledAppointmentId()));
        return keys;
    }

    /** The last event in an order; empty when there is none. */
    static <E> Optional<E> latest(List<E> events, Comparator<E> order) {
        return events.stream().max(order);
    }

    private static <E> Map<String, List<E>> byKey(List<E> events, Function<E, String> key) {
        Map<String, List<E>> groups = new LinkedHashMap<>();
        for (E event : events) {
            groups.computeIfAbsent(key.apply(event), k -> new ArrayList<>()).add(event);
        }
        return groups;
    }
}
