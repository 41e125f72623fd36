package dev.clinickpi.jdbc;

import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.cell.Cell;
import dev.clinickpi.cell.CellKey;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.privacy.KeyFile;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;

/** The fields of everything that is kept, as the code has them now: by reflection, from the catalogue of a migrated database and from a file of keys. */
final class StoredFields {

    private static final Set<String> FOLDS = Set.of("ConversationFold", "AppointmentFold", "PatientFold");

    private StoredFields() {}

    /** What events have and facts have not, by type. */
    static Set<String> dropped() {
        Map<String, Set<String>> facts = ofSubclasses(Fact.class, type -> names(declared(type)));
        Set<String> dropped = new TreeSet<>();
        for (Class<?> event : KpiEvent.class.getPermittedSubclasses()) {
            Set<String> kept = facts.get(event.getSimpleName());
            Arrays.stream(event.getRecordComponents())
                    .map(RecordComponent::getName)
                    .filter(name -> !kept.contains(name.replaceAll("Id$", "")) && !isOfEvery(name))
                    .forEach(name -> dropped.add(event.getSimpleName() + "." + name));
        }
        return dropped;
    }

    private static boolean isOfEvery(String component) {
        return Set.of("id", "clinicId", "at").contains(component);
    }

    static Set<String> ofFacts() {
        Set<String> fields = new TreeSet<>();
        declared(Fact.class).forEach(field -> fields.add("every." + field.getName()));
        ofSubclasses(Fact.class, type -> names(declared(type)))
                .forEach((type, names) -> names.forEach(name -> fields.add(type + "." + name)));
        return fields;
    }

    private static Map<String, Set<String>> ofSubclasses(Class<?> sealed, Function<Class<?>, Set<String>> fields) {
        Map<String, Set<String>> all = new TreeMap<>();
        for (Class<?> type : sealed.getPermittedSubclasses()) {
            all.put(type.getSimpleName(), fields.apply(type));
        }
        return all;
    }

    /** The state of entities, with all that it is made of. */
    static Set<String> ofEntities() throws ClassNotFoundException {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (String fold : FOLDS) {
            collect(Class.forName("dev.clinickpi.fold." + fold), types);
        }
        return fieldsOf(types);
    }

    /** What a cell is known by and holds, and what there are cells of. */
    static Set<String> ofCells() {
        Set<Class<?>> types = new LinkedHashSet<>();
        collect(CellKey.class, types);
        collect(Cell.class, types);
        Set<String> fields = fieldsOf(types);
        Arrays.stream(Measure.values()).forEach(measure -> fields.add("measure." + measure.name()));
        return fields;
    }

    static Set<String> ofReleases() throws ClassNotFoundException {
        Set<Class<?>> types = new LinkedHashSet<>();
        collect(Class.forName("dev.clinickpi.privacy.publication.CopyState"), types);
        return fieldsOf(types);
    }

    static Set<String> ofAuditRecords() {
        return Arrays.stream(AuditRecord.class.getRecordComponents())
                .map(component -> "AuditRecord." + component.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The words that the lines of a file with a key in use and one destroyed begin with. */
    static Set<String> ofKeyFile(Path folder) throws IOException {
        Path file = folder.resolve("keys");
        KeyFile keys = KeyFile.create(file, new SecretKeySpec(new byte[32], "AES"));
        keys.keyFor(ClinicId.of("sol"));
        keys.keyFor(ClinicId.of("mar"));
        keys.destroyKey(ClinicId.of("mar"));
        return Files.readAllLines(file).stream()
                .map(line -> "keys." + line.split(" ")[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every column of every table; the parts of a table have the columns of the whole. */
    static Set<String> ofTables(TestDatabase database) throws SQLException {
        Set<String> columns = new TreeSet<>();
        try (Connection connection = database.pool().getConnection();
                ResultSet found = connection.getMetaData().getColumns(null, null, "%", "%")) {
            while (found.next()) {
                String table = found.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                if ("clinic_kpi".equalsIgnoreCase(found.getString("TABLE_SCHEM"))
                        && table.startsWith("kpi_")
                        && !table.matches("kpi_fact_(before|after|\\d{4}_\\d\\d|no|conversation|appointment|patient)")
                        && isTable(connection, found.getString("TABLE_NAME"))) {
                    columns.add(table + "." + found.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
                }
            }
        }
        return columns;
    }

    private static boolean isTable(Connection connection, String name) throws SQLException {
        try (ResultSet table = connection.getMetaData().getTables(null, null, name, null)) {
            return table.next() && String.valueOf(table.getString("TABLE_TYPE")).endsWith("TABLE");
        }
    }

    private static Set<String> fieldsOf(Set<Class<?>> types) {
        Set<String> fields = new TreeSet<>();
        for (Class<?> type : types) {
            declared(type).forEach(field -> fields.add(type.getSimpleName() + "." + field.getName()));
        }
        return fields;
    }

    /** A type and those of its package that its fields are of. */
    private static void collect(Type type, Set<Class<?>> types) {
        if (type instanceof ParameterizedType generic) {
            Stream.of(generic.getActualTypeArguments()).forEach(argument -> collect(argument, types));
            collect(generic.getRawType(), types);
        } else if (type instanceof Class<?> plain
                && plain.getPackageName().startsWith("dev.clinickpi")
                && !plain.isEnum()
                && isState(plain)
                && types.add(plain)) {
            declared(plain).forEach(field -> collect(field.getGenericType(), types));
        }
    }

    /** Types that stand in a register of their own, or that other types are described by. */
    private static boolean isState(Class<?> type) {
        return Set.of("dev.clinickpi.fold", "dev.clinickpi.cell", "dev.clinickpi.privacy.publication")
                        .contains(type.getPackageName())
                && !type.getSimpleName().equals("CellTable");
    }

    private static Stream<Field> declared(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic());
    }

    private static Set<String> names(Stream<Field> fields) {
        return fields.map(Field::getName).collect(Collectors.toCollection(TreeSet::new));
    }
}
