package dev.clinickpi.jdbc.source;

import dev.clinickpi.event.InvalidEventException;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.jdbc.source.FieldSource.Column;
import dev.clinickpi.jdbc.source.FieldSource.Constant;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is wrong with a mapping before its query is run. Whether a field, a constant or a word of a value table will do is for the core to say: it is
 * asked for an event of each type that the mapping makes, with every column standing in.
 */
final class MappingCheck {

    static final String NAME = "must have 1 to 64 letters, digits, '_', '-' or '.'";
    static final String SQL = "must be one SELECT, without a semicolon at its end";
    static final String COLUMN = "must be the name of a column as SQL has it without quotes: letters, digits and '_'";
    static final String TIME_OVERLAP = "must be from PT0S to P366D";
    static final String NUMBER_OVERLAP = "must be from 0 to " + Overlap.OfNumber.MOST.toPlainString();
    static final String UNKNOWN = "must be a field of an event";
    static final String IDLE = "is of no use: no event of this query's types has it";
    static final String NO_VALUES = "must have a word for at least one value";
    static final String PERSONAL =
            "must not be a column that an id or a text of the event comes from: what it holds is printed";

    /** What may say who somebody is. */
    private static final Set<String> PERSONAL_FIELDS =
            Set.of("id", "conversationId", "patientId", "appointmentId", "cancelledAppointmentId", "text");

    private static final Pattern NAME_FORM = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern COLUMN_FORM = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]{0,127}");
    private static final Object NO_VALUE_OF_ANY_FIELD = new Object();

    /** Values that their fields take, for those that do not take any text. */
    private static final Map<String, Object> SAMPLES = Map.of(
            "at", Instant.parse("2026-01-01T00:00:00Z"),
            "startsAt", Instant.parse("2026-01-01T00:00:00Z"),
            "from", "patient",
            "tier", "hot",
            "status", "booked",
            "value.currency", "EUR",
            "cost.currency", "EUR");

    private final QueryMapping mapping;
    private final MappingFaults faults;

    MappingCheck(QueryMapping mapping, MappingFaults faults) {
        this.mapping = mapping;
        this.faults = faults;
    }

    void run() {
        faults.in("name").require(NAME_FORM.matcher(mapping.name()).matches(), NAME);
        String sql = mapping.sql().strip();
        faults.in("sql").require(!sql.isEmpty() && !sql.endsWith(";"), SQL);
        checkColumn(mapping.watermark(), faults.in("watermark").in("column"));
        faults.in("watermark")
                .in("overlap")
                .require(
                        mapping.overlap().isInRange(),
                        mapping.overlap() instanceof Overlap.OfTime ? TIME_OVERLAP : NUMBER_OVERLAP);
        checkPrintableKey();
        mapping.fields().forEach(this::checkField);
        if (KpiEvent.fieldNames().containsAll(mapping.fields().keySet())) {
            checkEvents();
        }
    }

    private static void checkColumn(String column, MappingFaults at) {
        at.require(COLUMN_FORM.matcher(column).matches(), COLUMN);
    }

    private void checkPrintableKey() {
        String key = mapping.printableKey();
        if (key != null) {
            checkColumn(key, faults.in("printableKey"));
            boolean isPersonal = mapping.fields().entrySet().stream()
                    .anyMatch(field -> PERSONAL_FIELDS.contains(field.getKey())
                            && field.getValue() instanceof Column column
                            && column.column().equalsIgnoreCase(key));
            faults.in("printableKey").require(!isPersonal, PERSONAL);
        }
    }

    private void checkField(String field, FieldSource source) {
        MappingFaults at = fault(field);
        at.require(KpiEvent.fieldNames().contains(field), UNKNOWN);
        if (source instanceof Column column) {
            checkColumn(column.column(), at.in("column"));
            at.in("values").require(column.values() == null || !column.values().isEmpty(), NO_VALUES);
        }
    }

    private void checkEvents() {
        if (!mapping.fields().containsKey("type")) {
            fault("type").addMissing();
        }
        Set<String> idle = new HashSet<>(mapping.fields().keySet());
        for (Map.Entry<String, MappingFaults> type : types().entrySet()) {
            Map<String, Object> event = samples(type.getKey());
            if (complete(event, type.getValue())) {
                idle.removeIf(
                        field -> breaks(event, field, NO_VALUE_OF_ANY_FIELD).isPresent());
                mapping.fields().forEach((field, source) -> checkValues(event, field, source));
            } else {
                idle.clear();
            }
        }
        if (!types().isEmpty()) {
            idle.forEach(field -> fault(field).add(IDLE));
        }
    }

    /** The types of event that the mapping names, each with the place that it is named at; none when a column is the only one to know. */
    private Map<String, MappingFaults> types() {
        FieldSource source = mapping.fields().get("type");
        Map<String, MappingFaults> types = new HashMap<>();
        if (source instanceof Constant constant) {
            types.put(constant.value(), fault("type").in("constant"));
        } else if (source instanceof Column column && column.values() != null) {
            column.values()
                    .forEach((value, word) ->
                            types.put(word, fault("type").in("values").in(value)));
        }
        return types;
    }

    private Map<String, Object> samples(String type) {
        Map<String, Object> event = new HashMap<>();
        mapping.fields().keySet().forEach(field -> event.put(field, sample(field)));
        event.put("type", type);
        return event;
    }

    private static Object sample(String field) {
        return SAMPLES.getOrDefault(field, "1");
    }

    /** Adds the fields that an event of this type has to have, each a fault; false when there is no such type. */
    private boolean complete(Map<String, Object> event, MappingFaults type) {
        for (int i = 0; i <= KpiEvent.fieldNames().size(); i++) {
            Optional<InvalidEventException> broken = broken(event);
            if (broken.isEmpty()) {
                return true;
            }
            String field = broken.get().field();
            if (event.containsKey(field)) {
                type.add(broken.get().rule());
                return false;
            }
            fault(field).addMissing();
            event.put(field, sample(field));
        }
        return false;
    }

    private void checkValues(Map<String, Object> event, String field, FieldSource source) {
        if (field.equals("type")) {
            return;
        }
        if (source instanceof Constant constant) {
            breaks(event, field, constant.value())
                    .ifPresent(rule -> fault(field).in("constant").add(rule));
        } else if (source instanceof Column column && column.values() != null) {
            column.values()
                    .forEach((value, word) -> breaks(event, field, word)
                            .ifPresent(
                                    rule -> fault(field).in("values").in(value).add(rule)));
        }
    }

    /** The rule that a value of a field breaks in an event that is all right otherwise. */
    private static Optional<String> breaks(Map<String, Object> event, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(event);
        changed.put(field, value);
        return broken(changed).filter(broken -> broken.field().equals(field)).map(InvalidEventException::rule);
    }

    private static Optional<InvalidEventException> broken(Map<String, Object> event) {
        try {
            KpiEvent.of(event);
            return Optional.empty();
        } catch (InvalidEventException e) {
            return Optional.of(e);
        }
    }

    private MappingFaults fault(String field) {
        return faults.in("fields").in(field);
    }
}
