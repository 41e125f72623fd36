package dev.clinickpi.example.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8 that comes out as it went in, whatever it was. A byte that is none becomes half of a surrogate pair, U+DC80 to U+DCFF, which text in
 * UTF-8 never has, and that byte again when it is written.
 */
final class LosslessUtf8 {

    private static final int BUFFER_BYTES = 8192;
    private static final char FIRST_STRAY = '\udc80';
    private static final char LAST_STRAY = '\udcff';
    private static final int STRAY_BASE = 0xdc00;

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private final CharBuffer chars = CharBuffer.allocate(BUFFER_BYTES);

    LosslessUtf8(InputStream in) {
        this.in = in;
    }

    /** Appends what can be read without waiting for more than one read; returns whether the end has been reached. */
    boolean read(StringBuilder text) throws IOException {
        bytes.compact();
        int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        boolean isEnd = count < 0;
        bytes.position(bytes.position() + Math.max(count, 0)).flip();
        CoderResult result;
        do {
            result = decoder.decode(bytes, chars, isEnd);
            text.append(chars.flip());
            chars.clear();
            for (int i = 0; result.isMalformed() && i < result.length(); i++) {
                text.append((char) (STRAY_BASE + (bytes.get() & 0xff)));
            }
        } while (!result.isUnderflow());
        return isEnd;
    }

    /** Writes a part of a text as the bytes that it was read from. */
    static void write(CharSequence text, int start, int end, OutputStream out) throws IOException {
        int from = start;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            boolean isStray = c >= FIRST_STRAY
                    && c <= LAST_STRAY
                    && (i == start || !Character.isHighSurrogate(text.charAt(i - 1)));
            if (isStray) {
                out.write(text.subSequence(from, i).toString().getBytes(StandardCharsets.UTF_8));
                out.write(c - STRAY_BASE);
                from = i + 1;
            }
        }
        out.write(text.subSequence(from, end).toString().getBytes(StandardCharsets.UTF_8));
    }
}
