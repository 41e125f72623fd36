package dev.clinickpi.privacy;

import dev.clinickpi.clinic.ClinicId;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * Where the keys come from that pseudonyms are made under, one for each clinic. Who holds a clinic's key can tell whether a pseudonym is
 * that of an id he knows; without the key, it tells nothing. A clinic's facts can be joined with later ones only as long as its key stays
 * the same, so a host that keeps facts keeps keys.
 *
 * <p>The gate asks for the key with every id, so that a key that changes or goes takes effect at once: an implementation answers from
 * memory. Implementations must be safe for use by many threads and must not show a key in {@code toString}, logs or exceptions.
 */
@FunctionalInterface
public interface KeyProvider {

    /** The least length of a key: 256 bits, as much as the hash has (RFC 2104, section 3). */
    int LEAST_KEY_BYTES = 32;

    /**
     * The key of a clinic: at least {@value #LEAST_KEY_BYTES} bytes from a source of cryptographic strength, readable by
     * {@link SecretKey#getEncoded()}, and no other clinic's.
     *
     * @return empty when the clinic has none; nothing of it passes the gate then
     */
    Optional<SecretKey> keyFor(ClinicId clinic);

    /**
     * Destroys the key of a clinic for good, as its erasure demands: from then on {@link #keyFor} is empty for it, also in the next process, and nothing of
     * it passes the gate.
     *
     * @return whether it did; false where keys are not this provider's to destroy, as by default: then the host sees to it
     */
    default boolean destroyKey(ClinicId clinic) {
        return false;
    }

    /**
     * Fresh random keys that end with the process: for tests, demonstrations and hosts that keep no facts. Facts that outlive the process
     * cannot be joined with later ones.
     */
    static KeyProvider inMemory() {
        return new InMemoryKeys();
    }

    /**
     * Keys that follow from one master secret, so that a host need keep no more than that. Each is the clinic's output of HKDF with SHA-256
     * (RFC 5869): none tells of another or of the master. As long as the master lives, a single clinic's key cannot be
     * destroyed, and {@link #destroyKey} says so: use {@link KeyFile} where clinics are to be erased that way.
     *
     * @param master at least {@value #LEAST_KEY_BYTES} bytes from a source of cryptographic strength, not a password; the caller may wipe
     *     the array after the call
     * @throws IllegalArgumentException if the master is shorter
     */
    static KeyProvider derivedFrom(byte[] master) {
        return new DerivedKeys(master);
    }
}
