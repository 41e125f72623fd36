package dev.clinickpi.benchmarks.log;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinickpi.clinic.ClinicDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Clinics of a few countries, with all the settings that a KPI asks for. */
final class MadeClinics {

    static final List<String> SERVICES = List.of("implant", "cleaning", "orthodontics", "whitening", "check-up");
    static final List<String> FEATURES = List.of("inbox", "reminders", "waitlist", "surveys", "reports");
    static final List<String> TIERS = List.of("starter", "pro", "enterprise");
    static final String MODEL = "gpt-4o-mini";
    static final String LARGE_MODEL = "gpt-4o";

    private static final String FROM = "2025-01-01";
    private static final List<Place> PLACES = List.of(
            new Place("ES", "Europe/Madrid", "EUR", "es-ES", "0.92"),
            new Place("MX", "America/Mexico_City", "MXN", "es-MX", "18.5"),
            new Place("CO", "America/Bogota", "COP", "es-CO", "4100"),
            new Place("ES", "Atlantic/Canary", "EUR", "es-ES", "0.92"),
            new Place("AR", "America/Argentina/Buenos_Aires", "ARS", "es-AR", "1050"));

    private final ObjectMapper mapper = new ObjectMapper();
    private final ObjectNode document = mapper.createObjectNode();

    private MadeClinics(int count) {
        ArrayNode clinics = document.putArray("clinics");
        for (int i = 0; i < count; i++) {
            addClinic(clinics.addObject(), i, place(i));
        }
        ArrayNode tiers = document.putArray("tiers");
        for (int i = 0; i < TIERS.size(); i++) {
            ArrayNode features = tiers.addObject().put("id", TIERS.get(i)).putArray("features");
            FEATURES.subList(0, Math.min(2 + i * 2, FEATURES.size())).forEach(features::add);
        }
        addPrices(document.putArray("llmPrices"));
        addRates(document.putArray("exchangeRates"));
    }

    static ClinicDirectory of(int count) {
        MadeClinics made = new MadeClinics(count);
        try {
            return ClinicDirectory.read(new ByteArrayInputStream(made.mapper.writeValueAsBytes(made.document)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String id(int clinic) {
        return "clinic-" + clinic;
    }

    static String currency(int clinic) {
        return place(clinic).currency;
    }

    private static Place place(int clinic) {
        return PLACES.get(clinic % PLACES.size());
    }

    private static void addClinic(ObjectNode clinic, int number, Place place) {
        clinic.put("id", id(number))
                .put("name", "Clínica " + number)
                .put("owner", "grupo-" + number / 2)
                .put("vertical", "dental")
                .put("country", place.country)
                .put("zone", place.zone)
                .put("currency", place.currency)
                .put("locale", place.locale)
                .put("goLive", "2026-03-02")
                .put("tier", "pro");
        ObjectNode hours = clinic.putArray("openingHours").addObject().put("from", FROM);
        for (String day : List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY")) {
            hours.putArray(day).add("09:00-14:00").add("16:00-20:00");
        }
        clinic.putArray("averageRevenuePerVisit").addObject().put("from", FROM).put("amount", "85.00");
        clinic.putArray("subscriptionFee").addObject().put("from", FROM).put("amount", "99.00");
        ArrayNode services = clinic.putArray("services");
        for (String service : SERVICES) {
            services.addObject()
                    .put("id", service)
                    .put("name", "Servicio " + service)
                    .putArray("aliases")
                    .add(service);
        }
    }

    private static void addPrices(ArrayNode prices) {
        prices.addObject()
                .put("model", MODEL)
                .put("from", FROM)
                .put("currency", "USD")
                .put("inputPerMillion", "0.15")
                .put("cachedInputPerMillion", "0.075")
                .put("outputPerMillion", "0.60");
        prices.addObject()
                .put("model", LARGE_MODEL)
                .put("from", FROM)
                .put("currency", "USD")
                .put("inputPerMillion", "2.50")
                .put("cachedInputPerMillion", "1.25")
                .put("outputPerMillion", "10.00");
    }

    private static void addRates(ArrayNode rates) {
        PLACES.stream()
                .filter(place -> !place.zone.equals("Atlantic/Canary"))
                .forEach(place -> rates.addObject()
                        .put("base", "USD")
                        .put("quote", place.currency)
                        .put("from", FROM)
                        .put("rate", place.perDollar));
    }

    private record Place(String country, String zone, String currency, String locale, String perDollar) {}
}
