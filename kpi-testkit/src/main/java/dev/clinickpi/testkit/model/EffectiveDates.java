package dev.clinickpi.testkit.model;

import dev.clinickpi.clinic.EffectiveDated;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** Section 1: of values that each hold from a local date, itself included, the one in force on a date. */
final class EffectiveDates {

    private EffectiveDates() {}

    static <T> Optional<T> inForce(EffectiveDated<T> values, LocalDate date) {
        Optional<T> latest = Optional.empty();
        for (Map.Entry<LocalDate, T> entry : values.byDate().entrySet()) {
            if (!entry.getKey().isAfter(date)) {
                latest = Optional.of(entry.getValue());
            }
        }
        return latest;
    }
}
