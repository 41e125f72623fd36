package dev.clinickpi.clinic;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A subscription tier.
 *
 * @param id the key that clinics and {@code subscription.changed} name
 * @param features the features that it offers; a set, so each counts once
 */
public record Tier(String id, Set<String> features) {

    /** Copies the set. */
    public Tier {
        Objects.requireNonNull(id, "id");
        features = Set.copyOf(features);
    }

    /** A tier of these features. */
    public static Tier of(String id, String... features) {
        return new Tier(id, Set.copyOf(List.of(features)));
    }
}
