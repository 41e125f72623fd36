package dev.clinickpi.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a key-encryption key does: AES-GCM (NIST SP 800-38D) with a fresh random nonce of 96 bits for each use and a tag of 128. The context is
 * authenticated with what is wrapped, so that one clinic's key cannot be put in the place of another's. The key itself is only handed to the cipher, so it
 * may lie in a security module. No {@code toString}, so that no key is shown.
 */
final class KeyWrapping {

    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private static final int KEY_BYTES = 32;
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final byte[] NOTHING = {};

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    /** @throws IllegalArgumentException if the key is none of AES, or shows that it is shorter than 256 bits */
    KeyWrapping(SecretKey key) {
        byte[] encoded = key.getEncoded();
        boolean fits = encoded == null || encoded.length == KEY_BYTES;
        if (encoded != null) {
            Arrays.fill(encoded, (byte) 0);
        }
        if (!fits || !"AES".equals(key.getAlgorithm())) {
            throw new IllegalArgumentException("A key-encryption key is one of AES with 256 bits from a SecureRandom");
        }
        this.key = key;
    }

    /**
     * What was wrapped.
     *
     * @param nonce of this use alone
     * @param sealed the encrypted bytes with their tag
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Wrapped(byte[] nonce, byte[] sealed) {}

    Wrapped wrap(String context, byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            return new Wrapped(
                    nonce, cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(secret));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java platform does not wrap keys by " + CIPHER, e);
        }
    }

    /** What was wrapped in this context, for the caller to wipe; null when it was wrapped under another key or in another context, or was changed since. */
    byte @Nullable [] unwrap(String context, Wrapped wrapped) {
        try {
            return cipher(Cipher.DECRYPT_MODE, wrapped.nonce, context).doFinal(wrapped.sealed);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java platform does not unwrap keys by " + CIPHER, e);
        }
    }

    /** A tag over a text. */
    Wrapped seal(String text) {
        return wrap(text, NOTHING);
    }

    boolean hasSealed(String text, Wrapped seal) {
        return unwrap(text, seal) != null;
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
