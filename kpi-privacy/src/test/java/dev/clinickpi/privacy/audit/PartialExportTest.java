package dev.clinickpi.privacy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.access.AuditStore;
import dev.clinickpi.access.Principal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports that begin behind the first entry, for those who have what stands before. */
class PartialExportTest {

    private static final int SIZE = 21;

    private final MerkleAuditLog log = Trail.log(Trail.store(SIZE));

    /** Wherever it begins and whatever head of the entries before is held against it, the one of just those among them. */
    @Test
    void whatIsExportedFromAnyEntryOnFitsAnyHeadOfAllBefore() {
        for (int from = 1; from <= SIZE + 1; from++) {
            byte[] export = Trail.export(log, from);
            for (int size = from - 1; size <= SIZE; size++) {
                assertThat(Trail.verify(export, head(size)))
                        .as("from %s, head of %s", from, size)
                        .isEqualTo(new ExportVerdict.Intact(log.head()));
            }
        }
    }

    /** Cut off in front, a file of the whole log is one of its end. */
    @Test
    void withoutAHeadOfWhatStandsBeforeNothingIsSaidOfIt() {
        byte[] export = Trail.export(log, 6);

        assertBroken("give a head of 5 entries or more", Trail.verify(export));
        assertBroken("give a head of 5 entries or more", Trail.verify(export, head(4)));
    }

    @Test
    void aHeadOfAnotherHistoryDoesNotFit() {
        AuditStore other = Trail.store(4);
        other.write(Trail.record(99));
        SignedTreeHead fork = Trail.log(other).head();

        assertBroken("are not those that the earlier head stood for", Trail.verify(Trail.export(log, 6), fork));
        assertBroken("are not those that the earlier head stood for", Trail.verify(Trail.export(log, 3), fork));
    }

    /** The lines behind the first are those of a whole export. */
    @Test
    void everyBitOfItsBeginningCounts() {
        byte[] export = Trail.export(log, 18);
        SignedTreeHead earlier = head(17);
        int first = new String(export, StandardCharsets.UTF_8).indexOf('\n') + 1;
        for (int bit = 0; bit < first * 8; bit++) {
            export[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Trail.verify(export, earlier)).as("bit %d", bit).isInstanceOf(ExportVerdict.Broken.class);
            export[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(Trail.verify(export, earlier)).isInstanceOf(ExportVerdict.Intact.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"after\":0,\"roots\":[]} | nothing stands before the first entry",
                "{\"after\":3,\"roots\":[]} | made of 2 complete ones and 0 are given",
                "{\"after\":-1,\"roots\":[]} | no whole number",
                "{\"after\":1,\"roots\":{}} | no list of texts",
                "{\"after\":1,\"roots\":[1]} | no list of texts",
                "{\"after\":1,\"roots\":[\"1\"]} | 64 hexadecimal digits"
            })
    void aBeginningThatIsNoneIsNamed(String line, String reason) {
        String export = new String(Trail.export(log, 2), StandardCharsets.UTF_8);
        String altered = line + export.substring(export.indexOf('\n'));

        assertThat(Trail.verify(Trail.utf8(altered), head(1)))
                .isInstanceOfSatisfying(ExportVerdict.Broken.class, broken -> {
                    assertThat(broken.line()).isEqualTo(1);
                    assertThat(broken.reason().replace(",", "")).contains(reason);
                });
    }

    /** In the middle it would stand for entries that are not there. */
    @Test
    void aBeginningStandsOnTheFirstLineAlone() {
        String[] lines = new String(Trail.export(log, 6), StandardCharsets.UTF_8).split("(?<=\n)");
        String whole = new String(Trail.export(log), StandardCharsets.UTF_8);

        assertBroken("neither an entry nor a head", Trail.verify(Trail.utf8(lines[0] + lines[0]), head(5)));
        assertBroken(
                "neither an entry nor a head",
                Trail.verify(Trail.utf8(whole.substring(0, whole.indexOf('\n') + 1)
                        + lines[0]
                        + whole.substring(whole.indexOf('\n') + 1))));
    }

    /** The entry behind one of an unknown time may bear a clock that was behind. */
    @Test
    void aClockThatWasBehindIsNoFaultOfTheFirstEntry() {
        AuditStore store = Trail.store(3);
        store.write(Trail.record(1));
        MerkleAuditLog late = Trail.log(store);
        byte[] export = Trail.export(late, 4);

        assertThat(new String(export, StandardCharsets.UTF_8)).doesNotContain("\"clock\":null");
        assertThat(Trail.verify(export, head(3))).isEqualTo(new ExportVerdict.Intact(late.head()));
    }

    @Test
    void whereItBeginsIsOnRecord() throws IOException {
        AuditStore store = Trail.store(3);
        MerkleAuditLog recorded = Trail.log(store);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Principal founder = Principal.superAdmin("founder");

        recorded.export(founder, 4, out);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("{\"after\":3,")
                .contains("EXPORT_AUDIT_LOG", "from number 4", "\"size\":4");
        assertThat(store.read(4, 10)).hasSize(1);
        for (long place : new long[] {0, 6}) {
            assertThatThrownBy(() -> recorded.export(founder, place, out)).hasMessageContaining("from 1 to 5");
        }
        assertThat(store.read(4, 10)).hasSize(1);
    }

    private static SignedTreeHead head(int size) {
        return Trail.log(Trail.store(size)).head();
    }

    private static void assertBroken(String reason, ExportVerdict verdict) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        ExportVerdict.Broken.class,
                        broken -> assertThat(broken.reason()).contains(reason));
    }
}
