package dev.clinickpi.event;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an input, inflated when its first two say that it is gzip (RFC 1952): all members of it, one after the other.
 *
 * <p>{@link java.util.zip.GZIPInputStream} takes whatever follows a member, if it cannot read it, for the end of the input: a damaged
 * second member vanishes without a word. Here every byte is read or reported.
 */
final class PlainOrGzip implements Closeable {

    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;
    private static final int DEFLATED = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final CRC32 checksum = new CRC32();
    private int position;
    private int limit;
    private long bytesRead;
    private boolean begun;
    private boolean insideMember;
    private @Nullable Inflater inflater;

    PlainOrGzip(InputStream in) {
        this.in = in;
    }

    /** How much of the input has been taken from it, compressed as it is. */
    long bytesRead() {
        return bytesRead;
    }

    /**
     * Reads some bytes, at least one.
     *
     * @return how many; -1 at the end
     * @throws DamagedException if this is gzip, and from here on damaged or missing
     */
    int read(byte[] target, int offset, int length) throws IOException {
        if (!begun) {
            begin();
        }
        return inflater == null ? copy(target, offset, length) : inflate(inflater, target, offset, length);
    }

    private void begin() throws IOException {
        begun = true;
        while (limit < 2 && fill()) {
            // a pipe may hand over its first byte alone
        }
        if (limit >= 2 && (buffer[0] & 0xff) == MAGIC_1 && (buffer[1] & 0xff) == MAGIC_2) {
            inflater = new Inflater(true);
        }
    }

    private int copy(byte[] target, int offset, int length) throws IOException {
        if (position == limit) {
            int read = in.read(target, offset, length);
            bytesRead += Math.max(read, 0);
            return read;
        }
        int copied = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, offset, copied);
        position += copied;
        return copied;
    }

    private int inflate(Inflater inflater, byte[] target, int offset, int length) throws IOException {
        while (insideMember || beginMember(inflater)) {
            int inflated = inflateSome(inflater, target, offset, length);
            if (inflated > 0) {
                checksum.update(target, offset, inflated);
                return inflated;
            }
            if (inflater.finished()) {
                endMember(inflater);
            } else if (inflater.needsInput() && refill()) {
                inflater.setInput(buffer, 0, limit);
            } else {
                throw new DamagedException();
            }
        }
        return -1;
    }

    /** What was inflated ahead of the damage is handed over first; the next call meets the damage again. */
    private static int inflateSome(Inflater inflater, byte[] target, int offset, int length) throws DamagedException {
        long before = inflater.getBytesWritten();
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            int inflated = (int) (inflater.getBytesWritten() - before);
            if (inflated == 0) {
                throw new DamagedException();
            }
            return inflated;
        }
    }

    private boolean beginMember(Inflater inflater) throws IOException {
        if (position == limit && !refill()) {
            return false;
        }
        if (next() != MAGIC_1 || next() != MAGIC_2 || next() != DEFLATED) {
            throw new DamagedException();
        }
        int flags = next();
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
        checksum.reset();
        inflater.reset();
        inflater.setInput(buffer, position, limit - position);
        insideMember = true;
        return true;
    }

    private void endMember(Inflater inflater) throws IOException {
        insideMember = false;
        position = limit - inflater.getRemaining();
        if (nextInt() != (int) checksum.getValue() || nextInt() != (int) inflater.getBytesWritten()) {
            throw new DamagedException();
        }
    }

    private int nextInt() throws IOException {
        return next() | next() << 8 | next() << 16 | next() << 24;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // ends with a zero byte
        }
    }

    private int next() throws IOException {
        if (position == limit && !refill()) {
            throw new DamagedException();
        }
        return buffer[position++] & 0xff;
    }

    private boolean refill() throws IOException {
        position = 0;
        limit = 0;
        return fill();
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
            return false;
        }
        limit += read;
        bytesRead += read;
        return true;
    }

    @Override
    public void close() throws IOException {
        if (inflater != null) {
            inflater.end();
        }
        in.close();
    }

    /** The input is gzip, and from here on damaged or missing. */
    static final class DamagedException extends IOException {

        @Serial
        private static final long serialVersionUID = 1L;
    }
}
