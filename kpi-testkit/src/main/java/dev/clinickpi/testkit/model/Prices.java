package dev.clinickpi.testkit.model;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicDirectory.CurrencyPair;
import dev.clinickpi.clinic.EffectiveDated;
import dev.clinickpi.clinic.LlmPrice;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/** Section 1 and 4: amounts in a clinic's currency, exactly. */
record Prices(ClinicDirectory directory, Clinic clinic) {

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    /** An amount at the rate base → quote in force on a day; empty without one. Rates are neither inverted nor chained. */
    Optional<BigDecimal> inClinicCurrency(BigDecimal amount, String currency, LocalDate day) {
        if (currency.equals(clinic.currency())) {
            return Optional.of(amount);
        }
        EffectiveDated<BigDecimal> rates = directory.exchangeRates().get(new CurrencyPair(currency, clinic.currency()));
        return rates == null
                ? Optional.empty()
                : EffectiveDates.inForce(rates, day).map(amount::multiply);
    }

    /** The given cost, else what the price in force makes of the tokens; empty without a price or rate. */
    Optional<BigDecimal> costOf(KpiEvent.LlmUsed use, LocalDate day) {
        Money given = use.cost();
        if (given != null) {
            return inClinicCurrency(given.amount(), given.currency(), day);
        }
        EffectiveDated<LlmPrice> prices = directory.llmPrices().get(use.model());
        Optional<LlmPrice> price = prices == null ? Optional.empty() : EffectiveDates.inForce(prices, day);
        return price.flatMap(p -> inClinicCurrency(listPrice(use, p), p.currency(), day));
    }

    private static BigDecimal listPrice(KpiEvent.LlmUsed use, LlmPrice price) {
        BigDecimal uncached = BigDecimal.valueOf(use.inputTokens() - use.cachedInputTokens());
        BigDecimal cached = BigDecimal.valueOf(use.cachedInputTokens());
        BigDecimal output = BigDecimal.valueOf(use.outputTokens());
        return uncached.multiply(price.inputPerMillion())
                .add(cached.multiply(price.cachedInputPerMillion()))
                .add(output.multiply(price.outputPerMillion()))
                .divide(MILLION);
    }
}
