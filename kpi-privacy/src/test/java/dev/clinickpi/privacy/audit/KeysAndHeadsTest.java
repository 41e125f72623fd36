package dev.clinickpi.privacy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysAndHeadsTest {

    /** The public key of RFC 8032, section 7.1, test 1, in the encoding of RFC 8410: twelve bytes that say Ed25519, then the key. */
    private static final String PEM = "-----BEGIN PUBLIC KEY-----\n"
            + "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
            + "-----END PUBLIC KEY-----\n";

    private static final SignedTreeHead HEAD = Trail.log(Trail.store(3)).head();

    @Test
    void aKeyOfTheStandardSignsAsTheStandardSays() throws Exception {
        byte[] secret = HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        VerificationKey key = VerificationKey.parse(PEM);
        KeyPair pair = new KeyPair(
                publicKey(),
                KeyFactory.getInstance("Ed25519")
                        .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret)));

        SigningKey signing = SigningKey.of(pair);

        assertThat(signing.sign(new byte[0]))
                .asHexString()
                .isEqualToIgnoringCase(
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
                                + "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        assertThat(signing.verificationKey().pem()).isEqualTo(PEM);
        assertThat(signing).hasToString(key.id());
    }

    /** As {@code openssl genpkey} writes it: sixteen bytes that say Ed25519, then the secret of the same test. */
    @Test
    void aPrivateKeyIsReadFromItsPem() {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
                + "-----END PRIVATE KEY-----\n";
        VerificationKey key = VerificationKey.parse(PEM);

        assertThat(key.verifies(new byte[1], SigningKey.parse(pem, key).sign(new byte[1])))
                .isTrue();
        assertThatThrownBy(() -> SigningKey.parse(pem, Trail.KEY.verificationKey()))
                .hasMessageContaining("does not belong");
        assertThatThrownBy(() -> SigningKey.parse(PEM, key)).hasMessageContaining("-----BEGIN PRIVATE KEY-----");
        assertThatThrownBy(() -> SigningKey.parse(pem.replace("MC4", "MC5"), key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("MC5");
    }

    private static PublicKey publicKey() throws GeneralSecurityException {
        String base64 = PEM.lines().toList().get(1);
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    @Test
    void aKeyComesBackFromItsPem() {
        VerificationKey key = Trail.KEY.verificationKey();
        VerificationKey read = VerificationKey.parse("\r\n" + key.pem().replace("\n", "\r\n"));

        assertThat(read.id()).isEqualTo(key.id()).matches("[0-9a-f]{64}");
        assertThat(HEAD.isSignedBy(read)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcH\n-----END PUBLIC KEY-----",
                "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----"
            })
    void whatIsNoPublicKeyIsRefused(String pem) {
        assertThatThrownBy(() -> VerificationKey.parse(pem)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysOfOtherCurvesAndPairsThatAreNoneAreRefused() throws Exception {
        KeyPair one = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KeyPair two = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KeyPair other = KeyPairGenerator.getInstance("Ed448").generateKeyPair();
        KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();

        assertThatThrownBy(() -> SigningKey.of(new KeyPair(one.getPublic(), two.getPrivate())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not belong");
        assertThatThrownBy(() -> SigningKey.of(new KeyPair(one.getPublic(), other.getPrivate())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VerificationKey.of(other.getPublic())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VerificationKey.of(rsa.getPublic())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHeadComesBackFromItsLine() {
        assertThat(SignedTreeHead.parse(HEAD.json())).isEqualTo(HEAD);
        assertThat(SignedTreeHead.parse(HEAD.json() + "\r\n")).isEqualTo(HEAD);
    }

    @Test
    void theSignatureIsOverEveryField() {
        VerificationKey key = Trail.KEY.verificationKey();
        assertThat(HEAD.isSignedBy(key)).isTrue();
        for (SignedTreeHead other : new SignedTreeHead[] {
            new SignedTreeHead(4, HEAD.root(), HEAD.at(), HEAD.keyId(), HEAD.signature()),
            new SignedTreeHead(3, MerkleHash.EMPTY, HEAD.at(), HEAD.keyId(), HEAD.signature()),
            new SignedTreeHead(3, HEAD.root(), HEAD.at().plusNanos(1), HEAD.keyId(), HEAD.signature()),
            new SignedTreeHead(3, HEAD.root(), HEAD.at(), "0".repeat(64), HEAD.signature()),
            new SignedTreeHead(3, HEAD.root(), HEAD.at(), HEAD.keyId(), ""),
            new SignedTreeHead(
                    3, HEAD.root(), HEAD.at(), HEAD.keyId(), HEAD.signature().toUpperCase(Locale.ROOT)),
            new SignedTreeHead(3, HEAD.root(), HEAD.at(), HEAD.keyId(), "no digits"),
            new SignedTreeHead(3, HEAD.root(), HEAD.at(), HEAD.keyId(), "0".repeat(128))
        }) {
            assertThat(other.isSignedBy(key)).as(other.toString()).isFalse();
        }
        assertThat(HEAD.isSignedBy(SigningKey.generate().verificationKey())).isFalse();
        assertThat(HEAD.isSignedBy(VerificationKey.parse(PEM))).isFalse();
    }

    @Test
    void whatIsNoHeadIsRefused() {
        String head = HEAD.json();
        for (String other : new String[] {
            "",
            "{}",
            "[]",
            "null",
            head + head,
            " " + head,
            head.replace(":3", ":3.0"),
            head.replace(":3", ":-3"),
            head.replace(":3", ":9007199254740992"),
            head.replace("\"size\"", "\"more\":1,\"size\""),
            head.replace("clinic-kpi-audit-1", "clinic-kpi-audit-2"),
            head.replaceFirst("\"root\":\"[0-9a-f]", "\"root\":\"G"),
            head.replaceFirst("\"root\":\"[0-9a-f]", "\"root\":\""),
            head.replaceFirst("\"at\":\"2", "\"at\":\"x"),
            head.replace("Z\"", ".0Z\"")
        }) {
            assertThatThrownBy(() -> SignedTreeHead.parse(other))
                    .as(other)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new SignedTreeHead(-1, HEAD.root(), HEAD.at(), "", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHeadThatIsNotSignedCannotBeHeldAgainstAnExport() {
        SignedTreeHead forged = new SignedTreeHead(2, HEAD.root(), HEAD.at(), HEAD.keyId(), HEAD.signature());
        assertThatThrownBy(() ->
                        AuditExport.verify(new ByteArrayInputStream(new byte[0]), Trail.KEY.verificationKey(), forged))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHashHasOneForm() {
        String digits = MerkleHash.EMPTY.toString();
        assertThat(MerkleHash.parse(digits)).isEqualTo(MerkleHash.EMPTY).hasSameHashCodeAs(MerkleHash.EMPTY);
        for (String other : new String[] {
            digits.toUpperCase(Locale.ROOT), digits + "00", digits.substring(2), "g" + digits.substring(1)
        }) {
            assertThatThrownBy(() -> MerkleHash.parse(other)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
