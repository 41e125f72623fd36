package dev.clinickpi.privacy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Objects;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HeadAnchorTest {

    private static final Instant AT = Instant.parse("2026-03-02T00:00:00Z");
    private static final SignedTreeHead HEAD = Trail.log(Trail.store(3)).head();
    private static final SignedTreeHead OTHER = Trail.log(Trail.store(4)).head();

    private static TimeStampingAuthority authority;

    @BeforeAll
    static void start() throws Exception {
        authority = TimeStampingAuthority.start();
    }

    @Test
    void anAuthoritySaysWhenItSawTheHead() throws Exception {
        AnchorRequest request = request(HEAD);

        HeadAnchor anchor = request.accept(authority.answer(request.bytes(), AT));

        assertThat(anchor.verify(HEAD, authority.certificate())).isEqualTo(AT);
        assertThat(HeadAnchor.parse(anchor.bytes()).verify(HEAD, authority.certificate()))
                .isEqualTo(AT);
    }

    @Test
    void anAnchorIsOfOneHead() throws Exception {
        HeadAnchor anchor = anchor(AT);

        assertThatThrownBy(() -> anchor.verify(OTHER, authority.certificate()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The anchor is of another head");
    }

    @Test
    void anAnchorIsOfOneAuthority() throws Exception {
        HeadAnchor anchor = anchor(AT);
        X509Certificate another = TimeStampingAuthority.start().certificate();

        assertThatThrownBy(() -> anchor.verify(HEAD, another))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not hold");
    }

    @Test
    void aCertificateThatHadExpiredStampsNothing() throws Exception {
        HeadAnchor anchor = anchor(Instant.parse("2027-03-02T00:00:00Z"));

        assertThatThrownBy(() -> anchor.verify(HEAD, authority.certificate()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not hold");
    }

    @Test
    void everyBitOfAnAnchorCounts() throws Exception {
        byte[] sound = anchor(AT).bytes();
        for (int bit = 0; bit < 8 * sound.length; bit += 7) {
            byte[] changed = sound.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(saysOtherwise(changed)).as("bit %d", bit).isFalse();
        }
    }

    /** A changed anchor is refused, or says the same: some bits of a certificate that travels along say nothing. */
    private static boolean saysOtherwise(byte[] anchor) {
        try {
            return !HeadAnchor.parse(anchor)
                    .verify(HEAD, authority.certificate())
                    .equals(AT);
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    @Test
    void anAnswerBelongsToOneRequest() throws Exception {
        AnchorRequest request = request(HEAD);
        byte[] toAnother = authority.answer(request(HEAD).bytes(), AT);
        byte[] ofAnother = authority.answer(request(OTHER).bytes(), AT);

        assertThatThrownBy(() -> request.accept(toAnother)).hasMessageContaining("none to this request");
        assertThatThrownBy(() -> request.accept(ofAnother)).hasMessageContaining("none to this request");
        assertThatThrownBy(() -> request.accept(new byte[] {1, 2, 3})).hasMessageContaining("none to this request");
    }

    @Test
    void aRefusalIsSaidToBeOne() throws Exception {
        AnchorRequest request = request(HEAD);
        byte[] refusal = authority.answer(request.bytes(), AT, TSPAlgorithms.SHA512);

        assertThatThrownBy(() -> request.accept(refusal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("refused (status 2 ");
    }

    /** Made by OpenSSL, of the head beside it: {@code openssl ts -reply -token_out}. */
    @Test
    void anAnchorOfAnotherToolHolds() throws Exception {
        SignedTreeHead head = SignedTreeHead.parse(new String(resource("head.json"), StandardCharsets.US_ASCII));
        HeadAnchor anchor = HeadAnchor.parse(resource("anchor.der"));

        assertThat(anchor.verify(head, certificate())).isEqualTo(Instant.parse("2026-11-23T09:56:52Z"));
        assertThatThrownBy(() -> anchor.verify(HEAD, certificate())).hasMessage("The anchor is of another head");
    }

    private static X509Certificate certificate() throws Exception {
        try (InputStream pem = HeadAnchorTest.class.getResourceAsStream("authority.pem")) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }

    private static byte[] resource(String name) throws Exception {
        try (InputStream in = HeadAnchorTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static HeadAnchor anchor(Instant at) throws Exception {
        AnchorRequest request = request(HEAD);
        return request.accept(authority.answer(request.bytes(), at));
    }

    private static AnchorRequest request(SignedTreeHead head) {
        return AnchorRequest.of(head, new SecureRandom());
    }
}
