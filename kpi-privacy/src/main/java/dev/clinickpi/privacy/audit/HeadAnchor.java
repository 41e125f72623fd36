package dev.clinickpi.privacy.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * A head of an audit log as an outside authority has seen it at some time: a time-stamp token (RFC 3161) over the SHA-256 of the head's JSON. It keeps the
 * keeper of the log, who has the signing key, from making another head of the same time later.
 *
 * <p>Needs Bouncy Castle ({@code org.bouncycastle:bcpkix-jdk18on}) on the class path, which {@code kpi-privacy} does not bring along.
 */
public final class HeadAnchor {

    private final TimeStampToken token;

    HeadAnchor(TimeStampToken token) {
        this.token = token;
    }

    /**
     * An anchor that was kept.
     *
     * @param der the DER form of a token as {@link #bytes} gives it
     * @throws IllegalArgumentException if it is none
     */
    public static HeadAnchor parse(byte[] der) {
        try {
            return new HeadAnchor(new TimeStampToken(new CMSSignedData(der)));
        } catch (CMSException | TSPException | IOException | RuntimeException e) {
            throw new IllegalArgumentException("It is no time-stamp token of RFC 3161 in DER", e);
        }
    }

    /** The DER form of the token (a CMS {@code ContentInfo}). */
    public byte[] bytes() {
        try {
            return token.getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * When the authority saw the head.
     *
     * @param authority the certificate that the authority signs time stamps with, from a source that the log's keeper does not control
     * @return the authority's own time, in which the head was there already
     * @throws IllegalArgumentException if the anchor is of another head, is not signed with that certificate, or the certificate is none for time stamps or was not valid at the time
     */
    public Instant verify(SignedTreeHead head, X509Certificate authority) {
        boolean isOfHead = token.getTimeStampInfo().getMessageImprintAlgOID().equals(NISTObjectIdentifiers.id_sha256)
                && Arrays.equals(token.getTimeStampInfo().getMessageImprintDigest(), imprint(head));
        if (!isOfHead) {
            throw new IllegalArgumentException("The anchor is of another head");
        }
        try {
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(authority));
        } catch (TSPException | OperatorCreationException e) {
            throw new IllegalArgumentException(
                    "The anchor does not hold: its signature, or the certificate's time or purpose, is not right", e);
        }
        return token.getTimeStampInfo().getGenTime().toInstant();
    }

    /** What is time-stamped of a head. */
    static byte[] imprint(SignedTreeHead head) {
        return MerkleHash.sha256().digest(head.json().getBytes(StandardCharsets.UTF_8));
    }
}
