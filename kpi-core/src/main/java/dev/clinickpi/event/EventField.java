package dev.clinickpi.event;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that events have in NDJSON. A name has one form in whatever type of event it stands. */
enum EventField {
    ID("id", Form.TEXT),
    CLINIC_ID("clinicId", Form.WORD),
    AT("at", Form.INSTANT),
    TYPE("type", Form.WORD),
    CONVERSATION_ID("conversationId", Form.TEXT),
    PATIENT_ID("patientId", Form.TEXT),
    FROM("from", Form.WORD),
    VERTICAL("vertical", Form.WORD),
    TEXT("text", Form.TEXT),
    TIER("tier", Form.WORD),
    SERVICE_ID("serviceId", Form.WORD),
    APPOINTMENT_ID("appointmentId", Form.TEXT),
    STATUS("status", Form.WORD),
    STARTS_AT("startsAt", Form.INSTANT),
    VALUE("value", Form.MONEY),
    VALUE_AMOUNT("value.amount", Form.TEXT),
    VALUE_CURRENCY("value.currency", Form.WORD),
    CANCELLED_APPOINTMENT_ID("cancelledAppointmentId", Form.TEXT),
    SCORE("score", Form.WHOLE),
    MODEL("model", Form.WORD),
    INPUT_TOKENS("inputTokens", Form.WHOLE),
    CACHED_INPUT_TOKENS("cachedInputTokens", Form.WHOLE),
    OUTPUT_TOKENS("outputTokens", Form.WHOLE),
    COST("cost", Form.MONEY),
    COST_AMOUNT("cost.amount", Form.TEXT),
    COST_CURRENCY("cost.currency", Form.WORD),
    FEATURE("feature", Form.WORD);

    /** What a field holds. */
    enum Form {
        /** A string that seldom comes twice, such as an id. */
        TEXT,
        /** A short string that comes again and again, such as a clinic's id. */
        WORD,
        /** A string that says when. */
        INSTANT,
        /** A whole number. */
        WHOLE,
        /** An object of amount and currency. */
        MONEY
    }

    /** A hash map, since an immutable one divides at every look-up, and there is one for every field of every line. */
    private static final Map<String, EventField> BY_NAME = new HashMap<>();

    private static final Map<String, EventField> BY_PATH = new LinkedHashMap<>();

    static {
        for (EventField field : values()) {
            if (field.path.indexOf('.') < 0) {
                BY_NAME.put(field.path, field);
            }
            if (field.form != Form.MONEY) {
                BY_PATH.put(field.path, field);
            }
        }
    }

    private final String path;
    private final Form form;

    EventField(String path, Form form) {
        this.path = path;
        this.form = form;
    }

    /** The field of that name, or null; a part of another field is found by way of that. */
    static @Nullable EventField of(String name) {
        return BY_NAME.get(name);
    }

    /** The fields that hold one value, by path; an object's parts instead of the object. */
    static Map<String, EventField> byPath() {
        return Collections.unmodifiableMap(BY_PATH);
    }

    /** Its name, behind that of the object that it stands in. */
    String path() {
        return path;
    }

    Form form() {
        return form;
    }
}
