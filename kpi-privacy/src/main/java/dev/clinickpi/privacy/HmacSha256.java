package dev.clinickpi.privacy;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** HMAC with SHA-256 (RFC 2104), which every Java platform has. */
final class HmacSha256 {

    private static final String NAME = "HmacSHA256";

    private HmacSha256() {}

    /** A key of these bytes, which are copied. */
    static SecretKey key(byte[] bytes) {
        return new SecretKeySpec(bytes, NAME);
    }

    static Mac under(SecretKey key) {
        try {
            Mac mac = Mac.getInstance(NAME);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java platform lacks " + NAME + " or does not take its keys", e);
        }
    }
}
