package dev.clinickpi.clinic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reference data of an installation: its clinics and what they share (section 1). Immutable; a change is a new directory.
 *
 * @param clinics by id, in the document's order
 * @param tiers the subscription tiers, small to large
 * @param llmPrices by model, by the local date that each holds from
 * @param exchangeRates by pair of currencies, by the local date that each holds from
 */
public record ClinicDirectory(
        Map<ClinicId, Clinic> clinics,
        List<Tier> tiers,
        Map<String, EffectiveDated<LlmPrice>> llmPrices,
        Map<CurrencyPair, EffectiveDated<BigDecimal>> exchangeRates) {

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException if a clinic stands under an id that is not its own
     */
    public ClinicDirectory {
        clinics.forEach((id, clinic) -> {
            if (!clinic.id().equals(id)) {
                throw new IllegalArgumentException("Clinic " + clinic.id() + " stands under the id " + id);
            }
        });
        clinics = Collections.unmodifiableMap(new LinkedHashMap<>(clinics));
        tiers = List.copyOf(tiers);
        llmPrices = Map.copyOf(llmPrices);
        exchangeRates = Map.copyOf(exchangeRates);
    }

    /**
     * Reads the JSON document of section 1. Fields that it does not know are ignored.
     *
     * @throws InvalidDirectoryException if the document breaks rules; it names every fault
     * @throws UncheckedIOException if the file cannot be read
     */
    public static ClinicDirectory read(Path file) {
        try {
            return DirectoryReader.read(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Reads the JSON document of section 1 to the end of a stream, which stays open. Fields that it does not know are ignored.
     *
     * @throws InvalidDirectoryException if the document breaks rules; it names every fault
     * @throws UncheckedIOException if the stream cannot be read
     */
    public static ClinicDirectory read(InputStream json) {
        try {
            return DirectoryReader.read(json.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The clinic of an id; empty when the directory has none. */
    public Optional<Clinic> clinic(ClinicId id) {
        return Optional.ofNullable(clinics.get(id));
    }

    /** The price of a model on a local date; empty when it has none. */
    public Optional<LlmPrice> price(String model, LocalDate on) {
        EffectiveDated<LlmPrice> prices = llmPrices.get(model);
        return prices == null ? Optional.empty() : prices.on(on);
    }

    /**
     * An amount in another currency, at the rate base → quote in force on a local date. Rates are used as they stand: never inverted, never chained.
     *
     * @return the exact amount; empty when no rate is in force
     */
    public Optional<BigDecimal> convert(BigDecimal amount, String base, String quote, LocalDate on) {
        if (base.equals(quote)) {
            return Optional.of(amount);
        }
        EffectiveDated<BigDecimal> rates = exchangeRates.get(new CurrencyPair(base, quote));
        return rates == null ? Optional.empty() : rates.on(on).map(amount::multiply);
    }

    /**
     * Two currencies that a rate leads between.
     *
     * @param base the ISO 4217 code of the currency that one unit of is converted
     * @param quote the ISO 4217 code of the currency that the rate is in
     */
    public record CurrencyPair(String base, String quote) {}
}
