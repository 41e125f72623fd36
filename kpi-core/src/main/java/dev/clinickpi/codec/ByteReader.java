package dev.clinickpi.codec;

import dev.clinickpi.clinic.Money;
import dev.clinickpi.time.Slice;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a {@link ByteWriter} wrote, and trusts none of it: what it does not find as it should be is an {@link IllegalArgumentException} whose message
 * holds nothing of the bytes. Not safe for use by many threads.
 */
public final class ByteReader {

    /** A store's facts bear few words, each many times. Threads may share it: at worst one of them makes a word that another made. */
    private static final WordCache WORDS = new WordCache();

    private static final int CURRENCY_LENGTH = 3;

    private final byte[] bytes;
    private final String of;
    private int position;

    /**
     * Reads from the start of bytes, which are not copied.
     *
     * @param of what they are the bytes of, such as {@code a fact}, for messages
     */
    public ByteReader(byte[] bytes, String of) {
        this.bytes = bytes;
        this.of = of;
    }

    /** A small number, from 0 to 255. */
    public int code() {
        require(position < bytes.length, "are cut short");
        return bytes[position++] & 0xFF;
    }

    /** One of these, by its place. */
    public <E> E value(List<E> values) {
        int place = code();
        require(place < values.size(), "hold an unknown value");
        return values.get(place);
    }

    /** A keyed id. */
    public long id() {
        require(bytes.length - position >= Long.BYTES, "are cut short");
        long id = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            id = (id << Byte.SIZE) | (bytes[position++] & 0xFF);
        }
        return id;
    }

    /** Epoch milliseconds of an instant that an event may bear, from 1990 to 2199. */
    public long instant() {
        long millis = number();
        require(millis >= Slice.EARLIEST && millis < Slice.END, "hold an instant before 1990 or after 2199");
        return millis;
    }

    /** A whole number from 0. */
    public long number() {
        long number = bits();
        require(number >= 0, "hold a number of more than 63 bits");
        return number;
    }

    /** Any whole number. */
    public long signed() {
        long bits = bits();
        return (bits >>> 1) ^ -(bits & 1);
    }

    private long bits() {
        long bits = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = code();
            require(shift < Long.SIZE - 1 || next <= 1, "hold a number of more than 64 bits");
            bits |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                break;
            }
        }
        return bits;
    }

    /** A label. */
    public String label() {
        String label = optionalLabel();
        if (label == null) {
            throw new IllegalArgumentException("The bytes of " + of + " hold an empty label");
        }
        return label;
    }

    /** A label or null. */
    public @Nullable String optionalLabel() {
        int length = size();
        if (length == 0) {
            return null;
        }
        char[] units = new char[length];
        for (int i = 0; i < length; i++) {
            long unit = number();
            require(unit <= Character.MAX_VALUE, "hold a label that is no text");
            units[i] = (char) unit;
        }
        return WORDS.word(units, 0, length);
    }

    /** Labels, each once. */
    public Set<String> labels() {
        int size = size();
        if (size == 0) {
            return Set.of();
        }
        Set<String> labels = new HashSet<>();
        for (int i = 0; i < size; i++) {
            require(labels.add(label()), "hold a service twice");
        }
        return Set.copyOf(labels);
    }

    /** How much follows, of which each takes a byte at least: damage must not ask for memory. */
    public int size() {
        long size = number();
        require(size <= bytes.length - position, "are cut short");
        return (int) size;
    }

    /**
     * A whole number below a bound, such as a place in a list.
     *
     * @param bound at most as large as memory allows
     */
    public int size(int bound) {
        long size = number();
        require(size < bound, "hold an unknown value");
        return (int) size;
    }

    /** Bytes that {@link ByteWriter#bytes} wrote. */
    public byte[] bytes() {
        int size = size();
        byte[] copy = Arrays.copyOfRange(bytes, position, position + size);
        position += size;
        return copy;
    }

    /** A keyed id or null. */
    public @Nullable Long optionalId() {
        return isThere() ? id() : null;
    }

    private boolean isThere() {
        int code = code();
        require(code <= 1, "hold an unknown value");
        return code == 1;
    }

    /** An amount or null. */
    public @Nullable Money optionalMoney() {
        int length = code();
        if (length == 0) {
            return null;
        }
        int scale = code();
        require(scale <= Money.MAX_SCALE, "hold an amount with too many decimals");
        require(bytes.length - position >= length + CURRENCY_LENGTH, "are cut short");
        BigInteger unscaled = new BigInteger(bytes, position, length);
        position += length;
        char[] currency = new char[CURRENCY_LENGTH];
        for (int i = 0; i < CURRENCY_LENGTH; i++) {
            currency[i] = (char) code();
        }
        return new Money(new BigDecimal(unscaled, scale), WORDS.word(currency, 0, CURRENCY_LENGTH));
    }

    /** Refuses bytes that go on. */
    public void end() {
        require(position == bytes.length, "are longer than it");
    }

    /**
     * Refuses what does not hold.
     *
     * @param fault what the bytes do wrong, such as {@code are cut short}
     * @throws IllegalArgumentException unless it holds
     */
    public void require(boolean holds, String fault) {
        if (!holds) {
            throw new IllegalArgumentException("The bytes of " + of + " " + fault);
        }
    }
}
