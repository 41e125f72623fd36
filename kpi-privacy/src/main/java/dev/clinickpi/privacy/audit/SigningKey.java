package dev.clinickpi.privacy.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * The private key that the heads of an audit log are signed with: Ed25519 (RFC 8032). The host keeps it; whoever has it can sign another history, and only heads
 * that were kept elsewhere will tell.
 */
public final class SigningKey {

    private static final String LABEL = "PRIVATE KEY";
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
        return of(pair.getPrivate(), VerificationKey.of(pair.getPublic()));
    }

    /**
     * A key that the host keeps in a file: PKCS #8 as PEM has it (RFC 7468), not encrypted, such as {@code openssl genpkey -algorithm ed25519} writes.
     *
     * @param verificationKey the public key that belongs to it, which such a file need not hold
     * @throws IllegalArgumentException if it is no private key of Ed25519, or another public key's
     */
    public static SigningKey parse(String pem, VerificationKey verificationKey) {
        byte[] encoded = Pem.decode(LABEL, pem);
        PrivateKey key;
        try {
            key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The PEM holds no private key of " + ALGORITHM);
        }
        return of(key, verificationKey);
    }

    private static SigningKey of(PrivateKey privateKey, VerificationKey verificationKey) {
        SigningKey key = new SigningKey(privateKey, verificationKey);
        if (!verificationKey.verifies(PROBE, key.sign(PROBE))) {
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
