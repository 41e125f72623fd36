package dev.clinickpi.testkit.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicDirectory.CurrencyPair;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.EffectiveDated;
import dev.clinickpi.clinic.LlmPrice;
import dev.clinickpi.clinic.Service;
import dev.clinickpi.clinic.Tier;
import dev.clinickpi.clinic.WeeklyHours;
import dev.clinickpi.clinic.WeeklyHours.OpeningSpan;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads the {@code clinics.json} of the golden sets, all of which are well-formed and give every field of a clinic but its owner. */
final class GoldenDirectory {

    private GoldenDirectory() {}

    static ClinicDirectory parse(JsonNode json) {
        Map<ClinicId, Clinic> clinics = new LinkedHashMap<>();
        for (JsonNode node : json.get("clinics")) {
            Clinic clinic = clinic(node);
            clinics.put(clinic.id(), clinic);
        }
        List<Tier> tiers = new ArrayList<>();
        for (JsonNode node : json.get("tiers")) {
            tiers.add(new Tier(text(node, "id"), new LinkedHashSet<>(texts(node.get("features")))));
        }
        return new ClinicDirectory(
                clinics,
                tiers,
                datedByKey(json.get("llmPrices"), node -> text(node, "model"), GoldenDirectory::llmPrice),
                datedByKey(
                        json.get("exchangeRates"),
                        node -> new CurrencyPair(text(node, "base"), text(node, "quote")),
                        node -> decimal(node, "rate")));
    }

    private static Clinic clinic(JsonNode node) {
        String id = text(node, "id");
        Map<String, BigDecimal> baseline = new HashMap<>();
        node.get("baseline")
                .properties()
                .forEach(kpi -> baseline.put(kpi.getKey(), kpi.getValue().decimalValue()));
        Set<LocalDate> holidays = new HashSet<>();
        texts(node.get("holidays")).forEach(date -> holidays.add(LocalDate.parse(date)));
        List<Service> services = new ArrayList<>();
        for (JsonNode service : node.get("services")) {
            services.add(new Service(text(service, "id"), text(service, "name"), texts(service.get("aliases"))));
        }
        return new Clinic(
                ClinicId.of(id),
                text(node, "name"),
                node.has("owner") ? text(node, "owner") : id,
                text(node, "vertical"),
                text(node, "country"),
                ZoneId.of(text(node, "zone")),
                text(node, "currency"),
                Locale.forLanguageTag(text(node, "locale")),
                LocalDate.parse(text(node, "goLive")),
                dated(node.get("openingHours"), GoldenDirectory::week),
                holidays,
                dated(node.get("averageRevenuePerVisit"), GoldenDirectory::amount),
                text(node, "tier"),
                services,
                baseline,
                dated(node.get("subscriptionFee"), GoldenDirectory::amount));
    }

    private static WeeklyHours week(JsonNode node) {
        Map<DayOfWeek, List<OpeningSpan>> spans = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (node.has(day.name())) {
                spans.put(
                        day,
                        texts(node.get(day.name())).stream()
                                .map(GoldenDirectory::span)
                                .toList());
            }
        }
        return new WeeklyHours(spans);
    }

    private static OpeningSpan span(String text) {
        String end = text.substring(text.indexOf('-') + 1);
        return new OpeningSpan(
                LocalTime.parse(text.substring(0, text.indexOf('-'))),
                end.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(end));
    }

    private static LlmPrice llmPrice(JsonNode node) {
        return new LlmPrice(
                text(node, "currency"),
                decimal(node, "inputPerMillion"),
                decimal(node, "cachedInputPerMillion"),
                decimal(node, "outputPerMillion"));
    }

    private static BigDecimal amount(JsonNode node) {
        return decimal(node, "amount");
    }

    private static <T> EffectiveDated<T> dated(JsonNode list, Function<JsonNode, T> value) {
        NavigableMap<LocalDate, T> byDate = new TreeMap<>();
        list.forEach(node -> byDate.put(LocalDate.parse(text(node, "from")), value.apply(node)));
        return new EffectiveDated<>(byDate);
    }

    private static <K, T> Map<K, EffectiveDated<T>> datedByKey(
            JsonNode list, Function<JsonNode, K> key, Function<JsonNode, T> value) {
        Map<K, NavigableMap<LocalDate, T>> byKey = new LinkedHashMap<>();
        list.forEach(node -> byKey.computeIfAbsent(key.apply(node), k -> new TreeMap<>())
                .put(LocalDate.parse(text(node, "from")), value.apply(node)));
        Map<K, EffectiveDated<T>> dated = new LinkedHashMap<>();
        byKey.forEach((k, byDate) -> dated.put(k, new EffectiveDated<>(byDate)));
        return dated;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.textValue()));
        return texts;
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).textValue();
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        return new BigDecimal(text(node, field));
    }
}
