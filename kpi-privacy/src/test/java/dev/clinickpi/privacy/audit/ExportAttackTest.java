package dev.clinickpi.privacy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.access.AuditStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What somebody can do to an export of a thousand entries who has the file and not the key. Where only one place of the file is touched, what stands before it is
 * not checked again: the lines before are as they were, so the state in front of the touched one is, too.
 */
class ExportAttackTest {

    private static final int SIZE = 1_000;

    /** The entries, the state of the log in front of each and behind the last, and the lines with their ends, the head's among them. */
    private static final List<AuditEntry> ENTRIES = new ArrayList<>();

    private static final List<LogState> STATES = new ArrayList<>();
    private static final List<byte[]> LINES = new ArrayList<>();
    private static SignedTreeHead head;

    @BeforeAll
    static void export() {
        AuditStore store = Trail.store(SIZE);
        byte[] export = Trail.export(Trail.log(store));
        for (String line : new String(export, StandardCharsets.UTF_8).split("(?<=\n)")) {
            LINES.add(Trail.utf8(line));
        }
        LogState state = LogState.EMPTY;
        STATES.add(state);
        for (AuditStore.Entry stored : store.read(1, SIZE)) {
            AuditEntry entry = state.entry(stored.record());
            state = state.append(entry);
            ENTRIES.add(entry);
            STATES.add(state);
        }
        head = SignedTreeHead.read(Arrays.copyOf(LINES.get(SIZE), LINES.get(SIZE).length - 1));
        assertThat(LINES).hasSize(SIZE + 1);
        assertThat(Trail.verify(export)).isEqualTo(new ExportVerdict.Intact(head));
    }

    /** Every bit of a small file, checked as a whole. */
    @Test
    void everyBitOfASmallFile() {
        byte[] export = Trail.export(Trail.log(Trail.store(7)));
        for (int bit = 0; bit < export.length * 8; bit++) {
            export[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Trail.verify(export)).as("bit %d", bit).isInstanceOf(ExportVerdict.Broken.class);
            export[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(Trail.verify(export)).isInstanceOf(ExportVerdict.Intact.class);
    }

    /** One bit of every byte; the other seven are the thorough test's. */
    @Test
    void aBitOfEveryByteIsMissedOnItsLine() throws IOException {
        for (int line = 0; line <= SIZE; line++) {
            for (int place = 0; place < LINES.get(line).length; place++) {
                flip(line, place, (line + place) % 8);
            }
        }
    }

    @Test
    @Tag("thorough")
    void everyBitIsMissedOnItsLine() throws IOException {
        for (int line = 0; line <= SIZE; line++) {
            for (int bit = 0; bit < LINES.get(line).length * 8; bit++) {
                flip(line, bit / 8, bit % 8);
            }
        }
    }

    private static void flip(int line, int place, int bit) throws IOException {
        byte[] window = join(LINES.subList(line, Math.min(line + 2, SIZE + 1)));
        window[place] ^= (byte) (1 << bit);
        assertBroken(line, line, window);
    }

    /** Cut off behind any byte, the end of a line among them. */
    @Test
    void aTruncatedFileIsNoExport() throws IOException {
        for (int line = 0; line <= SIZE; line++) {
            byte[] whole = LINES.get(line);
            for (int length = 0; length < whole.length; length++) {
                assertBroken(line, line, Arrays.copyOf(whole, length));
            }
        }
    }

    @Test
    void aLineThatIsTakenOutDoubledOrSwappedIsMissedWhereItStood() throws IOException {
        for (int line = 0; line < SIZE; line++) {
            byte[] here = LINES.get(line);
            byte[] next = LINES.get(line + 1);
            assertBroken(line, line, next);
            assertBroken(line, line, join(List.of(next, here)));
            assertBroken(line, line + 1, join(List.of(here, here, next)));
        }
        assertBroken(SIZE, SIZE + 1, join(List.of(LINES.get(SIZE), LINES.get(SIZE))));
        assertBroken(SIZE, SIZE + 1, join(List.of(LINES.get(SIZE), Trail.utf8("\n"))));
    }

    @Test
    void anyTwoLinesThatAreSwappedAreMissedWhereTheFirstStood() {
        Random random = new Random(5);
        for (int round = 0; round < 60; round++) {
            int first = random.nextInt(SIZE);
            int second = first + 1 + random.nextInt(SIZE - first);
            List<byte[]> lines = new ArrayList<>(LINES);
            Collections.swap(lines, first, second);
            assertThat(Trail.verify(join(lines)))
                    .isInstanceOfSatisfying(
                            ExportVerdict.Broken.class,
                            broken -> assertThat(broken.line()).isEqualTo(first + 1));
        }
    }

    /** Somebody alters an entry and makes its own line fit, or every line behind it, too. Only the head cannot be made to fit. */
    @Test
    void whatIsMadeToFitDoesNotFitTheHead() throws IOException {
        for (int place = 0; place < SIZE; place += 83) {
            forge(place);
        }
        forge(SIZE - 1);
    }

    @Test
    @Tag("thorough")
    void whatIsMadeToFitAnywhereDoesNotFitTheHead() throws IOException {
        for (int place = 0; place < SIZE; place++) {
            forge(place);
        }
    }

    private static void forge(int place) throws IOException {
        AuditEntry entry = ENTRIES.get(place);
        AuditEntry reworded = new AuditEntry(
                entry.at(), null, entry.principal(), entry.role(), entry.action(), entry.clinic(), "nothing");
        AuditEntry backdated = dated(entry, entry.at().minusSeconds(86_400));
        AuditEntry earlier = dated(entry, STATES.get(place).at().plusNanos(1));

        // Its own line alone: the next one shows it.
        assertBroken(place, place + 1, join(List.of(line(place, reworded), LINES.get(place + 1))));
        if (place > 0) {
            assertBroken(place, place, join(List.of(line(place, backdated), LINES.get(place + 1))));
            assertBroken(place, place + 1, join(List.of(line(place, earlier), LINES.get(place + 1))));
        }

        // Every line behind it.
        List<AuditEntry> replaced = new ArrayList<>(ENTRIES.subList(place, SIZE));
        replaced.set(0, reworded);
        assertRefusedByTheHead(place, replaced);
        replaced.set(0, earlier);
        assertRefusedByTheHead(place, replaced);
        List<AuditEntry> shortened = new ArrayList<>(ENTRIES.subList(place + 1, SIZE));
        assertRefusedByTheHead(place, shortened);
        List<AuditEntry> lengthened = new ArrayList<>(ENTRIES.subList(place, SIZE));
        lengthened.add(
                0, dated(reworded, place == 0 ? entry.at() : STATES.get(place).at()));
        assertRefusedByTheHead(place, lengthened);
        List<AuditEntry> exchanged = new ArrayList<>(lengthened);
        exchanged.remove(exchanged.size() - 1);
        assertRefusedByTheHead(place, exchanged);
    }

    /** The head as it is, with what it says corrected and its signature kept, and signed with another key. */
    private static void assertRefusedByTheHead(int place, List<AuditEntry> behind) throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        LogState state = STATES.get(place);
        for (AuditEntry entry : behind) {
            state = state.append(entry);
            rest.writeBytes(Trail.utf8(ExportLine.of(entry, state) + "\n"));
        }
        SigningKey stranger = SigningKey.generate();
        SignedTreeHead foreign = SignedTreeHead.sign(state.size(), state.root(), head.at(), stranger);
        for (SignedTreeHead forged : List.of(
                head,
                new SignedTreeHead(state.size(), state.root(), head.at(), head.keyId(), head.signature()),
                foreign,
                new SignedTreeHead(state.size(), state.root(), head.at(), head.keyId(), foreign.signature()))) {
            ByteArrayOutputStream window = new ByteArrayOutputStream();
            window.writeBytes(rest.toByteArray());
            window.writeBytes(Trail.utf8(forged.json() + "\n"));
            assertBroken(place, (int) state.size(), window.toByteArray());
        }
    }

    /** With the key stolen a file can be forged that proves itself. Every head shows it that was kept from behind the forged entry, and none from before. */
    @Test
    void aForkUnderAStolenKeyIsShownByEveryHeadFromBehindIt() {
        int size = 60;
        int forgedAt = 23;
        List<AuditEntry> entries = new ArrayList<>(ENTRIES.subList(0, size));
        entries.set(
                forgedAt - 1,
                dated(entries.get(forgedAt - 1), STATES.get(forgedAt - 1).at()));
        byte[] fork = signed(entries);

        assertThat(Trail.verify(fork)).isInstanceOf(ExportVerdict.Intact.class);
        for (int kept = 0; kept <= size; kept++) {
            ExportVerdict verdict = Trail.verify(fork, keptHead(kept));
            if (kept < forgedAt) {
                assertThat(verdict).isInstanceOf(ExportVerdict.Intact.class);
            } else {
                int line = kept;
                assertThat(verdict)
                        .isInstanceOfSatisfying(
                                ExportVerdict.Broken.class,
                                broken -> assertThat(broken.line()).isEqualTo(line));
            }
        }
    }

    /** An older export under its own sound head is what a keeper shows who wants later entries forgotten. */
    @Test
    void aRollbackIsShownByEveryLaterHead() {
        int size = 40;
        byte[] rolledBack = signed(ENTRIES.subList(0, size));
        for (int kept = 0; kept <= 80; kept++) {
            ExportVerdict verdict = Trail.verify(rolledBack, keptHead(kept));
            if (kept <= size) {
                assertThat(verdict).as("head of %d", kept).isInstanceOf(ExportVerdict.Intact.class);
            } else {
                assertThat(verdict)
                        .as("head of %d", kept)
                        .isInstanceOfSatisfying(
                                ExportVerdict.Broken.class,
                                broken -> assertThat(broken.reason()).contains("went back"));
            }
        }
    }

    /** No false alarm: whatever head was kept, the log as it grew since holds against it. */
    @Test
    void aLongerExportHoldsAgainstEveryEarlierHead() {
        byte[] export = join(LINES);
        for (int kept = 0; kept <= SIZE; kept += 1 + kept / 50) {
            assertThat(Trail.verify(export, keptHead(kept))).isEqualTo(new ExportVerdict.Intact(head));
        }
        assertThat(Trail.verify(export, keptHead(SIZE))).isEqualTo(new ExportVerdict.Intact(head));
    }

    private static SignedTreeHead keptHead(int size) {
        return SignedTreeHead.sign(size, STATES.get(size).root(), head.at(), Trail.KEY);
    }

    private static byte[] signed(List<AuditEntry> entries) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        LogState state = LogState.EMPTY;
        for (AuditEntry entry : entries) {
            state = state.append(entry);
            file.writeBytes(Trail.utf8(ExportLine.of(entry, state) + "\n"));
        }
        SignedTreeHead end = SignedTreeHead.sign(state.size(), state.root(), head.at(), Trail.KEY);
        file.writeBytes(Trail.utf8(end.json() + "\n"));
        return file.toByteArray();
    }

    private static byte[] line(int place, AuditEntry entry) {
        return Trail.utf8(ExportLine.of(entry, STATES.get(place).append(entry)) + "\n");
    }

    private static AuditEntry dated(AuditEntry entry, Instant at) {
        return new AuditEntry(
                at, null, entry.principal(), entry.role(), entry.action(), entry.clinic(), entry.detail());
    }

    /**
     * That a file is refused whose lines up to {@code from} are as they were, and is refused at a line.
     *
     * @param from the place of the first line of {@code rest}, from 0 on
     * @param at the place of the line that must not fit, from 0 on
     */
    private static void assertBroken(int from, int at, byte[] rest) throws IOException {
        ExportVerdict verdict =
                AuditExport.verify(new ByteArrayInputStream(rest), Trail.KEY.verificationKey(), STATES.get(from));
        if (!(verdict instanceof ExportVerdict.Broken broken) || broken.line() != at + 1) {
            throw new AssertionError("Line " + (at + 1) + " does not fit, and the verdict is " + verdict);
        }
    }

    private static byte[] join(List<byte[]> lines) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        lines.forEach(file::writeBytes);
        return file.toByteArray();
    }
}
