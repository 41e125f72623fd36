package dev.clinickpi.clinic;

import static dev.clinickpi.clinic.Form.AMOUNT;
import static dev.clinickpi.clinic.Form.BASELINE;
import static dev.clinickpi.clinic.Form.CLINIC_ID;
import static dev.clinickpi.clinic.Form.COUNTRY;
import static dev.clinickpi.clinic.Form.CURRENCY;
import static dev.clinickpi.clinic.Form.DATE;
import static dev.clinickpi.clinic.Form.LABEL;
import static dev.clinickpi.clinic.Form.LOCALE;
import static dev.clinickpi.clinic.Form.NAME;
import static dev.clinickpi.clinic.Form.RATE;
import static dev.clinickpi.clinic.Form.ZONE;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.clinickpi.clinic.ClinicDirectory.CurrencyPair;
import dev.clinickpi.clinic.Distinct.Keyed;
import dev.clinickpi.clinic.WeeklyHours.OpeningSpan;
import jakarta.validation.Valid;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The JSON document of section 1 as it is written: raw values, each with the rule that it obeys. An absent list or map is empty. What is not
 * {@code @Nullable} may be null until the document is validated; only constraints read it before.
 */
@KnownTiers
record DirectoryDocument(
        @Required @Distinct(field = "id", message = "must be the id of one clinic only") @JsonSetter(nulls = Nulls.SET)
        List<@Required @Valid ClinicEntry> clinics,

        @Distinct(field = "id", message = "must be the id of one tier only")
        List<@Required @Valid TierEntry> tiers,

        @Distinct(field = "from", message = "must be the date of one price of its model only")
        List<@Required @Valid PriceEntry> llmPrices,

        @Distinct(field = "from", message = "must be the date of one rate of its currencies only")
        List<@Required @Valid RateEntry> exchangeRates) {

    private static final String DATED_ONCE = "must be the date of one entry only";

    /** What the document says, once it is validated. */
    ClinicDirectory toDirectory() {
        Map<ClinicId, Clinic> byId = new LinkedHashMap<>();
        for (ClinicEntry entry : clinics) {
            byId.put(ClinicId.of(entry.id), entry.toClinic());
        }
        return new ClinicDirectory(
                byId,
                tiers.stream().map(TierEntry::toTier).toList(),
                datedBy(llmPrices, PriceEntry::model, PriceEntry::toPrice),
                datedBy(exchangeRates, RateEntry::toPair, entry -> new BigDecimal(entry.rate)));
    }

    private static <E extends Dated, K, V> Map<K, EffectiveDated<V>> datedBy(
            List<E> entries, Function<E, K> key, Function<E, V> value) {
        return entries.stream()
                .collect(Collectors.groupingBy(
                        key, Collectors.collectingAndThen(Collectors.toList(), group -> dated(group, value))));
    }

    private static <E extends Dated, V> EffectiveDated<V> dated(List<E> entries, Function<E, V> value) {
        TreeMap<LocalDate, V> byDate = new TreeMap<>();
        entries.forEach(entry -> byDate.put(LocalDate.parse(entry.from()), value.apply(entry)));
        return new EffectiveDated<>(byDate);
    }

    /** An entry that holds from a local date. */
    private interface Dated extends Keyed {

        String from();

        @Override
        default List<@Nullable String> key() {
            return Arrays.asList(from());
        }
    }

    /** A clinic. */
    record ClinicEntry(
            @Required @Is(CLINIC_ID) String id,
            @Required @Is(NAME) String name,
            @Is(LABEL) @Nullable String owner,
            @Required @Is(LABEL) String vertical,
            @Required @Is(COUNTRY) String country,
            @Required @Is(ZONE) String zone,
            @Required @Is(CURRENCY) String currency,
            @Required @Is(LOCALE) String locale,
            @Is(DATE) @Nullable String goLive,
            @Distinct(field = "from", message = DATED_ONCE) List<@Required @Valid HoursEntry> openingHours,
            List<@Required @Is(DATE) String> holidays,
            @Distinct(field = "from", message = DATED_ONCE) List<@Required @Valid AmountEntry> averageRevenuePerVisit,
            @Is(LABEL) @Nullable String tier,

            @Distinct(field = "id", message = "must be the id of one service of the clinic only")
            List<@Required @Valid ServiceEntry> services,

            Map<@Is(LABEL) String, @Required @Is(BASELINE) BigDecimal> baseline,
            @Distinct(field = "from", message = DATED_ONCE) List<@Required @Valid AmountEntry> subscriptionFee)
            implements Keyed {

        @Override
        public List<@Nullable String> key() {
            return Arrays.asList(id);
        }

        private Clinic toClinic() {
            return new Clinic(
                    ClinicId.of(id),
                    name,
                    Objects.requireNonNullElse(owner, id),
                    vertical,
                    country,
                    ZoneId.of(zone),
                    currency,
                    Locale.forLanguageTag(locale),
                    goLive == null ? null : LocalDate.parse(goLive),
                    dated(openingHours, HoursEntry::toHours),
                    holidays.stream().map(LocalDate::parse).collect(Collectors.toSet()),
                    dated(averageRevenuePerVisit, AmountEntry::toAmount),
                    tier,
                    services.stream().map(ServiceEntry::toService).toList(),
                    baseline,
                    dated(subscriptionFee, AmountEntry::toAmount));
        }
    }

    /**
     * A week of opening hours.
     *
     * @param fields whatever stands beside {@code from}, the lists of spans by weekday among it
     */
    @Weekdays
    record HoursEntry(
            @Required @Is(DATE) String from, @JsonAnySetter Map<String, JsonNode> fields) implements Dated {

        private WeeklyHours toHours() {
            Map<DayOfWeek, List<OpeningSpan>> spans = new EnumMap<>(DayOfWeek.class);
            for (DayOfWeek day : DayOfWeek.values()) {
                List<OpeningSpan> ofDay = new ArrayList<>();
                fields.getOrDefault(day.name(), MissingNode.getInstance())
                        .forEach(span -> ofDay.add(toSpan(span.textValue())));
                spans.put(day, ofDay);
            }
            return new WeeklyHours(spans);
        }

        private static OpeningSpan toSpan(String text) {
            String[] times = text.split("-", 2);
            return new OpeningSpan(
                    LocalTime.parse(times[0]),
                    times[1].equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(times[1]));
        }
    }

    /** An amount of money in the clinic's currency. */
    record AmountEntry(
            @Required @Is(DATE) String from,
            @Required @Is(AMOUNT) String amount) implements Dated {

        private BigDecimal toAmount() {
            return new BigDecimal(amount);
        }
    }

    /** A service of a clinic's catalogue. */
    record ServiceEntry(
            @Required @Is(LABEL) String id,
            @Required @Is(NAME) String name,
            List<@Required @Is(NAME) String> aliases) implements Keyed {

        @Override
        public List<@Nullable String> key() {
            return Arrays.asList(id);
        }

        private Service toService() {
            return new Service(id, name, aliases);
        }
    }

    /** A subscription tier. */
    record TierEntry(
            @Required @Is(LABEL) String id,
            @Required @JsonSetter(nulls = Nulls.SET) List<@Required @Is(LABEL) String> features)
            implements Keyed {

        @Override
        public List<@Nullable String> key() {
            return Arrays.asList(id);
        }

        private Tier toTier() {
            return new Tier(id, Set.copyOf(features));
        }
    }

    /** A price of a language model; cached input costs as much as other input unless the document says otherwise. */
    record PriceEntry(
            @Required @Is(LABEL) String model,
            @Required @Is(DATE) String from,
            @Required @Is(CURRENCY) String currency,
            @Required @Is(AMOUNT) String inputPerMillion,
            @Is(AMOUNT) @Nullable String cachedInputPerMillion,
            @Required @Is(AMOUNT) String outputPerMillion)
            implements Dated {

        @Override
        public List<@Nullable String> key() {
            return Arrays.asList(model, from);
        }

        private LlmPrice toPrice() {
            return new LlmPrice(
                    currency,
                    new BigDecimal(inputPerMillion),
                    new BigDecimal(Objects.requireNonNullElse(cachedInputPerMillion, inputPerMillion)),
                    new BigDecimal(outputPerMillion));
        }
    }

    /** A rate of exchange. */
    record RateEntry(
            @Required @Is(CURRENCY) String base,
            @Required @Is(CURRENCY) String quote,
            @Required @Is(DATE) String from,
            @Required @Is(RATE) String rate)
            implements Dated {

        @Override
        public List<@Nullable String> key() {
            return Arrays.asList(base, quote, from);
        }

        private CurrencyPair toPair() {
            return new CurrencyPair(base, quote);
        }
    }
}
