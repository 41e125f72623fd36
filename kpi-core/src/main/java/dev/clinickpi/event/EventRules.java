package dev.clinickpi.event;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.time.Slice;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The rules that every event's fields obey. A fault names the field and the rule, never the value. */
final class EventRules {

    static final String MISSING = "is missing";
    static final int MAX_ID_LENGTH = 256;
    static final int MAX_LABEL_LENGTH = 64;
    static final long MAX_TOKENS = 1_000_000_000_000L;

    private EventRules() {}

    static Instant common(@Nullable String id, @Nullable ClinicId clinicId, @Nullable Instant at) {
        id("id", id);
        present("clinicId", clinicId);
        return instant("at", at);
    }

    static void id(String field, @Nullable String id) {
        present(field, id);
        optionalId(field, id);
    }

    static void optionalId(String field, @Nullable String id) {
        check(
                field,
                id == null || (!id.isBlank() && id.length() <= MAX_ID_LENGTH),
                "has 1 to " + MAX_ID_LENGTH + " characters, not all of them blank");
    }

    static void label(String field, @Nullable String label) {
        present(field, label);
        optionalLabel(field, label);
    }

    static void optionalLabel(String field, @Nullable String label) {
        check(
                field,
                label == null
                        || (!label.isBlank()
                                && label.length() <= MAX_LABEL_LENGTH
                                && label.codePoints().noneMatch(Character::isISOControl)),
                "has 1 to " + MAX_LABEL_LENGTH + " characters, not all of them blank and no control among them");
    }

    static void tokens(String field, long tokens) {
        check(field, tokens >= 0 && tokens <= MAX_TOKENS, "is a whole number from 0 to " + MAX_TOKENS);
    }

    /** Cuts off what lies beyond milliseconds. */
    static Instant instant(String field, @Nullable Instant instant) {
        if (instant == null) {
            throw new InvalidEventException(field, MISSING);
        }
        check(
                field,
                !instant.isBefore(Instant.ofEpochMilli(Slice.EARLIEST))
                        && instant.isBefore(Instant.ofEpochMilli(Slice.END)),
                "is an instant from 1990 to 2199");
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }

    static void present(String field, @Nullable Object value) {
        check(field, value != null, MISSING);
    }

    static void check(String field, boolean holds, String rule) {
        if (!holds) {
            throw new InvalidEventException(field, rule);
        }
    }

    static String describe(KpiEvent event) {
        return event.type().id() + " at " + event.clinicId();
    }
}
