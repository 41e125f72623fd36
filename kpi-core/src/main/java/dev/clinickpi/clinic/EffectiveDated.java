package dev.clinickpi.clinic;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Values that each hold from a local date, itself included, until the next one does.
 *
 * @param byDate the values by the date that they hold from, in order of date; unmodifiable
 * @param <T> what is dated
 */
public record EffectiveDated<T>(NavigableMap<LocalDate, T> byDate) {

    /** Copies the map into the natural order of dates, whatever order it came in. */
    public EffectiveDated {
        TreeMap<LocalDate, T> copy = new TreeMap<>();
        copy.putAll(byDate);
        byDate = Collections.unmodifiableNavigableMap(copy);
    }

    /** No value on any day. */
    public static <T> EffectiveDated<T> none() {
        return new EffectiveDated<>(new TreeMap<>());
    }

    /** One value from a date on. */
    public static <T> EffectiveDated<T> from(LocalDate date, T value) {
        return new EffectiveDated<>(new TreeMap<>(Map.of(date, value)));
    }

    /** The value in force on a date; empty before the first. */
    public Optional<T> on(LocalDate date) {
        return Optional.ofNullable(byDate.floorEntry(date)).map(Map.Entry::getValue);
    }

    /** Whether there is no value on any day. */
    public boolean isEmpty() {
        return byDate.isEmpty();
    }
}
