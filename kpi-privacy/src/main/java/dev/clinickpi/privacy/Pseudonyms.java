package dev.clinickpi.privacy;

import static java.util.Objects.requireNonNull;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.PrivacyGate.IdKind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * The first 64 bits, big-endian, of the HMAC-SHA256 of a byte for the kind and the id's bytes, under the clinic's key. The same id under
 * another kind or clinic has an unrelated pseudonym; no two ids of a kind share their bytes.
 *
 * <p>A clinic's HMAC is begun once for each kind and cloned for each id. That is as fast as one for each thread, has a block less to hash,
 * and leaves no key behind in threads that come and go.
 */
final class Pseudonyms {

    private final KeyProvider keys;
    private final Map<ClinicId, Keyed> clinics = new ConcurrentHashMap<>();

    Pseudonyms(KeyProvider keys) {
        this.keys = keys;
    }

    /**
     * @throws MissingKeyException if the clinic has no key
     * @throws IllegalStateException if its key is too short or cannot be read
     */
    long pseudonym(ClinicId clinic, IdKind kind, String id) {
        return keyed(clinic).pseudonym(kind, id);
    }

    /** Has the clinic's key destroyed, where its provider can. */
    boolean destroyKey(ClinicId clinic) {
        boolean isDestroyed = keys.destroyKey(clinic);
        clinics.remove(clinic);
        return isDestroyed;
    }

    /** Asks for the key each time, so that one that was replaced or taken away is not used from memory here. */
    private Keyed keyed(ClinicId clinic) {
        Optional<SecretKey> key = keys.keyFor(clinic);
        if (key.isEmpty()) {
            clinics.remove(clinic);
            throw new MissingKeyException(clinic);
        }
        Keyed keyed = clinics.get(clinic);
        if (keyed == null || !keyed.isUnder(key.get())) {
            keyed = new Keyed(clinic, key.get());
            clinics.put(clinic, keyed);
        }
        return keyed;
    }

    /** The byte that stands for a kind. Never to be changed: every stored pseudonym depends on it. */
    private static byte code(IdKind kind) {
        return switch (kind) {
            case EVENT -> 1;
            case CONVERSATION -> 2;
            case APPOINTMENT -> 3;
            case PATIENT -> 4;
        };
    }

    /** A clinic's key, made ready. No {@code toString}, so that no key is shown. */
    private static final class Keyed {

        private final SecretKey key;
        private final Map<IdKind, Mac> begun = new EnumMap<>(IdKind.class);

        Keyed(ClinicId clinic, SecretKey key) {
            byte[] bytes = key.getEncoded();
            if (bytes == null || bytes.length < KeyProvider.LEAST_KEY_BYTES) {
                throw new IllegalStateException(
                        "The key of clinic " + clinic + " is no use: a KeyProvider gives keys of at least "
                                + KeyProvider.LEAST_KEY_BYTES + " bytes that can be read");
            }
            this.key = key;
            SecretKey hmacKey = HmacSha256.key(bytes);
            Arrays.fill(bytes, (byte) 0);
            for (IdKind kind : IdKind.values()) {
                Mac mac = HmacSha256.under(hmacKey);
                mac.update(code(kind));
                begun.put(kind, mac);
            }
        }

        boolean isUnder(SecretKey other) {
            return key == other || key.equals(other);
        }

        long pseudonym(IdKind kind, String id) {
            return ByteBuffer.wrap(begun(kind).doFinal(Wtf8.encode(id))).getLong();
        }

        private Mac begun(IdKind kind) {
            try {
                return (Mac) requireNonNull(begun.get(kind)).clone();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("The Java platform's HMAC cannot be cloned", e);
            }
        }
    }
}
