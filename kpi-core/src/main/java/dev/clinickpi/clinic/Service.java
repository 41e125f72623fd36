package dev.clinickpi.clinic;

import java.util.List;
import java.util.Objects;

/**
 * A service of a clinic's catalogue.
 *
 * @param id the key that figures carry
 * @param name what patients call it
 * @param aliases what else they call it
 */
public record Service(String id, String name, List<String> aliases) {

    /** Copies the list. */
    public Service {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        aliases = List.copyOf(aliases);
    }
}
