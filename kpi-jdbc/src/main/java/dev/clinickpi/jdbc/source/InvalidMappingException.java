package dev.clinickpi.jdbc.source;

import dev.clinickpi.error.KpiException;
import java.io.Serial;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A mapping that does not hold: by itself, or against the columns that its query has. It names every fault at once, and no value. */
public final class InvalidMappingException extends KpiException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final List<Fault> faults;

    InvalidMappingException(Collection<Fault> faults) {
        super(message(faults), null);
        this.faults = List.copyOf(faults);
    }

    /** All faults, in the order of the document; at least one. */
    public List<Fault> faults() {
        return faults;
    }

    private static String message(Collection<Fault> faults) {
        String separator = System.lineSeparator() + "  ";
        return faults.stream()
                .map(Fault::toString)
                .collect(Collectors.joining(
                        separator,
                        "The mapping has " + faults.size() + (faults.size() == 1 ? " fault:" : " faults:") + separator,
                        ""));
    }

    /**
     * One fault of a mapping.
     *
     * @param path where it stands, such as {@code queries[0].fields.status.values.CONFIRMADA}; empty when it is the document's as a whole. A
     *     name that the document makes up itself reads {@code ?} unless it looks like an id.
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
