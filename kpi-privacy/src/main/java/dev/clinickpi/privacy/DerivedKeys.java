package dev.clinickpi.privacy;

import dev.clinickpi.clinic.ClinicId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** Keys derived from one master secret by HKDF with SHA-256 (RFC 5869), each when it is first asked for. The master itself is not kept. */
final class DerivedKeys implements KeyProvider {

    /** Fixed for good: another salt or info would give every clinic another key. */
    private static final byte[] SALT = "dev.clinickpi.privacy".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] INFO = "clinic key 1:".getBytes(StandardCharsets.US_ASCII);

    /** One block of output is a key of 256 bits, so HKDF's counter never goes beyond its first value. */
    private static final byte[] FIRST_BLOCK = {1};

    private final SecretKey extract;
    private final Map<ClinicId, SecretKey> keys = new ConcurrentHashMap<>();

    DerivedKeys(byte[] master) {
        if (master.length < LEAST_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "A master secret has at least " + LEAST_KEY_BYTES + " bytes: take them from a SecureRandom");
        }
        extract = extract(SALT, master);
    }

    @Override
    public Optional<SecretKey> keyFor(ClinicId clinic) {
        return Optional.of(keys.computeIfAbsent(clinic, id -> expand(extract, INFO, Wtf8.encode(id.value()))));
    }

    static SecretKey extract(byte[] salt, byte[] secret) {
        return HmacSha256.key(HmacSha256.under(HmacSha256.key(salt)).doFinal(secret));
    }

    /** The first block of HKDF's output, for an info in parts. */
    static SecretKey expand(SecretKey extract, byte[]... info) {
        Mac mac = HmacSha256.under(extract);
        for (byte[] part : info) {
            mac.update(part);
        }
        return HmacSha256.key(mac.doFinal(FIRST_BLOCK));
    }
}
