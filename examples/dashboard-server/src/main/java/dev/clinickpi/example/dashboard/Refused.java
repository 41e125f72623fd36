package dev.clinickpi.example.dashboard;

import java.io.Serial;
import java.util.Map;

/** A request that is answered with an error: a status, a code for programs, and the words of {@code messages_*.properties} for people. */
final class Refused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, Object> details;

    Refused(int status, String code) {
        this(status, code, Map.of());
    }

    /** @param details what else the answer says, by field */
    Refused(int status, String code, Map<String, Object> details) {
        super(code);
        this.status = status;
        this.code = code;
        this.details = details;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    Map<String, Object> details() {
        return details;
    }
}
