package dev.clinickpi.privacy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * UTF-8 that also has three bytes for half a surrogate pair (<a href="https://simonsapin.github.io/wtf-8/">WTF-8</a>). The JDK's UTF-8
 * writes a question mark for it, so that two ids could share their bytes and with them a pseudonym. Well-formed strings have the bytes of
 * UTF-8.
 */
final class Wtf8 {

    private static final int MAX_BYTES_A_CHAR = 3;

    private Wtf8() {}

    static byte[] encode(String text) {
        return hasSurrogates(text) ? encodeOneByOne(text) : text.getBytes(StandardCharsets.UTF_8);
    }

    /** Hardly any id has one, and the JDK is much faster with all others. */
    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static byte[] encodeOneByOne(String text) {
        byte[] bytes = new byte[text.length() * MAX_BYTES_A_CHAR];
        int size = 0;
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (codePoint < 0x80) {
                bytes[size++] = (byte) codePoint;
            } else if (codePoint < 0x800) {
                bytes[size++] = (byte) (0xC0 | codePoint >> 6);
                bytes[size++] = continuation(codePoint);
            } else if (codePoint < 0x10000) {
                bytes[size++] = (byte) (0xE0 | codePoint >> 12);
                bytes[size++] = continuation(codePoint >> 6);
                bytes[size++] = continuation(codePoint);
            } else {
                bytes[size++] = (byte) (0xF0 | codePoint >> 18);
                bytes[size++] = continuation(codePoint >> 12);
                bytes[size++] = continuation(codePoint >> 6);
                bytes[size++] = continuation(codePoint);
            }
        }
        return Arrays.copyOf(bytes, size);
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }
}
