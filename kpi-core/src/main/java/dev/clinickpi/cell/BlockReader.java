package dev.clinickpi.cell;

/** Takes from bytes, one after the other, what a {@link BlockWriter} put there. */
final class BlockReader {

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int position;

    void reset(byte[] source, int from) {
        bytes = source;
        position = from;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    boolean hasNext() {
        return position < bytes.length;
    }

    int nextByte() {
        return bytes[position++] & 0xFF;
    }

    int nextKey() {
        int at = position;
        position = at + Integer.BYTES;
        return (bytes[at] & 0xFF)
                | ((bytes[at + 1] & 0xFF) << 8)
                | ((bytes[at + 2] & 0xFF) << 16)
                | ((bytes[at + 3] & 0xFF) << 24);
    }

    long nextSigned() {
        long value = nextUnsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    long nextUnsigned() {
        byte next = bytes[position++];
        if (next >= 0) {
            return next;
        }
        long value = next & 0x7F;
        for (int shift = 7; ; shift += 7) {
            next = bytes[position++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    void skipNumbers(int numbers) {
        int left = numbers;
        while (left > 0) {
            if (bytes[position++] >= 0) {
                left--;
            }
        }
    }

    void skipKeys(int keys) {
        position += keys * Integer.BYTES;
    }
}
