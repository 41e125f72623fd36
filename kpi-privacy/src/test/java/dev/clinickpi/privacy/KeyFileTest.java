package dev.clinickpi.privacy;

import static dev.clinickpi.privacy.Clinics.LUNA;
import static dev.clinickpi.privacy.Clinics.SOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.PrivacyGate.IdKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    private static final SecretKey FIRST = wrappingKey(1);
    private static final SecretKey SECOND = wrappingKey(2);
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-02T12:00:00Z"), ZoneOffset.UTC);
    private static final Principal FOUNDER = Principal.superAdmin("eva");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("clinic-kpi.keys");
    }

    @Test
    void givesEachClinicOneKeyForGood() {
        KeyFile keys = KeyFile.create(file, FIRST);
        SecretKey sol = keys.keyFor(SOL).orElseThrow();

        assertThat(sol.getEncoded()).hasSize(32);
        assertThat(keys.keyFor(SOL)).contains(sol);
        assertThat(keys.keyFor(LUNA)).isNotEmpty().isNotEqualTo(keys.keyFor(SOL));
        assertThat(KeyFile.open(file, FIRST).keyFor(SOL)).contains(sol);
    }

    @Test
    void keepsClinicsOfAnyNameApart() {
        KeyFile keys = KeyFile.create(file, FIRST);
        Set<SecretKey> distinct = new HashSet<>();
        List<String> names = List.of("a", "señora-😀", "\ud83d", "\ude00", "?", "a".repeat(64));
        names.forEach(name -> distinct.add(keys.keyFor(ClinicId.of(name)).orElseThrow()));

        assertThat(distinct).hasSize(names.size());
        KeyFile later = KeyFile.open(file, FIRST);
        names.forEach(name -> assertThat(later.keyFor(ClinicId.of(name))).isEqualTo(keys.keyFor(ClinicId.of(name))));
    }

    @Test
    void holdsNoKeyThatCanBeRead() throws IOException {
        KeyFile keys = KeyFile.create(file, FIRST);
        String key = HexFormat.of().formatHex(keys.keyFor(SOL).orElseThrow().getEncoded());

        assertThat(Files.readString(file)).doesNotContain(key).doesNotContain("sol");
        assertThat(keys.toString()).isEqualTo(file.toAbsolutePath().toString());
    }

    @Test
    void isTheOwnersAlone() throws IOException {
        Assumptions.assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        KeyFile.create(file, FIRST).keyFor(SOL);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void leavesNothingElseBehind() throws IOException {
        KeyFile.create(file, FIRST).keyFor(SOL);
        try (var files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("clinic-kpi.keys", "clinic-kpi.keys.lock");
        }
    }

    @Test
    void splitsNoPatientWhenItIsRotated() {
        KeyFile keys = KeyFile.create(file, FIRST);
        Pseudonyms pseudonyms = new Pseudonyms(keys);
        List<Long> before = pseudonyms(pseudonyms);
        keys.destroyKey(LUNA);

        keys.rotate(SECOND, FOUNDER, AuditLog.inMemory(), NOON);

        assertThat(pseudonyms(pseudonyms)).isEqualTo(before);
        assertThat(pseudonyms(new Pseudonyms(KeyFile.open(file, SECOND)))).isEqualTo(before);
        assertThat(KeyFile.open(file, SECOND).keyFor(LUNA)).isEmpty();
        assertThat(keys.keyFor(ClinicId.of("nova")))
                .isNotEmpty()
                .isEqualTo(KeyFile.open(file, SECOND).keyFor(ClinicId.of("nova")));
    }

    private static List<Long> pseudonyms(Pseudonyms of) {
        return IntStream.range(0, 100)
                .mapToObj(i -> of.pseudonym(SOL, IdKind.PATIENT, "p" + i))
                .toList();
    }

    @Test
    void opensNothingByTheKeyBeforeItsRotation() throws IOException {
        KeyFile keys = KeyFile.create(file, FIRST);
        keys.keyFor(SOL);
        keys.rotate(SECOND, FOUNDER, AuditLog.inMemory(), NOON);

        assertThatThrownBy(() -> KeyFile.open(file, FIRST))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("another key-encryption key");
        WrappedKeys inFile = WrappedKeys.read(file, Files.readString(file));
        WrappedKeys.Key line = (WrappedKeys.Key) inFile.lines().get(SOL);
        String context = WrappedKeys.context(SOL, line.id());
        assertThat(new KeyWrapping(FIRST).unwrap(context, line.wrapped())).isNull();
        assertThat(new KeyWrapping(SECOND).unwrap(context, line.wrapped())).isNotNull();
    }

    @Test
    void recordsARotationBeforeItRotates() throws IOException {
        List<AuditRecord> written = new ArrayList<>();
        KeyFile keys = KeyFile.create(file, FIRST);
        keys.keyFor(SOL);
        String before = Files.readString(file);
        AuditLog down = record -> {
            throw new IllegalStateException("down");
        };

        assertThatThrownBy(() -> keys.rotate(SECOND, Principal.clinicAdmin("ana", SOL), written::add, NOON))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> keys.rotate(SECOND, Principal.clinicAdmin("ana", SOL), down, NOON))
                .isInstanceOf(AuditUnavailableException.class);
        assertThatThrownBy(() -> keys.rotate(SECOND, FOUNDER, down, NOON))
                .isInstanceOf(AuditUnavailableException.class);
        assertThat(Files.readString(file)).isEqualTo(before);

        keys.rotate(SECOND, FOUNDER, written::add, NOON);
        assertThat(written)
                .extracting(AuditRecord::action)
                .containsExactly(AuditRecord.Action.CHANGE_REFUSED, AuditRecord.Action.ROTATE_KEY);
    }

    @Test
    void makesNoKeyForAClinicWhoseKeyWasDestroyed() {
        KeyFile keys = KeyFile.create(file, FIRST);
        Pseudonyms pseudonyms = new Pseudonyms(keys);
        pseudonyms.pseudonym(SOL, IdKind.PATIENT, "p1");

        assertThat(keys.destroyKey(SOL)).isTrue();

        for (KeyFile each : List.of(keys, KeyFile.open(file, FIRST))) {
            assertThat(each.keyFor(SOL)).isEmpty();
            assertThat(each.keyFor(LUNA)).isNotEmpty();
        }
        assertThatThrownBy(() -> pseudonyms.pseudonym(SOL, IdKind.PATIENT, "p1"))
                .isInstanceOf(MissingKeyException.class);
    }

    @Test
    void losesNoKeyThatAnotherProcessMade() {
        KeyFile one = KeyFile.create(file, FIRST);
        KeyFile other = KeyFile.open(file, FIRST);
        List<ClinicId> clinics =
                IntStream.range(0, 40).mapToObj(i -> ClinicId.of("c" + i)).toList();

        List<SecretKey> keys = IntStream.range(0, 80)
                .parallel()
                .mapToObj(i ->
                        (i % 2 == 0 ? one : other).keyFor(clinics.get(i / 2)).orElseThrow())
                .toList();

        KeyFile later = KeyFile.open(file, FIRST);
        for (int i = 0; i < 80; i++) {
            assertThat(later.keyFor(clinics.get(i / 2))).contains(keys.get(i));
        }
    }

    @Test
    void findsWhatAnotherProcessHasDestroyedWithinASecond() {
        KeyFile.create(file, FIRST);
        AtomicLong time = new AtomicLong();
        KeyFile keys = KeyFile.open(file, FIRST, time::get);
        KeyFile rotated = KeyFile.open(file, FIRST, time::get);
        keys.keyFor(SOL);
        SecretKey luna = keys.keyFor(LUNA).orElseThrow();

        KeyFile.open(file, FIRST).destroyKey(SOL);
        time.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(keys.keyFor(SOL)).isEmpty();
        assertThat(keys.keyFor(LUNA)).contains(luna);

        rotated.rotate(SECOND, FOUNDER, AuditLog.inMemory(), NOON);
        time.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(keys.keyFor(LUNA)).contains(luna);
        assertThatThrownBy(() -> keys.keyFor(ClinicId.of("nova"))).isInstanceOf(KeyFileException.class);
        rotated.destroyKey(LUNA);
        time.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(keys.keyFor(LUNA)).isEmpty();
    }

    @Test
    void isNeverMadeInPassing() {
        assertThatThrownBy(() -> KeyFile.open(file, FIRST))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("cannot be read");
        KeyFile.create(file, FIRST);
        assertThatThrownBy(() -> KeyFile.create(file, SECOND)).isInstanceOf(KeyFileException.class);
        assertThat(KeyFile.open(file, FIRST).keyFor(SOL)).isNotEmpty();
    }

    @Test
    void refusesAFileThatWasChangedAnywhere() throws IOException {
        KeyFile keys = KeyFile.create(file, FIRST);
        keys.keyFor(SOL);
        keys.destroyKey(LUNA);
        byte[] whole = Files.readAllBytes(file);

        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            refuses(changed);
        }
        for (int length = 0; length < whole.length; length += 7) {
            refuses(Arrays.copyOf(whole, length));
        }
        List<String> lines =
                new String(whole, StandardCharsets.US_ASCII).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            List<String> fewer = new ArrayList<>(lines);
            fewer.remove(i);
            refuses((String.join("\n", fewer) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        refuses("{\"clinics\": []}\n".repeat(5).getBytes(StandardCharsets.US_ASCII));
        refuses(new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Files.write(file, whole);
        assertThat(KeyFile.open(file, FIRST).keyFor(LUNA)).isEmpty();
    }

    private void refuses(byte[] content) throws IOException {
        Files.write(file, content);
        assertThatThrownBy(() -> KeyFile.open(file, FIRST)).isInstanceOf(KeyFileException.class);
    }

    @Test
    void refusesAKeyThatIsTooShort() {
        assertThatThrownBy(() -> KeyFile.create(file, new SecretKeySpec(new byte[16], "AES")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("256 bits");
        assertThatThrownBy(() -> KeyFile.create(file, new SecretKeySpec(new byte[32], "HmacSHA256")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void destroysKeysInMemoryAndSaysThatDerivedOnesCannotBe() {
        KeyProvider inMemory = KeyProvider.inMemory();
        inMemory.keyFor(SOL);
        assertThat(inMemory.destroyKey(SOL)).isTrue();
        assertThat(inMemory.keyFor(SOL)).isEmpty();

        KeyProvider derived = KeyProvider.derivedFrom(new byte[32]);
        assertThat(derived.destroyKey(SOL)).isFalse();
        assertThat(derived.keyFor(SOL)).isNotEmpty();
    }

    private static SecretKey wrappingKey(int seed) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) seed);
        return new SecretKeySpec(bytes, "AES");
    }
}
