package dev.clinickpi.testkit.canary;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.EventType;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.testkit.canary.Canary.Kind;
import dev.clinickpi.testkit.canary.CanaryField.Form;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Events with a canary in one field each. The types of events and their fields are those that {@link KpiEvent} has now, found by reflection, so a field that is
 * added has its canaries, too; one of a type that is not known here is an error.
 */
public final class CanaryEvents {

    /** Some weeks before the end of March of 2026; all events lie in that month. */
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private static final int STEP_SECONDS = 211;
    private static final int STEPS = 11_000;

    /** So many events in a row are about one conversation, patient and appointment. */
    private static final int TOGETHER = 7;

    /** The fields that hold a word of a catalogue, each with one that the reference data of {@link CanaryClinic} has. */
    private static final Map<String, String> LABELS = Map.of(
            "vertical",
            "dental",
            "serviceId",
            "implant",
            "model",
            "gpt-4o-mini",
            "feature",
            "reminders",
            "tier",
            "pro");

    private static final Map<EventType, Class<?>> TYPES = types();
    private static final List<CanaryField> FIELDS = findFields();

    private CanaryEvents() {}

    /** Every field of every type of event that a line of NDJSON can hold a string in. */
    public static List<CanaryField> fields() {
        return FIELDS;
    }

    private static List<CanaryField> findFields() {
        List<CanaryField> fields = new ArrayList<>();
        TYPES.forEach((type, event) -> {
            for (RecordComponent component : event.getRecordComponents()) {
                if (component.getType() == Money.class) {
                    for (RecordComponent part : Money.class.getRecordComponents()) {
                        fields.add(new CanaryField(type, List.of(component.getName(), part.getName()), Form.CLOSED));
                    }
                } else {
                    fields.add(new CanaryField(type, List.of(component.getName()), form(component)));
                }
            }
            fields.add(new CanaryField(type, List.of("type"), Form.CLOSED));
        });
        return List.copyOf(fields);
    }

    /**
     * Lines of NDJSON in UTF-8: for every person each field of {@link #fields()} with one of the person's values, so that each field comes to hold every kind, in
     * every way of writing. They are made as they are read.
     *
     * @param canaries as {@link Canaries#of} gives them
     */
    public static InputStream ndjson(List<Canary> canaries, ClinicId clinic) {
        return new CanaryLines(canaries, clinic);
    }

    /** The lines of one person, by the place among the people. */
    public static List<ObjectNode> lines(List<Canary> canaries, ClinicId clinic, int person) {
        List<CanaryField> fields = fields();
        int kinds = Kind.values().length;
        return IntStream.range(0, fields.size())
                .mapToObj(place -> {
                    Canary canary = canaries.get(person * kinds + (person + place) % kinds);
                    CanaryField field = fields.get(place);
                    return field.line(clinic, person * fields.size() + place, value(field, canary));
                })
                .toList();
    }

    private static String value(CanaryField field, Canary canary) {
        return switch (field.path().get(0)) {
            // what a patient would write, with a service of the catalogue in it
            case "text" -> "Hola, soy " + canary.written() + ", quiero un implante dental";
            // one person has several events of one kind of canary, and each is to be stored
            case "id" -> canary.written() + " " + field.type().id();
            default -> canary.written();
        };
    }

    private static Form form(RecordComponent component) {
        if (component.getType() != String.class) {
            return Form.CLOSED;
        }
        return LABELS.containsKey(component.getName()) ? Form.LABEL : Form.ANYTHING;
    }

    /** An event of a type with every field, and nothing personal in it. */
    static ObjectNode plain(EventType type, ClinicId clinic, int number) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("type", type.id());
        for (RecordComponent component : Objects.requireNonNull(TYPES.get(type)).getRecordComponents()) {
            putPlain(line, component, clinic, number);
        }
        return line;
    }

    private static void putPlain(ObjectNode line, RecordComponent component, ClinicId clinic, int number) {
        String name = component.getName();
        Class<?> type = component.getType();
        if (type == ClinicId.class) {
            line.put(name, clinic.value());
        } else if (type == Instant.class) {
            line.put(
                    name,
                    START.plusSeconds((long) STEP_SECONDS * (number % STEPS)).toString());
        } else if (type == String.class) {
            line.put(name, plainText(name, number));
        } else if (type.isEnum()) {
            Object[] words = type.getEnumConstants();
            line.put(
                    name,
                    ((Enum<?>) words[number / TOGETHER % words.length]).name().toLowerCase(Locale.ROOT));
        } else if (type == int.class || type == long.class) {
            line.put(name, 1);
        } else if (type == Money.class) {
            line.putObject(name).put("amount", "1.50").put("currency", "EUR");
        } else {
            throw new AssertionError("Say here what a plain value of " + component + " is");
        }
    }

    private static String plainText(String name, int number) {
        if (name.equals("id")) {
            return "event " + number;
        }
        return LABELS.getOrDefault(name, name + " " + number / TOGETHER);
    }

    private static Map<EventType, Class<?>> types() {
        Map<EventType, Class<?>> types = new EnumMap<>(EventType.class);
        for (Class<?> event : KpiEvent.class.getPermittedSubclasses()) {
            types.put(type(event), event);
        }
        if (types.size() != EventType.values().length) {
            throw new AssertionError("Every type of event has one record, and it is named after the type");
        }
        return types;
    }

    /** {@code message} is of {@code Message}, {@code lead.scored} of {@code LeadScored}. */
    private static EventType type(Class<?> event) {
        Stream<EventType> all = Arrays.stream(EventType.values());
        return all.filter(type -> type.id().replace(".", "").replace("_", "").equalsIgnoreCase(event.getSimpleName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No type of event is named after " + event));
    }
}
