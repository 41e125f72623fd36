package dev.clinickpi.example.cli;

import dev.clinickpi.privacy.KeyProvider;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** The master secret that the keys of pseudonyms follow from, as hexadecimal digits in a file of its own. */
final class KeyFile {

    private KeyFile() {}

    /** The keys of a file; empty when it holds no secret. */
    static Optional<KeyProvider> read(Path file) throws IOException {
        try {
            byte[] master = HexFormat.of()
                    .parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip());
            return master.length < KeyProvider.LEAST_KEY_BYTES
                    ? Optional.empty()
                    : Optional.of(KeyProvider.derivedFrom(master));
        } catch (IllegalArgumentException | CharacterCodingException noHex) {
            return Optional.empty();
        }
    }

    /** Makes a file of a fresh secret that nobody but its owner can read, where the file system knows of owners. */
    static void create(Path file) throws IOException {
        byte[] master = new byte[KeyProvider.LEAST_KEY_BYTES];
        new SecureRandom().nextBytes(master);
        boolean hasOwners =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = hasOwners
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Set<OpenOption> anew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var out = Files.newByteChannel(file, anew, attributes)) {
            out.write(StandardCharsets.US_ASCII.encode(HexFormat.of().formatHex(master) + "\n"));
        }
    }
}
