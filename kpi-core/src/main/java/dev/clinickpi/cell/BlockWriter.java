package dev.clinickpi.cell;

import java.util.Arrays;

/** Bytes that grow at their end. Whole numbers are LEB128, those that may be negative in zig-zag; keys are four bytes. */
final class BlockWriter {

    private byte[] bytes = new byte[64];
    private int size;

    int size() {
        return size;
    }

    byte[] bytes() {
        return bytes;
    }

    void clear() {
        size = 0;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void putByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    void putKey(int key) {
        ensure(Integer.BYTES);
        bytes[size] = (byte) key;
        bytes[size + 1] = (byte) (key >> 8);
        bytes[size + 2] = (byte) (key >> 16);
        bytes[size + 3] = (byte) (key >> 24);
        size += Integer.BYTES;
    }

    void putSigned(long value) {
        putUnsigned((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    void putUnsigned(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void put(byte[] source, int from, int to) {
        ensure(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
