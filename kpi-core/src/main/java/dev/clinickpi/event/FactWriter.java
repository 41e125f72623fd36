package dev.clinickpi.event;

import dev.clinickpi.clinic.Money;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a fact as bytes, one after another: what {@link FactReader} reads. */
final class FactWriter {

    /** Enough for nearly every fact, so that the array grows for few. */
    private static final int USUAL = 64;

    private byte[] bytes = new byte[USUAL];
    private int length;

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    FactWriter code(int code) {
        room(1);
        bytes[length++] = (byte) code;
        return this;
    }

    /** One of these, by its place. */
    <E> FactWriter value(List<E> values, E value) {
        return code(values.indexOf(value));
    }

    /** A keyed id: 64 bits that look random, so every shorter form is longer. */
    FactWriter id(long id) {
        room(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (id >>> shift);
        }
        return this;
    }

    FactWriter instant(long millis) {
        return number(millis);
    }

    /** A whole number from 0, as LEB128. */
    FactWriter number(long number) {
        room(10);
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    /** By UTF-16 unit: UTF-8 would lose a half of a surrogate pair, and nearly every label is ASCII. */
    FactWriter label(String label) {
        number(label.length());
        for (int i = 0; i < label.length(); i++) {
            number(label.charAt(i));
        }
        return this;
    }

    /** A label is never empty, so nothing stands for none. */
    FactWriter optionalLabel(@Nullable String label) {
        return label == null ? number(0) : label(label);
    }

    /** In one order, whatever order the set has. */
    FactWriter labels(Collection<String> labels) {
        number(labels.size());
        if (labels.size() == 1) {
            return label(labels.iterator().next());
        }
        labels.stream().sorted().forEach(this::label);
        return this;
    }

    FactWriter optionalId(@Nullable Long id) {
        return id == null ? code(0) : code(1).id(id);
    }

    FactWriter optionalMoney(@Nullable Money money) {
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
