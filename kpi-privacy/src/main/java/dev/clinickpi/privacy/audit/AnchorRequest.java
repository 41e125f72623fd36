package dev.clinickpi.privacy.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * Asks a time-stamping authority (RFC 3161) to witness a head of an audit log. The host brings the request there and the answer back, over HTTP, say
 * ({@code Content-Type: application/timestamp-query}); the authority is shown a hash and nothing else.
 *
 * <pre>{@code
 * AnchorRequest request = AnchorRequest.of(audit.head(), SecureRandom.getInstanceStrong());
 * byte[] answer = …;                                   // of the authority to request.bytes()
 * HeadAnchor anchor = request.accept(answer);          // keep it beside the head
 * }</pre>
 *
 * <p>Needs Bouncy Castle ({@code org.bouncycastle:bcpkix-jdk18on}) on the class path, which {@code kpi-privacy} does not bring along.
 */
public final class AnchorRequest {

    private static final int NONCE_BITS = 64;

    private final TimeStampRequest request;

    private AnchorRequest(TimeStampRequest request) {
        this.request = request;
    }

    /**
     * A request for a head.
     *
     * @param random makes the nonce, by which an answer to another request is told from one to this
     */
    public static AnchorRequest of(SignedTreeHead head, SecureRandom random) {
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        return new AnchorRequest(generator.generate(
                NISTObjectIdentifiers.id_sha256, HeadAnchor.imprint(head), new BigInteger(NONCE_BITS, random)));
    }

    /** What the authority is to be sent: the DER form of a {@code TimeStampReq}. */
    public byte[] bytes() {
        try {
            return request.getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes the authority's answer. Whether the authority is one to trust is looked at by {@link HeadAnchor#verify}.
     *
     * @param answer the DER form of a {@code TimeStampResp}
     * @throws IllegalArgumentException if the authority refused, or the answer is none to this request
     */
    public HeadAnchor accept(byte[] answer) {
        try {
            TimeStampResponse response = new TimeStampResponse(answer);
            response.validate(request);
            TimeStampToken token = response.getTimeStampToken();
            if (token == null) {
                throw new IllegalArgumentException("The time-stamping authority refused (status " + response.getStatus()
                        + " of RFC 3161, section 2.4.2); ask it again or another one");
            }
            return new HeadAnchor(token);
        } catch (TSPException | IOException e) {
            throw new IllegalArgumentException(
                    "The answer of the time-stamping authority is none to this request; ask again", e);
        }
    }
}
