package dev.clinickpi.store;

import dev.clinickpi.event.EntityKey;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entity that time may still change, or that nothing is to be kept of any more.
 *
 * @param key which
 * @param state what was joined, as bytes; empty when it is to be kept no longer
 * @param openMessageAt the latest message of a conversation that is open, in epoch milliseconds; null of any other entity
 */
@SuppressWarnings("ArrayRecordComponent") // Two are equal when the arrays hold the same.
public record StoredEntity(
        EntityKey key, byte[] state, @Nullable Long openMessageAt) {

    /** Refuses nulls. The bytes are not copied; nobody changes them. */
    public StoredEntity {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(state, "state");
    }

    /** One that is to be kept no longer. */
    public static StoredEntity gone(EntityKey key) {
        return new StoredEntity(key, new byte[0], null);
    }

    /** Whether it is to be kept no longer. */
    public boolean isGone() {
        return state.length == 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredEntity that
                && key.equals(that.key)
                && Arrays.equals(state, that.state)
                && Objects.equals(openMessageAt, that.openMessageAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, Arrays.hashCode(state), openMessageAt);
    }
}
