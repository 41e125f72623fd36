package dev.clinickpi.privacy.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;

/**
 * The private key that the heads of an audit log are signed with: Ed25519 (RFC 8032). The host keeps it; whoever has it can sign another history, and only heads
 * that were kept elsewhere will tell.
 */
public final class SigningKey {

    private static final String ALGORITHM = "Ed25519";
    private static final byte[] PROBE = "a pair of keys".getBytes(StandardCharsets.US_ASCII);

    private final PrivateKey key;
    private final VerificationKey verificationKey;

    private SigningKey(PrivateKey key, VerificationKey verificationKey) {
        this.key = key;
        this.verificationKey = verificationKey;
    }

    /** A fresh key. */
    public static SigningKey generate() {
        try {
            return of(KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java platform lacks " + ALGORITHM, e);
        }
    }

    /**
     * A key that the host keeps, in a key store, say.
     *
     * @throws IllegalArgumentException if the two are no pair of Ed25519
     */
    public static SigningKey of(KeyPair pair) {
        SigningKey key = new SigningKey(pair.getPrivate(), VerificationKey.of(pair.getPublic()));
        if (!key.verificationKey.verifies(PROBE, key.sign(PROBE))) {
            throw new IllegalArgumentException("The public key does not belong to the private one");
        }
        return key;
    }

    /** The key that what this one signed is verified with. */
    public VerificationKey verificationKey() {
        return verificationKey;
    }

    byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance(ALGORITHM);
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The private key of an audit log is one of " + ALGORITHM, e);
        }
    }

    /** The id of the key, and nothing of what is secret. */
    @Override
    public String toString() {
        return verificationKey.id();
    }
}
