package dev.clinickpi.privacy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of an export, and what each fault of it is called. */
class AuditExportTest {

    private final MerkleAuditLog log = Trail.log(Trail.store(3));
    private final byte[] export = Trail.export(log);
    private final String[] lines = new String(export, StandardCharsets.UTF_8).split("\n", -1);

    @Test
    void entriesStandOnTheirLinesAndTheHeadBehindThem() {
        assertThat(lines).hasSize(5);
        assertThat(lines[1])
                .startsWith("{\"entry\":{\"action\":\"READ_FIGURES\",\"at\":\"2026-03-01T09:00:02Z\",")
                .endsWith(
                        "\"detail\":\"2026-03, report 2\",\"principal\":\"soporte-2\",\"role\":\"SERVICE_ROLE\"},\"number\":2,\"root\":\""
                                + Trail.log(Trail.store(2)).head().root() + "\"}");
        assertThat(lines[3])
                .isEqualTo("{\"at\":\"2026-03-02T09:00:00Z\",\"format\":\"clinic-kpi-audit-1\",\"key\":\""
                        + Trail.KEY.verificationKey().id() + "\",\"root\":\""
                        + log.head().root() + "\",\"signature\":\""
                        + log.head().signature() + "\",\"size\":3}");
        assertThat(lines[4]).isEmpty();
    }

    @Test
    void aLogWithoutEntriesHasAnExport() {
        MerkleAuditLog empty = Trail.log(Trail.store(0));
        assertThat(Trail.verify(Trail.export(empty))).isEqualTo(new ExportVerdict.Intact(empty.head()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "report 2 | report 7 | 2 | its hash does not fit",
                "'\"number\":2' | '\"number\":3' | 2 | entry 2 belongs here and not entry 3",
                "09:00:02Z | 08:00:02Z | 2 | another time",
                "09:00:02Z | 9 o'clock | 2 | '\"at\" is no instant'",
                "'\"number\":2' | '\"number\": 2' | 2 | canonical",
                "'\"role\":\"SERVICE_ROLE\"' | '\"role\":7' | 2 | '\"role\" is missing or no text'",
                "'\"entry\":{' | '\"entry\":[' | 2 | it is no JSON",
                "'{\"entry\"' | '{\"Entry\"' | 1 | neither an entry nor a head",
                "clinic-kpi-audit-1 | clinic-kpi-audit-2 | 4 | '\"format\" is not clinic-kpi-audit-1'",
                "'\"size\":3' | '\"size\":4' | 4 | signature",
                "'\"key\":\"' | '\"key\":\"0' | 4 | another key"
            })
    void aFaultIsNamedOnItsLine(String what, String with, long line, String reason) {
        String altered = line == 1 ? text().replaceFirst(Pattern.quote(what), with) : replaceOn(line, what, with);

        assertThat(Trail.verify(Trail.utf8(altered))).isInstanceOfSatisfying(ExportVerdict.Broken.class, broken -> {
            assertThat(broken.line()).isEqualTo(line);
            assertThat(broken.reason()).contains(reason);
        });
    }

    /** Signed by the key itself: what its owner cannot say either. */
    @Test
    void aHeadIsHeldAgainstWhatStandsBeforeIt() {
        SignedTreeHead head = log.head();
        assertHead("is of 2 entries, and 3", SignedTreeHead.sign(2, head.root(), head.at(), Trail.KEY));
        assertHead("one of entries 1 to 3", SignedTreeHead.sign(3, MerkleHash.EMPTY, head.at(), Trail.KEY));
        assertHead("earlier time", SignedTreeHead.sign(3, head.root(), Trail.BEGIN, Trail.KEY));
    }

    private void assertHead(String reason, SignedTreeHead head) {
        assertThat(Trail.verify(Trail.utf8(text().replace(lines[3], head.json()))))
                .isInstanceOfSatisfying(ExportVerdict.Broken.class, broken -> {
                    assertThat(broken.line()).isEqualTo(4);
                    assertThat(broken.reason()).contains(reason);
                });
    }

    /** An earlier head tells where the entry cannot be that was changed. */
    @Test
    void anEarlierHeadNarrowsTheDoubt() {
        SignedTreeHead earlier = Trail.log(Trail.store(2)).head();
        String forged = text().replace(
                        lines[3],
                        SignedTreeHead.sign(3, MerkleHash.EMPTY, log.head().at(), Trail.KEY)
                                .json());

        assertThat(Trail.verify(Trail.utf8(forged), earlier))
                .isInstanceOfSatisfying(
                        ExportVerdict.Broken.class,
                        broken -> assertThat(broken.reason()).contains("one of entries 3 to 3"));
    }

    @Test
    void whatAnEntrySaysIsNotRepeated() {
        String altered = replaceOn(2, "report 2", "612 345 678");

        assertThat(Trail.verify(Trail.utf8(altered)).toString()).doesNotContain("612");
    }

    /** A time beside the one that an entry bears is a clock that went back, and nothing else. */
    @Test
    void aClockBesideTheTimeIsOneThatWentBack() {
        Instant before = Trail.BEGIN;
        assertThat(entry(before, null).follows(before)).isTrue();
        assertThat(entry(before, before.minusNanos(1)).follows(before)).isTrue();
        assertThat(entry(before.minusNanos(1), null).follows(before)).isFalse();
        assertThat(entry(before, before).follows(before)).isFalse();
        assertThat(entry(before.plusNanos(1), before.minusNanos(1)).follows(before))
                .isFalse();
        assertThat(entry(before.minusNanos(1), before.minusNanos(2)).follows(before))
                .isFalse();
    }

    /** A file of one endless line is not read into memory. */
    @Test
    void aLineThatIsTooLongIsRefused() {
        byte[] endless = new byte[3 * AuditEntry.LONGEST];
        assertThat(Trail.verify(endless))
                .isEqualTo(new ExportVerdict.Broken(1, "it is longer than any line of an export"));
    }

    private static AuditEntry entry(Instant at, Instant clock) {
        return new AuditEntry(at, clock, "ana", "CLINIC_ADMIN", "READ_FIGURES", null, "");
    }

    private String text() {
        return new String(export, StandardCharsets.UTF_8);
    }

    private String replaceOn(long line, String what, String with) {
        String[] altered = lines.clone();
        int place = (int) line - 1;
        assertThat(altered[place]).contains(what);
        altered[place] = altered[place].replace(what, with);
        return String.join("\n", altered);
    }
}
