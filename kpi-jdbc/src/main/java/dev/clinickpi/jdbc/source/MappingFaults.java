package dev.clinickpi.jdbc.source;

import dev.clinickpi.jdbc.source.InvalidMappingException.Fault;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The faults that are found below one place of a mapping. */
final class MappingFaults {

    private static final Pattern ID_SHAPED = Pattern.compile("[\\p{L}\\p{N}_.-]{1,128}");

    private final Set<Fault> faults;
    private final String path;

    private MappingFaults(Set<Fault> faults, String path) {
        this.faults = faults;
        this.path = path;
    }

    /** None so far. */
    static MappingFaults none() {
        return new MappingFaults(new LinkedHashSet<>(), "");
    }

    /** The same faults, seen from a field of this place. A name may be anything that a document makes up, so not every one is repeated. */
    MappingFaults in(String field) {
        String shown = ID_SHAPED.matcher(field).matches() ? field : "?";
        return new MappingFaults(faults, path.isEmpty() ? shown : path + "." + shown);
    }

    /** The same faults, seen from an element of this place. */
    MappingFaults at(int index) {
        return new MappingFaults(faults, path + "[" + index + "]");
    }

    void add(String rule) {
        faults.add(new Fault(path, rule));
    }

    /** A value of the wrong shape was read as absent, so that its absence is no fault of its own. */
    void addMissing() {
        if (faults.stream().noneMatch(fault -> fault.path().equals(path))) {
            add("is missing");
        }
    }

    void require(boolean holds, String rule) {
        if (!holds) {
            add(rule);
        }
    }

    /** Whether nothing is at fault, here or anywhere else. */
    boolean isEmpty() {
        return faults.isEmpty();
    }

    /** @throws InvalidMappingException if there are any */
    void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new InvalidMappingException(faults);
        }
    }
}
