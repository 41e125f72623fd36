package dev.clinickpi.privacy;

import dev.clinickpi.clinic.ClinicId;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;

/** Random keys, each made when it is first asked for. */
final class InMemoryKeys implements KeyProvider {

    private final SecureRandom random = new SecureRandom();
    private final Map<ClinicId, SecretKey> keys = new ConcurrentHashMap<>();

    @Override
    public Optional<SecretKey> keyFor(ClinicId clinic) {
        return Optional.of(keys.computeIfAbsent(clinic, id -> fresh()));
    }

    private SecretKey fresh() {
        byte[] bytes = new byte[LEAST_KEY_BYTES];
        random.nextBytes(bytes);
        SecretKey key = HmacSha256.key(bytes);
        Arrays.fill(bytes, (byte) 0);
        return key;
    }
}
