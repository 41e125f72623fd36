package dev.clinickpi.testkit.canary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventType;
import java.util.List;

/**
 * A field of a type of event, in which a canary is put.
 *
 * @param type the type of event
 * @param path the names that lead to it: one, or those of an object and of a part of it
 * @param form what it holds by rights
 */
public record CanaryField(EventType type, List<String> path, Form form) {

    /** Copies the path. */
    public CanaryField {
        path = List.copyOf(path);
    }

    /** What a field holds by rights. */
    public enum Form {
        /** Any string: an id of the host's, or a text. */
        ANYTHING,
        /** A word that figures may show: a service, a vertical, a model, a feature, a tier. */
        LABEL,
        /** Nothing that a canary could be: a clinic's id, an instant, a number, a word of a fixed list. */
        CLOSED
    }

    /**
     * A line of NDJSON: an event of the type that lacks nothing, with a value in this field.
     *
     * @param number tells events apart; they are some minutes from each other
     */
    public ObjectNode line(ClinicId clinic, int number, String value) {
        ObjectNode line = CanaryEvents.plain(type, clinic, number);
        ObjectNode owner = line;
        for (String name : path.subList(0, path.size() - 1)) {
            owner = owner.withObjectProperty(name);
        }
        owner.put(path.get(path.size() - 1), value);
        return line;
    }

    @Override
    public String toString() {
        return type.id() + " " + String.join(".", path);
    }
}
