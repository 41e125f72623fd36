package dev.clinickpi.privacy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Instant AT = Instant.parse("2026-03-01T09:30:00.000000001Z");

    /** The other implementation is handed a text that it has to put right: spaces, and members in another order. */
    @Property(tries = 2_000)
    void anEntryIsWhatAnotherImplementationOfTheRfcWrites(
            @ForAll("texts") String principal, @ForAll("texts") String detail) throws IOException {
        String json = AuditEntry.of(record(principal, detail), Instant.MIN).json();

        String loose = " { \"role\" : \"CLINIC_ADMIN\", \"principal\":" + MAPPER.writeValueAsString(principal)
                + ",\n\"detail\":" + MAPPER.writeValueAsString(detail)
                + ",\"clock\":null, \"clinic\":\"sol\",\t\"at\":\"2026-03-01T09:30:00.000000001Z\",\"action\":\"READ_FIGURES\"}";
        assertThat(json).isEqualTo(new JsonCanonicalizer(loose).getEncodedString());
    }

    @Property(tries = 1_000)
    void anEntryIsReadAsItWasWritten(@ForAll("texts") String principal, @ForAll("texts") String detail) {
        AuditEntry entry = AuditEntry.of(record(principal, detail), AT.plusSeconds(1));

        assertThat(AuditEntry.read(JsonMembers.object(entry.json().getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(entry);
    }

    /** Characters that are escaped, characters that must not be, and any other. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<Integer> special = Arbitraries.of(
                0, 7, 8, 9, 10, 11, 12, 13, 31, 32, 0x22, 0x5c, 0x2f, 0x3c, 0x26, 0x7f, 0x85, 0x2028, 0x2029, 0xfeff,
                0xfffe, 0x1f9b7);
        Arbitrary<Integer> any = Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
        return Arbitraries.oneOf(special, any)
                .map(Character::toString)
                .list()
                .ofMaxSize(20)
                .map(points -> String.join("", points));
    }

    @Test
    void theFormOfAnEntryIsThis() {
        AuditRecord record = new AuditRecord(
                Instant.parse("2026-03-01T09:30:00Z"),
                "José \"Pepe\"",
                Role.SUPER_ADMIN,
                AuditRecord.Action.CHANGE_REFERENCE_DATA,
                null,
                "a/b\u0001\u2028");

        assertThat(AuditEntry.of(record, Instant.parse("2026-03-01T09:30:00.5Z"))
                        .json())
                .isEqualTo("{\"action\":\"CHANGE_REFERENCE_DATA\",\"at\":\"2026-03-01T09:30:00.500Z\",\"clinic\":null,"
                        + "\"clock\":\"2026-03-01T09:30:00Z\",\"detail\":\"a/b\\u0001\u2028\","
                        + "\"principal\":\"José \\\"Pepe\\\"\",\"role\":\"SUPER_ADMIN\"}");
    }

    /** Where others write a question mark, two records would be one. */
    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "a\udc00", "\udc00\ud800", "\ud83e\ud83e\uddb7"})
    void halfOfASurrogatePairIsRefused(String broken) {
        assertThatThrownBy(() -> AuditEntry.of(record(broken, ""), AT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("principal");
        assertThatThrownBy(() -> AuditEntry.of(record("ana", broken), AT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("detail")
                .hasMessageNotContaining(broken);
    }

    /** Whether a record is too long does not depend on whether its time is raised: what was written must always be an entry. */
    @Test
    void aRecordOfMoreThanAMegabyteIsRefusedWhereverItStands() {
        int frame = AuditEntry.of(record("ana", ""), AT).json().length();
        AuditRecord longest = record("ana", "x".repeat(AuditEntry.LONGEST - frame));
        assertThat(AuditEntry.of(longest, AT).json()).hasSize(AuditEntry.LONGEST);
        assertThat(AuditEntry.of(longest, AT.plusNanos(1)).clock()).isEqualTo(AT);

        AuditRecord tooLong = record("ana", "x".repeat(AuditEntry.LONGEST - frame - 1) + "ñ");
        for (Instant before : new Instant[] {AT, AT.plusNanos(1)}) {
            assertThatThrownBy(() -> AuditEntry.of(tooLong, before))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("shorten");
        }
    }

    @Test
    void aNumberIsOneThatEveryReaderKeeps() {
        assertThat(new CanonicalJson().member("n", 9_007_199_254_740_991L)).hasToString("{\"n\":9007199254740991}");
        assertThat(new CanonicalJson().member("n", 0)).hasToString("{\"n\":0}");
        for (long number : new long[] {-1, 9_007_199_254_740_992L}) {
            assertThatThrownBy(() -> new CanonicalJson().member("n", number))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static AuditRecord record(String principal, String detail) {
        return new AuditRecord(
                AT, principal, Role.CLINIC_ADMIN, AuditRecord.Action.READ_FIGURES, ClinicId.of("sol"), detail);
    }
}
