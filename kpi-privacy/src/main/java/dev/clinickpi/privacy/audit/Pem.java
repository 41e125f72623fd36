package dev.clinickpi.privacy.audit;

import java.util.Base64;
import java.util.Locale;

/** Keys as PEM has them (RFC 7468). */
final class Pem {

    private Pem() {}

    /**
     * The bytes that a text holds.
     *
     * @param label what it says that it is, such as PUBLIC KEY
     * @throws IllegalArgumentException if it says something else, or holds no bytes; the message has none of its content
     */
    static byte[] decode(String label, String pem) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        String stripped = pem.strip();
        if (stripped.length() < begin.length() + end.length()
                || !stripped.startsWith(begin)
                || !stripped.endsWith(end)) {
            throw new IllegalArgumentException(
                    "A " + label.toLowerCase(Locale.ROOT) + " begins with " + begin + " and ends with " + end);
        }
        return Base64.getMimeDecoder().decode(stripped.substring(begin.length(), stripped.length() - end.length()));
    }

    /** A text of one line of Base64, with a line's end behind it. */
    static String encode(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(bytes) + "\n-----END " + label
                + "-----\n";
    }
}
