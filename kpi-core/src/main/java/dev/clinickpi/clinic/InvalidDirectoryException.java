package dev.clinickpi.clinic;

import dev.clinickpi.error.KpiException;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A document of reference data that breaks rules of section 1. It names every fault of the document at once, and no value. */
public final class InvalidDirectoryException extends KpiException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final List<Fault> faults;

    InvalidDirectoryException(List<Fault> faults) {
        super(message(faults), null);
        this.faults = List.copyOf(faults);
    }

    /** All faults of the document, in the order of their paths; at least one. */
    public List<Fault> faults() {
        return faults;
    }

    private static String message(List<Fault> faults) {
        return faults.stream()
                .map(Fault::toString)
                .collect(Collectors.joining(
                        System.lineSeparator() + "  ",
                        "The clinic directory has " + faults.size() + (faults.size() == 1 ? " fault:" : " faults:")
                                + System.lineSeparator() + "  ",
                        ""));
    }

    /**
     * One fault of a document.
     *
     * @param path where it stands, such as {@code clinics[0].openingHours[1].FRIDAY[0]}; empty when it is the document's as a whole. A key that the
     *     document makes up itself, such as one of {@code baseline}, reads {@code ?} unless it looks like an id.
     * @param rule what was expected, as the rest of a sentence that begins with the path
     */
    public record Fault(String path, String rule) implements Serializable {

        /** Refuses nulls. */
        public Fault {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(rule, "rule");
        }

        @Override
        public String toString() {
            return (path.isEmpty() ? "the document" : path) + " " + rule;
        }
    }
}
