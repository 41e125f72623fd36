package dev.clinickpi.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types of event, in the order of section 1. */
public enum EventType {
    /** A message of a conversation. */
    MESSAGE("message"),
    /** A conversation's lead score. */
    LEAD_SCORED("lead.scored"),
    /** A conversation went to a person. */
    CONVERSATION_HANDED_OFF("conversation.handed_off"),
    /** A conversation was closed. */
    CONVERSATION_CLOSED("conversation.closed"),
    /** A conversation mentioned a service. */
    SERVICE_MENTIONED("service.mentioned"),
    /** A state of an appointment. */
    APPOINTMENT("appointment"),
    /** A cancelled appointment's place was offered. */
    WAITLIST_OFFERED("waitlist.offered"),
    /** A cancelled appointment's place was taken. */
    WAITLIST_FILLED("waitlist.filled"),
    /** A patient's satisfaction. */
    CSAT_SUBMITTED("csat.submitted"),
    /** A call of a language model. */
    LLM_USED("llm.used"),
    /** The clinic used a feature. */
    FEATURE_USED("feature.used"),
    /** The clinic changed its subscription. */
    SUBSCRIPTION_CHANGED("subscription.changed"),
    /** A patient became the clinic's. */
    PATIENT_ONBOARDED("patient.onboarded");

    private static final Map<String, EventType> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::id, Function.identity()));

    private final String id;

    EventType(String id) {
        this.id = id;
    }

    /** The value of the field {@code type} in NDJSON. */
    public String id() {
        return id;
    }

    /** The type of that name; empty when there is none. */
    public static Optional<EventType> of(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }
}
