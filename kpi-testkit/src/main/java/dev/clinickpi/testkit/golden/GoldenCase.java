package dev.clinickpi.testkit.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.time.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A question and its golden answers, as {@code cases.json} has them; the README beside the sets says what each field means.
 *
 * @param set where the clinics and events are
 * @param clinic whom it asks
 * @param period what it asks about
 * @param asOf when it asks
 * @param kpis what a report publishes, by KPI id: under minimum groups of 5, each request on its own
 * @param views the exact views by name, before anything is withheld
 */
public record GoldenCase(
        GoldenSet set,
        ClinicId clinic,
        Period period,
        Instant asOf,
        Map<String, JsonNode> kpis,
        Map<String, JsonNode> views) {

    /** Copies the maps and keeps their order. */
    public GoldenCase {
        kpis = Collections.unmodifiableMap(new LinkedHashMap<>(kpis));
        views = Collections.unmodifiableMap(new LinkedHashMap<>(views));
    }

    /** Every case of every set. */
    public static List<GoldenCase> all() {
        List<GoldenCase> cases = new ArrayList<>();
        for (GoldenSet set : GoldenSet.values()) {
            cases.addAll(set.cases());
        }
        return cases;
    }

    static GoldenCase parse(GoldenSet set, JsonNode node) {
        return new GoldenCase(
                set,
                ClinicId.of(node.get("clinic").textValue()),
                new Period(date(node.get("from")), date(node.get("to"))),
                Instant.parse(node.get("asOf").textValue()),
                fields(node.get("expected").get("kpis")),
                fields(node.get("expected").get("views")));
    }

    private static LocalDate date(JsonNode node) {
        return LocalDate.parse(node.textValue());
    }

    private static Map<String, JsonNode> fields(JsonNode node) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    /** The question alone, which tells the cases of a set apart. */
    @Override
    public String toString() {
        return set + " " + clinic + " " + period.from() + ".." + period.to() + " as of " + asOf;
    }
}
