package dev.clinickpi.privacy.benchmark;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * What one clinic brings into a sector benchmark: its publishable value of a KPI over a closed month.
 *
 * @param owner whose clinic it is; clinics of one owner count as one
 * @param people how many distinct patients of that month stand behind it
 * @param value not negative
 */
public record Contribution(String owner, int people, BigDecimal value) {

    /** @throws IllegalArgumentException if the value or the number of people is negative */
    public Contribution {
        Objects.requireNonNull(owner, "owner");
        if (people < 0 || value.signum() < 0) {
            throw new IllegalArgumentException("People and values of a contribution are not negative");
        }
    }
}
