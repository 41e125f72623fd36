package dev.clinickpi.clinic;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * What a language model costs, per million tokens.
 *
 * @param currency the ISO 4217 code of the price
 * @param inputPerMillion of input tokens that were not cached
 * @param cachedInputPerMillion of cached input tokens
 * @param outputPerMillion of output tokens
 */
public record LlmPrice(
        String currency, BigDecimal inputPerMillion, BigDecimal cachedInputPerMillion, BigDecimal outputPerMillion) {

    private static final int MILLION_DIGITS = 6;

    /** Refuses nulls. */
    public LlmPrice {
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(inputPerMillion, "inputPerMillion");
        Objects.requireNonNull(cachedInputPerMillion, "cachedInputPerMillion");
        Objects.requireNonNull(outputPerMillion, "outputPerMillion");
    }

    /**
     * What a number of tokens costs, exactly, in {@link #currency()}.
     *
     * @param input all input tokens, the cached ones among them
     * @param cached the cached ones of them
     * @param output the output tokens
     */
    public BigDecimal cost(long input, long cached, long output) {
        return inputPerMillion
                .multiply(BigDecimal.valueOf(input - cached))
                .add(cachedInputPerMillion.multiply(BigDecimal.valueOf(cached)))
                .add(outputPerMillion.multiply(BigDecimal.valueOf(output)))
                .movePointLeft(MILLION_DIGITS);
    }
}
