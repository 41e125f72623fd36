package dev.clinickpi.privacy;

import dev.clinickpi.clinic.ClinicId;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;

/** Random keys, each made when it is first asked for; none in the place of one that was destroyed. */
final class InMemoryKeys implements KeyProvider {

    private final SecureRandom random = new SecureRandom();
    private final Map<ClinicId, Optional<SecretKey>> keys = new ConcurrentHashMap<>();

    @Override
    public Optional<SecretKey> keyFor(ClinicId clinic) {
        return keys.computeIfAbsent(clinic, id -> Optional.of(fresh()));
    }

    @Override
    public boolean destroyKey(ClinicId clinic) {
        keys.put(clinic, Optional.empty());
        return true;
    }

    private SecretKey fresh() {
        byte[] bytes = new byte[LEAST_KEY_BYTES];
        random.nextBytes(bytes);
        SecretKey key = HmacSha256.key(bytes);
        Arrays.fill(bytes, (byte) 0);
        return key;
    }
}
