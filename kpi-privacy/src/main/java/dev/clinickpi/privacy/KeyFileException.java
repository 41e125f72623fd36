package dev.clinickpi.privacy;

import dev.clinickpi.error.KpiException;
import java.io.Serial;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of keys cannot be read or written, is damaged, or belongs to another key-encryption key. No key is in the message. */
public final class KeyFileException extends KpiException {

    @Serial
    private static final long serialVersionUID = 1L;

    private KeyFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static KeyFileException unusable(Path file, String what, Throwable cause) {
        return new KeyFileException(
                "The key file " + file + " cannot be " + what
                        + "; see to the path and its rights. Without its keys nothing passes the gate",
                cause);
    }

    static KeyFileException damaged(Path file, String line) {
        return new KeyFileException(
                "The key file " + file + " is damaged or no key file: " + line
                        + ". Put a copy of it back; a new one would split every patient in two",
                null);
    }

    static KeyFileException otherKey(Path file) {
        return new KeyFileException(
                "The key file " + file
                        + " is wrapped under another key-encryption key than the one given; open it with that one, the one of its last rotation",
                null);
    }
}
