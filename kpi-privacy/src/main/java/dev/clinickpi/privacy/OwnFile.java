package dev.clinickpi.privacy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** A file of the owner's alone that is replaced whole: whoever reads it, or is left with it after a crash, has the one before or this one. */
final class OwnFile {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private OwnFile() {}

    /** @param file absolute */
    static void replace(Path file, byte[] content) throws IOException {
        Path directory = Objects.requireNonNull(file.getParent());
        Path next = temporary(directory, Objects.requireNonNull(file.getFileName()) + ".");
        try {
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
        forceName(directory);
    }

    private static Path temporary(Path directory, String prefix) throws IOException {
        boolean knowsOwners = Files.getFileStore(directory).supportsFileAttributeView("posix");
        return knowsOwners
                ? Files.createTempFile(directory, prefix, ".new", OWNER_ONLY)
                : Files.createTempFile(directory, prefix, ".new");
    }

    /** The new name outlives a power cut once the directory is on disk; Windows has no such call and needs none. */
    private static void forceName(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // See above.
        }
    }
}
