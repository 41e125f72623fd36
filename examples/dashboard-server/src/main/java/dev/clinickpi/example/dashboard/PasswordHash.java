package dev.clinickpi.example.dashboard;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password, hashed with PBKDF2 (HMAC-SHA-512) under a salt of its own.
 *
 * @param salt 16 random bytes in base64
 * @param rounds how often it was hashed
 * @param hash 32 bytes in base64
 */
record PasswordHash(String salt, int rounds, String hash) {

    /** What OWASP's password storage cheat sheet asks for. */
    private static final int ROUNDS = 210_000;

    private static final SecureRandom RANDOM = new SecureRandom();

    static PasswordHash of(String password) {
        return of(password, ROUNDS);
    }

    /** Of a password that everybody may know, and that therefore nobody has to be kept from guessing. */
    static PasswordHash ofKnown(String password) {
        return of(password, 1);
    }

    private static PasswordHash of(String password, int rounds) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        return new PasswordHash(encode(salt), rounds, encode(derive(password, salt, rounds)));
    }

    /** Whether that is the password; takes as long whether it is or not. */
    boolean matches(String password) {
        byte[] salt = Base64.getDecoder().decode(this.salt);
        return MessageDigest.isEqual(
                derive(password, salt, rounds), Base64.getDecoder().decode(hash));
    }

    private static byte[] derive(String password, byte[] salt, int rounds) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, rounds, 256))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has PBKDF2WithHmacSHA512", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
