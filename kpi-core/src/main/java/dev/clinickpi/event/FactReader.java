package dev.clinickpi.event;

import dev.clinickpi.clinic.Money;
import dev.clinickpi.time.Slice;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what {@link FactWriter} wrote, and trusts none of it. */
final class FactReader {

    /** A store's facts bear few words, each many times. Threads may share it: at worst one of them makes a word that another made. */
    private static final WordCache WORDS = new WordCache();

    private static final int CURRENCY_LENGTH = 3;

    private final byte[] bytes;
    private int position;

    FactReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int code() {
        require(position < bytes.length, "are cut short");
        return bytes[position++] & 0xFF;
    }

    /** One of these, by its place. */
    <E> E value(List<E> values) {
        int place = code();
        require(place < values.size(), "hold an unknown value");
        return values.get(place);
    }

    long id() {
        require(bytes.length - position >= Long.BYTES, "are cut short");
        long id = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            id = (id << Byte.SIZE) | (bytes[position++] & 0xFF);
        }
        return id;
    }

    long instant() {
        long millis = number();
        require(millis >= Slice.EARLIEST && millis < Slice.END, "hold an instant before 1990 or after 2199");
        return millis;
    }

    long tokens() {
        long tokens = number();
        require(tokens <= EventRules.MAX_TOKENS, "hold too many tokens");
        return tokens;
    }

    int score() {
        int score = code();
        require(score >= 1 && score <= 5, "hold a score that is not from 1 to 5");
        return score;
    }

    private long number() {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
            int next = code();
            number |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("The bytes of a fact hold a number of more than 63 bits");
    }

    String label() {
        String label = optionalLabel();
        if (label == null) {
            throw new IllegalArgumentException("The bytes of a fact hold an empty label");
        }
        return label;
    }

    @Nullable
    String optionalLabel() {
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

    Set<String> labels() {
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
    private int size() {
        long size = number();
        require(size <= bytes.length - position, "are cut short");
        return (int) size;
    }

    @Nullable
    Long optionalId() {
        return isThere() ? id() : null;
    }

    private boolean isThere() {
        int code = code();
        require(code <= 1, "hold an unknown value");
        return code == 1;
    }

    @Nullable
    Money optionalMoney() {
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

    void end() {
        require(position == bytes.length, "are longer than it");
    }

    static void require(boolean holds, String fault) {
        if (!holds) {
            throw new IllegalArgumentException("The bytes of a fact " + fault);
        }
    }
}
