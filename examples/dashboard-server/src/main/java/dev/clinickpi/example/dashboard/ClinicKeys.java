package dev.clinickpi.example.dashboard;

import dev.clinickpi.privacy.KeyFile;
import dev.clinickpi.privacy.KeyProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The clinics' keys, in a file wrapped under a key that lies beside it: enough for a demonstration. A host keeps the key-encryption key where whoever has the file
 * does not have it.
 */
final class ClinicKeys {

    private ClinicKeys() {}

    /** The keys of a folder, made when it has none. */
    static KeyProvider in(Path folder) {
        Path keys = folder.resolve("clinic-keys");
        Path encryptionKey = folder.resolve("key-encryption-key");
        try {
            if (Files.exists(keys)) {
                return KeyFile.open(keys, secret(Files.readAllBytes(encryptionKey)));
            }
            byte[] fresh = new byte[32];
            new SecureRandom().nextBytes(fresh);
            Files.write(encryptionKey, fresh);
            if (Files.getFileStore(encryptionKey).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(encryptionKey, PosixFilePermissions.fromString("rw-------"));
            }
            return KeyFile.create(keys, secret(fresh));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SecretKey secret(byte[] bytes) {
        return new SecretKeySpec(bytes, "AES");
    }
}
