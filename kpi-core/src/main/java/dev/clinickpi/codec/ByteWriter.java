package dev.clinickpi.codec;

import dev.clinickpi.clinic.Money;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values as bytes, one after another: what a {@link ByteReader} reads. Not safe for use by many threads. */
public final class ByteWriter {

    /** Enough for nearly every fact, so that the array grows for few. */
    private static final int USUAL = 64;

    private static final long FNV_OFFSET_BASIS = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private byte[] bytes = new byte[USUAL];
    private int length;

    /** No bytes yet. */
    public ByteWriter() {}

    /** A copy of the bytes so far. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /**
     * The 64-bit FNV-1a hash of what was written.
     *
     * @param start the first byte that counts
     */
    public long hashFrom(int start) {
        long hash = FNV_OFFSET_BASIS;
        for (int i = start; i < length; i++) {
            hash = (hash ^ (bytes[i] & 0xFF)) * FNV_PRIME;
        }
        return hash;
    }

    /** A small number, from 0 to 255. */
    public ByteWriter code(int code) {
        room(1);
        bytes[length++] = (byte) code;
        return this;
    }

    /** One of these, by its place. */
    public <E> ByteWriter value(List<E> values, E value) {
        return code(values.indexOf(value));
    }

    /** A keyed id: 64 bits that look random, so every shorter form is longer. */
    public ByteWriter id(long id) {
        room(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (id >>> shift);
        }
        return this;
    }

    /** Epoch milliseconds from 1970 on. */
    public ByteWriter instant(long millis) {
        return number(millis);
    }

    /** A whole number from 0, or 64 bits taken as one, as LEB128. */
    public ByteWriter number(long number) {
        room(10);
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    /** Any whole number, as LEB128 in zig-zag. */
    public ByteWriter signed(long number) {
        return number((number << 1) ^ (number >> (Long.SIZE - 1)));
    }

    /** Bytes, after how many they are. */
    public ByteWriter bytes(byte[] more) {
        number(more.length);
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    /** By UTF-16 unit: UTF-8 would lose a half of a surrogate pair, and nearly every label is ASCII. */
    public ByteWriter label(String label) {
        number(label.length());
        for (int i = 0; i < label.length(); i++) {
            number(label.charAt(i));
        }
        return this;
    }

    /** A label is never empty, so an empty one stands for none. */
    public ByteWriter optionalLabel(@Nullable String label) {
        return label == null || label.isEmpty() ? number(0) : label(label);
    }

    /** In one order, whatever order the set has. */
    public ByteWriter labels(Collection<String> labels) {
        number(labels.size());
        if (labels.size() == 1) {
            return label(labels.iterator().next());
        }
        labels.stream().sorted().forEach(this::label);
        return this;
    }

    /** Or none. */
    public ByteWriter optionalId(@Nullable Long id) {
        return id == null ? code(0) : code(1).id(id);
    }

    /** Or none. */
    public ByteWriter optionalMoney(@Nullable Money money) {
        if (money == null) {
            return code(0);
        }
        byte[] unscaled = money.amount().unscaledValue().toByteArray();
        code(unscaled.length).code(money.amount().scale());
        for (byte each : unscaled) {
            code(each);
        }
        for (int i = 0; i < money.currency().length(); i++) {
            code(money.currency().charAt(i));
        }
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
