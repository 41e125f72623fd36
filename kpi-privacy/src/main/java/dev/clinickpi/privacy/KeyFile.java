package dev.clinickpi.privacy;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A random key for each clinic, kept in a file, each wrapped under a key-encryption key that the host hands in and keeps elsewhere. A clinic's key is made
 * when it is first asked for. The file is replaced as a whole, and is the owner's alone where the file system knows owners.
 *
 * <pre>{@code
 * KeyFile keys = KeyFile.open(Path.of("clinic-kpi.keys"), keyEncryptionKey);
 * }</pre>
 *
 * <p>Several processes may use one file: what one of them makes or destroys the others find within a second. Copies of the file are as good as the file: a
 * key is destroyed when those are gone, too.
 *
 * <p>Safe for use by many threads.
 */
public final class KeyFile implements KeyProvider {

    private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int ID_BYTES = 16;

    /** A file lock is one of the process, which the threads of it have to share out among themselves. */
    private static final Object ONE_AT_A_TIME = new Object();

    private final Path file;
    private final LongSupplier nanoTime;
    private final SecureRandom random = new SecureRandom();
    private final Map<ClinicId, Known> known = new ConcurrentHashMap<>();
    private volatile KeyWrapping wrapping;
    private volatile long lookedAt;
    private @Nullable Stamp stamp;

    private KeyFile(Path file, SecretKey keyEncryptionKey, LongSupplier nanoTime) {
        this.file = file.toAbsolutePath();
        this.wrapping = new KeyWrapping(keyEncryptionKey);
        this.nanoTime = nanoTime;
    }

    /** What is known of a clinic: its key, or that it is destroyed, which is no key and no id. */
    private record Known(@Nullable String id, @Nullable SecretKey key) {

        static final Known DESTROYED = new Known(null, null);

        @Override
        public String toString() {
            return id == null ? "destroyed" : id;
        }
    }

    /** Tells one file of a name from the next. */
    private record Stamp(@Nullable Object fileKey, FileTime modified, long size) {

        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
        }
    }

    /**
     * Makes a file of no keys.
     *
     * @param keyEncryptionKey an AES key of 256 bits, which may lie in a security module
     * @throws KeyFileException if there is one already, or it cannot be written
     * @throws IllegalArgumentException if the key-encryption key is no AES key of 256 bits
     */
    public static KeyFile create(Path file, SecretKey keyEncryptionKey) {
        KeyFile keys = new KeyFile(file, keyEncryptionKey, System::nanoTime);
        keys.alone("made", () -> {
            if (Files.exists(keys.file)) {
                throw new FileAlreadyExistsException(keys.file.toString());
            }
            keys.write(WrappedKeys.none(keys.wrapping), keys.wrapping);
        });
        return keys;
    }

    /**
     * The keys of a file that is there. One that is not is never made in passing: under keys of its own, every patient would come back as another one.
     *
     * @param keyEncryptionKey the one that the file was made or last rotated under
     * @throws KeyFileException if there is none, it is damaged, or it is wrapped under another key-encryption key
     * @throws IllegalArgumentException if the key-encryption key is no AES key of 256 bits
     */
    public static KeyFile open(Path file, SecretKey keyEncryptionKey) {
        return open(file, keyEncryptionKey, System::nanoTime);
    }

    static KeyFile open(Path file, SecretKey keyEncryptionKey, LongSupplier nanoTime) {
        KeyFile keys = new KeyFile(file, keyEncryptionKey, nanoTime);
        keys.alone("read", keys::readWhole);
        return keys;
    }

    /**
     * {@inheritDoc} It is made here for a clinic that has none yet, and written before it is given out.
     *
     * @throws KeyFileException if the file cannot be read, or a key has to be made and cannot be written
     */
    @Override
    public Optional<SecretKey> keyFor(ClinicId clinic) {
        if (nanoTime.getAsLong() - lookedAt >= LOOK_AGAIN_NANOS) {
            alone("read", this::look);
        }
        Known found = known.get(clinic);
        if (found == null) {
            alone("written", () -> make(clinic));
            found = Objects.requireNonNull(known.get(clinic));
        }
        return Optional.ofNullable(found.key);
    }

    /**
     * Destroys a clinic's key and leaves a mark, so that none is made for it again. Whoever keeps copies of the file destroys them, too.
     *
     * @throws KeyFileException if the file cannot be written
     */
    @Override
    public boolean destroyKey(ClinicId clinic) {
        alone("written", () -> {
            WrappedKeys keys = readWhole();
            keys.lines().put(clinic, new WrappedKeys.Destroyed());
            write(keys, wrapping);
            known.put(clinic, Known.DESTROYED);
        });
        return true;
    }

    /**
     * Wraps all keys under another key-encryption key. The clinics' keys stay what they are, so no pseudonym changes; the one before opens nothing of the
     * file any more. Other processes go on with the keys that they know, and have to be started with the new one before they can make keys for new
     * clinics.
     *
     * @param next an AES key of 256 bits
     * @param audit takes the record of it, first
     * @param clock dates the record
     * @throws AccessDeniedException unless the principal is a super admin; that is recorded, too
     * @throws AuditUnavailableException if it could not be recorded
     * @throws KeyFileException if the file cannot be written; it is as it was then
     */
    public void rotate(SecretKey next, Principal principal, AuditLog audit, Clock clock) {
        KeyWrapping nextWrapping = new KeyWrapping(next);
        if (principal.role() != Role.SUPER_ADMIN) {
            write(audit, principal, AuditRecord.Action.CHANGE_REFUSED, "rotation of the key-encryption key", clock);
            throw new AccessDeniedException("Only a super admin may rotate the key-encryption key");
        }
        write(audit, principal, AuditRecord.Action.ROTATE_KEY, "", clock);
        alone("written", () -> {
            WrappedKeys rotated = WrappedKeys.none(nextWrapping);
            readWhole()
                    .lines()
                    .forEach((clinic, line) -> rotated.lines().put(clinic, wrapped(clinic, line, nextWrapping)));
            write(rotated, nextWrapping);
            wrapping = nextWrapping;
        });
    }

    private static void write(
            AuditLog audit, Principal principal, AuditRecord.Action action, String detail, Clock clock) {
        try {
            audit.write(new AuditRecord(clock.instant(), principal.name(), principal.role(), action, null, detail));
        } catch (RuntimeException e) {
            throw new AuditUnavailableException(
                    "The audit log could not record " + action
                            + ", so it was refused; see to the audit log and try again",
                    e);
        }
    }

    private WrappedKeys.Line wrapped(ClinicId clinic, WrappedKeys.Line line, KeyWrapping under) {
        return line instanceof WrappedKeys.Key key ? wrapped(clinic, key.id(), key(clinic, key), under) : line;
    }

    private static WrappedKeys.Key wrapped(ClinicId clinic, String id, SecretKey key, KeyWrapping under) {
        byte[] bytes = key.getEncoded();
        try {
            return new WrappedKeys.Key(id, under.wrap(WrappedKeys.context(clinic, id), bytes));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Under the lock: another process may have made one meanwhile. */
    private void make(ClinicId clinic) throws IOException {
        WrappedKeys keys = readWhole();
        if (!known.containsKey(clinic)) {
            byte[] bytes = new byte[LEAST_KEY_BYTES];
            byte[] id = new byte[ID_BYTES];
            random.nextBytes(bytes);
            random.nextBytes(id);
            SecretKey key = HmacSha256.key(bytes);
            Arrays.fill(bytes, (byte) 0);
            Known made = new Known(HexFormat.of().formatHex(id), key);
            keys.lines().put(clinic, wrapped(clinic, Objects.requireNonNull(made.id), key, wrapping));
            write(keys, wrapping);
            known.put(clinic, made);
        }
    }

    /** Sees to what other processes have done. */
    private void look() throws IOException {
        if (!Stamp.of(file).equals(stamp)) {
            WrappedKeys keys = read();
            if (keys.isUnder(wrapping)) {
                take(keys);
            } else {
                // Rotated elsewhere: the keys are the same, and a mark of destruction needs no proof to be heeded.
                keys.lines().forEach((clinic, line) -> {
                    if (line instanceof WrappedKeys.Destroyed) {
                        known.put(clinic, Known.DESTROYED);
                    }
                });
            }
        }
        lookedAt = nanoTime.getAsLong();
    }

    /** All that the file holds, made sure of. */
    private WrappedKeys readWhole() throws IOException {
        WrappedKeys keys = read();
        if (!keys.isUnder(wrapping)) {
            throw KeyFileException.otherKey(file);
        }
        take(keys);
        return keys;
    }

    private WrappedKeys read() throws IOException {
        Stamp now = Stamp.of(file);
        WrappedKeys keys;
        try {
            keys = WrappedKeys.read(file, Files.readString(file, StandardCharsets.US_ASCII));
        } catch (CharacterCodingException e) {
            throw KeyFileException.damaged(file, "it is no text");
        }
        stamp = now;
        return keys;
    }

    private void take(WrappedKeys keys) {
        if (!keys.isWhole(wrapping)) {
            stamp = null;
            throw KeyFileException.damaged(file, "its seal does not fit its lines");
        }
        keys.lines().forEach((clinic, line) -> {
            Known before = known.get(clinic);
            if (line instanceof WrappedKeys.Key key) {
                boolean isKnown = before != null && key.id().equals(before.id);
                if (!isKnown) {
                    known.put(clinic, new Known(key.id(), key(clinic, key)));
                }
            } else {
                known.put(clinic, Known.DESTROYED);
            }
        });
        lookedAt = nanoTime.getAsLong();
    }

    private SecretKey key(ClinicId clinic, WrappedKeys.Key line) {
        byte[] bytes = wrapping.unwrap(WrappedKeys.context(clinic, line.id()), line.wrapped());
        if (bytes == null || bytes.length != LEAST_KEY_BYTES) {
            throw KeyFileException.damaged(file, "the key of clinic " + clinic + " cannot be unwrapped");
        }
        SecretKey key = HmacSha256.key(bytes);
        Arrays.fill(bytes, (byte) 0);
        return key;
    }

    private void write(WrappedKeys keys, KeyWrapping under) throws IOException {
        OwnFile.replace(file, keys.write(under).getBytes(StandardCharsets.US_ASCII));
        stamp = Stamp.of(file);
        lookedAt = nanoTime.getAsLong();
    }

    /** Does some work that neither another thread nor another process does meanwhile. */
    private void alone(String what, FileWork work) {
        synchronized (ONE_AT_A_TIME) {
            Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                Objects.requireNonNull(lock);
                work.run();
            } catch (IOException e) {
                throw KeyFileException.unusable(file, what, e);
            }
        }
    }

    @FunctionalInterface
    private interface FileWork {

        void run() throws IOException;
    }

    /** Where it is, and nothing of what is in it. */
    @Override
    public String toString() {
        return file.toString();
    }
}
