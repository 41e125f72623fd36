package dev.clinickpi.privacy;

import static dev.clinickpi.privacy.Clinics.LUNA;
import static dev.clinickpi.privacy.Clinics.SOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerivedKeysTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] MASTER =
            HEX.parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    /** RFC 5869, appendix A, test cases 1 to 3: secret, salt, info, and the first block of the output. */
    @ParameterizedTest
    @CsvSource({
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c, f0f1f2f3f4f5f6f7f8f9,"
                + "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f"
                + "303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f,"
                + "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f"
                + "909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf,"
                + "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf"
                + "e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff,"
                + "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c",
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 00, '', 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
    })
    void followsTheStandard(String secret, String salt, String info, String firstBlock) {
        var extract = DerivedKeys.extract(HEX.parseHex(salt), HEX.parseHex(secret));
        assertThat(DerivedKeys.expand(extract, HEX.parseHex(info)).getEncoded()).isEqualTo(HEX.parseHex(firstBlock));
    }

    @Test
    void givesAClinicTheKeyThatItHadInEveryProcessBefore() {
        assertThat(KeyProvider.derivedFrom(MASTER).keyFor(SOL).orElseThrow().getEncoded())
                .isEqualTo(HEX.parseHex("c9c493186faf513bf50f0adeb37218d17dc5085daf386e91da452924cb11bd57"));
    }

    @Test
    void givesEachClinicAndEachMasterItsOwnKeys() {
        byte[] other = MASTER.clone();
        other[0]++;
        KeyProvider keys = KeyProvider.derivedFrom(MASTER);
        assertThat(keys.keyFor(SOL)).isEqualTo(KeyProvider.derivedFrom(MASTER).keyFor(SOL));
        assertThat(keys.keyFor(SOL)).isNotEqualTo(keys.keyFor(LUNA));
        assertThat(keys.keyFor(SOL)).isNotEqualTo(KeyProvider.derivedFrom(other).keyFor(SOL));
    }

    @Test
    void doesNotNeedTheMasterOnceItIsMade() {
        byte[] master = MASTER.clone();
        KeyProvider keys = KeyProvider.derivedFrom(master);
        Arrays.fill(master, (byte) 0);
        assertThat(keys.keyFor(SOL)).isEqualTo(KeyProvider.derivedFrom(MASTER).keyFor(SOL));
    }

    @Test
    void refusesAMasterThatCouldBeGuessed() {
        assertThatThrownBy(() -> KeyProvider.derivedFrom("a-password-is-no-master-secret!".getBytes()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 32 bytes");
    }
}
