package dev.clinickpi.privacy;

import static dev.clinickpi.privacy.Clinics.LUNA;
import static dev.clinickpi.privacy.Clinics.SOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.error.KpiException;
import dev.clinickpi.event.PrivacyGate.IdKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PseudonymsTest {

    private static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    /** Computed elsewhere: a stored pseudonym must never come out another way. */
    @ParameterizedTest
    @CsvSource({
        "EVENT,        e1,                                   8c0d939deac7bfb1",
        "CONVERSATION, e1,                                   575f7c52207a7feb",
        "APPOINTMENT,  e1,                                   ef3c2a7209722a91",
        "PATIENT,      e1,                                   29ff8a93e069efd8",
        "PATIENT,      señora-😀,                             d2345dfb1f076914",
        "PATIENT,      wamid.HBgLMzQ2MDAxMjM0NTYVAgARGBI5,   0b9c6e1461acf157"
    })
    void areTheFirst64BitsOfTheHmac(IdKind kind, String id, String pseudonym) {
        Pseudonyms pseudonyms = new Pseudonyms(clinic -> Optional.of(key(KEY)));
        assertThat(HexFormat.of().toHexDigits(pseudonyms.pseudonym(SOL, kind, id)))
                .isEqualTo(pseudonym);
    }

    @Property
    void areTheSameForTheSameIdAlone(@ForAll @NotEmpty String id, @ForAll @NotEmpty String other) {
        Pseudonyms pseudonyms = new Pseudonyms(KeyProvider.inMemory());
        Set<Long> distinct = new HashSet<>();
        for (IdKind kind : IdKind.values()) {
            long pseudonym = pseudonyms.pseudonym(SOL, kind, id);
            distinct.add(pseudonym);
            distinct.add(pseudonyms.pseudonym(LUNA, kind, id));
            assertThat(pseudonyms.pseudonym(SOL, kind, id)).isEqualTo(pseudonym);
            assertThat(pseudonyms.pseudonym(SOL, kind, other) == pseudonym).isEqualTo(id.equals(other));
        }
        assertThat(distinct).hasSize(2 * IdKind.values().length);
    }

    @Test
    void areSpreadEvenlyOverAllBits() {
        Pseudonyms pseudonyms = new Pseudonyms(KeyProvider.inMemory());
        long[] drawn = IntStream.range(0, 4_096)
                .mapToLong(i -> pseudonyms.pseudonym(SOL, IdKind.PATIENT, "p" + i))
                .toArray();
        for (int bit = 0; bit < Long.SIZE; bit++) {
            int position = bit;
            // Six standard deviations of a fair coin.
            assertThat(LongStream.of(drawn)
                            .filter(p -> (p >>> position & 1) == 1)
                            .count())
                    .isBetween(2_048L - 192, 2_048L + 192);
        }
    }

    @Test
    void areTheSameForManyThreadsAtOnce() {
        Pseudonyms pseudonyms =
                new Pseudonyms(KeyProvider.derivedFrom(HexFormat.of().parseHex(KEY)));
        List<Long> alone =
                IntStream.range(0, 20_000).mapToObj(i -> one(pseudonyms, i)).toList();
        Pseudonyms shared =
                new Pseudonyms(KeyProvider.derivedFrom(HexFormat.of().parseHex(KEY)));
        assertThat(IntStream.range(0, 20_000)
                        .parallel()
                        .mapToObj(i -> one(shared, i))
                        .toList())
                .isEqualTo(alone);
    }

    private static Long one(Pseudonyms pseudonyms, int i) {
        return pseudonyms.pseudonym(ClinicId.of("c" + i % 7), IdKind.values()[i % 4], "id" + i % 100);
    }

    @Test
    void endWithTheKey() {
        Map<ClinicId, SecretKey> keys = new HashMap<>(Map.of(SOL, key(KEY)));
        Pseudonyms pseudonyms = new Pseudonyms(clinic -> Optional.ofNullable(keys.get(clinic)));
        long before = pseudonyms.pseudonym(SOL, IdKind.PATIENT, "p1");

        keys.remove(SOL);
        assertThatThrownBy(() -> pseudonyms.pseudonym(SOL, IdKind.PATIENT, "p1"))
                .isInstanceOf(MissingKeyException.class)
                .isInstanceOf(KpiException.class)
                .hasMessageContaining("sol")
                .hasMessageNotContaining("p1");

        keys.put(SOL, key(KEY.replace("00", "ff")));
        assertThat(pseudonyms.pseudonym(SOL, IdKind.PATIENT, "p1")).isNotEqualTo(before);
        keys.put(SOL, key(KEY));
        assertThat(pseudonyms.pseudonym(SOL, IdKind.PATIENT, "p1")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 31})
    void needAKeyOf256Bits(int bytes) {
        Pseudonyms pseudonyms = new Pseudonyms(clinic -> Optional.of(new SecretKeySpec(new byte[bytes], "HmacSHA256")));
        assertThatThrownBy(() -> pseudonyms.pseudonym(SOL, IdKind.PATIENT, "p1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("clinic sol")
                .hasMessageContaining("at least 32 bytes");
    }

    @Test
    void needAKeyThatCanBeRead() {
        SecretKey sealed = new SecretKeySpec(new byte[32], "HmacSHA256") {
            @Override
            public byte[] getEncoded() {
                return null;
            }
        };
        assertThatThrownBy(() -> new Pseudonyms(clinic -> Optional.of(sealed)).pseudonym(SOL, IdKind.PATIENT, "p1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("can be read");
    }

    @Test
    void differFromProcessToProcessUnderKeysInMemory() {
        assertThat(KeyProvider.inMemory().keyFor(SOL))
                .isNotEqualTo(KeyProvider.inMemory().keyFor(SOL));
        KeyProvider keys = KeyProvider.inMemory();
        assertThat(keys.keyFor(SOL)).isEqualTo(keys.keyFor(SOL)).isNotEqualTo(keys.keyFor(LUNA));
        assertThat(keys.keyFor(SOL).orElseThrow().getEncoded()).hasSize(32);
    }

    private static SecretKey key(String hex) {
        return new SecretKeySpec(HexFormat.of().parseHex(hex), "HmacSHA256");
    }
}
