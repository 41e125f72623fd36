package dev.clinickpi.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts an input into lines, in one buffer that never outgrows the longest line allowed. */
final class LineInput {

    /** The bytes that a line may have, its end apart. */
    static final int MAX_LINE = 1 << 20;

    /** A line that fills it without an end in sight is too long, even if its last byte belongs to a CR LF. */
    private static final int MAX_BUFFER = MAX_LINE + 2;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    /** What stands next in the input. */
    enum Next {
        /** A line of UTF-8 that is not blank. */
        LINE,
        /** A line of more than {@link #MAX_LINE} bytes, which are gone. */
        TOO_LONG,
        /** A line that is not UTF-8. */
        NOT_UTF8,
        /** Gzip that is damaged or cut off. */
        DAMAGED,
        /** Nothing more. */
        END
    }

    private final PlainOrGzip in;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer decoded = CharBuffer.allocate(1 << 10);
    private byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private int start;
    private int end;
    private long number;
    private @Nullable Next ending;

    LineInput(PlainOrGzip in) {
        this.in = in;
    }

    /** The bytes that hold the line, from {@link #start()} to {@link #end()}, until the next one is asked for. */
    byte[] bytes() {
        return buffer;
    }

    /** The first byte of the line, white space apart. */
    int start() {
        return start;
    }

    /** The byte after the last of the line, white space apart. */
    int end() {
        return end;
    }

    /** The line's number, from 1; blank lines count. */
    long number() {
        return number;
    }

    /** Moves on to the next line that is not blank. */
    Next next() throws IOException {
        if (number == 0) {
            skipByteOrderMark();
        }
        Next next;
        do {
            next = cut();
        } while (next == Next.LINE && start == end);
        return next;
    }

    private void skipByteOrderMark() throws IOException {
        while (limit < BYTE_ORDER_MARK.length && ending == null) {
            fill();
        }
        int length = Math.min(limit, BYTE_ORDER_MARK.length);
        if (Arrays.equals(buffer, 0, length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
            position = length;
        }
    }

    private Next cut() throws IOException {
        int scan = position;
        int bits = 0;
        while (true) {
            while (scan < limit && buffer[scan] != '\n') {
                bits |= buffer[scan++];
            }
            if (scan < limit) {
                return line(scan, scan + 1, bits);
            }
            if (ending == Next.DAMAGED) {
                return damaged();
            }
            if (ending == Next.END) {
                return scan == position ? Next.END : line(scan, scan, bits);
            }
            int scanned = scan - position;
            if (scanned == MAX_BUFFER) {
                return skipLine();
            }
            fill();
            scan = position + scanned;
        }
    }

    private Next line(int lineEnd, int nextLine, int bits) {
        number++;
        start = position;
        end = lineEnd;
        position = nextLine;
        if (end > start && buffer[end - 1] == '\r') {
            end--;
        }
        if (end - start > MAX_LINE) {
            return Next.TOO_LONG;
        }
        while (start < end && isSpace(buffer[start])) {
            start++;
        }
        while (start < end && isSpace(buffer[end - 1])) {
            end--;
        }
        boolean ascii = bits >= 0;
        return ascii || isUtf8() ? Next.LINE : Next.NOT_UTF8;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    /** Jackson takes overlong forms and surrogates for UTF-8; the platform's decoder does not. */
    private boolean isUtf8() {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, start, end - start);
        utf8.reset();
        CoderResult result;
        do {
            decoded.clear();
            result = utf8.decode(bytes, decoded, true);
        } while (result.isOverflow());
        return !result.isError();
    }

    private Next skipLine() throws IOException {
        number++;
        while (true) {
            for (int i = position; i < limit; i++) {
                if (buffer[i] == '\n') {
                    position = i + 1;
                    return Next.TOO_LONG;
                }
            }
            position = limit;
            if (ending != null) {
                return Next.TOO_LONG;
            }
            fill();
        }
    }

    private Next damaged() {
        number++;
        position = limit;
        ending = Next.END;
        return Next.DAMAGED;
    }

    /** Makes room behind the line that has begun, and reads on there. */
    private void fill() throws IOException {
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        } else if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(2 * buffer.length, MAX_BUFFER));
        }
        try {
            int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                ending = Next.END;
            } else {
                limit += read;
            }
        } catch (PlainOrGzip.DamagedException e) {
            ending = Next.DAMAGED;
        }
    }
}
