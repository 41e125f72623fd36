package dev.clinickpi.clinic;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.clinickpi.clinic.InvalidDirectoryException.Fault;
import jakarta.validation.ConstraintViolation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** The faults that one reading of a document comes upon. It travels with Jackson's context. */
final class DirectoryFaults {

    private static final Pattern INDEX = Pattern.compile("\\[([0-9]+)]");
    private static final Comparator<Fault> BY_PATH =
            Comparator.comparing((Fault fault) -> sortable(fault.path())).thenComparing(Fault::rule);

    private final List<Fault> faults = new ArrayList<>();
    private final Set<String> misshapen = new HashSet<>();

    /** The faults of the reading that a deserializer is part of. */
    static DirectoryFaults of(DeserializationContext context) {
        return (DirectoryFaults) Objects.requireNonNull(context.getAttribute(DirectoryFaults.class));
    }

    /** Has a reader note its faults here. */
    ObjectReader notedBy(ObjectReader reader) {
        return reader.withAttribute(DirectoryFaults.class, this);
    }

    /** Notes a value that is not of the shape that it should be. */
    void misshapen(String path, String rule) {
        misshapen.add(path);
        faults.add(new Fault(path, rule));
    }

    /** Notes what a document breaks. A value of the wrong shape was read as absent, so that its absence is no fault of its own. */
    void violations(Set<ConstraintViolation<DirectoryDocument>> violations) {
        for (ConstraintViolation<DirectoryDocument> violation : violations) {
            String path = DocumentPath.of(violation.getPropertyPath());
            if (violation.getInvalidValue() != null || !misshapen.contains(path)) {
                faults.add(new Fault(path, violation.getMessage()));
            }
        }
    }

    /** @throws InvalidDirectoryException if there are any */
    void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new InvalidDirectoryException(faults.stream().sorted(BY_PATH).toList());
        }
    }

    /** Puts {@code clinics[10]} behind {@code clinics[9]}. */
    private static String sortable(String path) {
        return INDEX.matcher(path)
                .replaceAll(index -> "[" + "0".repeat(10 - index.group(1).length()) + index.group(1));
    }
}
