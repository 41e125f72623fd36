package dev.clinickpi.privacy.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** The public key that the heads of an audit log are verified with: Ed25519 (RFC 8032). Whoever checks a log has it from a source that the log's keeper does not control. */
public final class VerificationKey {

    private static final String LABEL = "PUBLIC KEY";

    private final PublicKey key;

    private VerificationKey(PublicKey key) {
        this.key = key;
    }

    /**
     * The key of the Java platform.
     *
     * @throws IllegalArgumentException if it is none of Ed25519
     */
    public static VerificationKey of(PublicKey key) {
        if (!(key instanceof EdECPublicKey curve)
                || !curve.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
            throw new IllegalArgumentException("The public key of an audit log is one of Ed25519");
        }
        return new VerificationKey(key);
    }

    /**
     * A key as PEM has it (RFC 7468), such as {@link #pem} and {@code openssl pkey -pubout} write.
     *
     * @throws IllegalArgumentException if it is no public key of Ed25519
     */
    public static VerificationKey parse(String pem) {
        byte[] encoded = Pem.decode(LABEL, pem);
        try {
            return of(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("The PEM holds no public key of Ed25519", e);
        }
    }

    /** The key as PEM has it (RFC 7468), with a line's end behind it. */
    public String pem() {
        return Pem.encode(LABEL, key.getEncoded());
    }

    /** What a head calls the key: the SHA-256 of its encoding (SubjectPublicKeyInfo) as 64 hexadecimal digits, like the id of a log in RFC 6962. */
    public String id() {
        return HexFormat.of().formatHex(MerkleHash.sha256().digest(key.getEncoded()));
    }

    boolean verifies(byte[] signed, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // What is no signature at all, by its length or numbers, is refused in this way.
            return false;
        }
    }

    /** The id. */
    @Override
    public String toString() {
        return id();
    }
}
