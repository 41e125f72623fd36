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
    static final String ID = "must have 1 to " + MAX_ID_LENGTH + " characters, not all of them blank";
    static final String CLINIC_ID = "must have 1 to 64 characters, no white space or control among them";
    static final String LABEL =
            "must have 1 to " + MAX_LABEL_LENGTH + " characters, not all of them blank and no control among them";
    static final String RANGE = "must be an instant from 1990 to 2199";
    static final String TOKENS = "must be a whole number from 0 to " + MAX_TOKENS;
    static final String SCORE = "must be a whole number from 1 to 5";

    private static final Instant EARLIEST = Instant.ofEpochMilli(Slice.EARLIEST);
    private static final Instant END = Instant.ofEpochMilli(Slice.END);

    private EventRules() {}

    static Instant common(@Nullable String id, @Nullable ClinicId clinicId, @Nullable Instant at) {
        id("id", id);
        present("clinicId", clinicId);
        return instant("at", at);
    }

    static ClinicId clinic(String value) {
        check("clinicId", ClinicId.isValid(value), CLINIC_ID);
        return ClinicId.of(value);
    }

    static void id(String field, @Nullable String id) {
        present(field, id);
        optionalId(field, id);
    }

    static void optionalId(String field, @Nullable String id) {
        check(field, id == null || (!id.isBlank() && id.length() <= MAX_ID_LENGTH), ID);
    }

    static void label(String field, @Nullable String label) {
        present(field, label);
        optionalLabel(field, label);
    }

    static void optionalLabel(String field, @Nullable String label) {
        check(
                field,
                label == null || (!label.isBlank() && label.length() <= MAX_LABEL_LENGTH && !hasControl(label)),
                LABEL);
    }

    /** Every event comes by here, so it is a loop; no control is outside the basic plane. */
    private static boolean hasControl(String label) {
        for (int i = 0; i < label.length(); i++) {
            if (Character.isISOControl(label.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    static void tokens(String field, long tokens) {
        check(field, tokens >= 0 && tokens <= MAX_TOKENS, TOKENS);
    }

    static int score(long score) {
        check("score", score >= 1 && score <= 5, SCORE);
        return (int) score;
    }

    /** Cuts off what lies beyond milliseconds. */
    static Instant instant(String field, @Nullable Instant instant) {
        if (instant == null) {
            throw new InvalidEventException(field, MISSING);
        }
        check(field, !instant.isBefore(EARLIEST) && instant.isBefore(END), RANGE);
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }

    /** An instant that milliseconds cannot count is as far off as they reach, and out of range like it. */
    static long millisOf(Instant instant) {
        if (instant.isBefore(EARLIEST)) {
            return Slice.EARLIEST - 1;
        }
        return instant.isBefore(END) ? instant.toEpochMilli() : Slice.END;
    }

    static void present(String field, @Nullable Object value) {
        check(field, value != null, MISSING);
    }

    static void check(String field, boolean holds, String rule) {
        if (!holds) {
            throw new InvalidEventException(field, rule);
        }
    }

    /** Not even the clinic: the reference data has not been asked whether there is one of that id. */
    static String describe(KpiEvent event) {
        return "an event of type " + event.type().id();
    }
}
